"""The words by which the city's places are called, as its list has them now."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from sync.errors import PlacesUnreadable
from sync.store.place_file import read_places

LOG = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W\d_]+")


class StreetNames:
    """Reads the list again where its file is another one than before; for one thread."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._changed_ns = 0
        self._words: frozenset[str] = frozenset()

    def has(self, word: str) -> bool:
        """Whether a street or a landmark is called so; the word is in small letters.

        A list that cannot be read stays the one of before.
        """
        self._look()
        return _folded(word) in self._words

    def _look(self) -> None:
        try:
            changed_ns = self._file.stat().st_mtime_ns
        except OSError:
            return  # nothing was imported
        if changed_ns == self._changed_ns:
            return
        self._changed_ns = changed_ns
        try:
            places = read_places(self._file)
        except PlacesUnreadable as error:
            LOG.warning("names of places: %s", error)
            return
        names = [street.name for street in places.streets]
        names += [landmark.name for landmark in places.landmarks]
        self._words = frozenset(
            found.group() for name in names for found in _WORD.finditer(_folded(name))
        )


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")
