"""Postings of recently changed documents, and statistics of selections and failed searches.

The postings of a change are stored in one row and also held in memory, because a row per word would
change a large table in a hundred places. They are merged into a block when there are many.
"""

import sqlite3
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise

MOST_RECENT = 64  # documents


@dataclass(frozen=True, slots=True)
class Recent:
    """Postings of recently changed documents by stem, and the number of these documents."""

    postings: Mapping[int, bytes]
    documents: int

    def and_later(self, rows: Iterable[tuple[int, bytes]], documents: int) -> "Recent":
        """Returns a copy to which the postings of later documents are added."""
        joined = dict(self.postings)
        for stem, later in rows:
            joined[stem] = joined.get(stem, b"") + later
        return Recent(joined, self.documents + documents)

    def before(self, rows: Sequence[tuple[int, bytes]]) -> Sequence[tuple[int, bytes]]:
        """Returns the rows of later documents with these postings inserted before them."""
        if not self.postings:
            return rows
        left = dict(self.postings)
        joined = [(stem, left.pop(stem, b"") + later) for stem, later in rows]
        return [*joined, *left.items()]


NOTHING = Recent({}, 0)


def keep(connection: sqlite3.Connection, rows: Sequence[tuple[int, bytes]], documents: int) -> None:
    """Stores the postings of one change of the index."""
    stems = array("I", [stem for stem, _postings in rows])
    sizes = array("I", [len(postings) for _stem, postings in rows])
    postings = b"".join([postings for _stem, postings in rows])
    connection.execute(
        "INSERT INTO index_recent (documents, stems, sizes, postings) VALUES (?, ?, ?, ?)",
        (documents, stems.tobytes(), sizes.tobytes(), postings),
    )


def load(connection: sqlite3.Connection) -> Recent:
    """Loads the postings of all recently changed documents."""
    recent = NOTHING
    query = "SELECT documents, stems, sizes, postings FROM index_recent ORDER BY number"
    for documents, stems, sizes, postings in connection.execute(query):
        borders = pairwise(accumulate(array("I", sizes), initial=0))
        rows = [
            (stem, postings[first:end])
            for stem, (first, end) in zip(array("I", stems), borders, strict=True)
        ]
        recent = recent.and_later(rows, documents)
    return recent


HALF_LIFE_DAYS = 30  # a selection counts a quarter after two months
FORGOTTEN_DAYS = 12 * HALF_LIFE_DAYS
LONGEST_QUERY = 100  # stored characters of a query
MOST_PICKS = 50_000  # stored rows
MOST_UNANSWERED = 5000
_SHORTEST_LEARNED = 4  # minimum length of a query that may be the prefix of a stored query
_LEARNED_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class UnansweredSearch:
    """Failed query with the number of its occurrences, the number of hits, and the last day."""

    query: str
    times: int
    found: int
    last_on: date


@dataclass(frozen=True, slots=True)
class QueryUse:
    """Query after which an entry was used, with its count; ``in_vain`` if it failed and a later
    query found the entry.
    """

    query: str
    times: int
    in_vain: bool = False


@dataclass(frozen=True, slots=True)
class Picks:
    """Selection counts on a day, by entry and by query; older selections count less."""

    day: date
    worth: Mapping[str, float]
    by_query: Mapping[str, Mapping[str, float]]
    queries: Sequence[str]  # sorted

    def of_query(self, query: str) -> Mapping[str, float]:
        """Returns the decayed counts by entry for this query and for stored queries that start with
        it.
        """
        found = dict(self.by_query.get(query, {}))
        if len(query) < _SHORTEST_LEARNED:
            return found
        first = bisect_left(self.queries, query)
        for learned in self.queries[first : first + _LEARNED_LOOKED_AT]:
            if not learned.startswith(query):
                break
            if learned != query:
                for key, worth in self.by_query[learned].items():
                    found[key] = found.get(key, 0.0) + worth * len(query) / len(learned)
        return found

    def with_pick(self, query: str, key: str) -> "Picks":
        """Returns a copy with one more selection of today."""
        queries = list(self.queries)
        if query and query not in self.by_query:
            insort(queries, query)
        of_query = dict(self.by_query.get(query, {}))
        of_query[key] = of_query.get(key, 0.0) + 1.0
        return Picks(
            self.day,
            {**self.worth, key: self.worth.get(key, 0.0) + 1.0},
            {**self.by_query, query: of_query} if query else self.by_query,
            queries,
        )


def count_pick(
    connection: sqlite3.Connection, query: str, typed: str, key: str, at: datetime
) -> None:
    """Counts the selection of an entry for a query on the day of ``at`` in UTC.

    ``query`` is the normalised form used for ranking, ``typed`` the text for display.
    """
    day = at.astimezone(UTC).date()
    connection.execute(
        "INSERT INTO usage (entry_key, query, day, picks, typed) VALUES (?, ?, ?, 1, ?)"
        " ON CONFLICT (entry_key, query, day) DO UPDATE"
        " SET picks = picks + 1, typed = excluded.typed",
        (key, query[:LONGEST_QUERY], day.isoformat(), typed[:LONGEST_QUERY]),
    )


def forget_old(connection: sqlite3.Connection, today: date) -> None:
    """Deletes selections that are too old to count, and the oldest ones if there are more than
    ``MOST_PICKS``.
    """
    since = (today - timedelta(days=FORGOTTEN_DAYS)).isoformat()
    connection.execute("DELETE FROM usage WHERE day <= ?", (since,))
    (rows,) = connection.execute("SELECT count(*) FROM usage").fetchone()
    if rows > MOST_PICKS:
        connection.execute(
            "DELETE FROM usage WHERE (entry_key, query, day) IN"
            " (SELECT entry_key, query, day FROM usage ORDER BY day LIMIT ?)",
            (rows - MOST_PICKS,),
        )


def load_picks(connection: sqlite3.Connection, today: date) -> Picks:
    """Loads all selections of the last year, with their counts decayed until today."""
    since = (today - timedelta(days=FORGOTTEN_DAYS)).isoformat()
    worth: dict[str, float] = {}
    by_query: dict[str, dict[str, float]] = {}
    rows = "SELECT entry_key, query, day, picks FROM usage WHERE day > ?"
    for key, query, day, picks in connection.execute(rows, (since,)):
        age_days = max(0, (today - date.fromisoformat(day)).days)
        left = picks * 0.5 ** (age_days / HALF_LIFE_DAYS)
        worth[key] = worth.get(key, 0.0) + left
        if query:
            of_query = by_query.setdefault(query, {})
            of_query[key] = of_query.get(key, 0.0) + left
    return Picks(today, worth, by_query, sorted(by_query))


def picks_of_entry(
    connection: sqlite3.Connection, key: str, since: date, limit: int
) -> tuple[QueryUse, ...]:
    """Returns the queries with which the entry was selected since the day, most frequent first.

    A query is shown in the form last entered; old rows do not have this text and are shown as
    stems.
    """
    rows = connection.execute(
        # With max() SQLite takes the other columns from the latest row.
        "SELECT query, typed, sum(picks), max(day) FROM usage"
        " WHERE entry_key = ? AND day >= ? AND query <> ''"
        " GROUP BY query ORDER BY sum(picks) DESC, max(day) DESC, query LIMIT ?",
        (key, since.isoformat(), limit),
    )
    return tuple(QueryUse(typed or query, times) for query, typed, times, _day in rows)


def count_unanswered(connection: sqlite3.Connection, query: str, found: int, at: datetime) -> None:
    """Counts a failed search; if there are too many rows, deletes the least frequent ones."""
    day = at.astimezone(UTC).date().isoformat()
    connection.execute(
        "INSERT INTO unanswered (query, times, found, last_day) VALUES (?, 1, ?, ?)"
        " ON CONFLICT (query) DO UPDATE"
        " SET times = times + 1, found = excluded.found, last_day = excluded.last_day",
        (query[:LONGEST_QUERY], found, day),
    )
    (rows,) = connection.execute("SELECT count(*) FROM unanswered").fetchone()
    if rows > MOST_UNANSWERED:
        connection.execute(
            "DELETE FROM unanswered WHERE query IN"
            " (SELECT query FROM unanswered WHERE query <> ? ORDER BY times, last_day LIMIT ?)",
            (query[:LONGEST_QUERY], rows - MOST_UNANSWERED),
        )


def forget_unanswered(connection: sqlite3.Connection, query: str) -> None:
    """Deletes a failed search because it has an answer now or the editor handled it."""
    connection.execute("DELETE FROM unanswered WHERE query = ?", (query[:LONGEST_QUERY],))


def unanswered_searches(
    connection: sqlite3.Connection, since: date | None, limit: int
) -> tuple[UnansweredSearch, ...]:
    """Failed searches since the day, most frequent first."""
    rows = connection.execute(
        "SELECT query, times, found, last_day FROM unanswered WHERE last_day >= ?"
        " ORDER BY times DESC, last_day DESC, query LIMIT ?",
        ("" if since is None else since.isoformat(), limit),
    )
    return tuple(
        UnansweredSearch(query, times, found, date.fromisoformat(day))
        for query, times, found, day in rows
    )
