"""SQL for one batch of outbox rows, sent in one protocol message, which is one transaction.

PostgreSQL runs all statements of one message of the simple query protocol in one transaction and
answers after its commit ("Multiple Statements in a Simple Query"). BEGIN and COMMIT would cost two
more round trips.

The server executes a message it has received even if the sender gave up and sent the batch to
another server. A frozen primary that wakes up would do so. Each message therefore has an expiry
time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ClauseElement,
    Integer,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from sync.records.central_append_only_tables import (
    city_edit,
    incident_event,
    missed_mark,
    operator_state,
    planned_call,
    planned_step,
)
from sync.records.central_shared_tables import audit
from sync.records.central_tables import call_record, message, message_event
from sync.records.table_rules import Entity
from sync.register.numbering import NumberProblem, parse
from sync.store.central.standings import TELL_STANDINGS, told_standings
from sync.store.local.outbox import OutboxRow

TABLES: Mapping[Entity, Table] = {
    Entity.CALL: call_record,
    Entity.MESSAGE: message,
    Entity.MESSAGE_EVENT: message_event,
    Entity.AUDIT: audit,
    Entity.CITY_EDIT: city_edit,
    Entity.OPERATOR_STATE: operator_state,
    Entity.INCIDENT_EVENT: incident_event,
    Entity.MISSED_MARK: missed_mark,
    Entity.PLANNED_CALL: planned_call,
    Entity.PLANNED_STEP: planned_step,
}
ADDED_ONLY = (
    audit,
    city_edit,
    operator_state,
    incident_event,
    missed_mark,
    planned_call,
    planned_step,
)

_KEY = ("station_id", "period", "id")
_NOTHING = "SELECT 0 WHERE false"
# query_canceled, the SQLSTATE of a statement time-out: the rows themselves are not at fault.
_IN_TIME = """DO $$BEGIN
    IF clock_timestamp() > CAST('{until}' AS timestamptz) THEN
        RAISE EXCEPTION 'this message came too late' USING ERRCODE = 'query_canceled';
    END IF;
END$$"""
_DIALECT = PGDialect_psycopg2()  # type: ignore[no-untyped-call]  # SQLAlchemy says nothing of it


@dataclass(frozen=True, slots=True)
class Statements:
    """SQL and parameters of one batch for psycopg2; the last statement returns the ``seq`` of the
    stored rows.
    """

    sql: str
    parameters: Mapping[str, str | list[str]]


def batch_statements(
    rows: Sequence[OutboxRow], own_code: str, until: datetime | None = None
) -> Statements:
    """Builds the statements that store these rows and return the ``seq`` of the rows then stored.

    A row counts as stored in this or a later revision. ``rows`` has one revision of each record; a
    revision never replaces a later one. For records of a workplace other than ``own_code``, events
    are added and nothing is changed. The server refuses the batch if its clock is past ``until``.
    Raises ValueError for an invalid registration number.
    """
    parts = [] if until is None else [_IN_TIME.format(until=until.isoformat())]
    parameters: dict[str, str | list[str]] = {}
    for entity, table in TABLES.items():
        chosen = [row for row in rows if row.entity is entity]
        for group in _alike(chosen, table, own_code):
            name = f"{entity.value}_{len(parts)}"
            parts.append(_put(table, group.columns, name, is_only_added=group.is_only_added))
            parameters[name] = _as_json(group.rows)
    standings = [row for row in rows if row.entity is Entity.STANDING]
    if standings:
        # The messages are stored by this point; an older status changes nothing.
        parts.append(_compiled(TELL_STANDINGS))
        parameters["told"] = _as_json(told_standings(standings))
    held = held_statement(rows)
    return Statements(";\n".join((*parts, held.sql)), {**parameters, **held.parameters})


def held_statement(rows: Sequence[OutboxRow]) -> Statements:
    """Builds the query that returns the ``seq`` of the rows stored in this or a later revision.

    The query compares the full key, so only the partition of each row's month is searched.
    """
    parameters: dict[str, str | list[str]] = {}
    asked = []
    for entity in TABLES:
        told = [_as_told(row) for row in rows if row.entity is entity]
        if told:
            asked.append(_ask(entity))
            parameters[f"held_{entity.value}"] = _as_json(told)
            parameters[f"months_{entity.value}"] = sorted({each["period"] for each in told})
    return Statements(" UNION ALL ".join(asked) or _NOTHING, parameters)


def place_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Returns workplace, month and counter of a record, parsed from its number.

    A payload without a number contains workplace and month directly. Raises ValueError for an
    invalid number.
    """
    if "number" not in payload:
        return {name: payload[name] for name in ("station_id", "period")}
    number = parse(payload["number"])
    if isinstance(number, NumberProblem):
        raise ValueError(number.value)
    return {"station_id": number.station, "period": number.period, "counter": number.counter}


def _as_told(row: OutboxRow) -> dict[str, Any]:
    place = place_of(row.payload)
    key = {"station_id": place["station_id"], "period": place["period"], "id": str(row.entity_id)}
    return {"outbox_seq": row.seq, **key, "rev": row.rev}


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one table with the same columns and the same conflict rule."""

    columns: tuple[str, ...]
    is_only_added: bool
    rows: list[dict[str, Any]]


def _alike(rows: Sequence[OutboxRow], table: Table, own_code: str) -> Iterator[_Group]:
    """Groups rows by conflict rule and columns; rows of an older program may have fewer columns."""
    groups: dict[tuple[tuple[str, ...], bool], _Group] = {}
    # All senders use the same order; otherwise two of them could deadlock.
    for row in sorted(rows, key=lambda row: row.entity_id):
        values = {**row.payload, **place_of(row.payload), "rev": row.payload["revision"]}
        names = tuple(column.name for column in table.columns if column.name in values)
        is_added = table in ADDED_ONLY or values["station_id"] != own_code
        group = groups.setdefault((names, is_added), _Group(names, is_added, []))
        group.rows.append({name: values[name] for name in names})
    yield from groups.values()


@lru_cache(maxsize=256)
def _put(table: Table, names: tuple[str, ...], parameter: str, *, is_only_added: bool) -> str:
    """Builds the INSERT of the rows of a JSON array; the server supplies the column types."""
    told = func.json_populate_recordset(
        literal_column(f"NULL::{table.name}"), cast(bindparam(parameter), JSON)
    ).table_valued(*names, name="told")
    fresh = insert(table).from_select(list(names), select(*(told.c[name] for name in names)))
    if is_only_added:
        return _compiled(fresh.on_conflict_do_nothing(index_elements=list(_KEY)))
    changed: dict[str, Any] = {
        column.name: fresh.excluded[column.name]
        for column in table.columns
        if column.name not in (*_KEY, "counter", "received_at")
    }
    return _compiled(
        fresh.on_conflict_do_update(
            index_elements=list(_KEY),
            set_={**changed, "received_at": func.now()},
            where=table.c.rev < fresh.excluded.rev,
        )
    )


@lru_cache(maxsize=256)
def _ask(entity: Entity) -> str:
    table = TABLES[entity]
    told = (
        func.json_to_recordset(cast(bindparam(f"held_{entity.value}"), JSON))
        .table_valued(
            column("outbox_seq", BigInteger),
            column("station_id", Text),
            column("period", Text),
            column("id", Uuid),
            column("rev", Integer),
            name="told",
        )
        .render_derived(with_types=True)
    )
    # The driver inlines the months, so the planner can prune the other partitions.
    in_months = table.c.period == func.any(bindparam(f"months_{entity.value}", type_=ARRAY(Text)))
    is_held = (*(table.c[name] == told.c[name] for name in _KEY), table.c.rev >= told.c.rev)
    return _compiled(select(told.c.outbox_seq).where(in_months, *is_held))


def _compiled(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=_DIALECT))


def _as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False)
