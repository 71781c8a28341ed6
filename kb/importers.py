"""A directory read from a folder of JSON Lines files, whole or not at all."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kb.entries import (
    Category,
    DirectoryContent,
    Entry,
    EntryKind,
    Procedure,
    Question,
    Topic,
    Unit,
)
from kb.errors import ImportFault, ImportProblem, ImportRefused
from kb.records import Record, RecordFault, category_from, entry_from, topic_from

UNITS = "units.jsonl"
CLASSIFIER = "classifier.jsonl"
QUESTIONS = "questions*.jsonl"
PROCEDURES = "procedures.jsonl"

Value = TypeVar("Value", bound=Entry | Topic | Category)


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int


@dataclass
class _Import:
    """What was read so far, where each key stands, and all that is wrong."""

    problems: list[ImportProblem] = field(default_factory=list)
    entries: dict[str, tuple[Entry, _Place]] = field(default_factory=dict)
    topics: dict[str, tuple[Topic, _Place]] = field(default_factory=dict)
    categories: dict[str, tuple[Category, _Place]] = field(default_factory=dict)

    def problem(self, place: _Place, name: str, fault: ImportFault, value: str = "") -> None:
        self.problems.append(ImportProblem(place.file, place.line, name, fault, value))

    def parse(self, place: _Place, record: Record, read: Callable[[Record], Value]) -> Value | None:
        try:
            return read(record)
        except RecordFault as fault:
            self.problem(place, fault.field, fault.fault, fault.value)
            return None

    def keep(
        self, found: dict[str, tuple[Any, _Place]], place: _Place, value: Value | None
    ) -> None:
        if value is None:
            return
        if value.key in found:
            self.problem(place, "key", ImportFault.DUPLICATE_KEY, value.key)
        else:
            found[value.key] = (value, place)


def read_folder(path: Path) -> DirectoryContent:
    """The directory in the folder: units, classifier, questions and procedures.

    Raises ImportRefused with every problem found: file, line and field of each.
    """
    reading = _Import()
    _read_entries(reading, path / UNITS, EntryKind.UNIT)
    question_files = sorted(path.glob(QUESTIONS))
    if not question_files:
        reading.problem(_Place(QUESTIONS, 0), "", ImportFault.MISSING_FILE)
    for file in question_files:
        _read_entries(reading, file, EntryKind.QUESTION)
    _read_entries(reading, path / PROCEDURES, EntryKind.PROCEDURE)
    _read_classifier(reading, path / CLASSIFIER)
    # A line that did not parse leaves its key unknown: references are checked only when all did.
    if not reading.problems:
        _check_references(reading)
    if reading.problems:
        raise ImportRefused(tuple(reading.problems))
    entries = [entry for entry, _place in reading.entries.values()]
    return DirectoryContent(
        units=tuple(entry for entry in entries if isinstance(entry, Unit)),
        questions=tuple(entry for entry in entries if isinstance(entry, Question)),
        procedures=tuple(entry for entry in entries if isinstance(entry, Procedure)),
        topics=tuple(topic for topic, _place in reading.topics.values()),
        categories=tuple(category for category, _place in reading.categories.values()),
    )


def _read_entries(reading: _Import, file: Path, kind: EntryKind) -> None:
    for place, record in _records(reading, file):
        entry = reading.parse(place, record, lambda raw: entry_from(kind, raw))
        reading.keep(reading.entries, place, entry)


def _read_classifier(reading: _Import, file: Path) -> None:
    for place, record in _records(reading, file):
        match record.get("type"):
            case "topic":
                reading.keep(reading.topics, place, reading.parse(place, record, topic_from))
            case "category":
                category = reading.parse(place, record, category_from)
                reading.keep(reading.categories, place, category)
            case None:
                reading.problem(place, "type", ImportFault.MISSING_FIELD)
            case other:
                reading.problem(place, "type", ImportFault.BAD_VALUE, str(other)[:60])


def _records(reading: _Import, file: Path) -> Iterator[tuple[_Place, Record]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        reading.problem(_Place(file.name, 0), "", ImportFault.MISSING_FILE)
        return
    except UnicodeDecodeError:
        reading.problem(_Place(file.name, 0), "", ImportFault.NOT_UTF8)
        return
    # Not splitlines(): a text may hold U+2028 and its like, which JSON leaves as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = _Place(file.name, number)
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            reading.problem(place, "", ImportFault.NOT_JSON)
            continue
        if isinstance(record, dict):
            yield place, record
        else:
            reading.problem(place, "", ImportFault.NOT_AN_OBJECT)


def _check_references(reading: _Import) -> None:
    units = {key for key, (entry, _) in reading.entries.items() if isinstance(entry, Unit)}

    def check(place: _Place, name: str, key: str | None, known: Collection[str]) -> None:
        if key is not None and key not in known:
            reading.problem(place, name, ImportFault.UNRESOLVED_REFERENCE, key)

    for entry, place in reading.entries.values():
        match entry:
            case Unit():
                check(place, "parent", entry.parent, units)
            case Question():
                check(place, "unit", entry.unit, units)
                check(place, "topic", entry.topic, reading.topics)
                check(place, "category", entry.category, reading.categories)
            case Procedure():
                check(place, "unit", entry.unit, units)
                check(place, "topic", entry.topic, reading.topics)
    for topic, place in reading.topics.values():
        check(place, "unit", topic.unit, units)
    for category, place in reading.categories.values():
        check(place, "topic", category.topic, reading.topics)
        check(place, "unit", category.unit, units)
        for number, key in enumerate(category.participants):
            check(place, f"participants[{number}]", key, units)
