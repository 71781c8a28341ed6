"""Measures disk latency of a program that only writes: delays that the store does not cause."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.fakes.watching_thread import WatchingThread

_EVERY_S = 0.2
_PAGE = bytes(4096)


class DiskWatch(WatchingThread):
    """Writes a page to one position of a file and syncs it, repeatedly until its ``with`` block
    ends.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__("disk-watch")
        self.syncs_ms: list[float] = []
        self._file = folder / "disk-watch"

    def _watch(self) -> None:
        with self._file.open("wb", buffering=0) as file:
            while not self._over.wait(_EVERY_S):
                begun_s = time.monotonic()
                file.seek(0)
                file.write(_PAGE)
                os.fsync(file.fileno())
                self.syncs_ms.append((time.monotonic() - begun_s) * 1000)
