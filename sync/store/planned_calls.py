"""The promised calls of all workplaces, as far as they are known here; they outlive restarts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, select
from uuid_utils.compat import uuid7

from sync.register.operators import Operator
from sync.register.planned_calls import PlannedCall, PlannedOutcome, reminded, step_of
from sync.store.planned_rows import add_call, add_step, call_in, call_of, drop_calls, steps_in
from sync.store.register import RegisterStore
from sync.store.workplace_tables.calls import planned_call

KEPT = timedelta(days=90)
"""So long one that is over is kept, with the telephone and the words in it."""
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Noted:
    """The call as it stands now; not ``is_taken`` where somebody had ended it before."""

    call: PlannedCall
    is_taken: bool


class PlannedCalls:
    """Reads on any thread and raises StoreError; a future resolves after COMMIT.

    Each change goes to the centre, where there is one, and to every workplace from there.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def still_open(self) -> tuple[PlannedCall, ...]:
        """All that are not over, the earliest first."""
        query = (
            select(planned_call)
            .where(planned_call.c.outcome.is_(None))
            .order_by(planned_call.c.at, planned_call.c.id)
        )
        rows = self._store.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(call_of, rows))

    def add(self, call: PlannedCall) -> Future[PlannedCall]:
        """Keep a call that was planned."""

        def work(connection: Connection) -> PlannedCall:
            add_call(connection, call, self._clock())
            return call

        return self._store.write(work, feeds_outbox=True)

    def note(self, id: UUID, outcome: PlannedOutcome, by: Operator) -> Future[Noted | None]:
        """The call after this outcome; None where there is no such call any more."""
        at = self._clock()

        def work(connection: Connection) -> Noted | None:
            forget_over(connection, at)
            call = call_in(connection, id)
            if call is None:
                return None
            if call.outcome is not None:
                return Noted(call, is_taken=False)
            step = step_of(call, outcome, _after_all(connection, id, at), by, self._new_id())
            done = add_step(connection, step, at)
            return None if done is None else Noted(done, is_taken=True)

        return self._store.write(work, feeds_outbox=True)

    def remind(self, id: UUID, by: Operator) -> Future[None]:
        """Note that who promised the call was told of its time here; once for each time."""
        at = self._clock()

        def work(connection: Connection) -> None:
            call = call_in(connection, id)
            if call is not None and call.outcome is None and call.reminded_at != call.at:
                moment = _after_all(connection, id, at)
                add_step(connection, reminded(call, moment, by, self._new_id()), at)

        return self._store.write(work, feeds_outbox=True)


def _after_all(connection: Connection, call_id: UUID, at: datetime) -> datetime:
    """Now, but after all that is known: the clock of another workplace may be ahead."""
    known = [step.at for step in steps_in(connection, call_id)]
    return max(at, max(known) + _NEXT) if known else at


def forget_over(connection: Connection, at: datetime) -> int:
    """Drop those that have been over for their term; how many."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    return drop_calls(connection, at - KEPT)
