"""Search in the calls of this workplace, with keyset pagination.

A page starts after the last row of the previous page, so a later page costs no more than the first
one. A query can be cancelled from another thread.

Words are searched in the full-text index. If few calls match, they are read and sorted. Otherwise
calls are read in the order of the query, and each is looked up among the matches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    func,
    literal,
    literal_column,
    select,
    text,
    tuple_,
)

from sync.records.replicated_tables import call_record
from sync.records.row_codec import call_of, call_row
from sync.register.calls.call_search import (
    CallQuery,
    CallSort,
    CallTotal,
    stem_of,
    total_of,
    words_of,
)
from sync.register.calls.calls import CallRecord
from sync.store.local.calls.search_stop import SearchStop
from sync.store.local.calls.text_conditions import begins_with
from sync.store.local.reading import RegisterReading

STEPS_BETWEEN_LOOKS = 10_000  # SQLite steps, some milliseconds, between checks for cancellation
SORTED_PERIOD = timedelta(days=3)
FEW_HITS = 3000
"""Up to this number of calls, reading and sorting is faster than reading an index in query order.
"""
_ARRIVED = call_record.c.arrived_at
# same text as in the indexes, which a bound value would not match
_NUMBER = literal_column("coalesce(number, '')", Text)
_RESULT = literal_column("coalesce(result, '')", Text)
# the plus sign prevents SQLite from using the column's index
_UNINDEXED_ARRIVED = literal_column("+call_record.arrived_at", _ARRIVED.type)
_SORTED_BY: dict[CallSort, ColumnElement[Any]] = {
    CallSort.NUMBER: _NUMBER,
    CallSort.OPERATOR: call_record.c.operator_name,
    CallSort.RESULT: _RESULT,
}
_UNINDEXED: dict[CallSort, ColumnElement[Any]] = {
    CallSort.NUMBER: literal_column("+coalesce(number, '')", Text),
    CallSort.OPERATOR: literal_column("+call_record.operator_name", Text),
    CallSort.RESULT: literal_column("+coalesce(result, '')", Text),
}
_HITS = "call_record.rowid IN (SELECT rowid FROM call_words WHERE call_words MATCH :match)"
_COUNTED_HITS = text(
    "SELECT count(*) FROM (SELECT 1 FROM call_words WHERE call_words MATCH :match LIMIT :most)"
)
# Loose index scan: one index step per name, independent of the number of calls.
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
    """Call register of this workplace. Raises StoreError. Thread-safe."""

    def __init__(self, register: RegisterReading) -> None:
        self._register = register

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        """Returns at most ``most`` calls that match the query and follow ``after`` in its order.

        Raises CheckStopped if the query was cancelled.
        """
        found = self._register.read(
            lambda connection: _stoppable(
                connection,
                stop,
                lambda: (
                    connection.execute(
                        call_query(
                            query, after, most, has_few_hits=_has_few_hits(connection, query)
                        )
                    )
                    .mappings()
                    .all()
                ),
            )
        )
        return tuple(map(call_of, found))

    def count_calls(self, query: CallQuery, most: int, stop: SearchStop) -> CallTotal:
        """Returns the number of matching calls, counted up to ``most``.

        Raises CheckStopped if the query was cancelled.
        """

        def count(connection: Connection) -> int:
            unsorted = replace(query, sort=CallSort.TIME)
            found = _conditions(unsorted, has_few_hits=_has_few_hits(connection, query))
            counted = select(literal(1)).select_from(call_record).where(*found).limit(most + 1)
            return connection.scalars(select(func.count()).select_from(counted.subquery())).one()

        counted = self._register.read(
            lambda connection: _stoppable(connection, stop, lambda: count(connection))
        )
        return total_of(counted, most)

    def operator_names(self) -> tuple[str, ...]:
        """Returns the names of all operators with calls, sorted."""
        return tuple(self._register.read(lambda one: one.scalars(_OPERATORS).all()))

    def workplace_codes(self) -> tuple[str, ...]:
        """Returns the code of this workplace."""
        return (self._register.station().code,)


def call_query(
    query: CallQuery, after: CallRecord | None, most: int, *, has_few_hits: bool = False
) -> Select[Any]:
    """Builds the statement of one result page.

    ``has_few_hits`` is True if few calls match the words of the query.
    """
    found = select(call_record).where(*_conditions(query, has_few_hits=has_few_hits))
    order = _order(query, has_few_hits=has_few_hits)
    if after is not None:
        row = call_row(after)
        sort = () if query.sort is CallSort.TIME else (_value(query.sort, row),)
        last = tuple_(*sort, row["arrived_at"], row["id"], types=[one.type for one in order])
        here = tuple_(*order)
        found = found.where(here < last if query.is_descending else here > last)
    ways = [one.desc() if query.is_descending else one.asc() for one in order]
    return found.order_by(*ways).limit(most)


def _has_few_hits(connection: Connection, query: CallQuery) -> bool:
    match = _match(query)
    if not match:
        return False
    counted = connection.scalar(_COUNTED_HITS, {"match": match, "most": FEW_HITS + 1})
    return int(counted or 0) <= FEW_HITS


def _match(query: CallQuery) -> str:
    """Converts the words of a query to an FTS5 expression: all words, as prefixes."""
    return " AND ".join(f'"{stem_of(word)}" *' for word in words_of(query.words))


def _is_by_time(query: CallQuery) -> bool:
    """Whether the query uses the time index; otherwise SQLite is prevented from using it.

    Few calls share a surname. A short period is sorted; a long one is read in index order.
    """
    is_filtered = query.phone or query.operator or query.topic or query.result
    is_short = query.end - query.start <= SORTED_PERIOD
    return not query.name and bool(query.sort is CallSort.TIME or is_filtered or is_short)


def _order(query: CallQuery, *, has_few_hits: bool) -> tuple[ColumnElement[Any], ...]:
    by_time = (_UNINDEXED_ARRIVED if has_few_hits else _ARRIVED, call_record.c.id)
    if query.sort is CallSort.TIME:
        return by_time
    return ((_UNINDEXED if has_few_hits else _SORTED_BY)[query.sort], *by_time)


def _value(sort: CallSort, row: dict[str, Any]) -> str:
    column = {CallSort.NUMBER: "number", CallSort.OPERATOR: "operator_name"}.get(sort, "result")
    return cast("str", row[column] or "")


def _conditions(query: CallQuery, *, has_few_hits: bool) -> list[ColumnElement[bool]]:
    call = call_record.c
    if query.number is not None:
        return [call.number == str(query.number)]
    is_by_time = _is_by_time(query) and not has_few_hits
    arrived = _ARRIVED if is_by_time else _UNINDEXED_ARRIVED
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
    match = _match(query)
    if match:
        hits = _HITS if has_few_hits else f"+{_HITS}"
        found.append(text(hits).bindparams(match=match))  # type: ignore[arg-type]
    return found


T = TypeVar("T")


def _stoppable(connection: Connection, stop: SearchStop, ask: Callable[[], T]) -> T:
    driver: Any = connection.connection.dbapi_connection
    driver.set_progress_handler(lambda: int(stop.is_stopped), STEPS_BETWEEN_LOOKS)
    try:
        return ask()
    finally:
        driver.set_progress_handler(None, 0)
