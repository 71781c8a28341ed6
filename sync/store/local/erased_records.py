"""Columns, outbox rows and event facts after an erasure; number and statistics remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, assert_never
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    delete,
    func,
    select,
    update,
)

from sync.records.table_rules import Entity
from sync.records.workplace_message_tables import erasure
from sync.records.workplace_tables import outbox
from sync.register.people.values import Absence
from sync.store.local.outbox import RowState


class Cause(StrEnum):
    """Why personal data are taken away."""

    REQUEST = "request"
    TERM = "term"


STATED = (
    ("phone", ("phone",)),
    ("email", ("email",)),
    ("name", ("surname", "given_name", "patronymic")),
)
"""Absences, and the columns whose value they stand in for."""
ROUTE = ("transferred_by", "diverted_from")
"""Columns of a call's way that may hold a telephone."""
EMPTIED: Mapping[str, tuple[str, ...]] = {
    "call_record": (
        "caller_number_raw",
        "caller_name",
        "concerned",
        "content",
        *ROUTE,
    ),
    "message": ("text", "place", "answer_text"),
}
"""Columns of words; one that was never filled stays so."""
WORDS_OF_FACTS = frozenset(
    {"explanation", "grounds", "measures", "name", "place", "reason", "remarks", "text"}
)
"""What people wrote into facts of events; beside it there are only codes and identities."""


def erased_values(table: Table) -> dict[str, ColumnElement[Any] | None]:
    """The columns to set in a table of calls or messages, local or central."""
    values: dict[str, ColumnElement[Any] | None] = {}
    for stated, columns in STATED:
        absence = table.c[f"{stated}_absence"]
        values[absence.name] = func.coalesce(absence, Absence.ERASED.value)
        values |= dict.fromkeys(columns)
    for name in EMPTIED[table.name]:
        values[name] = case((table.c[name].is_not(None), ""), else_=None)
    return values


def erased_payload(payload: Mapping[str, Any], entity: Entity) -> dict[str, Any]:
    """The same for a row of the outbox."""
    match entity:
        case Entity.CALL:
            return _emptied(_without_author(payload), "call_record")
        case Entity.MESSAGE:
            return _emptied(_without_author(payload), "message")
        case Entity.STANDING:
            return _emptied(payload, "message")
        case Entity.MESSAGE_EVENT:
            return {**payload, "facts": erased_facts(payload["facts"])}
        case Entity.PLANNED_CALL:
            return {**payload, "phone": "", "note": ""}
        case (
            Entity.AUDIT
            | Entity.CITY_EDIT
            | Entity.OPERATOR_STATE
            | Entity.INCIDENT_EVENT
            | Entity.MISSED_MARK
            | Entity.PLANNED_STEP
        ):
            return dict(payload)  # they tell of no citizen
        case _ as unreachable:
            assert_never(unreachable)


def erase_queued(connection: Connection, entity: Entity, ids: Sequence[UUID]) -> None:
    """What waits for the centre goes without the words; what it has for long is not kept here.

    ``ids`` are no more than one statement takes.
    """
    own = and_(outbox.c.entity == entity.value, outbox.c.entity_id.in_(ids))
    connection.execute(delete(outbox).where(own, outbox.c.state == RowState.CONFIRMED.value))
    rows = connection.execute(select(outbox.c.seq, outbox.c.payload).where(own)).all()
    for row in rows:
        left = erased_payload(row.payload, entity)
        connection.execute(update(outbox).where(outbox.c.seq == row.seq).values(payload=left))


def _without_author(payload: Mapping[str, Any]) -> dict[str, Any]:
    left = dict(payload)
    for stated, columns in STATED:
        left[f"{stated}_absence"] = left[f"{stated}_absence"] or Absence.ERASED.value
        left |= dict.fromkeys(columns)
    return left


def _emptied(payload: Mapping[str, Any], table: str) -> dict[str, Any]:
    # what a program of before has queued lacks the columns that came later
    own = [name for name in EMPTIED[table] if name in payload]
    return dict(payload) | {name: None if payload[name] is None else "" for name in own}


def erased_facts(facts: Any) -> Any:
    """The facts of an event without the words that people wrote."""
    match facts:
        case dict():
            return {
                name: ""
                if name in WORDS_OF_FACTS and isinstance(value, str)
                else erased_facts(value)
                for name, value in facts.items()
            }
        case list():
            return [erased_facts(part) for part in facts]
        case _:
            return facts


def is_erased(connection: Connection, entity: Entity, id: UUID) -> bool:
    """Whether the personal data of this record were taken away."""
    own = and_(erasure.c.entity == entity.value, erasure.c.entity_id == id)
    return connection.scalar(select(erasure.c.entity_id).where(own)) is not None
