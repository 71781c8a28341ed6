"""Parses Russian words with the pymorphy dictionary, whose files are mapped into memory.

Loading the files would take 15 MB; the texts of a day need a small part of them.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import ProbabilityEstimator
from pymorphy3.units import DictionaryAnalyzer

_LENGTH = struct.Struct("=I")


def map_dawgs(analyzer: Any) -> tuple[mmap.mmap, ...]:
    """Replaces the word graphs of a MorphAnalyzer by memory maps of their files; returns
    the maps.
    """
    maps = []
    for file, graph in _graphs(analyzer):
        with file.open("rb") as opened:
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        units, guide = _parts(memoryview(mapped))
        vars(graph.dct)["_units"] = units
        vars(graph.guide)["_units"] = guide
        maps.append(mapped)
    return tuple(maps)


def let_pages_go(maps: Iterable[mmap.mmap]) -> None:
    """Releases the mapped pages that were read; the operating system may still cache them.

    Each page fault maps fifteen more pages, so some thousand words map the whole file.
    """
    advice = getattr(mmap, "MADV_DONTNEED", -1)  # not on Windows
    for each in maps if advice >= 0 else ():
        each.madvise(advice)


def _graphs(analyzer: Any) -> Iterator[tuple[Path, Any]]:
    """Yields each graph with the file from which pymorphy loaded it."""
    dictionary = analyzer.dictionary
    folder = Path(dictionary.path)
    yield folder / "words.dawg", dictionary.words
    for number, graph in enumerate(dictionary.prediction_suffixes_dawgs):
        yield folder / f"prediction-suffixes-{number}.dawg", graph
    yield folder / "p_t_given_w.intdawg", analyzer.prob_estimator.p_t_given_w


def _parts(whole: memoryview) -> tuple[memoryview, memoryview]:
    """Returns the two arrays of a graph file: units of 4 bytes, units of 2 bytes, each after its
    count.
    """
    (count,) = _LENGTH.unpack_from(whole)
    end = _LENGTH.size + 4 * count
    (guided,) = _LENGTH.unpack_from(whole, end)
    begin = end + _LENGTH.size
    return whole[_LENGTH.size : end].cast("I"), whole[begin : begin + 2 * guided]


KEPT_WORDS = 50_000
_MISTAKES = {"Erro", "Dist"}  # OpenCorpora: an error, a distortion
_NOTHING = nullcontext()


@dataclass(frozen=True, slots=True)
class Reading:
    """One interpretation of a word form.

    ``normal`` is the normal form. ``tags`` are OpenCorpora tags such as "NOUN", "Surn", "femn",
    "sing", "nomn". ``is_known`` is False if the form is not in the dictionary and was guessed by
    similarity.
    """

    normal: str
    tags: frozenset[str]
    score: float
    is_known: bool


class Morphology:
    """Parses Russian words; the most likely interpretation comes first.

    Thread-safe only if ``one_at_a_time`` is a lock. Create it once and share it: the dictionary
    takes 0.1-0.2 s to load and 6 MB, in addition to the mapped pages.
    """

    def __init__(self, one_at_a_time: AbstractContextManager[object] = _NOTHING) -> None:
        analyzer = MorphAnalyzer(probability_estimator_cls=_OfSeveral)
        self._maps = map_dawgs(analyzer)

        def read(word: str) -> tuple[Reading, ...]:
            with one_at_a_time:
                return tuple(
                    Reading(
                        parse.normal_form,
                        parse.tag.grammemes,
                        parse.score,
                        _is_found(parse.methods_stack),
                    )
                    for parse in analyzer.parse(word)
                )

        def has(word: str) -> bool:
            with one_at_a_time:
                return bool(analyzer.word_is_known(word))

        self._read: Callable[[str], tuple[Reading, ...]] = lru_cache(KEPT_WORDS)(read)
        self._has: Callable[[str], bool] = lru_cache(KEPT_WORDS)(has)

    def rest(self) -> None:
        """Releases the mapped pages of the dictionary. Thread-safe."""
        let_pages_go(self._maps)

    def readings(self, word: str) -> tuple[Reading, ...]:
        """Returns all interpretations of a word in any letter case; never empty."""
        return self._read(word.lower())

    def normal(self, word: str) -> str:
        """Returns the most likely normal form of a word, in lower case."""
        return self._read(word.lower())[0].normal

    def is_known(self, word: str) -> bool:
        """Whether the dictionary has this form. Parses the word; ``has_form`` does not and is
        cheaper.
        """
        return self._read(word.lower())[0].is_known

    def has_right_form(self, form: str) -> bool:
        """Whether the dictionary has the form and does not mark it as a common mistake."""
        return any(
            reading.is_known and not reading.tags & _MISTAKES for reading in self.readings(form)
        )

    def has_form(self, form: str) -> bool:
        """Whether the dictionary has the form; only a lookup, without parsing."""
        return self._has(form.lower())


class _OfSeveral(ProbabilityEstimator):  # type: ignore[misc]
    """Estimates probabilities only if the dictionary has several interpretations of a word.

    An estimate takes as long as parsing, and is impossible for words not in the dictionary.
    """

    def apply_to_parses(self, word: str, word_lower: str, parses: list[Any]) -> list[Any]:
        if len(parses) > 1 and any(_is_found(methods) for *_, methods in parses):
            return list(super().apply_to_parses(word, word_lower, parses))
        whole = sum(score for _, _, _, score, _ in parses)
        return [
            (form, tag, normal, score / whole, methods)
            for form, tag, normal, score, methods in parses
        ]


def _is_found(methods: tuple[Any, ...]) -> bool:
    """Whether a parse is from the dictionary; looking the form up again would take half of the
    time.
    """
    return len(methods) == 1 and isinstance(methods[0][0], DictionaryAnalyzer)
