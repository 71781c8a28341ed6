"""Synonyms, statistics of reworded searches, and repair of text typed in the wrong layout.

A reworded search is a failed search followed by another one that found the entry.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kb.entries.changes import Synonym
from kb.search.usage import LONGEST_QUERY, QueryUse
from kb.search.vocabulary import vocabulary_of
from kb.text import STOP_WORDS, folded_words, to_cyrillic, to_latin

Phrase = tuple[str, ...]  # of stems

STARTERS = Path(__file__).resolve().parents[2] / "resources" / "directory" / "synonyms.jsonl"
"""File with the initial synonyms of a new directory."""


@dataclass(frozen=True, slots=True)
class KeptSynonym:
    """Stored synonym with author and time of its creation, and of its deactivation if it is
    inactive.
    """

    pair: Synonym
    by: str
    at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None


class Synonyms:
    """Synonyms of phrases, which are tuples of stems. Immutable."""

    def __init__(self, pairs: Iterable[Synonym], stem: Callable[[str], str]) -> None:
        self._meanings: dict[Phrase, list[Phrase]] = {}
        words: dict[str, str] = {}
        for pair in pairs:
            phrase, meaning = _stems(pair.phrase, stem), _stems(pair.meaning, stem)
            self._add(phrase, meaning)
            words |= {word: stem(word) for word in folded_words(pair.phrase)}
            if pair.both_ways:
                self._add(meaning, phrase)
                words |= {word: stem(word) for word in folded_words(pair.meaning)}
        self._beginnings = {
            phrase[:length] for phrase in self._meanings for length in range(1, len(phrase) + 1)
        }
        self.vocabulary = vocabulary_of(words)
        """Words of all phrases. Some occur in no entry, but a query may contain a truncated or
        mistyped form of them.
        """

    def _add(self, phrase: Phrase, meaning: Phrase) -> None:
        if phrase and meaning and phrase != meaning:
            known = self._meanings.setdefault(phrase, [])
            if meaning not in known:
                known.append(meaning)

    def begin_with(self, phrase: Phrase) -> bool:
        """Whether any phrase with synonyms starts with or equals this phrase."""
        return phrase in self._beginnings

    def meanings(self, phrase: Phrase) -> Sequence[Phrase]:
        """Returns the synonyms of this phrase, in order of definition."""
        return self._meanings.get(phrase, ())


def _stems(text: str, stem: Callable[[str], str]) -> Phrase:
    words = folded_words(text)
    told = [word for word in words if word not in STOP_WORDS]
    return tuple(stem(word) for word in told or words)


def read_synonyms(path: Path) -> tuple[Synonym, ...]:
    """Reads synonyms from a JSON Lines file with ``phrase``, ``meaning`` and ``both_ways``.

    Raises OSError, or ValueError with the number of an invalid line.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match json.loads(line):
            case {"phrase": str(phrase), "meaning": str(meaning), "both_ways": bool(both_ways)}:
                pairs.append(Synonym(phrase, meaning, both_ways))
            case _:
                raise ValueError(f"line {number}: not a synonym")
    return tuple(pairs)


MOST_REWORDED = 5000  # stored rows
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Rewording:
    """A failed query and the later query that found the entry, with the number of occurrences and
    the last day.
    """

    query: str
    found_by: str
    entry_id: str
    times: int
    last_on: date


@dataclass(frozen=True, slots=True)
class SynonymSuggestion:
    """Synonym with which a failed query would have found an entry; with its source and the entry's
    title.
    """

    pair: Synonym
    rewording: Rewording
    title: str


def count_reworded(
    connection: sqlite3.Connection, query: str, found_by: str, key: str, at: datetime
) -> None:
    """Counts one failed query after which another query found the entry."""
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
    """Deletes a failed query because the editor has handled it."""
    connection.execute("DELETE FROM reworded WHERE query = ?", (query[:LONGEST_QUERY],))


def rewordings(connection: sqlite3.Connection) -> tuple[Rewording, ...]:
    """Returns all failed queries with the query that found the entry, most frequent first."""
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
    """Returns queries since the day that failed to find the entry before another query found it,
    most frequent first.
    """
    rows = connection.execute(
        "SELECT query, sum(times) FROM reworded WHERE entry_key = ? AND last_day >= ?"
        " GROUP BY query ORDER BY sum(times) DESC, query LIMIT ?",
        (key, since.isoformat(), limit),
    )
    return tuple(QueryUse(query, times, in_vain=True) for query, times in rows)


def proposed_pair(query: str, found_by: str, stem: Callable[[str], str]) -> Synonym | None:
    """Returns a synonym of the words in which two queries differ; None if one query only has
    additional words.
    """
    asked, found = _told(query), _told(found_by)
    asked_stems, found_stems = {stem(word) for word in asked}, {stem(word) for word in found}
    phrase = " ".join(word for word in asked if stem(word) not in found_stems)
    meaning = " ".join(word for word in found if stem(word) not in asked_stems)
    return Synonym(phrase, meaning) if phrase and meaning else None


def _told(text: str) -> list[str]:
    return [word for word in folded_words(text) if word not in STOP_WORDS]


_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[А-Яа-яЁё]")
_TOKEN = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\S+(?=\s*$)")
# On digit keys the layouts differ in punctuation marks.
_END_MARKS = "&^$"
_AS_MEANT = str.maketrans(_END_MARKS, "?:;")


def mended(text: str) -> str:
    """Corrects the layout: Latin to Cyrillic; if nothing changes, inverts Caps Lock; else Cyrillic
    to Latin.

    If the text contains Latin letters, only Latin words change: the rest is already Russian. A text
    without letters is unchanged.
    """
    if _LATIN_LETTER.search(text):
        return _TOKEN.sub(lambda token: _mended_latin(token[0]), text)
    if not _CYRILLIC_LETTER.search(text):
        return text
    if any(_is_inverted(token) for token in text.split()):
        return _TOKEN.sub(lambda token: _turned(token[0]), text)
    return text.swapcase() if _is_mostly_capitals(text) else to_latin(text)


def last_word(text: str) -> tuple[int, int] | None:
    """Returns start and end of the last word; None if there is no word."""
    found = _LAST_WORD.search(text)
    return None if found is None else found.span()


def _mended_latin(token: str) -> str:
    if _CYRILLIC_LETTER.search(token) or not _LATIN_LETTER.search(token):
        return token
    word = token.rstrip(_END_MARKS)
    return _turned(to_cyrillic(word) + token[len(word) :].translate(_AS_MEANT))


def _turned(word: str) -> str:
    return word.swapcase() if _is_inverted(word) else word


def _is_mostly_capitals(text: str) -> bool:
    """Whether there are more capitals than small letters, and at least two capitals."""
    capitals = sum(letter.isupper() for letter in text)
    return capitals > 1 and capitals > sum(letter.islower() for letter in text)


def _is_inverted(word: str) -> bool:
    """Whether each part of the word is a small letter followed by capitals, as typed with Caps
    Lock.
    """
    parts = [part for part in re.findall(r"[^\W\d_]+", word) if len(part) > 1]
    return bool(parts) and all(part[0].islower() and part[1:].isupper() for part in parts)
