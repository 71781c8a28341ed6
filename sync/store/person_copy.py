"""All that a workplace's register keeps of one person, to be handed to him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from sync.register.persons import FoundRecord, Left, RecordKind
from sync.store.rows import plain
from sync.store.tables import (
    answer_file,
    call_record,
    message,
    message_event,
    message_photo,
    notice,
    planned_call,
)

_TABLES: Mapping[RecordKind, Table] = {
    RecordKind.CALL: call_record,
    RecordKind.MESSAGE: message,
    RecordKind.PROMISED: planned_call,
}


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """A record and what belongs to it, as JSON has them; files are names and contents."""

    found: FoundRecord
    values: dict[str, Any]
    events: tuple[dict[str, Any], ...] = ()
    notices: tuple[dict[str, Any], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def copy_records(connection: Connection, records: Iterable[FoundRecord]) -> tuple[RecordCopy, ...]:
    """These records whole; those that carry another name are another person's and are left out."""
    return tuple(
        _copied(connection, record) for record in records if record.left is not Left.OTHER_NAME
    )


def _copied(connection: Connection, found: FoundRecord) -> RecordCopy:
    table = _TABLES[found.kind]
    row = connection.execute(select(table).where(table.c.id == found.id)).mappings().one()
    if table is not message:
        return RecordCopy(found, plain(dict(row)))
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
    return RecordCopy(
        found,
        plain(dict(row)),
        _rows(connection, message_event, found, "seq"),
        _rows(connection, notice, found, "made_at"),
        (*named, *((name, content) for name, content in files)),
    )


def _rows(
    connection: Connection, table: Table, found: FoundRecord, order: str
) -> tuple[dict[str, Any], ...]:
    rows = connection.execute(
        select(table).where(table.c.message_id == found.id).order_by(table.c[order])
    ).mappings()
    return tuple(plain(dict(row)) for row in rows)
