"""The words of searches that are kept, wherever they stand, and how they are forgotten.

A pick goes on to count for its entry; only for which words it was is forgotten.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date

_TEXTS = """
    SELECT query FROM unanswered
    UNION SELECT query FROM reworded UNION SELECT found_by FROM reworded
    UNION SELECT query FROM usage UNION SELECT typed FROM usage
"""
_OF_THESE = "IN (SELECT value FROM json_each(:texts))"
_WITH_THESE = {
    "unanswered": f"query {_OF_THESE}",
    "reworded": f"query {_OF_THESE} OR found_by {_OF_THESE}",
    "usage": f"(query {_OF_THESE} OR typed {_OF_THESE})",
}
_BEFORE = {
    "unanswered": "last_day < :day",
    "reworded": "last_day < :day",
    "usage": "day < :day",
}

_OVERWRITES = ("OFF", "ON", "FAST")  # as the pragma tells them, and takes them


def kept_texts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Every text that is kept of searches, each once."""
    return tuple(text for (text,) in connection.execute(_TEXTS) if text)


def forget_texts(connection: sqlite3.Connection, is_meant: Callable[[str], bool]) -> int:
    """Forget every text that is meant; how many rows have gone or lost it."""
    meant = [text for text in kept_texts(connection) if is_meant(text)]
    if not meant:
        return 0
    return _forget(connection, _WITH_THESE, {"texts": json.dumps(meant)})


def forget_texts_before(connection: sqlite3.Connection, day: date) -> int:
    """Forget what was typed before the day and not since; how many rows have gone or lost it."""
    return _forget(connection, _BEFORE, {"day": day.isoformat()})


def _forget(
    connection: sqlite3.Connection, rows: Mapping[str, str], values: Mapping[str, str]
) -> int:
    (overwrites,) = connection.execute("PRAGMA secure_delete").fetchone()
    # what is freed in the file is overwritten and not only given back
    connection.execute("PRAGMA secure_delete = ON")
    # picks that count for no words anyway: what was typed had none but such as "where" and "how"
    gone = connection.execute(
        f"UPDATE usage SET typed = '' WHERE query = '' AND typed <> '' AND {rows['usage']}",  # noqa: S608
        values,
    ).rowcount
    worded = {**rows, "usage": f"query <> '' AND {rows['usage']}"}
    connection.execute(
        "INSERT INTO usage (entry_key, query, day, picks, typed)"  # noqa: S608
        " SELECT entry_key, '', day, sum(picks), '' FROM usage"
        f" WHERE {worded['usage']} GROUP BY entry_key, day"
        " ON CONFLICT (entry_key, query, day) DO UPDATE SET picks = picks + excluded.picks",
        values,
    )
    gone += sum(
        connection.execute(f"DELETE FROM {table} WHERE {condition}", values).rowcount  # noqa: S608
        for table, condition in worded.items()
    )
    connection.execute(f"PRAGMA secure_delete = {_OVERWRITES[overwrites]}")
    return gone
