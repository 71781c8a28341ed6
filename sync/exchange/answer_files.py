"""The thread ``answer_files``, which synchronises files of answers with the central database."""

from __future__ import annotations

from typing import Any

from sync.exchange.failures import READING_ERRORS
from sync.exchange.supervision import Service
from sync.store.central.connection import break_off
from sync.store.local.register import RegisterStore
from sync.store.shared_answer_files import FilesKnown, exchange_files, unsent


class AnswerFileExchange(Service):
    """Synchronises files of answers on a dedicated thread until it is stopped.

    A file to be sent is exchanged at the next tick; otherwise the exchange runs once a minute.
    """

    def __init__(self, store: RegisterStore, dsn: str, *, tick_s: float = 15.0) -> None:
        super().__init__("answer_files")
        self._store = store
        self._dsn = dsn
        self._tick_s = tick_s
        self._idle_ticks = 4
        self._driver: Any = None

    def _interrupt(self) -> None:
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def _opened(self, driver: Any) -> None:
        self._driver = driver
        if self._stopping.is_set():
            break_off(driver)

    def _run(self) -> None:
        known, ticks = FilesKnown(), self._idle_ticks
        while not self._stopping.is_set():
            ticks += 1
            try:
                if ticks > self._idle_ticks or unsent(self._store, known):
                    exchange_files(self._store, self._dsn, known, self._opened)
                    ticks = 0
            except READING_ERRORS:
                ticks = 0  # database unavailable or without this table: the sender reports it
            finally:
                self._driver = None
            self._stopping.wait(self._tick_s)
