"""The one door from other threads and processes to the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

E = TypeVar("E")
T = TypeVar("T")


class Bridge(QObject, Generic[E]):
    """Carries events of one union to one receiver on the GUI thread, in the order posted.

    ``post`` may be called from any thread. The bridge lives in the GUI thread and must outlive
    the threads that post to it: they are stopped before it is deleted.
    """

    _carried = Signal(object)

    def __init__(self, receive: Callable[[E], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receive = receive
        self._carried.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def post(self, event: E) -> None:
        self._carried.emit(event)

    @Slot(object)
    def _arrived(self, event: E) -> None:
        self._receive(event)


class Deliveries(QObject):
    """Brings the outcome of work done elsewhere back to the GUI thread.

    Success and failure each have a handler, both called on the GUI thread. Only the failures
    that the caller names are expected; any other is a bug and is raised there, where the crash
    handler sees it.
    """

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def deliver(
        self,
        future: "Future[T]",
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None,
        expected: tuple[type[Exception], ...] = (),
    ) -> None:
        """Call ``on_result``, or ``on_failure`` for an expected error, when the future is done."""

        def finish(done: "Future[T]") -> None:
            error = done.exception()
            if error is None:
                on_result(done.result())
            elif on_failure is not None and isinstance(error, expected):
                on_failure(error)
            else:
                raise error

        # A future keeps its callbacks: one that named it would keep it and its result in a cycle.
        future.add_done_callback(lambda done: self._arrived.emit(partial(finish, done)))

    @Slot(object)
    def _run(self, finish: Callable[[], None]) -> None:
        finish()
