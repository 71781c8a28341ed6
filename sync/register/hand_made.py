"""Records that no ring began: of requests without a call, and of further questions of one call.

Both have a registration number and the fields of Regulation 7.3 like any other. Neither is a call
of its own: no figure of waiting, talking or missed calls is taken from it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sync.errors import RecordClosed
from sync.register.calls import CALL_SCHEMA_VERSION, CallRecord, CallState, begun_draft
from sync.register.numbering import MOSCOW, RegistrationNumber
from sync.register.operators import Operator
from sync.register.ways import RequestWay

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
