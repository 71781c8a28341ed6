"""Data types of events; which type an action has is defined in ``steps``."""

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
    """Data of an action that has none."""


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
    """Kinds of confidential content found in text or photos (6.12)."""

    kinds: frozenset[Confidential]


@dataclass(frozen=True, slots=True)
class Explained:
    """Reason of an action, in the actor's words."""

    text: str


class LinkKind(StrEnum):
    """Relation of a linked message to this one."""

    SPLIT_INTO = "split_into"
    """Another question of the same author, submitted together with this one (6.3-10)."""
    SPLIT_FROM = "split_from"
    JOINS = "joins"
    """The existing message about the same problem, which the caller joins."""
    REPEATS = "repeats"
    """The message with the same text that was registered earlier (6.4)."""
    CORRECTS = "corrects"
    """The refused message that this one corrects (7.10)."""
    SAME_MATTER = "same_matter"
    """Another user's message on the same subject."""


@dataclass(frozen=True, slots=True)
class Link:
    """Link to another message, whose id is ``message_id``."""

    kind: LinkKind
    message_id: UUID


@dataclass(frozen=True, slots=True)
class Linked:
    """Link of another message to this one."""

    link: Link


@dataclass(frozen=True, slots=True)
class SplitUp:
    """Ids of the new drafts with the other questions of a split draft."""

    into: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class CallLinked:
    """Link of a telephone call about this message."""

    call_id: UUID


@dataclass(frozen=True, slots=True)
class Numbered:
    """Assigned registration number (7.3, 9.11)."""

    number: RegistrationNumber


@dataclass(frozen=True, slots=True)
class RefusedOn:
    """Grounds of a refusal; ``explanation`` is the required correction (7.7, 7.10).

    ``earlier_id`` is the earlier message that grounds 6.3-8 and 6.4 require.
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
    """There are no contact details, or none of them works."""


@dataclass(frozen=True, slots=True)
class Notified:
    """Result of notifying the author of a refusal (7.11); ``code`` is the reason of a failure."""

    outcome: NoticeOutcome
    code: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The original message that this one repeats, and whether its answer deadline is
    running (6.4).
    """

    original_id: UUID
    is_in_term: bool


@dataclass(frozen=True, slots=True)
class Official:
    """Official of the authority who is responsible for the answer, and the date of notification
    (12.3).

    ``full_name`` includes the post, as in the directory at that time. The field is not called
    ``name``, because fields with that name are erased with the author's data.
    """

    full_name: str
    told_on: date


@dataclass(frozen=True, slots=True)
class Routed:
    """Authority that receives the message (7.9).

    ``organ`` and ``route_organ`` are directory keys. ``route_organ`` is the authority of topic and
    category, None if they have none; any other authority requires a ``reason``. ``official`` is
    None if no official was named.
    """

    organ: str
    route_organ: str | None
    reason: str = ""
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """Answer written by the operator or received from an authority (9.3, 9.5)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Rated:
    """The user's rating of the last answer (10.1, 10.2)."""

    rating: Rating
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class VotesCounted:
    """Number of users who voted within 72 hours of publication, and the authority to notify
    (10.6).
    """

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
    """Reverted decision, the event ``event_id``; all later events are reverted with it."""

    event_id: UUID


Facts = NoFacts | Explained | TakenBack | IntakeFacts | AnswerFacts
