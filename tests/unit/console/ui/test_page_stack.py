"""A page that is hidden costs nothing when another one is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.layout import PageStack
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN


class Asked(QLabel):
    """Notes at which widths it was asked how high it would be."""

    def __init__(self) -> None:
        super().__init__("Слова, которые не помещаются в одну строку и переносятся в следующую.")
        self.setWordWrap(True)
        self.widths: list[int] = []

    def heightForWidth(self, width: int) -> int:
        self.widths.append(width)
        return super().heightForWidth(width)


def page_with(label: QLabel) -> QWidget:
    page = QWidget()
    QVBoxLayout(page).addWidget(label)
    return page


def test_no_hidden_page_is_asked_how_high_it_would_be(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    stack = PageStack()
    QVBoxLayout(window).addWidget(stack)
    hidden, other, shown = Asked(), Asked(), Asked()
    pages = [page_with(label) for label in (hidden, other, shown)]
    for page in pages:
        stack.addWidget(page)
    window.show()
    hidden.widths.clear()
    shown.widths.clear()

    stack.setCurrentWidget(pages[1])
    window.resize(400, 300)
    QCoreApplication.processEvents()
    stack.setCurrentWidget(pages[2])
    window.resize(500, 300)
    QCoreApplication.processEvents()

    assert hidden.widths == []
    assert shown.widths != []
    assert stack.height() == window.contentsRect().height() - 2 * stack.y()
