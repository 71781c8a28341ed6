"""Opening of the local database: clone detection, quick check, upgrade; integrity scan.

A copied or moved database is refused, because it would assign registration numbers a second time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from sync.errors import StoreCopied, StoreUnavailable, StoreUnreadable
from sync.records.replicated_tables import audit, call_record, message, message_event
from sync.records.workplace_tables import (
    audit_queued,
    counter,
    outbox,
    outbox_export,
    station,
    store_origin,
)
from sync.register.numbering import RegistrationNumber, parse
from sync.store import migrations
from sync.store.local import outbox as outbox_local
from sync.store.local.engine import (
    check_integrity,
    checking_engine,
    copy_into,
    known_errors,
    store_error,
)
from sync.store.local.keys import StoreKey


def this_place(path: Path) -> str:
    """Returns an identifier that distinguishes this file on this machine from every copy of it.

    It contains the inode number, which does not change when the file is renamed.
    """
    return f"{_machine_id()} {path.stat().st_ino}"


def require_own(connection: Connection, place: str, at: datetime) -> None:
    """Checks that the database is at the location (``place``) to which it was bound.

    An unbound database is bound to this location. Raises StoreCopied with ``backup`` for a backup
    copy, or with ``elsewhere`` for a file that was copied or moved, even within this machine.
    """
    install_id = connection.scalars(select(station.c.install_id)).one()
    known = connection.execute(select(store_origin)).one_or_none()
    mark = _mark(place, install_id)
    if known is None:
        connection.execute(insert(store_origin).values(only=1, machine=mark, bound_at=at))
    elif known.copied_at is not None:
        raise StoreCopied("backup")
    elif known.machine != mark:
        raise StoreCopied("elsewhere")


def bind_anew(connection: Connection, place: str, install_id: UUID, at: datetime) -> None:
    """Binds the database to this location under a new install identifier."""
    former = connection.scalars(select(station.c.install_id)).one()
    connection.execute(update(station).values(install_id=install_id))
    values = {
        "machine": _mark(place, install_id),
        "bound_at": at,
        "copied_at": None,
        "former_install_id": former,
    }
    if connection.execute(update(store_origin).values(values)).rowcount == 0:
        connection.execute(insert(store_origin).values(only=1, **values))


def note_copied(connection: Connection, at: datetime) -> None:
    """Marks this file as a backup copy; it cannot be opened for work until it is restored."""
    changed = connection.execute(update(store_origin).values(copied_at=at))
    if changed.rowcount == 0:
        connection.execute(
            insert(store_origin).values(only=1, machine="", bound_at=at, copied_at=at)
        )


def copied_at(connection: Connection) -> datetime | None:
    """Returns the time at which a backup made this copy; None for any other file."""
    return connection.scalar(select(store_origin.c.copied_at))


def _mark(place: str, install_id: UUID) -> str:
    """Returns a salted hash of the location of the database.

    The hash does not reveal the machine to someone who reads a copy of the database.
    """
    return hashlib.sha256(f"{install_id} {place}".encode()).hexdigest()


def _machine_id() -> str:
    """Returns the machine identifier of the operating system; empty if unavailable."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography"
            ) as entry:
                return str(winreg.QueryValueEx(entry, "MachineGuid")[0])
        except OSError:
            return ""
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


SHARE = 0.25
"""Maximum share of time that the integrity scan may read; the rest is left to normal work."""

_WORK_S = 0.005
_STEPS = 4000  # SQLite steps between two time checks: about twelve pages


class Verdict(StrEnum):
    """Result of an integrity scan of all pages."""

    SOUND = "sound"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PageCheck:
    """Result of an integrity scan of the database with this ``install_id``.

    ``pages`` is 0 if the pages could not be counted.
    """

    install_id: UUID
    verdict: Verdict
    pages: int
    took_s: float
    ended_at: datetime


class _Pace:
    """Progress handler of SQLite that throttles the scan and aborts it on request."""

    def __init__(self, share: float, stopping: threading.Event) -> None:
        self._rest_for_work = 1 / share - 1
        self._stopping = stopping
        self._since_s = time.monotonic()

    def __call__(self) -> int:
        worked_s = time.monotonic() - self._since_s
        if worked_s < _WORK_S:
            return int(self._stopping.is_set())
        # a slow disk has taken longer and gets a longer pause
        is_over = self._stopping.wait(worked_s * self._rest_for_work)
        self._since_s = time.monotonic()
        return int(is_over)


def check_pages(
    path: Path,
    key: StoreKey,
    install_id: UUID,
    stopping: threading.Event,
    *,
    share: float = SHARE,
) -> PageCheck:
    """Scans every page in use as of one snapshot, file and WAL, while the writer continues.

    Reads for ``share`` of the time and saves the result next to the database. Raises CheckStopped
    when ``stopping`` is set, and StoreUnavailable on an I/O error. Blocks; call on a worker thread.
    """
    begun_s = time.monotonic()
    pages, verdict = 0, Verdict.SOUND
    # a dedicated connection with an empty cache, so every page is read from the disk
    engine = checking_engine(path, key, _Pace(share, stopping), _STEPS)
    try:
        with known_errors(), engine.begin() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            check_integrity(connection)
    except StoreUnreadable:
        verdict = Verdict.DAMAGED
    finally:
        engine.dispose()
    took_s = round(time.monotonic() - begun_s, 2)
    check = PageCheck(install_id, verdict, pages, took_s, datetime.now(UTC))
    _note(path, check)
    return check


def last_check(path: Path, install_id: UUID) -> PageCheck | None:
    """Returns the last scan result for the database with this identity; None if not readable."""
    try:
        noted = json.loads(_note_file(path).read_text(encoding="utf-8"))
        check = PageCheck(
            UUID(noted["install_id"]),
            Verdict(noted["verdict"]),
            int(noted["pages"]),
            float(noted["took_s"]),
            datetime.fromisoformat(noted["ended_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return check if check.install_id == install_id else None


def forget_check(path: Path) -> None:
    """Deletes the scan result, after the database was deleted or found sound again."""
    _note_file(path).unlink(missing_ok=True)


def _note(path: Path, check: PageCheck) -> None:
    """Stores the scan result in a file next to the database.

    A damaged database must not be written.
    """
    file = _note_file(path)
    fresh = file.with_name(file.name + ".new")
    noted = {
        "install_id": str(check.install_id),
        "verdict": check.verdict.value,
        "pages": check.pages,
        "took_s": check.took_s,
        "ended_at": check.ended_at.isoformat(),
    }
    try:
        fresh.write_text(json.dumps(noted) + "\n", encoding="utf-8")
        os.replace(fresh, file)
    except OSError:
        return  # full disk: the next scan reports the same


def _note_file(path: Path) -> Path:
    return path.with_name(path.name + ".check")


NEWEST = 200
_SMALL = (station, store_origin, counter, outbox_export, audit_queued)
_GROWING = (call_record, message, message_event, outbox, audit)


def check_start(connection: Connection) -> None:
    """Raises StoreUnreadable("damaged") unless the database is fit for the first save.

    Small tables are checked completely; of the others the newest rows are read, because a power
    failure can only damage recent writes. The counters must not be lower than a registration number
    in a record, otherwise that number would be assigned twice. Takes some milliseconds regardless
    of the size of the database.
    """
    try:
        for table in _SMALL:
            found = connection.exec_driver_sql(f"PRAGMA integrity_check({table.name})")
            if found.scalars().all() != ["ok"]:
                raise StoreUnreadable("damaged")
        for table in _GROWING:
            newest = f"SELECT * FROM {table.name} ORDER BY rowid DESC LIMIT {NEWEST}"  # noqa: S608
            connection.exec_driver_sql(newest).fetchall()
        _check_counters(connection)
    except DBAPIError as error:
        known = store_error(error)
        if isinstance(known, StoreUnavailable):
            raise known from error
        raise StoreUnreadable("damaged") from error


def _check_counters(connection: Connection) -> None:
    code = connection.scalar(select(station.c.code))
    for period, last in connection.execute(select(counter.c.period, counter.c.last)):
        for table in (call_record, message):
            number = _highest(connection, table, f"{period}-{code}-")
            if number is not None and number.counter > last:
                raise StoreUnreadable("damaged")


def _highest(connection: Connection, table: Table, beginning: str) -> RegistrationNumber | None:
    text = connection.scalar(
        select(func.max(table.c.number)).where(
            table.c.number > beginning, table.c.number < beginning + "~"
        )
    )
    number = None if text is None else parse(text)
    return number if isinstance(number, RegistrationNumber) else None


def keep_former(writing: Engine, path: Path, key: StoreKey) -> None:
    """Copies a database that is about to be upgraded, replacing the copy of the previous upgrade.

    The upgrade is atomic; the copy protects against its errors. Without space for the copy the
    upgrade continues, because calls must be answered.
    """
    with writing.begin() as connection:
        found = migrations.current(connection)
    if found is None or found not in migrations.revisions(migrations.LOCAL):
        return
    if found == migrations.newest(migrations.LOCAL):
        return
    former = path.with_name(path.name + ".before-upgrade")
    try:
        former.unlink(missing_ok=True)
        copy_into(path, key, former)
    except (OSError, StoreUnavailable):
        former.unlink(missing_ok=True)


def prepare(
    writing: Engine,
    path: Path,
    place: Callable[[], str],
    first_station: str,
    at: datetime,
    install_id: UUID,
) -> None:
    """Checks and upgrades the database, creates its workplace row, and verifies that it is no copy.

    Raises StoreCopied, StoreTooNew, StoreUnreadable or StoreUnavailable.
    """
    with writing.begin() as connection:
        found = migrations.current(connection)
        is_old = found is not None
        if found == migrations.newest(migrations.LOCAL):
            _check_before_work(connection, path)
        elif is_old:
            check_integrity(connection)
        is_upgraded = migrations.upgrade(connection, migrations.LOCAL)
        if connection.execute(select(station.c.code)).one_or_none() is None:
            connection.execute(
                insert(station).values(
                    only=1, code=first_station, install_id=install_id, made_at=at
                )
            )
        require_own(connection, place(), at)
        if is_old and is_upgraded:
            # rows rejected from an older version may be accepted from this one
            outbox_local.retry_poison(connection)


def _check_before_work(connection: Connection, path: Path) -> None:
    """Runs the quick check, and the full check if the last scan found damage."""
    check_start(connection)
    own = connection.scalar(select(station.c.install_id))
    last = None if own is None else last_check(path, own)
    if last is not None and last.verdict is Verdict.DAMAGED:
        check_integrity(connection)
        forget_check(path)
