"""The list of keys is filtered by typing; Esc first clears the filter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.features.journal.page import JournalPage
from console.features.own_desk.keys_view import KeyChoicePage, KeysPage
from console.shared.directory.hits_view import SearchField
from console.ui.labels import ElidedLabel, KeyHint
from tests.fakes.counted_calls import CountedCalls
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import NO_SCREEN, Window, visible

pytestmark = NO_SCREEN
HOLD = "F3: удержать и вернуть; из консультации — назад; продлить оформление"


@pytest.fixture
def sheet(window: Window) -> Window:
    window.press(Qt.Key.Key_F1)
    assert window.shows(KeysPage)
    return window


def keys(sheet: Window) -> list[str]:
    """Keys in the list, without the keys at the bottom of the page."""
    page = sheet.part(KeysPage)
    hints = visible(page, KeyHint)
    return [hint.accessibleName() for hint in hints if hint.parentWidget() is not page]


def foot(sheet: Window) -> list[str]:
    page = sheet.part(KeysPage)
    hints = visible(page, KeyHint)
    return [hint.accessibleName() for hint in hints if hint.parentWidget() is page]


def read(sheet: Window) -> list[str]:
    page = sheet.part(KeysPage)
    labels = [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]
    return labels + [label.text() for label in page.findChildren(ElidedLabel)]


def test_each_row_is_measured_for_two_columns_and_for_one_and_never_again(
    own_window: Window,
) -> None:
    """Each row was measured three times at the first opening, and again at each later one."""
    opened = []
    for _time in range(2):
        with CountedCalls(KeyHint.sizeHint, KeyHint.__init__) as counted:
            own_window.press(Qt.Key.Key_F1)
            settle()
        opened.append(counted.counts)
        own_window.press(Qt.Key.Key_Escape)
    first, again = opened

    assert first["KeyHint.sizeHint"] <= 2 * first["KeyHint.__init__"]
    assert first["KeyHint.__init__"] > 100
    assert not again


@pytest.mark.parametrize("typed", ["удерж", "УДЕРЖАТЬ", "elth;fnm", "f3 продл", "а3", "elth; d"])
def test_words_of_what_a_key_does_and_its_name_find_it(sheet: Window, typed: str) -> None:
    sheet.enter(typed)

    assert HOLD in keys(sheet)


def test_only_what_every_word_stands_for_is_left_and_counted(sheet: Window) -> None:
    every = len(keys(sheet))
    sheet.enter("ctrl r отчёты")

    assert keys(sheet) == ["Ctrl+R: отчёты"]
    assert f"клавиши: 1 из {every}" in read(sheet)
    assert "Карточка" not in read(sheet)


def test_a_word_in_another_form_is_found(sheet: Window) -> None:
    sheet.enter("микрофонов")

    assert "F6: выключить и включить микрофон" in keys(sheet)


def test_nothing_found_is_said(sheet: Window) -> None:
    sheet.enter("ыъ")

    assert keys(sheet) == []
    assert "такой клавиши нет" in read(sheet)


def test_the_other_layout_is_told(sheet: Window) -> None:
    sheet.enter("elth;")

    assert "Ищем «удерж» · раскладка исправлена" in read(sheet)


def test_esc_brings_all_keys_back_and_then_leaves(sheet: Window) -> None:
    every = keys(sheet)
    assert foot(sheet) == ["Esc: к работе", "Enter: изменить клавиши"]
    sheet.enter("удерж")
    assert foot(sheet) == ["Esc: снова все клавиши", "Enter: изменить клавиши"]

    sheet.press(Qt.Key.Key_Escape)
    assert (sheet.shows(KeysPage), keys(sheet)) == (True, every)
    sheet.press(Qt.Key.Key_Escape)
    assert sheet.shows(JournalPage)


def test_enter_changes_keys_and_esc_comes_back_to_all_of_them(sheet: Window) -> None:
    every = keys(sheet)
    sheet.enter("удерж")
    sheet.press(Qt.Key.Key_Return)
    assert sheet.shows(KeyChoicePage)

    sheet.press(Qt.Key.Key_Escape)
    assert keys(sheet) == every
    field = sheet.part(KeysPage).findChild(SearchField)
    assert isinstance(field, SearchField)
    assert field.hasFocus()
