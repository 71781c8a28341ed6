"""One person's data in the local database: copy, erasure on request, surnames to purge.

Surnames are stored as hashes until search log entries that contain them are deleted.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, delete, insert, select

from sync.records.replicated_tables import call_record, message, message_event
from sync.records.row_codec import call_of, plain
from sync.records.workplace_message_tables import (
    answer_file,
    message_photo,
    name_to_forget,
    notice,
    notice_call,
)
from sync.records.workplace_tables import (
    call_recording,
    missed_handled,
    planned_call,
    script_step,
)
from sync.register.audit import COMMAND, Audited, AuditKind, Subject
from sync.register.calls.by_hand import telephone_call_of
from sync.register.handling.events import Source
from sync.register.people.names import MaskedName, is_in, masked
from sync.register.people.persons import FoundRecord, Left, PersonQuery, RecordKind, phone_forms
from sync.store.local.calls.notes import forget_elsewhere
from sync.store.local.calls.recordings import SoundFiles, kept_whole, set_aside, with_sounds
from sync.store.local.erased_records import ROUTE, Cause
from sync.store.local.people.erasure import Erasing, erase, find_person, forget_on_the_way
from sync.store.local.people.shifts import note_copy, told_by, typed_copy
from sync.store.local.register import RegisterStore

_TABLES: Mapping[RecordKind, Table] = {
    RecordKind.CALL: call_record,
    RecordKind.MESSAGE: message,
    RecordKind.PROMISED: planned_call,
}


@dataclass(frozen=True, slots=True)
class RecordCopy:
    """Copy of a record and its related data in JSON form.

    ``parts`` contains rows of other tables by their role, ``files`` the names and contents of
    files.
    """

    found: FoundRecord
    values: dict[str, Any]
    events: tuple[dict[str, Any], ...] = ()
    parts: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


def copy_records(
    connection: Connection, records: Iterable[FoundRecord], query: PersonQuery
) -> tuple[RecordCopy, ...]:
    """Copies these records completely; records with another person's name are left out."""
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
    """Returns the parts of another person's call that concern this person.

    These are the number and time of the call, and the route fields with the person's phone number.
    """
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


Forget = Callable[[Callable[[str], bool]], int]
"""Deletes the search log entries whose text matches the predicate; returns their number."""


def keep_names(connection: Connection, people: Iterable[PersonQuery]) -> None:
    """Stores hashes of these persons' surnames, with which ``forget_searched`` finds search log
    entries.
    """
    surnames = {one.name.surname for one in people if one.name is not None and one.name.surname}
    for surname in sorted(surnames):
        name = masked(surname, secrets.token_hex(16))
        connection.execute(
            insert(name_to_forget).values(
                salt=name.salt, letters=name.letters, longest=name.longest, digest=name.digest
            )
        )


def forget_searched(store: RegisterStore, forget: Forget) -> int:
    """Deletes search log entries that contain a surname of an erased person; returns their number.

    Blocks; call on a worker thread. Raises StoreError and the exceptions of ``forget``; the stored
    surname hashes then remain for the next run.
    """
    names = store.read(
        lambda connection: [
            MaskedName(row.salt, row.letters, row.longest, row.digest)
            for row in connection.execute(select(name_to_forget))
        ]
    )
    if not names:
        return 0
    count = forget(lambda text: any(is_in(text, name) for name in names))

    def work(connection: Connection) -> int:
        done = [name.salt for name in names]
        connection.execute(delete(name_to_forget).where(name_to_forget.c.salt.in_(done)))
        if count:
            source = Source.SYSTEM.value
            told = Audited(AuditKind.SEARCHES_ERASED, None, source, count=count)
            store.audit.add(connection, told)
        return count

    return store.write(work).result()


Paper = Callable[[Sequence[FoundRecord]], None]
"""Writes the erasure report before the commit; an exception rolls the erasure back."""


class Persons(Protocol):
    """Interface of a register that searches, copies and erases one person's data.

    Methods raise the exceptions of its database.
    """

    def find(self, query: PersonQuery) -> tuple[FoundRecord, ...]: ...

    def copy(self, query: PersonQuery, act_id: UUID, at: datetime) -> tuple[RecordCopy, ...]: ...

    def erase(
        self, query: PersonQuery, act_id: UUID, at: datetime, paper: Paper
    ) -> tuple[FoundRecord, ...]: ...


class LocalPersons:
    """Searches, copies and erases one person's data in the local database."""

    def __init__(self, store: RegisterStore, sound_files: SoundFiles | None = None) -> None:
        self._store = store
        self._sound_files = sound_files or SoundFiles(None)

    def find(self, query: PersonQuery) -> tuple[FoundRecord, ...]:
        def work(connection: Connection) -> tuple[FoundRecord, ...]:
            found = with_sounds(connection, find_person(connection, query))
            looked_up = Audited(
                AuditKind.LOOKED_UP, None, COMMAND, detail="person", count=len(found)
            )
            self._store.audit.add(connection, looked_up)
            return found

        return self._store.write(work).result()

    def copy(self, query: PersonQuery, act_id: UUID, at: datetime) -> tuple[RecordCopy, ...]:
        def work(connection: Connection) -> tuple[RecordCopy, ...]:
            copies = copy_records(connection, find_person(connection, query), query)
            self._note(connection, AuditKind.PERSON_EXPORTED, act_id, len(copies))
            return copies

        return self._store.write(work).result()

    def erase(
        self, query: PersonQuery, act_id: UUID, at: datetime, paper: Paper
    ) -> tuple[FoundRecord, ...]:
        def work(connection: Connection) -> tuple[FoundRecord, ...]:
            found = with_sounds(connection, find_person(connection, query))
            found = set_aside(connection, found, self._sound_files)
            keep_names(connection, told_by(connection, found, query)[0])
            erase(connection, found, Erasing(Cause.REQUEST, at, act_id))
            forget_on_the_way(connection, query)
            forget_elsewhere(connection, query)
            erased = sum(record.left is None for record in found)
            self._note(connection, AuditKind.PERSON_ERASED, act_id, erased)
            paper(found)
            return found

        with kept_whole(self._sound_files):
            return self._store.write(work).result()

    def _note(self, connection: Connection, kind: AuditKind, act_id: UUID, count: int) -> None:
        told = Audited(kind, None, COMMAND, Subject.ACT, act_id, count=count)
        self._store.audit.add(connection, told)
