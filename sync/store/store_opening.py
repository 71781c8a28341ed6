"""What is done to a store before anything is read of it: kept, checked, upgraded, known as own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select

from sync.errors import StoreUnavailable
from sync.store import migrations, outbox
from sync.store.engine import check_integrity, copy_into
from sync.store.keys import StoreKey
from sync.store.origin import require_own
from sync.store.page_check import Verdict, forget_check, last_check
from sync.store.start_check import check_start
from sync.store.workplace_tables.station import station


def keep_former(writing: Engine, path: Path, key: StoreKey) -> None:
    """A copy of a store that is about to be upgraded, in the place of that of the last time.

    The upgrade is whole or not at all by itself; the copy is for what it may do wrong. Without
    room for it the upgrade goes on: calls come in.
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
    """The store as this program needs it: checked, upgraded, with its workplace, and its own.

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
            # what an older program was refused may be accepted from this one
            outbox.retry_poison(connection)


def _check_before_work(connection: Connection, path: Path) -> None:
    """Little where nothing speaks against the store, else every page."""
    check_start(connection)
    own = connection.scalar(select(station.c.install_id))
    last = None if own is None else last_check(path, own)
    if last is not None and last.verdict is Verdict.DAMAGED:
        check_integrity(connection)
        forget_check(path)
