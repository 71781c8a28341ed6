"""Search in the calls of this workplace, a page at a time, by keyset.

A page begins after the last row of the page before, so that a later page costs no more than the
first one. A query on any thread can be cancelled from another thread.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Text,
    literal_column,
    select,
    text,
    tuple_,
)

from sync.records.replicated_tables import call_record
from sync.records.row_codec import call_of, call_row
from sync.register.calls.call_search import CallQuery, CallSort, words_of
from sync.register.calls.calls import CallRecord
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.calls.text_conditions import begins_with, says
from sync.store.local.reading import RegisterReading

STEPS_BETWEEN_LOOKS = 10_000  # of SQLite, some milliseconds: then it is asked whether to go on
SORTED_PERIOD = timedelta(days=3)
SORTED_NUMBERS = timedelta(days=31)  # their index has no moments to skip by
_CONTENT = call_record.c.content
_ARRIVED = call_record.c.arrived_at
# in the words of its index, which a bound value would not match
_RESULT = literal_column("coalesce(result, '')", Text)
# a sign before a column keeps SQLite from its index
_UNINDEXED_ARRIVED = literal_column("+call_record.arrived_at", _ARRIVED.type)
_SORTED_BY: dict[CallSort, ColumnElement[Any]] = {
    CallSort.NUMBER: call_record.c.number,
    CallSort.OPERATOR: call_record.c.operator_name,
    CallSort.RESULT: _RESULT,
}
# A loose index scan: one step of the index for each name, whatever the number of calls.
_OPERATORS = text("""
    WITH RECURSIVE known(name) AS (
        SELECT min(operator_name) FROM call_record
        UNION ALL
        SELECT (SELECT min(operator_name) FROM call_record WHERE operator_name > known.name)
        FROM known WHERE known.name IS NOT NULL
    )
    SELECT name FROM known WHERE name IS NOT NULL
""")


class LocalCalls:
    """The register of calls of this workplace; any thread. Raises StoreError."""

    def __init__(self, register: RegisterReading) -> None:
        self._register = register

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        """At most so many calls of this query, those behind ``after`` in its order.

        Raises CheckStopped where the query was cancelled.
        """
        found = self._register.read(
            lambda connection: _stoppable(connection, call_query(query, after, most), stop)
        )
        return tuple(map(call_of, found))

    def operator_names(self) -> tuple[str, ...]:
        """Everybody who took one of the calls, by name."""
        return tuple(self._register.read(lambda one: one.scalars(_OPERATORS).all()))

    def workplace_codes(self) -> tuple[str, ...]:
        """The code of this workplace."""
        return (self._register.station().code,)


def call_query(query: CallQuery, after: CallRecord | None, most: int) -> Select[Any]:
    """The statement of one page."""
    found = select(call_record).where(*_conditions(query))
    order = _order(query)
    if after is not None:
        row = call_row(after)
        sort = () if query.sort is CallSort.TIME else (_value(query.sort, row),)
        last = tuple_(*sort, row["arrived_at"], row["id"], types=[one.type for one in order])
        here = tuple_(*order)
        found = found.where(here < last if query.is_descending else here > last)
    ways = [one.desc() if query.is_descending else one.asc() for one in order]
    return found.order_by(*ways).limit(most)


def _is_by_time(query: CallQuery) -> bool:
    """Whether the index of the moments is of use; SQLite would take it each time.

    Few share a surname. A short period is sorted, a long one is read in its order.
    """
    is_filtered = query.phone or query.operator or query.topic or query.result
    longest = SORTED_NUMBERS if query.sort is CallSort.NUMBER else SORTED_PERIOD
    is_short = query.end - query.start <= longest
    return not query.name and bool(query.sort is CallSort.TIME or is_filtered or is_short)


def _order(query: CallQuery) -> tuple[ColumnElement[Any], ...]:
    by_time = (call_record.c.arrived_at, call_record.c.id)
    return by_time if query.sort is CallSort.TIME else (_SORTED_BY[query.sort], *by_time)


def _value(sort: CallSort, row: dict[str, Any]) -> str:
    column = {CallSort.NUMBER: "number", CallSort.OPERATOR: "operator_name"}.get(sort, "result")
    return cast("str", row[column] or "")


def _conditions(query: CallQuery) -> list[ColumnElement[bool]]:
    call = call_record.c
    if query.number is not None:
        return [call.number == str(query.number)]
    arrived = _ARRIVED if _is_by_time(query) else _UNINDEXED_ARRIVED
    found: list[ColumnElement[bool]] = [
        arrived >= query.start,
        arrived < query.end,
    ]
    for column, wanted in (
        (call.phone, query.phone),
        (call.operator_name, query.operator),
        (call.topic, query.topic),
        (_RESULT, query.result),
    ):
        if wanted:
            found.append(column == wanted)
    if query.workplace:
        found.append(call.number.like(f"____-{query.workplace}-%"))
    parts = (call.surname, call.given_name, call.patronymic)
    named = zip(parts, query.name.split(), strict=False)
    found += [begins_with(part, word) for part, word in named]
    found += [says(_CONTENT, word) for word in words_of(query.words)]
    return found


def _stoppable(connection: Connection, found: Select[Any], stop: SearchStop) -> list[RowMapping]:
    driver: Any = connection.connection.dbapi_connection
    driver.set_progress_handler(lambda: int(stop.is_stopped), STEPS_BETWEEN_LOOKS)
    try:
        return list(connection.execute(found).mappings())
    finally:
        driver.set_progress_handler(None, 0)
