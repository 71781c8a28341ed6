"""A store removed from a workplace, unless it holds what nobody else has."""

from __future__ import annotations

from pathlib import Path

from keyring.backend import KeyringBackend

from sync.errors import RowsWait
from sync.store.folders import sync_folder
from sync.store.keys import StoreKey, forget_key
from sync.store.lock import StoreLock
from sync.store.outbox_export import held_here_only
from sync.store.page_check import forget_check
from sync.store.reading import RegisterReading


def require_nothing_waits(path: Path, key: StoreKey) -> None:
    """Return when the centre or an exported file has every record; else raises RowsWait."""
    reading = RegisterReading.open_for_reading(path, key)
    try:
        count = reading.read(held_here_only)
    finally:
        reading.close_reading()
    if count:
        raise RowsWait(count)


def reset(path: Path, key: StoreKey, keyring: KeyringBackend | None = None) -> None:
    """Remove the store with its key, for good; the next start makes a new one.

    Raises RowsWait and StoreInUse, and what cannot be read is not removed either; then nothing
    is changed.
    """
    lock = StoreLock(path)
    try:
        require_nothing_waits(path, key)
        # the store goes before its key: a key alone does no harm, a store alone is lost
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        forget_check(path)
        sync_folder(path.parent)
        forget_key(path, keyring)
    finally:
        lock.release()
