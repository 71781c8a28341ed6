"""Threads for the local database: an hourly backup, and a daily check of all pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.errors import BackupFailed, CheckStopped, StoreError, StoreUnavailable
from sync.exchange.supervision import Service
from sync.store.local.backup import KEEP_DAILY, KEEP_HOURLY, back_up, copies, discard_old
from sync.store.local.keys import StoreKey
from sync.store.local.opening import PageCheck, Verdict, check_pages
from sync.store.local.register import RegisterStore


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Backup folder and retention; ``look_s`` is the interval of checks whether one is due."""

    folder: Path
    keep_hourly: int = KEEP_HOURLY
    keep_daily: int = KEEP_DAILY
    every: timedelta = timedelta(hours=1)
    look_s: float = 60.0


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A complete backup of this time exists."""

    taken_at: datetime


@dataclass(frozen=True, slots=True)
class BackupMissed:
    """A backup was due and failed; ``code`` is that of BackupFailed, or ``store``.

    ``last_at`` is the time of the last known backup, None if there is none. Emitted once per
    reason.
    """

    code: str
    last_at: datetime | None


BackupEvent = BackupMade | BackupMissed

STORE_UNREADABLE = "store"


class HourlyBackup(Service):
    """Creates backups until it is stopped; ``on_event`` is called on its thread.

    An unavailable folder is retried at each check. A backup interrupted by the end of the process
    is deleted by the next one.
    """

    def __init__(
        self,
        path: Path,
        key: StoreKey,
        station: str,
        settings: BackupSettings,
        on_event: Callable[[BackupEvent], None],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__("backup")
        self._path = path
        self._key = key
        self._station = station
        self._settings = settings
        self._on_event = on_event
        self._clock = clock
        self._last_at: datetime | None = None
        self._missed: str | None = None

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._look()
            self._stopping.wait(self._settings.look_s)

    def _look(self) -> None:
        now = self._clock()
        try:
            newest = self._newest(now)
            if newest is None or now - newest >= self._settings.every:
                newest = self._back_up(now)
        except BackupFailed as error:
            self._tell_missed(error.code)
        except StoreError:
            self._tell_missed(STORE_UNREADABLE)
        else:
            self._missed = None
            if newest != self._last_at:
                self._last_at = newest
                self._on_event(BackupMade(newest))

    def _newest(self, now: datetime) -> datetime | None:
        """Returns the time of this workplace's last backup; raises BackupFailed if the folder is
        missing.

        A backup with a future time is ignored, because the clock was wrong when it was made.
        """
        try:
            return next(
                (
                    copy.taken_at
                    for copy in copies(self._settings.folder)
                    if copy.station == self._station and copy.taken_at <= now
                ),
                None,
            )
        except OSError as error:
            raise BackupFailed("unwritable") from error

    def _back_up(self, now: datetime) -> datetime:
        settings = self._settings
        copy = back_up(self._path, self._key, settings.folder, now)
        try:
            discard_old(
                settings.folder,
                copy.station,
                now,
                hourly=settings.keep_hourly,
                daily=settings.keep_daily,
            )
        except OSError as error:
            raise BackupFailed("unwritable") from error
        return copy.taken_at

    def _tell_missed(self, code: str) -> None:
        if code != self._missed:
            self._missed = code
            self._on_event(BackupMissed(code, self._last_at))


LOG = logging.getLogger(__name__)

BEGIN_AFTER_S = 30.0
"""Delay of the first scan in seconds: queued callers are connected right after sign-in."""
EVERY_S = 24 * 3600.0
AGAIN_AFTER_S = 60.0


class PageReading(Service):
    """Scans all pages until it is stopped; a damaged database then refuses further writes.

    ``on_read`` is called on its thread with each result. The database notifies its own listeners of
    the damage.
    """

    def __init__(
        self,
        store: RegisterStore,
        path: Path,
        key: StoreKey,
        on_read: Callable[[PageCheck], None],
        *,
        begin_after_s: float = BEGIN_AFTER_S,
    ) -> None:
        super().__init__("pages")
        self._store = store
        self._path = path
        self._key = key
        self._on_read = on_read
        self._begin_after_s = begin_after_s

    def _run(self) -> None:
        install_id = None
        wait_s = self._begin_after_s
        while not self._stopping.wait(wait_s):
            try:
                install_id = install_id or self._store.station().install_id
                check = check_pages(self._path, self._key, install_id, self._stopping)
            except CheckStopped:
                return
            except StoreUnavailable as error:
                # An I/O error is no evidence of damaged pages.
                LOG.warning("page check: failed: %s", error.code)
                wait_s = AGAIN_AFTER_S
                continue
            if check.verdict is Verdict.DAMAGED:
                self._store.condemn()
            self._on_read(check)
            wait_s = EVERY_S
