"""Data of events: one frozen type for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.handling.answers import Answer, Rating
from sync.register.handling.contents import Confidential, Contents
from sync.register.messages import Publicity
from sync.register.numbering import RegistrationNumber


@dataclass(frozen=True, slots=True)
class NoFacts:
    """No data besides the action."""


@dataclass(frozen=True, slots=True)
class Told:
    """Content of the message as submitted or corrected (6.1)."""

    contents: Contents


@dataclass(frozen=True, slots=True)
class PublicityStated:
    """The author's choice of publicity (6.8); the event names the operator who recorded it."""

    publicity: Publicity


@dataclass(frozen=True, slots=True)
class ConfidentialFound:
    """Findings in text or photos (6.12)."""

    kinds: frozenset[Confidential]


@dataclass(frozen=True, slots=True)
class Explained:
    """The reason, in the actor's words."""

    text: str


class LinkKind(StrEnum):
    """Relation of another message to this one."""

    SPLIT_INTO = "split_into"
    """Another question of the same author, submitted together with this one (6.3-10)."""
    SPLIT_FROM = "split_from"
    JOINS = "joins"
    """The problem is already known, and the caller joins that message."""
    REPEATS = "repeats"
    """The same text, registered earlier (6.4)."""
    CORRECTS = "corrects"
    """The refused message that this one corrects (7.10)."""
    SAME_MATTER = "same_matter"
    """Another user's message on the same subject."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``message_id`` is the other message."""

    kind: LinkKind
    message_id: UUID


@dataclass(frozen=True, slots=True)
class Linked:
    """Another message is linked to this one."""

    link: Link


@dataclass(frozen=True, slots=True)
class SplitUp:
    """The new drafts with the other questions."""

    into: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class CallLinked:
    """A telephone call about this message."""

    call_id: UUID


@dataclass(frozen=True, slots=True)
class Numbered:
    """The registration number (7.3, 9.11)."""

    number: RegistrationNumber


@dataclass(frozen=True, slots=True)
class RefusedOn:
    """Grounds of the refusal, and in ``explanation`` the required correction (7.7, 7.10).

    ``earlier_id`` is the message required by grounds 6.3-8 and 6.4.
    """

    grounds: frozenset[Ground]
    explanation: str
    earlier_id: UUID | None = None


class NoticeOutcome(StrEnum):
    """Outcome of notifying the author of a refusal (7.10)."""

    EMAIL = "email"
    """The mail server accepted the message."""
    PHONE = "phone"
    NOBODY = "nobody"
    """There is no contact, or none that works."""


@dataclass(frozen=True, slots=True)
class Notified:
    """Outcome of the notification of refusal (7.11); ``code`` is the reason of a failure."""

    outcome: NoticeOutcome
    code: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The repeated message, and whether its answer deadline is running (6.4)."""

    original_id: UUID
    is_in_term: bool


@dataclass(frozen=True, slots=True)
class Official:
    """Official of the body responsible for the answer, and the date of notification (12.3).

    ``full_name`` includes the post, as in the directory at that time. It is not called ``name``,
    because fields of that name are erased with the author's data.
    """

    full_name: str
    told_on: date


@dataclass(frozen=True, slots=True)
class Routed:
    """The body that receives the message (7.9); both bodies are directory keys.

    ``route_organ`` is the body of topic and category, None if they have none; any other body
    requires a ``reason``. ``official`` is None if no official was named.
    """

    organ: str
    route_organ: str | None
    reason: str = ""
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer written by the operator or received from a body (9.3, 9.5)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Rated:
    """The user's rating of the last answer (10.1, 10.2)."""

    rating: Rating
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class VotesCounted:
    """Votes of users within 72 hours of publication, and the body to notify (10.6)."""

    users_in_time: int
    organ: str


IntakeFacts = (
    Told
    | PublicityStated
    | ConfidentialFound
    | Linked
    | SplitUp
    | CallLinked
    | Numbered
    | RefusedOn
    | Notified
    | Repeated
)
AnswerFacts = Routed | AnswerGiven | Rated | VotesCounted


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The reverted decision; all later events are reverted with it."""

    event_id: UUID


Facts = NoFacts | Explained | TakenBack | IntakeFacts | AnswerFacts
