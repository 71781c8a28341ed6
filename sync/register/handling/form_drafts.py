"""Saved input of unsubmitted forms: form kinds, keys, content, and message states in which it
counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sync.register.messages import OPEN, State

KEPT = timedelta(days=90)
"""Time after which a form draft that was not used is deleted."""


class KeptForm(StrEnum):
    """Form whose input is saved as a draft; the values are stored for years."""

    ANSWER = "answer"
    """Answer to a message, which is the subject; its files are parts from 1."""
    DECISION = "decision"
    """Decision on a registered message, which is the subject."""
    REVIEW = "review"
    """Decision on a message under review, which is the subject."""
    PLANNED_CALL = "planned_call"
    CLEARING = "clearing"
    """Reasons why findings in the message that the operator writes are not personal data."""
    INCIDENT = "incident"
    """Official text of an incident, which is the subject."""
    CALENDAR = "calendar"
    HANDOVER = "handover"
    PROPOSAL = "proposal"
    """New topic proposal, or the reason to decline a proposal, which is the subject."""
    SYNONYM = "synonym"
    """Expression that callers use, and its meaning in the directory."""


WANTED_IN: Mapping[KeptForm, frozenset[State]] = {
    KeptForm.ANSWER: OPEN,
    KeptForm.DECISION: OPEN,
    KeptForm.REVIEW: frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
    KeptForm.CLEARING: frozenset({State.DRAFT}),
}
"""Forms about a message, with the states of the message in which a draft is valid.

The draft is deleted with the message.
"""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Key of a form draft: the form, its subject (if an operator may have several drafts of the
    form), and the part.
    """

    form: KeptForm
    subject: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """Input of a form: ``words`` is JSON, ``content`` the bytes of a file."""

    words: Mapping[str, Any]
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Stored draft of a form; ``at`` is timezone-aware."""

    place: FormPlace
    typed: Typed
    at: datetime


def texts_of(words: object) -> Iterator[str]:
    """Yields every text in a JSON value at any depth, without field names."""
    match words:
        case str():
            yield words
        case Mapping():
            for one in words.values():
                yield from texts_of(one)
        case list() | tuple():
            for one in words:
                yield from texts_of(one)
        case _:
            pass
