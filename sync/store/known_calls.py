"""A list of calls that is read again and again: what has not changed is not made anew."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, select, type_coerce
from sqlalchemy.types import NULLTYPE

from sync.register.calls import CallRecord
from sync.store.record_tables import call_record
from sync.store.rows import call_of

# As the file has them: to make values of our own of them takes most of the time.
_AS_WRITTEN = [type_coerce(column, NULLTYPE) for column in call_record.c]
_BY_IDENTITY = select(call_record).where(call_record.c.id.in_(bindparam("asked", expanding=True)))
_ASKED_AT_ONCE = 500  # SQLite takes some thousand values in a statement
_MOST_SHARED = 2000  # values; of people who work here, of entries and topics a day sees fewer

Value = TypeVar("Value", bound=Hashable)


class KnownCalls:
    """Records of the last list by what their rows said, for one list; any thread.

    A record is new where anything at all in its row is: an erasure raises no revision.
    """

    def __init__(self) -> None:
        self._known: dict[int, CallRecord] = {}
        self._shared = SharedValues()

    def read(
        self, connection: Connection, *conditions: ColumnElement[bool]
    ) -> tuple[CallRecord, ...]:
        """The calls of these conditions, oldest first."""
        query = (
            select(call_record.c.id, *_AS_WRITTEN)
            .where(*conditions)
            .order_by(call_record.c.arrived_at, call_record.c.id)
        )
        # Two rows have one hash of 64 bits too seldom to be met.
        rows = {row[0]: hash(tuple(row[1:])) for row in connection.execute(query)}
        known = self._known
        made = self._made(connection, [id for id, said in rows.items() if said not in known])
        found = {said: made.get(id) or known[said] for id, said in rows.items()}
        self._known = found
        return tuple(found.values())

    def _made(self, connection: Connection, ids: list[UUID]) -> dict[UUID, CallRecord]:
        """The records of these identities."""
        records: dict[UUID, CallRecord] = {}
        for first in range(0, len(ids), _ASKED_AT_ONCE):
            asked = {"asked": ids[first : first + _ASKED_AT_ONCE]}
            for row in connection.execute(_BY_IDENTITY, asked).mappings():
                records[row["id"]] = self._shared.in_record(call_of(row))
        return records


class SharedValues:
    """One object for each value that many records of a day have; any thread.

    Each row is read into objects of its own: of the 3 kB that a record takes then, more
    than one is these.
    """

    def __init__(self, most: int = _MOST_SHARED) -> None:
        """So many values at most are known at a time."""
        self._most = most
        self._values: dict[Hashable, Hashable] = {}

    @property
    def count(self) -> int:
        """How many values are known now."""
        return len(self._values)

    def in_record(self, card: CallRecord) -> CallRecord:
        """The same record, made of what other ones have too."""
        once = self._once
        return replace(
            card,
            number=replace(
                card.number, period=once(card.number.period), station=once(card.number.station)
            ),
            direction=once(card.direction),
            end_cause=once(card.end_cause),
            dialled_line=once(card.dialled_line),
            used_entries=tuple(map(once, card.used_entries)),
            topic=once(card.topic),
            category=once(card.category),
            operator_id=once(card.operator_id),
            operator_name=once(card.operator_name),
            closed_by_id=once(card.closed_by_id),
            closed_by_name=once(card.closed_by_name),
            workplace=once(card.workplace),
            route=once(card.route),
        )

    def _once(self, value: Value) -> Value:
        """The value, or the equal one that is known."""
        values = self._values
        if len(values) >= self._most and value not in values:
            values = self._values = {}
        return cast("Value", values.setdefault(value, value))
