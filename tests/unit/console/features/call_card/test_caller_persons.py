"""The caller's identity: a suggestion that stores nothing, a selection that does, and a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.persons import CallerPersonsPresenter
from console.shared.messages.classifier import Classifier
from sync.errors import StoreUnreadable
from sync.register.people.persons import KnownPerson, NamedRecord, is_named
from sync.register.people.values import Absence, PersonName
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import Clock, HeldExecutor, Told
from tests.fakes.console_phone import Call
from tests.fakes.led_card import Card

PHONE = "+79005550101"
AT = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # the 25th in the city


def known(
    name: PersonName, about: str, email: str | None = None, phone: str = PHONE
) -> KnownPerson:
    record = NamedRecord("n", AT, name, phone, email, None, None, about)
    return KnownPerson(name, phone, email, record, 2)


ANNA = known(PersonName("Проба", "Анна", "Петровна"), "Яма\nу дома", "anna@test.invalid")
IVAN = known(PersonName("Проба", "Иван", ""), "Мусор")
OLGA = known(PersonName("Другая", "Ольга", ""), "Свет", "olga@test.invalid", "+79005550177")


class Bench:
    """A card and the persons recorded for its number, which are read when the test allows it."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.card = Card(owner, milestones, clock)
        self.readers = HeldExecutor()
        self.people: tuple[KnownPerson, ...] = (ANNA, IVAN)
        self.classifier = Classifier(TOPICS, CATEGORIES)
        self.is_unreadable = False
        self.presenter = CallerPersonsPresenter(
            self.card.desk,
            lambda phone, _call: self.readers.submit(self.behind, phone),
            self.find,
            self.readers,
            Deliveries(owner),
            milestones,
            self.classifier,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.read_so_far = 0

    def behind(self, phone: str) -> tuple[KnownPerson, ...]:
        return self.people if phone == PHONE else ()

    def find(self, query: str) -> tuple[KnownPerson, ...]:
        if self.is_unreadable:
            raise StoreUnreadable("damaged")
        return tuple(one for one in (ANNA, IVAN, OLGA) if is_named(one, query))

    def read(self) -> None:
        jobs = self.readers.jobs[self.read_so_far :]
        self.read_so_far = len(self.readers.jobs)
        for job in jobs:
            job()
        QCoreApplication.processEvents()

    def ring(self, call: Call | None = None) -> None:
        self.card.ring(call or Call())
        self.read()

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.presenter.state.rows]


@pytest.fixture
def bench(owner: QObject, milestones: Milestones, clock: Clock) -> Bench:
    return Bench(owner, milestones, clock)


def test_a_guess_is_told_and_writes_nothing(bench: Bench) -> None:
    bench.ring()

    state = bench.presenter.state
    assert state.guess == "Возможно, это Проба Анна Петровна; за номером 2 человека"
    assert state.guess_detail == (
        "Проба Анна Петровна — 25.11.2026: Яма\nПроба Иван — 25.11.2026: Мусор"
    )
    assert bench.card.record.name is Absence.NOT_ASKED
    assert bench.card.record.email is Absence.NOT_ASKED


def test_another_name_of_a_category_is_told_without_a_change_of_the_card(bench: Bench) -> None:
    filed = replace(ANNA.last, category="roads-pits")
    bench.people = (replace(ANNA, last=filed),)
    bench.ring()
    assert bench.presenter.state.guess_detail.endswith("› Ямы")
    told = Told(bench.presenter.changed)

    pits, *others = CATEGORIES
    bench.classifier.replace((TOPICS, (replace(pits, title="Выбоины"), *others), ()))

    assert bench.presenter.state.guess_detail.endswith("› Выбоины")
    assert told.values == [bench.presenter.state]


def test_one_person_is_a_guess_too(bench: Bench) -> None:
    bench.people = (IVAN,)
    bench.ring()

    assert bench.presenter.state.guess == "Возможно, это Проба Иван"


def test_a_digit_chooses_and_another_choice_takes_the_first_one_back(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    assert bench.titles == ["Проба Анна Петровна", "Проба Иван", "Другой человек"]
    assert [row.digit for row in bench.presenter.state.rows] == ["1", "2", "0"]
    assert [row.badge for row in bench.presenter.state.rows] == [
        "предположение",
        "2 записи",
        "новый",
    ]

    bench.presenter.press_digit(1)
    assert bench.card.record.name == ANNA.name
    assert bench.card.record.email == "anna@test.invalid"
    assert not bench.presenter.state.is_open
    assert bench.presenter.state.guess == ""

    bench.presenter.open()
    assert [row.badge for row in bench.presenter.state.rows] == ["2 записи", "2 записи", "новый"]
    bench.presenter.press_digit(2)
    assert bench.card.record.name == IVAN.name
    assert bench.card.record.email is Absence.NOT_ASKED


def test_an_address_that_was_typed_or_refused_stays(bench: Bench) -> None:
    bench.ring()
    for typed in ("own@test.invalid", None):
        if typed is None:
            bench.card.presenter.person.set_email_absent(True)
        else:
            bench.card.presenter.person.set_email(typed)
        bench.presenter.open()
        bench.presenter.press_digit(1)
        assert bench.card.record.email == (typed or Absence.NOT_GIVEN)


def test_somebody_else_is_a_choice_and_asks_for_the_name(bench: Bench) -> None:
    asked = Told(bench.presenter.name_asked)
    bench.ring()
    bench.presenter.open()
    bench.presenter.press_digit(1)
    bench.presenter.open()
    bench.presenter.press_digit(0)

    assert len(asked.values) == 1
    assert bench.card.record.name is Absence.NOT_ASKED
    assert bench.card.record.email is Absence.NOT_ASKED
    assert bench.presenter.state.guess == ""  # a rejected suggestion is not repeated


def test_a_digit_without_a_row_does_nothing(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    bench.presenter.press_digit(7)

    assert bench.presenter.state.is_open
    assert bench.card.record.name is Absence.NOT_ASKED


def test_arrows_and_enter_choose(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    assert bench.presenter.state.selected == 0
    bench.presenter.move(1)
    bench.presenter.take()

    assert bench.card.record.name == IVAN.name


def test_an_unknown_number_is_attached_to_somebody_known_and_stays_the_caller_s(
    bench: Bench,
) -> None:
    looked = Told(bench.presenter.looked)
    bench.ring(Call(number="89005550188"))
    assert bench.presenter.state.guess == ""
    bench.presenter.open()
    assert bench.titles == []
    assert bench.presenter.state.selected == -1
    bench.presenter.set_query("оль")
    bench.read()
    assert [(row.title, row.digit) for row in bench.presenter.state.rows] == [("Другая Ольга", "")]
    assert "+7 (900) 555-01-77" in [part.text for part in bench.presenter.state.rows[0].meta]
    bench.presenter.take()

    assert bench.card.record.name == OLGA.name
    assert bench.card.record.email == "olga@test.invalid"
    assert bench.card.record.phone == "+79005550188"
    assert looked.values == [("person", 1)]  # recorded in the audit


def test_every_answered_search_is_told_to_the_audit(bench: Bench) -> None:
    looked = Told(bench.presenter.looked)
    bench.ring()
    bench.presenter.open()
    for query in ("анн", "нет таких", "ю"):
        bench.presenter.set_query(query)
        bench.read()
    bench.presenter.set_query("")
    bench.presenter.close()

    assert looked.values == [("person", 1), ("person", 0)]


def test_a_name_that_was_typed_stays(bench: Bench) -> None:
    bench.ring()
    bench.card.presenter.person.set_name("Третья Проба")
    typed = bench.card.record.name
    bench.presenter.open()
    bench.presenter.press_digit(1)
    assert bench.presenter.state.is_open
    assert bench.presenter.state.hint == (
        "В карточке набрано другое имя. Сотрите его там, затем выберите."
    )
    assert (bench.card.record.name, bench.card.record.email) == (typed, Absence.NOT_ASKED)

    bench.presenter.press_digit(0)
    assert not bench.presenter.state.is_open
    assert bench.card.record.name == typed


def test_a_name_that_was_begun_is_completed_by_a_choice(bench: Bench) -> None:
    bench.ring()
    bench.card.presenter.person.set_name("Проба Ан")
    bench.presenter.open()
    bench.presenter.press_digit(1)

    assert bench.card.record.name == ANNA.name


def test_a_chosen_name_that_was_corrected_is_a_typed_one(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    bench.presenter.press_digit(1)
    bench.card.presenter.person.set_name("Проба Ганна Петровна")
    bench.presenter.open()
    bench.presenter.press_digit(0)

    name = bench.card.record.name
    assert not isinstance(name, Absence)
    assert name.given_name == "Ганна"
    assert bench.card.record.email is Absence.NOT_ASKED


def test_a_choice_is_remembered_for_each_card(bench: Bench) -> None:
    desk, first, second = bench.card.desk, Call(), Call("two@test.invalid")
    for call, digit in ((first, 1), (second, 2)):
        bench.ring(call)
        desk.receive(call.answered())
        QCoreApplication.processEvents()
        bench.read()
        bench.presenter.open()
        bench.presenter.press_digit(digit)
        desk.receive(call.ended())
        QCoreApplication.processEvents()
    assert bench.card.record.name == IVAN.name
    (former,) = (one for one in bench.card.register.records.values() if one.name == ANNA.name)
    desk.open_draft(former)
    bench.read()
    bench.presenter.open()
    bench.presenter.press_digit(0)

    emptied = bench.card.record
    assert emptied.id == former.id
    assert emptied.name is Absence.NOT_ASKED


def test_a_search_that_finds_nobody_or_cannot_read_says_so(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    for query, hint in (
        ("о", "Две буквы имени или телефон целиком."),
        ("нет таких", "В записях этого рабочего места никого с таким именем или номером нет."),
    ):
        bench.presenter.set_query(query.replace("о", "ю") if query == "о" else query)
        bench.read()
        assert (bench.titles, bench.presenter.state.hint) == ([], hint)
    bench.is_unreadable = True
    bench.presenter.set_query("анна")
    bench.read()
    assert bench.presenter.state.hint == "Записи сейчас не читаются."
    bench.presenter.set_query("")
    assert bench.titles[-1] == "Другой человек"  # the persons of the number again


def test_what_is_found_late_is_not_shown(bench: Bench) -> None:
    bench.ring()
    bench.presenter.open()
    bench.presenter.set_query("анна")
    bench.presenter.set_query("ольга")
    bench.read()
    assert bench.titles == ["Другая Ольга"]

    bench.presenter.set_query("иван")
    bench.presenter.close()
    bench.read()
    assert bench.titles == []


def test_without_a_card_nothing_opens_and_an_end_closes(bench: Bench) -> None:
    bench.presenter.open()
    assert not bench.presenter.state.is_open
    call = Call()
    bench.ring(call)
    bench.presenter.open()
    closed = Told(bench.presenter.closed)
    bench.card.desk.receive(call.ended())
    QCoreApplication.processEvents()

    assert not bench.presenter.state.is_open
    assert len(closed.values) == 1
    bench.presenter.press_digit(1)
    bench.presenter.take()


def test_a_name_that_is_typed_or_refused_is_no_guess_any_more(bench: Bench) -> None:
    bench.ring()
    bench.card.presenter.person.set_name("Третья")
    assert bench.presenter.state.guess == ""
    bench.card.presenter.person.set_name("")
    assert bench.presenter.state.guess
    bench.card.presenter.person.toggle_name()
    assert bench.presenter.state.guess == ""


def test_the_number_in_the_card_is_the_one_that_is_looked_up(bench: Bench) -> None:
    bench.ring(Call(number="89005550188"))
    bench.card.presenter.person.set_phone("8 900 555-01-01")
    bench.card.presenter.person.phone_left()
    bench.read()

    assert bench.presenter.state.guess.startswith("Возможно")
