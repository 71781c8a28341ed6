"""One process at a time may write a store; a killed one leaves no lock behind."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from sync.errors import StoreInUse, StoreUnavailable

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class StoreLock:
    """Holds the lock of a store from construction to ``release``; StoreInUse when taken.

    The operating system drops the lock with the process, so kill -9 frees it.
    """

    def __init__(self, store_path: Path) -> None:
        path = store_path.with_name(store_path.name + ".lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnavailable("SQLITE_CANTOPEN") from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreInUse from error

    def holder(self) -> str:
        """What tells the holder from any other: this file on this machine as it runs now.

        A disk that is cloned as a whole has the same files, and another boot.
        """
        try:
            boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            boot = platform.node()
        found = os.fstat(self._descriptor)
        return f"{boot} {found.st_dev} {found.st_ino}"

    def release(self) -> None:
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
