"""The directory column with real key events: kinds by key, highlights, and rows that do not
move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_search.panel import DirectoryPanel, KindChips
from console.features.directory_search.presenter import DirectoryPresenter
from console.shared.directory.hits_view import DocumentsStrip
from console.ui.buttons import ActionButton
from console.ui.labels import KeyHint
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.entries import EntryKind
from kb.search.search import Hit
from tests.fakes.console_directory import (
    FakeDirectory,
    hit,
    sample_person,
    sample_question,
    sample_unit,
    search_notes,
)
from tests.fakes.console_fakes import USUAL_DAYS, InlineExecutor
from tests.fakes.documents import hit_documents

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TOKENS = Path(__file__).resolve().parents[5] / "resources" / "styles" / "tokens.json"
ALT = Qt.KeyboardModifier.AltModifier


class Column:
    """Only the panel, at its narrow width, with key events and measurements."""

    def __init__(self, owner: QObject, milestones: Milestones, scale: float, folder: Path) -> None:
        self.directory = FakeDirectory()
        readers = InlineExecutor()
        self.presenter = DirectoryPresenter(
            self.directory,
            readers,
            readers,
            search_notes(self.directory, readers, Deliveries(owner)),
            Deliveries(owner),
            milestones,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            take=lambda _entry, _spoken: False,
            parent=owner,
        )
        self.theme = Theme(Tokens.read(TOKENS), ThemeChoice.LIGHT, scale, parent=owner)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme.install(application)
        self.opened: list[Path] = []
        documents = hit_documents(self.directory, milestones, folder, self.opened, owner)
        self.panel = DirectoryPanel(self.theme, self.presenter, documents)
        self.panel.setFixedWidth(self.theme.size("right_narrow"))
        self.panel.resize(self.panel.width(), round(640 * scale))
        self.panel.show()
        self.panel.focus_search()
        QCoreApplication.processEvents()
        hits = self.panel.findChild(QListView)
        assert isinstance(hits, QListView)
        self.hits = hits

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.panel.search, key, modifier or Qt.KeyboardModifier.NoModifier)
        QCoreApplication.processEvents()

    def click(self, chip: int) -> None:
        QTest.mouseClick(self.chips()[chip], Qt.MouseButton.LeftButton)
        QCoreApplication.processEvents()

    def enter(self, text: str) -> None:
        self.panel.focus_search()
        QTest.keyClicks(self.panel.search, text)
        for _round in range(3):  # hidden chips are laid out a round later than shown rows
            QCoreApplication.processEvents()

    def chips(self) -> list[QAbstractButton]:
        chips = self.panel.findChild(KindChips)
        assert isinstance(chips, KindChips)
        return [one for one in chips.findChildren(QAbstractButton) if one.isVisible()]

    def place(self, key: str) -> int:
        """Distance of a row from the upper edge of the list, in px."""
        rows = [row.key for row in self.presenter.state.rows]
        return self.hits.visualRect(self.hits.model().index(rows.index(key), 0)).top()


@pytest.fixture(params=[1.0])
def column(
    request: pytest.FixtureRequest,
    russian: None,
    owner: QObject,
    milestones: Milestones,
    qtbot: QtBot,
    tmp_path: Path,
) -> Iterator[Column]:
    made = Column(owner, milestones, request.param, tmp_path)
    qtbot.addWidget(made.panel)
    yield made
    made.panel.hide()


def _questions(*keys: str) -> list[Hit]:
    return [hit(sample_question(key)) for key in keys]


def test_alt_with_an_arrow_shows_one_kind_and_leaves_the_caret(column: Column) -> None:
    column.directory.found["zx"] = (*_questions("q-1"), hit(sample_unit()), hit(sample_person()))
    column.enter("zx")
    assert [chip.text() for chip in column.chips()] == ["Вопросы 1", "Контакты 1", "Люди 1"]

    column.press(Qt.Key.Key_Right, ALT)
    column.press(Qt.Key.Key_Right, ALT)

    assert [row.kind for row in column.presenter.state.rows] == [EntryKind.UNIT]
    assert [chip.isChecked() for chip in column.chips()] == [False, True, False]
    assert column.panel.search.hasFocus()
    column.press(Qt.Key.Key_Left, ALT)
    column.press(Qt.Key.Key_Left, ALT)
    assert len(column.presenter.state.rows) == 3


def test_a_click_on_a_kind_leaves_the_caret_in_the_field(column: Column) -> None:
    column.directory.found["zx"] = (*_questions("q-1"), hit(sample_unit()))
    column.enter("zx")

    column.click(1)

    assert [row.kind for row in column.presenter.state.rows] == [EntryKind.UNIT]
    assert column.panel.search.hasFocus()
    column.click(1)
    assert len(column.presenter.state.rows) == 2


@pytest.mark.parametrize("column", [1.0, 1.5, 2.0], indirect=True)
def test_every_kind_has_room_for_its_word(column: Column) -> None:
    kinds = (sample_question, sample_unit, sample_person)
    many = [hit(make(f"{number}")) for number in range(120) for make in kinds]
    for kind, number in ((EntryKind.SERVICE, 120), (EntryKind.TOPIC, 120)):
        many += [replace(found, kind=kind) for found in _questions(*map(str, range(number)))]
    column.directory.found["zx"] = tuple(many)
    column.enter("zx")

    chips = column.chips()
    assert len(chips) == len(EntryKind)
    for chip in chips:
        assert chip.width() >= chip.sizeHint().width()
        assert chip.geometry().right() <= column.panel.width() - 40
        assert "99+" in chip.accessibleName()


def test_the_chosen_row_stays_where_it_is_on_the_screen(column: Column) -> None:
    unit = hit(sample_unit("u"))
    column.directory.found["zx"] = (*_questions(*"abc"), unit, *_questions(*"defg"))
    column.enter("zx")
    for _step in range(5):
        column.press(Qt.Key.Key_Down)
    key = column.presenter.state.rows[5].key
    before = column.place(key)
    others = _questions("d", "e", "f", "g", "h", "i", "j")
    column.directory.found["zx"] = tuple(hit for hit in others if hit.entry_id != key) + tuple(
        _questions(key)
    )

    column.presenter.refresh()
    QCoreApplication.processEvents()

    assert column.presenter.state.rows[5].key == key
    assert column.hits.currentIndex().row() == 5
    assert column.place(key) == before


def test_a_heading_is_read_out_with_the_first_of_its_kind(column: Column) -> None:
    column.directory.found["zx"] = (*_questions(*"abc"), hit(sample_unit("u")), *_questions("d"))
    column.enter("zx")

    model = column.hits.model()
    spoken = [
        str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(model.rowCount())
    ]
    assert spoken[3].startswith("Контакты: 4. Дорожная служба")
    assert spoken[4].startswith("Вопросы: 5. ")
    heights = [column.hits.visualRect(model.index(row, 0)).height() for row in range(5)]
    assert heights[3] == heights[4] == heights[0] + column.theme.size("hit_heading")


def test_documents_of_the_topic_stand_beside_the_hit_and_open(column: Column) -> None:
    question = replace(sample_question(), topic="roads", section="")
    names = (
        "Регламент по дорогам",
        "Карта: ямы и провалы на проезжей части города",
        "Карта: знаки",
    )
    column.directory.documents = tuple(
        Attachment(f"d-{number}", "roads", AttachmentKind.MAP, name, f"{number}.pdf")
        for number, name in enumerate(names)
    )
    column.directory.contents = {f"d-{number}": b"%PDF-" for number in range(3)}
    column.directory.found["zx"] = (hit(question),)
    column.panel._documents._pause.setInterval(0)
    column.enter("zx")
    top = column.place("q-1")

    strip = column.panel.findChild(DocumentsStrip)
    assert strip is not None
    buttons = strip.findChildren(ActionButton)
    assert [button.text() for button in buttons] == ["Регламент по дорогам", "ещё 2 документа"]
    assert column.place("q-1") == top
    assert all(button.width() <= column.panel.width() - 40 for button in buttons)
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    for _round in range(3):
        QCoreApplication.processEvents()
    assert [file.name for file in column.opened] == ["0.pdf"]


def test_another_text_is_offered_only_of_a_hit_that_is_chosen(column: Column) -> None:
    (other,) = (one for one in column.panel.findChildren(KeyHint) if "Tab" in one.accessibleName())
    assert not other.isVisible()
    column.directory.found["zx"] = tuple(_questions("q-1"))
    column.enter("zx")
    assert column.presenter.state.selected >= 0
    assert other.isVisible()
    column.presenter.set_query("")
    QCoreApplication.processEvents()
    assert not other.isVisible()
