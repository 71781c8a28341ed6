"""How the program before sent: a statement a table, within BEGIN and COMMIT.

Workplaces one version behind go on like that with the centre of today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from sync.store.local.outbox import OutboxRow
from tests.fakes.central_rows import central_row

_KEY = ("station_id", "period", "id")


def put(
    connection: Connection, table: Table, rows: Sequence[OutboxRow], *, is_only_added: bool
) -> set[int]:
    """The ``seq`` of the rows that the centre holds then."""
    ordered = sorted(rows, key=lambda row: row.entity_id)
    fresh = insert(table)
    changed: dict[str, Any] = {
        column.name: fresh.excluded[column.name]
        for column in table.columns
        if column.name not in (*_KEY, "counter", "received_at")
    }
    keeping = (
        fresh.on_conflict_do_nothing(index_elements=list(_KEY))
        if is_only_added
        else fresh.on_conflict_do_update(
            index_elements=list(_KEY),
            set_={**changed, "received_at": func.now()},
            where=table.c.rev < fresh.excluded.rev,
        )
    )
    values = [central_row(row.payload, table) for row in ordered]
    written = set(connection.scalars(keeping.returning(table.c.id), values))
    others = [row for row in values if row["id"] not in written]
    there = _revisions(connection, table, others) if others else {}
    return {
        row.seq
        for row in ordered
        if row.entity_id in written or there.get(row.entity_id, 0) >= row.rev
    }


def _revisions(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Mapping[UUID, int]:
    """The revisions in which the centre has these records; by the whole key, so that each is
    looked for in its own month."""
    key = tuple_(*(table.c[name] for name in _KEY))
    wanted = [tuple(row[name] for name in _KEY) for row in rows]
    found = connection.execute(select(table.c.id, table.c.rev).where(key.in_(wanted)))
    return {row.id: row.rev for row in found}
