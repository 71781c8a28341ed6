"""Cuts the power at many points of one recorded run and opens the store left by each cut."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sync.errors import StoreUnreadable
from sync.register.numbering import RegistrationNumber, parse
from sync.store.local.register import RegisterStore
from tests.fakes.power_cut import Disk, cuts
from tests.fakes.recording_files import Kind, steps
from tests.fakes.records import OPERATOR, new_call

ROOT = Path(__file__).parents[2]
RUN_S = 300
STORE = "register.db"


def one_place(_path: Path) -> str:
    """Returns the same identity for every file: the result of a cut is the store itself, though its
    file is new.
    """
    return "the disk"


@dataclass(slots=True)
class Outcome:
    """Results of the cuts of one run; a cut is counted once in each field that applies."""

    cuts: int = 0
    lost: int = 0
    """Cuts after which an acknowledged record was missing or different."""
    most_lost: int = 0
    unreadable: int = 0
    doubled: int = 0
    """Cuts after which the next number had already been given out."""
    told: int = 0
    syncs: int = 0
    writes: int = 0
    carried: int = 0
    """Writes that copied content of the log into the file."""
    worst: list[str] = field(default_factory=list)


def record_run(store: Path, record: Path, count: int, *options: str) -> None:
    """Runs a process that saves ``count`` calls to the store, with all file operations recorded."""
    command = [sys.executable, "-m", "tests.fakes.recorded_child", str(store), str(record)]
    subprocess.run([*command, str(count), *options], cwd=ROOT, check=True, timeout=RUN_S)


def replay(
    before: dict[str, bytes],
    record: Path,
    folder: Path,
    open_store: Callable[[Path], RegisterStore],
    *,
    points: int,
    seed: int = 1,
) -> Outcome:
    """Cuts the run at ``points`` points, twice each, and opens the resulting store.

    ``before`` is the content of the disk at the start of the run, by file name. ``folder`` may be
    overwritten; the cuts use it one after the other.
    """
    chance = random.Random(seed)  # noqa: S311  # a run that fails must be had again
    record_of_run = list(steps(record))
    anywhere = range(1, len(record_of_run) + 1)
    # Half of the cuts fall into checkpoints, where most writes can be torn.
    carrying = [number for number in anywhere if record_of_run[number - 1].file == STORE]
    half = points // 2
    places = sorted(
        chance.choices(anywhere, k=points - half) + chance.choices(carrying or anywhere, k=half)
    )
    outcome = Outcome(
        syncs=sum(step.kind is Kind.SYNC for step in record_of_run),
        writes=sum(step.kind is Kind.WRITE for step in record_of_run),
        carried=len(carrying),
    )
    for disks in cuts(before, record_of_run, places, chance):
        for disk in disks:
            outcome.cuts += 1
            _judge(disk, folder, open_store, outcome)
    return outcome


def _judge(
    disk: Disk, folder: Path, open_store: Callable[[Path], RegisterStore], outcome: Outcome
) -> None:
    for file in folder.glob(f"{STORE}*"):
        file.unlink()
    for name, content in disk.files.items():
        (folder / name).write_bytes(content)
    spoken, saved = _told(disk.told)
    outcome.told = max(outcome.told, len(spoken) + len(saved))
    try:
        store = open_store(folder / STORE)
    except StoreUnreadable as error:
        _note_unreadable(outcome, error, saved)
        return
    try:
        store.check()  # every page, before anything is written over it
        lost = _lost(store, spoken, saved)
        outcome.lost += bool(lost)
        outcome.most_lost = max(outcome.most_lost, len(lost))
        outcome.worst += lost[:1]
        card = store.open_card(new_call(1_000_000), OPERATOR).result()
        outcome.doubled += str(card.number) in spoken.values()
    except StoreUnreadable as error:
        _note_unreadable(outcome, error, saved)
    finally:
        store.close_store()


def _note_unreadable(outcome: Outcome, error: StoreUnreadable, saved: dict[str, int]) -> None:
    outcome.unreadable += 1
    outcome.worst.append(f"{error.code} after {len(saved)} records")


def _told(marks: tuple[str, ...]) -> tuple[dict[str, str], dict[str, int]]:
    """Returns the numbers given out, and the acknowledged revisions, by the record's identity."""
    spoken: dict[str, str] = {}
    saved: dict[str, int] = {}
    for mark in marks:
        kind, id, value = mark.split()
        if kind == "number":
            spoken[id] = value
        else:
            saved[id] = int(value)
    return spoken, saved


def _lost(store: RegisterStore, spoken: dict[str, str], saved: dict[str, int]) -> list[str]:
    lost = []
    queued = {str(row.entity_id): row.rev for row in store.outbox_waiting(1_000_000)}
    for id, text in spoken.items():
        number = parse(text)
        assert isinstance(number, RegistrationNumber)
        card = store.call_by_number(number)
        least = saved.get(id, 1)
        if card is None or str(card.id) != id or card.revision < least:
            lost.append(f"{text} at revision {least}")
        elif id in saved and queued.get(id, 0) < least:
            lost.append(f"{text} is not in the outbox at revision {least}")
    return lost
