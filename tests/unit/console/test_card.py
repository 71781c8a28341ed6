"""The card: fields in, records out, each field of Regulation 7.3 with its absence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.card import CardPresenter
from console.presenters.classifier import Classifier
from console.settings import CITY_ZONE
from sync.register import calls, used_entries
from sync.register.calls import CallRecord, CallResult, UsedEntry
from sync.register.values import Absence, PersonName
from tests.fakes.console_directory import (
    CATEGORIES,
    TOPICS,
    sample_person,
    sample_question,
    sample_unit,
)
from tests.fakes.console_fakes import AREA_CODE, Clock, Told
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk

SAVE_LIMIT_MS = 5000
CALLS_FROM = "Звонит с номера +7 (900) 555-01-01"


class Card:
    """A card in front of the operator, over a register in memory."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.register = FakeRegister()
        self.desk = usual_desk(
            FakePhone(), self.register, Deliveries(owner), milestones, clock, owner
        )
        self.presenter = CardPresenter(
            self.desk,
            Classifier(TOPICS, CATEGORIES),
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            technical_save_ms=5,
            parent=owner,
        )

    def ring(self, call: Call) -> None:
        self.desk.receive(call.ringing())
        QCoreApplication.processEvents()

    @property
    def record(self) -> CallRecord:
        record = self.desk.state.card
        assert record is not None
        return record

    @property
    def problems(self) -> set[str]:
        return set(self.presenter.state.problems)


@pytest.fixture
def card(owner: QObject, milestones: Milestones, clock: Clock) -> Card:
    made = Card(owner, milestones, clock)
    made.ring(Call())
    return made


def test_the_card_shows_number_and_moment_of_arrival(card: Card) -> None:
    state = card.presenter.state

    assert state.subtitle == f"№ {card.record.number} · 25.11.2026, 12:00:00"
    assert state.title == "Новый вызов"
    assert state.phone == "+7 (900) 555-01-01"


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


def test_without_a_card_typing_does_nothing(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    presenter = Card(owner, milestones, clock).presenter
    presenter.set_content("в никуда")
    presenter.person.set_name("Никто")
    presenter.person.mend_name()
    presenter.person.mend_email()
    presenter.person.email_left()
    presenter.person.toggle_email()
    presenter.technical.choose_next()

    assert presenter.state.content == ""


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
    assert card.presenter.state.phone_read.text == ""  # it is still typed

    card.presenter.person.phone_left()

    line = card.presenter.state.phone_read
    assert (line.text, line.warns) == (said, warns)


def test_an_address_is_read_back_and_a_slip_is_pointed_out_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_email("a.proba1@gmial.com")
    assert card.presenter.state.email_read.text == ""
    card.presenter.person.mend_email()  # the first press only shows what it would put
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
    card.presenter.person.mend_email()  # nothing is proposed any more
    assert card.record.email == "a.proba1@gmail.com"


def test_the_domain_of_an_address_is_made_small_when_it_is_left(card: Card) -> None:
    card.presenter.person.set_email("Proba@TEST.invalid")
    card.presenter.person.email_left()

    assert card.record.email == "Proba@test.invalid"


def test_technical_results_follow_each_other(card: Card) -> None:
    chosen = []
    for _ in range(4):
        card.presenter.choose_result("technical")
        chosen.append(card.record.result)

    assert chosen == [
        CallResult.DROPPED,
        CallResult.SILENT,
        CallResult.WRONG_NUMBER,
        CallResult.DROPPED,
    ]
    assert card.presenter.state.result == "technical"
    assert card.presenter.state.technical == "dropped"
    card.presenter.choose_result("answered")
    assert card.presenter.state.technical is None


def test_a_technical_result_after_the_call_saves_itself_unless_more_is_done(
    owner: QObject,
    milestones: Milestones,
    clock: Clock,
) -> None:
    made = Card(owner, milestones, clock)
    due: list[CallRecord] = []
    made.presenter.technical.save_due.connect(lambda: due.append(made.record))
    call = Call()
    made.ring(call)
    made.desk.receive(call.answered())
    QCoreApplication.processEvents()
    made.presenter.choose_result("technical")
    assert made.presenter.state.save_word == "Сохранить"
    made.desk.receive(call.ended())
    QCoreApplication.processEvents()
    made.presenter.choose_result("technical")
    assert made.presenter.state.save_word == "Сохраняется сама…"
    made.presenter.set_content("Перезвонит сам")
    assert made.presenter.state.save_word == "Сохранить"
    made.presenter.technical.choose("silent")
    until = QDeadlineTimer(SAVE_LIMIT_MS)
    while not due and not until.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    assert [record.result for record in due] == [CallResult.SILENT]


def test_problems_clear_when_they_are_mended(card: Card) -> None:
    card.desk.save()
    assert card.problems == {"content", "result"}
    assert "7.3" in card.presenter.state.problems["content"]

    card.presenter.choose_result("contacts")
    assert card.problems == set()  # what is missing now was not asked for before
    card.desk.save()
    assert card.problems == {"used"}

    card.desk.accept_entry(sample_unit(), "Телефон: +7 900 555-01-50.")
    assert card.problems == set()


def test_an_accepted_answer_fills_content_result_and_topic(card: Card) -> None:
    question = sample_question()

    assert card.desk.accept_entry(question, question.spoken)

    state = card.presenter.state
    assert state.content == f"{question.title}\n{question.spoken}"
    assert state.result == "answered"
    assert [row.key for row in state.used] == [question.id]
    assert state.category_text == "Дороги › Ямы"
    card.presenter.remove_used(question.id)
    assert card.presenter.state.used == ()
    assert card.presenter.state.content.startswith(question.title)


def test_an_official_is_contacts_given(card: Card) -> None:
    person = sample_person()

    assert card.desk.accept_entry(person, "Приём по средам.")

    assert card.presenter.state.result == "contacts"
    assert [(row.key, row.icon) for row in card.presenter.state.used] == [(person.id, "user")]


def test_a_topic_that_is_taken_becomes_the_card_s_own(card: Card) -> None:
    for taken, text in ((CATEGORIES[0], "Дороги › Ямы"), (TOPICS[1], "Мусор")):
        assert card.desk.accept_entry(taken, "")
        assert card.presenter.state.category_text == text

    assert card.presenter.state.used == ()
    assert card.presenter.state.content == ""


def test_a_service_of_an_older_record_is_shown_as_one(card: Card) -> None:
    card.desk.change_card(
        used_entries.accept_entry(card.record, UsedEntry("p-1", "procedure", "Субсидия"), "")
    )

    assert [row.note for row in card.presenter.state.used] == ["услуга"]


def test_a_category_brings_its_topic_and_can_be_cleared(card: Card) -> None:
    card.presenter.set_category("roads-pits")
    assert (card.record.topic, card.record.category) == ("roads", "roads-pits")
    assert card.presenter.state.category_text == "Дороги › Ямы"

    card.presenter.set_category("")
    assert (card.record.topic, card.record.category) == (None, None)


def test_a_promise_belongs_to_the_card_it_was_made_for(card: Card) -> None:
    card.presenter.show_promise("Ваше сообщение зарегистрировано")
    assert card.presenter.state.promise == "Ваше сообщение зарегистрировано"
    card.presenter.show_promise("И второе")
    assert card.presenter.state.promise == "Ваше сообщение зарегистрировано\nИ второе"

    call = Call()
    card.desk.receive(call.answered())
    card.desk.receive(call.ended())
    card.desk.put_aside()
    card.ring(Call("two@test.invalid"))

    assert card.presenter.state.promise == ""


def test_what_is_not_on_disk_is_not_called_saved(card: Card) -> None:
    card.presenter.set_content("Текст")
    card.desk.save()  # no result: the draft timer is what writes it
    assert card.presenter.state.draft == "Черновик сохранён 12:00"

    card.register.refusing = True
    card.presenter.choose_result("answered")
    card.desk.save()
    QCoreApplication.processEvents()

    assert card.desk.state.store_failed
    assert card.presenter.state.draft == ""
    assert card.presenter.state.content == "Текст"


def test_words_typed_before_the_record_is_on_disk_go_into_it(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    card, call = Card(owner, milestones, clock), Call()
    card.register.held = True
    card.ring(call)
    card.presenter.set_content("до ответа")  # nobody has answered: there is nothing to write into
    card.desk.receive(call.answered())
    assert card.desk.state.card is None
    card.presenter.set_content("Яма")
    assert card.presenter.state.content == ""
    card.desk.receive(call.answered())
    card.presenter.set_content("Яма на")
    card.register.release()
    QCoreApplication.processEvents()
    assert card.record.content == "Яма на"
    assert card.presenter.state.content == "Яма на"


def test_words_typed_before_a_taken_over_record_is_read_follow_its_own(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    for kept, typed, both in (
        ("Яма", "на дороге", "Яма на дороге"),
        ("Яма ", "на дороге", "Яма на дороге"),
        ("Яма", " на дороге", "Яма на дороге"),
    ):
        card, call = Card(owner, milestones, clock), Call()
        card.ring(call)
        kept_record = calls.edit(card.record, content=kept)
        again = Card(owner, milestones, clock)
        again.register.records[kept_record.id] = kept_record
        again.register.held = True
        again.ring(call)
        again.desk.receive(call.answered())
        again.presenter.set_content(typed)
        again.presenter.choose_result("answered")
        again.register.release()
        QCoreApplication.processEvents()
        assert (again.record.content, again.record.result) == (both, CallResult.ANSWERED)
        assert again.presenter.state.result == "answered"
