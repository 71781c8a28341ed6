"""Clearing a layout removes all its items except spacing."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.lists import take_widgets_out

CONSOLE = Path(__file__).resolve().parents[4] / "console"


def test_widgets_go_and_stretches_stay(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addStretch(1)
    rows = [QLabel(f"row {number}") for number in range(3)]
    for place, row in enumerate(rows):
        column.insertWidget(place, row)
    assert not any(row.isHidden() for row in rows)

    take_widgets_out(column)

    assert column.count() == 1
    assert all(row.isHidden() for row in rows)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(shiboken6.isValid(row) for row in rows)


def test_no_view_leaves_the_items_of_a_layout_behind() -> None:
    """Items returned by `takeAt` are never freed: 96 bytes for each row that was shown."""
    views = CONSOLE.rglob("*.py")
    takers = [file.name for file in views if ".takeAt(" in file.read_text(encoding="utf-8")]
    assert takers == []
