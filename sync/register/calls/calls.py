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
    """The way a request came that no telephone of the line has told of."""

    WALK_IN = "walk_in"
    MOBILE = "mobile"
    """A call to a telephone that is none of the line's."""
    LETTER = "letter"
    """On paper or as an e-mail."""
    OTHER = "other"


CALL_SCHEMA_VERSION = 1

Direction = Literal["incoming", "outgoing"]
EntryKind = Literal["question", "unit", "service", "person", "procedure", "script"]
"""What kind of entry an answer came from; "procedure" is how older records name a service, and a
"script" is a text of the program that the operator read out."""

ANSWERED_ELSEWHERE = "answered_elsewhere"
"""The phone's word for a call that a colleague took: neither missed nor ours."""


class CallResult(StrEnum):
    """What came of a call: the three results of Regulation 7.4 and the technical ones."""

    ANSWERED = "answered"
    """The operator answered himself (7.4, first; 8.1)."""
    CONTACTS = "contacts"
    """Contacts given for the user to apply himself (7.4, second)."""
    MESSAGE = "message"
    """A message was made for a written answer (7.4, third; 8.2)."""
    NOT_ANSWERED = "not_answered"
    DROPPED = "dropped"
    SILENT = "silent"
    WRONG_NUMBER = "wrong_number"

    @property
    def is_technical(self) -> bool:
        """Whether the result stands apart from the three of Regulation 7.4."""
        return self not in (CallResult.ANSWERED, CallResult.CONTACTS, CallResult.MESSAGE)


class CallState(StrEnum):
    """Whether the record is still being written."""

    DRAFT = "draft"
    CLOSED = "closed"


class CallProblem(StrEnum):
    """What keeps a card from being closed."""

    CONTENT_MISSING = "content_missing"
    """Content of the call (7.3)."""
    RESULT_MISSING = "result_missing"
    """Result of handling (7.3)."""
    CONTACTS_MISSING = "contacts_missing"
    """Contacts were given, but neither a unit nor a text tells which (7.4)."""
    MESSAGE_MISSING = "message_missing"
    """The result is a message, and there is none (7.4, 8.2)."""
    ALREADY_CLOSED = "already_closed"
    NOT_ALLOWED = "not_allowed"
    """The operator's role does not take calls."""


@dataclass(frozen=True, slots=True)
class UsedEntry:
    """A directory entry that was used for the answer, with the title it had then."""

    key: str
    kind: EntryKind
    title: str


@dataclass(frozen=True, slots=True)
class CallRoute:
    """On which way a call came here, as far as the network told; empty where it did not.

    ``queue`` is a name of the telephone system, ``transferred_by`` who handed the caller over,
    ``diverted_from`` the number from which the call was sent on last.
    """

    queue: str = ""
    transferred_by: str = ""
    diverted_from: str = ""


NO_ROUTE = CallRoute()


@dataclass(frozen=True, slots=True)
class NewCall:
    """What is known of a call at its first ring.

    ``caller_number`` is the other side's number as the network gave it, also of a call that goes
    out; empty when it is hidden. ``arrived_at`` is aware, the moment of the first INVITE.
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
    """One telephone call as it is registered (Regulation 7.3).

    The eight fields of 7.3 are ``number``, date and time of ``arrived_at``, ``content``,
    ``result``, ``email``, ``name`` and ``phone``. Moments are aware. ``end_cause`` is the phone's
    code, ``end_status`` the SIP status behind it. ``first_key_at`` is when the operator first
    changed the card, ``hit_accepted_at`` when he first put a directory entry into it. ``topic``
    and ``category`` are classifier keys. ``concerned`` is whom the matter is about, in the caller's
    words, where it is not himself.
    The operator is the one who took the call; ``closed_by_id`` the one who closed the card, None
    for a call that was registered by itself.
    ``way`` is that of a request without a call, None for a call on the line; ``part_of`` the
    number of the call's first record, for a further question of it (``hand_made``).
    ``handled_at`` is when a person said what became of it, where it was missed.
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
    """The fields of a card that an operator fills in."""

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
    """A draft of which nobody has said anything yet.

    ``id`` is a UUIDv7, ``at`` the moment of writing, ``workplace`` the station of the number.
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
    """The draft that begins at the first ring, its contact phone filled in where one is known.

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
    """The draft with what the operator typed or chose; raises RecordClosed for a closed card."""
    require_draft(card)
    others = changes.keys() - CallChanges.__annotations__.keys()
    if others:
        # A type checker refuses this too; the rule must also hold for calls it does not see.
        raise TypeError(f"not for the operator to change: {', '.join(sorted(others))}")
    return replace(card, **changes)


def touched(card: CallRecord, at: datetime) -> CallRecord:
    """The draft with the moment of the operator's first change; the first one told stands."""
    return card if card.first_key_at is not None else replace(card, first_key_at=at)


def helped_by_directory(card: CallRecord, at: datetime) -> CallRecord:
    """The draft with the moment a hit was first accepted; the first one told stands."""
    return card if card.hit_accepted_at is not None else replace(card, hit_accepted_at=at)


def link_message(card: CallRecord, message_id: UUID, message_text: str) -> CallRecord:
    """The draft whose result is this message (7.4, 8.2).

    Content that was not typed is the message's text, so that nothing is typed twice.
    """
    require_draft(card)
    return replace(
        card,
        result=CallResult.MESSAGE,
        message_id=message_id,
        content=card.content if card.content.strip() else message_text,
    )


def link_saved(card: CallRecord, message_id: UUID) -> CallRecord:
    """The saved record whose message was finished after the call was closed (7.4, third).

    Of several messages it knows the first; the others know their call.
    """
    own = message_id if card.message_id is None else card.message_id
    return replace(card, message_id=own, result=CallResult.MESSAGE)


def keep_link(card: CallRecord, stored: CallRecord) -> CallRecord:
    """The record to be written over ``stored``: a message that was linked stays linked (7.4).

    A copy that was made before the link knows neither of the message nor of what came with it.
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
    """The record with the moment of answer; the first one told stands."""
    return card if card.answered_at is not None else replace(card, answered_at=at)


def ended(card: CallRecord, at: datetime, cause: str, status: int | None = None) -> CallRecord:
    """The record with the end of the call and its cause; the first end told stands."""
    if card.ended_at is not None:
        return card
    return replace(card, ended_at=at, end_cause=cause, end_status=status)


def close(
    card: CallRecord, at: datetime, operator: Operator
) -> CallRecord | tuple[CallProblem, ...]:
    """The closed record, or all that is missing for it (7.3).

    Content and result are needed; a technical result needs no content.
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
    """The closed record of a call that nobody here answered, registered by itself (7.3).

    What was typed while it rang is kept. An end that was told before stands; raises RecordClosed
    for a card that is closed, and ValueError for a call that was answered.
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
    """Nothing may happen to a closed record; raises RecordClosed."""
    if card.state is CallState.CLOSED:
        raise RecordClosed("call", card.id)
