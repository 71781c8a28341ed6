"""The reason why a message contains no personal data is restored after a crash, until it is
submitted or discarded.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.features.message_form.page import ConfidentialStrip
from console.shared.texts.findings import CheckedMessage, MessageChecksPresenter
from console.ui.theme import Theme
from sync.register.messages import Publicity
from tests.fakes.answers_desk import light_theme
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.kept_desk import KeptDesk, Start, settle

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TEXT = "Не горит фонарь. Звоните +7 900 555-01-37."
WHY = "Это номер лавки."
ID = str(UUID(int=8_001))


def message(text: str = TEXT) -> CheckedMessage:
    return CheckedMessage(ID, text, "ул. Пробная, 5", Publicity.PUBLIC, ())


def read(desk: KeptDesk, text: str = TEXT) -> MessageChecksPresenter:
    """Opens a message in its form and checks its text."""
    checks = desk.presenters.message_checks
    checks.follow(message(text))
    settle()
    return checks


def test_a_reason_is_found_again_at_its_message_and_gone_once_it_is_taken(start: Start) -> None:
    first = start()
    read(first).set_clearing(WHY)
    first.write()

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: почему это не персональные данные."
    ]
    checks = read(again)
    assert (checks.state.may_clear, checks.state.clearing) == (True, WHY)
    checks.clear(WHY)
    assert (checks.state.may_clear, checks.state.clearing) == (False, "")
    again.write()
    assert again.on_disk() == {}


def test_a_reason_goes_with_its_message(start: Start) -> None:
    desk = start()
    checks = read(desk)
    ends: tuple[Callable[[], None], ...] = (
        lambda: checks.clearing.forget(ID),
        lambda: checks.set_clearing(" "),
    )
    for end in ends:
        checks.set_clearing(WHY)
        desk.write()
        assert len(desk.on_disk()) == 1
        end()
        desk.write()
        assert desk.on_disk() == {}


def test_nobody_goes_on_with_the_reason_of_another_operator(start: Start) -> None:
    desk = start()
    checks = read(desk)
    checks.set_clearing(WHY)
    desk.sit_down(OPERATOR)
    assert checks.state.clearing == ""
    desk.write()
    assert desk.on_disk(OPERATOR) == {}
    desk.sit_down(SUPERVISOR)
    assert checks.state.clearing == WHY


def test_the_field_stands_open_with_what_was_found_and_escape_leaves_it(
    start: Start, qtbot: QtBot
) -> None:
    desk = start()
    checks = read(desk)
    theme: Theme = light_theme()
    strip = ConfidentialStrip(theme)
    qtbot.addWidget(strip)
    strip.typed.connect(checks.set_clearing)
    strip.show_state(checks.state, "")
    strip.show()
    strip.ask()
    (field,) = strip.findChildren(QLineEdit)
    QTest.keyClicks(field, "shop 24")  # letters that Qt's own hands can type
    desk.write()
    assert [typed.words for typed in desk.on_disk().values()] == [{"reason": "shop 24"}]

    again = start(desk)
    checks = read(again)
    strip = ConfidentialStrip(theme)
    qtbot.addWidget(strip)
    strip.typed.connect(checks.set_clearing)
    strip.show()
    strip.show_state(checks.state, "")
    strip.ask()
    (field,) = strip.findChildren(QLineEdit)
    assert (field.isVisible(), field.text()) == (True, "shop 24")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    again.write()
    assert again.on_disk() == {}


def test_the_field_of_the_next_operator_is_empty_until_the_first_one_is_back(
    start: Start, qtbot: QtBot
) -> None:
    desk = start()
    checks = read(desk)
    strip = ConfidentialStrip(light_theme())
    qtbot.addWidget(strip)
    strip.typed.connect(checks.set_clearing)
    checks.changed.connect(lambda state: strip.show_state(state, ""))
    strip.show_state(checks.state, "")
    strip.show()
    strip.ask()
    (field,) = strip.findChildren(QLineEdit)
    QTest.keyClicks(field, "shop 24")
    field.clearFocus()  # the page of the sign-in has come before it

    desk.sit_down(OPERATOR)
    assert (field.isVisible(), field.text()) == (False, "")
    strip.ask()
    desk.sit_down(SUPERVISOR)
    assert (field.isVisible(), field.text()) == (True, "shop 24")
