"""Rows of message courses: the summary by which reports count a message (Regulation 11)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.register.checks.finding import Ground
from sync.register.figures.course import COURSE_VERSION, MessageCourse, SentAnswer, TermBasis
from sync.register.figures.figures import COUNTS, MessageFigures

Row = dict[str, Any]


Own = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """The part of a course that tells of answers."""

    sent: tuple[SentAnswer, ...] = ()
    awaited: TermBasis | None = None
    promised_on: date | None = None


def course_row(course: MessageCourse) -> Row:
    """The columns that the worker writes, without the key and ``counted``."""
    street, decided_by = course.street, course.decided_by
    return {
        "made_by": COURSE_VERSION,
        "state": course.state.value,
        "topic": course.topic,
        "category": course.category,
        "organ": course.organ,
        "street_key": None if street is None else street.key,
        "street_name": None if street is None else street.name,
        "is_from_platform": course.is_from_platform,
        "submitted_s": course.submitted_s,
        "decided_s": course.decided_s,
        "decided_by_id": None if decided_by is None else decided_by.id,
        "decided_by_name": None if decided_by is None else decided_by.name,
        "decided_by_role": None if decided_by is None else decided_by.role.value,
        "grounds": ",".join(sorted(course.grounds)) or None,
        "told": {name: count for name in COUNTS if (count := getattr(course.told, name))},
        "answers": _answers_json(course),
    }


def told_of(text: str) -> MessageFigures:
    """The counts of a row."""
    counts: dict[str, Any] = json.loads(text)
    return MessageFigures(**counts)


def grounds_of(text: str | None) -> frozenset[Ground]:
    """The grounds of a row."""
    return frozenset(map(Ground, text.split(","))) if text else frozenset()


def answers_of(text: str | None, own: Own) -> Answers:
    """The answers of a row; ``own`` are its topic, category and organ."""
    if text is None:
        return Answers()
    sent, awaited, promised_on, registered_s = json.loads(text)
    return Answers(
        tuple(
            SentAnswer(sent_s, began_s, _basis(basis, own, registered_s), ends_promise)
            for sent_s, began_s, ends_promise, *basis in sent
        ),
        None if awaited is None else _basis(awaited, own, registered_s),
        _date(promised_on),
    )


def _answers_json(course: MessageCourse) -> Sequence[Any] | None:
    """As short as it can be told: a report of a month reads tens of thousands."""
    if not course.sent and course.awaited is None and course.promised_on is None:
        return None
    own = (course.topic, course.category, course.organ)
    # A registration that was taken back stands in no course: all of one message name the same.
    bases = [*(one.basis for one in course.sent), *filter(None, (course.awaited,))]
    registered_s = next((one.registered_s for one in bases), None)
    return [
        [
            [one.sent_s, one.began_s, one.ends_promise, *_basis_json(one.basis, own)]
            for one in course.sent
        ],
        None if course.awaited is None else _basis_json(course.awaited, own),
        None if course.promised_on is None else course.promised_on.isoformat(),
        registered_s,
    ]


def _basis_json(basis: TermBasis, own: Own) -> Sequence[Any]:
    promised_on = None if basis.promised_on is None else basis.promised_on.isoformat()
    of = (basis.topic, basis.category, basis.organ)
    return [promised_on, basis.from_s, *(() if of == own else of)]


def _basis(told: Sequence[Any], own: Own, registered_s: int | None) -> TermBasis:
    promised_on, from_s, *of = told
    topic, category, organ = of or own
    return TermBasis(_date(promised_on), from_s, topic, category, organ, registered_s)


def _date(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)
