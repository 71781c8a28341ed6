"""The message record: statuses, fields, edits, registration, and import from the city platform."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypedDict, Unpack
from uuid import UUID

from sync.errors import RecordClosed
from sync.register.calls.calls import CallRecord
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Action, Operator, Role, may
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence, PersonName, Stated


class State(StrEnum):
    """Status of a message; the allowed transitions are in ``steps``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """Awaits the operator's review (7.5)."""
    UNDER_REVIEW = "under_review"
    """Claimed by one reviewer, who decides (7.6)."""
    REGISTERED = "registered"
    """Has a registration number and is not visible to other users (6.11)."""
    PUBLISHED = "published"
    """Has a registration number and is visible to everyone (6.9)."""
    REFUSED = "refused"
    REMOVED_AS_DUPLICATE = "removed_as_duplicate"
    AT_ORGAN = "at_organ"
    ANSWERED = "answered"
    """An answer was received and must be checked (9.5)."""
    ANSWER_RETURNED = "answer_returned"
    ANSWER_SENT = "answer_sent"
    """The user received an answer that solves the question or explains why it cannot (9.4)."""
    PLANNED = "planned"
    """The user received a promised date and measures; the date is pending (9.6)."""
    RATED = "rated"
    REWORK = "rework"
    """Returned to the authority with the user's remarks (10.3)."""
    CLOSED = "closed"
    PASSED_ON = "passed_on"
    """Sent to the authority because more than a thousand users voted for it (10.6)."""


REVIEWED = frozenset({State.SUBMITTED, State.UNDER_REVIEW})
"""Statuses in which the review decision is pending (7.6, 7.11)."""
ENDS = frozenset({State.REFUSED, State.REMOVED_AS_DUPLICATE, State.CLOSED})
"""Final statuses. The only later changes: a recent decision is reverted, or a late call is
linked.
"""
OPEN = frozenset(State) - ENDS
BEFORE_PUBLICATION = frozenset({State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.REGISTERED})
AFTER_PUBLICATION = OPEN - BEFORE_PUBLICATION - {State.PUBLISHED}
"""Statuses after the message was sent to an authority; it is still published unless withheld."""


_ENDS = (".", "!", "?", "…")


def with_place(text: str, place: str) -> str:
    """Joins the text of a message and its location; returns the text if there is no location.

    The location becomes a separate sentence with a capital letter, which makes a bare name such as
    «родниковая 14» recognisable as a street.
    """
    place = place.strip()
    return f"{text}{_join(text)}{place[:1].upper()}{place[1:]}" if place else text


def place_start(text: str) -> int:
    """Returns the index at which the location starts in the result of ``with_place`` for
    this text.
    """
    return len(text) + len(_join(text))


def _join(text: str) -> str:
    return " " if text.rstrip().endswith(_ENDS) else ". "


MESSAGE_SCHEMA_VERSION = 1


class Publicity(StrEnum):
    """The user's choice of publicity (Regulation 6.8)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"
    NOT_STATED = "not_stated"
    """Treated as non-public (6.10)."""


class MessageProblem(StrEnum):
    """Reason why a message cannot be registered."""

    TEXT_MISSING = "text_missing"
    """The information is missing, in text or another form (6.1)."""
    DATE_MISSING = "date_missing"
    """The date of the reported event is missing (6.1)."""
    TIME_MISSING = "time_missing"
    """The time of the reported event is missing (6.1)."""
    PLACE_MISSING = "place_missing"
    """The location of the reported event is missing (6.1)."""
    CATEGORY_MISSING = "category_missing"
    """The category of the topic is missing (5.3, 7.7)."""
    ALREADY_REGISTERED = "already_registered"
    NOT_ALLOWED = "not_allowed"
    """The operator's role does not register messages."""


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message; the database assigns ``number`` when the message is no longer a draft.

    A draft consists of this record only. Afterwards status, contents, publicity, times and
    authority are derived from the message's events (``handling.handled.projected``) and written
    together with them.

    ``event_on`` and ``event_time`` are in the city's time zone (6.1); ``topic``, ``category`` and
    ``unit`` are directory keys. ``unit`` of a draft is the responsible authority, to which the
    message is sent at registration (7.9). ``platform_id`` and ``platform_status`` are the
    platform's values, ``answer_text`` is the latest answer, including an unreviewed one from the
    platform. ``revision`` counts the writes and is set by the database.
    """

    id: UUID
    number: RegistrationNumber | None
    revision: int
    state: State
    call_id: UUID | None
    text: str
    topic: str | None
    category: str | None
    unit: str | None
    event_on: date | None
    event_time: time | None
    place: str
    publicity: Publicity
    name: PersonName | Absence
    phone: Stated
    email: Stated
    operator_id: UUID
    operator_name: str
    operator_role: Role
    created_at: datetime
    submitted_at: datetime | None
    registered_at: datetime | None
    platform_id: str | None
    platform_status: str | None
    answer_text: str | None
    schema_version: int

    @property
    def is_public(self) -> bool:
        """Whether other users may see the message; a missing choice means non-public (6.8-6.11)."""
        return self.publicity is Publicity.PUBLIC


class MessageChanges(TypedDict, total=False):
    """Fields of a message that an operator fills in."""

    text: str
    topic: str | None
    category: str | None
    unit: str | None
    event_on: date | None
    event_time: time | None
    place: str
    publicity: Publicity
    name: PersonName | Absence
    phone: Stated
    email: Stated


def message_from_call(
    card: CallRecord, id: UUID, at: datetime, operator: Operator
) -> MessageRecord:
    """Returns a message draft with the data of the call record (7.4, 8.2); ``id`` is a UUIDv7.

    Date, time and place of the event are left empty, because the operator must ask for them (6.1).
    """
    return carry_over(_blank(id, at, operator, card.id), card)


def message_without_call(id: UUID, at: datetime, operator: Operator) -> MessageRecord:
    """Returns an empty draft for a message received in person or in writing (7.4)."""
    return _blank(id, at, operator, None)


def _blank(id: UUID, at: datetime, operator: Operator, call_id: UUID | None) -> MessageRecord:
    return MessageRecord(
        id=id,
        number=None,
        revision=1,
        state=State.DRAFT,
        call_id=call_id,
        text="",
        topic=None,
        category=None,
        unit=None,
        event_on=None,
        event_time=None,
        place="",
        publicity=Publicity.NOT_STATED,
        name=Absence.NOT_ASKED,
        phone=Absence.NOT_ASKED,
        email=Absence.NOT_ASKED,
        operator_id=operator.id,
        operator_name=operator.name,
        operator_role=operator.role,
        created_at=at,
        submitted_at=None,
        registered_at=None,
        platform_id=None,
        platform_status=None,
        answer_text=None,
        schema_version=MESSAGE_SCHEMA_VERSION,
    )


def carry_over(message: MessageRecord, card: CallRecord) -> MessageRecord:
    """Returns the message draft with data copied from the call record.

    The author is always copied; text and category only if the message has none.
    """
    _require_open(message)
    own_category = message.category is not None
    return replace(
        message,
        text=message.text if message.text.strip() else card.content,
        topic=message.topic if own_category else card.topic,
        category=message.category if own_category else card.category,
        name=card.name,
        phone=card.phone,
        email=card.email,
    )


def edit(message: MessageRecord, **changes: Unpack[MessageChanges]) -> MessageRecord:
    """Returns the message with the operator's changes; raises RecordClosed if it is not a draft."""
    _require_open(message)
    others = changes.keys() - MessageChanges.__annotations__.keys()
    if others:
        # Also a static type error; checked at run time for untyped callers.
        raise TypeError(f"not for the operator to change: {', '.join(sorted(others))}")
    return replace(message, **changes)


def register(
    message: MessageRecord, at: datetime, operator: Operator
) -> MessageRecord | tuple[MessageProblem, ...]:
    """Returns the registered message, or everything that is still missing (6.1, 5.3).

    A message created from a call counts as submitted at its registration (7.11).
    """
    problems = _problems(message, operator)
    if problems:
        return problems
    return replace(
        message,
        state=State.REGISTERED,
        submitted_at=at,
        registered_at=at,
    )


def _problems(message: MessageRecord, operator: Operator) -> tuple[MessageProblem, ...]:
    if message.state is not State.DRAFT:
        return (MessageProblem.ALREADY_REGISTERED,)
    checks = (
        (not may(operator.role, Action.REGISTER_MESSAGES), MessageProblem.NOT_ALLOWED),
        (not message.text.strip(), MessageProblem.TEXT_MISSING),
        (message.event_on is None, MessageProblem.DATE_MISSING),
        (message.event_time is None, MessageProblem.TIME_MISSING),
        (not message.place.strip(), MessageProblem.PLACE_MISSING),
        (message.category is None, MessageProblem.CATEGORY_MISSING),
    )
    return tuple(problem for wrong, problem in checks if wrong)


def _require_open(message: MessageRecord) -> None:
    if message.state is not State.DRAFT:
        raise RecordClosed("message", message.id)


NOBODY = UUID(int=0)
"""Operator id of a message that its author submitted directly on the platform."""


@dataclass(frozen=True, slots=True)
class SubmittedMessage:
    """Message that a user submitted on the platform, for review by an operator.

    ``category`` is a key of the application's classifier, or the platform's own key if it is not
    mapped. Date, time and author are None if the platform does not provide them.
    """

    platform_id: str
    submitted_at: datetime
    text: str
    place: str
    category: str | None
    publicity: Publicity
    event_on: date | None = None
    event_time: time | None = None
    name: PersonName | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadableRequest:
    """Request of the platform that cannot be imported; ``code`` is the reason."""

    platform_id: str
    code: str


def draft_of(sent: SubmittedMessage, id: UUID, at: datetime, home_area_code: str) -> MessageRecord:
    """Returns a draft, to be submitted for review, of a message from the platform.

    ``id`` is a UUIDv7, ``at`` the time of import.
    """
    phone = canonical_phone(sent.phone, home_area_code) if sent.phone else None
    return MessageRecord(
        id=id,
        number=None,
        revision=1,
        state=State.DRAFT,
        call_id=None,
        text=sent.text,
        topic=None,
        category=sent.category,
        unit=None,
        event_on=sent.event_on,
        event_time=sent.event_time,
        place=sent.place,
        publicity=sent.publicity,
        name=sent.name or Absence.NOT_GIVEN,
        phone=phone or sent.phone or Absence.NOT_GIVEN,
        email=sent.email or Absence.NOT_GIVEN,
        operator_id=NOBODY,
        operator_name="",
        operator_role=Role.OPERATOR,
        created_at=at,
        submitted_at=None,
        registered_at=None,
        platform_id=sent.platform_id,
        platform_status=None,
        answer_text=None,
        schema_version=MESSAGE_SCHEMA_VERSION,
    )
