"""Starter of background services, retries of store writes, and the timeout for stopping services.

Services start on a worker thread, because Thread.start() blocks its caller until the new thread
runs. The methods of both classes are called on the GUI thread.
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
    """Starts services one after another on a dedicated thread. Call it on the GUI thread only.

    Thread.start() blocks until the new thread gets the interpreter lock, which takes long if
    several threads start together.
    """

    def __init__(
        self,
        stops: list[tuple[str, Callable[[], object]]],
        deliveries: Deliveries,
        *,
        again_ms: int = AGAIN_MS,
    ) -> None:
        """``stops`` receives the name and stop function of each started service.

        ``again_ms`` is the time after which work that raised StoreError is repeated.
        """
        self._stops = stops
        self._deliveries = deliveries
        self._again_ms = again_ms
        self._is_closed = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="beginnings")

    def begin(self, name: str, start: Callable[[], object], stop: Callable[[], object]) -> None:
        """Starts the service on the worker thread; ``stop`` is registered only after a successful
        start.
        """

        def run() -> None:
            start()
            self._stops.append((name, stop))

        self.run(run, lambda _none: None)

    def run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Runs ``work`` on the worker thread after all earlier work, then calls ``then`` with the
        result on the GUI thread.

        The work may start threads and read stores, and registers its stop functions. It must read
        before it starts anything, because it is repeated from the beginning after a StoreError.
        """

        def do_again() -> None:
            if not self._is_closed:
                self.run(work, then)

        def refused(error: Exception) -> None:
            LOG.warning("register: %s, service start postponed", type(error).__name__)
            QTimer.singleShot(self._again_ms, do_again)

        def hand_over(done: "Future[T]") -> None:
            if not done.cancelled():
                self._deliveries.deliver(done, then, refused, expected=(StoreError,))

        self._worker.submit(work).add_done_callback(hand_over)

    def close(self) -> None:
        """Cancels work that has not begun and blocks until the running work ends; ``stops`` then
        contains all started services.
        """
        self._is_closed = True
        self._worker.shutdown(wait=True, cancel_futures=True)


RETRY_MS = 2000


class Writes(QObject):
    """Tracks store writes and retries failed ones. GUI thread only.

    A key identifies the subject of a write, which is failing from an unsuccessful attempt until the
    next successful one. A write with ``again`` is retried every two seconds.
    """

    failing_changed = Signal(bool)  # whether any write is failing
    refused = Signal(str)  # error code; once per key, and per failed operator action

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
        """Calls ``on_result`` after the commit; reports a failure and, if ``again`` is given, calls
        it to retry.
        """

        def written(result: T) -> None:
            was_failing = bool(self._failing)
            self._failing.pop(key, None)
            # The store is writable again, so the operator can repeat the failed actions.
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
        """Ends the tracking of this write, because another write includes its data."""
        if self._failing.pop(key, None) is not None and not self._failing:
            self.failing_changed.emit(False)

    def disk_is_back(self) -> None:
        """Retries failed writes that have ``again``; the other failed actions are dropped, and the
        operator must repeat them.
        """
        was_failing = bool(self._failing)
        self._failing = {name: repeat for name, repeat in self._failing.items() if repeat}
        if was_failing and not self._failing:
            self.failing_changed.emit(False)
        self.try_again()

    def try_again(self) -> None:
        """Retries every failing write that has ``again``."""
        for repeat in tuple(self._failing.values()):
            if repeat is not None:
                repeat()


STOP_DEADLINE_S = 5.0
