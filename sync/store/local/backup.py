"""Backup copies of the local database: creation, retention, and restore from a copy.

A copy is encrypted with the key of the database and marked as a copy. After a restore, registration
numbers that may have been assigned since the copy are skipped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from keyring.backend import KeyringBackend
from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert
from uuid_utils.compat import uuid7

from sync.errors import (
    BackupFailed,
    KeyUnavailable,
    RestoreRefused,
    StoreError,
    StoreUnavailable,
    StoreUnreadable,
)
from sync.records.replicated_tables import call_record, message
from sync.records.workplace_tables import counter, outbox, station
from sync.register.numbering import COUNTER_MAX, counters_past_gap, next_number, period_of
from sync.store import migrations
from sync.store.local.administration import held_here_only
from sync.store.local.engine import check_integrity, copy_into, file_engine, known_errors
from sync.store.local.keys import StoreKey, find_key, keep_key, write_key_file
from sync.store.local.opening import bind_anew, copied_at, note_copied, this_place
from sync.store.local.sidecar_files import sync_file, sync_folder
from sync.store.local.writer import StoreLock

KEEP_HOURLY = 24
KEEP_DAILY = 14

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"register-(?P<station>[0-9]{4})-(?P<stamp>[0-9]{8}T[0-9]{6}Z)\.db")


@dataclass(frozen=True, slots=True)
class Copy:
    """Backup copy in the backup folder; ``taken_at`` is parsed from the file name."""

    path: Path
    station: str
    taken_at: datetime


def back_up(path: Path, key: StoreKey, folder: Path, at: datetime) -> Copy:
    """Writes a new backup copy to the folder.

    All pages of the copy are verified before it gets its final name. Can run while the database is
    written. Thread-safe. The folder is not created: an unmounted share must not become a folder on
    the local disk. Raises BackupFailed, or StoreUnreadable if the database itself is damaged; then
    no copy is left.
    """
    if not folder.is_dir():
        raise BackupFailed("directory_missing")
    partial = folder / f".{path.name}-{os.getpid()}.partial"
    try:
        _discard(partial)
        copy_into(path, key, partial)
        engine = file_engine(partial, key)
        try:
            with known_errors(), engine.begin() as connection:
                check_integrity(connection)
                note_copied(connection, at)
                code = connection.scalars(select(station.c.code)).one()
        finally:
            engine.dispose()
        taken_at = at.astimezone(UTC).replace(microsecond=0)
        copy = Copy(folder / f"register-{code}-{taken_at:{_STAMP}}.db", code, taken_at)
        partial.chmod(0o600)
        sync_file(partial)
        os.replace(partial, copy.path)
        sync_folder(folder)
    except StoreUnavailable as error:
        _discard(partial)
        raise BackupFailed(error.code) from error
    except StoreError:
        _discard(partial)
        raise
    except OSError as error:
        _discard(partial)
        raise BackupFailed("unwritable") from error
    return copy


def copies(folder: Path) -> tuple[Copy, ...]:
    """Returns the copies in this folder, newest first, including those of other workplaces."""
    found = []
    for path in folder.glob("register-*.db"):
        name = _NAME.fullmatch(path.name)
        if name is not None:
            taken_at = datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(Copy(path, name["station"], taken_at))
    return tuple(sorted(found, key=lambda copy: copy.taken_at, reverse=True))


def discard_old(
    folder: Path, code: str, at: datetime, *, hourly: int = KEEP_HOURLY, daily: int = KEEP_DAILY
) -> tuple[Copy, ...]:
    """Deletes the old copies of this workplace and returns the deleted ones.

    Copies later than ``at`` were made while the clock ran ahead. They do not displace other copies;
    the newest ``hourly`` of them are retained.
    """
    own = [copy for copy in copies(folder) if copy.station == code]
    ahead = [copy.taken_at for copy in own if copy.taken_at > at]
    past = [copy.taken_at for copy in own if copy.taken_at <= at]
    kept = {*to_keep(past, hourly=hourly, daily=daily), *ahead[:hourly]}
    old = tuple(copy for copy in own if copy.taken_at not in kept)
    for copy in old:
        copy.path.unlink(missing_ok=True)
    return old


def to_keep(moments: Iterable[datetime], *, hourly: int, daily: int) -> tuple[datetime, ...]:
    """Selects the timestamps of the copies to retain, newest first.

    They are the newest ``hourly`` timestamps, and the last one of each of the newest ``daily`` days
    (UTC).
    """
    newest_first = sorted(moments, reverse=True)
    last_of_days: dict[object, datetime] = {}
    for moment in newest_first:
        last_of_days.setdefault(moment.astimezone(UTC).date(), moment)
    kept = {*newest_first[:hourly], *list(last_of_days.values())[:daily]}
    return tuple(sorted(kept, reverse=True))


def _discard(partial: Path) -> None:
    for file in (partial, partial.with_name(partial.name + "-journal")):
        try:
            file.unlink(missing_ok=True)
        except OSError:
            return  # the folder is unavailable; the next backup starts over


PastGap = Callable[[Mapping[str, int], datetime, datetime], dict[str, int]]

REVISIONS = 1000
"""Added to the revisions of restored records. An edit made after the backup may already be in the
central database under the next revisions; later edits of the restored record must have higher ones.
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """Restored database. The central database must know ``install_id`` before it accepts more rows.

    ``known_until`` is the time up to which records are complete; ``next_number`` is the
    registration number of the next call. ``replaced`` is the path of the previous file, or None if
    there was none.
    """

    station: str
    install_id: UUID
    known_until: datetime
    next_number: str
    replaced: Path | None


@dataclass(frozen=True, slots=True)
class _Present:
    """Readable data of the database that will be replaced."""

    station: str
    counters: dict[str, int]
    known_until: datetime
    held_here_only: int


def restore(
    source: Path,
    path: Path,
    key: StoreKey,
    *,
    keyring: KeyringBackend | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    new_id: Callable[[], UUID] = uuid7,
    place: Callable[[Path], str] = this_place,
    past_gap: PastGap = counters_past_gap,
) -> Restored:
    """Restores the database at ``path`` from a backup copy or from a moved database.

    ``source`` may be ``path`` itself; ``key`` is its encryption key. Registration numbers that may
    have been assigned since the copy are skipped (``past_gap``), as are revisions. The previous
    file is renamed and remains in the same folder. Nothing is changed until the new file is
    complete and synced. Raises RestoreRefused, StoreInUse, StoreUnreadable, StoreTooNew and
    StoreUnavailable.
    """
    if not source.is_file():
        raise StoreUnreadable("absent")
    lock = StoreLock(path)
    try:
        fresh = path.with_name(path.name + ".restoring")
        _remove(fresh)
        now = clock()
        former_key = _former_key(path, keyring) if path.exists() else None
        is_moved = path.exists() and path.samefile(source)
        present = None if former_key is None or is_moved else _read_present(path, former_key)
        if present is not None and present.held_here_only:
            raise RestoreRefused("rows_wait")
        copy_into(source, key, fresh)
        engine = file_engine(fresh, key)
        try:
            with known_errors(), engine.begin() as connection:
                check_integrity(connection)
                migrations.upgrade(connection, migrations.LOCAL)
                code, known_until, following = _pass_over(connection, present, now, past_gap)
                install_id = new_id()
                bind_anew(connection, place(fresh), install_id, now)
        finally:
            engine.dispose()
        sync_file(fresh)
        replaced = _put_aside(path, former_key, now)
        os.replace(fresh, path)
        keep_key(key, path, keyring)
        sync_folder(path.parent)
    finally:
        lock.release()
    return Restored(code, install_id, known_until, following, replaced)


def opens(file: Path, key: StoreKey) -> bool:
    """Whether the key opens the file."""
    engine = file_engine(file, key)
    try:
        with known_errors(), engine.connect():
            return True
    except StoreUnreadable:
        return False
    finally:
        engine.dispose()


def _former_key(path: Path, keyring: KeyringBackend | None) -> StoreKey | None:
    try:
        return find_key(path, keyring)
    except KeyUnavailable:
        return None  # the file is still retained; its key may be found later


def _pass_over(
    connection: Connection, present: _Present | None, now: datetime, past_gap: PastGap
) -> tuple[str, datetime, str]:
    """Advances counters and revisions after a restore.

    Returns the workplace code, the time up to which records are complete, and the next registration
    number.
    """
    code = connection.scalars(select(station.c.code)).one()
    known_until = copied_at(connection) or _last_moment(connection)
    last = _counters(connection)
    if present is not None and present.station == code:
        known_until = max(known_until, present.known_until)
        for period, counted in present.counters.items():
            last[period] = max(counted, last.get(period, 0))
    if known_until > now:
        raise RestoreRefused("clock_behind")
    past = past_gap(last, known_until, now)
    period = period_of(now)
    if past[period] >= COUNTER_MAX:
        raise RestoreRefused("numbers_used_up")
    for touched, counted in past.items():
        connection.execute(
            insert(counter)
            .values(period=touched, last=counted)
            .on_conflict_do_update(index_elements=["period"], set_={"last": counted})
        )
    for table in (call_record, message):
        connection.execute(update(table).values(revision=table.c.revision + REVISIONS))
    return code, known_until, str(next_number(period, code, past[period]))


def _read_present(path: Path, key: StoreKey) -> _Present | None:
    """Returns data of the database that will be replaced; None if it is unreadable.

    A damaged file is read as far as possible: rows that exist only there must not be lost.
    """
    engine = file_engine(path, key)
    try:
        with known_errors(), engine.begin() as connection:
            found = migrations.current(connection)
            if found is None:
                return None
            if found != migrations.newest(migrations.LOCAL):
                check_integrity(connection)
                migrations.upgrade(connection, migrations.LOCAL)
            code = connection.scalars(select(station.c.code)).one()
            waiting, counted = held_here_only(connection), _counters(connection)
        try:
            with known_errors(), engine.begin() as connection:
                moment = _last_moment(connection)
        except StoreUnreadable:
            moment = datetime.min.replace(tzinfo=UTC)  # then only the time of the copy counts
        return _Present(code, counted, moment, waiting)
    except StoreUnreadable:
        return None
    finally:
        engine.dispose()


def _counters(connection: Connection) -> dict[str, int]:
    rows = connection.execute(select(counter.c.period, counter.c.last))
    return {row.period: row.last for row in rows}


def _last_moment(connection: Connection) -> datetime:
    """Returns the time of the last registration in this database."""
    columns = (
        station.c.made_at,
        call_record.c.created_at,
        message.c.created_at,
        outbox.c.queued_at,
    )
    moments: list[datetime | None] = [
        connection.scalar(select(func.max(column))) for column in columns
    ]
    return max(moment for moment in moments if moment is not None)


def _put_aside(path: Path, key: StoreKey | None, at: datetime) -> Path | None:
    """Renames the previous file together with its WAL, and writes a key file for it."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.replaced-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if key is not None:
        write_key_file(key, aside)
    log = path.with_name(path.name + "-wal")
    if log.exists():
        # a WAL that remained under the old name would be applied to the new file
        os.replace(log, aside.with_name(aside.name + "-wal"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    os.replace(path, aside)
    sync_folder(path.parent)
    return aside


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
