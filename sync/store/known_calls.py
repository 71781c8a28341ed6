"""A list of calls that is read again and again: what has not changed is not made anew."""

from __future__ import annotations

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


class KnownCalls:
    """Records of the last list by what their rows said, for one list; any thread.

    A record is new where anything at all in its row is: an erasure raises no revision.
    """

    def __init__(self) -> None:
        self._known: dict[int, CallRecord] = {}

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
        made = _made(connection, [id for id, said in rows.items() if said not in known])
        found = {said: made.get(id) or known[said] for id, said in rows.items()}
        self._known = found
        return tuple(found.values())


def _made(connection: Connection, ids: list[UUID]) -> dict[UUID, CallRecord]:
    """The records of these identities."""
    records: dict[UUID, CallRecord] = {}
    for first in range(0, len(ids), _ASKED_AT_ONCE):
        asked = {"asked": ids[first : first + _ASKED_AT_ONCE]}
        for row in connection.execute(_BY_IDENTITY, asked).mappings():
            records[row["id"]] = call_of(row)
    return records
