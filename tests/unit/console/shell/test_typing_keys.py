"""Canned texts at the cursor and keyboard layout corrections, in every field of the workspace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from console.features.call_bar.view import CallBar
from console.features.call_card.card_view import CallCard
from console.features.call_script.view import PhraseList
from console.features.directory_search.panel import DirectoryPanel
from console.features.settings.page import SettingsPage
from console.ui.text_field import TextField
from sync.register.calls import calls
from sync.register.people.values import PersonName
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def content(window: Window) -> TextField:
    window.talk()
    found = window.part(CallCard).findChildren(TextField)[0]
    found.setFocus()
    return found


def phrase_key(window: Window) -> None:
    window.press(Qt.Key.Key_Space, CTRL)


def mend_key(window: Window) -> None:
    window.press(Qt.Key.Key_L, CTRL | SHIFT)


def test_a_short_word_becomes_its_text_and_ctrl_z_brings_it_back(
    window: Window, content: TextField
) -> None:
    window.enter("пожар 112")
    phrase_key(window)
    assert window.card.content.startswith("пожар В ")
    assert window.card.content.endswith(" вызывающему сказано сразу набрать 112.")

    window.press(Qt.Key.Key_Z, CTRL)
    assert content.toPlainText() == window.card.content == "пожар 112"


def test_nothing_that_stands_is_overwritten(window: Window, content: TextField) -> None:
    window.enter("свет горит")
    content.selectAll()
    phrase_key(window)
    assert window.shows(PhraseList)
    window.enter("сорв")
    window.press(Qt.Key.Key_Return)

    assert not window.shows(PhraseList)
    assert window.card.content == (
        "свет горит Разговор прервался, вопрос выяснен не до конца. Нужно перезвонить."
    )
    assert QApplication.focusWidget() is content


def test_the_list_is_searched_and_left_by_esc(window: Window, content: TextField) -> None:
    window.enter("ф")
    phrase_key(window)  # the first letters of a short word find it
    window.press(Qt.Key.Key_Return)
    assert window.card.content.startswith("Вопрос не относится к полномочиям города.")

    before = window.card.content
    phrase_key(window)
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Up)
    window.press(Qt.Key.Key_Escape)
    assert window.card.content == before
    assert QApplication.focusWidget() is content
    phrase_key(window)
    phrase_key(window)  # the key closes it too
    assert not window.shows(PhraseList)


def test_a_long_list_goes_on_behind_what_is_seen(window: Window, content: TextField) -> None:
    phrase_key(window)
    for _step in range(20):
        window.press(Qt.Key.Key_Down)
    listed = window.part(PhraseList)
    assert window.page.rect().contains(listed.geometry())
    assert listed.geometry().top() >= content.mapTo(window.page, content.rect().bottomLeft()).y()
    window.press(Qt.Key.Key_Return)

    last = window.presenters.phrases.matching("")[-1]
    assert window.card.content == window.presenters.phrases.filled(last).text


def test_the_list_stands_over_neither_the_calls_nor_the_field(window: Window) -> None:
    window.page.resize(1366, 600)
    window.talk()
    bar = window.part(CallBar)
    for name in ("Фамилия, имя, отчество", "Тема и категория"):
        field = window.field(CallCard, name)
        field.setFocus()
        phrase_key(window)
        area = window.part(PhraseList).geometry()
        place = QRect(field.mapTo(window.page, QPoint(0, 0)), field.size())
        assert window.page.rect().contains(area)
        assert not area.intersects(bar.geometry())
        assert not area.intersects(place)
        window.press(Qt.Key.Key_Escape)


def test_what_is_not_known_is_marked_and_selected_to_be_typed_over(
    window: Window, content: TextField
) -> None:
    window.enter("здр")
    phrase_key(window)
    assert window.card.content == "Добрый день, ‹имя отчество›."
    window.enter("Анна Петровна")
    assert window.card.content == "Добрый день, Анна Петровна."


def test_what_is_known_of_the_call_is_filled_in(window: Window, content: TextField) -> None:
    window.desk.change_card(calls.edit(window.card, name=PersonName("", "Анна", "Петровна")))
    window.enter("здр")
    phrase_key(window)
    window.enter(" ном")
    phrase_key(window)

    assert window.card.content == (
        f"Добрый день, Анна Петровна. Вызов зарегистрирован за № {window.card.number} от "
        f"{window.clock.now:%d.%m.%Y}."
    )


def test_a_short_word_in_the_wrong_layout_calls_its_text_too(
    window: Window, content: TextField
) -> None:
    window.enter("cjhd")
    phrase_key(window)

    assert window.card.content.startswith("Разговор прервался")


def test_the_word_before_the_caret_is_mended_and_ctrl_z_brings_it_back(
    window: Window, content: TextField
) -> None:
    window.enter("нет ghbdtn")
    mend_key(window)
    assert window.card.content == "нет привет"
    window.press(Qt.Key.Key_Z, CTRL)
    assert window.card.content == "нет ghbdtn"
    window.enter(" ")
    window.press(Qt.Key.Key_Pause)
    assert window.card.content == "нет привет "
    window.enter("и")  # the cursor remains after the space
    assert window.card.content == "нет привет и"


def test_what_is_selected_is_mended_and_nothing_else(window: Window, content: TextField) -> None:
    window.enter("пРИВЕТ ghbdtn")
    content.selectAll()
    mend_key(window)
    assert window.card.content == "пРИВЕТ привет"
    content.selectAll()
    mend_key(window)
    assert window.card.content == "Привет привет"


def test_a_line_is_mended_as_a_text_is_and_its_record_hears_of_it(window: Window) -> None:
    window.talk()
    surname = window.field(CallCard, "Фамилия, имя, отчество")
    assert isinstance(surname, QLineEdit)
    surname.setFocus()
    window.enter("иВАНОВА")
    mend_key(window)

    assert isinstance(window.card.name, PersonName)
    assert (surname.text(), window.card.name.surname) == ("Иванова", "Иванова")
    window.press(Qt.Key.Key_Z, CTRL)
    assert surname.text() == "иВАНОВА"


def test_without_a_field_the_keys_do_nothing(window: Window) -> None:
    window.page.setFocus()
    phrase_key(window)
    mend_key(window)

    assert not window.shows(PhraseList)
    assert not isinstance(QApplication.focusWidget(), QTextEdit)


def test_whoever_goes_on_from_the_open_list_keeps_the_keyboard_there(
    window: Window, content: TextField
) -> None:
    phrase_key(window)
    assert window.shows(PhraseList)
    window.press(Qt.Key.Key_F5)
    assert not window.shows(PhraseList)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.part(DirectoryPanel).isAncestorOf(focused)


def test_another_page_over_the_open_list_has_the_keyboard(
    window: Window, content: TextField
) -> None:
    phrase_key(window)
    window.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert window.shows(SettingsPage)
    assert not window.shows(PhraseList)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.part(SettingsPage).isAncestorOf(focused)
