"""Long work of the window's thread, with the window's own events between its pieces."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal


class Steps(QObject):
    """Goes on by one step in a turn of the event loop; each is short enough not to be felt.

    ``pause_ms`` lies between two steps, for work that nobody waits for.

    What is behind an error is left undone, and the error goes to the crash handler.
    """

    done = Signal()

    def __init__(self, steps: Iterator[object], parent: QObject, *, pause_ms: int = 0) -> None:
        super().__init__(parent)
        self._steps = steps
        self._turns = QTimer(self)
        self._turns.setInterval(pause_ms)
        self._turns.timeout.connect(self._go)

    def start(self) -> None:
        self._turns.start()

    def stop(self) -> None:
        """Leave what is not done yet."""
        self._turns.stop()

    def _go(self) -> None:
        self._turns.stop()
        try:
            next(self._steps)
        except StopIteration:
            self.done.emit()
        else:
            self._turns.start()
