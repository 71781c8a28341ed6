"""Long work of the window's thread, with the window's own events between its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

BETWEEN_LOOKS_MS = 400
STILL_MS = 700  # as long as no quick typist rests between two letters
LATEST_MS = 600_000


@dataclass(frozen=True, slots=True)
class Quiet:
    """Moments in which a step is felt by nobody, looked for from time to time.

    ``is_now`` tells whether this is one. Where none comes for ``latest_ms`` a step is made all the
    same: what waits has to be done on the same day.
    """

    is_now: Callable[[], bool]
    between_ms: int = BETWEEN_LOOKS_MS
    latest_ms: int = LATEST_MS


class Steps(QObject):
    """Goes on by one step in a turn of the event loop; each is short enough not to be felt.

    With ``quiet``, for work that nobody waits for, each step waits for such a moment.

    What is behind an error is left undone: ``broken`` is told, and the error goes to the crash
    handler.
    """

    done = Signal()
    broken = Signal()

    def __init__(
        self, steps: Iterator[object], parent: QObject, *, quiet: Quiet | None = None
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._quiet = quiet
        self._waits = QElapsedTimer()
        self._turns = QTimer(self)
        self._turns.setInterval(0 if quiet is None else quiet.between_ms)
        self._turns.timeout.connect(self._go)

    def start(self) -> None:
        self._waits.start()
        self._turns.start()

    def stop(self) -> None:
        """Leave what is not done yet."""
        self._turns.stop()

    def _go(self) -> None:
        if not self._may_go():
            return
        self._turns.stop()
        try:
            next(self._steps)
        except StopIteration:
            self.done.emit()
        except BaseException:
            self.broken.emit()
            raise
        else:
            self.start()

    def _may_go(self) -> bool:
        quiet = self._quiet
        return quiet is None or quiet.is_now() or self._waits.hasExpired(quiet.latest_ms)
