"""Computes the disk content after a power cut from the record of writes and syncs."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tests.fakes.recording_files import Kind, Step

SECTOR = 512


class Survival(StrEnum):
    """Fate of writes that no sync has followed."""

    DROPPED = "dropped"
    RANDOM = "random"
    """Each sector independently, later ones without earlier ones, torn pages included."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The files after a cut, and the acknowledgements before it, in order."""

    files: dict[str, bytes]
    told: tuple[str, ...]


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    is_there: bool = False  # its directory entry is synced
    unsynced: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.unsynced:
            _apply(self.synced, step)
        self.unsynced.clear()
        self.is_there = True


def cuts(
    before: dict[str, bytes],
    record: Iterable[Step],
    points: Iterable[int],
    chance: random.Random,
) -> Iterator[tuple[Disk, Disk]]:
    """Yields for each point the disk with unsynced writes dropped and with some of them applied.

    ``before`` is the synced content at the start of the record. ``points`` are numbers of steps
    before the cut, ascending.
    """
    files = {name: _File(bytearray(content), is_there=True) for name, content in before.items()}
    told: list[str] = []
    remaining = iter(enumerate(record))
    step_number = 0
    for point in points:
        while step_number < point:
            step_number, step = next(remaining)
            step_number += 1
            _take(files, told, step)
        yield (
            Disk(_survived(files, Survival.DROPPED, chance), tuple(told)),
            Disk(_survived(files, Survival.RANDOM, chance), tuple(told)),
        )


def _take(files: dict[str, _File], told: list[str], step: Step) -> None:
    match step.kind:
        case Kind.MARK:
            told.append(step.data.decode())
        case Kind.DELETE:
            files.pop(step.file, None)
        case Kind.SYNC:
            files.setdefault(step.file, _File()).sync()
        case Kind.WRITE | Kind.TRUNCATE:
            files.setdefault(step.file, _File()).unsynced.append(step)


def _survived(
    files: dict[str, _File], survival: Survival, chance: random.Random
) -> dict[str, bytes]:
    disk: dict[str, bytes] = {}
    for name, file in files.items():
        content = bytearray(file.synced)
        is_there = file.is_there
        if survival is Survival.RANDOM and file.unsynced:
            is_there = is_there or chance.random() < 0.5
            kept = chance.choice((0.1, 0.5, 0.9, 0.99))
            for step in file.unsynced:
                for piece in _pieces(step):
                    if chance.random() < kept:
                        _apply(content, piece)
        if is_there:
            disk[name] = bytes(content)
    return disk


def _pieces(step: Step) -> Iterator[Step]:
    if step.kind is Kind.TRUNCATE:
        yield step
        return
    for start in range(0, len(step.data), SECTOR):
        yield Step(Kind.WRITE, step.file, step.at + start, step.data[start : start + SECTOR])


def _apply(content: bytearray, step: Step) -> None:
    if step.kind is Kind.TRUNCATE:
        del content[step.at :]
        content.extend(bytes(max(0, step.at - len(content))))
        return
    end = step.at + len(step.data)
    content.extend(bytes(max(0, end - len(content))))
    content[step.at : end] = step.data
