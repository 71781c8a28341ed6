"""Cancels a query from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable


class SearchStop:
    """Cancels a query that nobody waits for any more; for any thread."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._is_stopped = False
        self._actions: list[Callable[[], None]] = []

    @property
    def is_stopped(self) -> bool:
        """Whether the query was cancelled."""
        return self._is_stopped

    def stop(self) -> None:
        """Cancel the query; an action that was added is called on this thread."""
        with self._gate:
            self._is_stopped = True
            actions, self._actions = self._actions, []
        for action in actions:
            action()

    def when_stopped(self, action: Callable[[], None]) -> None:
        """Call this once when the query is cancelled, or now where it was already."""
        with self._gate:
            if not self._is_stopped:
                self._actions.append(action)
                return
        action()
