"""How a person has set up the desk for herself, in the centre: under her own login alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg2
from psycopg2.extras import Json

from sync.register.own_desk import KeptDesk, OwnDesk, in_time_of_centre, newer
from sync.store.central_session import limit_session
from sync.store.shared_documents import dumped

# a moment that lies ahead, by whatever clock it came there, would stand above all that she chooses
_CORRECT = "UPDATE own_desk SET changed_at = now() WHERE operator_id = %s AND changed_at > now()"
# another workplace may have written a later moment than this transaction's
_READ = """
SELECT now(), own_desk.operator_id IS NOT NULL, document,
    greatest(least(changed_at, now()), timestamptz 'epoch')
FROM (VALUES (1)) AS one LEFT JOIN own_desk ON operator_id = %s
"""
# of two workplaces at once the one that changed last holds, whichever comes last
_WRITE = """
INSERT INTO own_desk (operator_id, document, changed_at) VALUES (%s, %s, %s)
ON CONFLICT (operator_id) DO UPDATE
SET document = EXCLUDED.document, changed_at = EXCLUDED.changed_at
WHERE own_desk.changed_at < EXCLUDED.changed_at
"""


def _read(cursor: Any, operator_id: UUID) -> tuple[datetime, KeptDesk | None]:
    """The centre's clock, and what it has, which is no later."""
    cursor.execute(_READ, (str(operator_id),))
    now, is_there, document, changed_at = cursor.fetchone()
    return now, KeptDesk(OwnDesk.read(document), changed_at) if is_there else None


def settle_own_desk(
    dsn: str,
    operator_id: UUID,
    ours: KeptDesk | None,
    clock: Callable[[], datetime],
    opened: Callable[[Any], None],
) -> KeptDesk | None:
    """Which desk of this person holds, ours or the centre's; the centre has it afterwards.

    Ours is counted by the centre's clock, whatever ``clock`` says, by which it was chosen: of two
    workplaces the one with the slow clock would never have the newest choice, and the one whose
    clock runs ahead always.

    ``dsn`` is of her own login; ``opened`` hears of the connection, which may be broken off. Opens
    a connection and waits for the network. Raises psycopg2.Error, and ValueError for text that
    PostgreSQL cannot hold.
    """
    driver = psycopg2.connect(dsn)
    opened(driver)
    try:
        limit_session(driver)
        with driver, driver.cursor() as cursor:
            own_now = clock()  # before the transaction, whose beginning is the centre's
            cursor.execute(_CORRECT, (str(operator_id),))
            now, theirs = _read(cursor, operator_id)
            if ours is not None:
                ours = in_time_of_centre(ours, own_now, now)
            held = newer(theirs, ours)
            if held is None or held is not ours:
                return held
            document = Json(held.desk.kept(), dumps=dumped)
            cursor.execute(_WRITE, (str(operator_id), document, held.changed_at))
            # written by another workplace meanwhile, that holds
            return held if cursor.rowcount else _read(cursor, operator_id)[1]
    finally:
        driver.close()
