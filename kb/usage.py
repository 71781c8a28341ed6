"""What operators pick: counted by entry and day, worth less the longer ago."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

HALF_LIFE_DAYS = 30  # after two months a pick counts a quarter
LONGEST_QUERY = 100  # characters kept of what was typed
FORGOTTEN_DAYS = 12 * HALF_LIFE_DAYS


@dataclass(frozen=True, slots=True)
class Picks:
    """What each entry's picks are worth on a day, as of one version of the counts."""

    version: int
    day: date
    worth: Mapping[str, float]


def count_pick(connection: sqlite3.Connection, query: str, key: str, at: datetime) -> None:
    """Count one pick of an entry, found by this text, on the day of ``at`` in UTC."""
    typed = " ".join(query.casefold().split())[:LONGEST_QUERY]
    connection.execute(
        "INSERT INTO usage (entry_key, query, day, picks) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (entry_key, query, day) DO UPDATE SET picks = picks + 1",
        (key, typed, at.astimezone(UTC).date().isoformat()),
    )


def load_picks(connection: sqlite3.Connection, today: date, version: int) -> Picks:
    """The worth of every entry picked within the last year, today."""
    since = (today - timedelta(days=FORGOTTEN_DAYS)).isoformat()
    worth: dict[str, float] = {}
    query = "SELECT entry_key, day, picks FROM usage WHERE day > ?"
    for key, day, picks in connection.execute(query, (since,)):
        age_days = max(0, (today - date.fromisoformat(day)).days)
        worth[key] = worth.get(key, 0.0) + picks * 0.5 ** (age_days / HALF_LIFE_DAYS)
    return Picks(version, today, worth)
