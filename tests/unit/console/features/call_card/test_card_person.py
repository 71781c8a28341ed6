"""Name, phone number and address of the caller are parsed while they are typed (Regulation 7.3)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from sync.register.people.values import Absence, PersonName
from tests.fakes.console_fakes import Clock, Told
from tests.fakes.console_phone import Call
from tests.fakes.led_card import Card

CALLS_FROM = "Звонит с номера +7 (900) 555-01-01"


@pytest.fixture
def card(owner: QObject, milestones: Milestones, clock: Clock) -> Card:
    made = Card(owner, milestones, clock)
    made.ring(Call())
    return made


def test_a_name_is_read_while_it_is_typed_and_put_in_order_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_name("анна петровна проба")
    assert card.record.name == PersonName("Проба", "Анна", "Петровна")
    state = card.presenter.state
    assert state.name_read.text == "фамилия Проба · имя Анна · отчество Петровна"
    assert not state.name_read.warns

    card.presenter.person.name_left()
    assert card.presenter.state.name == "Проба Анна Петровна"


def test_every_way_to_read_a_name_can_be_asked_for_and_stays_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_name("Анна Мария Проба")
    assert card.presenter.state.name_read.offer == "прочитать иначе"
    seen = []
    for _ in range(5):
        seen.append(card.record.name)
        card.presenter.person.mend_name()
        card.presenter.person.name_left()

    assert PersonName("Проба", "Анна Мария", "") in seen
    assert len(set(seen)) == 5
    assert card.record.name == seen[0]


def test_latin_letters_in_a_name_are_pointed_out_and_mended_when_asked(card: Card) -> None:
    card.presenter.person.set_name("Прoба Анна")  # the first "o" is Latin
    line = card.presenter.state.name_read
    assert line.warns
    assert line.put == "Проба Анна"
    assert card.record.name == PersonName("Прoба", "Анна", "")

    card.presenter.person.mend_name()
    assert card.record.name == PersonName("Проба", "Анна", "")
    assert not card.presenter.state.name_read.warns


def test_an_emptied_name_is_one_that_was_not_asked(card: Card) -> None:
    card.presenter.person.set_name("Петровна")
    card.presenter.person.set_name("")

    assert card.record.name is Absence.NOT_ASKED
    assert card.presenter.state.name_read.text == ""


def test_not_given_is_a_value_that_can_be_taken_back(card: Card) -> None:
    presenter = card.presenter
    presenter.person.toggle_name()
    presenter.person.toggle_phone()
    presenter.person.toggle_email()
    assert (card.record.name, card.record.phone, card.record.email) == (
        Absence.NOT_GIVEN,
        Absence.NOT_GIVEN,
        Absence.NOT_GIVEN,
    )
    state = presenter.state
    assert (state.name_absent, state.phone_absent, state.email_absent) == (True, True, True)
    assert (state.name, state.phone, state.email) == ("", "", "")

    presenter.person.toggle_name()
    presenter.person.toggle_phone()
    presenter.person.toggle_email()
    assert (card.record.name, card.record.phone, card.record.email) == (
        Absence.NOT_ASKED,
        Absence.NOT_ASKED,
        Absence.NOT_ASKED,
    )


def test_typing_a_name_takes_not_given_back(card: Card) -> None:
    card.presenter.person.toggle_name()
    card.presenter.person.set_name("Проба")

    assert card.record.name == PersonName("Проба", "", "")
    assert not card.presenter.state.name_absent


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("8 900 555-01-02", "+79005550102", "+7 (900) 555-01-02"),
        ("9005550103", "+79005550103", "+7 (900) 555-01-03"),
        ("30104", "+78799930104", "+7 (879) 993-01-04"),
        ("112", "112", "112"),
        ("спросить у соседки", "спросить у соседки", "спросить у соседки"),
    ],
)
def test_a_phone_takes_its_canonical_form_on_leaving(
    card: Card, typed: str, kept: str, shown: str
) -> None:
    card.presenter.person.set_phone(typed)
    assert card.record.phone == typed

    card.presenter.person.phone_left()

    assert card.record.phone == kept
    assert card.presenter.state.phone == shown


def test_an_emptied_phone_was_not_asked(card: Card) -> None:
    card.presenter.person.set_phone("  ")
    card.presenter.person.phone_left()

    assert card.record.phone is Absence.NOT_ASKED


def test_an_email_is_kept_without_surrounding_spaces(card: Card) -> None:
    card.presenter.person.set_email(" proba@test.invalid ")
    assert card.record.email == "proba@test.invalid"

    card.presenter.person.set_email("")
    assert card.record.email is Absence.NOT_ASKED


@pytest.mark.parametrize(
    ("typed", "said", "warns"),
    [
        ("30104", f"Введено «30104»: добавлен код города. {CALLS_FROM}", False),
        ("+8 900 555 01 01", "Введено «+8 900 555 01 01»: исправлено начало номера", False),
        ("8 900 555-01-01", "", False),
        ("8 900 555-01-02", CALLS_FROM, False),
        ("900 555-01", "Не хватает цифр: переспросить", True),
        ("112", "Короткий номер: извне на него не позвонить", True),
    ],
)  # fmt: skip
def test_how_a_phone_was_read_is_told_when_it_is_left(
    card: Card, typed: str, said: str, warns: bool
) -> None:
    card.presenter.person.set_phone(typed)
    assert card.presenter.state.phone_read.text == ""  # typing has not finished

    card.presenter.person.phone_left()

    line = card.presenter.state.phone_read
    assert (line.text, line.warns) == (said, warns)


def test_an_address_is_read_back_and_a_slip_is_pointed_out_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_email("a.proba1@gmial.com")
    assert card.presenter.state.email_read.text == ""
    card.presenter.person.mend_email()  # the first press only previews the correction
    line = card.presenter.state.email_read
    assert (line.warns, line.offer) == (True, "взять a.proba1@gmail.com")
    assert card.record.email == "a.proba1@gmial.com"

    card.presenter.person.mend_email()
    assert card.record.email == "a.proba1@gmail.com"
    line = card.presenter.state.email_read
    assert (line.warns, line.offer) == (False, "")
    assert line.text == (
        "Прочитать вслух: эй, точка, пи, ар, оу, би, эй, один, собака, джимейл точка ком"
    )
    card.presenter.person.mend_email()  # no correction is proposed
    assert card.record.email == "a.proba1@gmail.com"


def test_the_domain_of_an_address_is_made_small_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_email("Proba@TEST.invalid")
    card.presenter.person.email_left()

    assert card.record.email == "Proba@test.invalid"


def test_all_fields_are_left_at_once_before_the_record_is_closed(card: Card) -> None:
    card.presenter.person.set_phone("8 (900) 555-01-07")
    card.presenter.person.set_email(" Anna@MAIL.example")
    shown = Told(card.presenter.changed)

    card.presenter.person.settle()

    assert (card.record.phone, card.record.email) == ("+79005550107", "Anna@mail.example")
    assert card.presenter.state.phone == "+7 (900) 555-01-07"
    assert len(shown.values) == 1
    card.presenter.person.settle()
    assert len(shown.values) == 2
