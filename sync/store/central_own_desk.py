"""How a person has set up the desk for herself, in the centre: under her own login alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg2
from psycopg2.extras import Json

from sync.register.own_desk import KeptDesk, OwnDesk, newer
from sync.store.central_session import limit_session
from sync.store.shared_documents import dumped

_READ = "SELECT document, changed_at FROM own_desk WHERE operator_id = %s"
# of two workplaces at once the one that changed last holds, whichever comes last
_WRITE = """
INSERT INTO own_desk (operator_id, document, changed_at) VALUES (%s, %s, least(%s, now()))
ON CONFLICT (operator_id) DO UPDATE
SET document = EXCLUDED.document, changed_at = EXCLUDED.changed_at
WHERE own_desk.changed_at < EXCLUDED.changed_at
"""


def settle_own_desk(
    dsn: str, operator_id: UUID, ours: KeptDesk | None, opened: Callable[[Any], None]
) -> KeptDesk | None:
    """Which desk of this person holds, ours or the centre's; the centre has it afterwards.

    ``dsn`` is of her own login; ``opened`` hears of the connection, which may be broken off. Opens
    a connection and waits for the network. Raises psycopg2.Error, and ValueError for text that
    PostgreSQL cannot hold.
    """
    driver = psycopg2.connect(dsn)
    opened(driver)
    try:
        limit_session(driver)
        with driver, driver.cursor() as cursor:
            cursor.execute(_READ, (str(operator_id),))
            row = cursor.fetchone()
            theirs = None if row is None else KeptDesk(OwnDesk.read(row[0]), row[1])
            held = newer(theirs, ours)
            if held is not None and held is ours:
                document = Json(ours.desk.kept(), dumps=dumped)
                cursor.execute(_WRITE, (str(operator_id), document, ours.changed_at))
            return held
    finally:
        driver.close()
