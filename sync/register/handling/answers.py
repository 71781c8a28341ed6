"""Answers to a message (Regulation 9.1-9.9) and what users say of them (10.1-10.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sync.register.handling.confidential import Confidential
from sync.register.photos.formats import ALLOWED, FileFormat

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
