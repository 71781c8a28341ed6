"""A folder is imported completely, or refused with the file, line and field of every fault."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.entries.entries import EntryKind, ServiceDetails, TopicDetails, UnitDetails
from kb.errors import ImportFault, ImportProblem, ImportRefused
from kb.files.importing import read_folder

DATA = Path(__file__).resolve().parents[3] / "data" / "directory"
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
    # Faults that result from an invalid row are also reported, and have a separate test.
    return tuple(
        problem
        for problem in refused.value.problems
        if problem.fault is not ImportFault.DEPENDS_ON_BAD_ROW
    )


def _set(field: str, value: object) -> Edit:
    return lambda record: record.__setitem__(field, value)


def _detail(field: str, value: object) -> Edit:
    return lambda record: record["details"].__setitem__(field, value)


def test_a_folder_is_read_whole() -> None:
    entries = {entry.id: entry for entry in read_folder(DATA)}

    assert len(entries) == 11
    assert entries["q-cold"].section == "homes/cold"
    assert entries["q-cold"].kind is EntryKind.QUESTION
    service = entries["p-registration"].details
    assert isinstance(service, ServiceDetails)
    assert service.steps == ("Заполните заявление.", "Принесите паспорт.")
    category = entries["homes/cold"].details
    assert isinstance(category, TopicDetails)
    assert category.answer_term is not None
    assert (category.answer_term.days, category.answer_term.kind) == (3, "working")
    hall, heating = entries["town-hall"].details, entries["heating"].details
    assert isinstance(hall, UnitDetails)
    assert isinstance(heating, UnitDetails)
    assert hall.phones[1].extension == "215"
    assert heating.hours.around_the_clock
    assert (entries["heating"].parent, entries["homes/cold"].parent) == ("town-hall", "homes")


def test_entries_may_stand_in_several_files(folder: Path) -> None:
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "questions.jsonl").unlink()
    for number, line in enumerate(lines):
        (folder / f"questions-{number}.jsonl").write_text(line, encoding="utf-8")

    assert read_folder(folder) == read_folder(DATA)


@pytest.mark.parametrize(
    ("file", "line", "edit", "field", "fault"),
    [
        ("units.jsonl", 2, _set("title", 7), "title", ImportFault.WRONG_TYPE),
        ("units.jsonl", 1, _set("kind", "club"), "kind", ImportFault.BAD_VALUE),
        ("questions.jsonl", 1, _set("id", " "), "id", ImportFault.EMPTY),
        ("questions.jsonl", 1, _set("id", "one\ntwo"), "id", ImportFault.BAD_VALUE),
        ("questions.jsonl", 1, _set("id", "x" * 201), "id", ImportFault.BAD_VALUE),
        ("units.jsonl", 1, lambda record: record.pop("kind"), "kind", ImportFault.MISSING_FIELD),
        ("units.jsonl", 1, _set("details", [1]), "details", ImportFault.WRONG_TYPE),
        (
            "units.jsonl",
            1,
            _detail("hours", {"mon": ["9-18"]}),
            "details.hours",
            ImportFault.BAD_VALUE,
        ),
        ("units.jsonl", 1, _set("colour", "red"), "colour", ImportFault.UNKNOWN_FIELD),
        (
            "units.jsonl",
            1,
            lambda record: record["details"]["phones"][1].pop("number"),
            "details.phones[1].number",
            ImportFault.MISSING_FIELD,
        ),
        ("people.jsonl", 1, _detail("age", 50), "details.age", ImportFault.UNKNOWN_FIELD),
        (
            "questions.jsonl",
            3,
            _set("checked_on", "10.11.2026"),
            "checked_on",
            ImportFault.BAD_VALUE,
        ),
        ("questions.jsonl", 2, _set("names", "форма"), "names", ImportFault.WRONG_TYPE),
        ("questions.jsonl", 2, _set("names", ["а", ""]), "names[1]", ImportFault.EMPTY),
        ("questions.jsonl", 1, _set("body", "\ud800"), "body", ImportFault.BAD_VALUE),
        ("questions.jsonl", 1, _set("details", {}), "details", ImportFault.UNKNOWN_FIELD),
        ("services.jsonl", 1, _detail("steps", "шаг"), "details.steps", ImportFault.WRONG_TYPE),
        (
            "classifier.jsonl",
            3,
            _detail("answer_term", {"days": 0, "kind": "working"}),
            "details.answer_term.days",
            ImportFault.BAD_VALUE,
        ),
        (
            "classifier.jsonl",
            3,
            _detail("answer_term", {"days": True, "kind": "working"}),
            "details.answer_term.days",
            ImportFault.WRONG_TYPE,
        ),
        ("units.jsonl", 2, _set("id", "town-hall"), "id", ImportFault.DUPLICATE_ID),
        ("services.jsonl", 1, _set("id", "q-cold"), "id", ImportFault.DUPLICATE_ID),
        (
            "units.jsonl",
            2,
            _detail("parent", "q-cold"),
            "details.parent",
            ImportFault.UNRESOLVED_REFERENCE,
        ),
        ("questions.jsonl", 1, _set("owner", "nobody"), "owner", ImportFault.UNRESOLVED_REFERENCE),
        (
            "people.jsonl",
            1,
            _detail("unit", "nobody"),
            "details.unit",
            ImportFault.UNRESOLVED_REFERENCE,
        ),
        (
            "classifier.jsonl",
            3,
            _detail("parent", "none"),
            "details.parent",
            ImportFault.UNRESOLVED_REFERENCE,
        ),
        (
            "classifier.jsonl",
            3,
            _detail("participants", ["town-hall", "nobody"]),
            "details.participants[1]",
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


def test_topic_and_section_are_free_words(folder: Path) -> None:
    _edit(folder / "questions.jsonl", 1, _set("topic", "Что угодно"))
    _edit(folder / "questions.jsonl", 1, _set("section", "Всё остальное"))

    assert "Что угодно" in {entry.topic for entry in read_folder(folder)}


def test_every_fault_is_reported_at_once(folder: Path) -> None:
    _edit(folder / "units.jsonl", 1, _set("title", 1))
    _edit(folder / "questions.jsonl", 2, _set("spoken", []))
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write("{not json\n[1]\n")

    assert {(problem.file, problem.line, problem.fault) for problem in _problems(folder)} == {
        ("units.jsonl", 1, ImportFault.WRONG_TYPE),
        ("questions.jsonl", 2, ImportFault.WRONG_TYPE),
        ("questions.jsonl", 4, ImportFault.NOT_JSON),
        ("questions.jsonl", 5, ImportFault.NOT_AN_OBJECT),
    }


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path)

    assert problem == ImportProblem(tmp_path.name, 0, "", ImportFault.MISSING_FILE)


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "units.jsonl").read_text(encoding="utf-8")
    (folder / "units.jsonl").write_bytes(text.encode("cp1251"))

    assert ImportProblem("units.jsonl", 0, "", ImportFault.NOT_UTF8) in _problems(folder)


def test_a_problem_prints_its_place(folder: Path) -> None:
    _edit(folder / "units.jsonl", 1, _set("kind", "club"))

    assert str(_problems(folder)[0]) == "units.jsonl:1:kind: bad_value (club)"
