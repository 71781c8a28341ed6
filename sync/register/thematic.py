"""Thematic regulations and technological maps: records, validation, and their deadline rules.

Source: Regulation 3.1-3.3. A regulation applies to topics and categories, a map to one topic or
category at one authority. A record with the id of an earlier one is its next version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from sync.register.calendar.terms import DaysOf
from sync.register.handling.answers import AnswerTermRule, RuleSource


@dataclass(frozen=True, slots=True)
class TermSet:
    """Days in which an authority must answer; 1 or more."""

    days: int
    days_of: DaysOf


@dataclass(frozen=True, slots=True)
class Agreed:
    """Authority (directory key) that approved a regulation, and the day of approval (3.2)."""

    body: str
    on: date


@dataclass(frozen=True, slots=True)
class ThematicRegulation:
    """Thematic regulation; ``topics``, ``categories`` and ``body`` (authority) are directory keys.

    It is valid from ``valid_from`` to ``valid_to`` inclusive. ``file`` is the name of the document
    in the directory. ``body`` answers the messages to which the regulation applies; if ``body`` or
    ``term`` is None, the directory determines it.
    """

    id: str
    number: str
    dated: date
    approved_by: str
    valid_from: date
    valid_to: date | None
    topics: tuple[str, ...]
    categories: tuple[str, ...]
    agreed: tuple[Agreed, ...]
    file: str
    term: TermSet | None = None
    body: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All topics and categories to which the regulation applies."""
        return (*self.topics, *self.categories)


@dataclass(frozen=True, slots=True)
class TechnologicalMap:
    """Answer deadline of one authority for a topic or a category; one of the two is None."""

    id: str
    number: str
    dated: date
    valid_from: date
    valid_to: date | None
    topic: str | None
    category: str | None
    body: str
    term: TermSet
    file: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The topic or category to which the map applies."""
        return tuple(filter(None, (self.topic, self.category)))


Record = ThematicRegulation | TechnologicalMap


class RecordProblem(StrEnum):
    """Reason why a regulation or map is rejected."""

    NUMBER_MISSING = "number_missing"
    APPROVAL_MISSING = "approval_missing"
    ENDS_BEFORE = "ends_before"
    """The last day of validity is before the first one."""
    NO_TOPIC = "no_topic"
    BODY_MISSING = "body_missing"
    TERM_TOO_SHORT = "term_too_short"
    FILE_MISSING = "file_missing"
    ID_TWICE = "id_twice"


def problem_of_records(records: Sequence[Record]) -> RecordProblem | None:
    """Returns the first problem of regulations and maps imported together.

    Only the ids are compared with each other; the rest is checked for each record separately.
    """
    if len({(type(one), one.id) for one in records}) < len(records):
        return RecordProblem.ID_TWICE
    return next(filter(None, map(_problem, records)), None)


def _problem(one: Record) -> RecordProblem | None:
    is_map = isinstance(one, TechnologicalMap)
    checks = (
        (not one.number.strip() or not one.id.strip(), RecordProblem.NUMBER_MISSING),
        (
            isinstance(one, ThematicRegulation) and not one.approved_by.strip(),
            RecordProblem.APPROVAL_MISSING,
        ),
        (
            one.valid_to is not None and one.valid_to < one.valid_from,
            RecordProblem.ENDS_BEFORE,
        ),
        (not one.keys or (is_map and len(one.keys) > 1), RecordProblem.NO_TOPIC),
        (is_map and not one.body, RecordProblem.BODY_MISSING),
        (one.term is not None and one.term.days < 1, RecordProblem.TERM_TOO_SHORT),
        (not one.file.strip(), RecordProblem.FILE_MISSING),
    )
    return next((problem for wrong, problem in checks if wrong), None)


def overlapping(records: Iterable[Record]) -> frozenset[frozenset[str]]:
    """Returns pairs of ids whose validity overlaps: two regulations of a topic or category, or two
    maps of the same authority.

    A map may overlap a regulation, because the map takes precedence (3.3).
    """
    return frozenset(
        frozenset((one.id, other.id))
        for one, other in combinations(records, 2)
        if type(one) is type(other)
        and set(one.keys) & set(other.keys)
        and (isinstance(one, ThematicRegulation) or one.body == other.body)
        and one.valid_from <= (other.valid_to or date.max)
        and other.valid_from <= (one.valid_to or date.max)
    )


def rules_of(records: Iterable[Record]) -> tuple[AnswerTermRule, ...]:
    """Returns the answer deadlines of the records, each with its document and validity."""
    return tuple(rule for one in records for rule in _rules(one))


def _rules(one: Record) -> Iterator[AnswerTermRule]:
    if one.term is None:
        return
    if isinstance(one, TechnologicalMap):
        scopes, source = [(one.topic, one.category)], RuleSource.MAP
        body: str | None = one.body
    else:
        scopes = [
            *((topic, None) for topic in one.topics),
            *((None, category) for category in one.categories),
        ]
        source, body = RuleSource.REGULATION, None
    for topic, category in scopes:
        yield AnswerTermRule(
            topic,
            category,
            body,
            one.term.days,
            one.term.days_of,
            source,
            one.number,
            one.dated,
            one.valid_from,
            one.valid_to,
        )


def regulation_for(
    records: Iterable[Record], topic: str | None, category: str | None, on: date
) -> ThematicRegulation | None:
    """Returns the regulation valid on the day: that of the category, or else that of the topic."""
    found = [
        one
        for one in records
        if isinstance(one, ThematicRegulation)
        and one.valid_from <= on <= (one.valid_to or date.max)
    ]
    by_category = [one for one in found if category in one.categories]
    by_topic = [one for one in found if topic in one.topics]
    return next(reversed(by_category or by_topic), None)


def body_for(
    records: Sequence[Record], topic: str | None, category: str | None, on: date
) -> str | None:
    """Returns the authority to which the valid regulation routes messages (3.1).

    None if there is no valid regulation or it names no authority.
    """
    regulation = regulation_for(records, topic, category, on)
    if regulation is not None and regulation.body is None and category in regulation.categories:
        regulation = regulation_for(records, topic, None, on)
    return None if regulation is None else regulation.body
