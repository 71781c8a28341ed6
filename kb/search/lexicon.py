"""Finds words by prefix or similar spelling, and deletes the stored texts of searches.

If a search text is deleted, selections made with it still count for their entries.
"""

import json
import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from kb.text import skeletons

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

_OVERWRITES = ("OFF", "ON", "FAST")  # values that the pragma returns and accepts


def kept_texts(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All distinct stored search texts."""
    return tuple(text for (text,) in connection.execute(_TEXTS) if text)


def forget_texts(connection: sqlite3.Connection, is_meant: Callable[[str], bool]) -> int:
    """Deletes all texts for which ``is_meant`` is True; returns the number of changed rows."""
    meant = [text for text in kept_texts(connection) if is_meant(text)]
    if not meant:
        return 0
    return _forget(connection, _WITH_THESE, {"texts": json.dumps(meant)})


def forget_texts_before(connection: sqlite3.Connection, day: date) -> int:
    """Deletes the texts of searches last made before the day; returns the number of changed
    rows.
    """
    return _forget(connection, _BEFORE, {"day": day.isoformat()})


def _forget(
    connection: sqlite3.Connection, rows: Mapping[str, str], values: Mapping[str, str]
) -> int:
    (overwrites,) = connection.execute("PRAGMA secure_delete").fetchone()
    # Overwrites freed pages instead of only releasing them.
    connection.execute("PRAGMA secure_delete = ON")
    # Selections without a query: the text consisted of stop words, such as "where" and "how".
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


Signatures = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]
_Codes = npt.NDArray[np.uint8]

_COMPARED_LETTERS = 20  # of a word; mistyped words are shorter
_LETTERS_CHANGED = (0, 2, 4)  # bits that change, by number of edits
_PAIRS_CHANGED = (0, 6, 10)  # a transposition changes six bits, a wrong letter four
_FIRST_CYRILLIC = 0x400
_OTHERS = 33  # first code of letters and digits that are not Cyrillic
_PAIR_FACTOR = 37
_CODE_FACTOR = 11
_SKELETON_LETTERS = 24
_LAST_CHARACTER = "\U0010ffff"  # sorts after every continuation of a prefix
_LAST_BYTE = b"\xff"


class Lexicon:
    """Sorted words, each identified by its index. Thread-safe."""

    def __init__(self, surfaces: Sequence[str]) -> None:
        """Creates the lexicon; ``surfaces`` must be sorted and distinct."""
        self.surfaces = surfaces
        self._codes = _codes(surfaces)
        lengths = np.fromiter(map(len, surfaces), np.uint8, len(surfaces))
        self._whole = _Signed(self._codes, lengths)
        self._lengths = lengths
        self._beginnings: dict[int, tuple[Places, _Signed]] = {}
        self._lock = threading.Lock()

    def place(self, word: str) -> int | None:
        """Index of the word, or None if it is unknown."""
        place = bisect_left(self.surfaces, word)
        known = place < len(self.surfaces) and self.surfaces[place] == word
        return place if known else None

    def continuations(self, prefix: str) -> range:
        """Indices of the words with this prefix."""
        first = bisect_left(self.surfaces, prefix)
        return range(first, bisect_left(self.surfaces, prefix + _LAST_CHARACTER, lo=first))

    def near(self, word: str, edits: int) -> Sequence[str]:
        """Returns words that may be within ``edits`` edits of the word; some are more distant."""
        places = self._whole.near(word, edits)
        return [self.surfaces[place] for place in places]

    def near_beginnings(self, word: str, length: int, edits: int) -> Sequence[str]:
        """Returns prefixes of this length that may be within ``edits`` edits of the word; some are
        more distant.
        """
        if not 0 < length <= _COMPARED_LETTERS:
            return ()
        known = self._beginnings.get(length)
        if known is None:
            with self._lock:
                known = self._beginnings[length] = self._cut(length)
        places, signed = known
        return [self.surfaces[places[found]][:length] for found in signed.near(word, edits)]

    def _cut(self, length: int) -> "tuple[Places, _Signed]":
        """Returns the index of one word for each distinct prefix of this length, and the signatures
        of these prefixes.
        """
        long_enough = np.flatnonzero(self._lengths >= length).astype(np.int32)
        codes = self._codes[long_enough, :length]
        differs = np.ones(len(codes), dtype=bool)
        if len(codes):
            differs[1:] = (codes[1:] != codes[:-1]).any(axis=1)
        lengths = np.full(int(differs.sum()), length, dtype=np.uint8)
        return long_enough[differs], _Signed(codes[differs], lengths)


class Skeletons:
    """Index of words by their skeletons (see ``kb.text``). Immutable. Thread-safe."""

    def __init__(self, words: Sequence[str]) -> None:
        written = skeletons("\n".join(words)).split("\n") if words else []
        encoded = np.char.encode(
            np.array(written, dtype=f"U{_SKELETON_LETTERS}"), "ascii", "replace"
        )
        self._words = words
        self._places = np.argsort(encoded, kind="stable").astype(np.int32)
        self._skeletons = encoded[self._places]

    def of(self, skeleton: str, *, unfinished: bool) -> Sequence[str]:
        """Returns the words with this skeleton; if ``unfinished``, also words with a skeleton that
        starts with it.
        """
        wanted = skeleton[:_SKELETON_LETTERS].encode("ascii", "replace")
        first = int(np.searchsorted(self._skeletons, wanted))
        end = wanted + _LAST_BYTE if unfinished else wanted
        last = int(np.searchsorted(self._skeletons, end, side="right"))
        return [self._words[place] for place in self._places[first:last].tolist()]


class _Signed:
    """Words by length, with bitmaps of their letters and letter pairs."""

    def __init__(self, codes: _Codes, lengths: npt.NDArray[np.uint8]) -> None:
        order = np.argsort(lengths, kind="stable")
        self._places = order.astype(np.int32)
        self._first_of_length = np.searchsorted(lengths[order], np.arange(258))
        self._letters, self._pairs = _signatures(codes[order])

    def near(self, word: str, edits: int) -> Places:
        shortest, longest = max(0, len(word) - edits), min(len(word) + edits, 256)
        first, last = self._first_of_length[shortest], self._first_of_length[longest + 1]
        letters, pairs = _signature(word)
        changed = np.bitwise_count(self._letters[first:last] ^ letters)
        places = np.flatnonzero(changed <= _LETTERS_CHANGED[edits])
        changed_pairs = np.bitwise_count(self._pairs[first:last][places] ^ pairs)
        near = places[changed_pairs <= _PAIRS_CHANGED[edits]]
        return np.asarray(self._places[first:last][near], np.int32)


def _codes(words: Sequence[str]) -> _Codes:
    """Array of letter codes, one row per word, padded with 0."""
    if not words:
        return np.zeros((0, _COMPARED_LETTERS), dtype=np.uint8)
    letters = np.array(words, dtype=f"U{_COMPARED_LETTERS}").view(np.uint32)
    letters = letters.reshape(len(words), _COMPARED_LETTERS)
    codes = (letters & 31) + np.where(letters >= _FIRST_CYRILLIC, 1, _OTHERS)
    return np.where(letters == 0, 0, codes).astype(np.uint8)


def _signatures(codes: _Codes) -> tuple[Signatures, Signatures]:
    """Bitmaps of letters and of letter pairs; several pairs share a bit."""
    letters = np.zeros(len(codes), dtype=np.uint64)
    pairs = np.zeros(len(codes), dtype=np.uint64)
    bits = np.uint64(1) << np.arange(64, dtype=np.uint64)
    bits_of_codes = np.concatenate((np.zeros(1, np.uint64), np.roll(np.tile(bits, 2), -1)[:127]))
    before = np.zeros(len(codes), dtype=np.uint8)
    for code in codes.T:
        letters |= bits_of_codes[code]
        pair = (before * np.uint8(_PAIR_FACTOR) + code * np.uint8(_CODE_FACTOR)) & np.uint8(63)
        pairs |= np.where(code > 0, bits[pair], np.uint64(0))
        before = code
    return letters, pairs


def _signature(word: str) -> tuple[np.uint64, np.uint64]:
    """Bitmaps of letters and letter pairs of one word, calculated without arrays."""
    letters = pairs = before = 0
    for letter in word[:_COMPARED_LETTERS]:
        point = ord(letter)
        code = (point & 31) + (1 if point >= _FIRST_CYRILLIC else _OTHERS)
        letters |= 1 << (code & 63)
        pairs |= 1 << ((before * _PAIR_FACTOR + code * _CODE_FACTOR) & 63)
        before = code
    return np.uint64(letters), np.uint64(pairs)
