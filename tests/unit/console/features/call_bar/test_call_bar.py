"""The call bar: available actions, the parties of the call, and audio problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.features.call_bar.presenter import BarButton
from console.shared.session import call_words
from sync.register.calendar.line_hours import ClosedAct
from sync.register.people.operator_states import StateRules
from telephony.events import CallHeld, CallResumed, Side
from tests.fakes.console_fakes import Told
from tests.fakes.console_phone import Call, connected
from tests.fakes.day_of_work import DayOfWork, report


def test_the_buttons_follow_the_call(work: DayOfWork) -> None:
    call = work.call()
    assert work.buttons() == {BarButton.CHECK}
    work.status.receive_phone(connected())
    assert work.buttons() == {BarButton.DIAL, BarButton.TRAINING}
    work.tell(call.ringing())
    assert work.buttons() == {BarButton.ANSWER, BarButton.REJECT}
    work.tell(call.answered())
    usual = {BarButton.KEYPAD, BarButton.TRANSFER, BarButton.HANG_UP}
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.MUTE}
    work.bar.press(BarButton.MUTE)
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.MUTE}
    work.tell(call.muted())
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.UNMUTE}
    assert work.bar.state.block.pill is not None
    assert work.bar.state.block.pill[2] == "warn"
    work.tell(call.ended())
    assert work.buttons() == {BarButton.EXTEND, BarButton.CALL_BACK}


def test_the_bar_shows_the_caller_and_the_second_call(work: DayOfWork) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing())
    assert work.bar.state.block.title == "+7 (900) 555-01-01"
    assert work.bar.state.block.since == first.rang_at
    work.tell(first.answered(), second.ringing())

    strip = work.bar.state.strip
    assert strip is not None
    assert (strip.text, strip.word) == ("Второй вызов: +7 (900) 555-01-02", "ждёт")
    assert strip.since == second.rang_at
    assert work.bar.state.operator.since == work.clock.now


def test_the_bar_shows_no_more_of_a_wrap_up_than_there_is(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered(), call.ended())
    whole, over_at = timedelta(seconds=StateRules().wrap_up_s), work.clock.now
    work.clock.advance(30)
    work.bar.refresh()
    assert work.bar.state.block.until == over_at + whole

    work.clock.now -= timedelta(hours=1)
    work.bar.refresh()
    assert work.bar.state.block.until == work.clock.now + whole


def test_the_bar_says_who_is_not_heard(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered())
    shown = Told(work.bar.changed)
    for second in range(12):
        work.bar.receive_phone(report(call, second, packets=50, sent_dbfs=-96.0))
    pills = [state.block.pill for state in shown.values]
    assert pills[-1] == ("Абонента не слышно", "speaker-slash", "warn")
    work.bar.receive_phone(report(call, 12, packets=100, sent_dbfs=-96.0))
    assert work.bar.state.block.pill == ("Микрофон молчит", "microphone-slash", "warn")
    work.tell(call.muted())
    assert work.bar.state.block.pill == ("Вас не слышно", "microphone-slash", "warn")
    work.tell(call.muted(False))
    assert work.bar.state.block.pill is None


def test_nothing_is_missed_on_hold(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered())
    work.bar.receive_phone(report(call, 0, packets=50))
    work.bar.receive_phone(CallHeld(call.call_id, call.answered().at, Side.FAR))
    for second in range(1, 12):
        work.bar.receive_phone(report(call, second, packets=50, sent_dbfs=-96.0))
    assert work.bar.state.block.pill is None
    work.bar.receive_phone(CallResumed(call.call_id, call.answered().at, Side.FAR))
    for second in range(12, 17):
        work.bar.receive_phone(report(call, second, packets=50))
    assert work.bar.state.block.pill is not None


def test_a_call_taken_over_on_hold_is_not_missed_either(work: DayOfWork) -> None:
    call = work.call()
    held = replace(call.snapshot(answered=True), held_by=(Side.NEAR,))
    work.tell(connected(held))
    work.bar.receive_phone(connected(held))
    for second in range(12):
        work.bar.receive_phone(report(call, second, packets=50))
    assert work.bar.state.block.pill is None


def test_the_next_call_begins_with_no_word_of_its_sound(work: DayOfWork) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing(), first.answered())
    for number in range(4):
        work.bar.receive_phone(report(first, number, packets=50 * number))
    assert work.bar.state.block.quality == ("хорошая связь", "cell-signal-full-fill", "neutral")
    work.bar.receive_phone(first.ended())
    work.tell(first.ended(), second.ringing(), second.answered())
    assert work.bar.state.block.quality is None


def test_without_a_phone_the_bar_leads_to_the_check(work: DayOfWork) -> None:
    asked = Told(work.bar.check_asked)
    work.bar.press(BarButton.CHECK)
    assert len(asked.values) == 1


def test_out_of_hours_is_said_at_the_ring(work: DayOfWork) -> None:
    work.out_of_hours = True
    work.tell(work.call().ringing())

    assert work.bar.state.block.pill == ("Вне рабочих часов", "clock-fill", "warn")
    assert next(iter(work.register.records.values())).out_of_hours


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (ClosedAct.RING, "Линия закрыта: звонок всё равно "),
        (ClosedAct.ANNOUNCE, "Линия закрыта: абоненты слышат объявление"),
        (ClosedAct.REDIRECT, "Линия закрыта: вызовы уходят на заданный номер"),
    ],
)
def test_what_becomes_of_calls_out_of_hours_is_said(act: ClosedAct, said: str) -> None:
    assert call_words.out_of_hours_means(act).startswith(said)


def test_without_a_phone_the_bar_is_an_alarm(work: DayOfWork) -> None:
    assert work.bar.state.block.tint == "danger"
    work.status.receive_phone(connected())
    assert work.bar.state.block.tint == "none"


def test_a_hidden_number_is_called_so(work: DayOfWork) -> None:
    work.tell(Call(number="", rang_at=work.clock.now).ringing())

    assert work.bar.state.block.title == "Номер скрыт"


def test_training_is_offered_by_the_bar(work: DayOfWork) -> None:
    work.bar.press(BarButton.TRAINING)
    assert work.training.offered == 1
