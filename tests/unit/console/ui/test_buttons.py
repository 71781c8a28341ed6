"""Accessible texts of buttons."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from console.ui.buttons import ActionButton
from console.ui.theme import Theme, ThemeChoice, Tokens
from tests.unit.console.shared.messages.test_topic_route import TOKENS

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_button_is_called_by_the_word_and_the_key_that_it_shows(qtbot: QtBot) -> None:
    button = ActionButton(Theme(Tokens.read(TOKENS), ThemeChoice.LIGHT), "", key="Ctrl+Z")
    qtbot.addWidget(button)
    button.setText("Вернуть")
    assert button.accessibleName() == "Вернуть, Ctrl+Z"
    button.set_key("F3")
    assert button.accessibleName() == "Вернуть, F3"
    button.set_key("")
    assert button.accessibleName() == "Вернуть"
