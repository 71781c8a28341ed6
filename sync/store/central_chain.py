"""The centre's own chain: what is done in it, written in the transaction that does it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, insert, select, text
from uuid_utils.compat import uuid7

from sync.register.audit import Audited, AuditKind, beginning, linked
from sync.store.audit import link_columns
from sync.store.central_tables.audit import audit_head, central_audit
from sync.store.central_work import central_transaction

CENTRE = "centre"
"""Stands where other chains have the code of a workplace."""
_WRITERS_LOCK = 5505552


def add_central(connection: Connection, audited: Audited) -> None:
    """Write it down as the newest link, done by the login of this connection.

    Others who write wait from here until this transaction ends: let it be the last thing done in
    it. Raises as the driver does where this login may not write it.
    """
    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))
    # the head and not the newest row: behind an end that was cut off no link fits
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
    """Write down that so many rows of a file come under the name of this workplace.

    A workplace that sends its own under its own login may not write here, and need not. Raises
    psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        if may_add(connection):
            told = Audited(AuditKind.OUTBOX_IMPORTED, detail=workplace, count=rows)
            add_central(connection, told)


def may_add(connection: Connection) -> bool:
    """Whether this login may write into the chain of the centre."""
    asked = text(
        "SELECT coalesce(has_table_privilege(to_regclass('public.central_audit'), 'INSERT'), false)"
    )
    return bool(connection.scalar(asked))
