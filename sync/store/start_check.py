"""What must be sound before the first save: what it builds upon and what was written last."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from sync.errors import StoreUnavailable, StoreUnreadable
from sync.register.numbering import RegistrationNumber, parse
from sync.store.engine import store_error
from sync.store.record_tables import audit, call_record, message, message_event
from sync.store.workplace_tables.sending import audit_queued, outbox, outbox_export
from sync.store.workplace_tables.station import counter, station, store_origin

NEWEST = 200
_SMALL = (station, store_origin, counter, outbox_export, audit_queued)
_GROWING = (call_record, message, message_event, outbox, audit)


def check_start(connection: Connection) -> None:
    """Return when the first save may be taken; else StoreUnreadable("damaged").

    Small tables are checked whole, of the others the newest rows are read: what a cut of the
    power can have harmed was written last. The counters must not lie behind a number that stands
    in a record, or it would be spoken twice. Takes some milliseconds whatever the size.
    """
    try:
        for table in _SMALL:
            found = connection.exec_driver_sql(f"PRAGMA integrity_check({table.name})")
            if found.scalars().all() != ["ok"]:
                raise StoreUnreadable("damaged")
        for table in _GROWING:
            newest = f"SELECT * FROM {table.name} ORDER BY rowid DESC LIMIT {NEWEST}"  # noqa: S608
            connection.exec_driver_sql(newest).fetchall()
        _check_counters(connection)
    except DBAPIError as error:
        known = store_error(error)
        if isinstance(known, StoreUnavailable):
            raise known from error
        raise StoreUnreadable("damaged") from error


def _check_counters(connection: Connection) -> None:
    code = connection.scalar(select(station.c.code))
    for period, last in connection.execute(select(counter.c.period, counter.c.last)):
        for table in (call_record, message):
            number = _highest(connection, table, f"{period}-{code}-")
            if number is not None and number.counter > last:
                raise StoreUnreadable("damaged")


def _highest(connection: Connection, table: Table, beginning: str) -> RegistrationNumber | None:
    text = connection.scalar(
        select(func.max(table.c.number)).where(
            table.c.number > beginning, table.c.number < beginning + "~"
        )
    )
    number = None if text is None else parse(text)
    return number if isinstance(number, RegistrationNumber) else None
