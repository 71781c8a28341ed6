"""Import of files into a real directory: preview, complete import, cancellation, undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.directory_files import words as directory_files_words
from console.features.directory_files.exporting import DirectoryExportPresenter
from console.features.directory_files.importing import DirectoryImportPresenter, RowGroup, Step
from kb.entries.changes import Change
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryError, DirectoryUnusable, ImportFault, ImportProblem
from kb.files.importing import read_folder
from kb.files.words import TableWords, read_words
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_question, sample_unit
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, InlineExecutor, Told

RESOURCES = Path(__file__).resolve().parents[5] / "resources" / "directory"
EDITOR = replace(SUPERVISOR, name="Редактор Проба", role=Role.EDITOR)
OTHER = replace(EDITOR, name="Другая Нина")
HEAD = "Ключ;Вид;Название;Отвечает;Часы работы;Проверено\n"
GOOD = HEAD + "q-1;Вопрос;Кто чинит дороги;road-service;;\nq-2;Вопрос;Новый;;;\n"
BAD = GOOD + "u-2;Контакты;Баня;;с утра;\nq-3;Клуб;Шахматы;;;\nq-4;Вопрос;;нет-такого;;\n"


class Desk:
    """Both presenters over one directory; work runs immediately, results arrive with events."""

    def __init__(
        self, owner: QObject, directory: Directory, milestones: Milestones, folder: Path
    ) -> None:
        self.directory = directory
        self.folder = folder
        self.operator = EDITOR
        self.words = read_words(RESOURCES / "headings-ru.json")
        deliveries, at_once = Deliveries(owner), InlineExecutor()
        self.imports = DirectoryImportPresenter(
            directory,
            at_once,
            at_once,
            deliveries,
            milestones,
            self.words,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.exports = DirectoryExportPresenter(
            directory,
            lambda: read_folder(RESOURCES / "example.jsonl"),
            at_once,
            deliveries,
            self.words,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.told = Told(self.imports.told)
        self.stored = Told(self.imports.stored)
        self.imports.leave_to_another()

    def do(self, action: Callable[[], None]) -> None:
        action()
        for _round in range(8):
            QCoreApplication.processEvents()

    def read(self, text: str, name: str = "table.csv") -> None:
        file = self.folder / name
        file.write_text(text, encoding="cp1251")
        self.imports.set_path("")
        self.imports.set_path(f'  "{file}" ')
        self.do(self.imports.read)

    def counts(self) -> dict[str, int]:
        state = self.imports.state
        return {group.value: state.count(group) for group in RowGroup if state.count(group)}

    def titles(self) -> dict[str, str]:
        return {entry.id: entry.title for entry in self.directory.entries()}

    def is_in_force(self, entry_id: str) -> bool:
        entry = self.directory.entry(entry_id)
        return entry is not None and entry.valid_to is None

    def notices(self) -> list[Notice]:
        return [notice for notice in self.told.values if isinstance(notice, Notice)]


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db", starters=None)
    opened.replace_all((*TOPICS, *CATEGORIES, sample_question(), sample_unit()))
    yield opened
    opened.close()


@pytest.fixture
def desk(owner: QObject, directory: Directory, milestones: Milestones, tmp_path: Path) -> Desk:
    return Desk(owner, directory, milestones, tmp_path)


def test_a_good_file_is_shown_first_and_then_loaded(desk: Desk) -> None:
    before = desk.directory.entries()
    desk.read(GOOD)

    state = desk.imports.state
    assert (state.step, state.role, state.may_load) == (Step.SHOWN, "ok", True)
    assert desk.counts() == {"new": 1, "changed": 1}
    assert desk.directory.entries() == before
    desk.imports.choose_group(RowGroup.CHANGED)
    (row,) = desk.imports.state.rows[RowGroup.CHANGED]
    assert row.detail.startswith("Изменится: Название")
    title = row.parts()[0]
    assert title.heading == "Название"
    assert title.lines == (f"было: {sample_question().title}", "станет: Кто чинит дороги")

    desk.do(desk.imports.load)

    assert desk.imports.state.told == "Загружено: новых — 1, изменённых — 1"
    assert desk.titles()["q-1"] == "Кто чинит дороги"
    assert desk.directory.history("q-2")[-1].by == EDITOR.name
    assert len(desk.stored.values) == 1
    desk.read(GOOD)
    assert desk.counts() == {"unchanged": 2}
    assert not desk.imports.state.may_load


def test_a_bad_file_changes_nothing_until_its_good_rows_are_chosen(desk: Desk) -> None:
    before = desk.directory.entries()
    desk.read(BAD)

    state = desk.imports.state
    assert desk.counts() == {"faults": 3, "new": 1, "changed": 1}
    assert state.group is RowGroup.FAULTS
    assert (state.may_load, state.may_load_good) == (False, True)
    told = [(row.note, row.title, row.detail) for row in state.rows[RowGroup.FAULTS]]
    assert told == [
        ("строка 4", "Не удалось понять", "столбец «Часы работы», написано: «с утра»"),
        ("строка 5", "Не удалось понять", "столбец «Вид», написано: «Клуб»"),
        ("строка 6", "Записи с таким ключом нет", "столбец «Отвечает», написано: «нет-такого»"),
    ]
    advice = state.rows[RowGroup.FAULTS][1].parts()[1].lines
    assert advice == ("Одно из слов: Вопрос, Контакты, Услуга, Должностное лицо, Тема.",)
    desk.do(desk.imports.load)
    assert desk.directory.entries() == before

    desk.do(desk.imports.load_good_rows)

    assert desk.titles()["q-2"] == "Новый"
    assert set(desk.titles()) - {entry.id for entry in before} == {"q-2"}


def test_a_load_is_undone_but_for_what_was_edited_since(desk: Desk) -> None:
    desk.read(GOOD)
    desk.do(desk.imports.load)
    desk.directory.upsert(Entry("q-2", EntryKind.QUESTION, "Правлено", ""))

    states = Told(desk.imports.changed)
    desk.do(desk.imports.undo)

    assert states.values[0].told == "Отменяем загрузку…"
    assert desk.titles()["q-1"] == sample_question().title
    assert desk.titles()["q-2"] == "Правлено"
    assert desk.is_in_force("q-2")
    assert desk.imports.state.told.endswith("которые с тех пор правили: 1")
    assert not desk.imports.state.may_undo
    assert len(desk.directory.history("q-1")) == 3

    desk.read(HEAD + "q-9;Вопрос;Ещё;;;\n")
    desk.do(desk.imports.load)
    desk.do(desk.imports.undo)
    assert not desk.is_in_force("q-9")
    assert desk.imports.state.told == "Загрузка отменена: всё как было"


def test_entries_that_the_file_does_not_have_are_closed_only_when_told(desk: Desk) -> None:
    desk.read(GOOD)
    desk.imports.set_path("")
    desk.imports.set_closes_others(True)
    desk.read(HEAD + "road-service;Контакты;Дорожная служба;;;\n")
    assert desk.imports.state.count(RowGroup.CLOSED) == len(TOPICS) + len(CATEGORIES) + 1

    desk.do(desk.imports.load)
    assert not desk.is_in_force("q-1")
    desk.do(desk.imports.undo)
    assert desk.is_in_force("q-1")

    desk.read(GOOD)
    desk.do(lambda: desk.imports.set_closes_others(False))
    assert desk.counts() == {"new": 1, "changed": 1}


def test_an_edit_between_the_look_and_the_load_shows_the_changes_anew(desk: Desk) -> None:
    desk.read(GOOD)
    desk.directory.upsert(replace(sample_question(), title="Правлено"))

    desk.do(desk.imports.load)

    assert desk.titles()["q-1"] == "Правлено"
    assert "q-2" not in desk.titles()
    assert desk.imports.state.step is Step.SHOWN
    assert desk.notices()[-1].problem
    (row,) = desk.imports.state.rows[RowGroup.CHANGED]
    assert "было: Правлено" in row.parts()[0].lines
    desk.do(desk.imports.load)
    assert desk.titles()["q-1"] == "Кто чинит дороги"


def test_another_path_forgets_what_was_shown(desk: Desk) -> None:
    desk.read(GOOD)
    desk.imports.set_path("other.csv")
    assert desk.imports.state.rows == {}

    desk.do(desk.imports.load)

    assert "q-2" not in desk.titles()


def test_a_path_that_leads_nowhere_is_said_under_the_field(desk: Desk) -> None:
    desk.do(desk.imports.read)
    assert desk.imports.state.problem == "Выберите файл или напишите путь к нему"

    desk.imports.set_path(str(desk.folder / "none.csv"))
    desk.do(desk.imports.read)
    assert desk.imports.state.problem == "Такого файла нет: проверьте путь"
    assert desk.imports.state.step is Step.FILE

    desk.read("привет", "letter.txt")
    assert desk.imports.state.rows[RowGroup.FAULTS][0].title == "Не XLSX, не CSV и не JSONL"
    assert not desk.imports.state.may_load_good


def test_an_address_of_a_file_is_a_path_too(desk: Desk) -> None:
    file = desk.folder / "с пробелом.csv"
    file.write_text(GOOD, encoding="utf-8-sig")
    desk.imports.set_path(file.as_uri())
    desk.do(desk.imports.read)

    assert desk.counts() == {"new": 1, "changed": 1}


def test_who_may_not_edit_loads_and_writes_nothing(desk: Desk) -> None:
    desk.operator = OPERATOR
    desk.read(GOOD)
    assert desk.imports.state.step is Step.FILE

    desk.operator = EDITOR
    desk.read(GOOD)
    desk.operator = OPERATOR
    desk.do(desk.imports.load)
    desk.do(lambda: desk.exports.write(desk.folder / "all.csv"))
    desk.do(lambda: desk.exports.write_sample(desk.folder / "sample.xlsx"))

    assert "q-2" not in desk.titles()
    assert not (desk.folder / "all.csv").exists()
    assert not (desk.folder / "sample.xlsx").exists()


def test_the_next_person_sees_nothing_of_the_one_before(desk: Desk) -> None:
    desk.read(GOOD)
    desk.imports.leave_to_another()
    assert desk.imports.state.step is Step.SHOWN

    desk.operator = OTHER
    desk.imports.leave_to_another()

    assert desk.imports.state.path == ""
    desk.do(desk.imports.load)
    assert "q-2" not in desk.titles()


def test_the_faults_are_saved_as_a_table(desk: Desk) -> None:
    desk.read(BAD + "=1+1;Вопрос;Да;;;31.02.2026\n")
    assert desk.imports.faults_name() == "table — ошибки.xlsx"
    file = desk.folder / "faults.xlsx"

    desk.do(lambda: desk.imports.write_faults(file))

    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1:4] == ("Строка", "Столбец", "Что не так")
    assert [(row[1], row[2]) for row in rows[1:]] == [
        (4, "Часы работы"), (5, "Вид"), (6, "Отвечает"), (7, "Проверено"),
    ]  # fmt: skip
    assert desk.notices()[-1].head == "Файл записан: faults.xlsx"

    desk.do(lambda: desk.imports.write_faults(desk.folder / "none" / "faults.xlsx"))
    assert desk.notices()[-1].problem


class SlowDirectory:
    """Allows a test to act between two changes, as during a long import; then fails on request."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.began, self.goes_on = Event(), Event()
        self.fails = False

    def entries(self) -> tuple[Entry, ...]:
        self.began.set()
        assert self.goes_on.wait(10)
        return self.directory.entries()

    def apply(
        self,
        changes: Iterable[Change],
        mark: str | None = None,
        *,
        on_change: Callable[[int], None],
    ) -> None:
        if self.fails:
            raise DirectoryUnusable(Path("directory.db"), "SQLITE_FULL")
        self.directory.apply(changes, mark, on_change=on_change)


@pytest.fixture
def slow(directory: Directory) -> SlowDirectory:
    return SlowDirectory(directory)


@pytest.fixture
def at_work(
    owner: QObject, slow: SlowDirectory, milestones: Milestones
) -> Iterator[DirectoryImportPresenter]:
    with ThreadPoolExecutor(1) as worker:
        yield DirectoryImportPresenter(
            slow,
            worker,
            worker,
            Deliveries(owner),
            milestones,
            read_words(RESOURCES / "headings-ru.json"),
            operator=lambda: EDITOR,
            zone=CITY_ZONE,
            parent=owner,
        )


def _settle(presenter: DirectoryImportPresenter, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not presenter.state.is_busy, timeout=10_000)


def test_reading_is_stopped_and_the_file_can_be_read_again(
    at_work: DirectoryImportPresenter, slow: SlowDirectory, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(GOOD, encoding="utf-8")
    at_work.set_path(str(file))
    at_work.read()
    assert slow.began.wait(10)
    assert at_work.state.is_busy
    at_work.stop()
    slow.goes_on.set()
    _settle(at_work, qtbot)

    assert at_work.state.step is Step.FILE
    assert at_work.state.told == "Прервано: справочник не изменился"
    assert at_work.state.path == str(file)
    at_work.read()
    _settle(at_work, qtbot)
    assert at_work.state.may_load


def test_a_load_is_stopped_or_fails_with_everything_as_it_was(
    at_work: DirectoryImportPresenter,
    slow: SlowDirectory,
    directory: Directory,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(GOOD, encoding="utf-8")
    before = directory.entries()
    told = Told(at_work.told)
    slow.goes_on.set()
    at_work.set_path(str(file))
    at_work.read()
    _settle(at_work, qtbot)

    slow.began.clear()
    slow.goes_on.clear()
    at_work.load()
    assert slow.began.wait(10)
    at_work.stop()
    slow.goes_on.set()
    _settle(at_work, qtbot)
    assert at_work.state.told == "Прервано: справочник не изменился"
    assert directory.entries() == before

    slow.fails = True
    at_work.load()
    _settle(at_work, qtbot)
    assert told.values[-1] == Notice(*directory_files_words.not_written(), problem=True)
    assert directory.entries() == before
    slow.fails = False
    at_work.load()
    _settle(at_work, qtbot)
    assert at_work.state.step is Step.LOADED


def test_a_long_load_tells_how_far_it_is(desk: Desk) -> None:
    shares = []
    desk.imports.changed.connect(lambda state: shares.append((state.share, state.told)))
    desk.read(HEAD + "".join(f"q-n{number};Вопрос;Новый {number};;;\n" for number in range(401)))
    assert any("прочитано строк: 200" in told for _share, told in shares)

    desk.do(desk.imports.load)

    assert (200 / 401, "Загружаем: 200 из 401") in shares
    assert (1.0, "Готовим поиск…") in shares


# --- writing ---


def test_chosen_kinds_are_written_with_russian_headings_and_read_again(desk: Desk) -> None:
    for kind in EntryKind:
        desk.exports.choose_kind(kind, kind is EntryKind.UNIT)
    desk.exports.choose_ending(".csv")
    desk.exports.choose_encoding("cp1251")
    file = desk.folder / "units"

    told = Told(desk.exports.told)
    desk.do(lambda: desk.exports.write(file))

    written = desk.folder / "units.csv"
    text = written.read_bytes().decode("cp1251")
    assert text.startswith("Ключ;Вид;Название;")
    assert "road-service" in text
    assert "roads-pits" not in text
    (notice,) = told.values
    assert (notice.head, notice.body) == ("Файл записан: units.csv", "Выгружено записей: 1")
    desk.imports.set_path(str(written))
    desk.do(desk.imports.read)
    assert desk.counts() == {"unchanged": 1}


def test_closed_entries_are_written_only_when_asked_for(desk: Desk) -> None:
    desk.directory.upsert(replace(sample_question("q-old"), valid_to=date(2020, 1, 1)))
    file = desk.folder / "all.jsonl"
    desk.do(lambda: desk.exports.write(file))
    assert "q-old" not in file.read_text("utf-8")

    desk.exports.set_in_force(False)
    desk.do(lambda: desk.exports.write(file))
    assert "q-old" in file.read_text("utf-8")


def test_nothing_chosen_writes_nothing(desk: Desk) -> None:
    for kind in EntryKind:
        desk.exports.choose_kind(kind, False)
    desk.do(lambda: desk.exports.write(desk.folder / "none.csv"))

    assert desk.exports.state.told == "Выберите хотя бы один вид записей"
    assert not (desk.folder / "none.csv").exists()


def test_what_a_format_cannot_hold_is_named(desk: Desk) -> None:
    desk.directory.upsert(Entry("q-sign", EntryKind.QUESTION, "Цена ≤ 5", ""))
    told = Told(desk.exports.told)
    desk.exports.choose_encoding("cp1251")

    desk.do(lambda: desk.exports.write(desk.folder / "all.csv"))

    notice = told.values[-1]
    assert isinstance(notice, Notice)
    assert "q-sign, столбец «Название»" in notice.body
    assert not (desk.folder / "all.csv").exists()


def test_the_sample_table_can_be_read_as_it_is(desk: Desk) -> None:
    file = desk.folder / "sample.xlsx"
    desk.do(lambda: desk.exports.write_sample(file))
    desk.imports.set_path(str(file))
    desk.do(desk.imports.read)

    assert desk.counts() == {"new": len(EntryKind)}


# --- texts ---


def _words() -> TableWords:
    return read_words(RESOURCES / "headings-ru.json")


@pytest.mark.parametrize("fault", ImportFault)
def test_every_fault_is_told_with_what_to_do(fault: ImportFault) -> None:
    problem = ImportProblem("table.xlsx[Контакты]", 4, "phones", fault, "5")

    assert directory_files_words.fault(problem) not in ("", fault.value)
    assert directory_files_words.what_to_do(problem, _words()).endswith((".", "приёмная"))
    place = directory_files_words.fault_place(problem, "table.xlsx", _words())
    assert place == "лист «Контакты», столбец «Телефоны», написано: «5»"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DirectoryUnusable(Path("x"), "PermissionError"), "не даёт себя прочитать"),
        (DirectoryUnusable(Path("x"), "IsADirectoryError"), "не читается"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(error: DirectoryError, told: str) -> None:
    assert told in directory_files_words.cannot_read(error)
