"""Long work on another thread that tells how far it is, and ends when it is not wanted any more."""

from collections.abc import Callable
from threading import Event

TELL_EACH = 200  # rows or changes between two words about the progress


class Stopped(Exception):
    """The work is not wanted any more."""


class Watch:
    """Told how far a work is, on its thread; ends it once somebody has asked for that."""

    def __init__(self, tell: Callable[[int], None], total: int = 0) -> None:
        """``total`` is how much there is to do; 0 where nobody knows."""
        self._tell = tell
        self._total = total
        self._stop = Event()

    def stop(self) -> None:
        self._stop.set()

    def __call__(self, number: int) -> None:
        if self._stop.is_set():
            raise Stopped
        if number + 1 == self._total:
            self._tell(self._total)
        elif number % TELL_EACH == 0:
            self._tell(number)
