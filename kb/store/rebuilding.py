"""A new index made in the background, while the old one answers."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from kb.errors import DirectoryUnusable
from kb.events import (
    DirectoryEvent,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from kb.store.writing import Stopped, Writing

Work = Callable[[], None]


class Rebuild:
    """One write transaction on a thread of its own: readers see the old index until it commits.

    Stopped or failed, it leaves the old index, and the next start of the program makes the new one.
    """

    def __init__(
        self,
        reason: RebuildReason,
        writing: Callable[[], AbstractContextManager[Writing]],
        tell: Callable[[DirectoryEvent], None],
    ) -> None:
        self._reason = reason
        self._writing = writing
        self._tell = tell
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._kept: list[Work] = []
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="directory index", daemon=True)

    def start(self) -> None:
        self._tell(IndexRebuildStarted(self._reason))
        self._thread.start()

    def stop(self) -> None:
        """Give up what is not done, and wait until the thread has ended."""
        self._stopping.set()
        self._thread.join()

    def is_running(self) -> bool:
        with self._lock:
            return not self._is_over

    def keep(self, work: Work) -> bool:
        """Keep a small write until the index is made; False where it is made already."""
        with self._lock:
            if not self._is_over:
                self._kept.append(work)
            return not self._is_over

    def _run(self) -> None:
        event: DirectoryEvent | None = None
        try:
            with self._writing() as write:
                write.rebuild_index(stopping=self._stopping.is_set)
            event = IndexRebuilt(self._reason)
        except Stopped:
            pass
        except DirectoryUnusable as error:
            event = IndexRebuildFailed(self._reason, error.reason)
        with self._lock:
            self._is_over = True
            kept, self._kept = self._kept, []
        try:
            for work in kept:
                work()
        except DirectoryUnusable as error:
            event = IndexRebuildFailed(self._reason, error.reason)
        if event is not None:
            self._tell(event)
