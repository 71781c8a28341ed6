"""Short work in the central database, for commands and jobs that keep no connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sync.store.central import complete_dsn


@contextmanager
def central_transaction(
    dsn: str, opened: Callable[[Any], None] = lambda _driver: None
) -> Iterator[Connection]:
    """A connection in one transaction, committed in the end and closed.

    ``opened`` hears of psycopg2's own connection, which may be broken off. Raises DsnInvalid, and
    psycopg2.Error as the driver does.
    """
    complete = complete_dsn(dsn)

    def connect() -> Any:
        driver = psycopg2.connect(complete)
        opened(driver)
        return driver

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=connect,
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        if error.orig is None:
            raise
        raise error.orig from None  # the driver's own error, which has the SQLSTATE
    finally:
        engine.dispose()
