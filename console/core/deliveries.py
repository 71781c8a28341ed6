"""Delivers events and results to the GUI thread; also an event buffer and a weak signal.

``Bridge.post`` is thread-safe; receivers are called on the GUI thread.
"""

import sys
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

E = TypeVar("E")
T = TypeVar("T")


class Bridge(QObject, Generic[E]):
    """Delivers events to one receiver on the GUI thread, in the order in which they were posted.

    ``post`` is thread-safe. The bridge belongs to the GUI thread and must outlive the threads that
    post to it.
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
    """Delivers results of futures to the GUI thread.

    ``on_result`` and ``on_failure`` are called on the GUI thread. Only the expected exceptions are
    passed to ``on_failure``; any other is a bug and is raised there, which makes the crash handler
    log it.
    """

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def deliver(
        self,
        future: "Future[T]",
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], None],
        expected: tuple[type[Exception], ...],
    ) -> None:
        """Calls ``on_result`` when the future has succeeded, or ``on_failure`` if it has failed
        with an expected exception.
        """

        def finish(done: "Future[T]") -> None:
            error = done.exception()
            if error is None:
                on_result(done.result())
            elif isinstance(error, expected):
                on_failure(error)
            else:
                raise error

        self._when_done(future, finish)

    def deliver_sure(self, future: "Future[T]", on_result: Callable[[T], None]) -> None:
        """Calls ``on_result`` when the future has succeeded; any exception is a bug and is
        raised.
        """
        self._when_done(future, lambda done: on_result(done.result()))

    def _when_done(self, future: "Future[T]", finish: "Callable[[Future[T]], None]") -> None:
        # The callback must not reference the future: a future stores its callbacks, and the cycle
        # would keep the result alive.
        future.add_done_callback(lambda done: self._arrived.emit(partial(finish, done)))

    @Slot(object)
    def _run(self, finish: Callable[[], None]) -> None:
        finish()


class KeptNews(Generic[T]):
    """Buffers events until ``begin``, then passes them to ``hear`` in order; later events are
    passed immediately.

    Not thread-safe.
    """

    def __init__(self, hear: Callable[[T], object]) -> None:
        self._hear = hear
        self._kept: list[T] | None = []

    def tell(self, news: T) -> None:
        if self._kept is None:
            self._hear(news)
        else:
            self._kept.append(news)

    def begin(self) -> None:
        """Passes the buffered events to the receiver and ends buffering."""
        kept, self._kept = self._kept, None
        for news in kept or ():
            self._hear(news)


class LastingSignal:
    """Signal that references its receivers weakly and skips those that no longer exist. GUI thread
    only.

    It replaces a Qt signal, because PySide records each receiver until the sender is deleted, which
    for these senders never happens, and searches all records when any connected object is deleted.
    """

    def __init__(self) -> None:
        self._heard: WeakKeyDictionary[QObject, list[Callable[[QObject], object]]]
        self._heard = WeakKeyDictionary()

    def connect(self, method: Callable[[], object]) -> None:
        """Connects a bound method of a QObject; the object is referenced weakly."""
        receiver = getattr(method, "__self__", None)
        if not isinstance(receiver, QObject):
            raise TypeError("only a method of an object of Qt can hear this")
        # Methods of Qt itself have no ``__func__``.
        how = getattr(method, "__func__", None) or getattr(type(receiver), method.__name__)
        self._heard.setdefault(receiver, []).append(how)

    def emit(self) -> None:
        for receiver, hows in tuple(self._heard.items()):
            for how in tuple(hows):
                if not isValid(receiver):
                    break
                try:
                    how(receiver)
                except Exception:
                    # As with a Qt signal: the crash handler logs the exception, and the remaining
                    # receivers are still called.
                    sys.excepthook(*sys.exc_info())
