"""The sound of calls whose words were erased: which files hold it, and the end of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, select

from sync.register.audit import Audited, AuditKind
from sync.register.handling.events import Source
from sync.register.persons import FoundRecord, RecordKind, Sound, SoundFate
from sync.store.erasure import Cause
from sync.store.record_tables import call_record
from sync.store.register import RegisterStore
from sync.store.sound_files import SoundFiles, kept_whole
from sync.store.workplace_tables.calls import call_recording
from sync.store.workplace_tables.persons import erasure
from sync.store.workplace_tables.station import station

GONE = frozenset({SoundFate.REMOVED, SoundFate.MISSING})
# the Call-ID of the call that a record is of; the sign stands in none (``register.hand_made``)
_CALL = case(
    (call_record.c.part_of.is_(None), call_record.c.sip_call_id),
    else_=func.substr(call_record.c.sip_call_id, 1, func.instr(call_record.c.sip_call_id, "#") - 1),
)


@dataclass(frozen=True, slots=True)
class SoundsErased:
    """How many files went, and how many are there still: the disk did not let them go."""

    removed: int
    left: int


def with_sounds(connection: Connection, records: Iterable[FoundRecord]) -> tuple[FoundRecord, ...]:
    """The records with the files of those calls that are to be erased.

    Records of one call have one sound. It goes with the first of them: the voice is the caller's.
    """
    named: set[str] = set()

    def sounded(record: FoundRecord) -> FoundRecord:
        if record.kind is not RecordKind.CALL or record.left or record.is_of_another:
            return record
        files = [file for file in _files_of(connection, record.id) if file not in named]
        named.update(files)
        return replace(record, sounds=tuple(Sound(file) for file in files))

    return tuple(sounded(record) for record in records)


def set_aside(
    connection: Connection, records: Iterable[FoundRecord], files: SoundFiles
) -> tuple[FoundRecord, ...]:
    """The records with what became of their files; the rows of those that are gone go, too.

    ``files`` are still to be removed once the transaction stands, or brought back.
    """
    chosen = tuple(records)
    names = [sound.file for one in chosen for sound in one.sounds]
    fates = files.set_aside(names, _store(connection))
    _forget(connection, fates)
    return tuple(
        replace(one, sounds=tuple(Sound(sound.file, fates[sound.file]) for sound in one.sounds))
        for one in chosen
    )


def end_sounds(store: RegisterStore, files: SoundFiles) -> SoundsErased:
    """Remove the files of erased calls that are there still: no folder was told, or a disk refused.

    A thread of its own; raises StoreError.
    """
    erased = (
        select(call_recording.c.file)
        .join(call_record, call_recording.c.sip_call_id == _CALL)
        .join(erasure, erasure.c.entity_id == call_record.c.id)
        .where(erasure.c.entity == RecordKind.CALL.value)
        .where(erasure.c.cause == Cause.REQUEST.value)
        .distinct()
    )

    def work(connection: Connection) -> SoundsErased:
        own = _store(connection)
        files.settle(set(connection.scalars(select(call_recording.c.file))), own)
        fates = files.set_aside(connection.scalars(erased).all(), own)
        _forget(connection, fates)
        gone = sum(fate in GONE for fate in fates.values())
        if gone:
            source = Source.SYSTEM.value
            store.audit.add(connection, Audited(AuditKind.SOUND_ERASED, None, source, count=gone))
        return SoundsErased(gone, len(fates) - gone)

    with kept_whole(files):
        return store.write(work).result()


def _store(connection: Connection) -> UUID:
    own: UUID = connection.scalars(select(station.c.install_id)).one()
    return own


def _files_of(connection: Connection, call_id: UUID) -> Sequence[str]:
    call = select(_CALL).where(call_record.c.id == call_id).scalar_subquery()
    return connection.scalars(
        select(call_recording.c.file)
        .where(call_recording.c.sip_call_id == call)
        .order_by(call_recording.c.at, call_recording.c.file)
    ).all()


def _forget(connection: Connection, fates: Mapping[str, SoundFate]) -> None:
    for file, fate in fates.items():
        if fate in GONE:
            connection.execute(delete(call_recording).where(call_recording.c.file == file))
