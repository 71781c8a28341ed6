"""Data of the steps: one frozen type for each kind of facts."""

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
    """The step says all."""


@dataclass(frozen=True, slots=True)
class Told:
    """The message as it is submitted or corrected (6.1)."""

    contents: Contents


@dataclass(frozen=True, slots=True)
class PublicityStated:
    """What the author said when asked (6.8); the event has who wrote it down."""

    publicity: Publicity


@dataclass(frozen=True, slots=True)
class ConfidentialFound:
    """What stands in text or photos (6.12)."""

    kinds: frozenset[Confidential]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why it is done, in a person's words."""

    text: str


class LinkKind(StrEnum):
    """What another message is to this one."""

    SPLIT_INTO = "split_into"
    """Another question of the same author, told together with this one (6.3-10)."""
    SPLIT_FROM = "split_from"
    JOINS = "joins"
    """The same matter is already known: the caller joins it."""
    REPEATS = "repeats"
    """The same text, registered earlier (6.4)."""
    CORRECTS = "corrects"
    """The refused message that this one mends (7.10)."""
    SAME_MATTER = "same_matter"
    """Another user's message on the same matter."""


@dataclass(frozen=True, slots=True)
class Link:
    """``message_id`` is the other message."""

    kind: LinkKind
    message_id: UUID


@dataclass(frozen=True, slots=True)
class Linked:
    """Another message is tied to this one."""

    link: Link


@dataclass(frozen=True, slots=True)
class SplitUp:
    """The new drafts that took over the other questions."""

    into: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class CallLinked:
    """A telephone call about this message."""

    call_id: UUID


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number the message is registered under (7.3, 9.11)."""

    number: RegistrationNumber


@dataclass(frozen=True, slots=True)
class RefusedOn:
    """Why it is refused, and in ``explanation`` what is to be corrected (7.7, 7.10).

    ``earlier_id`` is the message that grounds 6.3-8 and 6.4 rest on.
    """

    grounds: frozenset[Ground]
    explanation: str
    earlier_id: UUID | None = None


class NoticeOutcome(StrEnum):
    """How the author learned of a refusal (7.10)."""

    EMAIL = "email"
    """The mail server took the letter."""
    PHONE = "phone"
    NOBODY = "nobody"
    """There is no contact, or none that works."""


@dataclass(frozen=True, slots=True)
class Notified:
    """What became of the notice of refusal (7.11); ``code`` says why nobody was reached."""

    outcome: NoticeOutcome
    code: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The message that is repeated, and whether its answer term runs (6.4)."""

    original_id: UUID
    is_in_term: bool


@dataclass(frozen=True, slots=True)
class Official:
    """The official of the body who is responsible for the answer, and when he was told (12.3).

    ``full_name`` has the post too, as the directory had them then. Not ``name``: that is erased
    with the author's words.
    """

    full_name: str
    told_on: date


@dataclass(frozen=True, slots=True)
class Routed:
    """The organ it goes to (7.9); both organs are directory keys.

    ``route_organ`` is the one that topic and category point to, None where they point to none;
    ``reason`` is needed for any other. ``official`` is None where nobody was named.
    """

    organ: str
    route_organ: str | None
    reason: str = ""
    official: Official | None = None


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer, written by the operator or come from an organ (9.3, 9.5)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Rated:
    """What the user thinks of the last answer sent to him (10.1, 10.2)."""

    rating: Rating
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class VotesCounted:
    """Votes of users within 72 hours of publication, and the organ that is told (10.6)."""

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
    """The decision that is undone, and with it all that followed from it."""

    event_id: UUID


Facts = NoFacts | Explained | TakenBack | IntakeFacts | AnswerFacts
