"""The one writer of the local store: every change, in order, each in a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from sync.errors import StoreClosed, StoreUnavailable
from sync.store.engine import store_error

T = TypeVar("T")


class Writer:
    """A thread with the only connection that writes.

    ``submit`` may be called on any thread. A future resolves after COMMIT has returned and not
    before; on an error nothing of its function is left in the store.
    """

    def __init__(
        self, engine: Engine, on_trouble: Callable[[StoreUnavailable | None], None] | None = None
    ) -> None:
        """``on_trouble`` is called on the writer's thread when the disk begins to refuse what is
        written or does so for another reason, and with None when it takes it again."""
        self._engine = engine
        self._on_trouble = on_trouble
        self._trouble: str | None = None
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._gate = threading.Lock()
        self._open = True
        # daemon: a program that dies without ``stop`` must die; what it was not told is not saved
        self._thread = threading.Thread(target=self._run, name="register-writer", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[[Connection], T]) -> Future[T]:
        """Run the function in BEGIN IMMEDIATE on the writer's thread.

        The future fails with a StoreError where disk or file refuse, with what the function
        raised otherwise, and with StoreClosed after ``stop``.
        """
        future: Future[T] = Future()

        def job() -> None:
            self._perform(function, future)

        with self._gate:
            if self._open:
                self._jobs.put(job)
                return future
        future.set_exception(StoreClosed())
        return future

    def stop(self, deadline_s: float) -> bool:
        """Take no more, write what was taken; True when all of it is done by the deadline."""
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

    def _perform(self, function: Callable[[Connection], T], future: Future[T]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                result = function(self._connection)
        except DBAPIError as error:
            # a connection that met a disk error is not trusted again
            self._disconnect()
            known = store_error(error)
            if isinstance(known, StoreUnavailable):
                self._tell(known)
            future.set_exception(known or error)
        except BaseException as error:  # the caller receives it through the future
            future.set_exception(error)
        else:
            self._tell(None)
            future.set_result(result)

    def _tell(self, trouble: StoreUnavailable | None) -> None:
        code = None if trouble is None else trouble.code
        if code != self._trouble:
            self._trouble = code
            if self._on_trouble is not None:
                self._on_trouble(trouble)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate() if connection.in_transaction() else connection.close()
