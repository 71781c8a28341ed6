"""Promised calls and their steps as rows, each queued for the centre in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert

from sync.register.handling.events import Person
from sync.register.numbering import period_of
from sync.register.operators import Role
from sync.register.planned_calls import (
    PLANNED_SCHEMA_VERSION,
    PlannedAct,
    PlannedCall,
    PlannedOutcome,
    PlannedStep,
    after,
)
from sync.store import outbox
from sync.store.erased import erase_queued
from sync.store.outbox import Entity
from sync.store.record_tables import planned_step
from sync.store.rows import plain
from sync.store.workplace_tables.calls import planned_call
from sync.store.workplace_tables.sending import outbox as outbox_table
from sync.store.workplace_tables.station import station

_STATE = tuple(field.name for field in fields(PlannedCall))
_NOTHING_SAID: Mapping[str, Any] = {"phone": "", "note": ""}
KEYS_AT_ONCE = 500  # SQLite takes a limited number of values in one statement


def add_call(connection: Connection, call: PlannedCall, queued_at: datetime) -> None:
    """Keep a call that was planned here."""
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
    """Keep what happened to a call here; the call as it stands then."""
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
    """The call as it stands; None where there is none, or its person was erased."""
    row = connection.execute(select(planned_call).where(planned_call.c.id == id)).mappings().first()
    return None if row is None or not row["phone"] else call_of(row)


def steps_in(connection: Connection, call_id: UUID) -> tuple[PlannedStep, ...]:
    """All that is known here to have happened to the call."""
    own = select(planned_step).where(planned_step.c.call_id == call_id)
    return tuple(step_of_row(row) for row in connection.execute(own).mappings())


def stand_anew(connection: Connection, call_id: UUID) -> PlannedCall | None:
    """Work out from the promise and its steps how the call stands; None where it is not here."""
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
    """Those of these steps that were taken at this workplace."""
    own = select(outbox_table.c.entity_id).where(
        outbox_table.c.entity == Entity.PLANNED_STEP.value, outbox_table.c.entity_id.in_(list(ids))
    )
    return set(connection.scalars(own))


def empty_calls(connection: Connection, ids: Sequence[UUID]) -> None:
    """Take telephone and words away; what is left keeps the centre from bringing them back."""
    for start in range(0, len(ids), KEYS_AT_ONCE):
        some = ids[start : start + KEYS_AT_ONCE]
        erased = update(planned_call).where(planned_call.c.id.in_(some))
        connection.execute(erased.values(**_NOTHING_SAID))
        erase_queued(connection, Entity.PLANNED_CALL, some)


def drop_calls(connection: Connection, before: datetime) -> int:
    """Drop what was over before the moment, with its steps; how many calls."""
    old = connection.scalars(select(planned_call.c.id).where(planned_call.c.done_at < before)).all()
    empty_calls(connection, old)
    connection.execute(delete(planned_call).where(planned_call.c.done_at < before))
    is_left = exists().where(planned_call.c.id == planned_step.c.call_id)
    connection.execute(delete(planned_step).where(planned_step.c.at < before, ~is_left))
    return len(old)


# --- rows -------------------------------------------------------------------------------------


def promise_row(call: PlannedCall) -> dict[str, Any]:
    """The columns of ``planned_call`` for one that was just promised."""
    return {**state_row(call), "promised_at": call.at, "tried_before": call.tries}


def state_row(call: PlannedCall) -> dict[str, Any]:
    """The columns that tell how a call stands."""
    outcome = None if call.outcome is None else call.outcome.value
    return {**{name: getattr(call, name) for name in _STATE}, "outcome": outcome}


def call_of(row: RowMapping) -> PlannedCall:
    """The call of a row of ``planned_call``, as it stands."""
    outcome = None if row["outcome"] is None else PlannedOutcome(row["outcome"])
    return PlannedCall(**{**{name: row[name] for name in _STATE}, "outcome": outcome})


def promise_of(row: Mapping[str, Any] | RowMapping) -> PlannedCall:
    """The call as it was promised, before anything happened to it."""
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
    """The columns of ``planned_step``."""
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
    """The step of a row of ``planned_step``."""
    return PlannedStep(
        id=row["id"],
        call_id=row["call_id"],
        act=PlannedAct(row["act"]),
        at=row["at"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        moment=row["moment"],
    )
