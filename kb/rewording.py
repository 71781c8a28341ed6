"""Searches that found nothing of use until they were put in other words.

Who types «хлам», picks nothing, then types «мусор» and picks an entry has told the editor a pair
of words. Kept are the texts, the entry, the day and how often; nothing about who typed.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kb.synonyms import Synonym
from kb.text import STOP_WORDS, folded_words
from kb.usage import LONGEST_QUERY, QueryUse

MOST_REWORDED = 5000  # rows kept
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text that did not lead to the entry, and one that did: how often, and when last."""

    query: str
    found_by: str
    entry_id: str
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class SynonymSuggestion:
    """A synonym that would have helped, with what it was made of and the entry's title."""

    pair: Synonym
    rewording: Rewording
    title: str


def count_reworded(
    connection: sqlite3.Connection, query: str, found_by: str, key: str, at: datetime
) -> None:
    """Count that the query did not lead to the entry and other words did."""
    day = at.astimezone(UTC).date().isoformat()
    connection.execute(
        "INSERT INTO reworded (query, found_by, entry_key, times, last_day) VALUES (?, ?, ?, 1, ?)"
        " ON CONFLICT (query, found_by, entry_key) DO UPDATE"
        " SET times = times + 1, last_day = excluded.last_day",
        (query[:LONGEST_QUERY], found_by[:LONGEST_QUERY], key, day),
    )
    (rows,) = connection.execute("SELECT count(*) FROM reworded").fetchone()
    if rows > MOST_REWORDED:
        connection.execute(
            "DELETE FROM reworded WHERE (query, found_by, entry_key) IN"
            " (SELECT query, found_by, entry_key FROM reworded ORDER BY last_day, times LIMIT ?)",
            (rows - MOST_REWORDED,),
        )


def forget_reworded(connection: sqlite3.Connection, query: str) -> None:
    """The editor has dealt with the query."""
    connection.execute("DELETE FROM reworded WHERE query = ?", (query[:LONGEST_QUERY],))


def rewordings(connection: sqlite3.Connection) -> tuple[Rewording, ...]:
    """What was put in other words, most often first."""
    rows = connection.execute(
        "SELECT query, found_by, entry_key, times, last_day FROM reworded"
        " ORDER BY times DESC, last_day DESC, query LIMIT ?",
        (_LOOKED_AT,),
    )
    return tuple(
        Rewording(query, found_by, key, times, date.fromisoformat(day))
        for query, found_by, key, times, day in rows
    )


def in_vain_before(
    connection: sqlite3.Connection, key: str, since: date, limit: int
) -> tuple[QueryUse, ...]:
    """What was searched for since the day before the entry was found by other words."""
    rows = connection.execute(
        "SELECT query, sum(times) FROM reworded WHERE entry_key = ? AND last_day >= ?"
        " GROUP BY query ORDER BY sum(times) DESC, query LIMIT ?",
        (key, since.isoformat(), limit),
    )
    return tuple(QueryUse(query, times, in_vain=True) for query, times in rows)


def proposed_pair(query: str, found_by: str, stem: Callable[[str], str]) -> Synonym | None:
    """The words in which the two texts differ, as a synonym; None where one only has more words."""
    asked, found = _told(query), _told(found_by)
    asked_stems, found_stems = {stem(word) for word in asked}, {stem(word) for word in found}
    phrase = " ".join(word for word in asked if stem(word) not in found_stems)
    meaning = " ".join(word for word in found if stem(word) not in asked_stems)
    return Synonym(phrase, meaning) if phrase and meaning else None


def _told(text: str) -> list[str]:
    return [word for word in folded_words(text) if word not in STOP_WORDS]
