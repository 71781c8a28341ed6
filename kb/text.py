"""Words of a text as the index knows them: folded, cut out with their places, stemmed."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import snowballstemmer

NORMALISER_VERSION = 1  # raise it with any change of what this file returns: indexes are rebuilt

# A number written with hyphens (2-52-52) is one word; letters keep the accents typed after them.
_WORD = re.compile(r"\d+(?:-\d+)+|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_REMEMBERED_STEMS = 400_000
_LONGEST_WORD = 40  # characters; what is longer is no word anybody looks for


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and the range of characters it was written in."""

    text: str
    start: int
    end: int


def fold(word: str) -> str:
    """The word without case, stress marks, hyphens of numbers, and with ``ё`` as ``е``.

    FTS5's unicode61 leaves ``ё`` alone whatever ``remove_diacritics`` is, so it is done here.
    """
    folded = unicodedata.normalize("NFC", word).casefold().replace("ё", "е").replace("-", "")
    return _ACCENT.sub("", folded)[:_LONGEST_WORD]


def words_of(text: str) -> Iterator[Word]:
    """Every word of the text in order."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded:
            yield Word(folded, match.start(), match.end())


class Stemmer:
    """Stems of Russian words by Snowball, remembered; may be called from any thread."""

    def __init__(self) -> None:
        self._snowball = snowballstemmer.stemmer("russian")
        self._lock = threading.Lock()  # Snowball keeps the word it works on in itself
        self._known: dict[str, str] = {}

    def __call__(self, folded: str) -> str:
        stem = self._known.get(folded)
        if stem is None:
            with self._lock:
                stem = str(self._snowball.stemWord(folded)) or folded
            if len(self._known) >= _REMEMBERED_STEMS:
                self._known = {}
            self._known[folded] = stem
        return stem
