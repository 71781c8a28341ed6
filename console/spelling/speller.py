"""Judges Russian words by Hunspell, a second dictionary, and the words of the city."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from console.texts.one_morphology import OneMorphology

_MOST_SUGGESTIONS = 7
_HYPHENS = re.compile("[-‑]")
_CITY_WORD = re.compile(r"[^\W\d_]{2,}")


class WordDictionary(Protocol):
    """What Hunspell is to the speller."""

    def is_right(self, word: str) -> bool: ...
    def suggestions(self, word: str) -> Sequence[str]: ...
    def rest(self) -> None: ...
    def close(self) -> None: ...


class Speller:
    """Whether words are right and what may have been meant; used by one thread.

    A word is right when any of them knows it: the added words, the titles of the directory,
    pymorphy's dictionary (which others need anyway), and Hunspell, which is asked last because it
    is read into memory only for words that nobody else knows. Made of parts joined by hyphens, a
    word is right when each part is.
    """

    def __init__(
        self,
        dictionary: WordDictionary,
        added_file: Path,
        city_texts: Callable[[], Iterable[str]],
        second: OneMorphology | None = None,
    ) -> None:
        """``second`` gives pymorphy's dictionary, which others may have too."""
        self._dictionary = dictionary
        self._added_file = added_file
        self._city_texts = city_texts
        self._added = read_added_words(added_file)
        self._city: frozenset[str] = frozenset()
        self._second = second or OneMorphology()
        self.read_city()

    def read_city(self) -> None:
        """Take the words of the directory's titles anew."""
        self._city = frozenset(
            word.lower() for text in self._city_texts() for word in _CITY_WORD.findall(text)
        )

    def is_right(self, word: str) -> bool:
        parts = _HYPHENS.split(word)
        return self._knows(word.replace("‑", "-")) or (
            len(parts) > 1 and all(self._knows(part) for part in parts)
        )

    def suggestions(self, word: str) -> tuple[str, ...]:
        """At most seven, the likeliest first."""
        return tuple(self._dictionary.suggestions(word)[:_MOST_SUGGESTIONS])

    def add(self, word: str) -> None:
        """Count the word as right from now on; raises OSError where the file takes none."""
        lowered = word.lower()
        if lowered in self._added:
            return
        self._added_file.parent.mkdir(parents=True, exist_ok=True)
        with self._added_file.open("a", encoding="utf-8") as file:
            file.write(lowered + "\n")
        self._added = self._added | {lowered}

    def rest(self) -> None:
        """Give back what nobody has needed since the last rest."""
        self._dictionary.rest()
        self._second.rest()

    def close(self) -> None:
        self._dictionary.close()

    def _knows(self, word: str) -> bool:
        lowered = word.lower()
        return (
            lowered in self._added
            or lowered in self._city
            or self._second().has_right_form(lowered)
            or self._dictionary.is_right(word)
        )


def read_added_words(file: Path) -> frozenset[str]:
    """The words of the file, one on each line; none without the file."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.strip().lower() for line in text.splitlines() if line.strip())
