"""Closing the window while records are unsent: one warning, never blocked."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QVBoxLayout, QWidget

from console.__main__ import end_when_told
from console.core.words import store_problem
from console.shell.main_window import MainWindow, StartPage
from console.ui.notices import LeaveStrip
from console.ui.theme import Theme
from sync.errors import StoreUnreadable

WAITING = ("3 не отправлено, самая старая 12 мин", "Их отправит следующая консоль.")


class Desk:
    """The window with a field that is being edited."""

    def __init__(self, theme: Theme, memory: Path) -> None:
        self.waiting: tuple[str, str] | None = WAITING
        self.window = MainWindow(theme, "", 60_000, memory)
        page = QWidget()
        self.field = QTextEdit()
        QVBoxLayout(page).addWidget(self.field)
        self.window.show_page(page)
        self.window.warn_before_closing(lambda: self.waiting)
        self.window.show()
        self.window.activateWindow()
        self.field.setFocus()
        (self.strip,) = self.window.findChildren(LeaveStrip)

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key)


@pytest.fixture
def desk(theme: Theme, russian: None, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(theme, tmp_path / "window.ini")
    QTest.qWaitForWindowActive(made.window, 5000)
    yield made
    made.window.close_at_once()
    made.window.deleteLater()


def test_enter_closes_after_the_warning(desk: Desk) -> None:
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert desk.strip.isVisible()
    assert desk.strip.accessibleName() == ". ".join(WAITING)
    desk.press(Qt.Key.Key_Space)  # continued typing does not close the window
    assert desk.window.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert not desk.window.isVisible()


def test_escape_stays_and_the_caret_is_where_it_was(desk: Desk) -> None:
    desk.window.close()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.strip.isVisible()
    assert QApplication.focusWidget() is desk.field
    QTest.keyClicks(desk.field, "abc")
    assert desk.field.toPlainText() == "abc"
    # A new attempt to close shows the warning again.
    assert not desk.window.close()
    assert desk.strip.isVisible()


def test_the_button_that_has_the_caret_is_the_one_that_acts(desk: Desk) -> None:
    desk.window.close()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return)  # "Stay"
    assert desk.window.isVisible()
    assert not desk.strip.isVisible()
    desk.window.close()
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return)
    assert not desk.window.isVisible()


def test_closing_twice_closes(desk: Desk) -> None:
    assert not desk.window.close()
    assert desk.window.close()


def test_nothing_is_asked_where_nothing_waits_or_the_system_ends_it(desk: Desk) -> None:
    desk.waiting = None
    assert desk.window.close()
    desk.waiting = WAITING
    desk.window.show()
    desk.window.close_at_once()
    assert not desk.window.isVisible()


@pytest.fixture
def signals_kept() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals_kept")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_once_more_the_program_ends_though_another_window_is_open(
    desk: Desk, qapp: QApplication, number: signal.Signals
) -> None:
    other, limit = QWidget(), QTimer()
    other.show()
    was_visible: list[bool] = []
    end_when_told(qapp, desk.window)

    def tell() -> None:
        was_visible.append(desk.window.isVisible())
        signal.raise_signal(number)
        if len(was_visible) < 2:
            QTimer.singleShot(50, tell)

    QTimer.singleShot(0, tell)
    limit.timeout.connect(lambda: qapp.exit(1))
    limit.start(5000)
    code = qapp.exec()
    limit.stop()

    assert code == 0
    assert was_visible == [True, False]
    assert other.isVisible()  # closing the last window did not end the loop
    other.close()
    other.deleteLater()


def test_why_the_program_cannot_start_is_shown_in_all_its_lines(
    theme: Theme, russian: None
) -> None:
    page = StartPage(theme)
    page.resize(1024, 640)
    page.show_failure(*store_problem(StoreUnreadable("damaged")))
    layout = page.layout()
    assert layout is not None
    layout.activate()
    layout.setGeometry(page.rect())
    body = max(page.findChildren(QLabel), key=lambda label: len(label.text()))
    assert "export-outbox" in body.text()
    assert body.height() >= body.heightForWidth(body.width()) > 2 * body.fontMetrics().height()
    page.deleteLater()
