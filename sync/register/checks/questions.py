"""Detector of several questions on different topics in one message (Regulation 6.3, item 10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

from sync.register.checks.check import Detector, Sentence, finding, sentences, small_letters
from sync.register.checks.detectors import Topics, are_far, are_two
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile

_NUMBERED = re.compile(
    r"(?:^|(?<=[\s:;.]))(?:[1-9][.)]|[а-е]\)|[-–—•*])(?=\s*[а-я])(?!\s*(?:я|й|е|го|му)\b)"
)
_CLAUSE_END = re.compile(r"[,;:.!?\n]\s|\s[—–-]\s|\s(?=(?:и|а|да|плюс|ну)\s)")
_CLAUSE_WORD = re.compile(r"(?!(?:и|а|да|плюс|ну|не)\b)\b[а-я]+")
_LINE_DASH = re.compile(r"[-–—•*]")
_FEWEST_ITEMS = 2
_LESS_CERTAIN = "told"


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    topics: frozenset[str]


def several_questions_detector(topics: Topics, phrases: PhraseFile) -> Detector:
    """The check for a further question; it finds that question's place.

    Type is "listed" (numbers, «второй вопрос»), "added" («а также», «ещё»), "asked" (two requests
    or questions), "told" (two clauses, a warning alone) or "said" («есть два вопроса»). Parts about
    one topic, or about such as go together, are one question.
    """
    ways = (
        ("listed", _Listed(topics, phrases.parts["<ordinal>"])),
        ("added", _Added(topics, phrases.parts["<adding>"])),
        ("asked", _Asked(topics, phrases.parts["<request>"])),
        (_LESS_CERTAIN, _Told(topics, phrases.parts["<one-cause>"])),
        ("said", _Said(phrases.parts["<says-several>"])),
    )

    def detect(text: str) -> tuple[Finding, ...]:
        small = small_letters(text)
        for type_, further_in in ways:
            part = further_in(small, sentences(text))
            if part is not None:
                end = part.start + len(text[part.start : part.end].rstrip())
                kind = FindingKind.SEVERAL_QUESTIONS
                level = Level.WARN if type_ == _LESS_CERTAIN else Level.GROUND
                return (finding(kind, level, type_, text, part.start, end),)
        return ()

    return detect


@dataclass(frozen=True, slots=True)
class _Listed:
    """The first item of a list that is about another topic than one before it."""

    topics: Topics
    ordinal: re.Pattern[str]

    def __call__(self, small: str, said: tuple[Sentence, ...]) -> _Part | None:
        marks = [match.start() for match in _NUMBERED.finditer(small) if _opens(small, match)]
        if len(marks) < _FEWEST_ITEMS:
            marks = [0, *(match.start() for match in self.ordinal.finditer(small))]
        parts = [
            _Part(start, end, self.topics.of(small[start:end]))
            for start, end in pairwise([*marks, len(small)])
        ]
        return _further(parts, are_two)


@dataclass(frozen=True, slots=True)
class _Added:
    """What a word of adding adds to what stands before it."""

    topics: Topics
    adding: re.Pattern[str]

    def __call__(self, small: str, said: tuple[Sentence, ...]) -> _Part | None:
        for sentence in said:
            for match in self.adding.finditer(sentence.text):
                start = sentence.start + match.start()
                added = self.topics.of(small[start : sentence.end])
                if added and are_far(self.topics.of(small[:start]), added):
                    return _Part(start, sentence.end, added)
        return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The first sentence of a request that is far from another's."""

    topics: Topics
    request: re.Pattern[str]

    def __call__(self, small: str, said: tuple[Sentence, ...]) -> _Part | None:
        parts = [
            _Part(sentence.start, sentence.end, self.topics.of(sentence.text))
            for sentence in said
            if sentence.asks or self.request.search(sentence.text)
        ]
        return _further(parts, are_far)


@dataclass(frozen=True, slots=True)
class _Told:
    """The first clause about what is far from the matter of one before it.

    A clause has more than one word beside its «и»; nothing tells that one is the other's cause.
    """

    topics: Topics
    one_cause: re.Pattern[str]

    def __call__(self, small: str, said: tuple[Sentence, ...]) -> _Part | None:
        if self.one_cause.search(small):
            return None
        ends = [0, *(match.end() for match in _CLAUSE_END.finditer(small)), len(small)]
        parts = [
            _Part(start, end, self.topics.of(small[start:end]))
            for start, end in pairwise(ends)
            if len(_CLAUSE_WORD.findall(small[start:end])) > 1
        ]
        return _further(parts, are_far)


@dataclass(frozen=True, slots=True)
class _Said:
    """Where the author himself says that there are several."""

    says: re.Pattern[str]

    def __call__(self, small: str, said: tuple[Sentence, ...]) -> _Part | None:
        match = self.says.search(small)
        return None if match is None else _Part(match.start(), match.end(), frozenset())


def _further(
    parts: list[_Part], differ: Callable[[frozenset[str], frozenset[str]], bool]
) -> _Part | None:
    pairs = combinations(parts, 2)
    return next((other for one, other in pairs if differ(one.topics, other.topics)), None)


def _opens(small: str, mark: re.Match[str]) -> bool:
    """Whether a mark begins an item: a dash does so only at the beginning of a line."""
    if not _LINE_DASH.fullmatch(mark[0]):
        return True
    return not small[: mark.start()].rstrip(" \t") or small[: mark.start()].rstrip(" \t").endswith(
        "\n"
    )
