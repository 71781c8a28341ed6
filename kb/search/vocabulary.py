"""Words of the index with their stems, spelling correction, light words, and query terms.

Light words, such as «скажите» and «пожалуйста», rank entries but do not find any. Callers use them
often and the directory rarely, so their rarity alone would give them a high weight.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.search.lexicon import Lexicon, Skeletons
from kb.text import STOP_WORDS, Word, readings, settled, skeletons, words_of

_TALK = """
алло добрый здравствуй извините простите спасибо пожалуйста уважаемые девушка женщина мужчина
бабушка дедушка мама папа муж жена сын дочь внук подруга друг
вопрос проблема ситуация случай дело вещь штука толк причина раз разы пора
хочу хочется хотел хотелось хотели желаю мочь могу может можете могут могли смогу сможет
нужен нужна нужно нужны надо надобно должен должна должно должны обязан обязана обязаны
полагается положено следует придется пришлось приходится требуется
нельзя невозможно можно
делать делаю делает делают сделать сделаю сделает сделают сделали сделайте делается
говорить говорю говорит говорят говорили сказать сказал сказали сказала скажите скажу
подсказать подскажите посоветуйте объяснить объясните расскажите покажите напомните помогите
знать знаю знает знают узнать узнаю понять понимаю понял поняла думать думаю думал решить решили
забыл забыла помню вспомнить интересует интересно прошу просьба просить просят просил
дать дали даёт дают давать дайте взять взяли беру берут брать
идти иду идём пойти пойду ходить хожу сходить прийти пришёл пришла пришли приходить
позвонить звоню звонил звонила звонили дозвониться обратиться обращаться обращался обращалась
отвечает отвечают ответили сидеть сижу сидим стоять лежать
быть является являться оказалось оказался остался осталась осталось остались
стать стал стала стали становится начать начал начали начался закончить кончился кончилась
имею имеет имеют иметь есть бывает бывают случилось случился произошло получается получилось
попасть попал попала попробовать пробовал пытаюсь пытался успеть успел
когда почему зачем отчего сколько насколько который которая которое которые которого
никто никого никому ничто ничего ничем никак нигде никуда никогда ниоткуда некому некуда
либо нибудь
свой своя своё свои своего своей своему своих сам сама само сами другой другая другое другие
любой любая любое любые каждый каждая каждое каждые весь всех всем всего всегда
сюда туда отсюда оттуда здесь вместе отдельно
теперь потом затем опять снова заново ещё давно недавно скоро скорее срочно быстро быстрее долго
постоянно часто иногда редко сразу пока вчера сегодня завтра вечно
против вместо кроме около возле рядом между через после перед внутри снаружи
очень просто вообще совсем почти точно правда конечно наверное видимо наверно ладно хорошо
плохо нормально именно только лишь хотя либо чтоб потому поэтому разве неужели
больше меньше лучше хуже слишком немного много мало столько несколько опять
одна один одно два две три второй вторая второе третий третья пятый
правильно положен хотят ходят
"""
_CONTACTS = """
адрес адреса телефон телефоны телефончик контакт контакты
график режим часы расположен расположена находится находиться сидит сидят располагается
принимает принимают работает работают открыт открыта открыто открываются закрывается
доехать добраться проехать дозвониться позвонить
"""


def _folded(words: str) -> frozenset[str]:
    return frozenset(words.replace("ё", "е").split())


CONTACTS = _folded(_CONTACTS)
"""Words with which a query asks for contacts or a location."""

LIGHT_WORDS = _folded(_TALK) | CONTACTS
"""Light words in full form, not as stems, because ``почти`` has the stem of ``почта``."""


Frequencies = npt.NDArray[np.int32]

BEGINNING = "^"  # marks a heading prefix, which is indexed like a stem
MOST_NEW_WORDS = 4000  # with more new words the lexicon is rebuilt
_LOOKED_AT = 3000  # maximum number of words with a prefix that are compared by frequency
_NEAREST = 12  # maximum number of corrections of a mistyped word
_SHORTEST_MISTYPED = 4  # letters
_SHORTEST_MISTYPED_TWICE = 6
_REMEMBERED = 4096
_LONGEST_ENDING = 3  # letters after the stem
_SHORTEST_SKELETON = 2
_LAST_CHARACTER = "\U0010ffff"  # sorts after every continuation of a prefix


@dataclass(frozen=True, slots=True)
class Correction:
    """Known word, or prefix of a known word, that is similar to a mistyped word."""

    surface: str
    edits: int


@dataclass(frozen=True, slots=True)
class Words:
    """Sorted words with the numbers of their stems, and all stems by number."""

    surfaces: Sequence[str]
    stem_numbers: Sequence[int]
    stems: Sequence[str]


class Vocabulary:
    """Words in the forms used in entries, their stems, and the number of entries of each stem.

    Immutable. Thread-safe. A word is treated as unknown if its stem is in no entry any longer.
    """

    def __init__(self, words: Words, frequencies: Frequencies, entries: int) -> None:
        """Creates the vocabulary; ``frequencies`` are the numbers of entries by stem number."""
        self._lexicon = Lexicon(words.surfaces)
        self._stem_numbers: Frequencies = np.array(words.stem_numbers, np.int32)
        self._stems = list(words.stems)
        self._number_of = {stem: number for number, stem in enumerate(words.stems)}
        self._sorted_stems = sorted(stem for stem in words.stems if not stem.startswith(BEGINNING))
        self._skeletons = Skeletons(self._sorted_stems)
        self._frequencies = frequencies
        self.entries = entries
        self._new_words: dict[str, str] = {}  # since the lexicon was built: surface to stem
        self._new_sorted: list[str] = []
        self._new_stems: dict[str, int] = {}
        self._corrections: dict[tuple[str, bool], tuple[Correction, ...]] = {}

    def changed(
        self,
        *,
        words: Mapping[str, str],
        stems: Mapping[str, int],
        frequency_changes: Mapping[int, int],
        entries: int,
    ) -> "Vocabulary":
        """Returns the vocabulary after a change of entries.

        ``words`` are new words with their stems; ``stems`` are the new stems with consecutive
        numbers; ``frequency_changes`` are the changes of frequency by stem number.
        """
        frequencies = np.concatenate((self._frequencies, np.zeros(len(stems), np.int32)))
        for number, change in frequency_changes.items():
            frequencies[number] += change
        if len(self._new_words) + len(words) > MOST_NEW_WORDS:
            return Vocabulary(self._words_with(words, stems), frequencies, entries)
        vocabulary = object.__new__(Vocabulary)
        vocabulary.__dict__.update(self.__dict__)
        vocabulary.entries = entries
        vocabulary._frequencies = frequencies
        vocabulary._corrections = {}
        vocabulary._new_stems = {**self._new_stems, **stems}
        if words:
            vocabulary._new_words = {**self._new_words, **words}
            vocabulary._new_sorted = sorted([*self._new_sorted, *sorted(words)])
        return vocabulary

    def _words_with(self, unknown: Mapping[str, str], stems: Mapping[str, int]) -> Words:
        numbers = {**self._number_of, **self._new_stems, **stems}
        known = dict(zip(self._lexicon.surfaces, self._stem_numbers.tolist(), strict=True))
        for word, stem in (*self._new_words.items(), *unknown.items()):
            known[word] = numbers[stem]
        surfaces = sorted(known)
        return Words(surfaces, [known[surface] for surface in surfaces], list(numbers))

    def stem_number(self, stem: str) -> int | None:
        """Returns the number of a stem that an entry contains or contained; None if unknown."""
        number = self._number_of.get(stem)
        return self._new_stems.get(stem) if number is None else number

    def knows(self, surface: str) -> bool:
        """Whether an entry contains or contained the word in exactly this form."""
        return self._lexicon.place(surface) is not None or surface in self._new_words

    def stem_of(self, surface: str) -> str:
        """Returns the stem of a known word. Raises KeyError for an unknown one."""
        place = self._lexicon.place(surface)
        if place is None:
            return self._new_words[surface]
        return self._stems[int(self._stem_numbers[place])]

    def frequency(self, stem: str) -> int:
        """Number of entries with this stem; 0 if it is unknown."""
        number = self.stem_number(stem)
        return 0 if number is None else int(self._frequencies[number])

    def surface_frequency(self, surface: str) -> int:
        """Number of entries with the stem of this word; 0 if it is unknown."""
        place = self._lexicon.place(surface)
        if place is not None:
            return int(self._frequencies[self._stem_numbers[place]])
        stem = self._new_words.get(surface)
        return 0 if stem is None else self.frequency(stem)

    def starts_any(self, prefix: str) -> bool:
        """Whether an entry contains a word with this prefix."""
        return bool(self.continuations(prefix, 1))

    def continuations(self, prefix: str, limit: int) -> Sequence[tuple[str, str]]:
        """Returns up to ``limit`` words with this prefix, and their stems; the most frequent ones
        if there are more.
        """
        places = self._lexicon.continuations(prefix)
        numbers = self._stem_numbers[places.start : places.stop]
        frequencies = self._frequencies[numbers]
        living = np.flatnonzero(frequencies)
        if len(living) > limit:
            living = living[np.argsort(-frequencies[living], kind="stable")[:limit]]
        found = [
            (self._lexicon.surfaces[places.start + place], self._stems[numbers[place]])
            for place in living.tolist()
        ]
        if self._new_sorted:
            first = bisect_left(self._new_sorted, prefix)
            last = bisect_left(self._new_sorted, prefix + _LAST_CHARACTER, lo=first)
            new = ((surface, self._new_words[surface]) for surface in self._new_sorted[first:last])
            found += [(surface, stem) for surface, stem in new if self.frequency(stem)]
            if len(found) > limit:
                found = nlargest(limit, found, key=lambda word: self.frequency(word[1]))
        return found

    def relatives(self, stem: str, beginning: int, limit: int) -> Sequence[str]:
        """Returns other stems that start with the same ``beginning`` letters, most frequent
        first.
        """
        shared = stem[:beginning]
        first = bisect_left(self._sorted_stems, shared)
        last = bisect_left(self._sorted_stems, shared + _LAST_CHARACTER, lo=first)
        found = [
            other
            for other in self._sorted_stems[first : min(last, first + _LOOKED_AT)]
            if other != stem and self.frequency(other)
        ]
        first = bisect_left(self._new_sorted, shared)
        last = bisect_left(self._new_sorted, shared + _LAST_CHARACTER, lo=first)
        new = {self._new_words[surface] for surface in self._new_sorted[first:last]} - {stem}
        found += sorted(other for other in new if self.frequency(other) and other not in found)
        return nlargest(limit, found, key=self.frequency) if len(found) > limit else found

    def spelt_like(self, latin: str, limit: int) -> Sequence[tuple[str, int]]:
        """Returns stems that the Latin text may transliterate in any common scheme, most frequent
        first.

        Each stem is paired with the number of letters of the ending that follows it in the text.
        """
        for skeleton in readings(latin):
            found = self._spelt_with_ending(skeleton, limit)
            if found:
                return found
        return ()

    def _spelt_with_ending(self, skeleton: str, limit: int) -> Sequence[tuple[str, int]]:
        for ending in range(_LONGEST_ENDING + 1):
            if len(skeleton) - ending < max(_SHORTEST_SKELETON, ending):
                break
            wanted = settled(skeleton[: len(skeleton) - ending])
            found = self._of_skeleton(wanted, unfinished=False, limit=limit)
            if found:
                return [(stem, ending) for stem in found]
        return ()

    def spelt_from(self, latin: str, limit: int) -> Sequence[str]:
        """Returns stems that start with this transliterated text, most frequent first."""
        for skeleton in readings(latin):
            if len(skeleton) > _SHORTEST_SKELETON:
                found = self._of_skeleton(skeleton, unfinished=True, limit=limit)
                if found:
                    return found
        return ()

    def _of_skeleton(self, skeleton: str, *, unfinished: bool, limit: int) -> Sequence[str]:
        found = list(self._skeletons.of(skeleton, unfinished=unfinished)[:_LOOKED_AT])
        for stem in self._new_stems:
            own = skeletons(stem)
            if own == skeleton or (unfinished and own.startswith(skeleton)):
                found.append(stem)
        living = [stem for stem in found if self.frequency(stem)]
        return nlargest(limit, living, key=self.frequency)

    def corrections(self, word: str, *, unfinished: bool) -> tuple[Correction, ...]:
        """Returns known words (or prefixes of them if ``unfinished``) one or two edits away,
        nearest first.

        Words of 4 letters or more allow one edit; words of 6 letters or more allow two, if one edit
        finds nothing.
        """
        if len(word) < _SHORTEST_MISTYPED:
            return ()
        asked = (word, unfinished)
        found = self._corrections.get(asked)
        if found is None:
            found = self._nearest(word, 1, unfinished)
            if not found and len(word) >= _SHORTEST_MISTYPED_TWICE:
                found = self._nearest(word, 2, unfinished)
            if len(self._corrections) >= _REMEMBERED:
                self._corrections = {}
            self._corrections[asked] = found
        return found

    def _nearest(self, word: str, edits: int, unfinished: bool) -> tuple[Correction, ...]:
        found: dict[str, tuple[int, int]] = {}
        for choices in self._choices(word, edits, unfinished):
            for surface, distance, _place in process.extract_iter(
                word, choices, scorer=OSA.distance, score_cutoff=edits
            ):
                frequency = (
                    self._commonest(surface) if unfinished else self.surface_frequency(surface)
                )
                if frequency:
                    found[surface] = (int(distance), -frequency)
        ordered = sorted(found, key=lambda surface: (found[surface], surface))
        return tuple(Correction(surface, found[surface][0]) for surface in ordered[:_NEAREST])

    def _choices(self, word: str, edits: int, unfinished: bool) -> Iterable[Sequence[str]]:
        new = self._new_sorted
        if not unfinished:
            yield self._lexicon.near(word, edits)
            yield new
            return
        for length in range(max(3, len(word) - edits), len(word) + edits + 1):
            yield self._lexicon.near_beginnings(word, length, edits)
            if new:
                yield list({surface[:length] for surface in new if len(surface) >= length})

    def _commonest(self, beginning: str) -> int:
        """Returns the frequency of the most frequent word with this prefix."""
        return max(
            (self.frequency(stem) for _surface, stem in self.continuations(beginning, 1)),
            default=0,
        )


def vocabulary_of(words: Mapping[str, str]) -> Vocabulary:
    """Returns a vocabulary of these words with their stems, in which each stem has one entry."""
    surfaces = sorted(words)
    numbers = {stem: number for number, stem in enumerate(sorted(set(words.values())))}
    stem_numbers = [numbers[words[surface]] for surface in surfaces]
    frequencies = np.ones(len(numbers), np.int32)
    return Vocabulary(Words(surfaces, stem_numbers, list(numbers)), frequencies, len(words))


Stem = Callable[[str], str]
IsRussian = Callable[[str], bool]

MOST_WORDS = 16
MOST_STEMS = 64  # per query word
NARROWING_LETTERS = 3  # an unfinished word up to this length only narrows and ranks
REMEMBERED_WORDS = 2000
SHORTEST_PHONE = 7  # digits; shorter numbers are ordinary words
LATIN_WORD = re.compile(r"[a-z]+")
_PHONE = re.compile(r"\+?\d[\d ()-]{5,}\d")


class KnownWords:
    """Rates texts by the share of letters in words of the index, the synonyms and the dictionary.

    Implements ``kb.text.Knowledge``.
    """

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
        """Share of letters that belong to known words."""
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
        # Without this limit any three letters would match a stem with an ending.
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
    """Returns the cached result for a word, or computes and caches it."""
    found = known.get((word, is_open))
    if found is None:
        if len(known) >= REMEMBERED_WORDS:
            known.clear()
        found = known[word, is_open] = find(word, is_open)
    return found


def spelt_like(vocabulary: Vocabulary, latin: str) -> Sequence[tuple[str, int]]:
    """Returns the stems that the Latin text may transliterate, except stop words with an ending."""
    found = vocabulary.spelt_like(latin, MOST_STEMS)
    return [(stem, ending) for stem, ending in found if not ending or stem not in STOP_WORDS]


def typed_words(text: str) -> Sequence[Word]:
    """Splits a text into words; a phone number in any format is one word."""
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


@dataclass(frozen=True, slots=True)
class Group:
    """One query term with all its meanings, each with a weight from 0 to 1.

    Only the best match in a document counts: a stem, all stems of a phrase, or a heading word with
    the prefix ``beginning``. A term without ``drives`` selects no entries; it only narrows and
    ranks those that other terms select. ``worth`` is its weight relative to a word of the same
    rarity, 0 to 1.
    """

    typed: str
    stems: Mapping[str, float]
    drives: bool = True
    beginning: str | None = None
    beginning_weight: float = 0.0
    phrases: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    worth: float = 1.0


@dataclass(slots=True)
class Meaning:
    """Query term under construction: the stems found so far, and the correction of its spelling."""

    typed: str
    stems: dict[str, float] = field(default_factory=dict)
    corrected: str | None = None
    phrases: dict[tuple[str, ...], float] = field(default_factory=dict)
    beginning: str | None = None
    is_known: bool = False
    drives: bool = True
    worth: float = 1.0
    guesses: dict[str, float] = field(default_factory=dict)
    """Stems for which the word may be a typing error, although a dictionary contains the word."""
    likeliest: str | None = None
    """Word with the most likely of the ``guesses``."""
    offered: str | None = None
    """Word suggested as a replacement of the entered word."""

    def add(self, stem: str, weight: float) -> None:
        if weight > self.stems.get(stem, 0.0):
            self.stems[stem] = weight

    def group(self) -> Group:
        weight = 0.0
        if self.beginning is not None:
            weight = 0.5 + 0.05 * len(self.beginning)
        stems: Mapping[str, float] = self.stems
        if len(stems) > MOST_STEMS:
            stems = dict(sorted(stems.items(), key=lambda item: -item[1])[:MOST_STEMS])
        return Group(
            self.typed, stems, self.drives, self.beginning, weight, self.phrases, self.worth
        )
