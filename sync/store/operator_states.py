"""What operators did at this workplace: changes that are only added, and go to the centre."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select
from uuid_utils.compat import uuid7

from sync.register.numbering import period_of
from sync.register.operator_states import (
    OPERATOR_STATE_SCHEMA_VERSION,
    Cause,
    Doing,
    KeptChange,
    StateChange,
)
from sync.register.operators import Operator
from sync.store import outbox
from sync.store.outbox import Entity
from sync.store.reading import RegisterReading
from sync.store.record_tables import operator_state
from sync.store.register import RegisterStore
from sync.store.rows import plain
from sync.store.workplace_tables.station import station

_NEWEST = select(operator_state).order_by(operator_state.c.at.desc(), operator_state.c.id.desc())


class OperatorStates:
    """Writes the changes of a store; futures resolve after COMMIT and fail with a StoreError."""

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

    def note(self, operator: Operator, change: StateChange) -> Future[None]:
        """Write down that this operator does something else now."""

        def work(connection: Connection) -> None:
            self._add(connection, operator.id, operator.name, change)

        return self._store.write(work, feeds_outbox=True)

    def close_left_open(self) -> Future[None]:
        """Write down the end of what a program that died had left open; for the next start."""

        def work(connection: Connection) -> None:
            last = connection.execute(_NEWEST.limit(1)).mappings().first()
            if last is None or last["doing"] == Doing.OFFLINE:
                return
            ended = StateChange(
                self._clock(), Doing(last["doing"]), Doing.OFFLINE, "", Cause.PROGRAM_ENDED
            )
            self._add(connection, last["operator_id"], last["operator_name"], ended)

        return self._store.write(work, feeds_outbox=True)

    def _add(self, connection: Connection, id: UUID, name: str, change: StateChange) -> None:
        values = _row(self._new_id(), id, name, change)
        connection.execute(insert(operator_state).values(values))
        code = connection.scalar(select(station.c.code))
        place = {"station_id": code, "period": period_of(change.at), "revision": 1}
        payload = {**plain(values), **place}
        outbox.add(connection, Entity.OPERATOR_STATE, values["id"], 1, payload, self._clock())


def state_changes(
    register: RegisterReading, start: datetime, end: datetime
) -> tuple[KeptChange, ...]:
    """The changes from ``start`` on and before ``end``, oldest first; any thread, StoreError."""
    wanted = (
        select(operator_state)
        .where(operator_state.c.at >= start, operator_state.c.at < end)
        .order_by(operator_state.c.at, operator_state.c.id)
    )
    rows = register.read(lambda connection: connection.execute(wanted).mappings().all())
    return tuple(map(_kept, rows))


def state_row(kept: KeptChange) -> dict[str, Any]:
    """The columns of ``operator_state``."""
    return _row(kept.id, kept.operator_id, kept.operator_name, kept.change)


def _row(id: UUID, operator_id: UUID, name: str, change: StateChange) -> dict[str, Any]:
    return {
        "id": id,
        "operator_id": operator_id,
        "operator_name": name,
        "at": change.at,
        "former": change.former.value,
        "doing": change.doing.value,
        "reason": change.reason,
        "cause": change.cause.value,
        "schema_version": OPERATOR_STATE_SCHEMA_VERSION,
    }


def _kept(row: RowMapping) -> KeptChange:
    change = StateChange(
        row["at"], Doing(row["former"]), Doing(row["doing"]), row["reason"], Cause(row["cause"])
    )
    return KeptChange(row["id"], row["operator_id"], row["operator_name"], change)
