"""A limit for what hangs in the driver while the server's kernel still answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Watchdog:
    """Calls ``abort`` on a thread of its own when a watched block takes longer than its limit.

    A frozen server keeps the connection alive: connect_timeout, keepalives and tcp_user_timeout
    do not fire, and only shutting the socket gives the blocked thread back.
    """

    def __init__(self, abort: Callable[[], None], limit_s: float) -> None:
        self._abort = abort
        self._limit_s = limit_s
        self._gate = threading.Lock()
        self._watched = 0
        self.has_bitten = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch this block; ``has_bitten`` tells afterwards whether it was broken off."""
        with self._gate:
            self._watched += 1
            mine = self._watched
            self.has_bitten = False
        timer = threading.Timer(self._limit_s, self._bite, (mine,))
        timer.name = "exchange-watchdog"
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._gate:
                self._watched += 1

    def _bite(self, mine: int) -> None:
        # the block may have ended while this thread was starting; its socket is not ours then
        with self._gate:
            if self._watched == mine:
                self.has_bitten = True
                self._abort()
