"""Work in idle time of the GUI thread: deferred executor, stepwise task, gate for worker threads.

Only one thread at a time runs Python code, so any other work delays painting.
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
    """Executor that passes work to ``workers`` when the GUI thread is idle. GUI thread only.

    A search started by each keystroke would compete with painting the typed letter, because only
    one thread at a time runs Python code. If ``workers`` is shut down, the futures are cancelled.
    """

    def __init__(self, workers: Executor, parent: QObject) -> None:
        self._workers = workers
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)  # Qt fires it after all pending events and paint requests
        self._timer.timeout.connect(self._hand_over)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as in the standard executors
                future.set_exception(error)

        def hand_over() -> None:
            try:
                self._workers.submit(run)
            except RuntimeError:  # the executor is shut down
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
STILL_MS = 700  # longer than a fast typist's pause between two letters
LATEST_MS = 600_000


@dataclass(frozen=True, slots=True)
class Quiet:
    """Condition under which a step of background work may run, polled every ``between_ms``.

    If ``is_now`` is False for ``latest_ms``, the step runs anyway: the work must be finished on the
    same day.
    """

    is_now: Callable[[], bool]
    between_ms: int = BETWEEN_LOOKS_MS
    latest_ms: int = LATEST_MS


class Steps(QObject):
    """Runs the steps of a task on the GUI thread, one per turn of the event loop; each step must be
    too short to be noticed.

    With ``quiet``, each step waits for that condition. After an exception the remaining steps are
    skipped: ``broken`` is emitted, and the crash handler logs the exception.
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
        """Skips the remaining steps."""
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
HELD_S = 5.0  # limit in case the main page is never shown


class WindowFirst(QObject):
    """Gate for worker threads: blocks them until the GUI thread is idle.

    Only one thread at a time runs Python code, so a long task on a worker thread doubles the time
    to paint a frame. The object belongs to the GUI thread.
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
        self._timer.setInterval(0)  # Qt fires it after all pending events and paint requests
        self._timer.timeout.connect(self._let_pass)
        self._asked.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def pass_by(self) -> None:
        """Blocks until the GUI thread is idle, at most 0.1 s; after ``hold`` it blocks until
        ``let_go``, at most 5 s.

        Call it on a worker thread between pieces of work of some milliseconds each.
        """
        self._is_free.wait(HELD_S)
        if not self._is_over:
            passed = Event()
            self._asked.emit(passed)
            passed.wait(LATEST_S)

    def hold(self) -> None:
        """Makes ``pass_by`` block until ``let_go``, because the operator is waiting for the
        window.
        """
        self._is_free.clear()

    def let_go(self) -> None:
        self._is_free.set()

    def close(self) -> None:
        """Releases all workers permanently; ``pass_by`` no longer blocks. Thread-safe."""
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
