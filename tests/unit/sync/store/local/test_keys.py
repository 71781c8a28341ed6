"""Storage of the encryption key, which is never replaced silently."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from sync.errors import KeyUnavailable
from sync.store.local.keys import StoreKey, find_key, key_file, open_key

posix_only = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


NO_KEYRING: KeyringBackend = NoKeyring()  # type: ignore[no-untyped-call]  # keyring has no types


class MemoryKeyring(KeyringBackend):
    """A keyring that keeps its passwords in memory, in the way of keyring's own backends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class LockedKeyring(MemoryKeyring):
    """A keyring whose owner did not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked


def test_the_keyring_keeps_the_key_and_no_file_does(path: Path) -> None:
    backend = MemoryKeyring()
    key = open_key(path, backend)
    assert open_key(path, backend) == key
    assert not key_file(path).exists()
    assert open_key(path.with_name("other.db"), backend) != key


def test_without_a_keyring_a_file_keeps_it_for_its_owner_alone(path: Path) -> None:
    key = open_key(path, NO_KEYRING)
    assert find_key(path, NO_KEYRING) == key
    if os.name == "posix":
        assert key_file(path).stat().st_mode & 0o777 == 0o600


@posix_only
def test_a_key_file_that_others_can_read_is_refused(path: Path) -> None:
    open_key(path, NO_KEYRING)
    key_file(path).chmod(0o644)
    with pytest.raises(KeyUnavailable) as caught:
        open_key(path, NO_KEYRING)
    assert caught.value.code == "file_open_to_others"


@pytest.mark.parametrize("content", ["", "00ff", "это не ключ", "zz" * 32])
def test_a_damaged_key_file_is_refused(path: Path, content: str) -> None:
    open_key(path, NO_KEYRING)
    key_file(path).write_text(content, encoding="utf-8")
    with pytest.raises(KeyUnavailable) as caught:
        open_key(path, NO_KEYRING)
    assert caught.value.code == "file_damaged"


@pytest.mark.parametrize("backend", [MemoryKeyring(), NO_KEYRING])
def test_a_store_whose_key_is_gone_gets_no_new_one(path: Path, backend: KeyringBackend) -> None:
    path.write_bytes(b"a store")
    with pytest.raises(KeyUnavailable) as caught:
        open_key(path, backend)
    assert caught.value.code == "missing"
    assert not key_file(path).exists()


def test_a_locked_keyring_is_no_reason_for_a_second_key(path: Path) -> None:
    with pytest.raises(KeyUnavailable) as caught:
        open_key(path, LockedKeyring())
    assert caught.value.code == "keyring_locked"
    assert not key_file(path).exists()


def test_a_key_of_another_length_is_none() -> None:
    with pytest.raises(KeyUnavailable):
        StoreKey(b"short")
