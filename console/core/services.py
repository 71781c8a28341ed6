"""Starter of background services, retries of store writes, and the timeout for stopping.

Services start on a worker thread, because Thread.start() blocks its caller until the new thread
runs. Both classes are called on the GUI thread.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from sync.errors import StoreError, StoreUnavailable

LOG = logging.getLogger(__name__)
AGAIN_MS = 60_000
T = TypeVar("T")


class Beginnings:
    """Begins one thing after another, on a thread of its own.

    A thread that is started gets the interpreter's lock late where several begin at once; the
    window must not stand there meanwhile. Asked by the GUI thread only.
    """

    def __init__(
        self,
        stops: list[tuple[str, Callable[[], object]]],
        deliveries: Deliveries,
        *,
        again_ms: int = AGAIN_MS,
    ) -> None:
        """``stops`` takes what stops each thing, as soon as it has begun.

        What the register refused is tried again after ``again_ms``.
        """
        self._stops = stops
        self._deliveries = deliveries
        self._again_ms = again_ms
        self._is_closed = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="beginnings")

    def begin(self, name: str, start: Callable[[], object], stop: Callable[[], object]) -> None:
        """Start it soon; where it was never started it is not stopped either."""

        def run() -> None:
            start()
            self._stops.append((name, stop))

        self.run(run, lambda _none: None)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do other work in its turn, ``then`` with the outcome on the GUI thread.

        The work may start threads and read stores, and puts in itself what stops them. It reads
        before it starts anything: where the register refuses it is done from its beginning again.
        """

        def do_again() -> None:
            if not self._is_closed:
                self.run(work, then)

        def refused(error: Exception) -> None:
            LOG.warning("register: %s, not begun yet", type(error).__name__)
            QTimer.singleShot(self._again_ms, do_again)

        def hand_over(done: "Future[T]") -> None:
            if not done.cancelled():
                self._deliveries.deliver(done, then, refused, expected=(StoreError,))

        self._worker.submit(work).add_done_callback(hand_over)

    def close(self) -> None:
        """Begin nothing more; what has begun stands among the stops when this returns."""
        self._is_closed = True
        self._worker.shutdown(wait=True, cancel_futures=True)


RETRY_MS = 2000


class Writes(QObject):
    """Follows each write to its end; all methods belong to the GUI thread.

    A write has a key that names what it is about. While its newest attempt has failed it counts
    as failing; one with ``again`` is then repeated every two seconds until the disk takes it.
    """

    failing_changed = Signal(bool)  # whether anything is not on disk for the disk's fault
    refused = Signal(str)  # code of the error; once a trouble, and for each write a person asked

    def __init__(self, deliveries: Deliveries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliveries = deliveries
        self._failing: dict[str, Callable[[], None] | None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self.try_again)

    def follow(
        self,
        key: str,
        future: "Future[T]",
        on_result: Callable[[T], None],
        *,
        again: Callable[[], None] | None = None,
        on_refused: Callable[[], None] | None = None,
    ) -> None:
        """Call ``on_result`` once the write is on disk; else tell, and repeat it by ``again``."""

        def written(result: T) -> None:
            was_failing = bool(self._failing)
            self._failing.pop(key, None)
            # The disk takes records again: what a person asked for is his to ask again.
            self._failing = {name: repeat for name, repeat in self._failing.items() if repeat}
            if was_failing and not self._failing:
                self.failing_changed.emit(False)
            on_result(result)

        def failed(error: Exception) -> None:
            known = key in self._failing
            was_failing = bool(self._failing)
            repeat = again if isinstance(error, StoreUnavailable) else None
            self._failing[key] = repeat
            if repeat is not None and not self._timer.isActive():
                self._timer.start()
            if on_refused is not None:
                on_refused()
            if not was_failing:
                self.failing_changed.emit(True)
            if repeat is None or not known:
                self.refused.emit(type(error).__name__)

        self._deliveries.deliver(future, written, failed, expected=(StoreError,))

    def leave(self, key: str) -> None:
        """This write is needed no more: another one carries what it had."""
        if self._failing.pop(key, None) is not None and not self._failing:
            self.failing_changed.emit(False)

    def disk_is_back(self) -> None:
        """The disk takes records again: what a person asked for is his to ask again."""
        was_failing = bool(self._failing)
        self._failing = {name: repeat for name, repeat in self._failing.items() if repeat}
        if was_failing and not self._failing:
            self.failing_changed.emit(False)
        self.try_again()

    def try_again(self) -> None:
        """Repeat every write that is failing and may be repeated."""
        for repeat in tuple(self._failing.values()):
            if repeat is not None:
                repeat()


STOP_DEADLINE_S = 5.0
