"""The audit of all workplaces and of the centre: checked, and its heads to be anchored."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, Table, func, select

from sync.register.audit import Anchor, ChainReport, checked
from sync.store.audit import chain_rows, hashes_by_chain
from sync.store.central_chain import CENTRE
from sync.store.central_tables.audit import audit, audit_head, central_audit
from sync.store.central_work import central_transaction


def check_central_audit(dsn: str, anchors: Iterable[Anchor] = ()) -> tuple[ChainReport, ...]:
    """Every chain by workplace, the centre's own last; an anchored one that is gone is a cut one.

    Raises psycopg2.Error and DsnInvalid.
    """
    known = tuple(anchors)
    told = hashes_by_chain(known)
    with central_transaction(dsn) as connection:
        ends = _ends(connection)
        for anchor in known:
            ends.setdefault((anchor.station, anchor.chain), 0)
        return tuple(
            checked(
                station,
                chain,
                chain_rows(connection, _table_of(station), chain, station),
                written=seq,
                anchors=told.get(chain),
            )
            for (station, chain), seq in sorted(ends.items())
        )


def audit_heads(dsn: str) -> tuple[Anchor, ...]:
    """The newest link of every chain by workplace; raises psycopg2.Error and DsnInvalid."""
    query = select(audit_head).order_by(audit_head.c.station_id, audit_head.c.chain)
    with central_transaction(dsn) as connection:
        found = connection.execute(query)
        return tuple(Anchor(row.station_id, row.chain, row.seq, row.hash) for row in found)


def _ends(connection: Connection) -> dict[tuple[str, UUID], int]:
    """The highest ``seq`` of each chain by workplace, by its head and by its rows."""
    ends: dict[tuple[str, UUID], int] = {}
    heads = select(audit_head.c.station_id, audit_head.c.chain, audit_head.c.seq)
    by_rows = [
        select(table.c.station_id, table.c.chain, func.max(table.c.seq)).group_by(
            table.c.station_id, table.c.chain
        )
        for table in (audit, central_audit)
    ]
    for query in (heads, *by_rows):
        for station, chain, seq in connection.execute(query):
            ends[station, chain] = max(seq, ends.get((station, chain), 0))
    return ends


def _table_of(station: str) -> Table:
    return central_audit if station == CENTRE else audit
