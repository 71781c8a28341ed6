"""Bringing the log of the store into its file, beside the writer and not within its commits."""

from __future__ import annotations

import threading
import time

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sync.store.engine import store_error

EARLIEST_S = 5.0
QUIET_S = 0.2
LATEST_S = 30.0


class Checkpoints:
    """A thread that brings what was committed from the log into the file, so that no commit has to.

    SQLite would do it within the commit that fills the log, and whoever saves then waits for a
    second and far longer write of the disk. It is done ``earliest_s`` after the first commit since
    the last time, as soon as nothing was committed for ``quiet_s``, and after ``latest_s`` more in
    any case. The writer goes on meanwhile: a passive checkpoint keeps nobody out.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        earliest_s: float = EARLIEST_S,
        quiet_s: float = QUIET_S,
        latest_s: float = LATEST_S,
    ) -> None:
        """``engine`` is ``checkpointing_engine`` of the store."""
        self._engine = engine
        self._earliest_s = earliest_s
        self._quiet_s = quiet_s
        self._latest_s = latest_s
        self._committed = threading.Event()
        self._stopping = threading.Event()
        self._connection: Connection | None = None
        # daemon: a program that dies must die; what the log holds is safe there
        self._thread = threading.Thread(target=self._run, name="register-log", daemon=True)
        self._thread.start()

    def committed(self) -> None:
        """The log holds something new; on any thread, and nobody waits here."""
        self._committed.set()

    def stop(self, deadline_s: float) -> bool:
        """Begin no other checkpoint; True when the file is let go by the deadline."""
        self._stopping.set()
        self._committed.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._waited_for_quiet():
            self._checkpoint()
        self._disconnect()

    def _waited_for_quiet(self) -> bool:
        """Return when the log is to be brought in; False when there is an end to it."""
        self._committed.wait()
        self._stopping.wait(self._earliest_s)
        until_s = time.monotonic() + self._latest_s
        while not self._stopping.is_set() and time.monotonic() < until_s:
            self._committed.clear()
            if not self._committed.wait(self._quiet_s):
                break
        return not self._stopping.is_set()

    def _checkpoint(self) -> None:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                self._connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except DBAPIError as error:
            self._disconnect()
            if store_error(error) is None:
                raise
            # the log holds all until the next time; who writes is told of the disk by his own write

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate() if connection.in_transaction() else connection.close()
