"""What runs beside the window is begun beside it: who starts a thread waits until that one runs."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QTimer

from console.bridge import Deliveries
from sync.errors import StoreError

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
