"""The dictionary of Russian that the checks ask: forms, tags and names in any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pymorphy3 import MorphAnalyzer

KEPT_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a word form.

    ``tags`` are OpenCorpora's: "NOUN", "Surn", "femn", "sing", "nomn" and so on. ``is_known`` tells
    whether the dictionary has the form; else it was guessed by likeness.
    """

    normal: str
    tags: frozenset[str]
    score: float
    is_known: bool


class Morphology:
    """The readings of Russian words, likeliest first; used from one thread at a time.

    Made once and passed in: the dictionary takes 0.1-0.2 s and about 40 MB to load.
    """

    def __init__(self) -> None:
        analyzer = MorphAnalyzer()
        # All readings of a word ask it for the same form, and asking is half of the work.
        has: Callable[[str], bool] = lru_cache(KEPT_WORDS)(analyzer.word_is_known)

        def read(word: str) -> tuple[Reading, ...]:
            return tuple(
                Reading(parse.normal_form, parse.tag.grammemes, parse.score, has(parse.word))
                for parse in analyzer.parse(word)
            )

        self._read: Callable[[str], tuple[Reading, ...]] = lru_cache(KEPT_WORDS)(read)
        self._has = has

    def readings(self, word: str) -> tuple[Reading, ...]:
        """All readings of a word in whatever case of letters; never empty."""
        return self._read(word.lower())

    def normal(self, word: str) -> str:
        """The likeliest normal form, in small letters."""
        return self._read(word.lower())[0].normal

    def is_known(self, word: str) -> bool:
        """Whether the dictionary has this form."""
        return self._has(word.lower())
