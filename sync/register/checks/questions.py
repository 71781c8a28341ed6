"""Detector of several questions on different topics in one message (Regulation 6.3, item 10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from sync.register.checks.check import Detector, Sentence, finding, sentences, small_letters
from sync.register.checks.detectors import Topics, are_far, are_near, are_two
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile
from sync.register.likeness.place import Address, Place, addresses_of, contradicts

_NUMBERED = re.compile(
    r"(?:^|(?<=[\s:;.]))(?:[1-9][.)]|[а-е]\)|[-–—•*])(?=\s*[а-я])(?!\s*(?:я|й|е|го|му)\b)"
)
_CLAUSE_END = re.compile(r"[,;:.!?\n]\s|\s[—–-]\s|\s(?=(?:и|а|да|плюс|ну)\s(?!\d))")
_ENUMERATION = re.compile(r"[а-я]+(?:, [а-я]+)+(?: и [а-я]+)?")
_ENUMERATED_WORD = re.compile(r"[а-я]{3,}")
_CLAUSE_WORD = re.compile(r"(?!(?:и|а|да|плюс|ну|не)\b)\b[а-я]+")
_LINE_DASH = re.compile(r"[-–—•*]")
_FEWEST_ITEMS = 2
_LESS_CERTAIN = "told"
_FEWEST_TOPICS = 3
_FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    topics: frozenset[str]


def several_questions_detector(topics: Topics, phrases: PhraseFile) -> Detector:
    """Builds a detector of an additional question; the finding spans that question.

    The type is "listed" (numbers, «второй вопрос», another topic at another location), "added" («а
    также», «ещё»), "asked" (two requests or questions), "told" (two clauses, or three topics; only
    a warning) or "said" («есть два вопроса»). Parts about the same or related topics are one
    question. The effect of a problem on people is not another problem.
    """
    effect = phrases.parts["<effect>"]
    ways = (
        ("listed", _Listed(topics, phrases.parts["<ordinal>"])),
        ("listed", _Placed(topics, effect)),
        ("added", _Added(topics, phrases.parts["<adding>"])),
        ("asked", _Asked(topics, phrases.parts["<request>"])),
        (_LESS_CERTAIN, _Told(topics, phrases.parts["<one-cause>"], effect)),
        (_LESS_CERTAIN, _Enumerated(topics)),
        ("said", _Said(phrases.parts["<says-several>"])),
    )

    def detect(text: str) -> tuple[Finding, ...]:
        for type_, further_in in ways:
            part = further_in(text, sentences(text))
            if part is not None:
                end = part.start + len(text[part.start : part.end].rstrip())
                kind = FindingKind.SEVERAL_QUESTIONS
                level = Level.WARN if type_ == _LESS_CERTAIN else Level.GROUND
                return (finding(kind, level, type_, text, part.start, end),)
        return ()

    return detect


@dataclass(frozen=True, slots=True)
class _Listed:
    """Finds the first list item whose topic differs from that of an earlier item."""

    topics: Topics
    ordinal: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        small = small_letters(text)
        marks = [match.start() for match in _NUMBERED.finditer(small) if _opens(small, match)]
        if len(marks) < _FEWEST_ITEMS:
            marks = [0, *(match.start() for match in self.ordinal.finditer(small))]
        parts = [
            _Part(start, end, self.topics.of(small[start:end]))
            for start, end in pairwise([*marks, len(small)])
        ]
        return _further(parts, are_two)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Finds the first clause with another topic and another location than an earlier clause."""

    topics: Topics
    effect: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        named = addresses_of(text)
        if len({(each.street, each.house) for each in named}) < _FEWEST_PLACES:
            return None
        placed = [
            (place, part)
            for part in self._parts(text)
            if (place := _place_within(named, part)).streets
        ]
        return next(
            (
                other
                for (one_place, one), (other_place, other) in combinations(placed, 2)
                if are_two(one.topics, other.topics) and contradicts(one_place, other_place)
            ),
            None,
        )

    def _parts(self, text: str) -> Iterator[_Part]:
        """Yields the clauses that have a topic, except those about the effect on people."""
        small = small_letters(text)
        for start, end in _clauses(small):
            topics = self.topics.of(small[start:end])
            if topics and not self.effect.search(small[start:end]):
                yield _Part(start, end, topics)


@dataclass(frozen=True, slots=True)
class _Added:
    """Finds a part introduced by «ещё» or similar whose topic was not named before it."""

    topics: Topics
    adding: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        small = small_letters(text)
        for sentence in said:
            for match in self.adding.finditer(sentence.text):
                start = sentence.start + match.start()
                added = self.topics.of(small[start : sentence.end])
                if added and are_far(self.topics.of(small[:start]), added):
                    return _Part(start, sentence.end, added)
        return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Finds the first request whose topic is unrelated to an earlier request."""

    topics: Topics
    request: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        parts = [
            _Part(sentence.start, sentence.end, self.topics.of(sentence.text))
            for sentence in said
            if sentence.asks or self.request.search(sentence.text)
        ]
        return _further(parts, are_far)


@dataclass(frozen=True, slots=True)
class _Told:
    """Finds the first clause whose topic is unrelated to that of an earlier clause.

    A clause must have at least two words besides «и». Texts that name one thing as the cause of
    another are ignored.
    """

    topics: Topics
    one_cause: re.Pattern[str]
    effect: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        small = small_letters(text)
        if self.one_cause.search(small):
            return None
        parts = [
            _Part(start, end, self.topics.of(small[start:end]))
            for start, end in _clauses(small)
            if len(_CLAUSE_WORD.findall(small[start:end])) > 1
            and not self.effect.search(small[start:end])
        ]
        return _further(parts, are_far) or _third(parts)


@dataclass(frozen=True, slots=True)
class _Enumerated:
    """Finds the third of enumerated things that have three different topics."""

    topics: Topics

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        for match in _ENUMERATION.finditer(small_letters(text)):
            words = [
                _Part(match.start() + word.start(), match.end(), self.topics.of(word[0]))
                for word in _ENUMERATED_WORD.finditer(match[0])
            ]
            third = _third(words)
            if third is not None:
                return third
        return None


@dataclass(frozen=True, slots=True)
class _Said:
    """Finds an explicit statement that there are several questions."""

    says: re.Pattern[str]

    def __call__(self, text: str, said: tuple[Sentence, ...]) -> _Part | None:
        small = small_letters(text)
        match = self.says.search(small)
        return None if match is None else _Part(match.start(), match.end(), frozenset())


def _place_within(named: tuple[Address, ...], part: _Part) -> Place:
    within = [each for each in named if part.start <= each.start < part.end]
    houses = frozenset(each.house for each in within if each.house)
    return Place(frozenset(each.street for each in within), houses, frozenset())


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    return list(pairwise(ends))


def _third(parts: list[_Part]) -> _Part | None:
    """Returns the third of three parts with pairwise different topics, not all of them related.

    None if there are no three such parts.
    """
    first_of = {part.topics: part for part in reversed(parts) if part.topics}
    for three in combinations(reversed(first_of.values()), _FEWEST_TOPICS):
        pairs = list(combinations(three, 2))
        all_differ = all(are_two(one.topics, other.topics) for one, other in pairs)
        if all_differ and not all(are_near(one.topics, other.topics) for one, other in pairs):
            return three[-1]
    return None


def _further(
    parts: list[_Part], differ: Callable[[frozenset[str], frozenset[str]], bool]
) -> _Part | None:
    pairs = combinations(parts, 2)
    return next((other for one, other in pairs if differ(one.topics, other.topics)), None)


def _opens(small: str, mark: re.Match[str]) -> bool:
    """Whether the match starts a list item; a dash does so only at the start of a line."""
    if not _LINE_DASH.fullmatch(mark[0]):
        return True
    return not small[: mark.start()].rstrip(" \t") or small[: mark.start()].rstrip(" \t").endswith(
        "\n"
    )
