"""The vectors of entries in the directory's file, and searching with them.

A vector goes with the text it was made of: the file itself drops it when the entry changes, so
what is missing is what has to be encoded, and nothing that is there is stale.
"""

import heapq
import threading
from collections.abc import Callable

import numpy as np
from sqlalchemy import Connection

from kb.meaning import NEAREST, Encoder, MeaningIndex, meaning_text
from kb.store.connections import driver
from kb.store.tables import entry_of

_MISSING = """
    SELECT entry.id, entry.payload FROM entry
    JOIN index_document AS document ON document.entry = entry.id
    LEFT JOIN meaning ON meaning.entry = entry.id
    WHERE meaning.entry IS NULL LIMIT ?
"""
_ALL = """
    SELECT meaning.entry, meaning.vector FROM meaning
    JOIN index_document AS document ON document.entry = meaning.entry
"""


class Meanings:
    """Encodes entries and queries; may be used from any thread."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._known: tuple[tuple[int, int], MeaningIndex] | None = None

    def load(self) -> None:
        """Load the encoder, if it is not there yet; raises MeaningUnavailable without it."""
        with self._lock:
            self._loaded()

    def encode(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """A vector of length 1 for each text; raises MeaningUnavailable without the encoder."""
        with self._lock:
            return np.asarray(self._loaded().encode(texts), np.float32).reshape(len(texts), -1)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder

    def missing(self, connection: Connection, limit: int) -> list[tuple[int, str, str]]:
        """Entries without a vector: row id, the payload it will be of, and the text to encode."""
        rows = driver(connection).execute(_MISSING, (limit,)).fetchall()
        return [(row_id, payload, meaning_text(entry_of(payload))) for row_id, payload in rows]

    def keep(self, connection: Connection, row_id: int, payload: str, vector: bytes) -> None:
        """Keep the vector of an entry that has still the payload it was made of."""
        driver(connection).execute(
            "INSERT OR REPLACE INTO meaning (entry, vector)"
            " SELECT id, ? FROM entry WHERE id = ? AND payload = ?",
            (vector, row_id, payload),
        )

    def likeness(
        self, connection: Connection, generation: int, text: str
    ) -> tuple[dict[int, float], list[int]]:
        """How near each entry is to the text, by row id, and the nearest ones."""
        (query,) = self.encode([text])
        near = dict(self._index(connection, generation).likeness(query))
        return near, heapq.nlargest(NEAREST, near, key=near.__getitem__)

    def _index(self, connection: Connection, generation: int) -> MeaningIndex:
        (count,) = driver(connection).execute("SELECT count(*) FROM meaning").fetchone()
        known = self._known
        if known is None or known[0] != (generation, count):
            rows = driver(connection).execute(_ALL).fetchall()
            known = self._known = ((generation, count), MeaningIndex.of(rows))
        return known[1]
