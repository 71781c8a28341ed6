"""A message created from a call: no repeated typing, and missing data is reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from console.features.message_form.presenter import cleared_reason
from kb.entries.entries import TopicDetails
from sync.errors import OfficialsUnreadable
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from sync.register.checks.finding import FindingKind, Level
from sync.register.handling.contents import Confidential
from sync.register.messages import Publicity, State
from sync.register.people.values import Absence
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_question, sample_unit
from tests.fakes.console_fakes import OPERATOR, Clock, Told
from tests.fakes.console_phone import Call
from tests.fakes.led_form import LedForm


@pytest.fixture
def form(owner: QObject, milestones: Milestones, clock: Clock) -> LedForm:
    made = LedForm(owner, milestones, clock)
    made.talk(Call(), "Яма на дороге")
    return made


def test_without_a_card_there_is_no_message(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    form = LedForm(owner, milestones, clock)

    assert not form.presenter.begin(OPERATOR)
    form.presenter.register()
    assert form.registered.values == []


def test_everything_the_card_holds_is_carried_over(form: LedForm) -> None:
    assert form.presenter.begin(OPERATOR)

    state = form.presenter.state
    assert state.text == "Яма на дороге"
    assert state.author == "Проба Анна Петровна · +7 (900) 555-01-01 · proba@test.invalid"
    assert (state.date_text, state.time_text) == ("25.11.2026", "")
    assert state.publicity == Publicity.NOT_STATED.value


def test_an_answer_of_the_directory_is_no_part_of_what_the_caller_says(form: LedForm) -> None:
    question = sample_question()
    form.desk.accept_entry(question, question.spoken)
    card = form.desk.state.card
    assert card is not None
    form.desk.change_card(calls.edit(card, content=f"{card.content} Обещали в среду"))

    form.presenter.begin(OPERATOR)

    assert form.presenter.state.text == "Яма на дороге\nОбещали в среду"
    assert form.desk.state.card is not None
    assert question.spoken in form.desk.state.card.content  # where the answer was inserted


def test_a_short_answer_takes_nothing_out_of_the_callers_words(form: LedForm) -> None:
    question = replace(sample_question(), title="Яма", body="", spoken="")
    form.desk.accept_entry(question, question.spoken)

    form.presenter.begin(OPERATOR)

    assert form.presenter.state.text == "Яма на дороге"


def test_an_answer_stays_where_it_was_changed_or_nothing_else_was_written(
    form: LedForm, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    question = sample_question()
    form.desk.accept_entry(question, question.spoken)
    card = form.desk.state.card
    assert card is not None
    changed = card.content.replace(question.title, question.title.upper())
    form.desk.change_card(calls.edit(card, content=changed))
    form.presenter.begin(OPERATOR)
    assert form.presenter.state.text == changed

    other = LedForm(owner, milestones, clock)
    other.talk(Call())
    other.desk.accept_entry(question, question.spoken)
    other.presenter.begin(OPERATOR)
    assert other.presenter.state.text == f"{question.title}\n{question.spoken}"


def test_the_message_and_its_call_know_each_other(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register_message()

    message = form.registered.values[0]
    card = form.desk.state.card
    assert card is not None
    assert (message.call_id, card.message_id) == (card.id, message.id)
    assert card.result is CallResult.MESSAGE
    assert message.number is not None
    assert (message.event_on, message.event_time) == (date(2026, 11, 25), time(8, 30))
    assert message.unit == "road-service"
    assert not message.is_public
    assert not form.presenter.begin(OPERATOR)  # one message per call


def test_a_message_of_a_topic_with_a_body_goes_there_at_once(form: LedForm) -> None:
    """Regulation 7.9."""
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register_message()
    message = form.registered.values[0]
    assert (message.state, message.unit) == (State.AT_ORGAN, "road-service")


def test_a_category_without_a_body_goes_to_that_of_its_topic(form: LedForm) -> None:
    pits = next(one for one in CATEGORIES if one.id == "roads-pits")
    others = tuple(one for one in CATEGORIES if one is not pits)
    form.classifier.replace((TOPICS, (*others, replace(pits, owner="")), ()))
    form.presenter.begin(OPERATOR)
    form.fill()
    assert form.presenter.state.unit == "road-service"
    form.register_message()
    assert form.registered.values[0].unit == "road-service"


@pytest.mark.parametrize(
    "bounds",
    [{"valid_to": date(2026, 11, 25)}, {"valid_from": date(2026, 11, 26)}],
    ids=["closed today", "not begun"],
)
def test_a_body_that_is_not_in_force_today_gets_no_message(
    form: LedForm, bounds: dict[str, date]
) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()  # while the category was valid: the draft contains it
    assert form.presenter.state.unit == "road-service"
    form.units["road-service"] = replace(sample_unit(), **bounds)  # type: ignore[arg-type]  # days
    form.register_message()
    message = form.registered.values[0]
    assert (message.state, message.unit) == (State.REGISTERED, None)


def test_a_topic_with_others_that_take_part_but_no_body_responsible_stays_registered(
    form: LedForm,
) -> None:
    several = TopicDetails("roads", participants=("road-service", "waste-service"))
    topics = tuple(replace(one, owner="") for one in TOPICS)
    categories = tuple(replace(one, owner="", details=several) for one in CATEGORIES)
    form.classifier.replace((topics, categories, ()))
    form.presenter.begin(OPERATOR)
    form.fill()
    assert form.presenter.state.unit == ""
    form.register_message()
    message = form.registered.values[0]
    assert (message.state, message.unit) == (State.REGISTERED, None)


def test_the_topic_chosen_in_the_message_is_carried_back(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register_message()

    card = form.desk.state.card
    assert card is not None
    assert (card.topic, card.category) == ("roads", "roads-pits")
    assert form.register.records[card.id].category == "roads-pits"


def test_the_cards_own_topic_stays(form: LedForm) -> None:
    card = form.desk.state.card
    assert card is not None
    form.desk.change_card(calls.edit(card, topic="waste", category="waste-yard"))
    form.presenter.begin(OPERATOR)
    assert form.presenter.state.category == "waste-yard"
    assert form.presenter.state.unit == "waste-service"
    form.fill()
    form.register_message()

    card = form.desk.state.card
    assert card is not None
    assert card.category == "waste-yard"
    assert form.registered.values[0].category == "roads-pits"


def test_what_is_missing_is_marked_and_clears_when_mended(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.presenter.set_text(" ")
    form.register_message()

    assert set(form.presenter.state.problems) == {"text", "when", "place", "category"}
    assert form.registered.values == []
    form.presenter.set_text("Яма")
    form.presenter.set_place("у дома 5")
    assert set(form.presenter.state.problems) == {"when", "category"}
    form.presenter.set_time_text("недавно")
    assert "when" in form.presenter.state.problems
    form.presenter.set_time_text("1930")
    assert set(form.presenter.state.problems) == {"category"}
    form.presenter.set_category("roads-pits")
    assert form.presenter.state.problems == {}


def test_coming_back_keeps_what_was_typed_and_takes_the_newer_author(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.presenter.set_place("у дома 5")
    form.presenter.set_time_text("830")
    card = form.desk.state.card
    assert card is not None
    form.desk.change_card(calls.edit(card, name=Absence.NOT_GIVEN))

    form.presenter.begin(OPERATOR)

    state = form.presenter.state
    assert (state.place, state.time_text) == ("у дома 5", "830")
    assert state.author.startswith("имя не указано")


def test_who_was_not_asked_for_an_address_is_not_said_to_have_none(form: LedForm) -> None:
    card = form.desk.state.card
    assert card is not None
    card = calls.edit(card, name=Absence.NOT_ASKED, email=Absence.NOT_ASKED)
    form.desk.change_card(card)
    form.presenter.begin(OPERATOR)
    name, phone, email = form.presenter.state.author.split(" · ")
    assert (name, email) == ("имя не спрошено", "почта не спрошена")
    assert phone.startswith("+7 (900) 555-01")

    form.desk.change_card(calls.edit(card, email=Absence.NOT_GIVEN, phone=Absence.NOT_GIVEN))
    form.presenter.begin(OPERATOR)
    assert form.presenter.state.author == "имя не спрошено · телефона нет · почты нет"
    form.desk.change_card(calls.edit(card, phone=Absence.NOT_ASKED))
    form.presenter.begin(OPERATOR)
    assert "телефон не спрошен" in form.presenter.state.author


def test_the_first_calls_message_is_there_after_a_second_call(form: LedForm) -> None:
    first, second = Call(), Call("two@test.invalid")
    form.presenter.begin(OPERATOR)
    form.presenter.set_place("у дома 5")
    first_card = form.desk.state.card
    assert first_card is not None
    form.desk.receive(first.ended())
    form.talk(second, "Совсем другое")

    form.presenter.begin(OPERATOR)
    assert (form.presenter.state.text, form.presenter.state.place) == ("Совсем другое", "")
    form.desk.receive(second.ended())
    QCoreApplication.processEvents()
    form.desk.open_draft(form.register.records[first_card.id])
    form.presenter.begin(OPERATOR)

    assert (form.presenter.state.text, form.presenter.state.place) == ("Яма на дороге", "у дома 5")


def test_personal_data_keep_a_message_from_others_whatever_was_said(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.set_publicity("public")
    form.presenter.set_text("Яма, звоните +7 900 555-01-37")
    form.register_message()
    # The author's words are recorded unchanged, with a note about clause 6.12.
    assert form.register.confidential == [frozenset({Confidential.PERSONAL_DATA})]


def test_a_cleared_message_is_public_as_its_author_said(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.set_publicity("public")
    form.presenter.set_text("Яма у аптеки, +7 900 555-01-37")
    form.checks.when_read(lambda: form.presenter.clear_confidential("телефон аптеки"))
    QCoreApplication.processEvents()
    form.register_message()
    message = form.registered.values[0]
    assert message.is_public
    assert form.register.confidential == [frozenset()]
    assert form.handling.steps_of(message.id) == ["mark_confidential", "clear_confidential"]


def test_why_a_draft_was_cleared_is_known_after_the_next_start(
    form: LedForm, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.set_publicity("public")
    form.presenter.set_text("Яма у аптеки, +7 900 555-01-37")
    form.checks.when_read(lambda: form.presenter.clear_confidential("телефон аптеки"))
    QCoreApplication.processEvents()
    card = form.desk.state.card
    assert card is not None
    (kept,) = form.register.messages.values()
    handled = form.handling.messages[kept.id]
    assert cleared_reason(handled) == "телефон аптеки"

    later = LedForm(owner, milestones, clock, register=form.register)
    later.checks.restore(str(kept.id), cleared_reason(handled))
    later.desk.open_draft(card)
    later.presenter.begin(OPERATOR)
    QCoreApplication.processEvents()
    assert not later.checks.keeps_from_others
    assert later.checks.state.publicity_note.endswith("телефон аптеки")
    later.presenter.set_text("Яма у аптеки, +7 900 555-01-37, +7 900 555-01-44")
    later.checks.when_read(lambda: None)
    QCoreApplication.processEvents()
    assert later.checks.keeps_from_others


def test_two_questions_become_two_messages_of_one_call(form: LedForm) -> None:
    form.reader.finds["И лампа не горит"] = (FindingKind.SEVERAL_QUESTIONS, Level.GROUND, "added")
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.set_text("Яма на дороге. И лампа не горит. Помогите.")
    form.checks.when_read(lambda: form.presenter.split(0, 0))
    QCoreApplication.processEvents()

    state = form.presenter.state
    assert (state.text, state.part) == ("Яма на дороге. Помогите.", "сообщение 1 из 2")
    first, second = form.register.messages
    assert form.handling.steps_of(first) == ["split"]
    assert form.handling.steps_of(second) == ["link"]
    form.register_message()

    state = form.presenter.state
    assert (state.text, state.part) == ("И лампа не горит", "сообщение 2 из 2")
    assert (state.place, state.category) == ("ул. Пробная, у дома 5", "")
    assert form.presenter.has_more
    form.presenter.set_category("waste-yard")
    form.register_message()

    one, other = form.registered.values
    card = form.desk.state.card
    assert card is not None
    assert (one.call_id, other.call_id, card.message_id) == (card.id, card.id, one.id)
    assert not form.presenter.has_more
    assert not form.presenter.begin(OPERATOR)


def test_what_is_selected_becomes_another_message_and_nothing_is_not_split(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.presenter.set_text("Яма. Лампа.")
    form.presenter.split(0, 0)
    assert form.told.values[-1].head == "Здесь один вопрос"
    form.presenter.split(5, 11)
    assert form.presenter.state.text == "Яма."
    assert [one.text for one in form.register.messages.values()] == ["Яма.", "Лампа."]


def test_both_halves_are_there_after_the_next_start(
    form: LedForm, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    form.presenter.begin(OPERATOR)
    form.presenter.set_text("Яма. Лампа.")
    form.presenter.split(5, 11)
    card = form.desk.state.card
    assert card is not None
    later = LedForm(owner, milestones, clock, register=form.register)
    later.desk.open_draft(card)
    later.presenter.begin(OPERATOR)
    later.fill()
    later.register_message()
    assert later.presenter.state.text == "Лампа."


def test_a_text_that_could_not_be_checked_is_not_public(form: LedForm) -> None:
    form.reader.fails = OfficialsUnreadable("unreadable")
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.set_publicity("public")
    form.register_message()
    assert not form.registered.values[0].is_public


@pytest.mark.parametrize("is_handed_in", [False, True], ids=["register", "hand in"])
def test_leaving_the_form_cancels_what_waits_for_the_check_of_its_text(
    form: LedForm, is_handed_in: bool
) -> None:
    form.reader.held = True
    form.presenter.begin(OPERATOR)
    form.fill()
    ask = form.presenter.hand_in if is_handed_in else form.presenter.register
    ask()
    form.presenter.cancel()  # Esc
    form.reader.held = False
    form.reader.release()
    for _round in range(4):
        QCoreApplication.processEvents()
    assert form.registered.values == []
    assert all(one.number is None for one in form.register.messages.values())
    assert form.presenter.begin(OPERATOR)

    ask()
    for _round in range(4):
        QCoreApplication.processEvents()
    assert not form.presenter.begin(OPERATOR)


def test_registering_twice_on_a_slow_disk_makes_one_message(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register.held = True
    form.presenter.register()
    form.presenter.register()
    QCoreApplication.processEvents()
    form.register.release()
    QCoreApplication.processEvents()

    assert len(form.register.messages) == 1
    assert len(form.registered.values) == 1


@pytest.mark.parametrize("is_handed_in", [False, True], ids=["registered", "handed in"])
@pytest.mark.parametrize("is_over", [False, True], ids=["held call", "call that is over"])
def test_a_call_keeps_its_message_when_the_next_call_is_answered_before_the_write_returns(
    form: LedForm, is_handed_in: bool, is_over: bool
) -> None:
    first, second = Call(), Call("two@test.invalid")
    before = form.desk.state.card
    assert before is not None
    form.presenter.begin(OPERATOR)
    form.fill()
    if is_over:
        form.desk.receive(first.ended())
    form.register.held = True
    if is_handed_in:
        form.presenter.hand_in()
    else:
        form.presenter.register()
    QCoreApplication.processEvents()
    form.desk.receive(second.ringing())
    form.desk.receive(second.answered())
    form.register.held = False
    form.register.release()
    for _round in range(6):
        QCoreApplication.processEvents()

    (message,) = form.register.messages.values()
    kept = form.register.records[before.id]
    assert (kept.message_id, kept.result) == (message.id, CallResult.MESSAGE)
    form.desk.receive(second.ended())
    QCoreApplication.processEvents()
    form.desk.open_draft(before)  # from a list that was read before the link
    again = form.desk.state.card
    assert again is not None
    assert again.id == before.id
    if not is_over:
        assert not form.presenter.begin(OPERATOR)  # no second message of the same call
    form.desk.save()
    QCoreApplication.processEvents()
    assert form.register.records[before.id].message_id == message.id


def test_a_record_that_the_next_call_interrupted_comes_back_with_its_message(
    form: LedForm,
) -> None:
    second = Call("two@test.invalid")
    form.desk.receive(Call().ended())
    QCoreApplication.processEvents()
    form.desk.open_by_hand()
    for _round in range(3):
        QCoreApplication.processEvents()
    asked = form.desk.state.card
    assert asked is not None
    assert asked.way is not None
    form.desk.change_card(calls.edit(asked, content="Яма у школы"))
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register.held = True
    form.presenter.register()
    QCoreApplication.processEvents()
    form.desk.receive(second.ringing())
    form.desk.receive(second.answered())
    form.register.held = False
    form.register.release()
    for _round in range(6):
        QCoreApplication.processEvents()
    form.desk.receive(second.ended())
    talked = form.desk.state.card
    assert talked is not None
    form.desk.change_card(calls.edit(talked, content="Справка", result=CallResult.ANSWERED))
    form.desk.save()
    for _round in range(4):
        QCoreApplication.processEvents()

    back = form.desk.state.card
    assert back is not None
    assert back.id == asked.id
    (message,) = form.register.messages.values()
    assert back.message_id == message.id
    assert not form.presenter.begin(OPERATOR)


def test_a_message_is_never_linked_to_another_call(form: LedForm) -> None:
    first, second = Call(), Call("two@test.invalid")
    form.presenter.begin(OPERATOR)
    form.fill()
    form.desk.receive(first.ended())
    form.talk(second, "Совсем другое")

    form.register_message()

    assert form.register.messages == {}
    card = form.desk.state.card
    assert card is not None
    assert card.message_id is None


def test_a_refused_message_stays_and_can_be_registered_again(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register.refusing = True
    form.register_message()
    assert form.registered.values == []
    assert form.presenter.state.place == "ул. Пробная, у дома 5"
    assert form.desk.state.store_failed

    form.register.refusing = False
    form.register_message()

    assert len(form.registered.values) == 1
    assert not form.desk.state.store_failed


def test_what_is_typed_into_a_message_is_on_disk_within_a_second(
    form: LedForm, qtbot: QtBot
) -> None:
    form.presenter.begin(OPERATOR)
    form.presenter.set_place("ул. Пробная, у дома 5")

    qtbot.waitUntil(lambda: bool(form.register.messages), timeout=5000)
    (kept,) = form.register.messages.values()
    assert (kept.place, kept.text, kept.number) == (
        "ул. Пробная, у дома 5",
        "Яма на дороге",
        None,
    )


def test_a_message_begun_before_the_program_was_killed_is_there_again(
    form: LedForm, owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.keep()
    card = form.desk.state.card
    assert card is not None

    later = LedForm(owner, milestones, clock, register=form.register)
    later.desk.open_draft(card)

    assert later.presenter.begin(OPERATOR)
    state = later.presenter.state
    assert (state.place, state.date_text, state.time_text) == (
        "ул. Пробная, у дома 5",
        "25.11.2026",
        "08:30",
    )
    later.register_message()
    assert len(later.register.messages) == 1


def test_a_registered_message_is_not_typed_over_by_a_late_write(form: LedForm) -> None:
    form.presenter.begin(OPERATOR)
    form.fill()
    form.register_message()
    form.presenter.keep()
    (kept,) = form.register.messages.values()
    assert kept.number is not None


def test_a_message_is_handed_to_review_with_what_there_is(form: LedForm) -> None:
    handed_in = Told(form.presenter.handed_in)
    form.presenter.begin(OPERATOR)
    form.presenter.set_text(" ")
    form.presenter.hand_in()
    QCoreApplication.processEvents()
    assert set(form.presenter.state.problems) == {"text"}  # there is no text to check
    form.presenter.set_text("Яма, звоните +7 900 555-01-37")
    form.presenter.hand_in()
    for _round in range(3):
        QCoreApplication.processEvents()
    (message,) = handed_in.values
    standing = form.register.handling.messages[message.id].standing
    assert standing.state is State.SUBMITTED
    assert standing.contents.place == ""
    assert standing.confidential == {Confidential.PERSONAL_DATA}
    card = form.desk.state.card
    assert card is not None
    assert card.message_id == message.id
    assert form.register.records[card.id].message_id == message.id
    assert not form.presenter.begin(OPERATOR)  # a call has one message
