"""Erased form of records, outbox rows and event data; registration number and statistics remain."""

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
    """Reason for erasing personal data."""

    REQUEST = "request"
    TERM = "term"


STATED = (
    ("phone", ("phone",)),
    ("email", ("email",)),
    ("name", ("surname", "given_name", "patronymic")),
)
"""Columns with the reason for a missing value, each with the columns that may be missing."""
ROUTE = ("transferred_by", "diverted_from")
"""Columns of a call's route that may contain a phone number."""
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
"""Text columns that an erasure sets to an empty string, by table; NULL remains NULL."""
WORDS_OF_FACTS = frozenset(
    {"explanation", "grounds", "measures", "name", "place", "reason", "remarks", "text"}
)
"""Free-text fields of event data; all other fields contain only codes and identifiers."""


def erased_values(table: Table) -> dict[str, ColumnElement[Any] | None]:
    """Returns the values that an erasure sets in a table of calls or messages, local or central."""
    values: dict[str, ColumnElement[Any] | None] = {}
    for stated, columns in STATED:
        absence = table.c[f"{stated}_absence"]
        values[absence.name] = func.coalesce(absence, Absence.ERASED.value)
        values |= dict.fromkeys(columns)
    for name in EMPTIED[table.name]:
        values[name] = case((table.c[name].is_not(None), ""), else_=None)
    return values


def erased_payload(payload: Mapping[str, Any], entity: Entity) -> dict[str, Any]:
    """Returns the payload of an outbox row without personal data."""
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
            return dict(payload)  # no personal data of citizens
        case _ as unreachable:
            assert_never(unreachable)


def erase_queued(connection: Connection, entity: Entity, ids: Sequence[UUID]) -> None:
    """Removes personal data from the outbox rows of these records; deletes acknowledged rows.

    The number of ``ids`` must not exceed the limit of one statement.
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
    # rows queued by an older version lack columns that were added later
    own = [name for name in EMPTIED[table] if name in payload]
    return dict(payload) | {name: None if payload[name] is None else "" for name in own}


def erased_facts(facts: Any) -> Any:
    """Returns the event data with empty free-text fields."""
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
    """Whether the personal data of this record were erased."""
    own = and_(erasure.c.entity == entity.value, erasure.c.entity_id == id)
    return connection.scalar(select(erasure.c.entity_id).where(own)) is not None
