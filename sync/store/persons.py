"""One person's data in a workplace's register: found, copied, erased; the same for the centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection

from sync.register.audit import COMMAND, Audited, AuditKind, Subject
from sync.register.persons import FoundRecord, PersonQuery
from sync.store.erasure import Cause, Erasing, erase, find_person, forget_on_the_way
from sync.store.person_copy import RecordCopy, copy_records
from sync.store.register import RegisterStore
from sync.store.searched_names import keep_names
from sync.store.sheet_notes import told_by
from sync.store.sound_files import SoundFiles, kept_whole
from sync.store.sounds import set_aside, with_sounds
from sync.store.traces import forget_elsewhere

Paper = Callable[[Sequence[FoundRecord]], None]
"""Puts an erasure on paper before it is committed; what it raises undoes the erasure."""


class Persons(Protocol):
    """A register that is asked about one person; raises what its database raises."""

    def find(self, query: PersonQuery) -> tuple[FoundRecord, ...]: ...

    def copy(self, query: PersonQuery, act_id: UUID, at: datetime) -> tuple[RecordCopy, ...]: ...

    def erase(
        self, query: PersonQuery, act_id: UUID, at: datetime, paper: Paper
    ) -> tuple[FoundRecord, ...]: ...


class LocalPersons:
    """The register of a workplace as Persons."""

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
