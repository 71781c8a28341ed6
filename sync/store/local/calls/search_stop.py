"""Cancels a query from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable


class SearchStop:
    """Cancels a query whose result is no longer needed. Thread-safe."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._is_stopped = False
        self._actions: list[Callable[[], None]] = []

    @property
    def is_stopped(self) -> bool:
        """Whether the query was cancelled."""
        return self._is_stopped

    def stop(self) -> None:
        """Cancels the query; registered actions are called on this thread."""
        with self._gate:
            self._is_stopped = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def when_stopped(self, action: Callable[[], None]) -> None:
        """Registers an action that is called on cancellation, immediately if already cancelled."""
        with self._gate:
            if not self._is_stopped:
                self._actions.append(action)
                return
        action()
