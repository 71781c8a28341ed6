"""Identifying the caller by keyboard in the window: a digit, a search, and the restored focus."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from console.features.call_card.card_view import CallCard
from console.features.call_card.persons_view import PersonGuess, PersonPanel
from console.features.dialing.panel import NumberPanel
from console.features.directory_search.panel import DirectoryPanel
from console.features.journal.page import JournalPage
from console.shared.directory.hits_view import SearchField
from console.ui.fields import LineField
from console.ui.text_field import TextField
from sync.register.people.persons import KnownPerson, NamedRecord
from sync.register.people.values import Absence, PersonName
from telephony.events import EndCause
from tests.fakes.console_phone import Call
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, cut_words

pytestmark = NO_SCREEN
PHONE, OTHER = "+79005550101", "+79005550177"
NAME_FIELD = "Фамилия, имя, отчество"
ABOUT_WHOM = "Имя и кем приходится звонящему"
SHIFT = Qt.KeyboardModifier.ShiftModifier
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def known(name: PersonName, phone: str = PHONE, email: str | None = None) -> KnownPerson:
    return KnownPerson(
        name, phone, email, NamedRecord("n", AT, name, phone, email, None, None, "Яма у дома"), 1
    )


ANNA = known(PersonName("Проба", "Анна", "Петровна"), email="anna@test.invalid")
IVAN = known(PersonName("Проба", "Иван", ""))
OLGA = known(PersonName("Другая", "Ольга", ""), OTHER)


@pytest.fixture
def family(window: Window) -> Window:
    window.people[PHONE] = (ANNA, IVAN)
    window.people[OTHER] = (OLGA,)
    return window


def settle() -> None:
    for _round in range(8):
        QCoreApplication.processEvents()


def test_a_digit_says_who_calls_and_the_caret_goes_back_to_the_text(family: Window) -> None:
    family.talk()
    family.enter("Спрашивает ")
    assert family.shows(PersonGuess)
    family.press(Qt.Key.Key_P, CTRL)
    assert family.shows(PersonPanel)
    assert not family.shows(DirectoryPanel)
    assert cut_words(family.page) == []
    family.press(Qt.Key.Key_2)

    assert family.card.name == IVAN.name
    assert not family.shows(PersonGuess)
    assert family.shows(DirectoryPanel)
    assert isinstance(QApplication.focusWidget(), TextField)
    family.enter("о вывозе")
    assert family.card.content == "Спрашивает о вывозе"


def test_arrows_enter_and_esc_serve_the_list(family: Window) -> None:
    family.talk()
    family.press(Qt.Key.Key_P, CTRL)
    family.press(Qt.Key.Key_Escape)
    assert not family.shows(PersonPanel)
    family.press(Qt.Key.Key_P, CTRL)
    family.press(Qt.Key.Key_Down)
    family.press(Qt.Key.Key_Return)

    assert family.card.name == IVAN.name


def test_zero_is_somebody_else_whose_name_is_typed_next(family: Window) -> None:
    family.talk()
    family.press(Qt.Key.Key_P, CTRL)
    family.press(Qt.Key.Key_0)
    family.enter("третья мария")

    assert family.card.name == PersonName("Третья", "Мария", "")
    assert QApplication.focusWidget() is family.field(CallCard, NAME_FIELD)


def test_letters_search_everybody_and_digits_are_no_choice_there(family: Window) -> None:
    family.talk(Call(number="89005550188"))
    settle()
    assert not family.shows(PersonGuess)
    family.press(Qt.Key.Key_P, CTRL)
    assert isinstance(QApplication.focusWidget(), SearchField)
    family.enter("1")
    assert family.shows(PersonPanel)
    family.press(Qt.Key.Key_Backspace)
    family.enter("проб")
    family.press(Qt.Key.Key_Down)
    family.press(Qt.Key.Key_Return)
    assert family.card.name == IVAN.name
    assert family.card.phone == "+79005550188"


def test_a_letter_in_the_list_begins_the_search(family: Window) -> None:
    family.talk()
    family.press(Qt.Key.Key_P, CTRL)
    family.enter("о")
    family.enter("ль")
    assert family.presenters.persons.state.query == "оль"
    family.press(Qt.Key.Key_Return)

    assert family.card.name == OLGA.name


def test_another_column_takes_the_place_of_the_choice(family: Window) -> None:
    family.talk()
    family.press(Qt.Key.Key_P, CTRL)
    family.press(Qt.Key.Key_F7)
    assert family.shows(NumberPanel)
    assert not family.presenters.persons.state.is_open
    family.press(Qt.Key.Key_Escape)
    family.press(Qt.Key.Key_P, CTRL)
    family.press(Qt.Key.Key_F5)
    assert family.shows(DirectoryPanel)
    assert not family.presenters.persons.state.is_open
    family.press(Qt.Key.Key_Escape)


def test_the_one_concerned_is_apart_from_the_caller_and_optional(family: Window) -> None:
    family.talk()
    family.press(Qt.Key.Key_P, CTRL | SHIFT)
    family.enter("Проба Мария, мать")
    assert family.card.concerned == "Проба Мария, мать"
    assert family.card.name is Absence.NOT_ASKED
    assert cut_words(family.page) == []
    field = family.field(CallCard, ABOUT_WHOM)
    family.press(Qt.Key.Key_Tab)
    assert field.isVisible()
    field.setFocus()
    assert isinstance(field, LineField)
    field.selectAll()
    family.press(Qt.Key.Key_Backspace)
    family.press(Qt.Key.Key_Tab)
    assert family.card.concerned == ""
    assert not field.isVisible()


def test_without_a_card_on_the_screen_the_key_does_nothing(family: Window) -> None:
    family.press(Qt.Key.Key_P, CTRL)

    assert family.shows(JournalPage)
    assert not family.shows(PersonPanel)


def test_alt_j_puts_what_is_proposed_for_the_field_with_the_caret(family: Window) -> None:
    family.talk()
    family.field(CallCard, NAME_FIELD).setFocus()
    family.enter("Анна Мария Проба")
    family.press(Qt.Key.Key_J, ALT)
    assert family.card.name == PersonName("Проба", "Анна", "Мария")
    family.press(Qt.Key.Key_Tab)
    family.press(Qt.Key.Key_Tab)
    family.enter("anna@gmial.com")
    family.press(Qt.Key.Key_Tab)
    family.press(Qt.Key.Key_J, ALT)
    assert family.card.email == "anna@gmail.com"
    assert family.presenters.card.state.email_read.text.endswith("джимейл точка ком")
    assert cut_words(family.page) == []


@pytest.mark.parametrize("at_ring", [True, False])
def test_the_card_comes_at_the_ring_or_at_the_answer_as_the_setting_says(
    own_window: Window, at_ring: bool
) -> None:
    window = own_window
    window.presenters.own_desk.choose_card_at("ring" if at_ring else "answer")
    call = Call()
    window.tell(call.ringing())
    assert window.shows(CallCard) is at_ring
    window.tell(call.answered())
    assert window.shows(CallCard)
    window.tell(call.ended(EndCause.FAR_END))
