"""Every page of the store is read after each start and once a day, on a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from sync.errors import CheckStopped, StoreUnavailable
from sync.store.keys import StoreKey
from sync.store.page_check import PageCheck, Verdict, check_pages
from sync.store.register import RegisterStore

LOG = logging.getLogger(__name__)

BEGIN_AFTER_S = 30.0
"""Before that the operator is on her own: who has waited in the queue comes at the sign-in."""
EVERY_S = 24 * 3600.0
AGAIN_AFTER_S = 60.0


class PageReading:
    """Reads until it is stopped; a store that is found damaged takes no record from then on.

    ``on_read`` is called on its thread with each outcome. The store tells its own listeners of
    the damage.
    """

    def __init__(
        self,
        store: RegisterStore,
        path: Path,
        key: StoreKey,
        on_read: Callable[[PageCheck], None],
        *,
        begin_after_s: float = BEGIN_AFTER_S,
    ) -> None:
        self._store = store
        self._path = path
        self._key = key
        self._on_read = on_read
        self._begin_after_s = begin_after_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="page-reading", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """End, in the midst of a reading too; True when the thread is gone by the deadline."""
        self._stopping.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        install_id = None
        wait_s = self._begin_after_s
        while not self._stopping.wait(wait_s):
            try:
                install_id = install_id or self._store.station().install_id
                check = check_pages(self._path, self._key, install_id, self._stopping)
            except CheckStopped:
                return
            except StoreUnavailable as error:
                # a disk that refuses to be read says nothing about its pages
                LOG.warning("pages not read: %s", error.code)
                wait_s = AGAIN_AFTER_S
                continue
            if check.verdict is Verdict.DAMAGED:
                self._store.condemn()
            self._on_read(check)
            wait_s = EVERY_S
