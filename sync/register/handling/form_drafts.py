"""Drafts of unsubmitted forms: form kinds, keys, content, and message states that need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sync.register.messages import OPEN, State

KEPT = timedelta(days=90)
"""So long words that nobody goes on with are kept."""


class KeptForm(StrEnum):
    """A form whose words are kept; written in stores for years."""

    ANSWER = "answer"
    """The answer to a message, which is the subject; its files are parts from 1."""
    DECISION = "decision"
    """What is decided about a message after its registration, which is the subject."""
    REVIEW = "review"
    """What is decided about a message under review, which is the subject."""
    PLANNED_CALL = "planned_call"
    CLEARING = "clearing"
    """Why what a message holds is no personal data, of the message that is being written."""
    INCIDENT = "incident"
    """The official text of an incident, which is the subject."""
    CALENDAR = "calendar"
    HANDOVER = "handover"
    PROPOSAL = "proposal"
    """A new proposal on topics, or why one, which is the subject, is declined."""
    SYNONYM = "synonym"
    """What people say, and what it means in the directory."""


WANTED_IN: Mapping[KeptForm, frozenset[State]] = {
    KeptForm.ANSWER: OPEN,
    KeptForm.DECISION: OPEN,
    KeptForm.REVIEW: frozenset({State.SUBMITTED, State.UNDER_REVIEW}),
    KeptForm.CLEARING: frozenset({State.DRAFT}),
}
"""Forms about a message: what stands in them goes with it, and is wanted in these states of it."""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Which form, and what it is about where an operator may have several of them."""

    form: KeptForm
    subject: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form, as JSON has it; ``content`` is that of a file."""

    words: Mapping[str, Any]
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What stood in a form when it was last written; ``at`` is aware."""

    place: FormPlace
    typed: Typed
    at: datetime


def texts_of(words: object) -> Iterator[str]:
    """Every text in a value of JSON, at any depth; names of fields are none."""
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
