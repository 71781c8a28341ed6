"""The call record (Regulation 7.3): fields, results (7.4), and edits from first ring to closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypedDict, Unpack
from uuid import UUID

from sync.errors import RecordClosed
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Action, Operator, Role, may
from sync.register.people.phones import canonical_phone
from sync.register.people.values import Absence, PersonName, Stated


class RequestWay(StrEnum):
    """Intake channel of a request that did not arrive through the hotline."""

    WALK_IN = "walk_in"
    MOBILE = "mobile"
    """A call to a phone that does not belong to the hotline."""
    LETTER = "letter"
    """On paper or by e-mail."""
    OTHER = "other"


CALL_SCHEMA_VERSION = 1

Direction = Literal["incoming", "outgoing"]
EntryKind = Literal["question", "unit", "service", "person", "procedure", "script"]
"""Kind of the source of an answer. Older records use "procedure" for a service. A "script" is a
text of the program that the operator read to the caller.
"""

ANSWERED_ELSEWHERE = "answered_elsewhere"
"""End cause for a call that a colleague answered: neither missed nor answered at this workplace."""


class CallResult(StrEnum):
    """Result of a call: the three results of Regulation 7.4 and the technical ones."""

    ANSWERED = "answered"
    """Answered by the operator (7.4, 1; 8.1)."""
    CONTACTS = "contacts"
    """Contacts given, for the user to apply directly (7.4, 2)."""
    MESSAGE = "message"
    """A message was created for a written answer (7.4, 3; 8.2)."""
    NOT_ANSWERED = "not_answered"
    DROPPED = "dropped"
    SILENT = "silent"
    WRONG_NUMBER = "wrong_number"

    @property
    def is_technical(self) -> bool:
        """Whether the result is not one of the three of Regulation 7.4."""
        return self not in (CallResult.ANSWERED, CallResult.CONTACTS, CallResult.MESSAGE)


class CallState(StrEnum):
    """Whether the record is still being edited."""

    DRAFT = "draft"
    CLOSED = "closed"


class CallProblem(StrEnum):
    """Reason why a card cannot be closed."""

    CONTENT_MISSING = "content_missing"
    """The content of the call is missing (7.3)."""
    RESULT_MISSING = "result_missing"
    """The result of the call is missing (7.3)."""
    CONTACTS_MISSING = "contacts_missing"
    """Contacts were given, but neither a unit nor a text specifies them (7.4)."""
    MESSAGE_MISSING = "message_missing"
    """The result is "message", but no message is linked (7.4, 8.2)."""
    ALREADY_CLOSED = "already_closed"
    NOT_ALLOWED = "not_allowed"
    """The operator's role does not take calls."""


@dataclass(frozen=True, slots=True)
class UsedEntry:
    """A directory entry used for the answer, with its title at that time."""

    key: str
    kind: EntryKind
    title: str


@dataclass(frozen=True, slots=True)
class CallRoute:
    """Routing of an incoming call as reported by the network; empty fields are unknown.

    ``queue`` is the name of a queue of the PBX, ``transferred_by`` the party that transferred the
    caller, ``diverted_from`` the number of the last diversion.
    """

    queue: str = ""
    transferred_by: str = ""
    diverted_from: str = ""


NO_ROUTE = CallRoute()


@dataclass(frozen=True, slots=True)
class NewCall:
    """Data of a call known at its first ring.

    ``caller_number`` is the remote party's number from the network, also of an outgoing call; empty
    if hidden. ``arrived_at`` is the timezone-aware time of the first INVITE.
    """

    sip_call_id: str
    direction: Direction
    arrived_at: datetime
    caller_number: str
    caller_name: str
    dialled_line: str
    out_of_hours: bool
    route: CallRoute = NO_ROUTE


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A registered telephone call or request (Regulation 7.3).

    The eight fields of 7.3 are ``number``, date and time of ``arrived_at``, ``content``,
    ``result``, ``email``, ``name`` and ``phone``. Times are timezone-aware. ``end_cause`` is the
    code of the phone process, ``end_status`` the SIP status that led to it. ``first_key_at`` is the
    time of the operator's first change of the card, ``hit_accepted_at`` of the first use of a
    directory entry. ``topic`` and ``category`` are classifier keys. ``concerned`` is the person
    that the matter is about, in the caller's words, if not the caller. ``operator_id`` is the
    operator who took the call; ``closed_by_id`` the one who closed the card, None for a call
    registered automatically. ``way`` is the intake channel of a manual record, None for a call.
    ``part_of`` is set for an additional question (``by_hand``): the number of the first record of
    the call. ``handled_at`` is the time when an operator resolved a missed call.
    """

    id: UUID
    number: RegistrationNumber
    revision: int
    state: CallState
    direction: Direction
    sip_call_id: str
    arrived_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    first_key_at: datetime | None
    hit_accepted_at: datetime | None
    end_cause: str | None
    end_status: int | None
    dialled_line: str
    caller_number_raw: str
    caller_name: str
    phone: Stated
    email: Stated
    name: PersonName | Absence
    concerned: str
    content: str
    result: CallResult | None
    used_entries: tuple[UsedEntry, ...]
    topic: str | None
    category: str | None
    message_id: UUID | None
    out_of_hours: bool
    operator_id: UUID
    operator_name: str
    operator_role: Role
    closed_by_id: UUID | None
    closed_by_name: str | None
    workplace: str
    created_at: datetime
    saved_at: datetime | None
    way: RequestWay | None
    part_of: RegistrationNumber | None
    handled_at: datetime | None
    route: CallRoute
    schema_version: int


class CallChanges(TypedDict, total=False):
    """Fields of a card that an operator fills in."""

    phone: Stated
    email: Stated
    name: PersonName | Absence
    concerned: str
    content: str
    result: CallResult | None
    topic: str | None
    category: str | None
    message_id: UUID | None


def begun_draft(
    *,
    id: UUID,
    number: RegistrationNumber,
    direction: Direction,
    sip_call_id: str,
    arrived_at: datetime,
    at: datetime,
    operator: Operator,
    workplace: str,
) -> CallRecord:
    """Returns an empty draft of a call record.

    ``id`` is a UUIDv7, ``at`` the time of creation, ``workplace`` the code in the registration
    number.
    """
    return CallRecord(
        id=id,
        number=number,
        revision=1,
        state=CallState.DRAFT,
        direction=direction,
        sip_call_id=sip_call_id,
        arrived_at=arrived_at,
        answered_at=None,
        ended_at=None,
        first_key_at=None,
        hit_accepted_at=None,
        end_cause=None,
        end_status=None,
        dialled_line="",
        caller_number_raw="",
        caller_name="",
        phone=Absence.NOT_ASKED,
        email=Absence.NOT_ASKED,
        name=Absence.NOT_ASKED,
        concerned="",
        content="",
        result=None,
        used_entries=(),
        topic=None,
        category=None,
        message_id=None,
        out_of_hours=False,
        operator_id=operator.id,
        operator_name=operator.name,
        operator_role=operator.role,
        closed_by_id=None,
        closed_by_name=None,
        workplace=workplace,
        created_at=at,
        saved_at=None,
        way=None,
        part_of=None,
        handled_at=None,
        route=NO_ROUTE,
        schema_version=CALL_SCHEMA_VERSION,
    )


def open_card(
    call: NewCall,
    *,
    id: UUID,
    number: RegistrationNumber,
    at: datetime,
    operator: Operator,
    workplace: str,
    home_area_code: str,
) -> CallRecord:
    """Opens the draft of a call at its first ring; a known caller number becomes the contact phone.

    The other arguments are those of ``begun_draft``.
    """
    draft = begun_draft(
        id=id,
        number=number,
        direction=call.direction,
        sip_call_id=call.sip_call_id,
        arrived_at=call.arrived_at,
        at=at,
        operator=operator,
        workplace=workplace,
    )
    return replace(
        draft,
        dialled_line=call.dialled_line,
        caller_number_raw=call.caller_number,
        caller_name=call.caller_name,
        phone=canonical_phone(call.caller_number, home_area_code) or Absence.NOT_ASKED,
        out_of_hours=call.out_of_hours,
        route=call.route,
    )


def edit(card: CallRecord, **changes: Unpack[CallChanges]) -> CallRecord:
    """Returns the draft with the operator's changes; raises RecordClosed for a closed card."""
    require_draft(card)
    others = changes.keys() - CallChanges.__annotations__.keys()
    if others:
        # A type checker refuses this too, but not all callers are checked.
        raise TypeError(f"not for the operator to change: {', '.join(sorted(others))}")
    return replace(card, **changes)


def touched(card: CallRecord, at: datetime) -> CallRecord:
    """Returns the draft with ``at`` as the time of the operator's first change, unless
    already set.
    """
    return card if card.first_key_at is not None else replace(card, first_key_at=at)


def helped_by_directory(card: CallRecord, at: datetime) -> CallRecord:
    """Returns the draft with ``at`` as the time of the first used entry, unless already set."""
    return card if card.hit_accepted_at is not None else replace(card, hit_accepted_at=at)


def link_message(card: CallRecord, message_id: UUID, message_text: str) -> CallRecord:
    """Links a message to the draft, whose result becomes "message" (7.4, 8.2).

    Empty content is filled with the message's text.
    """
    require_draft(card)
    return replace(
        card,
        result=CallResult.MESSAGE,
        message_id=message_id,
        content=card.content if card.content.strip() else message_text,
    )


def link_saved(card: CallRecord, message_id: UUID) -> CallRecord:
    """Links a message that was completed after the call was closed (7.4, 3).

    If the call has several messages, the record refers to the first one; the others refer to the
    call.
    """
    own = message_id if card.message_id is None else card.message_id
    return replace(card, message_id=own, result=CallResult.MESSAGE)


def keep_link(card: CallRecord, stored: CallRecord) -> CallRecord:
    """Returns the record with the message link of ``stored``: a linked message remains linked
    (7.4).

    A copy of the record made before the link lacks the message and the fields set with it.
    """
    if stored.message_id is None or card.message_id is not None:
        return card
    filed = card if card.category or card.topic else stored
    return replace(
        card,
        message_id=stored.message_id,
        result=stored.result,
        content=card.content if card.content.strip() else stored.content,
        topic=filed.topic,
        category=filed.category,
    )


def answered(card: CallRecord, at: datetime) -> CallRecord:
    """Returns the record with ``at`` as the time of the answer, unless already set."""
    return card if card.answered_at is not None else replace(card, answered_at=at)


def ended(card: CallRecord, at: datetime, cause: str, status: int | None = None) -> CallRecord:
    """Returns the record with the time and cause of the end of the call, unless already set."""
    if card.ended_at is not None:
        return card
    return replace(card, ended_at=at, end_cause=cause, end_status=status)


def close(
    card: CallRecord, at: datetime, operator: Operator
) -> CallRecord | tuple[CallProblem, ...]:
    """Closes the record, or returns all problems (7.3).

    Content and result are required; a technical result needs no content.
    """
    problems = _problems(card, operator)
    if problems:
        return problems
    return replace(
        card,
        state=CallState.CLOSED,
        saved_at=at,
        closed_by_id=operator.id,
        closed_by_name=operator.name,
    )


def _problems(card: CallRecord, operator: Operator) -> tuple[CallProblem, ...]:
    if card.state is CallState.CLOSED:
        return (CallProblem.ALREADY_CLOSED,)
    problems = []
    if not may(operator.role, Action.TAKE_CALLS):
        problems.append(CallProblem.NOT_ALLOWED)
    if card.result is None:
        problems.append(CallProblem.RESULT_MISSING)
    if not card.content.strip() and not (card.result is not None and card.result.is_technical):
        problems.append(_content_problem(card))
    if card.result is CallResult.MESSAGE and card.message_id is None:
        problems.append(CallProblem.MESSAGE_MISSING)
    return tuple(problems)


def _content_problem(card: CallRecord) -> CallProblem:
    unit_named = any(used.kind in ("unit", "script") for used in card.used_entries)
    if card.result is CallResult.CONTACTS and not unit_named:
        return CallProblem.CONTACTS_MISSING
    return CallProblem.CONTENT_MISSING


def missed(card: CallRecord, at: datetime, cause: str) -> CallRecord:
    """Returns the closed record of a missed call, which is registered without an operator (7.3).

    Input made during ringing is preserved, and so is an end of the call already set. Raises
    RecordClosed for a closed record, and ValueError for an answered call.
    """
    require_draft(card)
    if card.answered_at is not None:
        raise ValueError("an answered call is not missed")
    return replace(
        ended(card, at, cause),
        state=CallState.CLOSED,
        result=CallResult.NOT_ANSWERED,
        saved_at=at,
    )


def require_draft(card: CallRecord) -> None:
    """Raises RecordClosed for a closed record."""
    if card.state is CallState.CLOSED:
        raise RecordClosed("call", card.id)
