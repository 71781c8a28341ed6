"""Erases in the local database the records that the central database erased on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from sync.records.central_tables import erasure
from sync.records.replicated_tables import call_record, message
from sync.records.workplace_message_tables import erasure as erased_here
from sync.register.audit import Audited, AuditKind, Subject
from sync.register.handling.events import Source
from sync.register.people.persons import FoundRecord, RecordKind
from sync.store.central.connection import central_transaction
from sync.store.local.calls.notes import authors_of, promises_beside
from sync.store.local.calls.recordings import SoundFiles, kept_whole, set_aside, with_sounds
from sync.store.local.erased_records import Cause
from sync.store.local.people.erasure import Erasing, erase
from sync.store.local.people.persons import keep_names
from sync.store.local.people.shifts import notes_beside, typed_beside
from sync.store.local.register import RegisterStore

_TABLES = {RecordKind.CALL: call_record, RecordKind.MESSAGE: message}


def take_erasures(
    store: RegisterStore, dsn: str, at: datetime, sound_files: SoundFiles | None = None
) -> int:
    """Erases local records that the central database erased on request, and returns their number.

    Blocks; call on a worker thread. All requests are checked each time: they are few, and none is
    missed. Does nothing if the central database has no erasures or does not show them. Raises
    psycopg2.Error, DsnInvalid and StoreError.
    """
    files = sound_files or SoundFiles(None)
    told = _told(dsn, store.station().code)
    if not told:
        return 0

    def work(connection: Connection) -> int:
        count = 0
        for act_id in dict.fromkeys(row.act_id for row in told):
            found = [
                record
                for row in told
                if row.act_id == act_id and (record := _found(connection, row)) is not None
            ]
            if found:
                found += [one for one in promises_beside(connection, found) if one.left is None]
                forms = typed_beside(connection, found)
                found += notes_beside(connection, found)
                found += [one for one in forms if one.left is None]
                keep_names(connection, authors_of(connection, found))
                set_aside(connection, with_sounds(connection, found), files)
                erase(connection, found, Erasing(Cause.REQUEST, at, act_id))
                store.audit.add(
                    connection,
                    Audited(
                        AuditKind.PERSON_ERASED,
                        None,
                        Source.SYSTEM.value,
                        Subject.ACT,
                        act_id,
                        count=len(found),
                    ),
                )
            count += len(found)
        return count

    with kept_whole(files):
        return store.write(work).result()


def _told(dsn: str, station: str) -> Sequence[Row[Any]]:
    with central_transaction(dsn) as connection:
        if connection.scalar(select(func.to_regclass(erasure.name))) is None:
            return ()
        if not connection.scalar(select(func.has_table_privilege(erasure.name, "SELECT"))):
            return ()
        return connection.execute(
            select(erasure).where(
                # A message of another workplace may be stored here for review.
                or_(erasure.c.station_id == station, erasure.c.entity == RecordKind.MESSAGE.value),
                erasure.c.cause == Cause.REQUEST.value,
            )
        ).all()


def _found(connection: Connection, row: Row[Any]) -> FoundRecord | None:
    """Returns the local record of an erasure; None if missing or already erased on request.

    A record erased after its retention period may still have a recording, photos and notifications.
    """
    kind = RecordKind(row.entity)
    table = _TABLES[kind]
    number = connection.scalar(select(table.c.number).where(table.c.id == row.entity_id))
    local = erased_here.c
    own = and_(local.entity == kind.value, local.entity_id == row.entity_id)
    cause = connection.scalar(select(local.cause).where(own))
    if number is None or cause == Cause.REQUEST.value:
        return None
    return FoundRecord(kind, row.entity_id, number, ())
