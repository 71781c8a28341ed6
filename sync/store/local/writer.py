"""The writer thread with the only writing connection, and the lock for one writing process."""

from __future__ import annotations

import os
import platform
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sync.errors import StoreClosed, StoreInUse, StoreUnavailable, StoreUnreadable
from sync.store.local.engine import store_error

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class StoreLock:
    """Exclusive lock on a database from construction to ``release``. Raises StoreInUse if held.

    The operating system releases the lock when the process ends, also after kill -9.
    """

    def __init__(self, store_path: Path) -> None:
        path = store_path.with_name(store_path.name + ".lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnavailable("SQLITE_CANTOPEN") from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreInUse from error

    def holder(self) -> str:
        """Returns an identifier of the holder: this file on this machine in its current boot.

        A cloned disk has the same files but another boot identifier.
        """
        try:
            boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            boot = platform.node()
        found = os.fstat(self._descriptor)
        return f"{boot} {found.st_dev} {found.st_ino}"

    def release(self) -> None:
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


T = TypeVar("T")

Trouble = StoreUnavailable | StoreUnreadable
"""Reason why records are rejected: writes fail, or the file is damaged."""


class Writer:
    """Thread with the only writing connection.

    ``submit`` is thread-safe. A future resolves only after COMMIT has returned; on an error nothing
    of its function is stored.
    """

    def __init__(
        self,
        engine: Engine,
        on_trouble: Callable[[Trouble | None], None] | None = None,
        on_committed: Callable[[], None] = lambda: None,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        """Starts the thread.

        ``on_trouble`` is called on the writer's thread when writes start to fail or fail for
        another reason, and with None when they succeed again. ``on_committed`` is called there
        after each commit, before the future resolves. A full disk counts as full until ``has_room``
        returns True, because a small write may fit where the next record does not.
        """
        self._engine = engine
        self._on_committed = on_committed
        self._has_room = has_room
        self._on_trouble = on_trouble
        self._trouble: Trouble | None = None
        self._is_damaged = False  # used only on the writer's thread
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._gate = threading.Lock()
        self._open = True
        # daemon: must not delay the exit of a failing process; unacknowledged work is lost
        self._thread = threading.Thread(target=self._run, name="register-writer", daemon=True)
        self._thread.start()

    def submit(
        self, function: Callable[[Connection], T], *, bookkeeping: bool = False
    ) -> Future[T]:
        """Runs the function in BEGIN IMMEDIATE on the writer's thread; resolves to its result.

        The future fails with a StoreError if the database cannot be written, with the function's
        own exception, or with StoreClosed after ``stop``. On a damaged database only
        ``bookkeeping`` work runs: it stores no record and can be lost without harm.
        """
        future: Future[T] = Future()

        def job() -> None:
            self._perform(function, future, bookkeeping)

        with self._gate:
            if self._open:
                self._jobs.put(job)
                return future
        future.set_exception(StoreClosed())
        return future

    def condemn(self) -> None:
        """Rejects further records, because the file is damaged and added data could be lost."""

        def job() -> None:
            self._found_damaged(StoreUnreadable("damaged"))

        with self._gate:
            if self._open:
                self._jobs.put(job)

    def tell_again(self) -> None:
        """Reports the current failure again to ``on_trouble``, for a listener registered later."""

        def job() -> None:
            if self._trouble is not None and self._on_trouble is not None:
                self._on_trouble(self._trouble)

        with self._gate:
            if self._open:
                self._jobs.put(job)

    def stop(self, deadline_s: float) -> bool:
        """Accepts no more work and finishes submitted work.

        Returns True if all work is finished within ``deadline_s``.
        """
        with self._gate:
            if self._open:
                self._open = False
                self._jobs.put(None)
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self._disconnect()

    def _perform(
        self, function: Callable[[Connection], T], future: Future[T], bookkeeping: bool
    ) -> None:
        if not future.set_running_or_notify_cancel():
            return
        if self._is_damaged and not bookkeeping:
            future.set_exception(StoreUnreadable("damaged"))
            return
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                result = function(self._connection)
        except DBAPIError as error:
            # a connection that had a disk error is not reused
            self._disconnect()
            known = store_error(error)
            if isinstance(known, StoreUnavailable):
                self._tell(known)
            elif isinstance(known, StoreUnreadable):
                self._found_damaged(known)
            future.set_exception(known or error)
        except BaseException as error:  # the caller receives it through the future
            future.set_exception(error)
        else:
            self._on_committed()
            if not self._is_full() or self._has_room():
                self._tell(None)
            future.set_result(result)

    def _is_full(self) -> bool:
        return self._trouble is not None and self._trouble.code == "SQLITE_FULL"

    def _found_damaged(self, error: StoreUnreadable) -> None:
        self._tell(error)
        self._is_damaged = True

    def _tell(self, trouble: Trouble | None) -> None:
        if self._is_damaged:
            return  # damage is final for this process
        known = self._trouble
        if (known and known.code) != (trouble and trouble.code):
            self._trouble = trouble
            if self._on_trouble is not None:
                self._on_trouble(trouble)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate() if connection.in_transaction() else connection.close()
