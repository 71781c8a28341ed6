"""Scheduled callbacks and their events: rows, queries, changes, and their feed receiver.

Each change is added to the outbox in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert
from uuid_utils.compat import uuid7

from sync.records import central_append_only_tables
from sync.records.feed_values import Feed, FeedItem
from sync.records.replicated_tables import planned_step
from sync.records.row_codec import plain, plain_value
from sync.records.table_rules import Entity
from sync.records.workplace_tables import outbox as outbox_table
from sync.records.workplace_tables import planned_call, station
from sync.register.calls.planned import (
    PLANNED_SCHEMA_VERSION,
    PlannedAct,
    PlannedCall,
    PlannedOutcome,
    PlannedOvertaken,
    PlannedStep,
    after,
    counted,
    reminded,
    step_of,
)
from sync.register.numbering import period_of
from sync.register.people.operators import Operator, Person, Role
from sync.store.local import outbox
from sync.store.local.erased_records import erase_queued
from sync.store.local.feed import RegisterReceiver
from sync.store.local.register import RegisterStore

_STATE = tuple(field.name for field in fields(PlannedCall))
_NOTHING_SAID: Mapping[str, Any] = {"phone": "", "note": ""}
KEYS_AT_ONCE = 500  # SQLite limits the number of values in one statement


def add_call(connection: Connection, call: PlannedCall, queued_at: datetime) -> None:
    """Stores a callback scheduled at this workplace."""
    connection.execute(insert(planned_call).values(promise_row(call)))
    told = {
        "id": call.id,
        "at": call.at,
        "tries": call.tries,
        "phone": call.phone,
        "note": call.note,
        "for_id": call.for_id,
        "made_at": call.made_at,
        "made_by_id": call.made_by_id,
        "made_by_name": call.made_by_name,
    }
    _queue(connection, Entity.PLANNED_CALL, told, call.made_at, queued_at)


def add_step(connection: Connection, step: PlannedStep, queued_at: datetime) -> PlannedCall | None:
    """Stores a local event of a scheduled callback; returns the callback's new state."""
    values = step_row(step)
    connection.execute(insert(planned_step).values(values))
    _queue(connection, Entity.PLANNED_STEP, values, step.at, queued_at)
    return stand_anew(connection, step.call_id)


def _queue(
    connection: Connection,
    entity: Entity,
    values: Mapping[str, Any],
    at: datetime,
    queued_at: datetime,
) -> None:
    code = connection.scalar(select(station.c.code))
    place = {"station_id": code, "period": period_of(at), "revision": 1}
    payload = {**plain({**values, "schema_version": PLANNED_SCHEMA_VERSION}), **place}
    outbox.add(connection, entity, values["id"], 1, payload, queued_at)


def call_in(connection: Connection, id: UUID) -> PlannedCall | None:
    """Returns the current state of the callback; None if unknown or erased."""
    row = connection.execute(select(planned_call).where(planned_call.c.id == id)).mappings().first()
    return None if row is None or not row["phone"] else call_of(row)


def steps_in(connection: Connection, call_id: UUID) -> tuple[PlannedStep, ...]:
    """Returns all events of the callback that are stored here."""
    own = select(planned_step).where(planned_step.c.call_id == call_id)
    return tuple(step_of_row(row) for row in connection.execute(own).mappings())


def stand_anew(connection: Connection, call_id: UUID) -> PlannedCall | None:
    """Rebuilds the state of the callback from its events and stores it; None if it is unknown."""
    own = planned_call.c.id == call_id
    row = connection.execute(select(planned_call).where(own)).mappings().first()
    steps = steps_in(connection, call_id)
    if row is None:
        return None
    if not steps:
        return call_of(row)
    call = after(promise_of(row), steps)
    connection.execute(update(planned_call).where(own).values(state_row(call)))
    return call


def own_steps(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Returns the identifiers of the events that were created at this workplace."""
    own = select(outbox_table.c.entity_id).where(
        outbox_table.c.entity == Entity.PLANNED_STEP.value, outbox_table.c.entity_id.in_(list(ids))
    )
    return set(connection.scalars(own))


def empty_calls(connection: Connection, ids: Sequence[UUID]) -> None:
    """Deletes phone number and note of these callbacks. The rows remain, so the feed cannot restore
    them.
    """
    for start in range(0, len(ids), KEYS_AT_ONCE):
        some = ids[start : start + KEYS_AT_ONCE]
        erased = update(planned_call).where(planned_call.c.id.in_(some))
        connection.execute(erased.values(**_NOTHING_SAID))
        erase_queued(connection, Entity.PLANNED_CALL, some)


def drop_calls(connection: Connection, before: datetime) -> int:
    """Deletes callbacks finished before this time, with their events; returns their number."""
    old = connection.scalars(select(planned_call.c.id).where(planned_call.c.done_at < before)).all()
    empty_calls(connection, old)
    connection.execute(delete(planned_call).where(planned_call.c.done_at < before))
    is_left = exists().where(planned_call.c.id == planned_step.c.call_id)
    connection.execute(delete(planned_step).where(planned_step.c.at < before, ~is_left))
    return len(old)


# --- row conversion ---


def promise_row(call: PlannedCall) -> dict[str, Any]:
    """Converts a new callback to the columns of ``planned_call``."""
    return {**state_row(call), "promised_at": call.at, "tried_before": call.tries}


def state_row(call: PlannedCall) -> dict[str, Any]:
    """Converts the current state to columns of ``planned_call``."""
    outcome = None if call.outcome is None else call.outcome.value
    return {**{name: getattr(call, name) for name in _STATE}, "outcome": outcome}


def call_of(row: RowMapping) -> PlannedCall:
    """Builds the callback in its current state from a row of ``planned_call``."""
    outcome = None if row["outcome"] is None else PlannedOutcome(row["outcome"])
    return PlannedCall(**{**{name: row[name] for name in _STATE}, "outcome": outcome})


def promise_of(row: Mapping[str, Any] | RowMapping) -> PlannedCall:
    """Builds the callback as originally scheduled, without its events."""
    return PlannedCall(
        id=row["id"],
        at=row["promised_at"],
        phone=row["phone"],
        note=row["note"],
        for_id=row["for_id"],
        made_at=row["made_at"],
        made_by_name=row["made_by_name"],
        tries=row["tried_before"],
        made_by_id=row["made_by_id"],
    )


def step_row(step: PlannedStep) -> dict[str, Any]:
    """Converts an event to the columns of ``planned_step``."""
    return {
        "id": step.id,
        "call_id": step.call_id,
        "act": step.act.value,
        "at": step.at,
        "moment": step.moment,
        "by_id": step.by.id,
        "by_name": step.by.name,
        "by_role": step.by.role.value,
        "schema_version": PLANNED_SCHEMA_VERSION,
    }


def step_of_row(row: RowMapping) -> PlannedStep:
    """Builds the event from a row of ``planned_step``."""
    return PlannedStep(
        id=row["id"],
        call_id=row["call_id"],
        act=PlannedAct(row["act"]),
        at=row["at"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        moment=row["moment"],
    )


KEPT = timedelta(days=90)
"""Retention period of finished callbacks, with phone number and note."""
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Noted:
    """State of a callback after an outcome was recorded.

    ``is_taken`` is False if the callback had already been finished.
    """

    call: PlannedCall
    is_taken: bool


class PlannedCalls:
    """Scheduled callbacks of all workplaces.

    Reading methods are thread-safe and raise StoreError; futures resolve after COMMIT. Changes are
    replicated to all workplaces through the central database, if there is one.
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
        """Returns all open callbacks, earliest first."""
        query = (
            select(planned_call)
            .where(planned_call.c.outcome.is_(None))
            .order_by(planned_call.c.at, planned_call.c.id)
        )
        rows = self._store.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(map(call_of, rows))

    def add(self, call: PlannedCall) -> Future[PlannedCall]:
        """Stores a new scheduled callback."""

        def work(connection: Connection) -> PlannedCall:
            add_call(connection, call, self._clock())
            return call

        return self._store.write(work, feeds_outbox=True)

    def note(self, id: UUID, outcome: PlannedOutcome, by: Operator) -> Future[Noted | None]:
        """Records the outcome of an attempt; resolves to the callback, or None if it no longer
        exists.
        """
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
        """Records that the operator who scheduled the callback was reminded at this workplace.

        Records one reminder per scheduled time.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            call = call_in(connection, id)
            if call is not None and call.outcome is None and call.reminded_at != call.at:
                moment = _after_all(connection, id, at)
                add_step(connection, reminded(call, moment, by, self._new_id()), at)

        return self._store.write(work, feeds_outbox=True)


def _after_all(connection: Connection, call_id: UUID, at: datetime) -> datetime:
    """Returns the current time, or a time after the last known event if that is later.

    The clock of another workplace may be ahead.
    """
    known = [step.at for step in steps_in(connection, call_id)]
    return max(at, max(known) + _NEXT) if known else at


def forget_over(connection: Connection, at: datetime) -> int:
    """Deletes callbacks whose retention period has ended; returns their number."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    return drop_calls(connection, at - KEPT)


class PlannedFeed(RegisterReceiver):
    """Receives callbacks and events of all workplaces; those of this workplace are already stored.

    Events of this workplace that were superseded are passed to ``on_overtaken``, on the feed's
    thread after COMMIT. If the central database erased a callback's phone number and note, they are
    deleted here too.
    """

    def __init__(
        self,
        store: RegisterStore,
        on_overtaken: Callable[[PlannedOvertaken], None] = lambda _told: None,
    ) -> None:
        super().__init__(store, Feed.PLANNED)
        self._on_overtaken = on_overtaken
        self._overtaken: list[PlannedOvertaken] = []

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        self._overtaken.clear()
        steps: dict[UUID, list[dict[str, Any]]] = {}
        touched: dict[UUID, None] = {}  # in order of arrival
        for item in items:
            document = item.document or {}
            if item.entity == "planned_step":
                step = _step_row(document)
                steps.setdefault(step["call_id"], []).append(step)
                touched[step["call_id"]] = None
            elif document["phone"]:
                touched[UUID(document["id"])] = None
                fresh = insert(planned_call).values(_call_row(document))
                connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))
            else:
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
                empty_calls(connection, [UUID(document["id"])])
        for call_id in touched:
            self._take_steps(connection, call_id, steps.get(call_id, []))

    def _take_steps(
        self, connection: Connection, call_id: UUID, rows: Sequence[dict[str, Any]]
    ) -> None:
        before = counted(steps_in(connection, call_id))
        for row in rows:
            fresh = insert(planned_step).values(row)
            connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))
        call = stand_anew(connection, call_id)
        held = {step.id for step in counted(steps_in(connection, call_id))}
        lost = [step for step in before if step.id not in held]
        own = own_steps(connection, [step.id for step in lost])
        if call is not None and call.phone:
            self._overtaken += [PlannedOvertaken(call, one) for one in lost if one.id in own]

    def check(self, item: FeedItem) -> None:
        document = item.document or {}
        if item.entity == "planned_step":
            PlannedAct(_step_row(document)["act"])
        elif document["phone"]:
            _call_row(document)
        else:
            UUID(document["id"])

    def written(self) -> None:
        for told in self._overtaken:
            self._on_overtaken(told)


def _call_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """Builds the row of a callback without events."""
    told = {
        column.name: plain_value(column, document[column.name])
        for column in central_append_only_tables.planned_call.columns
        if column.name in planned_call.c
    }
    return {**told, "promised_at": told["at"], "tried_before": told["tries"]}


def _step_row(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        column.name: plain_value(
            central_append_only_tables.planned_step.c[column.name], document[column.name]
        )
        for column in planned_step.columns
    }
