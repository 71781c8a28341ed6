"""Answers to messages: kinds, required parts, files, ratings, and answer deadlines (9, 10).

The Regulation sets no answer deadline. Thematic regulations set deadlines by topic and category;
technological maps set deadlines for single authorities.
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
    """Source of an answer deadline, lowest precedence first."""

    DIRECTORY = "directory"
    """Default of the city: the directory entry of the topic, category or authority."""
    REGULATION = "regulation"
    """A thematic regulation (3.1)."""
    MAP = "map"
    """A technological map of an authority (3.3)."""


_STRENGTH = {source: rank for rank, source in enumerate(RuleSource)}


@dataclass(frozen=True, slots=True)
class AnswerTermRule:
    """Rule for the answer deadline of a topic, category or authority (directory keys); None matches
    any.

    ``days`` is 1 or more and counts days of the type ``days_of``. ``number`` and ``dated`` identify
    the document that is the ``source``. The rule is in force from ``valid_from`` to ``valid_to``,
    both included; None means no limit.
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
    """Computed answer deadline: ``due`` is the last day; counting begins on the day after
    ``start``.
    """

    start: date
    due: date
    rule: AnswerTermRule

    def runs_on(self, day: date) -> bool:
        """Whether the deadline has not passed on that day."""
        return day <= self.due


@dataclass(frozen=True, slots=True)
class TermNotSet:
    """Result if no answer deadline is set: the console displays this, and the message is never
    overdue.
    """


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
    """Returns the answer deadline, counted from the day after ``start``.

    Uses the rules in force on ``registered_on``, or on ``start`` if that is None.
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
    """Returns the rule with the highest precedence on the day of registration; None if none fits.

    A technological map precedes a thematic regulation, which precedes the directory (3.3). Within a
    source a category precedes its topic, and a topic precedes an authority; the authority decides
    between otherwise equal rules. Of two rules for the same subject the later one applies.
    """
    told = (topic, category, organ)
    fitting = [rule for rule in rules if _fits(rule, told) and rule.holds_on(registered_on)]
    if not fitting:
        return None
    return max(enumerate(fitting), key=lambda numbered: (_weight(numbered[1]), numbered[0]))[1]


def set_twice(rules: Sequence[AnswerTermRule]) -> tuple[AnswerTermRule, ...]:
    """Returns the rules that a later rule for the same subject replaces, probably an
    editing error.
    """
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
"""File formats accepted in answers: those of 6.5 and PDF, because the Regulation names none
(9.9).
"""


class AnswerKind(StrEnum):
    """Kind of an answer (9.4)."""

    SOLVED = "solved"
    PLANNED = "planned"
    """Gives the date and measures of a future solution."""
    IMPOSSIBLE = "impossible"
    """Gives the reasons why the problem cannot be solved."""


class AnswerLack(StrEnum):
    """Defect that prevents an answer from being accepted."""

    TEXT = "answer_text"
    PLANNED_DATE = "planned_date"
    PLANNED_DATE_AHEAD = "planned_date_ahead"
    """The planned date is not after the day of the answer."""
    MEASURES = "measures"
    GROUNDS = "grounds_of_impossibility"
    ATTACHMENT_FORMAT = "attachment_format"
    """A file has a format that the city does not accept (9.9)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan or photo of an answer; ``format`` is detected from its content."""

    name: str
    format: FileFormat


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file of an answer; ``sha256`` is hexadecimal."""

    attachment: Attachment
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Content of an answer; ``organ`` is the authority's directory key, None for an operator (9.3).

    ``planned_on`` is a date in the city's time zone. ``confidential`` are the findings under 6.12
    in the answer itself, from the automatic check and from the operator.
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
    """Returns the defects, for its kind, of an answer given on the day ``on`` (9.4, 9.9)."""
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
    """The user's rating of an answer (10.1)."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    """Negative rating; it requires remarks (10.2)."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to a message, and what happened to it.

    ``number`` counts the answers that the user receives, from 1; a replacement of a returned answer
    has the same number. ``returned_with`` is the note with which the answer was returned to its
    author.
    """

    number: int
    answer: Answer
    is_sent: bool = False
    returned_with: str | None = None
    rating: Rating | None = None
    remarks: str = ""
