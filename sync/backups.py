"""The copy of the store that is made every hour, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.errors import BackupFailed, StoreError
from sync.store.backup import KEEP_DAILY, KEEP_HOURLY, back_up, copies, discard_old
from sync.store.keys import StoreKey


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where copies go and how many stay; ``look_s`` is how often it is seen whether one is due."""

    folder: Path
    keep_hourly: int = KEEP_HOURLY
    keep_daily: int = KEEP_DAILY
    every: timedelta = timedelta(hours=1)
    look_s: float = 60.0


@dataclass(frozen=True, slots=True)
class BackupMade:
    """There is a whole copy of that moment."""

    taken_at: datetime


@dataclass(frozen=True, slots=True)
class BackupMissed:
    """A copy was due and could not be made; ``code`` is that of BackupFailed, or ``store``.

    ``last_at`` is the newest copy known, None where there is none. Told once a reason.
    """

    code: str
    last_at: datetime | None


BackupEvent = BackupMade | BackupMissed

STORE_UNREADABLE = "store"


class HourlyBackup:
    """Makes copies until it is stopped; ``on_event`` is called on its thread.

    A place that is away is looked for again each time; a copy under way when the process ends is
    thrown away by the next one.
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
        self._path = path
        self._key = key
        self._station = station
        self._settings = settings
        self._on_event = on_event
        self._clock = clock
        self._last_at: datetime | None = None
        self._missed: str | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """End; True when the thread is gone by the deadline."""
        self._stopping.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

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
        """Of the copies of this workplace; raises BackupFailed where the folder is away.

        One of a time to come was made by a clock that was wrong, and says nothing.
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
