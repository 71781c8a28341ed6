"""The notes of hand-over sheets: who is told of in them, and how they are emptied.

A sheet itself names records and nobody; its note is free words, and goes whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Text, func, select, update

from sync.register.mentions import mentions
from sync.register.persons import DataCategory, FoundRecord, PersonQuery, RecordKind
from sync.store.traces import authors_of
from sync.store.workplace_tables.shifts import handover_sheet

_NOTE = func.json_extract(handover_sheet.c.content, "$.note", type_=Text)
_NOTES = select(handover_sheet.c.id, handover_sheet.c.at, _NOTE.label("note")).order_by(
    handover_sheet.c.at, handover_sheet.c.id
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def find_notes(
    connection: Connection, people: Sequence[PersonQuery], numbers: Collection[str]
) -> tuple[FoundRecord, ...]:
    """The sheets whose note tells of one of these people or records, the earliest first.

    So are those that a query names by the minute of their signature.
    """
    minutes = {minute for person in people for minute in person.sheets}
    return tuple(
        FoundRecord(RecordKind.SHEET, row.id, "", (DataCategory.SHEET_NOTE,), at=row.at)
        for row in _with_notes(connection)
        if row.at.replace(second=0, microsecond=0) in minutes
        or any(mentions(row.note, person, numbers) for person in people)
    )


def notes_beside(
    connection: Connection, records: Iterable[FoundRecord], asked: PersonQuery | None = None
) -> tuple[FoundRecord, ...]:
    """The sheets that tell of who was asked for, or of these records and who stands in them."""
    return find_notes(connection, *told_by(connection, records, asked))


def told_by(
    connection: Connection, records: Iterable[FoundRecord], asked: PersonQuery | None
) -> tuple[tuple[PersonQuery, ...], frozenset[str]]:
    """By which people and which numbers a note tells of what is erased."""
    erased = [one for one in records if one.left is None and not one.is_of_another]
    people = (*(() if asked is None else (asked,)), *authors_of(connection, erased))
    return people, frozenset(one.number for one in erased if one.number)


def note_copy(
    connection: Connection, id: UUID, people: Sequence[PersonQuery], numbers: Collection[str]
) -> dict[str, Any]:
    """When the sheet was signed, and those sentences of its note that tell of the person."""
    row = connection.execute(_NOTES.where(handover_sheet.c.id == id)).one()
    return {"id": id, "at": row.at, "content": sentences_of(row.note, people, numbers)}


def sentences_of(text: str, people: Sequence[PersonQuery], numbers: Collection[str]) -> str:
    """Those sentences of words written freely that tell of these people or records."""
    return " ".join(
        sentence
        for sentence in _SENTENCE.split(text)
        if any(mentions(sentence, person, numbers) for person in people)
    )


def empty_notes(connection: Connection, ids: Iterable[UUID]) -> None:
    """Take these notes away; who signed, and what else stands on the sheets, stays."""
    emptied = update(handover_sheet).values(
        content=func.json_set(handover_sheet.c.content, "$.note", "")
    )
    for id in ids:
        connection.execute(emptied.where(handover_sheet.c.id == id))


def end_notes(connection: Connection, before: datetime) -> int:
    """Take the notes of older sheets away; how many."""
    old = [row.id for row in _with_notes(connection) if row.at < before]
    empty_notes(connection, old)
    return len(old)


def _with_notes(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(_NOTES.where(_NOTE != "")).all()
