"""Operator states and preferences; sender sessions and number counters of the workplace.

State changes are append-only and are sent to the central database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, CursorResult, RowMapping, and_, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from uuid_utils.compat import uuid7

from sync.records.replicated_tables import operator_state
from sync.records.row_codec import plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import central_session, counter, own_desk, station
from sync.register.numbering import COUNTER_MAX, NUMBERS_AT_LEAST, period_of
from sync.register.people.operator_states import (
    OPERATOR_STATE_SCHEMA_VERSION,
    Cause,
    Doing,
    KeptChange,
    StateChange,
)
from sync.register.people.operators import Operator
from sync.register.people.own_desk import KeptDesk, OwnDesk, chosen, taken
from sync.store.local import outbox
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

_NEWEST = select(operator_state).order_by(operator_state.c.at.desc(), operator_state.c.id.desc())
_OLDEST = select(operator_state).order_by(operator_state.c.at, operator_state.c.id)


class OperatorStates:
    """Records operator state changes; futures resolve after COMMIT and fail with a StoreError."""

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
        """Records a state change of this operator."""

        def work(connection: Connection) -> None:
            self._add(connection, operator.id, operator.name, change)

        return self._store.write(work, feeds_outbox=True)

    def close_left_open(self) -> Future[None]:
        """Records the end of an operator state left open by a crash; call it at the next start."""

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
    """Returns the state changes from ``start`` up to but excluding ``end``, oldest first.

    Raises StoreError. Thread-safe.
    """
    wanted = _OLDEST.where(_is_between(start, end))
    return tuple(register.read(lambda connection: _all_kept(connection.execute(wanted))))


def changes_of_period(
    register: RegisterReading, start: datetime, end: datetime
) -> tuple[KeptChange, ...]:
    """Returns the changes needed to compute the state times of a period, oldest first.

    In addition to ``state_changes``: the change into the state at the start of the period, and the
    end of a crashed session if the next start was after the period. Only one operator at a time
    uses a workplace, so its last change before the period is the only state that can continue into
    it. Raises StoreError. Thread-safe.
    """

    def work(connection: Connection) -> tuple[KeptChange, ...]:
        before = connection.execute(_NEWEST.where(operator_state.c.at < start).limit(1))
        during = connection.execute(_OLDEST.where(_is_between(start, end)))
        after = connection.execute(_OLDEST.where(operator_state.c.at >= end).limit(1))
        lasting = [kept for kept in _all_kept(before) if kept.change.doing is not Doing.OFFLINE]
        died = [kept for kept in _all_kept(after) if kept.change.cause is Cause.PROGRAM_ENDED]
        return (*lasting, *_all_kept(during), *died)

    return register.read(work)


def _is_between(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(operator_state.c.at >= start, operator_state.c.at < end)


def _all_kept(found: CursorResult[Any]) -> list[KeptChange]:
    return [_kept(row) for row in found.mappings()]


def state_row(kept: KeptChange) -> dict[str, Any]:
    """Converts a change to the columns of ``operator_state``."""
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


class OwnDesks:
    """User preferences of operators.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def now(self) -> datetime:
        """Returns the time of the clock that timestamps the preferences."""
        return self._clock()

    def read(self, operator_id: UUID) -> KeptDesk | None:
        """Returns the operator's preferences; None if never set."""
        return self._store.read(lambda connection: _of(connection, operator_id))

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]:
        """Saves all preferences as the operator's latest choice."""

        def work(connection: Connection) -> KeptDesk:
            kept = chosen(desk, self._clock(), _of(connection, operator_id))
            _put(connection, operator_id, kept)
            return kept

        return self._store.write(work)

    def take(self, operator_id: UUID, came: KeptDesk, settled: KeptDesk | None) -> Future[KeptDesk]:
        """Saves preferences received from the central database; resolves to the effective ones.

        If the preferences were changed here in the meantime, the local change is retained.
        ``settled`` is the local version that the received ones were merged with.
        """

        def work(connection: Connection) -> KeptDesk:
            held = taken(came, settled, _of(connection, operator_id))
            _put(connection, operator_id, held)
            return held

        return self._store.write(work)


def _of(connection: Connection, operator_id: UUID) -> KeptDesk | None:
    row = connection.execute(
        select(own_desk.c.document, own_desk.c.changed_at, own_desk.c.chosen_at).where(
            own_desk.c.operator_id == operator_id
        )
    ).first()
    if row is None:
        return None
    return KeptDesk(OwnDesk.read(row.document), row.changed_at, row.chosen_at)


def _put(connection: Connection, operator_id: UUID, kept: KeptDesk) -> None:
    values = {
        "document": kept.desk.kept(),
        "changed_at": kept.changed_at,
        "chosen_at": kept.chosen_at,
    }
    connection.execute(
        insert_sqlite(own_desk)
        .values(operator_id=operator_id, **values)
        .on_conflict_do_update(index_elements=["operator_id"], set_=values)
    )


def begin_session(connection: Connection, session: UUID, at: datetime) -> frozenset[UUID]:
    """Records this sender session before the central database sees it.

    Returns all sessions of this local database, including this one.
    """
    connection.execute(
        insert_sqlite(central_session).values(id=session, begun_at=at).on_conflict_do_nothing()
    )
    return frozenset(connection.scalars(select(central_session.c.id)))


def counters(connection: Connection) -> Mapping[str, int]:
    """Returns the last registration number used in each period (YYMM)."""
    return {row.period: row.last for row in connection.execute(select(counter))}


def pass_over(connection: Connection, given: Mapping[str, int]) -> None:
    """Skips registration numbers that may already have been assigned under this workplace code.

    ``given`` are the numbers that the central database knows, by period. More numbers may have been
    assigned than it knows.
    """
    known = counters(connection)
    for period, high in given.items():
        if known.get(period, 0) <= high:
            last = min(COUNTER_MAX, high + NUMBERS_AT_LEAST)
            connection.execute(
                insert_sqlite(counter)
                .values(period=period, last=last)
                .on_conflict_do_update(index_elements=["period"], set_={"last": last})
            )
