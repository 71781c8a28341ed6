"""Work in idle time of the GUI thread: deferred executor, stepwise task, gate for workers.

Only one thread at a time runs Python code. Other work therefore delays painting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from threading import Event
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

P = ParamSpec("P")
T = TypeVar("T")


class AfterPainting(Executor):
    """Hands work to another executor when the window has nothing else to do; GUI thread.

    A search that begins with the letter itself takes turns with the painting of that letter, for
    one thread at a time runs Python: the letter stands there later by as long as the search takes.
    Once the other executor takes in no more, the futures are cancelled.
    """

    def __init__(self, workers: Executor, parent: QObject) -> None:
        self._workers = workers
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # Qt calls it when no event is left, a request to paint neither
        self._timer.timeout.connect(self._hand_over)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as the library's own executors do
                future.set_exception(error)

        def hand_over() -> None:
            try:
                self._workers.submit(run)
            except RuntimeError:  # it has been shut down
                future.cancel()
                future.set_running_or_notify_cancel()

        self._waiting.append(hand_over)
        self._timer.start()
        return future

    def _hand_over(self) -> None:
        waiting, self._waiting = self._waiting, []
        for hand_over in waiting:
            hand_over()


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
