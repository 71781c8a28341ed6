"""Mails to authorities about their outdated directory entries (Regulation 2.3).

At most one mail is sent per period and authority.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.dialects.postgresql import insert

from sync.records.central_shared_tables import stale_letter
from sync.store.central.connection import central_transaction

AGAIN_AFTER = timedelta(hours=1)
"""A mail that was started but not recorded as sent is started again after this time."""


def begin_letter(dsn: str, owner: str, at: datetime, period: timedelta) -> bool:
    """Whether to send a mail to this authority now; if so, records its start. Raises
    psycopg2.Error.
    """
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
    """Records that the mail server accepted the mail to this authority. Raises psycopg2.Error."""
    sent = update(stale_letter).where(stale_letter.c.owner == owner).values(sent_at=at)
    with central_transaction(dsn) as connection:
        connection.execute(sent)
