"""All that a workplace's register keeps of one person, to be handed to him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select

from sync.register.hand_made import telephone_call_of
from sync.register.persons import FoundRecord, Left, PersonQuery, RecordKind, phone_forms
from sync.store.erased import ROUTE
from sync.store.kept_persons import typed_copy
from sync.store.record_tables import call_record, message, message_event
from sync.store.rows import call_of, plain
from sync.store.sheet_notes import note_copy, told_by
from sync.store.workplace_tables.calls import (
    call_recording,
    missed_handled,
    planned_call,
    script_step,
)
from sync.store.workplace_tables.messages import answer_file, message_photo, notice, notice_call

_TABLES: Mapping[RecordKind, Table] = {
    RecordKind.CALL: call_record,
    RecordKind.MESSAGE: message,
    RecordKind.PROMISED: planned_call,
}


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """A record and what belongs to it, as JSON has them; files are names and contents.

    ``parts`` are rows of other tables, by what they are to the record.
    """

    found: FoundRecord
    values: dict[str, Any]
    events: tuple[dict[str, Any], ...] = ()
    parts: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


def copy_records(
    connection: Connection, records: Iterable[FoundRecord], query: PersonQuery
) -> tuple[RecordCopy, ...]:
    """These records whole; those that carry another name are another person's and are left out."""
    own = [record for record in records if record.left is not Left.OTHER_NAME]
    told = told_by(connection, own, query)
    return tuple(
        RecordCopy(record, plain(note_copy(connection, record.id, *told)))
        if record.kind is RecordKind.SHEET
        else RecordCopy(record, plain(typed_copy(connection, record, *told)))
        if record.kind is RecordKind.TYPED
        else _copied(connection, record, query)
        for record in own
    )


def _copied(connection: Connection, found: FoundRecord, query: PersonQuery) -> RecordCopy:
    table = _TABLES[found.kind]
    row = connection.execute(select(table).where(table.c.id == found.id)).mappings().one()
    values = plain(dict(row))
    if found.is_of_another:
        return RecordCopy(found, of_the_way(values, query))
    if table is call_record:
        return RecordCopy(found, values, parts=_parts_of_call(connection, row))
    if table is planned_call:
        return RecordCopy(found, values)
    photos = connection.execute(
        select(message_photo.c.file_name, message_photo.c.content)
        .where(message_photo.c.message_id == found.id)
        .order_by(message_photo.c.position)
    ).all()
    files = connection.execute(
        select(answer_file.c.name, answer_file.c.content)
        .where(answer_file.c.message_id == found.id)
        .order_by(answer_file.c.added_at)
    ).all()
    named = [(f"{place} {name}", content) for place, (name, content) in enumerate(photos, 1)]
    own_notices = select(notice.c.id).where(notice.c.message_id == found.id)
    return RecordCopy(
        found,
        values,
        _rows(connection, message_event, message_event.c.message_id == found.id, "seq"),
        {
            "notices": _rows(connection, notice, notice.c.message_id == found.id, "made_at"),
            "notice_calls": _rows(
                connection, notice_call, notice_call.c.notice_id.in_(own_notices), "at"
            ),
        },
        (*named, *((name, content) for name, content in files)),
    )


def of_the_way(values: Mapping[str, Any], query: PersonQuery) -> dict[str, Any]:
    """What somebody else's call tells of the person: when it came, and where his number stands."""
    forms = phone_forms(query.phone) if query.phone else ()
    told = [name for name in ROUTE if values[name] in forms]
    return {name: values[name] for name in ("number", "arrived_at", *told)}


def _parts_of_call(
    connection: Connection, row: RowMapping
) -> dict[str, tuple[dict[str, Any], ...]]:
    sound = call_recording.c.sip_call_id == telephone_call_of(call_of(row))
    return {
        "script_steps": _rows(connection, script_step, script_step.c.call_id == row["id"], "at"),
        "recordings": _rows(connection, call_recording, sound, "at"),
        "handled": _rows(connection, missed_handled, missed_handled.c.call_id == row["id"], "at"),
    }


def _rows(
    connection: Connection, table: Table, own: ColumnElement[bool], order: str
) -> tuple[dict[str, Any], ...]:
    rows = connection.execute(select(table).where(own).order_by(table.c[order])).mappings()
    return tuple(plain(dict(row)) for row in rows)
