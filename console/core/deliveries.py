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
        on_failure: Callable[[Exception], None],
        expected: tuple[type[Exception], ...],
    ) -> None:
        """Call ``on_result``, or ``on_failure`` for an expected error, when the future is done."""

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
        """Call ``on_result`` when work is done that reads nothing which may be refused."""
        self._when_done(future, lambda done: on_result(done.result()))

    def _when_done(self, future: "Future[T]", finish: "Callable[[Future[T]], None]") -> None:
        # A future keeps its callbacks: one that named it would keep it and its result in a cycle.
        future.add_done_callback(lambda done: self._arrived.emit(partial(finish, done)))

    @Slot(object)
    def _run(self, finish: Callable[[], None]) -> None:
        finish()


class KeptNews(Generic[T]):
    """Hands on what it is told; until ``begin`` it keeps that, and hands it on then in its order.

    For one thread.
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
        """There is somebody to hear it: from now on at once."""
        kept, self._kept = self._kept, None
        for news in kept or ():
            self._hear(news)


class LastingSignal:
    """Calls the methods of the objects that are still there; belongs to the GUI thread.

    In place of a signal of Qt: PySide notes each of its receivers until the sender goes, here
    never, and goes through all these notes at the end of every object that has told anything.
    """

    def __init__(self) -> None:
        self._heard: WeakKeyDictionary[QObject, list[Callable[[QObject], object]]]
        self._heard = WeakKeyDictionary()

    def connect(self, method: Callable[[], object]) -> None:
        """Call this method of an object, which is not kept by it, from now on."""
        receiver = getattr(method, "__self__", None)
        if not isinstance(receiver, QObject):
            raise TypeError("only a method of an object of Qt can hear this")
        # methods that are Qt's own have no function of their own
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
                    # as after a signal of Qt: the crash handler has it, and the others hear
                    sys.excepthook(*sys.exc_info())
