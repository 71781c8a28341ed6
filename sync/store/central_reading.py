"""Reading one record from the central database, for administrators and for proof."""

from __future__ import annotations

from typing import Any

import psycopg2
from sqlalchemy import create_engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from sync.register.numbering import RegistrationNumber
from sync.store.central import TABLES, complete_dsn
from sync.store.outbox import Entity
from sync.store.rows import plain

_OWN_COLUMNS = ("station_id", "period", "counter", "received_at")


def central_record(dsn: str, number: RegistrationNumber) -> dict[str, Any] | None:
    """The record with this number in the form of the local store's rows, or None.

    Its ``kind`` is "call" or "message". Raises psycopg2.Error and DsnInvalid.
    """
    complete = complete_dsn(dsn)
    engine = create_engine(
        "postgresql+psycopg2://", creator=lambda: psycopg2.connect(complete), poolclass=NullPool
    )
    try:
        with engine.connect() as connection:
            for entity in Entity:
                table = TABLES[entity]
                row = (
                    connection.execute(select(table).where(table.c.number == str(number)))
                    .mappings()
                    .one_or_none()
                )
                if row is not None:
                    values = {name: row[name] for name in row if name not in _OWN_COLUMNS}
                    values["revision"] = values.pop("rev")
                    return {"kind": entity.value, **plain(values)}
    except DBAPIError as error:
        if isinstance(error.orig, psycopg2.Error):
            raise error.orig from None
        raise
    finally:
        engine.dispose()
    return None
