"""Call records without an own call, and directory entries and texts used on a call card.

A record without an own call is a request entered by the operator, or a further question of a call.
It has a registration number and the fields of Regulation 7.3, but no waiting or talking time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.errors import RecordClosed
from sync.register.calls.calls import (
    CALL_SCHEMA_VERSION,
    CallRecord,
    CallResult,
    CallState,
    EntryKind,
    RequestWay,
    UsedEntry,
    begun_draft,
    require_draft,
)
from sync.register.numbering import MOSCOW, RegistrationNumber
from sync.register.people.operators import Operator

AHEAD = timedelta(minutes=1)
"""So far a typed minute may be ahead of the clock: it is shown without its seconds."""
_FURTHER = "#"  # stands in no Call-ID (RFC 3261, 25.1)


class MomentProblem(StrEnum):
    """What keeps a moment from being that of a request."""

    AHEAD = "ahead"
    """It has not come yet."""
    TOO_OLD = "too_old"
    """Before the last month: the number tells the month of its registration."""


def is_apart(card: CallRecord) -> bool:
    """Whether the record is of no call of its own: made by hand, or a further question."""
    return card.way is not None or card.part_of is not None


def is_by_hand(card: CallRecord) -> bool:
    """Whether its request came without a call on the line."""
    return card.way is not None


def open_by_hand(
    way: RequestWay,
    *,
    id: UUID,
    number: RegistrationNumber,
    at: datetime,
    operator: Operator,
    workplace: str,
) -> CallRecord:
    """The draft of a request that came without a call, of this moment until another is typed.

    ``id`` is a UUIDv7, ``at`` aware, ``workplace`` the station of the number.
    """
    draft = begun_draft(
        id=id,
        number=number,
        direction="incoming",
        sip_call_id=f"by-hand{_FURTHER}{id}",
        arrived_at=at,
        at=at,
        operator=operator,
        workplace=workplace,
    )
    return replace(draft, way=way)


def open_further(
    first: CallRecord, *, id: UUID, number: RegistrationNumber, at: datetime, operator: Operator
) -> CallRecord:
    """The draft of one more question of the same person in the same call (7.3, 6.3).

    Who asked, how and when is that of ``first``, draft or closed; what was asked and answered is
    the question's own.
    """
    return replace(
        first,
        id=id,
        number=number,
        revision=1,
        state=CallState.DRAFT,
        sip_call_id=f"{telephone_call_of(first)}{_FURTHER}{id}",
        first_key_at=None,
        hit_accepted_at=None,
        content="",
        result=None,
        used_entries=(),
        topic=None,
        category=None,
        message_id=None,
        operator_id=operator.id,
        operator_name=operator.name,
        operator_role=operator.role,
        closed_by_id=None,
        closed_by_name=None,
        workplace=number.station,
        created_at=at,
        saved_at=None,
        part_of=first_of(first),
        schema_version=CALL_SCHEMA_VERSION,
    )


def first_of(card: CallRecord) -> RegistrationNumber:
    """The number of the record that the call began with: its own, or that of the first question."""
    return card.part_of or card.number


def telephone_call_of(card: CallRecord) -> str:
    """The Call-ID of the call that a record is of, also of a further question."""
    if card.part_of is None:
        return card.sip_call_id
    return card.sip_call_id.rpartition(_FURTHER)[0]


def with_times_of(card: CallRecord, first: CallRecord) -> CallRecord:
    """The further question with the moments of its call, as they are known by now."""
    return replace(
        card,
        arrived_at=first.arrived_at,
        answered_at=first.answered_at,
        ended_at=first.ended_at,
        end_cause=first.end_cause,
        end_status=first.end_status,
        way=first.way,
    )


def moment_problem(at: datetime, now: datetime) -> MomentProblem | None:
    """Why a request cannot be of this moment; both are aware."""
    if at > now + AHEAD:
        return MomentProblem.AHEAD
    local, today = at.astimezone(MOSCOW), now.astimezone(MOSCOW)
    months = (today.year - local.year) * 12 + today.month - local.month
    return MomentProblem.TOO_OLD if months > 1 else None


def come(card: CallRecord, at: datetime) -> CallRecord:
    """The draft made by hand with the moment at which the request came."""
    _require_by_hand(card)
    return replace(card, arrived_at=at)


def come_by(card: CallRecord, way: RequestWay) -> CallRecord:
    """The draft made by hand with the way in which the request came."""
    _require_by_hand(card)
    return replace(card, way=way)


def _require_by_hand(card: CallRecord) -> None:
    if card.state is CallState.CLOSED:
        raise RecordClosed("call", card.id)
    if card.way is None or card.part_of is not None:
        raise ValueError("what the line has told is not typed over")


_CONTACTS: tuple[EntryKind, ...] = ("unit", "person", "script")

FORMAL_APPEAL_KEY = "59-fz"
"""Of the script for a caller who wants a formal appeal under federal law 59 (1.3)."""

INCIDENT_KEY = "incident/"
"""Before the identity of an incident, whose official text the caller was told."""


def accept_entry(card: CallRecord, entry: UsedEntry, spoken: str) -> CallRecord:
    """The draft answered from the directory: entry noted, content extended, result filled in.

    A question or a service makes the result "answered"; a unit, a person or a script "contacts
    given" (7.4, 8.1).
    Nothing that was typed is lost: title and ``spoken`` text follow it, the title once where the
    text has it. A message stays the result, an own answer is not lowered to contacts, and the same
    entry counts once.
    """
    require_draft(card)
    if any(used.key == entry.key and used.kind == entry.kind for used in card.used_entries):
        return card
    answer = answer_of(entry.title, spoken)
    typed = card.content.rstrip()
    return replace(
        card,
        used_entries=(*card.used_entries, entry),
        content=f"{typed}\n{answer}" if typed else answer,
        result=_result_with(card.result, entry.kind),
    )


def answer_of(title: str, spoken: str) -> str:
    """What an entry puts into a card: its title once, and what is said."""
    title, text = title.strip(), spoken.strip()
    return text if title in text else "\n".join(part for part in (title, text) if part)


def _result_with(result: CallResult | None, kind: EntryKind) -> CallResult:
    if result is CallResult.MESSAGE or result is CallResult.ANSWERED:
        return result
    return CallResult.CONTACTS if kind in _CONTACTS else CallResult.ANSWERED


def remove_entry(card: CallRecord, key: str) -> CallRecord:
    """The draft without this entry among the used ones; the text stays the operator's to edit."""
    require_draft(card)
    return replace(card, used_entries=tuple(used for used in card.used_entries if used.key != key))


def read_out(card: CallRecord, script: UsedEntry) -> CallRecord:
    """The draft whose caller was told a text of the program.

    Its title is the content only where nothing was typed: what the caller says may become a
    message.
    """
    told = accept_entry(card, script, "")
    return replace(told, content=card.content) if card.content.strip() else told


def take_back_script(card: CallRecord, before: CallRecord, script: UsedEntry) -> CallRecord:
    """The draft as if the script had not been read out to the caller.

    ``before`` is the draft at that moment; what was typed or chosen since then stays.
    """
    after = read_out(before, script)
    content = card.content
    if content.startswith(after.content):
        since = content.removeprefix(after.content)
        content = f"{before.content}{since}" if before.content else since.lstrip()
    return replace(
        remove_entry(card, script.key) if after.used_entries != before.used_entries else card,
        content=content,
        result=before.result if card.result is after.result else card.result,
    )


def told_of_incident(card: CallRecord, incident_id: UUID, title: str, text: str) -> CallRecord:
    """The draft whose caller was told the official text of an incident: answered (7.4, first).

    A message that was made of the call stays its result. A text that was edited since he was told
    follows the former one.
    """
    entry = UsedEntry(f"{INCIDENT_KEY}{incident_id}", "script", title)
    told = accept_entry(card, entry, text)
    if told is card and text.strip() not in card.content:
        told = replace(card, content=f"{card.content.rstrip()}\n{answer_of(title, text)}")
    if told.result is CallResult.MESSAGE:
        return told
    return replace(told, result=CallResult.ANSWERED)


def incidents_told(card: CallRecord) -> tuple[UUID, ...]:
    """The incidents whose official text the caller was told."""
    return tuple(
        UUID(used.key.removeprefix(INCIDENT_KEY))
        for used in card.used_entries
        if used.kind == "script" and used.key.startswith(INCIDENT_KEY)
    )


def asked_for_formal_appeal(card: CallRecord) -> bool:
    """Whether the caller was told how to write a formal appeal under federal law 59 (1.3)."""
    return any(
        used.kind == "script" and used.key == FORMAL_APPEAL_KEY for used in card.used_entries
    )


def is_answered_from_directory(card: CallRecord) -> bool:
    """Whether it is a caller's answered call whose card uses an entry of the directory.

    A call is one, whatever further questions of it use.
    """
    return (
        card.direction == "incoming"
        and card.part_of is None
        and card.answered_at is not None
        and any(used.kind != "script" for used in card.used_entries)
    )
