"""Visible tables of a report are built immediately, those below in chunks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from console.core.report_content import Row, Section
from console.features.reports.page import ReportTables
from console.ui.figures_table import FiguresTable
from console.ui.theme import Theme
from tests.fakes.own_desks import desk_as_made
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN
SECTIONS = 24  # more than one chunk has time for


def sections(rows: int = 8) -> tuple[Section, ...]:
    lines = tuple(Row((f"Строка {line}", line)) for line in range(rows))
    heads = ("Что", "Вызовов", "Принято", "Пропущено")
    return tuple(
        Section(f"Часть {number}", heads, tuple(Row((*line.cells, 0, 0)) for line in lines))
        for number in range(SECTIONS)
    )


@pytest.fixture
def tables(theme: Theme, owner: QObject, qtbot: QtBot) -> Iterator[ReportTables]:
    made = ReportTables(theme, desk_as_made(owner))
    area = QScrollArea()
    area.setWidget(made)
    area.setWidgetResizable(True)
    area.resize(900, 600)
    qtbot.addWidget(area)
    area.show()
    QTest.qWaitForWindowActive(area)
    yield made
    area.hide()


def shown(tables: ReportTables) -> list[str]:
    return [one.accessibleName() for one in tables.findChildren(FiguresTable) if one.isVisible()]


def names() -> list[str]:
    return [section.title for section in sections()]


def test_the_window_has_its_turns_between_the_tables(tables: ReportTables, qtbot: QtBot) -> None:
    tables.show_sections(sections())
    at_once = len(tables.findChildren(FiguresTable))

    assert 0 < at_once < SECTIONS
    qtbot.waitUntil(lambda: shown(tables) == names())


def test_a_report_takes_the_place_of_one_that_is_not_whole(
    tables: ReportTables, qtbot: QtBot
) -> None:
    tables.show_sections(sections())
    tables.show_sections(sections(rows=2))

    qtbot.waitUntil(lambda: shown(tables) == names())
    assert {one.model().rowCount() for one in tables.findChildren(FiguresTable)} == {2}


def test_the_keyboard_goes_to_a_table_that_had_no_turn_yet(
    tables: ReportTables, qtbot: QtBot
) -> None:
    tables.show_sections(sections())
    tables.choose((SECTIONS - 1, 1, 0))

    assert tables.place == (SECTIONS - 1, 1, 0)
    qtbot.waitUntil(lambda: shown(tables) == names())


def test_the_arrow_leads_on_where_the_next_table_had_no_turn_yet(tables: ReportTables) -> None:
    tables.show_sections(sections(rows=1))
    tables.choose((0, 0, 0))
    for _step in range(SECTIONS - 1):
        made = tables.findChildren(FiguresTable)
        QTest.keyClick(next(one for one in made if one.hasFocus()), Qt.Key.Key_Down)

    assert tables.place == (SECTIONS - 1, 0, 0)


def test_what_is_scrolled_to_stays_in_another_period(tables: ReportTables, qtbot: QtBot) -> None:
    tables.show_sections(sections())
    qtbot.waitUntil(lambda: shown(tables) == names())
    (around,) = (one for one in QApplication.topLevelWidgets() if one.isAncestorOf(tables))
    assert isinstance(around, QScrollArea)
    bar = around.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    low = bar.value()
    tables.show_sections(sections())
    qtbot.waitUntil(lambda: shown(tables) == names())

    assert bar.value() == low
