"""A folder is read whole, or refused with the file, line and field of every fault."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.entries import EntryKind, kind_of
from kb.errors import ImportFault, ImportProblem, ImportRefused
from kb.importers import read_folder
from kb.records import (
    category_from,
    category_record,
    entry_from,
    entry_record,
    topic_from,
    topic_record,
)

DATA = Path(__file__).resolve().parents[2] / "data" / "directory"
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "directory"))


def _edit(file: Path, line: int, edit: Edit) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[line - 1])
    edit(record)
    lines[line - 1] = json.dumps(record)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _problems(folder: Path) -> tuple[ImportProblem, ...]:
    with pytest.raises(ImportRefused) as refused:
        read_folder(folder)
    return refused.value.problems


def _set(field: str, value: object) -> Edit:
    return lambda record: record.__setitem__(field, value)


def test_a_folder_is_read_whole() -> None:
    content = read_folder(DATA)

    assert [unit.key for unit in content.units] == ["town-hall", "heating"]
    assert [question.key for question in content.questions] == ["q-cold", "q-certificate", "q-wifi"]
    assert content.procedures[0].steps == ("Заполните заявление.", "Принесите паспорт.")
    assert [topic.key for topic in content.topics] == ["homes", "papers"]
    term = content.categories[0].answer_term
    assert term is not None
    assert (term.days, term.kind) == (3, "working")
    assert content.units[0].phones[1].extension == "215"
    assert content.units[1].hours.around_the_clock


def test_questions_may_stand_in_several_files(folder: Path) -> None:
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "questions.jsonl").unlink()
    for number, line in enumerate(lines):
        (folder / f"questions-{number}.jsonl").write_text(line, encoding="utf-8")

    assert read_folder(folder) == read_folder(DATA)


def test_records_are_read_back_to_equal_entries() -> None:
    content = read_folder(DATA)

    for entry in content.entries().values():
        record = json.loads(json.dumps(entry_record(entry)))
        assert entry_from(kind_of(entry), record) == entry
    for topic in content.topics:
        assert topic_from(json.loads(json.dumps(topic_record(topic)))) == topic
    for category in content.categories:
        assert category_from(json.loads(json.dumps(category_record(category)))) == category


@pytest.mark.parametrize(
    ("file", "line", "edit", "field", "fault"),
    [
        ("units.jsonl", 1, _set("title", " "), "title", ImportFault.EMPTY),
        ("units.jsonl", 2, _set("title", 7), "title", ImportFault.WRONG_TYPE),
        ("units.jsonl", 1, _set("kind", "club"), "kind", ImportFault.BAD_VALUE),
        ("units.jsonl", 1, _set("key", "Ключ"), "key", ImportFault.BAD_VALUE),
        ("units.jsonl", 1, _set("hours", {"mon": ["9-18"]}), "hours", ImportFault.BAD_VALUE),
        ("units.jsonl", 1, _set("colour", "red"), "colour", ImportFault.UNKNOWN_FIELD),
        (
            "units.jsonl",
            1,
            lambda record: record["phones"][1].pop("purpose"),
            "phones[1].purpose",
            ImportFault.MISSING_FIELD,
        ),
        (
            "units.jsonl",
            1,
            lambda record: record["officials"][0].update(age=50),
            "officials[0].age",
            ImportFault.UNKNOWN_FIELD,
        ),
        (
            "questions.jsonl",
            3,
            _set("checked_on", "10.11.2026"),
            "checked_on",
            ImportFault.BAD_VALUE,
        ),
        ("questions.jsonl", 2, _set("aliases", "форма"), "aliases", ImportFault.WRONG_TYPE),
        ("questions.jsonl", 2, _set("aliases", ["а", ""]), "aliases[1]", ImportFault.EMPTY),
        ("questions.jsonl", 1, _set("written", "\ud800"), "written", ImportFault.BAD_VALUE),
        ("procedures.jsonl", 1, lambda record: record.pop("fee"), "fee", ImportFault.MISSING_FIELD),
        ("classifier.jsonl", 1, _set("type", "theme"), "type", ImportFault.BAD_VALUE),
        (
            "classifier.jsonl",
            3,
            _set("answer_term", {"days": 0, "kind": "working"}),
            "answer_term.days",
            ImportFault.BAD_VALUE,
        ),
        (
            "classifier.jsonl",
            3,
            _set("answer_term", {"days": True, "kind": "working"}),
            "answer_term.days",
            ImportFault.WRONG_TYPE,
        ),
        ("units.jsonl", 2, _set("key", "town-hall"), "key", ImportFault.DUPLICATE_KEY),
        ("procedures.jsonl", 1, _set("key", "q-cold"), "key", ImportFault.DUPLICATE_KEY),
        ("units.jsonl", 2, _set("parent", "q-cold"), "parent", ImportFault.UNRESOLVED_REFERENCE),
        ("questions.jsonl", 1, _set("unit", "nobody"), "unit", ImportFault.UNRESOLVED_REFERENCE),
        ("questions.jsonl", 1, _set("topic", "none"), "topic", ImportFault.UNRESOLVED_REFERENCE),
        (
            "questions.jsonl",
            1,
            _set("category", "homes/none"),
            "category",
            ImportFault.UNRESOLVED_REFERENCE,
        ),
        ("classifier.jsonl", 2, _set("unit", "nobody"), "unit", ImportFault.UNRESOLVED_REFERENCE),
        (
            "classifier.jsonl",
            3,
            _set("participants", ["town-hall", "nobody"]),
            "participants[1]",
            ImportFault.UNRESOLVED_REFERENCE,
        ),
    ],
)
def test_a_fault_is_named_by_file_line_and_field(
    folder: Path, file: str, line: int, edit: Edit, field: str, fault: ImportFault
) -> None:
    _edit(folder / file, line, edit)

    (problem,) = [found for found in _problems(folder) if found.file == file]

    assert (problem.line, problem.field, problem.fault) == (line, field, fault)


def test_every_fault_is_reported_at_once(folder: Path) -> None:
    _edit(folder / "units.jsonl", 1, _set("title", ""))
    _edit(folder / "questions.jsonl", 2, _set("spoken", None))
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("{not json\n[1]\n")
    (folder / "procedures.jsonl").unlink()

    assert {(problem.file, problem.line, problem.fault) for problem in _problems(folder)} == {
        ("units.jsonl", 1, ImportFault.EMPTY),
        ("questions.jsonl", 2, ImportFault.WRONG_TYPE),
        ("questions.jsonl", 4, ImportFault.NOT_JSON),
        ("questions.jsonl", 5, ImportFault.NOT_AN_OBJECT),
        ("procedures.jsonl", 0, ImportFault.MISSING_FILE),
    }


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "units.jsonl").read_text(encoding="utf-8")
    (folder / "units.jsonl").write_bytes(text.encode("cp1251"))

    assert ImportProblem("units.jsonl", 0, "", ImportFault.NOT_UTF8) in _problems(folder)


def test_a_problem_prints_its_place(folder: Path) -> None:
    _edit(folder / "units.jsonl", 1, _set("kind", "club"))

    assert str(_problems(folder)[0]) == "units.jsonl:1:kind: bad_value (club)"


def test_each_kind_is_read_by_its_own_fields() -> None:
    unit = json.loads((DATA / "units.jsonl").read_text(encoding="utf-8").splitlines()[0])

    assert kind_of(entry_from(EntryKind.UNIT, unit)) is EntryKind.UNIT
