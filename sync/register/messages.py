"""A message to the city platform: made from a call, completed, registered (Regulation 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypedDict, Unpack
from uuid import UUID

from sync.errors import RecordClosed
from sync.register.calls import CallRecord
from sync.register.handling.states import State
from sync.register.numbering import RegistrationNumber
from sync.register.operators import Operator, Role
from sync.register.rights import Action, may
from sync.register.values import Absence, PersonName, Stated

MESSAGE_SCHEMA_VERSION = 1


class Publicity(StrEnum):
    """What the user said of publicity (Regulation 6.8)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"
    NOT_STATED = "not_stated"
    """Counts as non-public (6.10)."""


class MessageProblem(StrEnum):
    """What keeps a message from being registered."""

    TEXT_MISSING = "text_missing"
    """Information in text or other form (6.1)."""
    DATE_MISSING = "date_missing"
    """Date the information is connected with (6.1)."""
    TIME_MISSING = "time_missing"
    """Time the information is connected with (6.1)."""
    PLACE_MISSING = "place_missing"
    """Place the information is connected with (6.1)."""
    CATEGORY_MISSING = "category_missing"
    """Category of the topic (5.3, 7.7)."""
    ALREADY_REGISTERED = "already_registered"
    NOT_ALLOWED = "not_allowed"
    """The operator's role does not register messages."""


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message; ``number`` is given by the store when the message leaves the drafts.

    While it is a draft the record is all there is of it. Later on state, contents, publicity,
    moments and organ are what its events say (``handling.handled.projected``), written with them.

    ``event_on`` and ``event_time`` are of the city's clock (6.1); ``topic``, ``category`` and
    ``unit`` are directory keys. ``platform_id`` and ``platform_status`` are the platform's words,
    ``answer_text`` the newest answer, also one from the platform that nobody has judged yet.
    ``revision`` counts the writes and is the store's.
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
        """Whether others may see it; what was not stated is non-public (6.8-6.11)."""
        return self.publicity is Publicity.PUBLIC


class MessageChanges(TypedDict, total=False):
    """The fields of a message that an operator fills in."""

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
    """A draft with everything the call's card holds already (7.4, 8.2); ``id`` is a UUIDv7.

    Date, time and place of the event are left open: they must be asked, not guessed (6.1).
    """
    return carry_over(_blank(id, at, operator, card.id), card)


def message_without_call(id: UUID, at: datetime, operator: Operator) -> MessageRecord:
    """An empty draft of what came by no call: brought, written or told in person (7.4)."""
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
    """The draft brought up to what was typed into its call's card meanwhile.

    The author is the card's; text and category only where the message has none of its own.
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
    """The message with what was typed or chosen; raises RecordClosed once it is no draft."""
    _require_open(message)
    others = changes.keys() - MessageChanges.__annotations__.keys()
    if others:
        # A type checker refuses this too; the rule must also hold for calls it does not see.
        raise TypeError(f"not for the operator to change: {', '.join(sorted(others))}")
    return replace(message, **changes)


def register(
    message: MessageRecord, at: datetime, operator: Operator
) -> MessageRecord | tuple[MessageProblem, ...]:
    """The registered message, or all that is missing for it (6.1, 5.3).

    A message made from a call is submitted at the moment of registration (7.11).
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
