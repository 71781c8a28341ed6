"""Loads call scripts, canned texts and the phone numbers of media and officials from files.

Without a valid file of the city the shipped scripts and texts are used. Blocks; call on a worker
thread.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.register.calls.phrases import FoundPhraseFault, Phrase, PhraseFault, read_phrases
from sync.register.calls.scripts import FoundFault, MarkedNumbers, Script, read_script

MARKED_FILE = "callers.toml"


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that is ignored because of its errors; ``unreadable`` is the message of the TOML
    parser.
    """

    name: str
    faults: tuple[FoundFault | FoundPhraseFault, ...] = ()
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class LaidDown:
    """Loaded scripts, canned texts and marked phone numbers; ``bad`` are the ignored files of the
    city.
    """

    scripts: tuple[Script, ...] = ()
    marked: MarkedNumbers = MarkedNumbers()
    phrases: tuple[Phrase, ...] = ()
    bad: tuple[BadFile, ...] = ()


def read_laid_down(data: Path, resources: Path, canonical: Callable[[str], str | None]) -> LaidDown:
    """Loads call scripts, marked numbers and canned texts. Blocks; call on a worker thread.

    A single valid file of the city in the folder ``scripts`` or ``phrases`` replaces all shipped
    files of that folder. ``canonical`` converts a phone number to E.164.
    """
    bad: list[BadFile] = []
    scripts = _scripts(data / "scripts", bad) or _scripts(resources / "scripts", [])
    phrases = _phrases(data / "phrases", bad) or _phrases(resources / "phrases", [])
    marked = _marked(data / "scripts" / MARKED_FILE, canonical, bad)
    return LaidDown(tuple(scripts), marked, tuple(phrases), tuple(bad))


def _scripts(folder: Path, bad: list[BadFile]) -> list[Script]:
    read: list[Script] = []
    for file in _files(folder):
        if file.name == MARKED_FILE:
            continue
        table = _table(file, bad)
        if table is None:
            continue
        script = read_script(file.stem, table)
        if isinstance(script, Script):
            read.append(script)
        else:
            bad.append(BadFile(file.name, script))
    return read


def _phrases(folder: Path, bad: list[BadFile]) -> list[Phrase]:
    read: list[Phrase] = []
    for file in _files(folder):
        table = _table(file, bad)
        if table is None:
            continue
        found = read_phrases(table)
        faults = [each for each in found if isinstance(each, FoundPhraseFault)]
        phrases = [each for each in found if isinstance(each, Phrase)]
        known = {each.trigger.casefold() for each in read}
        faults += [
            FoundPhraseFault(PhraseFault.TRIGGER_TWICE, each.trigger)
            for each in phrases
            if each.trigger.casefold() in known
        ]
        if faults:
            bad.append(BadFile(file.name, tuple(faults)))
        else:
            read += phrases
    return read


def _marked(
    file: Path, canonical: Callable[[str], str | None], bad: list[BadFile]
) -> MarkedNumbers:
    table = _table(file, bad) if file.exists() else None
    if table is None:
        return MarkedNumbers()
    numbers: dict[str, frozenset[str]] = {}
    for kind in ("media", "official"):
        raw = table.get(kind, [])
        if not isinstance(raw, list):
            bad.append(BadFile(file.name, unreadable=kind))
            return MarkedNumbers()
        found = {number for each in raw if (number := canonical(str(each))) is not None}
        numbers[kind] = frozenset(found)
    return MarkedNumbers(**numbers)


def _files(folder: Path) -> list[Path]:
    """Returns the TOML files of a folder sorted by name, which is their order of precedence."""
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _table(file: Path, bad: list[BadFile]) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        bad.append(BadFile(file.name, unreadable=str(error)))
        return None
