"""Rows of message summaries, by which reports count messages (Regulation 11)."""

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
    """Answers in a message summary."""

    sent: tuple[SentAnswer, ...] = ()
    awaited: TermBasis | None = None
    promised_on: date | None = None


def course_row(course: MessageCourse) -> Row:
    """Returns the columns that the worker writes, without the key and ``counted``."""
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
    """Parses the counts in a summary row."""
    counts: dict[str, Any] = json.loads(text)
    return MessageFigures(**counts)


def grounds_of(text: str | None) -> frozenset[Ground]:
    """Parses the grounds of refusal in a summary row."""
    return frozenset(map(Ground, text.split(","))) if text else frozenset()


def answers_of(text: str | None, own: Own) -> Answers:
    """Parses the answers in a summary row; ``own`` are the topic, category and authority of the
    row.
    """
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
    """Returns the answers in a compact form, because the report of a month reads tens of thousands
    of rows.
    """
    if not course.sent and course.awaited is None and course.promised_on is None:
        return None
    own = (course.topic, course.category, course.organ)
    # All answers share one registration, because a reverted one is not in the summary.
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
