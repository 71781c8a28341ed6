"""Answers to messages: kinds, required parts, files, ratings, and answer terms (Regulation 9, 10).

The Regulation sets no answer term. Thematic regulations set terms by topic and category;
technological maps set terms for single bodies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sync.register.calendar.calendar import WorkingCalendar
from sync.register.calendar.terms import DaysOf, term_end
from sync.register.checks.photo_formats import ALLOWED, FileFormat
from sync.register.handling.contents import Confidential


class RuleSource(StrEnum):
    """What sets a term, the weakest first."""

    DIRECTORY = "directory"
    """The city's default: what the directory says of topic, category or body."""
    REGULATION = "regulation"
    """A thematic regulation (3.1)."""
    MAP = "map"
    """A technological map of a body (3.3)."""


_STRENGTH = {source: rank for rank, source in enumerate(RuleSource)}


@dataclass(frozen=True, slots=True)
class AnswerTermRule:
    """A term for what it names; what is None holds for all. All three are directory keys.

    ``days`` is 1 or more, of the kind ``days_of``. ``number`` and ``dated`` are of the document
    that is the ``source``. The rule is in force from ``valid_from`` to ``valid_to``, both days
    with it; None leaves that side open.
    """

    topic: str | None
    category: str | None
    organ: str | None
    days: int
    days_of: DaysOf
    source: RuleSource = RuleSource.DIRECTORY
    number: str = ""
    dated: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(self.days)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """``start`` is the day before the first that counts, ``due`` the last; ``rule`` set it."""

    start: date
    due: date
    rule: AnswerTermRule

    def runs_on(self, day: date) -> bool:
        """Whether the term has not run out by that day."""
        return day <= self.due


@dataclass(frozen=True, slots=True)
class TermNotSet:
    """Nobody has set a term for such a message; the screen says so, and nothing runs out."""


def answer_term(
    rules: Sequence[AnswerTermRule],
    *,
    topic: str | None,
    category: str | None,
    organ: str | None,
    start: date,
    calendar: WorkingCalendar,
    registered_on: date | None = None,
) -> AnswerTerm | TermNotSet:
    """The term by the rule for these three, counted from the day ``start``, itself left out.

    The rule is one that was in force on the day of registration, which is ``start`` where None.
    """
    rule = rule_for(rules, topic, category, organ, registered_on or start)
    if rule is None:
        return TermNotSet()
    return AnswerTerm(start, term_end(start, rule.days, rule.days_of, calendar), rule)


def rule_for(
    rules: Sequence[AnswerTermRule],
    topic: str | None,
    category: str | None,
    organ: str | None,
    registered_on: date,
) -> AnswerTermRule | None:
    """The rule that wins, of those in force on the day of registration; it tells its source.

    A technological map is more than a thematic regulation, and that more than the directory (3.3).
    Of one source a category is more than its topic, a topic more than an organ; an organ decides
    between rules that are else alike. Of two rules for the very same the later one holds.
    """
    told = (topic, category, organ)
    fitting = [rule for rule in rules if _fits(rule, told) and rule.holds_on(registered_on)]
    if not fitting:
        return None
    return max(enumerate(fitting), key=lambda numbered: (_weight(numbered[1]), numbered[0]))[1]


def set_twice(rules: Sequence[AnswerTermRule]) -> tuple[AnswerTermRule, ...]:
    """Rules that a later one for the very same makes void: slips of the table's editor."""
    last = {_scope(rule): place for place, rule in enumerate(rules)}
    return tuple(rule for place, rule in enumerate(rules) if last[_scope(rule)] != place)


def _scope(rule: AnswerTermRule) -> tuple[str | None, str | None, str | None]:
    return rule.topic, rule.category, rule.organ


def _fits(rule: AnswerTermRule, told: tuple[str | None, str | None, str | None]) -> bool:
    pairs = zip(_scope(rule), told, strict=True)
    return all(wanted is None or wanted == given for wanted, given in pairs)


def _weight(rule: AnswerTermRule) -> tuple[int, bool, bool, bool]:
    return (
        _STRENGTH[rule.source],
        rule.category is not None,
        rule.topic is not None,
        rule.organ is not None,
    )


ATTACHMENT_FORMATS = ALLOWED | {FileFormat.PDF}
"""Of scans and photos on an answer: the regulation names none (9.9), so those of 6.5 and PDF."""


class AnswerKind(StrEnum):
    """What an answer tells (9.4)."""

    SOLVED = "solved"
    PLANNED = "planned"
    """When and by what measures it will be solved."""
    IMPOSSIBLE = "impossible"
    """Why it cannot be solved."""


class AnswerLack(StrEnum):
    """What keeps an answer from being taken."""

    TEXT = "answer_text"
    PLANNED_DATE = "planned_date"
    PLANNED_DATE_AHEAD = "planned_date_ahead"
    """The planned date is not after the day of the answer."""
    MEASURES = "measures"
    GROUNDS = "grounds_of_impossibility"
    ATTACHMENT_FORMAT = "attachment_format"
    """A file is of a format that the city does not take (9.9)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan or photo on an answer; ``format`` is told by its contents."""

    name: str
    format: FileFormat


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of an answer as a store has it; ``sha256`` is hexadecimal."""

    attachment: Attachment
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; ``organ`` is a directory key, None when the operator answers (9.3).

    ``planned_on`` is of the city's calendar. ``confidential`` is what the check of 6.12 and the
    operator found in the answer itself.
    """

    kind: AnswerKind
    text: str
    organ: str | None
    planned_on: date | None = None
    measures: str = ""
    grounds: str = ""
    attachments: tuple[Attachment, ...] = ()
    confidential: tuple[Confidential, ...] = ()


def lacks_of(answer: Answer, on: date, formats: frozenset[FileFormat]) -> tuple[AnswerLack, ...]:
    """What an answer given on that day lacks for its kind (9.4, 9.9)."""
    planned = answer.kind is AnswerKind.PLANNED
    ahead = answer.planned_on is None or answer.planned_on > on
    impossible = answer.kind is AnswerKind.IMPOSSIBLE
    checks = (
        (not answer.text.strip(), AnswerLack.TEXT),
        (planned and answer.planned_on is None, AnswerLack.PLANNED_DATE),
        (planned and not ahead, AnswerLack.PLANNED_DATE_AHEAD),
        (planned and not answer.measures.strip(), AnswerLack.MEASURES),
        (impossible and not answer.grounds.strip(), AnswerLack.GROUNDS),
        (
            any(file.format not in formats for file in answer.attachments),
            AnswerLack.ATTACHMENT_FORMAT,
        ),
    )
    return tuple(lack for wrong, lack in checks if wrong)


class Rating(StrEnum):
    """What the user thinks of an answer (10.1)."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    """The negative one: remarks must go with it (10.2)."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer on its way to the user.

    ``number`` counts the answers that the user gets, from 1: one that takes the place of a
    returned answer has its number. ``returned_with`` is the note it went back with.
    """

    number: int
    answer: Answer
    is_sent: bool = False
    returned_with: str | None = None
    rating: Rating | None = None
    remarks: str = ""
