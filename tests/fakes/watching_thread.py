"""A thread that measures the machine during a test."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import Self


class WatchingThread(ABC):
    """Measures until the end of its ``with`` block."""

    def __init__(self, name: str) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @abstractmethod
    def _watch(self) -> None:
        """Measures repeatedly until ``_over`` is set; on the thread."""
