"""How long the centre's log of changes is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, text

from sync.store.central_work import central_transaction

KEPT = timedelta(days=30)  # a workplace that was away longer takes the whole


def forget_changes(dsn: str, at: datetime) -> int:
    """Throw away what was logged more than ``KEPT`` before; how many changes.

    Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        asked = text("SELECT forget_changes(:before)").bindparams(bindparam("before", at - KEPT))
        forgotten: int = connection.scalar(asked)
    return forgotten
