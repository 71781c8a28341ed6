"""The call card: its fields, the resulting records, and the absence mark of each field of
Regulation 7.3.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject

from console.core.milestones import Milestones
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult, UsedEntry
from tests.fakes.console_directory import (
    CATEGORIES,
    TOPICS,
    sample_person,
    sample_question,
    sample_unit,
)
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import Call
from tests.fakes.led_card import Card

SAVE_LIMIT_MS = 5000


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
    assert card.problems == set()  # the fields missing now were optional before
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
        by_hand.accept_entry(card.record, UsedEntry("p-1", "procedure", "Субсидия"), "")
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
    card.desk.save()  # without a result the draft timer writes it
    assert card.presenter.state.draft == "Черновик сохранён 12:00"

    card.register.refusing = True
    card.presenter.choose_result("answered")
    card.desk.save()
    QCoreApplication.processEvents()

    assert card.desk.state.store_failed
    assert card.presenter.state.draft == ""
    assert card.presenter.state.content == "Текст"


def test_a_draft_is_not_called_saved_while_the_register_refuses_another_record(
    card: Card,
) -> None:
    card.presenter.set_content("Текст")
    card.desk.save()
    assert card.presenter.state.draft == "Черновик сохранён 12:00"

    card.desk.set_store_trouble(True)
    assert card.presenter.state.draft == ""
    card.desk.set_store_trouble(False)
    assert card.presenter.state.draft == "Черновик сохранён 12:00"


def test_words_typed_before_the_record_is_on_disk_go_into_it(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    card, call = Card(owner, milestones, clock), Call()
    card.register.held = True
    card.ring(call)
    card.presenter.set_content("до ответа")  # not answered yet: no record exists
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
