"""The audit of all workplaces in the central database: checked, and its heads to be anchored."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, func, select

from sync.register.audit import Anchor, ChainReport, checked
from sync.store.audit import chain_rows, hashes_by_chain
from sync.store.central_tables import audit, audit_head
from sync.store.central_work import central_transaction


def check_central_audit(dsn: str, anchors: Iterable[Anchor] = ()) -> tuple[ChainReport, ...]:
    """Every chain of the centre by workplace; an anchored chain that is not there is a cut one.

    Raises psycopg2.Error and DsnInvalid.
    """
    known = tuple(anchors)
    told = hashes_by_chain(known)
    with central_transaction(dsn) as connection:
        ends = _ends(connection)
        for anchor in known:
            ends.setdefault(anchor.chain, (anchor.station, 0))
        in_order = sorted(ends.items(), key=lambda end: (end[1][0], end[0]))
        return tuple(
            checked(
                station,
                chain,
                chain_rows(connection, audit, chain),
                written=seq,
                anchors=told.get(chain),
            )
            for chain, (station, seq) in in_order
        )


def audit_heads(dsn: str) -> tuple[Anchor, ...]:
    """The newest link of every chain by workplace; raises psycopg2.Error and DsnInvalid."""
    query = select(audit_head).order_by(audit_head.c.station_id, audit_head.c.chain)
    with central_transaction(dsn) as connection:
        found = connection.execute(query)
        return tuple(Anchor(row.station_id, row.chain, row.seq, row.hash) for row in found)


def _ends(connection: Connection) -> dict[UUID, tuple[str, int]]:
    """Workplace and highest ``seq`` of each chain, by its head and by its rows."""
    by_head = connection.execute(
        select(audit_head.c.chain, audit_head.c.station_id, audit_head.c.seq)
    ).all()
    by_rows = connection.execute(
        select(audit.c.chain, func.min(audit.c.station_id), func.max(audit.c.seq)).group_by(
            audit.c.chain
        )
    ).all()
    ends = {chain: (station, seq) for chain, station, seq in by_rows}
    for chain, station, seq in by_head:
        ends[chain] = (station, max(seq, ends.get(chain, (station, 0))[1]))
    return ends
