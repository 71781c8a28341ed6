"""The missed calls of this workplace and the others that nobody has dealt with yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.calls import ANSWERED_ELSEWHERE, CallState
from sync.register.missed_calls import Missed, MissedOutcome, once_each
from sync.register.operators import Operator
from sync.register.values import Absence
from sync.store.missed_elsewhere import DEALT_WITH, MISSED, WAITS, missed_at_others
from sync.store.reading import RegisterReading
from sync.store.record_tables import call_record
from sync.store.register import RegisterStore
from sync.store.rows import call_of
from sync.store.workplace_tables.calls import missed_handled
from sync.store.workplace_tables.received import known_call

MOST = 500  # more than anybody can call back; the newest of them

_later = call_record.alias("later")
# Who came, or was spoken to on another telephone, and left this number.
_met = and_(_later.c.way.is_not(None), _later.c.state == CallState.CLOSED.value)
_OPEN = (
    select(call_record)
    .where(
        MISSED,
        call_record.c.direction == "incoming",
        call_record.c.state == CallState.CLOSED.value,
        call_record.c.end_cause.is_distinct_from(ANSWERED_ELSEWHERE),
        # who was erased can neither be called nor found again
        or_(
            call_record.c.phone_absence.is_(None),
            call_record.c.phone_absence != Absence.ERASED.value,
        ),
        ~exists().where(missed_handled.c.call_id == call_record.c.id),
        ~exists().where(
            _later.c.phone == call_record.c.phone,
            _later.c.arrived_at > call_record.c.arrived_at,
            or_(_later.c.answered_at.is_not(None), _met),
        ),
        ~exists().where(known_call.c.phone == call_record.c.phone, DEALT_WITH),
    )
    .order_by(call_record.c.arrived_at.desc())
    .limit(MOST)
)

_IS_OWN = select(call_record.c.id).where(
    call_record.c.id == bindparam("asked", type_=call_record.c.id.type)
)


def still_missed(register: RegisterReading) -> tuple[Missed, ...]:
    """Those that were neither marked nor followed by a talk with the same telephone.

    The oldest first. A call that a colleague took was not missed. With a centre it is the same
    wherever it rang, and wherever somebody has marked or talked.
    """

    def work(connection: Connection) -> tuple[Missed, ...]:
        own = [call_of(row) for row in connection.execute(_OPEN).mappings()]
        return once_each(own, missed_at_others(connection, MOST))[-MOST:]

    return register.read(work)


def missed_of(
    register: RegisterReading, phones: Collection[str], since: datetime
) -> dict[str, datetime]:
    """Which of these telephones somebody here or elsewhere has missed since then, and when first.

    Also of whom somebody has talked with since, where nobody has said what became of the call.
    """
    own = select(call_record.c.phone, func.min(call_record.c.arrived_at)).where(
        MISSED,
        call_record.c.direction == "incoming",
        call_record.c.state == CallState.CLOSED.value,
        call_record.c.end_cause.is_distinct_from(ANSWERED_ELSEWHERE),
        call_record.c.handled_at.is_(None),
        call_record.c.phone.in_(phones),
        call_record.c.arrived_at > since,
    )
    others = select(known_call.c.phone, func.min(known_call.c.at)).where(
        WAITS, known_call.c.phone.in_(phones), known_call.c.at > since
    )

    def work(connection: Connection) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for query, column in ((own, call_record.c.phone), (others, known_call.c.phone)):
            for phone, at in connection.execute(query.group_by(column)):
                found[phone] = min(at, found.get(phone, at))
        return found

    return register.read(work)


class MissedCalls:
    """Reads on any thread and raises StoreError; the future resolves after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def still_open(self) -> tuple[Missed, ...]:
        """See ``still_missed``."""
        return still_missed(self._store)

    def first_missed(self, phones: Collection[str], since: datetime) -> dict[str, datetime]:
        """See ``missed_of``."""
        return missed_of(self._store, phones, since)

    def handle(self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome) -> Future[int]:
        """Note what became of these, for the other workplaces too; how many were still open."""
        at = self._clock()
        values: list[dict[str, Any]] = [
            {
                "call_id": id,
                "at": at,
                "by_id": by.id,
                "by_name": by.name,
                "outcome": outcome.value,
            }
            for id in ids
        ]

        def work(connection: Connection) -> int:
            added = 0
            for value in values:
                id = value["call_id"]
                if connection.scalar(_IS_OWN, {"asked": id}) is None:
                    added += self._store.calls.mark_of_others(connection, id, by, at, outcome)
                    continue
                done = connection.execute(
                    insert(missed_handled).values(value).on_conflict_do_nothing()
                )
                added += done.rowcount
                if done.rowcount:
                    self._store.calls.mark_handled(connection, id, by, at)
            return added

        return self._store.write(work, feeds_outbox=True)
