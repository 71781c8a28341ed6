"""Tables with Russian headings and values: written, parsed in any spelling, undone."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kb.entries.changes import EntryClosed, EntryPut
from kb.entries.entries import Entry, EntryKind, TopicDetails, UnitDetails
from kb.errors import ImportFault
from kb.files.columns import KNOWN
from kb.files.importing import export_entries, preview_import, read_folder
from kb.files.words import FIELD_NAMES, TableWords, read_words

ROOT = Path(__file__).resolve().parents[4]
RESOURCES = ROOT / "resources" / "directory"
SMALL = ROOT / "tests" / "data" / "directory"
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def russian() -> TableWords:
    return read_words(RESOURCES / "headings-ru.json")


def _csv(tmp_path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    file = tmp_path / "import.csv"
    file.write_text(text, encoding=encoding)
    return file


def test_every_column_has_a_russian_heading_of_its_own(russian: TableWords) -> None:
    headings = {column: russian.heading(column) for column in KNOWN}

    assert len(set(headings.values())) == len(KNOWN)
    assert all(heading != column for column, heading in headings.items())
    assert {russian.column(heading.upper()): heading for heading in headings.values()} == headings


@pytest.mark.parametrize(
    ("folder", "name", "separator", "encoding"),
    [
        (RESOURCES / "sample", "directory.xlsx", ";", "utf-8-sig"),
        (RESOURCES / "sample", "directory.csv", ";", "utf-8-sig"),
        (RESOURCES / "sample", "directory.csv", "\t", "utf-8"),
        (SMALL, "directory.csv", ",", "cp1251"),  # the sample has signs that cp1251 has not
    ],
)
def test_a_russian_table_read_again_changes_nothing(
    tmp_path: Path, russian: TableWords, folder: Path, name: str, separator: str, encoding: str
) -> None:
    entries = read_folder(folder)
    file = tmp_path / name
    export_entries(file, entries, words=russian, separator=separator, encoding=encoding)

    preview = preview_import(file, entries, replaces=True, today=TODAY, words=russian)

    assert (preview.new, preview.changed, preview.closed, preview.problems) == ((), (), (), ())
    assert len(preview.unchanged) == len(entries)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1251", "utf-16"])
def test_russian_words_are_understood_however_they_are_written(
    tmp_path: Path, russian: TableWords, separator: str, encoding: str
) -> None:
    lines = (
        "КЛЮЧ|вид|Наименование|Еще зовут|режим  работы|Проверено",
        "u-1|орган|Баня|парная|пн-пт 9:00-18:00|05.11.2026",
        "u-2|Контакты|Пост||круглосуточно|",
    )
    file = _csv(tmp_path, "\n".join(lines).replace("|", separator) + "\n", encoding)

    first, second = preview_import(file, (), words=russian).new

    assert (first.kind, first.title, first.names) == (EntryKind.UNIT, "Баня", ("парная",))
    assert first.checked_on == date(2026, 11, 5)
    assert isinstance(first.details, UnitDetails)
    assert first.details.hours.as_json()["fri"] == ["09:00-18:00"]
    assert isinstance(second.details, UnitDetails)
    assert second.details.hours.as_json() == {"around_the_clock": True}


def test_names_of_fields_and_russian_headings_may_stand_side_by_side(
    tmp_path: Path, russian: TableWords
) -> None:
    file = _csv(tmp_path, "id;kind;Название\nq-1;question;Да\n")
    assert [entry.title for entry in preview_import(file, (), words=russian).new] == ["Да"]

    twice = _csv(tmp_path, "id;kind;title;Название\nq-1;question;Да;Нет\n")
    (problem,) = preview_import(twice, (), words=russian).problems
    assert (problem.field, problem.fault) == ("title", ImportFault.DUPLICATE_COLUMN)


def test_a_heading_that_nobody_knows_is_named_as_it_stands(
    tmp_path: Path, russian: TableWords
) -> None:
    file = _csv(tmp_path, "Ключ;Вид;Настроение\nq-1;Вопрос;Хорошее\n")

    (problem,) = preview_import(file, (), words=russian).problems

    assert (problem.line, problem.field) == (1, "Настроение")
    assert problem.fault is ImportFault.UNKNOWN_FIELD


@pytest.mark.parametrize(
    ("written", "days", "kind"),
    [
        ("15 рабочих", 15, "working"),
        ("30 Календарных дней", 30, "calendar"),
        ("5 working", 5, "working"),
    ],
)
def test_an_answer_term_says_which_days(
    tmp_path: Path, russian: TableWords, written: str, days: int, kind: str
) -> None:
    file = _csv(tmp_path, f"Ключ;Вид;Название;Срок ответа\nt-1;Тема;Бани;{written}\n")

    (topic,) = preview_import(file, (), words=russian).new

    assert isinstance(topic.details, TopicDetails)
    term = topic.details.answer_term
    assert term is not None
    assert (term.days, term.kind) == (days, kind)


def test_days_of_no_kind_are_a_fault(tmp_path: Path, russian: TableWords) -> None:
    file = _csv(tmp_path, "Ключ;Вид;Название;Срок ответа\nt-1;Тема;Бани;15 дней\n")

    (problem,) = preview_import(file, (), words=russian).problems

    assert (problem.field, problem.fault) == ("answer_term", ImportFault.BAD_VALUE)


def test_without_words_a_table_has_the_names_of_the_fields(
    tmp_path: Path, russian: TableWords
) -> None:
    entries = read_folder(SMALL)
    plain, worded = tmp_path / "plain.csv", tmp_path / "worded.csv"
    export_entries(plain, entries)
    export_entries(worded, entries, words=russian)

    def first_line(file: Path) -> list[str]:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines, delimiter=";"))

    assert first_line(plain)[:3] == ["id", "kind", "title"]
    assert first_line(worded)[:3] == ["Ключ", "Вид", "Название"]
    assert preview_import(worded, (), words=FIELD_NAMES).problems[0].fault is (
        ImportFault.UNKNOWN_FIELD
    )


def test_the_example_shows_every_kind_with_hints_and_can_be_loaded(
    tmp_path: Path, russian: TableWords
) -> None:
    example = read_folder(RESOURCES / "example.jsonl")
    assert [entry.kind for entry in example] == list(EntryKind)
    file = tmp_path / "example.xlsx"
    export_entries(file, example, words=russian)

    assert read_folder_words(file, russian) == example
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Вопрос", "Контакты", "Услуга", "Должностное лицо", "Тема"]
    units = book["Контакты"]
    hints = {cell.value: cell.comment.text for cell in units[1] if cell.comment is not None}
    assert "круглосуточно" in hints["Часы работы"]
    for sheet in book.worksheets:
        filled = {cell.value for cell, below in zip(sheet[1], sheet[2], strict=True) if below.value}
        # Fields that are empty in the example are empty in most entries too.
        assert {cell.value for cell in sheet[1]} - filled <= {
            "Сказать", "Ещё зовут", "Тема", "Категория", "Источник", "Ссылка", "Проверено",
            "Действует с", "Закрыта с", "Входит в", "Автор", "Кабинет",
        }  # fmt: skip


def read_folder_words(file: Path, words: TableWords) -> tuple[Entry, ...]:
    preview = preview_import(file, (), words=words)
    assert preview.problems == ()
    return preview.new


def test_words_that_say_two_things_are_refused() -> None:
    with pytest.raises(ValueError, match="is ambiguous"):
        TableWords({"title": ["Имя"], "names": ["имя"]}, {}, {}, "%Y")
    with pytest.raises(ValueError, match="unknown column"):
        TableWords({"mood": ["Настроение"]}, {}, {}, "%Y")


def test_a_file_that_holds_no_words_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "headings-xx.json"
    file.write_text('{"headings": []}', encoding="utf-8")
    with pytest.raises(ValueError, match="headings-xx"):
        read_words(file)


def test_reading_tells_how_far_it_is_and_ends_when_told(tmp_path: Path) -> None:
    file = tmp_path / "directory.xlsx"
    export_entries(file, read_folder(SMALL))
    seen: list[int] = []
    preview_import(file, (), on_row=seen.append)
    assert seen == list(range(1, 12))

    class Enough(Exception):
        pass

    def stop(number: int) -> None:
        if number == 3:
            raise Enough

    with pytest.raises(Enough):
        preview_import(file, (), on_row=stop)


# --- undoing an import --------------------------------------------------------------


@pytest.fixture
def before() -> tuple[Entry, ...]:
    return tuple(
        Entry(f"q-{number}", EntryKind.QUESTION, f"Вопрос {number}", "") for number in range(4)
    )


def test_an_import_is_undone_but_for_what_was_edited_since(
    tmp_path: Path, before: tuple[Entry, ...]
) -> None:
    file = _csv(
        tmp_path, "id;kind;title\nq-0;question;Иначе\nq-1;question;Иначе\nq-new;question;Новый\n"
    )
    preview = preview_import(file, before, replaces=True, today=TODAY)
    assert not preview.is_overtaken(before)
    changed_0, changed_1 = (change.after for change in preview.changed)
    new = preview.new[0]
    closed_2, closed_3 = (replace(entry, valid_to=TODAY) for entry in before[2:])
    edited = replace(changed_1, title="Правлено")

    undo = preview.undo((changed_0, edited, closed_2, closed_3, new), TODAY, by="Проба")

    assert undo.kept == (edited,)
    assert undo.changes == (
        EntryPut(before[0], "Проба"),
        EntryPut(before[2], "Проба"),
        EntryPut(before[3], "Проба"),
        EntryClosed("q-new", TODAY, "Проба"),
    )


@pytest.mark.parametrize("edit", ["changed", "unchanged", "new"])
def test_a_preview_is_overtaken_by_an_edit_of_what_it_tells_about(
    tmp_path: Path, before: tuple[Entry, ...], edit: str
) -> None:
    file = _csv(
        tmp_path, "id;kind;title\nq-0;question;Иначе\nq-1;question;Вопрос 1\nq-9;question;Новый\n"
    )
    preview = preview_import(file, before)
    elsewhere = (*before[:3], replace(before[3], title="Правлено"))
    assert not preview.is_overtaken(elsewhere)

    edited = {"changed": "q-0", "unchanged": "q-1", "new": "q-9"}[edit]
    other = Entry(edited, EntryKind.QUESTION, "Правлено", "")

    assert preview.is_overtaken((*(one for one in before if one.id != edited), other))
