"""Copies of the store in a second place: whole, encrypted by its key, marked as copies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from sync.errors import BackupFailed, StoreError, StoreUnavailable
from sync.store.engine import check_integrity, copy_into, file_engine, known_errors
from sync.store.folders import sync_file, sync_folder
from sync.store.keys import StoreKey
from sync.store.origin import note_copied
from sync.store.workplace_tables.station import station

KEEP_HOURLY = 24
KEEP_DAILY = 14

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"register-(?P<station>[0-9]{4})-(?P<stamp>[0-9]{8}T[0-9]{6}Z)\.db")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that lies in the second place; ``taken_at`` is what its name says."""

    path: Path
    station: str
    taken_at: datetime


def back_up(path: Path, key: StoreKey, folder: Path, at: datetime) -> Copy:
    """A new copy of the store in this folder, read back page by page before it gets its name.

    May run beside the writer, on any thread. The folder is not made: a share that is not there
    must not become a folder of the same disk. Raises BackupFailed, or StoreUnreadable where the
    store itself is; then no copy is left.
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
    """The copies that lie in this folder, newest first; of all workplaces that use it."""
    found = []
    for path in folder.glob("register-*.db"):
        name = _NAME.fullmatch(path.name)
        if name is not None:
            taken_at = datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC)
            found.append(Copy(path, name["station"], taken_at))
    return tuple(sorted(found, key=lambda copy: copy.taken_at, reverse=True))


def discard_old(
    folder: Path, code: str, *, hourly: int = KEEP_HOURLY, daily: int = KEEP_DAILY
) -> tuple[Copy, ...]:
    """Remove the copies of this workplace that are not to be kept; those that were removed."""
    own = [copy for copy in copies(folder) if copy.station == code]
    kept = set(to_keep([copy.taken_at for copy in own], hourly=hourly, daily=daily))
    old = tuple(copy for copy in own if copy.taken_at not in kept)
    for copy in old:
        copy.path.unlink(missing_ok=True)
    return old


def to_keep(moments: Iterable[datetime], *, hourly: int, daily: int) -> tuple[datetime, ...]:
    """The newest ``hourly`` moments and the last one of each of the newest ``daily`` days (UTC)."""
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
            return  # the place is gone; its next copy begins anew
