"""Missed calls that another workplace has dealt with: a mark that outlives what is known of it.

What other workplaces wrote of a telephone is kept for a while, and the newest of it alone. The
mark stays, through restarts and without the centre, until its record tells something else.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, and_, delete, exists, func, insert, literal, or_, select, text

from sync.register.calls import CallResult, CallState
from sync.register.missed_calls import MissedOutcome
from sync.store.record_tables import call_record
from sync.store.workplace_tables import known_call, missed_handled

# Word for word as in the partial index, else SQLite reads the whole table.
MISSED = text("call_record.result = 'not_answered'")
DEALT_WITH = or_(
    and_(
        known_call.c.at > call_record.c.arrived_at,
        known_call.c.result != CallResult.NOT_ANSWERED.value,
    ),
    known_call.c.handled_at > call_record.c.arrived_at,
)
"""Another workplace has talked with this telephone since, or said what became of its call."""


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
