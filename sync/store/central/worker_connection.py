"""Connection of one worker thread to the central database, opened on demand and after a loss."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import psycopg2
import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sync.errors import CentralNotReady
from sync.records.central_tables import platform_post
from sync.store.central.connection import break_off, complete_dsn, limit_session

T = TypeVar("T")


class WorkerConnection:
    """A connection with one transaction per call. Use it on one thread; ``abort`` is thread-safe.

    Methods raise psycopg2.Error as the driver does, and CentralNotReady if the schema is missing.
    """

    def __init__(self, dsn: str) -> None:
        """Stores the DSN without connecting. Raises DsnInvalid."""
        complete = complete_dsn(dsn)
        self._driver: Any = None
        self._connection: Connection | None = None

        def connect() -> Any:
            self._driver = psycopg2.connect(complete)
            limit_session(self._driver, idle_in_transaction_s=60)
            return self._driver

        self._engine = sqlalchemy.create_engine(
            "postgresql+psycopg2://", creator=connect, poolclass=NullPool, hide_parameters=True
        )
        self.guard: Callable[[], AbstractContextManager[None]] = nullcontext
        """Context manager entered around each transaction, for a watchdog that calls ``abort``."""

    def abort(self) -> None:
        """Shuts the connection down, which makes a blocked call fail. Thread-safe."""
        driver = self._driver
        if driver is not None:
            break_off(driver)

    def close(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def run(self, work: Callable[[Connection], T]) -> T:
        """Runs ``work`` in a separate transaction, commits it and returns the result."""
        try:
            with self.guard():
                if self._connection is None:
                    self._connection = self._engine.connect()
                    with self._connection.begin():
                        _require_schema(self._connection)
                with self._connection.begin():
                    return work(self._connection)
        except DBAPIError as error:
            self.close()
            if error.orig is None:
                raise
            raise error.orig from None  # the driver's own error, which has the SQLSTATE
        except (psycopg2.Error, CentralNotReady):
            self.close()
            raise


def _require_schema(connection: Connection) -> None:
    if not sqlalchemy.inspect(connection).has_table(platform_post.name):
        raise CentralNotReady("schema_missing")
