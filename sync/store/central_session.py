"""What the server itself ends of a connection whose other end is gone without a word.

A line that was cut in one direction leaves a transaction open at the server, and what it holds
keeps everybody else waiting: each of them is given up by its client after a while and goes on
waiting at the server, until that takes no further connection.
"""

from __future__ import annotations

from typing import Any

WAITS_FOR_LOCK_S = 4  # less than a client waits for its answer
STATEMENT_S = 30
IDLE_IN_TRANSACTION_S = 5


def limit_session(driver: Any, idle_in_transaction_s: int = IDLE_IN_TRANSACTION_S) -> None:
    """Let the server end this psycopg2 connection's waits; raises psycopg2.Error.

    By SET, since poolers refuse what a DSN's ``options`` say.
    """
    with driver.cursor() as cursor:
        cursor.execute(
            f"SET lock_timeout = '{WAITS_FOR_LOCK_S}s';"
            f"SET statement_timeout = '{STATEMENT_S}s';"
            f"SET idle_in_transaction_session_timeout = '{idle_in_transaction_s}s'"
        )
    if not driver.autocommit:
        driver.commit()
