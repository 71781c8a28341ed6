"""Drafts of unsubmitted forms: form kinds, keys, content, and message states that need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sync.register.messages import OPEN, State

KEPT = timedelta(days=90)
"""Time after which an unused draft is deleted."""


class KeptForm(StrEnum):
    """A form with saved drafts; the values are stored for years."""

    ANSWER = "answer"
    """Answer to a message, the subject; its files are parts from 1."""
    DECISION = "decision"
    """Decision on a registered message, the subject."""
    REVIEW = "review"
    """Decision on a message under review, the subject."""
    PLANNED_CALL = "planned_call"
    CLEARING = "clearing"
    """Reasons why findings in the message being written are not personal data."""
    INCIDENT = "incident"
    """Official text of an incident, the subject."""
    CALENDAR = "calendar"
    HANDOVER = "handover"
    PROPOSAL = "proposal"
    """New topic proposal, or the reason to decline a proposal, which is the subject."""
    SYNONYM = "synonym"
    """Expression of callers, and its meaning in the directory."""


WANTED_IN: Mapping[KeptForm, frozenset[State]] = {
    KeptForm.ANSWER: OPEN,
    KeptForm.DECISION: OPEN,
    KeptForm.REVIEW: frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
    KeptForm.CLEARING: frozenset({State.DRAFT}),
}
"""Forms about a message; a draft is deleted with the message and valid in these states of it."""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Key of a draft: the form, and its subject if an operator may have several drafts of it."""

    form: KeptForm
    subject: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """Content of a form as JSON; ``content`` is that of a file."""

    words: Mapping[str, Any]
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeptWords:
    """A stored draft; ``at`` is timezone-aware."""

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
