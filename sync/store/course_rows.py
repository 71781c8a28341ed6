"""Courses of messages as rows of ``message_course``, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.register.checks.grounds import Ground
from sync.register.message_statistics.course import (
    COURSE_VERSION,
    MessageCourse,
    SentAnswer,
    TermBasis,
)
from sync.register.message_statistics.figures import COUNTS, MessageFigures

Row = dict[str, Any]


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


def answers_of(text: str | None) -> Answers:
    """The answers of a row."""
    if text is None:
        return Answers()
    found = json.loads(text)
    return Answers(
        tuple(
            SentAnswer(sent_s, began_s, _basis(basis), ends_promise)
            for sent_s, began_s, ends_promise, basis in found["sent"]
        ),
        None if found["awaited"] is None else _basis(found["awaited"]),
        _date(found["promised_on"]),
    )


def _answers_json(course: MessageCourse) -> Mapping[str, Any] | None:
    if not course.sent and course.awaited is None and course.promised_on is None:
        return None
    return {
        "sent": [
            [one.sent_s, one.began_s, one.ends_promise, _basis_json(one.basis)]
            for one in course.sent
        ],
        "awaited": None if course.awaited is None else _basis_json(course.awaited),
        "promised_on": None if course.promised_on is None else course.promised_on.isoformat(),
    }


def _basis_json(basis: TermBasis) -> Sequence[Any]:
    promised_on = None if basis.promised_on is None else basis.promised_on.isoformat()
    return [promised_on, basis.from_s, basis.topic, basis.category, basis.organ]


def _basis(told: Sequence[Any]) -> TermBasis:
    promised_on, from_s, topic, category, organ = told
    return TermBasis(_date(promised_on), from_s, topic, category, organ)


def _date(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)
