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
    """Raw 256-bit key; `repr` does not show its bytes."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise KeyUnavailable("file_damaged")


def make_key() -> StoreKey:
    return StoreKey(secrets.token_bytes(KEY_BYTES))


def key_file(store_path: Path) -> Path:
    """Returns the path of the key file, used on a machine without a keyring; mode 0600."""
    return store_path.with_name(store_path.name + ".key")


def find_key(store_path: Path, backend: KeyringBackend | None = None) -> StoreKey | None:
    """Finds the key of this database; None if none was ever created.

    A key file next to the database takes precedence over the keyring. ``backend`` None means the
    system's keyring. Raises KeyUnavailable if a key may exist but cannot be read.
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
    """Returns the key of this database, and creates it at the first start.

    Raises KeyUnavailable if the database exists without its key: a new key would hide the loss.
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
    """Stores the key in the keyring, or in a file if there is no keyring; replaces any previous
    key.
    """
    try:
        if find_key(store_path, backend) == key:
            return
    except KeyUnavailable:
        pass  # the unreadable key is replaced
    key_file(store_path).unlink(missing_ok=True)
    if not _keep_in_keyring(key, store_path, backend or keyring.get_keyring()):
        write_key_file(key, store_path)


def read_key(text: str) -> StoreKey:
    """Parses a key recorded by an administrator: 64 hexadecimal digits.

    Raises KeyUnavailable for other text.
    """
    return _decode(text.strip())


def forget_key(store_path: Path, backend: KeyringBackend | None = None) -> None:
    """Deletes the key of a deleted database."""
    key_file(store_path).unlink(missing_ok=True)
    try:
        (backend or keyring.get_keyring()).delete_password(SERVICE, _entry(store_path))
    except KeyringError:
        return  # no key stored


def write_key_file(key: StoreKey, store_path: Path) -> None:
    """Atomically writes the key to a new file next to the database, readable only by its owner."""
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
            # link() leaves no partial key if the process is killed, and never replaces an existing
            # key
            os.link(unnamed, path)
        finally:
            unnamed.unlink()
        # the name of the key file must be durable before the database is created
        sync_folder(path.parent)
    except OSError as error:
        raise KeyUnavailable("file_unwritable") from error


def _keep_in_keyring(key: StoreKey, store_path: Path, backend: KeyringBackend) -> bool:
    """Stores the key in the keyring. Returns True if the keyring then returns the same key."""
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
