"""The window goes first: long work of other threads waits between its pieces until it is done."""

from threading import Event

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

LATEST_S = 0.1


class WindowFirst(QObject):
    """Lets who works long on another thread go on when the window has nothing else to do.

    One thread at a time runs Python: whoever makes rules or reads a dictionary takes turns with
    each frame that is painted meanwhile, which takes twice as long then. Lives in the GUI thread.
    """

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_over = False
        self._waiting: list[Event] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # Qt calls it when no event is left, a request to paint neither
        self._timer.timeout.connect(self._let_go)
        self._asked.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def pass_by(self) -> None:
        """Return when the window has nothing to do, after a tenth of a second at the latest.

        For any other thread, between two pieces of some milliseconds.
        """
        if not self._is_over:
            passed = Event()
            self._asked.emit(passed)
            passed.wait(LATEST_S)

    def close(self) -> None:
        """Nobody waits from now on; any thread."""
        self._is_over = True

    @Slot(object)
    def _wait(self, passed: Event) -> None:
        self._waiting.append(passed)
        self._timer.start()

    def _let_go(self) -> None:
        waiting, self._waiting = self._waiting, []
        for passed in waiting:
            passed.set()
