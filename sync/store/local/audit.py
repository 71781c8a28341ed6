"""Audit chain of a workplace: writing of entries, transfer to the outbox, and verification.

An entry is written in the transaction of the change it records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from sync.records.replicated_tables import audit
from sync.records.row_codec import plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import audit_queued, station
from sync.register.audit import (
    AUDIT_SCHEMA_VERSION,
    Anchor,
    Audited,
    AuditRow,
    ChainReport,
    beginning,
    checked,
    linked,
)
from sync.register.numbering import period_of
from sync.store.local import outbox

_NEWEST = (
    select(station.c.code, station.c.install_id, audit.c.chain, audit.c.seq, audit.c.hash)
    .select_from(station)
    .outerjoin(audit, audit.c.row == select(func.max(audit.c.row)).scalar_subquery())
)
_NEW_LINK = insert(audit)


class AuditWriter:
    """Adds audit rows within an open transaction, on the writer's thread."""

    def __init__(self, new_id: Callable[[], UUID], clock: Callable[[], datetime]) -> None:
        self._new_id = new_id
        self._clock = clock

    def add(self, connection: Connection, audited: Audited) -> None:
        """Appends the entry to the audit chain. `queue_audit` adds it to the outbox later."""
        last = connection.execute(_NEWEST).one()
        # a re-enrolled database starts its own chain
        goes_on = last.chain == last.install_id
        row = linked(
            audited,
            station=last.code,
            chain=last.install_id,
            seq=last.seq + 1 if goes_on else 1,
            id=self._new_id(),
            at=self._clock(),
            previous=last.hash if goes_on else beginning(last.install_id),
        )
        connection.execute(_NEW_LINK, link_columns(row))


def queue_audit(connection: Connection, limit: int, at: datetime) -> int:
    """Adds the next audit entries to the outbox, each exactly once, and returns their number.

    This is not done in the transaction of the recorded change: saving must be fast, and a record
    must reach the central database before its audit entries.
    """
    done = connection.scalar(select(audit_queued.c.row)) or 0
    found = connection.execute(
        select(audit).where(audit.c.row > done).order_by(audit.c.row).limit(limit)
    ).mappings()
    rows = found.all()
    for row in rows:
        link = audit_of(row)
        payload = plain({**link_columns(link), "period": period_of(link.at), "revision": 1})
        outbox.add(connection, Entity.AUDIT, link.id, 1, payload, at)
    if rows:
        connection.execute(
            sqlite_insert(audit_queued)
            .values(only=1, row=rows[-1]["row"])
            .on_conflict_do_update(index_elements=["only"], set_={"row": rows[-1]["row"]})
        )
    return len(rows)


def audit_waits(connection: Connection) -> bool:
    """Whether some audit entries are not in the outbox yet."""
    done = select(func.coalesce(func.max(audit_queued.c.row), 0)).scalar_subquery()
    return bool(connection.scalar(select(select(audit.c.row).where(audit.c.row > done).exists())))


def link_columns(row: AuditRow) -> dict[str, Any]:
    """Returns an audit entry as columns of ``audit``, without the row number."""
    audited = row.audited
    return {
        "id": row.id,
        "station_id": row.station,
        "chain": row.chain,
        "seq": row.seq,
        "at": row.at,
        "kind": str(audited.kind),
        "by_id": audited.by_id,
        "source": audited.source,
        "subject": None if audited.subject is None else str(audited.subject),
        "subject_id": audited.subject_id,
        "detail": audited.detail,
        "count": audited.count,
        "hash": row.hash,
        "schema_version": AUDIT_SCHEMA_VERSION,
    }


def audit_of(row: RowMapping) -> AuditRow:
    """Builds the audit entry from a row of ``audit``, local or central."""
    return AuditRow(
        station=row["station_id"],
        chain=row["chain"],
        seq=row["seq"],
        id=row["id"],
        at=row["at"],
        audited=Audited(
            row["kind"],
            row["by_id"],
            row["source"],
            row["subject"],
            row["subject_id"],
            row["detail"],
            row["count"],
        ),
        hash=row["hash"],
    )


def check_audit(connection: Connection, anchors: Iterable[Anchor] = ()) -> tuple[ChainReport, ...]:
    """Verifies every chain of this database, oldest first. Ignores anchors of other databases."""
    own = connection.execute(select(station.c.code, station.c.install_id)).one()
    chains = connection.execute(
        select(audit.c.chain, func.max(audit.c.seq), func.max(audit.c.row))
        .group_by(audit.c.chain)
        .order_by(func.max(audit.c.row))
    ).all()
    # SQLite stores the highest row number ever used in sqlite_sequence
    given = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")) or 0
    ends = {chain: seq for chain, seq, _row in chains} or {own.install_id: 0}
    newest, last_row = (chains[-1][0], chains[-1][2]) if chains else (own.install_id, 0)
    ends[newest] += given - last_row
    told = hashes_by_chain(anchors)
    return tuple(
        checked(
            own.code,
            chain,
            chain_rows(connection, audit, chain),
            written=written,
            anchors=told.get(chain),
        )
        for chain, written in ends.items()
    )


def chain_rows(
    connection: Connection, table: Table, chain: UUID, station: str | None = None
) -> Iterator[AuditRow]:
    """Yields the entries of one chain in their order; fetches 1000 rows at a time.

    With ``station``, rows that another workplace wrote under the same chain identifier are left
    out.
    """
    query = select(table).where(table.c.chain == chain).order_by(table.c.seq)
    if station is not None:
        query = query.where(table.c.station_id == station)
    found = connection.execution_options(yield_per=1000).execute(query)
    return map(audit_of, found.mappings())


def hashes_by_chain(anchors: Iterable[Anchor]) -> dict[UUID, dict[int, str]]:
    """Returns the anchored hashes by chain and ``seq``."""
    told: dict[UUID, dict[int, str]] = {}
    for anchor in anchors:
        told.setdefault(anchor.chain, {})[anchor.seq] = anchor.hash
    return told
