"""The promised calls of this workplace; they outlive restarts and shifts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from sync.register.operators import Operator
from sync.register.planned_calls import PlannedCall, PlannedOutcome, noted
from sync.store.register import RegisterStore
from sync.store.workplace_tables import planned_call

KEPT = timedelta(days=90)
"""So long one that is over is kept, with the telephone and the words in it."""


class PlannedCalls:
    """Reads on any thread and raises StoreError; a future resolves after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def still_open(self) -> tuple[PlannedCall, ...]:
        """All that are not over, the earliest first."""
        query = (
            select(planned_call)
            .where(planned_call.c.outcome.is_(None))
            .order_by(planned_call.c.at, planned_call.c.id)
        )
        rows = self._store.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(_call_of, rows))

    def add(self, call: PlannedCall) -> Future[PlannedCall]:
        """Keep a call that was planned."""

        def work(connection: Connection) -> PlannedCall:
            connection.execute(insert(planned_call).values(_row(call)))
            return call

        return self._store.write(work)

    def note(self, id: UUID, outcome: PlannedOutcome, by: Operator) -> Future[PlannedCall | None]:
        """The call after this outcome; None where there is no such call any more."""
        at = self._clock()
        own = planned_call.c.id == id

        def work(connection: Connection) -> PlannedCall | None:
            forget_over(connection, at)
            row = connection.execute(select(planned_call).where(own)).mappings().one_or_none()
            if row is None:
                return None
            call = noted(_call_of(row), outcome, at, by)
            connection.execute(update(planned_call).where(own).values(_row(call)))
            return call

        return self._store.write(work)


def forget_over(connection: Connection, at: datetime) -> int:
    """Drop those that have been over for their term; how many."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    old = planned_call.c.done_at < at - KEPT
    return connection.execute(delete(planned_call).where(old)).rowcount


def _row(call: PlannedCall) -> dict[str, object]:
    outcome = None if call.outcome is None else call.outcome.value
    return {**asdict(call), "outcome": outcome}


def _call_of(row: RowMapping) -> PlannedCall:
    outcome = None if row["outcome"] is None else PlannedOutcome(row["outcome"])
    return PlannedCall(**{**row, "outcome": outcome})
