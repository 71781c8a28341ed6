"""Call records without a telephone call, and directory entries and texts used on a call card.

A record without its own call is a manual record, entered by the operator, or an additional question
asked in a call. It has a registration number and the fields of Regulation 7.3, but no waiting or
talking time.
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
"""Tolerance for an entered time in the future, because times are displayed without seconds."""
_FURTHER = "#"  # not allowed in a Call-ID (RFC 3261, 25.1)


class MomentProblem(StrEnum):
    """Reason why an entered time of arrival is not valid."""

    AHEAD = "ahead"
    """The time is in the future."""
    TOO_OLD = "too_old"
    """The time is before the previous month; the registration number contains the month."""


def is_apart(card: CallRecord) -> bool:
    """Whether the record has no telephone call of its own: a manual record or an additional
    question.
    """
    return card.way is not None or card.part_of is not None


def is_by_hand(card: CallRecord) -> bool:
    """Whether the request arrived without a call to the hotline."""
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
    """Opens the draft of a manual record, initially with the current time of arrival.

    ``id`` is a UUIDv7, ``at`` is timezone-aware, ``workplace`` is the code in the number.
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
    """Opens the draft of an additional question of the same caller in the same call (7.3, 6.3).

    Caller, channel and times are copied from ``first``, a draft or closed record. Content and
    result belong to the question.
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
    """Returns the number of the first record of the call: the parent's for an additional question,
    otherwise the record's.
    """
    return card.part_of or card.number


def telephone_call_of(card: CallRecord) -> str:
    """Returns the SIP Call-ID of the call to which the record belongs, also for an additional
    question.
    """
    if card.part_of is None:
        return card.sip_call_id
    return card.sip_call_id.rpartition(_FURTHER)[0]


def with_times_of(card: CallRecord, first: CallRecord) -> CallRecord:
    """Returns the additional question with its times updated from ``first``, the record of the
    call.
    """
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
    """Returns the reason why a request cannot have arrived at this time, or None.

    Both times are timezone-aware.
    """
    if at > now + AHEAD:
        return MomentProblem.AHEAD
    local, today = at.astimezone(MOSCOW), now.astimezone(MOSCOW)
    months = (today.year - local.year) * 12 + today.month - local.month
    return MomentProblem.TOO_OLD if months > 1 else None


def come(card: CallRecord, at: datetime) -> CallRecord:
    """Returns the draft of a manual record with another time of arrival."""
    _require_by_hand(card)
    return replace(card, arrived_at=at)


def come_by(card: CallRecord, way: RequestWay) -> CallRecord:
    """Returns the draft of a manual record with another intake channel."""
    _require_by_hand(card)
    return replace(card, way=way)


def _require_by_hand(card: CallRecord) -> None:
    if card.state is CallState.CLOSED:
        raise RecordClosed("call", card.id)
    if card.way is None or card.part_of is not None:
        raise ValueError("what the line has told is not typed over")


_CONTACTS: tuple[EntryKind, ...] = ("unit", "person", "script")

FORMAL_APPEAL_KEY = "59-fz"
"""Key of the text for a caller who wants a statutory appeal under federal law 59 (1.3)."""

INCIDENT_KEY = "incident/"
"""Prefix of the keys of used entries that are incidents."""


def accept_entry(card: CallRecord, entry: UsedEntry, spoken: str) -> CallRecord:
    """Adds a directory entry to the draft: lists it as used, extends the content, sets the result.

    A question or a service sets the result "answered"; a unit, a person or a script sets "contacts
    given" (7.4, 8.1). Entered text is preserved; the title (only once) and the ``spoken`` text are
    appended. The results "message" and "answered" are not replaced, and the same entry counts once.
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
    """Returns the text that an entry adds to a card: title and spoken text, without a repeated
    title.
    """
    title, text = title.strip(), spoken.strip()
    return text if title in text else "\n".join(part for part in (title, text) if part)


def _result_with(result: CallResult | None, kind: EntryKind) -> CallResult:
    if result is CallResult.MESSAGE or result is CallResult.ANSWERED:
        return result
    return CallResult.CONTACTS if kind in _CONTACTS else CallResult.ANSWERED


def remove_entry(card: CallRecord, key: str) -> CallRecord:
    """Removes an entry from the used entries; the content is unchanged, the operator edits it."""
    require_draft(card)
    return replace(card, used_entries=tuple(used for used in card.used_entries if used.key != key))


def read_out(card: CallRecord, script: UsedEntry) -> CallRecord:
    """Records that a text of the program was read to the caller.

    The title of the text becomes the content only if the content is empty, because the caller's
    words may become a message.
    """
    told = accept_entry(card, script, "")
    return replace(told, content=card.content) if card.content.strip() else told


def take_back_script(card: CallRecord, before: CallRecord, script: UsedEntry) -> CallRecord:
    """Reverts ``read_out``: removes the script and its title from the draft.

    ``before`` is the draft as it was before ``read_out``; later input is preserved.
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
    """Records that the official text of an incident was read to the caller; the result is
    "answered" (7.4, 1).

    The result "message" remains. If the text was edited since it was read before, it is appended
    again.
    """
    entry = UsedEntry(f"{INCIDENT_KEY}{incident_id}", "script", title)
    told = accept_entry(card, entry, text)
    if told is card and text.strip() not in card.content:
        told = replace(card, content=f"{card.content.rstrip()}\n{answer_of(title, text)}")
    if told.result is CallResult.MESSAGE:
        return told
    return replace(told, result=CallResult.ANSWERED)


def incidents_told(card: CallRecord) -> tuple[UUID, ...]:
    """Returns the ids of the incidents whose official text was read to the caller."""
    return tuple(
        UUID(used.key.removeprefix(INCIDENT_KEY))
        for used in card.used_entries
        if used.kind == "script" and used.key.startswith(INCIDENT_KEY)
    )


def asked_for_formal_appeal(card: CallRecord) -> bool:
    """Whether the caller was informed about a statutory appeal under federal law 59 (1.3)."""
    return any(
        used.kind == "script" and used.key == FORMAL_APPEAL_KEY for used in card.used_entries
    )


def is_answered_from_directory(card: CallRecord) -> bool:
    """Whether the record is an answered incoming call whose card uses a directory entry.

    Entries used by additional questions of the call do not count.
    """
    return (
        card.direction == "incoming"
        and card.part_of is None
        and card.answered_at is not None
        and any(used.kind != "script" for used in card.used_entries)
    )
