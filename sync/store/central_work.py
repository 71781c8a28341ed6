"""Short work in the central database, for commands and jobs that keep no connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sync.store.central import complete_dsn


@contextmanager
def central_transaction(dsn: str) -> Iterator[Connection]:
    """A connection in one transaction, committed in the end and closed.

    Raises DsnInvalid, and psycopg2.Error as the driver does.
    """
    complete = complete_dsn(dsn)
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg2://",
        creator=lambda: psycopg2.connect(complete),
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
