"""Converts calls and messages to rows and back; assigns numbers; checks immutable fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Date, DateTime, RowMapping, Time, Uuid, select
from sqlalchemy.dialects.sqlite import insert

from sync.errors import RecordMismatch, StoreUnreadable
from sync.records.table_rules import Entity
from sync.records.workplace_tables import counter, station
from sync.register.calls.calls import (
    CallRecord,
    CallResult,
    CallRoute,
    CallState,
    RequestWay,
    UsedEntry,
)
from sync.register.messages import MessageRecord, Publicity, State
from sync.register.numbering import (
    NumberProblem,
    RegistrationNumber,
    next_number,
    parse,
    period_of,
)
from sync.register.people.operators import Role
from sync.register.people.values import Absence, PersonName, Stated


def give_number(connection: Connection, at: datetime) -> RegistrationNumber:
    """Assigns the next number of the month, in the transaction that writes its record."""
    period = period_of(at)
    code = connection.scalars(select(station.c.code)).one()
    last = connection.scalar(select(counter.c.last).where(counter.c.period == period)) or 0
    number = next_number(period, code, last)
    connection.execute(
        insert(counter)
        .values(period=period, last=number.counter)
        .on_conflict_do_update(index_elements=["period"], set_={"last": number.counter})
    )
    return number


def require_same(
    entity: Entity,
    record: CallRecord | MessageRecord,
    stored: CallRecord | MessageRecord,
    fields: Iterable[str],
) -> None:
    """Checks that these fields equal the stored ones; raises RecordMismatch otherwise."""
    for field in fields:
        if getattr(record, field) != getattr(stored, field):
            raise RecordMismatch(entity.value, record.id, field)


Row = dict[str, Any]


def call_row(card: CallRecord) -> Row:
    """Returns the columns of ``call_record``."""
    return {
        "id": card.id,
        "number": str(card.number),
        "revision": card.revision,
        "state": card.state.value,
        "direction": card.direction,
        "sip_call_id": card.sip_call_id,
        "arrived_at": card.arrived_at,
        "answered_at": card.answered_at,
        "ended_at": card.ended_at,
        "first_key_at": card.first_key_at,
        "hit_accepted_at": card.hit_accepted_at,
        "end_cause": card.end_cause,
        "end_status": card.end_status,
        "dialled_line": card.dialled_line,
        "caller_number_raw": card.caller_number_raw,
        "caller_name": card.caller_name,
        **_stated("phone", card.phone),
        **_stated("email", card.email),
        **_name(card.name),
        "concerned": card.concerned or None,
        "content": card.content,
        "result": None if card.result is None else card.result.value,
        "used_entries": [asdict(entry) for entry in card.used_entries],
        "topic": card.topic,
        "category": card.category,
        "message_id": card.message_id,
        "out_of_hours": card.out_of_hours,
        "operator_id": card.operator_id,
        "operator_name": card.operator_name,
        "operator_role": card.operator_role.value,
        "closed_by_id": card.closed_by_id,
        "closed_by_name": card.closed_by_name,
        "workplace": card.workplace,
        "created_at": card.created_at,
        "saved_at": card.saved_at,
        "way": None if card.way is None else card.way.value,
        "part_of": None if card.part_of is None else str(card.part_of),
        "handled_at": card.handled_at,
        **{name: value or None for name, value in asdict(card.route).items()},
        "schema_version": card.schema_version,
    }


def call_of(row: RowMapping) -> CallRecord:
    """Returns the record of a row of ``call_record``."""
    return CallRecord(
        id=row["id"],
        number=_number(row["number"]),
        revision=row["revision"],
        state=CallState(row["state"]),
        direction=row["direction"],
        sip_call_id=row["sip_call_id"],
        arrived_at=row["arrived_at"],
        answered_at=row["answered_at"],
        ended_at=row["ended_at"],
        first_key_at=row["first_key_at"],
        hit_accepted_at=row["hit_accepted_at"],
        end_cause=row["end_cause"],
        end_status=row["end_status"],
        dialled_line=row["dialled_line"],
        caller_number_raw=row["caller_number_raw"],
        caller_name=row["caller_name"],
        phone=_stated_of(row, "phone"),
        email=_stated_of(row, "email"),
        name=_name_of(row),
        concerned=row["concerned"] or "",
        content=row["content"],
        result=None if row["result"] is None else CallResult(row["result"]),
        used_entries=tuple(UsedEntry(**entry) for entry in row["used_entries"]),
        topic=row["topic"],
        category=row["category"],
        message_id=row["message_id"],
        out_of_hours=row["out_of_hours"],
        operator_id=row["operator_id"],
        operator_name=row["operator_name"],
        operator_role=Role(row["operator_role"]),
        closed_by_id=row["closed_by_id"],
        closed_by_name=row["closed_by_name"],
        workplace=row["workplace"],
        created_at=row["created_at"],
        saved_at=row["saved_at"],
        way=None if row["way"] is None else RequestWay(row["way"]),
        part_of=None if row["part_of"] is None else _number(row["part_of"]),
        handled_at=row["handled_at"],
        route=CallRoute(
            row["queue"] or "", row["transferred_by"] or "", row["diverted_from"] or ""
        ),
        schema_version=row["schema_version"],
    )


def message_row(message: MessageRecord) -> Row:
    """Returns the columns of ``message``."""
    return {
        "id": message.id,
        "number": None if message.number is None else str(message.number),
        "revision": message.revision,
        "state": message.state.value,
        "call_id": message.call_id,
        "text": message.text,
        "topic": message.topic,
        "category": message.category,
        "unit": message.unit,
        "event_on": message.event_on,
        "event_time": message.event_time,
        "place": message.place,
        "publicity": message.publicity.value,
        **_stated("phone", message.phone),
        **_stated("email", message.email),
        **_name(message.name),
        "operator_id": message.operator_id,
        "operator_name": message.operator_name,
        "operator_role": message.operator_role.value,
        "created_at": message.created_at,
        "submitted_at": message.submitted_at,
        "registered_at": message.registered_at,
        "platform_id": message.platform_id,
        "platform_status": message.platform_status,
        "answer_text": message.answer_text,
        "schema_version": message.schema_version,
    }


def message_of(row: RowMapping) -> MessageRecord:
    """Returns the record of a row of ``message``."""
    return MessageRecord(
        id=row["id"],
        number=None if row["number"] is None else _number(row["number"]),
        revision=row["revision"],
        state=State(row["state"]),
        call_id=row["call_id"],
        text=row["text"],
        topic=row["topic"],
        category=row["category"],
        unit=row["unit"],
        event_on=row["event_on"],
        event_time=row["event_time"],
        place=row["place"],
        publicity=Publicity(row["publicity"]),
        name=_name_of(row),
        phone=_stated_of(row, "phone"),
        email=_stated_of(row, "email"),
        operator_id=row["operator_id"],
        operator_name=row["operator_name"],
        operator_role=Role(row["operator_role"]),
        created_at=row["created_at"],
        submitted_at=row["submitted_at"],
        registered_at=row["registered_at"],
        platform_id=row["platform_id"],
        platform_status=row["platform_status"],
        answer_text=row["answer_text"],
        schema_version=row["schema_version"],
    )


def plain(row: Row) -> Row:
    """Returns the row in a form for JSON: times, dates and ids as text."""
    return {column: _plain(value) for column, value in row.items()}


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _stated(column: str, value: Stated) -> Row:
    absent = isinstance(value, Absence)
    return {
        column: None if absent else str(value),
        f"{column}_absence": value.value if isinstance(value, Absence) else None,
    }


def _stated_of(row: RowMapping, column: str) -> Stated:
    value: str | None = row[column]
    return Absence(row[f"{column}_absence"]) if value is None else value


def _name(name: PersonName | Absence) -> Row:
    if isinstance(name, Absence):
        parts: Row = {"surname": None, "given_name": None, "patronymic": None}
        return {**parts, "name_absence": name.value}
    return {**asdict(name), "name_absence": None}


def _name_of(row: RowMapping) -> PersonName | Absence:
    if row["name_absence"] is not None:
        return Absence(row["name_absence"])
    return PersonName(row["surname"], row["given_name"], row["patronymic"])


def _number(text: str) -> RegistrationNumber:
    number = parse(text)
    if isinstance(number, NumberProblem):
        raise StoreUnreadable("damaged")
    return number


def plain_value(column: Column[Any], plain: Any) -> Any:
    """Converts a JSON value from ``plain`` back to the value of a central column."""
    if plain is None:
        return None
    match column.type:
        case DateTime():
            return datetime.fromisoformat(plain)
        case Date():
            return date.fromisoformat(plain)
        case Time():
            return time.fromisoformat(plain)
        case Uuid():
            return UUID(plain)
        case _:
            return plain
