"""A thread of Qt's own on which papers are drawn, one after another."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QThread

P = ParamSpec("P")
T = TypeVar("T")
Job = Callable[[], None]


class Drawing(Executor):
    """Runs what is submitted from the GUI thread; its thread begins with the first paper.

    A document lays itself out by timers, which Qt grants its own threads alone: on any other it
    complains of each.
    """

    def __init__(self) -> None:
        self._thread = _Thread()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as the library's own executors do
                future.set_exception(error)

        self._thread.jobs.put(run)
        self._thread.start()
        return future

    def stop(self, deadline_s: float) -> bool:
        """End after the papers under way; True when the thread is gone by the deadline."""
        self._thread.jobs.put(None)
        return self._thread.wait(int(deadline_s * 1000))


class _Thread(QThread):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("papers")
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()

    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            job()
