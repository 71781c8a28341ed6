"""Hourly backups: made when due, one report if impossible, retried automatically."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from queue import Queue

import pytest

from sync.jobs.store_care import (
    BackupEvent,
    BackupMade,
    BackupMissed,
    BackupSettings,
    HourlyBackup,
)
from sync.store.local.backup import copies
from sync.store.local.register import RegisterStore
from tests.fakes.records import RANG_AT
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10
HOUR = timedelta(hours=1)


class Hours:
    """A clock that the test advances."""

    def __init__(self) -> None:
        self.now = RANG_AT.replace(microsecond=0)


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "second"


@pytest.fixture
def told() -> Queue[BackupEvent]:
    return Queue()


@pytest.fixture
def backup(
    tmp_path: Path,
    folder: Path,
    hours: Hours,
    told: Queue[BackupEvent],
    store_template: StoreTemplate,
) -> Iterator[HourlyBackup]:
    path = tmp_path / "register.db"
    store: RegisterStore = store_template.open_copy(path)
    settings = BackupSettings(folder, keep_hourly=2, keep_daily=1, look_s=0.01)
    made = HourlyBackup(
        path, store_template.key, "0001", settings, told.put, clock=lambda: hours.now
    )
    yield made
    assert made.stop(WAIT_S)
    assert store.close_store()


def test_a_copy_is_made_every_hour_and_old_ones_go(
    backup: HourlyBackup, folder: Path, hours: Hours, told: Queue[BackupEvent]
) -> None:
    folder.mkdir()
    # backups of a clock that was wrong, on two days
    stamps = ("20990101T000000Z", "20990101T010000Z", "20990102T000000Z")
    wrong = [folder / f"register-0001-{stamp}.db" for stamp in stamps]
    for file in wrong:
        file.touch()
    backup.start()
    moments = []
    for _ in range(4):
        assert told.get(timeout=WAIT_S) == BackupMade(hours.now)
        moments.append(hours.now)
        hours.now += HOUR
    assert told.get(timeout=WAIT_S) == BackupMade(hours.now)
    moments.append(hours.now)
    assert backup.stop(WAIT_S)
    # The wrong backups have the latest names, and prevent no other backup from being made or
    # retained.
    found = copies(folder)
    assert [copy.path for copy in found[:2]] == wrong[:0:-1]
    assert [copy.taken_at for copy in found[2:]] == moments[:-3:-1]


def test_a_place_that_is_away_is_told_once_and_waited_for(
    backup: HourlyBackup, folder: Path, hours: Hours, told: Queue[BackupEvent]
) -> None:
    backup.start()
    assert told.get(timeout=WAIT_S) == BackupMissed("directory_missing", None)
    folder.mkdir()
    assert told.get(timeout=WAIT_S) == BackupMade(hours.now)
    hours.now += HOUR
    assert told.get(timeout=WAIT_S) == BackupMade(hours.now)
    assert told.empty()
