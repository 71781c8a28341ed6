"""Audit chain of the central database, and verification of the chains of all workplaces.

An entry is written in the transaction of the action it records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, Table, func, insert, select, text
from uuid_utils.compat import uuid7

from sync.records.central_shared_tables import audit, audit_head, central_audit
from sync.register.audit import (
    Anchor,
    Audited,
    AuditKind,
    ChainReport,
    beginning,
    checked,
    linked,
)
from sync.store.central.connection import central_transaction
from sync.store.local.audit import chain_rows, hashes_by_chain, link_columns

CENTRE = "centre"
"""Used instead of a workplace code in the chain of the central database."""
_WRITERS_LOCK = 5505552


def add_central(connection: Connection, audited: Audited) -> None:
    """Appends an entry to the central chain, attributed to the login of this connection.

    Takes a lock that blocks other writers of the chain until the transaction ends, so call it last.
    Raises the driver's error if this login may not write to the chain.
    """
    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))
    # The head, not the newest row: if rows were cut off the end, no new link fits.
    last = connection.execute(
        select(audit_head.c.chain, audit_head.c.seq, audit_head.c.hash)
        .where(audit_head.c.station_id == CENTRE)
        .order_by(audit_head.c.chain.desc())
        .limit(1)
    ).one_or_none()
    login, at = connection.execute(text("SELECT session_user::text, clock_timestamp()")).one()
    id: UUID = uuid7()
    chain = id if last is None else last.chain
    row = linked(
        replace(audited, by_id=None, source=login),
        station=CENTRE,
        chain=chain,
        seq=1 if last is None else last.seq + 1,
        id=id,
        at=at,
        previous=beginning(chain) if last is None else last.hash,
    )
    connection.execute(insert(central_audit), link_columns(row))


def note_import(dsn: str, workplace: str, rows: int) -> None:
    """Records that ``rows`` rows of a file are imported under this workplace.

    Does nothing if the login may not write here: a workplace that sends its own records under its
    own login needs no entry. Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        if may_add(connection):
            told = Audited(AuditKind.OUTBOX_IMPORTED, detail=workplace, count=rows)
            add_central(connection, told)


def may_add(connection: Connection) -> bool:
    """Whether this login may write to the chain of the central database."""
    asked = text(
        "SELECT coalesce(has_table_privilege(to_regclass('public.central_audit'), 'INSERT'), false)"
    )
    return bool(connection.scalar(asked))


def check_central_audit(dsn: str, anchors: Iterable[Anchor] = ()) -> tuple[ChainReport, ...]:
    """Verifies every chain, sorted by workplace, the chain of the central database last.

    A chain that has an anchor but no rows is reported as cut off. Raises psycopg2.Error and
    DsnInvalid.
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
    """Returns the head of every chain by workplace; raises psycopg2.Error and DsnInvalid."""
    query = select(audit_head).order_by(audit_head.c.station_id, audit_head.c.chain)
    with central_transaction(dsn) as connection:
        found = connection.execute(query)
        return tuple(Anchor(row.station_id, row.chain, row.seq, row.hash) for row in found)


def _ends(connection: Connection) -> dict[tuple[str, UUID], int]:
    """Returns the highest ``seq`` of each chain, taken from both its head and its rows."""
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
