"""The window goes first: long work of other threads waits between its pieces until it is done."""

from threading import Event

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

LATEST_S = 0.1
HELD_S = 5.0  # a desk that is never shown holds nothing up for ever


class WindowFirst(QObject):
    """Lets who works long on another thread go on when the window has nothing else to do.

    One thread at a time runs Python: whoever makes rules or reads a dictionary takes turns with
    each frame that is painted meanwhile, which takes twice as long then. Lives in the GUI thread.
    """

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_over = False
        self._is_free = Event()
        self._is_free.set()
        self._waiting: list[Event] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # Qt calls it when no event is left, a request to paint neither
        self._timer.timeout.connect(self._let_pass)
        self._asked.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def pass_by(self) -> None:
        """Return when the window has nothing to do, after a tenth of a second at the latest.

        While it is held that comes when it is let go. For any other thread, between two pieces of
        some milliseconds.
        """
        self._is_free.wait(HELD_S)
        if not self._is_over:
            passed = Event()
            self._asked.emit(passed)
            passed.wait(LATEST_S)

    def hold(self) -> None:
        """Somebody waits for the window itself: nothing goes on until ``let_go``."""
        self._is_free.clear()

    def let_go(self) -> None:
        self._is_free.set()

    def close(self) -> None:
        """Nobody waits from now on; any thread."""
        self._is_over = True
        self._is_free.set()

    @Slot(object)
    def _wait(self, passed: Event) -> None:
        self._waiting.append(passed)
        self._timer.start()

    def _let_pass(self) -> None:
        waiting, self._waiting = self._waiting, []
        for passed in waiting:
            passed.set()
