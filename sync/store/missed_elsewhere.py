"""Missed calls that another workplace has dealt with: a mark that outlives what is known of it.

What other workplaces wrote of a telephone is kept for a while, and the newest of it alone. The
mark stays, through restarts and without the centre, until its record tells something else.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, delete, exists, func, insert, literal, or_, select, text

from sync.register.calls import CallResult, CallState
from sync.register.missed_calls import MissedElsewhere, MissedOutcome
from sync.register.numbering import RegistrationNumber, parse
from sync.store.record_tables import call_record, missed_mark
from sync.store.workplace_tables.calls import missed_handled
from sync.store.workplace_tables.received import known_call

# Word for word as in the partial indexes, else SQLite reads the whole table.
MISSED = text("call_record.result = 'not_answered'")
WAITS = text("known_call.is_missed = 1 AND known_call.handled_at IS NULL")
DEALT_WITH = or_(
    and_(
        func.coalesce(known_call.c.answered_at, known_call.c.at) > call_record.c.arrived_at,
        known_call.c.result != CallResult.NOT_ANSWERED.value,
    ),
    known_call.c.handled_at > call_record.c.arrived_at,
)
"""Another workplace has talked with this telephone since, or said what became of its call.

The talk counts from its answer: where one call rings at several, it may have come there first.
"""

_other, _own, _marked = known_call.alias("other"), call_record.alias("own"), missed_mark
_WAITING = (
    select(known_call)
    .where(
        WAITS,
        ~exists().where(
            _other.c.phone == known_call.c.phone,
            or_(
                and_(
                    func.coalesce(_other.c.answered_at, _other.c.at) > known_call.c.at,
                    _other.c.result != CallResult.NOT_ANSWERED.value,
                ),
                _other.c.handled_at > known_call.c.at,
                exists()
                .where(_marked.c.call_id == _other.c.id, _marked.c.at > known_call.c.at)
                .correlate(_other, known_call),
            ),
        ),
        ~exists().where(
            _own.c.phone == known_call.c.phone,
            or_(
                _own.c.answered_at > known_call.c.at,
                _own.c.handled_at > known_call.c.at,
                and_(
                    _own.c.way.is_not(None),
                    _own.c.state == CallState.CLOSED.value,
                    _own.c.arrived_at > known_call.c.at,
                ),
            ),
        ),
        ~exists().where(_marked.c.call_id == known_call.c.id),
    )
    .order_by(known_call.c.at.desc())
)


def missed_at_others(connection: Connection, most: int) -> tuple[MissedElsewhere, ...]:
    """The newest of those that rang at other workplaces and that nobody has dealt with yet.

    One of another program's number stands in no list here.
    """
    found = []
    for row in connection.execute(_WAITING.limit(most)):
        number = parse(row.number)
        if isinstance(number, RegistrationNumber):
            at_night = bool(row.out_of_hours)
            found.append(MissedElsewhere(row.id, number, row.at, row.phone, row.about, at_night))
    return tuple(found)


def take_own_mark(connection: Connection, call_id: UUID, at: datetime) -> bool:
    """Whether this call is ours: then somebody elsewhere has dealt with it, and it is marked."""
    is_own = connection.scalar(select(call_record.c.id).where(call_record.c.id == call_id))
    if is_own is None:
        return False
    values = {"call_id": call_id, "at": at, "outcome": MissedOutcome.ELSEWHERE.value}
    connection.execute(insert(missed_handled).prefix_with("OR IGNORE").values(values))
    return True


def mark_elsewhere(connection: Connection, phones: Collection[str]) -> None:
    """Mark the missed calls of these telephones that a record of another workplace deals with."""
    for phone in phones:
        dealt = (
            select(
                call_record.c.id,
                func.coalesce(known_call.c.handled_at, known_call.c.at),
                literal(MissedOutcome.ELSEWHERE.value),
                known_call.c.id,
            )
            .join(known_call, known_call.c.phone == call_record.c.phone)
            .where(
                call_record.c.phone == phone,
                MISSED,
                call_record.c.direction == "incoming",
                call_record.c.state == CallState.CLOSED.value,
                DEALT_WITH,
                ~exists().where(missed_handled.c.call_id == call_record.c.id),
            )
        )
        columns = ["call_id", "at", "outcome", "elsewhere_id"]
        connection.execute(
            insert(missed_handled).prefix_with("OR IGNORE").from_select(columns, dealt)
        )


def unmark_elsewhere(connection: Connection, record_id: UUID) -> None:
    """Take back the marks that rest on this record: it is about to tell anew."""
    connection.execute(delete(missed_handled).where(missed_handled.c.elsewhere_id == record_id))
