"""Search in the calls and messages of all workplaces, through functions of the central database.

The functions check the rights of the login, because they read with the rights of the owner.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Function,
    Integer,
    Table,
    Text,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from sync.records.central_shared_tables import operator, station
from sync.records.central_tables import call_record, message, message_event
from sync.records.message_event_codec import event_of
from sync.records.row_codec import call_of, message_of
from sync.register.calls.call_search import CallQuery, CallSort, words_of
from sync.register.calls.calls import CallRecord
from sync.register.handling.events import Event
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import recalled
from sync.register.numbering import period_of
from sync.store.central.partitions import following

Asked = dict[str, Any]
_FIRST_DAY = datetime(2001, 1, 1, tzinfo=UTC)  # earlier months do not sort as text


def call_asked(query: CallQuery, after: CallRecord | None = None) -> Asked:
    """Returns the query as JSON parameter of ``find_calls``.

    ``after`` is the last call already shown; the result continues after it.
    """
    asked: Asked = {
        "start": query.start.isoformat(),
        "end": query.end.isoformat(),
        # A record written later than its request has a number of a later month.
        "first_period": following(period_of(max(query.start, _FIRST_DAY)), -1),
        "sort": query.sort.value,
        "descending": query.is_descending,
        **{
            name: value
            for name, value in (
                ("phone", query.phone),
                ("name", query.name.split()),
                ("words", words_of(query.words)),
                ("operator", query.operator),
                ("workplace", query.workplace),
                ("topic", query.topic),
                ("result", query.result),
            )
            if value
        },
    }
    if query.number is not None:
        asked["number"] = str(query.number)
    if after is not None:
        value = {
            CallSort.TIME: "",
            CallSort.NUMBER: str(after.number),
            CallSort.OPERATOR: after.operator_name,
            CallSort.RESULT: "" if after.result is None else after.result.value,
        }[query.sort]
        at = after.arrived_at.isoformat()
        asked["after"] = {"value": value, "at": at, "id": str(after.id)}
    return asked


def find_calls(connection: Connection, asked: Asked, most: int) -> tuple[CallRecord, ...]:
    """Returns at most ``most`` calls, in the requested order."""
    found = _rows_of(func.public.find_calls(_ASKED, _MOST), call_record)
    rows = connection.execute(
        select(found, found.c.rev.label("revision")), {"asked": asked, "most": most}
    )
    return tuple(map(call_of, rows.mappings()))


def find_messages(connection: Connection, asked: Asked, most: int) -> tuple[HandledMessage, ...]:
    """Returns at most ``most`` messages with their history, newest first; no drafts."""
    found = _rows_of(func.public.find_messages(_ASKED, _MOST), message)
    rows = connection.execute(
        select(found, found.c.rev.label("revision")), {"asked": asked, "most": most}
    )
    records = tuple(map(message_of, rows.mappings()))
    events = _rows_of(func.public.find_message_events(_NUMBERS), message_event)
    happened: dict[object, list[Event]] = {}
    numbers = [str(record.number) for record in records]
    for row in connection.execute(select(events), {"numbers": numbers}).mappings():
        happened.setdefault(row["message_id"], []).append(event_of(row))
    return tuple(
        HandledMessage(record, recalled(record.id, happened.get(record.id, ())))
        for record in records
    )


def operator_names(connection: Connection) -> tuple[str, ...]:
    """Returns the names of all operators, sorted."""
    return tuple(connection.scalars(select(operator.c.name).distinct().order_by(operator.c.name)))


def workplace_codes(connection: Connection) -> tuple[str, ...]:
    """Returns the codes of all workplaces, sorted."""
    return tuple(connection.scalars(select(station.c.station_id).order_by(station.c.station_id)))


_ASKED = bindparam("asked", type_=JSONB)
_MOST = bindparam("most", type_=Integer)
_NUMBERS = bindparam("numbers", type_=ARRAY(Text))


def _rows_of(function: Function[Any], table: Table) -> Any:
    """Returns the rows of a database function as a selectable with the columns of ``table``."""
    return function.table_valued(*(column(one.name, one.type) for one in table.columns))
