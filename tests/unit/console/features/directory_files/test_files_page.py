"""The page of directory files, operated like a user: typing, preview, switching, leaving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QTextBrowser

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_files.exporting import DirectoryExportPresenter
from console.features.directory_files.importing import DirectoryImportPresenter
from console.features.directory_files.page import FilesPage
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.files.words import read_words
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, InlineExecutor, Told

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
TABLE = "Ключ;Вид;Название\nq-1;Вопрос;Кто чинит дороги\nq-2;Клуб;Шахматы\nq-3;Вопрос;Бани\n"
ALT = Qt.KeyboardModifier.AltModifier


class Page:
    """Only the page, at the smallest usual size next to the navigation rail."""

    def __init__(self, owner: QObject, directory: Directory, milestones: Milestones) -> None:
        self.operator = replace(SUPERVISOR, role=Role.EDITOR)
        at_once, deliveries = InlineExecutor(), Deliveries(owner)
        table_words = read_words(RESOURCES / "directory" / "headings-ru.json")
        self.imports = DirectoryImportPresenter(
            directory,
            at_once,
            at_once,
            deliveries,
            milestones,
            table_words,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        exports = DirectoryExportPresenter(
            directory,
            tuple,
            at_once,
            deliveries,
            table_words,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        tokens = Tokens.read(RESOURCES / "styles" / "tokens.json")
        theme = Theme(tokens, ThemeChoice.LIGHT, parent=owner)
        theme.install(application)
        self.page = FilesPage(theme, self.imports, exports)
        self.page.resize(1306, 665)
        self.page.show()
        self.page.activateWindow()
        self.page.open_page()
        self.settle()

    def settle(self) -> None:
        for _round in range(8):
            QCoreApplication.processEvents()

    def type(self, text: str) -> None:
        self.path().setText("")
        QTest.keyClicks(self.path(), text)
        QTest.keyClick(self.path(), Qt.Key.Key_Return)
        self.settle()

    def path(self) -> QLineEdit:
        found = self.page.findChild(QLineEdit)
        assert isinstance(found, QLineEdit)
        return found

    def rows(self) -> QListView:
        found = self.page.findChild(QListView)
        assert isinstance(found, QListView)
        return found

    def detail(self) -> str:
        found = self.page.findChild(QTextBrowser)
        assert isinstance(found, QTextBrowser)
        return found.toPlainText()

    def buttons(self) -> list[str]:
        """Texts of the visible and enabled buttons."""
        buttons = self.page.findChildren(QAbstractButton)
        return [one.text() for one in buttons if one.isVisible() and one.isEnabled()]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = ALT) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        self.settle()


@pytest.fixture
def page(owner: QObject, milestones: Milestones, tmp_path: Path) -> Iterator[Page]:
    with_entries = Directory.open(tmp_path / "directory.db", starters=None)
    made = Page(owner, with_entries, milestones)
    yield made
    made.page.deleteLater()
    with_entries.close()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8-sig")
    return file


def test_enter_shows_the_rows_and_arrows_walk_them(page: Page, table: Path) -> None:
    page.type(str(table))

    assert {"Ошибки 1", "Новые 2", "Загрузить только годные строки"} <= set(page.buttons())
    assert page.buttons().count("Загрузить") == 1, "the half that is shown, and no way to load"
    assert "Клуб" in page.detail()
    page.imports.choose_group(next(group for group in page.imports.state.rows if group == "new"))
    page.settle()
    QTest.keyClick(page.path(), Qt.Key.Key_Down)
    assert page.rows().hasFocus()
    QTest.keyClick(page.rows(), Qt.Key.Key_Down)
    assert "Бани" in page.detail()

    page.press(Qt.Key.Key_G)
    assert "Отменить загрузку" in page.buttons()


def test_a_file_chosen_elsewhere_stands_in_the_field_over_what_was_typed(
    page: Page, table: Path
) -> None:
    page.path().setFocus()
    QTest.keyClicks(page.path(), "/no")
    page.imports.set_path(str(table))

    assert page.path().text() == str(table)


def test_what_is_wrong_with_the_path_stands_below_it(page: Page) -> None:
    page.type("none.csv")

    assert page.imports.state.problem
    assert bool(page.path().property("problem"))


def test_one_key_turns_between_loading_and_writing(page: Page) -> None:
    page.press(Qt.Key.Key_I)
    assert "XLSX, лист на каждый вид" in page.buttons()
    page.press(Qt.Key.Key_I)
    assert "Посмотреть" in page.buttons()


def test_escape_leaves_and_the_next_person_finds_nothing(page: Page, table: Path) -> None:
    closed = Told(page.page.closed)
    page.type(str(table))
    page.press(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert len(closed.values) == 1

    page.operator = OPERATOR
    page.page.open_page()

    assert page.path().text() == ""
    assert page.buttons() == []
