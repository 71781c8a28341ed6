"""A saved record as it is displayed: every field, unanswered questions, and its message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.history.call import ShownRecordPresenter
from console.shared.messages.classifier import Classifier
from sync.register.calls.calls import CallRecord, CallResult, CallState, UsedEntry
from sync.register.calls.scripts import TickedStep, Way
from sync.register.people.values import Absence, PersonName
from tests.fakes.answer_messages import registered
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import RANG_AT, Clock, InlineExecutor, Told
from tests.fakes.console_register import FakeRegister
from tests.fakes.handling import FakeHandling
from tests.fakes.script_steps import FakeScriptSteps
from tests.unit.sync.register.records import card as made_card


class Reading:
    """The presenter over messages and scripts in memory."""

    def __init__(self, owner: QObject, clock: Clock) -> None:
        self.handling, self.steps = FakeHandling(clock), FakeScriptSteps()
        self.register = FakeRegister()
        self.presenter = ShownRecordPresenter(
            self.handling,
            self.register,
            self.steps,
            Classifier(TOPICS, CATEGORIES, owner),
            InlineExecutor(),
            Deliveries(owner),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.told, self.opened = Told(self.presenter.told), Told(self.presenter.opened)
        self.asked = Told(self.presenter.message_asked)

    def facts(self, card: CallRecord) -> dict[str, str]:
        self.presenter.show(card)
        for _ in range(5):
            QCoreApplication.processEvents()
        return {name: text for name, text, _paragraph in self.presenter.state.facts}


@pytest.fixture
def reading(owner: QObject, clock: Clock) -> Reading:
    return Reading(owner, clock)


def saved() -> CallRecord:
    return replace(
        made_card(),
        state=CallState.CLOSED,
        arrived_at=RANG_AT,
        answered_at=RANG_AT + timedelta(seconds=4),
        ended_at=RANG_AT + timedelta(seconds=96),
        saved_at=RANG_AT + timedelta(seconds=103),
        end_cause="near_end",
        content="Яма у дома\nпросит засыпать",
        name=PersonName("Пробова", "Анна", "Петровна"),
        phone="+79005550137",
        result=CallResult.ANSWERED,
        used_entries=(UsedEntry("q-pit", "question", "Куда сообщить о яме"),),
    )


def test_what_was_written_can_be_read_again_field_by_field(reading: Reading) -> None:
    card = saved()
    facts = reading.facts(card)

    assert facts["Абонент"] == "Пробова Анна Петровна"
    assert facts["Телефон"] == "+7 (900) 555-01-37"
    assert facts["Почта"] == "не спрошено"
    assert facts["Что?"] == "Яма у дома\nпросит засыпать"
    assert (facts["Ответ"], facts["Итог"]) == ("Куда сообщить о яме", "ответил")
    assert facts["Вызов"].endswith(
        "ждал 0:04 · разговор 1:32 · оформление 0:07 · завершил оператор"
    )
    assert facts["Оператор"] == f"{card.operator_name} · сохранено 12:01"
    assert "О ком" not in facts
    assert reading.opened.values == [card]
    assert reading.presenter.state.phone == "+79005550137"


def test_what_was_not_said_is_told_apart_from_what_was_never_asked(reading: Reading) -> None:
    facts = reading.facts(
        replace(saved(), name=Absence.NOT_GIVEN, phone=Absence.ERASED, content="", used_entries=())
    )

    assert (facts["Абонент"], facts["Телефон"]) == ("не указано", "удалено")
    assert (facts["Что?"], facts["Ответ"]) == ("—", "—")


def test_a_message_and_a_script_of_the_call_stand_with_it(reading: Reading) -> None:
    led = registered(reading.handling)
    number = str(led.handled.record.number)
    card = replace(saved(), result=CallResult.MESSAGE, message_id=led.id, concerned="мать")
    greeted = TickedStep("01-call", "greet", "Поздороваться", Way.DONE, RANG_AT)
    reading.steps.kept[card.id] = {greeted.step: greeted}
    facts = reading.facts(card)
    assert facts["Итог"] == f"сообщение, № {number}"
    assert facts["О ком"] == "мать"
    assert facts["Сценарий"] == "По сценарию: Поздороваться"
    reading.presenter.ask_message()
    assert reading.asked.values == [number]

    reading.facts(saved())
    reading.presenter.ask_message()
    assert reading.told.values[-1].head == "По вызову нет сообщения"


def test_who_saved_it_for_another_one_and_on_another_day_is_told(
    reading: Reading, clock: Clock
) -> None:
    clock.advance(timedelta(days=2).total_seconds())
    other = replace(saved(), closed_by_id=UUID(int=8), closed_by_name="Вторая Проба")

    assert reading.facts(other)["Оператор"].endswith("сохранено 25.11.2026 12:01, Вторая Проба")


def test_a_call_of_ours_tells_of_no_wait_for_us(reading: Reading) -> None:
    made = replace(saved(), direction="outgoing", end_cause="far_end")

    assert reading.facts(made)["Вызов"] == "разговор 1:32 · оформление 0:07 · абонент завершил"


def test_nothing_of_it_stays_for_who_comes_next(reading: Reading) -> None:
    reading.facts(saved())
    reading.presenter.forget()

    assert reading.presenter.state.facts == ()
    assert reading.presenter.state.phone == ""
