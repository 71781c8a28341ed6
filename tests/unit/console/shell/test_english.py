"""The workspace in English: no text is cut off, and none of ours remains in Russian."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.english import English
from console.core.milestones import Milestones
from console.ui.theme import Theme
from tests.fakes.console_fakes import Clock
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, cut_words, pages_of

pytestmark = NO_SCREEN
RESOURCES = Path(__file__).parents[4] / "resources"
RUSSIAN = RESOURCES / "translations" / "console_ru.ts"
SIZES = [(1366, 768), (1920, 1080)]


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """Installed over the Russian translation: Qt asks the latest translator first."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    of_register = QTranslator(qapp)
    assert of_register.load("console_ru", str(RUSSIAN.parent))
    translator = English(of_register, qapp)
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def english_window(
    english: None,
    theme: Theme,
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Window]:
    made = Window(theme, owner, milestones, clock, tmp_path)
    qtbot.addWidget(made.page)
    yield made
    made.page.hide()
    made.entries.close()


def our_russian() -> set[str]:
    """All Russian texts of the translation, except names of the city's own scripts."""
    root = ElementTree.parse(RUSSIAN).getroot()  # noqa: S314  # our own file
    said = {
        "".join(part.itertext())
        for message in root.iter("message")
        for part in (message.find("translation"), *message.iter("numerusform"))
        if part is not None
    }
    of_the_city = " ".join(
        file.read_text(encoding="utf-8") for file in (RESOURCES / "scripts").iterdir()
    )
    ours = {text.strip() for text in said if re.search("[а-яё]", text.lower())}
    return {text for text in ours if f'"{text}"' not in of_the_city}


def words_of(page: QWidget) -> set[str]:
    """Visible and accessible texts of the page."""
    read: set[str] = set()
    for child in page.findChildren(QWidget):
        if child.isVisible():
            read |= {child.accessibleName(), child.toolTip(), child.accessibleDescription()}
        if child.isVisible() and isinstance(child, (QLabel, QAbstractButton)):
            read.add(child.text())
        if child.isVisible() and isinstance(child, QLineEdit):
            read.add(child.placeholderText())
    return read


@pytest.mark.parametrize("size", SIZES, ids=["small", "large"])
def test_words_have_room_and_none_of_ours_is_russian(
    english_window: Window, size: tuple[int, int]
) -> None:
    window = english_window
    window.page.setFixedSize(*size)
    ours, cut, left = our_russian(), {}, {}
    for page in pages_of(window):
        settle()
        if found := cut_words(window.page, may_elide=True):
            cut[page] = found
        if russian := words_of(window.page) & ours:
            left[page] = russian

    assert len(ours) > 1000
    assert cut == {}
    assert left == {}


def test_a_record_that_is_made_in_an_english_window_is_russian(english_window: Window) -> None:
    window = english_window
    window.talk()
    window.press(Qt.Key.Key_9, CTRL)
    settle()
    window.press(Qt.Key.Key_F5)
    window.enter("ям")
    settle()
    window.press(Qt.Key.Key_2, ALT)

    card = window.card
    assert [used.title for used in card.used_entries] == ["Обращение по 59-ФЗ", "Дорожная служба"]
    assert "Телефон: +79005550150 (приёмная)" in card.content
    assert "Обращение по 59-ФЗ" in card.content
    assert re.search("[A-Za-z]", card.content) is None
