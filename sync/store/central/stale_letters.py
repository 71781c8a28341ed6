"""Mails to bodies about their stale entries (Regulation 2.3): at most one per period and body."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.dialects.postgresql import insert

from sync.records.central_shared_tables import stale_letter
from sync.store.central.connection import central_transaction

AGAIN_AFTER = timedelta(hours=1)
"""A started letter without a recorded end is started again after this time."""


def begin_letter(dsn: str, owner: str, at: datetime, period: timedelta) -> bool:
    """Whether to send this letter now; marks it as started. Raises psycopg2.Error."""
    given = insert(stale_letter).values(owner=owner, begun_at=at)
    is_due = or_(stale_letter.c.sent_at.is_(None), stale_letter.c.sent_at <= at - period)
    claimed = given.on_conflict_do_update(
        index_elements=["owner"],
        set_={"begun_at": at},
        where=is_due & (stale_letter.c.begun_at <= at - AGAIN_AFTER),
    ).returning(stale_letter.c.owner)
    with central_transaction(dsn) as connection:
        return connection.scalar(claimed) is not None


def end_letter(dsn: str, owner: str, at: datetime) -> None:
    """Records that the mail server accepted the letter. Raises psycopg2.Error."""
    sent = update(stale_letter).where(stale_letter.c.owner == owner).values(sent_at=at)
    with central_transaction(dsn) as connection:
        connection.execute(sent)
