"""A directory read from a folder of JSON Lines files, whole or not at all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.entries import Entry
from kb.errors import ImportFault, ImportProblem, ImportRefused
from kb.records import Record, RecordFault, entry_from
from kb.references import references_of

PATTERN = "*.jsonl"


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int


@dataclass
class _Import:
    """What was read so far, where each entry stands, and all that is wrong."""

    problems: list[ImportProblem] = field(default_factory=list)
    entries: dict[str, tuple[Entry, _Place]] = field(default_factory=dict)

    def problem(self, place: _Place, name: str, fault: ImportFault, value: str = "") -> None:
        self.problems.append(ImportProblem(place.file, place.line, name, fault, value))


def read_folder(path: Path) -> tuple[Entry, ...]:
    """The entries of every JSON Lines file in the folder, files in the order of their names.

    Raises ImportRefused with every problem found: file, line and field of each.
    """
    found = _Import()
    files = sorted(path.glob(PATTERN))
    if not files:
        found.problem(_Place(PATTERN, 0), "", ImportFault.MISSING_FILE)
    for file in files:
        _read_file(found, file)
    # A line that did not parse leaves its id unknown: references are checked only when all did.
    if not found.problems:
        _check_references(found)
    if found.problems:
        raise ImportRefused(tuple(found.problems))
    return tuple(entry for entry, _place in found.entries.values())


def _read_file(found: _Import, file: Path) -> None:
    for place, record in _records(found, file):
        try:
            entry = entry_from(record)
        except RecordFault as fault:
            found.problem(place, fault.field, fault.fault, fault.value)
            continue
        if entry.id in found.entries:
            found.problem(place, "id", ImportFault.DUPLICATE_ID, entry.id)
        else:
            found.entries[entry.id] = (entry, place)


def _records(found: _Import, file: Path) -> Iterator[tuple[_Place, Record]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        found.problem(_Place(file.name, 0), "", ImportFault.NOT_UTF8)
        return
    # Not splitlines(): a text may hold U+2028 and its like, which JSON leaves as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = _Place(file.name, number)
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            found.problem(place, "", ImportFault.NOT_JSON)
            continue
        if isinstance(record, dict):
            yield place, record
        else:
            found.problem(place, "", ImportFault.NOT_AN_OBJECT)


def _check_references(found: _Import) -> None:
    for entry, place in found.entries.values():
        for name, entry_id, kind in references_of(entry):
            other = found.entries.get(entry_id)
            if other is None or other[0].kind is not kind:
                found.problem(place, name, ImportFault.UNRESOLVED_REFERENCE, entry_id)
