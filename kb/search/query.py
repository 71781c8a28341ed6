"""Parses a query: keyboard layout, stop words, unfinished and mistyped words, synonyms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kb.search.rewording import Synonyms
from kb.search.vocabulary import (
    CONTACTS,
    LATIN_WORD,
    LIGHT_WORDS,
    MOST_STEMS,
    NARROWING_LETTERS,
    REMEMBERED_WORDS,
    SHORTEST_PHONE,
    Group,
    IsRussian,
    KnownWords,
    Meaning,
    Stem,
    Vocabulary,
    is_unfinished,
    spelt_like,
    typed_words,
)
from kb.text import STOP_WORDS, in_cyrillic, in_the_right_layout

LONGEST_TEXT = 400  # characters; limits pasted text
CUT_LETTERS = 5  # a known finished word up to this length may be the start of a longer word
BEGINNING_LETTERS = (2, 3, 4)  # lengths of heading prefixes in the index

_STEMS_OF_FEW_LETTERS = {1: 8, 2: 16}
_EXACT = 1.0
_CUT = 0.9  # weight of continuations of a known finished word
_MISTYPED = 0.8  # reduced for each edit by:
_EDIT = 0.15
_RARE_ENTRIES = 2  # a word of so few entries may be a typo in an entry
_RARE = 0.7
_SYNONYM = 0.75
_TRANSLITERATED = 0.95
_ENDING = 0.03  # reduction for each letter of an ending that no indexed word has
_SHORTEST_MISTYPED_LATIN = 5
_LIGHT = 0.47  # relative weight of a light word
_SMALL = 0.3  # relative weight of a stop word that may be the start of a word
_PART = 0.6  # weight of a part of a compound
_GLUED = 0.95
_LIKELY = 0.6  # minimum weight to look up related words
_WITH_RELATIVES = 3
_SHORTEST_ROOT = 5
_SUFFIX = 2
_LONGEST_SUFFIX = 5
_RELATIVE = 0.6
_SHORTEST_SHARED = 4  # first letters that a dictionary word and a related word must share
_SHORTEST_PART = 3
_SHORTEST_OWN_PART = 5
_PHRASED_STEMS = 3  # meanings of a word to look up in the synonyms

_PARTED_NUMBER = re.compile(r"(?<![\d-])(\d{1,2}) (\d\d) (\d\d)(?![\d-])")  # 2 12 34
_LATIN_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’ʹ](?=[A-Za-z\s]|$)")


def of_no_dictionary(_word: str) -> bool:
    """Returns False for every word; used if there is no dictionary."""
    return False


@dataclass(frozen=True, slots=True)
class Reading:
    """Interpretation of a query: its words, and whether layout or typing errors were corrected.

    ``offered`` are the words of a suggested query: dictionary words without any entry are replaced
    in it. It is empty if there is no suggestion.
    """

    words: tuple[str, ...]
    layout_corrected: bool
    typos_corrected: bool
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Interpreted query, ready for lookup."""

    reading: Reading
    groups: tuple[Group, ...]
    asks_for_contacts: bool = False


class Reader:
    """Parses queries with the vocabulary of an index. Thread-safe.

    Words are cached, because most words of a query stay the same while the next one is typed.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        stem: Stem,
        synonyms: Synonyms,
        is_russian: IsRussian = of_no_dictionary,
    ) -> None:
        """Creates the parser. ``is_russian`` returns whether a dictionary contains this word, which
        is spelt with ``е`` for ``ё``.
        """
        self.vocabulary = vocabulary
        self.synonyms = synonyms
        self.is_russian = is_russian
        self._stem = stem
        self._known = KnownWords(vocabulary, synonyms.vocabulary, stem, is_russian)
        self._meanings: dict[tuple[str, bool], Meaning] = {}
        self._meant: dict[str, Sequence[tuple[str, float]]] = {}

    def read(self, typed: str) -> Query:
        """Parses a text; never raises."""
        typed = typed[:LONGEST_TEXT]
        text = in_the_right_layout(typed, self._known)
        layout_corrected = text != typed
        text = _LATIN_APOSTROPHE.sub("", text)
        text = _PARTED_NUMBER.sub(r"\1-\2-\3", text)
        words = typed_words(text)
        unfinished = is_unfinished(text, words)
        meaningful = any(word.text not in STOP_WORDS for word in words)
        weighty = any(_is_weighty(word.text) for word in words)
        meanings: list[Meaning] = []
        places: list[int] = []
        for number, word in enumerate(words):
            is_open = unfinished and number == len(words) - 1
            if word.text in STOP_WORDS and meaningful and not is_open:
                continue
            meaning = self._meaning(word.text, is_open)
            if word.text in STOP_WORDS and meaningful:
                # An unfinished stop word may be the start of another word; only its continuations
                # are used.
                meaning.stems.pop(self._stem(word.text), None)
            # A stop word occurs in most entries: it may rank them but not select them.
            meaning.drives = meaning.drives and meaningful
            if weighty and not _is_weighty(word.text):
                meaning.drives = False
                meaning.worth = _LIGHT if word.text in LIGHT_WORDS else _SMALL
            meanings.append(meaning)
            places.append(number)
        self._glue(meanings)
        self._guess(meanings)
        self._add_synonyms(meanings)
        understood = [word.text for word in words]
        for place, meaning in zip(places, meanings, strict=True):
            understood[place] = meaning.corrected or understood[place]
        typos_corrected = any(meaning.corrected is not None for meaning in meanings)
        offered = understood.copy()
        for place, meaning in zip(places, meanings, strict=True):
            offered[place] = meaning.offered or understood[place]
        reading = Reading(
            tuple(understood),
            layout_corrected,
            typos_corrected,
            tuple(offered) if offered != understood else (),
        )
        groups = tuple(meaning.group() for meaning in meanings)
        return Query(reading, groups, any(word.text in CONTACTS for word in words))

    # --- single words ----------------------------------------------------------------------

    def _meaning(self, word: str, is_open: bool) -> Meaning:
        """Returns the meanings of a single word, as a copy that the caller may change.

        ``is_open`` means that the operator may still be typing the word.
        """
        known = self._meanings.get((word, is_open))
        if known is None:
            if len(self._meanings) >= REMEMBERED_WORDS:
                self._meanings = {}
            known = self._meanings[word, is_open] = self._read_alone(word, is_open)
        return replace(known, stems=known.stems.copy(), phrases=known.phrases.copy())

    def _read_alone(self, word: str, is_open: bool) -> Meaning:
        vocabulary = self.vocabulary
        meaning = Meaning(word)
        own_stem = self._stem(word)
        entries = vocabulary.frequency(own_stem)
        if entries:
            meaning.add(own_stem, _EXACT)
        meaning.is_known = entries > 0
        may_go_on = is_open or not meaning.is_known or len(word) <= CUT_LETTERS
        if may_go_on:
            whole = _EXACT if is_open or not meaning.is_known else _CUT
            self._add_continuations(meaning, word, whole)
            if len(word) in BEGINNING_LETTERS and not word.isdecimal():
                meaning.beginning = word
        if word.isdecimal():
            if len(word) >= SHORTEST_PHONE and word[0] in "78":
                self._add_continuations(meaning, word[1:], _EXACT)
        elif LATIN_WORD.fullmatch(word) and not meaning.is_known:
            self._add_transliterated(meaning, is_open)
        if not word.isdecimal() and meaning.corrected is None:
            self._forgive(meaning, is_open, entries)
        self._add_relatives(meaning)
        short = is_open and len(word) <= NARROWING_LETTERS
        known_short = meaning.is_known and len(word) == NARROWING_LETTERS
        meaning.drives = not short or known_short
        return meaning

    def _add_continuations(self, meaning: Meaning, beginning: str, factor: float) -> None:
        """Adds the stems of indexed words that start with ``beginning``; the longer the word, the
        lower the weight.

        Stems are not searched by prefix: ``регистраци`` is longer than the stem ``регистрац`` and
        would find nothing, although one letter less or more does.
        """
        for surface, stem in self._going_on(beginning):
            weight = factor * (0.5 + 0.4 * len(beginning) / len(surface))
            meaning.add(stem, weight)

    def _going_on(self, beginning: str) -> Iterable[tuple[str, str]]:
        """Yields the words with this prefix and their stems; only a few for a prefix of one or two
        letters.

        Such short prefixes are not specific, and stop words occur in most entries.
        """
        most = _STEMS_OF_FEW_LETTERS.get(len(beginning))
        if most is None:
            return self.vocabulary.continuations(beginning, MOST_STEMS)
        found = self.vocabulary.continuations(beginning, MOST_STEMS)
        return islice((word for word in found if word[1] not in STOP_WORDS), most)

    def _add_transliterated(self, meaning: Meaning, is_open: bool) -> None:
        vocabulary, latin = self.vocabulary, meaning.typed
        for stem, ending in spelt_like(vocabulary, latin):
            meaning.add(stem, _TRANSLITERATED - _ENDING * ending)
        if is_open or not meaning.stems:
            for stem in vocabulary.spelt_from(latin, MOST_STEMS):
                share = min(1.0, len(latin) / (len(stem) + 2))
                meaning.add(stem, _TRANSLITERATED * (0.5 + 0.4 * share))
        if not meaning.stems and len(latin) >= _SHORTEST_MISTYPED_LATIN:
            self._add_corrections(meaning, in_cyrillic(latin), is_open, _TRANSLITERATED)
        if meaning.stems:
            meaning.corrected = meaning.corrected or in_cyrillic(latin)

    def _forgive(self, meaning: Meaning, is_open: bool, entries: int) -> None:
        """Adds spelling corrections if the word is unknown or rare."""
        word = meaning.typed
        if not meaning.is_known and self.is_russian(word):
            self._take_as_it_is(meaning)
        elif not meaning.stems:
            self._add_corrections(meaning, word, is_open, 1.0)
            if not meaning.stems:
                self._split(meaning)
        elif not meaning.is_known and not is_open and len(word) > CUT_LETTERS:
            self._add_corrections(meaning, word, is_open, _RARE)
        elif meaning.is_known and entries <= _RARE_ENTRIES and len(word) > CUT_LETTERS:
            self._add_whole_corrections(meaning, word, _RARE)

    def _take_as_it_is(self, meaning: Meaning) -> None:
        """Adds similar indexed words for a dictionary word: those that differ only in the ending as
        meanings, others as guesses.
        """
        word = meaning.typed
        shared = word[: max(_SHORTEST_SHARED, len(word) - _SUFFIX)]
        for correction in self.vocabulary.corrections(word, unfinished=False):
            stem = self.vocabulary.stem_of(correction.surface)
            weight = _MISTYPED - _EDIT * correction.edits
            if correction.surface.startswith(shared):
                meaning.add(stem, weight)
            else:
                meaning.likeliest = meaning.likeliest or correction.surface
                meaning.guesses.setdefault(stem, weight)
        if not meaning.stems and not meaning.guesses:
            self._split(meaning)

    def _add_corrections(self, meaning: Meaning, word: str, is_open: bool, factor: float) -> None:
        likeliest = self._add_whole_corrections(meaning, word, factor)
        if likeliest is None or is_open:
            # Any word may be both truncated and mistyped; an unfinished word is likely to be.
            for correction in self.vocabulary.corrections(word, unfinished=True):
                likeliest = likeliest or correction.surface
                weight = factor * (_MISTYPED - _EDIT * correction.edits)
                self._add_continuations(meaning, correction.surface, weight)
        meaning.corrected = meaning.corrected or likeliest

    def _add_whole_corrections(self, meaning: Meaning, word: str, factor: float) -> str | None:
        likeliest = None
        for correction in self.vocabulary.corrections(word, unfinished=False):
            likeliest = likeliest or correction.surface
            stem = self.vocabulary.stem_of(correction.surface)
            meaning.add(stem, factor * (_MISTYPED - _EDIT * correction.edits))
        return likeliest

    def _add_relatives(self, meaning: Meaning) -> None:
        """Adds words with the same root, such as other parts of speech."""
        likely = sorted(meaning.stems.items(), key=lambda item: -item[1])[:_WITH_RELATIVES]
        if not meaning.is_known and not meaning.typed.isascii():
            likely.append((self._stem(meaning.typed), _EXACT))
        for stem, weight in likely:
            shared = max(_SHORTEST_ROOT, len(stem) - _SUFFIX)
            if weight < _LIKELY or len(stem) < _SHORTEST_ROOT:
                continue
            for relative in self.vocabulary.relatives(stem, shared, MOST_STEMS):
                longer = max(len(stem), len(relative))
                if longer - shared <= _LONGEST_SUFFIX:
                    meaning.add(relative, _RELATIVE * weight * shared / longer)

    # --- word combinations -----------------------------------------------------------------

    def _split(self, meaning: Meaning) -> None:
        """Splits an unknown word into two known words, or into a prefix and a known word."""
        word, vocabulary = meaning.typed, self.vocabulary
        for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            head, tail = word[:place], word[place:]
            tail_stem = self._stem(tail)
            if not vocabulary.frequency(tail_stem):
                continue
            if head in STOP_WORDS or vocabulary.frequency(self._stem(head)):
                phrase = (tail_stem,) if head in STOP_WORDS else (self._stem(head), tail_stem)
                meaning.phrases[phrase] = _GLUED
            if len(tail) >= _SHORTEST_OWN_PART:
                meaning.add(tail_stem, _PART)

    def _glue(self, meanings: Sequence[Meaning]) -> None:
        """Adds the compound of two neighbouring words as a meaning of both."""
        for first, second in zip(meanings, meanings[1:], strict=False):
            together = first.typed + second.typed
            stem = self._stem(together)
            if self.vocabulary.frequency(stem):
                first.add(stem, _GLUED)
                second.add(stem, _GLUED)

    def _guess(self, meanings: Sequence[Meaning]) -> None:
        """Applies the guesses, which treat a dictionary word without any entry as a typing error.

        If other terms select entries, a guess only ranks them, because they were found without it.
        If there is no other term, nothing is selected and the correction is only suggested, which
        avoids irrelevant hits.
        """
        is_alone = not any(meaning.drives and self._has_meaning(meaning) for meaning in meanings)
        for meaning in meanings:
            if not meaning.guesses:
                continue
            factor = 1.0
            if self._has_meaning(meaning):
                factor = _RARE
            elif is_alone:
                meaning.offered = meaning.likeliest
                continue
            else:
                meaning.drives = False
            for stem, weight in meaning.guesses.items():
                meaning.add(stem, factor * weight)

    def _has_meaning(self, meaning: Meaning) -> bool:
        if meaning.stems or meaning.phrases:
            return True
        return self.synonyms.vocabulary.frequency(self._stem(meaning.typed)) > 0

    def _add_synonyms(self, meanings: Sequence[Meaning]) -> None:
        choices = [self._said(meaning) for meaning in meanings]
        for place in range(len(meanings)):
            said: list[tuple[tuple[str, ...], float]] = [((), _EXACT)]
            for end in range(place + 1, len(meanings) + 1):
                said = [
                    ((*phrase, stem), min(weight, own_weight))
                    for phrase, weight in said
                    for stem, own_weight in choices[end - 1]
                    if self.synonyms.begin_with((*phrase, stem))
                ]
                if not said:
                    break
                for phrase, weight in said:
                    for meant in self.synonyms.meanings(phrase):
                        _add_phrase(meanings[place:end], meant, _SYNONYM * weight)

    def _said(self, meaning: Meaning) -> Sequence[tuple[str, float]]:
        """Returns the words in synonyms that this query word may represent, even if no entry
        contains them.
        """
        likeliest = sorted(meaning.stems.items(), key=lambda item: -item[1])
        said = {self._stem(meaning.typed): _EXACT, **dict(likeliest[:_PHRASED_STEMS])}
        if not meaning.is_known:
            for stem, weight in self._meant_by_unknown(meaning.typed):
                said.setdefault(stem, weight)
        return list(said.items())

    def _meant_by_unknown(self, word: str) -> Sequence[tuple[str, float]]:
        """Returns the words in synonyms that resemble a word unknown to the index."""
        known = self._meant.get(word)
        if known is None:
            if len(self._meant) >= REMEMBERED_WORDS:
                self._meant = {}
            known = self._meant[word] = list(self._near_synonyms(word))
        return known

    def _near_synonyms(self, word: str) -> Iterator[tuple[str, float]]:
        vocabulary = self.synonyms.vocabulary
        if len(word) > NARROWING_LETTERS:
            for surface, stem in vocabulary.continuations(word, _PHRASED_STEMS):
                yield stem, 0.5 + 0.4 * len(word) / len(surface)
        for correction in vocabulary.corrections(word, unfinished=False):
            stem = vocabulary.stem_of(correction.surface)
            yield stem, _MISTYPED - _EDIT * correction.edits
        if LATIN_WORD.fullmatch(word):
            for stem, ending in vocabulary.spelt_like(word, _PHRASED_STEMS):
                yield stem, _TRANSLITERATED - _ENDING * ending


def _is_weighty(word: str) -> bool:
    return word not in STOP_WORDS and word not in LIGHT_WORDS


def _add_phrase(span: Sequence[Meaning], phrase: tuple[str, ...], weight: float) -> None:
    for meaning in span:
        if len(phrase) == 1:
            meaning.add(phrase[0], weight)
        elif weight > meaning.phrases.get(phrase, 0.0):
            meaning.phrases[phrase] = weight
