"""Work that begins once what its own event has changed on the screen is painted."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer

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

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
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
