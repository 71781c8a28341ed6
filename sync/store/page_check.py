"""The reading of every page of the store beside the work, and what it came to the last time."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sync.errors import StoreUnreadable
from sync.store.engine import check_integrity, checking_engine, known_errors
from sync.store.keys import StoreKey

SHARE = 0.25
"""Of the time that may be spent on reading; the rest is left to the work."""

_WORK_S = 0.005
_STEPS = 4000  # of SQLite between two looks at the clock: some twelve pages


class Verdict(StrEnum):
    """What the reading of all pages came to."""

    SOUND = "sound"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PageCheck:
    """All pages of the store of this identity were read; ``pages`` is 0 where none was counted."""

    install_id: UUID
    verdict: Verdict
    pages: int
    took_s: float
    ended_at: datetime


class _Pace:
    """Called between steps of SQLite; lets it rest, and tells it to end."""

    def __init__(self, share: float, stopping: threading.Event) -> None:
        self._rest_for_work = 1 / share - 1
        self._stopping = stopping
        self._since_s = time.monotonic()

    def __call__(self) -> int:
        worked_s = time.monotonic() - self._since_s
        if worked_s < _WORK_S:
            return int(self._stopping.is_set())
        # a slow disk has worked longer, and is left alone for longer
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
    """What every page in use is like at one moment, file and log; the writer goes on meanwhile.

    Reads for ``share`` of the time and notes the outcome beside the store. Raises CheckStopped
    once ``stopping`` is set, and StoreUnavailable where the disk refuses.
    """
    begun_s = time.monotonic()
    pages, verdict = 0, Verdict.SOUND
    # a connection of its own: one that has a page in its memory would not read it from the disk
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
    """The newest note about the store of this identity; None where none can be read."""
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
    """Take the note away: the store has gone, or was read anew and is sound."""
    _note_file(path).unlink(missing_ok=True)


def _note(path: Path, check: PageCheck) -> None:
    """Beside the store, not in it: a damaged one is not written to."""
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
        return  # a full disk: the next reading finds the same


def _note_file(path: Path) -> Path:
    return path.with_name(path.name + ".check")
