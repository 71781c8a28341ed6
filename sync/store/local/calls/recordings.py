"""Recording files of calls: their names by call, and their removal when a call is erased.

The files of a call include its consultation calls. They are in a folder chosen by the
administrator; their names contain no phone numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from sync.records.replicated_tables import call_record
from sync.records.workplace_message_tables import erasure
from sync.records.workplace_tables import call_recording, station
from sync.register.audit import Audited, AuditKind
from sync.register.calls.by_hand import telephone_call_of
from sync.register.calls.calls import CallRecord
from sync.register.handling.events import Source
from sync.register.people.persons import FoundRecord, RecordKind, Sound, SoundFate
from sync.store.local.erased_records import Cause
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore


class CallRecordings:
    """Records which recording files belong to a call.

    Thread-safe; the future resolves after COMMIT.
    """

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def note(self, sip_call_id: str, file: str, at: datetime) -> Future[None]:
        """Assigns this file to the call. Idempotent."""
        values = {"file": file, "sip_call_id": sip_call_id, "at": at}

        def work(connection: Connection) -> None:
            connection.execute(insert(call_recording).values(values).on_conflict_do_nothing())

        return self._store.write(work)


def recordings_of(register: RegisterReading, card: CallRecord) -> tuple[str, ...]:
    """Returns the names of the recording files of this record's call, in order of time."""
    query = (
        select(call_recording.c.file)
        .where(call_recording.c.sip_call_id == telephone_call_of(card))
        .order_by(call_recording.c.at, call_recording.c.file)
    )
    return tuple(register.read(lambda connection: connection.scalars(query).all()))


ASIDE = ".erasing"


class SoundFiles:
    """The folder of recordings, None if not configured. Use on one thread at a time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._aside: list[Path] = []

    def set_aside(self, names: Iterable[str], store: UUID) -> dict[str, SoundFate]:
        """Renames these files before the database ``store`` erases them; returns the outcome for
        each.
        """
        return {name: self._put_away(name, store) for name in names}

    def remove(self) -> None:
        """Deletes the renamed files after the erasure is committed.

        If a deletion fails, ``settle`` deletes the file later.
        """
        for file in self._aside:
            _unlink(file)
        self._aside.clear()

    def bring_back(self) -> None:
        """Restores the names of the renamed files after a failed erasure.

        If a renaming fails, ``settle`` restores the name later.
        """
        for file in self._aside:
            _give_back(file)
        self._aside.clear()

    def settle(self, known: Collection[str], store: UUID) -> None:
        """Completes an erasure that was interrupted by a crash.

        ``known`` are the files listed in the database ``store``: they get their names again. Other
        renamed files are deleted.
        """
        if self._folder is None or not _is_there(self._folder):
            return
        for file in self._folder.glob(f"*{_aside(store)}"):
            if file.name.removesuffix(_aside(store)) in known:
                _give_back(file)
            else:
                _unlink(file)

    def _put_away(self, name: str, store: UUID) -> SoundFate:
        if self._folder is None:
            return SoundFate.NO_FOLDER
        if not _is_there(self._folder):
            return SoundFate.REFUSED
        file = self._folder / Path(name).name
        aside = file.with_name(f"{file.name}{_aside(store)}")
        try:
            file.rename(aside)
        except FileNotFoundError:
            return SoundFate.MISSING
        except OSError:
            return SoundFate.REFUSED
        self._aside.append(aside)
        return SoundFate.REMOVED


@contextmanager
def kept_whole(files: SoundFiles) -> Iterator[None]:
    """Deletes the files that were renamed within the block; restores their names if the block
    failed.
    """
    try:
        yield
    except BaseException:
        files.bring_back()
        raise
    files.remove()


def _aside(store: UUID) -> str:
    return f".{store.hex}{ASIDE}"


def _is_there(folder: Path) -> bool:
    """Whether the folder is mounted: an unmounted network folder is missing or empty."""
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _give_back(file: Path) -> None:
    try:
        file.rename(file.with_suffix("").with_suffix(""))
    except OSError:
        return  # retried by the next ``settle``


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return  # retried by the next ``settle``


GONE = frozenset({SoundFate.REMOVED, SoundFate.MISSING})
# SIP Call-ID of the record's call; it never contains "#" (``register.hand_made``)
_CALL = case(
    (call_record.c.part_of.is_(None), call_record.c.sip_call_id),
    else_=func.substr(call_record.c.sip_call_id, 1, func.instr(call_record.c.sip_call_id, "#") - 1),
)


@dataclass(frozen=True, slots=True)
class SoundsErased:
    """Number of deleted recording files, and of files that could not be deleted."""

    removed: int
    left: int


def with_sounds(connection: Connection, records: Iterable[FoundRecord]) -> tuple[FoundRecord, ...]:
    """Adds the recording files to those of these call records that will be erased.

    The records of one call share its recording. It is erased with the first erased record, because
    the voice is the caller's.
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
    """Renames the recording files before their erasure and adds the outcome to the records.

    Rows of removed files are deleted. After the transaction, the caller must delete or restore the
    files with ``files``.
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
    """Deletes remaining recording files of erased calls.

    Files remain if no folder was configured or the deletion failed. Blocks; call on a worker
    thread. Raises StoreError.
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
