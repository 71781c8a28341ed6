"""Reading what an operator types: layout, stop words, unfinished and mistyped words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.text import Word, words_of
from kb.vocabulary import Vocabulary

Stem = Callable[[str], str]

LONGEST_TEXT = 400  # characters read; nobody types more, but a paste may be anything
MOST_WORDS = 16
MOST_STEMS = 32  # of one typed word
NARROWING_LETTERS = 3  # an unfinished word up to this long only narrows and ranks (trap 4)
CUT_LETTERS = 5  # a known finished word up to this long may still be a longer one cut short

_EXACT = 1.0
_CONVERSION_COST = 0.1  # another layout has to explain the text better than what was typed

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_HAS_LATIN = re.compile(r"[A-Za-z]")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")

_PHONE = re.compile(r"\+?\d[\d ()-]{5,}\d")
_SHORTEST_PHONE = 7  # digits; shorter runs stay the numbers they are

_STOP_WORDS = """
а бы в во вот вы г где да для до доб ее если есть еще же за и из или им их к как какая какие
какой кто куда ли лучше мне мой моя мы на над надо нам нас не нет ни но ну нужно о об он она
они оно от откуда по под пожалуйста при про с сейчас скажите со так там тел то тогда только
тоже тут ты у уже хочу чего чем что чтобы эта эти это этот я
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """The words as they were understood, and what was corrected on the way."""

    words: tuple[str, ...]
    layout_corrected: bool
    typos_corrected: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One typed word and the stems it may stand for, each weighing 0 to 1.

    The best stem found counts once, however many are found. ``prefix`` is set for a short
    unfinished word, whose stems here are only some of many. A group that does not drive only
    narrows and ranks what the others find.
    """

    typed: str
    stems: Mapping[str, float]
    prefix: str | None
    drives: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A text as it was understood, ready to be looked up."""

    reading: Reading
    groups: tuple[Group, ...]


def read_query(text: str, vocabulary: Vocabulary, stem: Stem) -> Query:
    """What the text asks for, in the words the index knows; never raises, whatever the text."""
    chosen, layout_corrected = _choose_layout(text[:LONGEST_TEXT], vocabulary, stem)
    words = _typed_words(chosen)
    unfinished = _is_unfinished(chosen, words)
    groups: list[Group] = []
    understood: list[str] = []
    typos_corrected = False
    meaningful = any(word.text not in STOP_WORDS for word in words)
    for number, word in enumerate(words):
        is_open = unfinished and number == len(words) - 1
        if word.text in STOP_WORDS and meaningful and not is_open:
            understood.append(word.text)
            continue
        group, corrected = _group(word.text, is_open, vocabulary, stem)
        # A small word stands in most entries: alone it may rank some, but not fetch them all.
        groups.append(group if meaningful else replace(group, drives=False))
        understood.append(corrected or word.text)
        typos_corrected = typos_corrected or corrected is not None
    reading = Reading(tuple(understood), layout_corrected, typos_corrected)
    return Query(reading, tuple(groups))


def _choose_layout(text: str, vocabulary: Vocabulary, stem: Stem) -> tuple[str, bool]:
    """The text as the index understands it best; converted before it is cut into words.

    Letters such as б, ю, х, ъ, ж, э share keys with ``, . [ ] ; '`` and would be lost otherwise.
    """
    best, best_score = text, _explained(text, vocabulary, stem)
    if best_score > 1 - 2 * _CONVERSION_COST:
        return text, False
    conversions = []
    if _HAS_LATIN.search(text):
        conversions.append(text.translate(_TO_CYRILLIC))
    if _HAS_CYRILLIC.search(text):
        conversions.append(text.translate(_TO_LATIN))
    for converted in conversions:
        score = _explained(converted, vocabulary, stem) - _CONVERSION_COST
        if score > best_score:
            best, best_score = converted, score
    return best, best is not text


def _explained(text: str, vocabulary: Vocabulary, stem: Stem) -> float:
    """The share of letters, 0 to 1, that stand in words the index knows."""
    words = _typed_words(text)
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 0.0
    unfinished = _is_unfinished(text, words)
    known = 0.0
    for number, word in enumerate(words):
        is_open = unfinished and number == len(words) - 1
        known += len(word.text) * _how_known(word.text, is_open, vocabulary, stem)
    return known / letters


def _how_known(word: str, is_open: bool, vocabulary: Vocabulary, stem: Stem) -> float:
    if vocabulary.has_surface(word) or vocabulary.frequency(stem(word)) or word in STOP_WORDS:
        return 1.0
    if vocabulary.starts_any(word):
        return 0.9 if is_open else 0.7
    return 0.5 if vocabulary.corrections(word, unfinished=is_open) else 0.0


def _typed_words(text: str) -> Sequence[Word]:
    """Words of the text; a phone number in any of its spellings is one word."""
    words: list[Word] = []
    place = 0
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) < _SHORTEST_PHONE:
            continue
        words.extend(words_of(text[place : match.start()]))
        words.append(Word(digits, match.start(), match.end()))
        place = match.end()
    tail = text[place:]
    words.extend(Word(word.text, word.start + place, word.end + place) for word in words_of(tail))
    return words[:MOST_WORDS]


def _is_unfinished(text: str, words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].end == len(text)


def _group(
    word: str, is_open: bool, vocabulary: Vocabulary, stem: Stem
) -> tuple[Group, str | None]:
    """The group of a typed word, and the word it was corrected to if it was mistyped."""
    own_stem = stem(word)
    stems: dict[str, float] = {}
    if vocabulary.frequency(own_stem):
        stems[own_stem] = _EXACT
    is_known = bool(stems)
    if is_open or not is_known or len(word) <= CUT_LETTERS:
        _add_continuations(stems, word, 1.0 if is_open or not is_known else 0.7, vocabulary)
    if word.isdecimal() and len(word) >= _SHORTEST_PHONE and word[0] in "78":
        _add_continuations(stems, word[1:], 1.0, vocabulary)
    corrected = None
    if not stems:
        corrected = _add_corrections(stems, word, is_open, vocabulary)
    short = is_open and len(word) <= NARROWING_LETTERS
    group = Group(
        typed=word,
        stems=_heaviest(stems),
        prefix=word if short else None,
        drives=not short or (is_known and len(word) == NARROWING_LETTERS),
    )
    return group, corrected


def _add_continuations(
    stems: dict[str, float], word: str, factor: float, vocabulary: Vocabulary
) -> None:
    """Add the stems of whole words that go on from here, the longer the weaker.

    Not a prefix search over stems: ``регистраци`` is longer than the stem ``регистрац`` and
    would find nothing between two letters that do.
    """
    for surface in vocabulary.continuations(word, 4 * MOST_STEMS):
        weight = factor * (0.5 + 0.4 * len(word) / len(surface))
        found = vocabulary.stem_of(surface)
        stems[found] = max(stems.get(found, 0.0), weight)


def _add_corrections(
    stems: dict[str, float], word: str, is_open: bool, vocabulary: Vocabulary
) -> str | None:
    """Add what a word the index does not know was meant to be; the likeliest one is returned."""
    likeliest: str | None = None
    for correction in vocabulary.corrections(word, unfinished=False):
        likeliest = likeliest or correction.surface
        found = vocabulary.stem_of(correction.surface)
        stems[found] = max(stems.get(found, 0.0), 0.8 - 0.15 * correction.edits)
    if stems:
        return likeliest
    # Any word may be cut short and mistyped at once; the open one surely may.
    for correction in vocabulary.corrections(word, unfinished=True):
        likeliest = likeliest or correction.surface
        _add_continuations(stems, correction.surface, 0.8 - 0.15 * correction.edits, vocabulary)
    return likeliest


def _heaviest(stems: dict[str, float]) -> Mapping[str, float]:
    if len(stems) <= MOST_STEMS:
        return stems
    kept = sorted(stems.items(), key=lambda item: -item[1])[:MOST_STEMS]
    return dict(kept)
