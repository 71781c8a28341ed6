"""The field of the category: found by beginnings of words, taken by keys or on leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.features.call_card.card_view import CallCard
from console.shared.messages.fields_view import CategoryField
from tests.fakes.whole_desk import NO_SCREEN, Window

pytestmark = NO_SCREEN


@pytest.fixture
def category(window: Window) -> CategoryField:
    window.talk()
    found = window.part(CallCard).findChildren(CategoryField)[0]
    found.setFocus()
    return found


def test_beginnings_of_words_find_a_category(window: Window, category: CategoryField) -> None:
    emptied, taken = [], {}
    for typed, key in (
        ("ямы", Qt.Key.Key_Return),
        ("дор", Qt.Key.Key_Return),
        ("ям дор", Qt.Key.Key_Tab),
        ("ЯМ", Qt.Key.Key_Enter),
    ):
        category.setFocus()
        category.selectAll()
        window.press(Qt.Key.Key_Backspace)
        window.field(CallCard, "Фамилия, имя, отчество").setFocus()
        emptied.append(window.card.category)
        category.setFocus()
        window.enter(typed)
        window.press(key)
        taken[typed] = (window.card.category, category.text())

    assert emptied == [None] * len(taken)
    assert taken == dict.fromkeys(taken, ("roads-pits", "Дороги › Ямы"))


def test_arrows_choose_another_match(window: Window, category: CategoryField) -> None:
    window.enter("дор")
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)

    assert window.card.category == "roads-signs"


def test_io_and_ie_are_one_letter(window: Window, category: CategoryField) -> None:
    window.enter("елки")
    window.press(Qt.Key.Key_Return)

    assert window.card.category == "waste-green"


def test_esc_closes_the_list_and_keeps_the_caret(window: Window, category: CategoryField) -> None:
    window.enter("дор")
    window.press(Qt.Key.Key_Escape)

    assert category.hasFocus()
    assert window.card.category is None


def test_leaving_takes_a_single_match_and_gives_back_what_matches_nothing(
    window: Window, category: CategoryField
) -> None:
    window.enter("знаки")
    window.field(CallCard, "Фамилия, имя, отчество").setFocus()
    assert window.card.category == "roads-signs"

    category.setFocus()
    category.selectAll()
    window.enter("ничего такого")
    window.field(CallCard, "Фамилия, имя, отчество").setFocus()
    assert category.text() == "Дороги › Знаки и разметка"
    assert window.card.category == "roads-signs"


def test_an_emptied_category_is_none(window: Window, category: CategoryField) -> None:
    window.enter("знаки")
    window.press(Qt.Key.Key_Return)
    category.selectAll()
    window.press(Qt.Key.Key_Backspace)
    window.field(CallCard, "Фамилия, имя, отчество").setFocus()

    assert window.card.category is None
