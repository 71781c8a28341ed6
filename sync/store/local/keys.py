"""Key of the encrypted local database: random, in the system keyring or in a key file.

It is never derived from a password.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, NoKeyringError

from sync.errors import KeyUnavailable
from sync.store.local.sidecar_files import sync_folder

KEY_BYTES = 32
SERVICE = "edinyi-nomer"


@dataclass(frozen=True, slots=True)
class StoreKey:
    """A raw 256-bit key; its bytes do not appear in its representation."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise KeyUnavailable("file_damaged")


def make_key() -> StoreKey:
    """A new random key."""
    return StoreKey(secrets.token_bytes(KEY_BYTES))


def key_file(store_path: Path) -> Path:
    """Where the key stands on a machine without a keyring: beside the store, mode 0600."""
    return store_path.with_name(store_path.name + ".key")


def find_key(store_path: Path, backend: KeyringBackend | None = None) -> StoreKey | None:
    """The key of this store, or None where none was ever made.

    A key file beside the store goes before the keyring. ``backend`` None means the one that the
    system offers. Raises KeyUnavailable when a key may exist and cannot be read.
    """
    path = key_file(store_path)
    if path.exists():
        return _read_key_file(path)
    try:
        kept = (backend or keyring.get_keyring()).get_password(SERVICE, _entry(store_path))
    except (NoKeyringError, InitError):
        return None
    except KeyringError as error:
        raise KeyUnavailable("keyring_locked") from error
    return None if kept is None else _decode(kept)


def open_key(store_path: Path, backend: KeyringBackend | None = None) -> StoreKey:
    """The key of this store, made and kept at the first start.

    Raises KeyUnavailable: a store whose key is gone gets no new one, which would hide the loss.
    """
    found = find_key(store_path, backend)
    if found is not None:
        return found
    if store_path.exists():
        raise KeyUnavailable("missing")
    key = make_key()
    keep_key(key, store_path, backend)
    return key


def keep_key(key: StoreKey, store_path: Path, backend: KeyringBackend | None = None) -> None:
    """Keep this key for the store, in the place of another: in the keyring, else in a file."""
    try:
        if find_key(store_path, backend) == key:
            return
    except KeyUnavailable:
        pass  # it is this one that takes the place
    key_file(store_path).unlink(missing_ok=True)
    if not _keep_in_keyring(key, store_path, backend or keyring.get_keyring()):
        write_key_file(key, store_path)


def read_key(text: str) -> StoreKey:
    """The key that an administrator kept, 64 hexadecimal digits; KeyUnavailable for other text."""
    return _decode(text.strip())


def forget_key(store_path: Path, backend: KeyringBackend | None = None) -> None:
    """Remove the key of a store that is gone."""
    key_file(store_path).unlink(missing_ok=True)
    try:
        (backend or keyring.get_keyring()).delete_password(SERVICE, _entry(store_path))
    except KeyringError:
        return  # there was none


def write_key_file(key: StoreKey, store_path: Path) -> None:
    """Keep the key in a new file beside the store, readable by its owner only, whole or not."""
    path = key_file(store_path)
    unnamed = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        store_path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(key.raw.hex())
                file.flush()
                os.fsync(file.fileno())
            # a killed process leaves no half of a key, and a key that is there is never replaced
            os.link(unnamed, path)
        finally:
            unnamed.unlink()
        # a store must not outlive the name of its key
        sync_folder(path.parent)
    except OSError as error:
        raise KeyUnavailable("file_unwritable") from error


def _keep_in_keyring(key: StoreKey, store_path: Path, backend: KeyringBackend) -> bool:
    """True when the keyring has the key and gives it back."""
    try:
        backend.set_password(SERVICE, _entry(store_path), key.raw.hex())
        return backend.get_password(SERVICE, _entry(store_path)) == key.raw.hex()
    except KeyringError:
        return False


def _read_key_file(path: Path) -> StoreKey:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyUnavailable("file_open_to_others")
        return _decode(path.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnavailable("file_damaged") from error


def _decode(text: str) -> StoreKey:
    try:
        return StoreKey(bytes.fromhex(text))
    except ValueError as error:
        raise KeyUnavailable("file_damaged") from error


def _entry(store_path: Path) -> str:
    return f"store:{store_path.resolve()}"
