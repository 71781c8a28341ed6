"""How much of a typed text an index knows, however it was typed; and the words of such a text."""

import re
from collections.abc import Callable, Sequence

from kb.text import STOP_WORDS, Word, words_of
from kb.vocabulary import Vocabulary

Stem = Callable[[str], str]
IsRussian = Callable[[str], bool]

MOST_WORDS = 16
MOST_STEMS = 64  # of one typed word
NARROWING_LETTERS = 3  # an unfinished word up to this long only narrows and ranks
REMEMBERED_WORDS = 2000
SHORTEST_PHONE = 7  # digits; shorter runs stay the numbers they are
LATIN_WORD = re.compile(r"[a-z]+")
_PHONE = re.compile(r"\+?\d[\d ()-]{5,}\d")


class KnownWords:
    """How well the words of index, synonyms and dictionary explain a text (``kb.layout``)."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        of_synonyms: Vocabulary,
        stem: Stem,
        is_russian: IsRussian,
    ) -> None:
        self._vocabulary = vocabulary
        self._of_synonyms = of_synonyms
        self._stem = stem
        self._is_russian = is_russian
        self._written: dict[tuple[str, bool], float] = {}
        self._transliterated: dict[tuple[str, bool], float] = {}

    def as_written(self, text: str) -> float:
        return self._share(text, self._word_as_written)

    def transliterated(self, text: str) -> float:
        return self._share(text, self._word_transliterated)

    def mistyped(self, text: str) -> float:
        return self._share(text, self._word_mistyped)

    def _share(self, text: str, known: Callable[[str, bool], float]) -> float:
        """The share of letters that stand in known words."""
        words = typed_words(text)
        letters = sum(len(word.text) for word in words)
        if not letters:
            return 0.0
        unfinished = is_unfinished(text, words)
        last = len(words) - 1
        return sum(
            len(word.text) * known(word.text, unfinished and number == last)
            for number, word in enumerate(words)
        ) / letters  # fmt: skip

    def _word_as_written(self, word: str, is_open: bool) -> float:
        return _remembered(self._written, word, is_open, self._find_as_written)

    def _find_as_written(self, word: str, is_open: bool) -> float:
        stem = self._stem(word)
        if word in STOP_WORDS or self._vocabulary.frequency(stem):
            return 1.0
        if self._of_synonyms.frequency(stem):
            return 1.0
        if self._vocabulary.starts_any(word) or self._of_synonyms.starts_any(word):
            return 0.9 if is_open else 0.7
        if len(word) > NARROWING_LETTERS and self._is_russian(word):
            return 0.7
        return 0.0

    def _word_transliterated(self, word: str, is_open: bool) -> float:
        return _remembered(self._transliterated, word, is_open, self._find_transliterated)

    def _find_transliterated(self, word: str, is_open: bool) -> float:
        known = self._word_as_written(word, is_open)
        if known or len(word) < NARROWING_LETTERS or not LATIN_WORD.fullmatch(word):
            return known
        # So short a word with an ending would be spelt by any three letters.
        longest_ending = 0 if len(word) == NARROWING_LETTERS else len(word)
        spelt = [*spelt_like(self._vocabulary, word), *self._of_synonyms.spelt_like(word, 1)]
        endings = [ending for _stem, ending in spelt if ending <= longest_ending]
        if endings:
            return 0.8 - 0.15 * min(endings)
        if len(word) == NARROWING_LETTERS:
            return 0.0
        return 0.7 if self._vocabulary.spelt_from(word, 1) else 0.0

    def _word_mistyped(self, word: str, is_open: bool) -> float:
        known = self._word_transliterated(word, is_open)
        if known:
            return known
        if self._vocabulary.corrections(word, unfinished=is_open):
            return 0.5
        return 0.5 if self._of_synonyms.corrections(word, unfinished=False) else 0.0


def _remembered(
    known: dict[tuple[str, bool], float],
    word: str,
    is_open: bool,
    find: Callable[[str, bool], float],
) -> float:
    """What is known of a word, found once."""
    found = known.get((word, is_open))
    if found is None:
        if len(known) >= REMEMBERED_WORDS:
            known.clear()
        found = known[word, is_open] = find(word, is_open)
    return found


def spelt_like(vocabulary: Vocabulary, latin: str) -> Sequence[tuple[str, int]]:
    """Stems that the Latin letters spell; a small word with an ending is none."""
    found = vocabulary.spelt_like(latin, MOST_STEMS)
    return [(stem, ending) for stem, ending in found if not ending or stem not in STOP_WORDS]


def typed_words(text: str) -> Sequence[Word]:
    """Words of the text; a phone number in any of its spellings is one word."""
    words: list[Word] = []
    place = 0
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) < SHORTEST_PHONE:
            continue
        words.extend(words_of(text[place : match.start()]))
        words.append(Word(digits, match.start(), match.end()))
        place = match.end()
    tail = text[place:]
    words.extend(Word(word.text, word.start + place, word.end + place) for word in words_of(tail))
    return words[:MOST_WORDS]


def is_unfinished(text: str, words: Sequence[Word]) -> bool:
    return bool(words) and words[-1].end == len(text)
