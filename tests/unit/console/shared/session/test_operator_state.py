"""The operator's state: effects of keys, calls and the phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from sync.register.people.operator_states import READY, Cause, Doing, Standing, StateRules
from sync.register.people.operators import Role
from telephony.events import EndCause
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Clock, Told
from tests.fakes.console_phone import disconnected
from tests.fakes.led_state import Desk

OBSERVER = replace(SUPERVISOR, role=Role.OBSERVER)
LUNCH = Standing(Doing.BREAK, "lunch")


@pytest.fixture
def desk(owner: QObject, milestones: Milestones, clock: Clock) -> Desk:
    return Desk(owner, milestones, clock)


def test_the_phone_is_quiet_in_the_wrap_up_and_rings_again_once_the_record_is_saved(
    desk: Desk,
) -> None:
    call = desk.talk()
    assert desk.disturbed() == []
    desk.hear(call.ended())
    assert (desk.doing(), desk.disturbed()) == (Doing.WRAP_UP, ["on"])

    desk.save()

    assert (desk.doing(), desk.disturbed()) == (Doing.READY, ["on", "off"])
    assert desk.states.told() == [
        (Doing.READY, Cause.PHONE_BACK),
        (Doing.TALKING, Cause.CALL_TAKEN),
        (Doing.WRAP_UP, Cause.CALL_OVER),
        (Doing.READY, Cause.RECORD_SAVED),
    ]
    assert desk.notices == []


def test_the_phone_is_quiet_again_when_it_is_taken_back_that_the_record_was_saved(
    desk: Desk,
) -> None:
    desk.hear(desk.talk().ended())
    desk.save()
    (record,) = desk.register.records.values()
    desk.state.record_reopened(record)

    assert (desk.doing(), desk.disturbed()) == (Doing.WRAP_UP, ["on", "off", "on"])
    assert desk.states.told()[-1] == (Doing.WRAP_UP, Cause.RECORD_REOPENED)
    # Reopening the record twice adds no more time.
    desk.clock.advance(60)
    desk.state.time_passed()
    desk.state.record_reopened(record)
    assert desk.doing() is Doing.READY


def test_for_a_role_that_takes_no_calls_the_phone_is_quiet_and_she_is_told_why(
    desk: Desk,
) -> None:
    """Observers cannot close a call record, so callers must reach another operator."""
    desk.state.sign_in(OBSERVER)
    desk.settle()
    assert (desk.doing(), desk.disturbed()) == (Doing.NOT_READY, ["on"])
    assert desk.state.pill.below == "роль не принимает вызовы"

    desk.state.press_key()
    desk.state.choose(LUNCH)
    desk.state.be_ready()
    assert {notice.head for notice in desk.notices} == {"Ваша роль не принимает вызовы"}
    assert len(desk.notices) == 3
    assert desk.doing() is Doing.NOT_READY

    desk.state.sign_in(OPERATOR)
    desk.settle()
    assert (desk.doing(), desk.disturbed()) == (Doing.READY, ["on", "off"])


def test_the_end_of_the_wrap_up_is_told_and_leaves_the_card(desk: Desk) -> None:
    desk.hear(desk.talk().ended())
    desk.clock.advance(44)
    desk.state.time_passed()
    assert desk.doing() is Doing.WRAP_UP
    desk.clock.advance(1)
    desk.state.time_passed()

    assert desk.doing() is Doing.READY
    assert [notice.head for notice in desk.notices] == ["Вы принимаете звонки"]
    assert desk.notices[0].body == "Время оформления вышло."
    assert desk.desk.state.card is not None


def test_a_break_asked_for_in_the_call_is_shown_and_kept(desk: Desk) -> None:
    call = desk.talk()
    desk.state.choose(LUNCH)
    assert desk.state.pill.below == "Далее: перерыв, обед"
    assert desk.disturbed() == ["on"]
    desk.hear(call.ended())
    desk.save()

    assert (desk.doing(), desk.state.pill.below) == (Doing.BREAK, "Обед")
    desk.state.press_key()
    assert desk.doing() is Doing.READY
    assert desk.disturbed() == ["on", "off"]


def test_save_and_be_ready_passes_over_the_break(desk: Desk) -> None:
    call = desk.talk()
    desk.state.choose(LUNCH)
    desk.hear(call.ended())
    desk.state.be_ready_when_saved()
    desk.save()

    assert desk.doing() is Doing.READY


def test_a_record_that_is_not_complete_makes_nobody_ready(desk: Desk) -> None:
    desk.hear(desk.talk().ended())
    desk.state.choose(LUNCH)
    desk.state.be_ready_when_saved()
    desk.desk.save()
    assert desk.doing() is Doing.WRAP_UP

    desk.save()

    assert desk.doing() is Doing.BREAK


@pytest.mark.parametrize(
    ("cause", "after_s", "doing"),
    [
        (EndCause.CALLER_GAVE_UP, 20, Doing.NOT_READY),
        (EndCause.NOT_ANSWERED, 30, Doing.NOT_READY),
        (EndCause.CALLER_GAVE_UP, 6, Doing.READY),
        (EndCause.ANSWERED_ELSEWHERE, 40, Doing.READY),
        (EndCause.REJECTED, 40, Doing.READY),
    ],
)
def test_a_ring_left_unanswered(desk: Desk, cause: EndCause, after_s: int, doing: Doing) -> None:
    call = desk.call()
    desk.hear(call.ringing(), call.ended(cause, after_s))

    assert desk.doing() is doing
    assert bool(desk.notices) is (doing is Doing.NOT_READY)
    if desk.notices:
        assert desk.notices[0].problem
        assert "без ответа" in desk.notices[0].body
        assert desk.state.pill.below == "звонок остался без ответа"


def test_a_phone_that_is_lost_ends_nothing_and_its_return_is_told(desk: Desk) -> None:
    desk.hear(disconnected())
    assert desk.doing() is Doing.OFFLINE
    assert desk.state.pill.role == "danger"

    desk.connect()

    assert desk.doing() is Doing.READY
    assert desk.notices[0].body == "Телефон снова на связи."
    assert desk.states.told()[-2:] == [
        (Doing.OFFLINE, Cause.PHONE_LOST),
        (Doing.READY, Cause.PHONE_BACK),
    ]


def test_a_call_that_ended_while_the_phone_was_away_begins_its_wrap_up(desk: Desk) -> None:
    call = desk.talk()
    desk.hear(disconnected())
    desk.connect(call.snapshot(answered=True))
    assert desk.doing() is Doing.TALKING
    desk.hear(disconnected())
    desk.connect()

    assert desk.doing() is Doing.WRAP_UP


def test_a_phone_that_stays_away_ends_the_talk_as_the_desk_does(desk: Desk) -> None:
    desk.talk()
    desk.hear(disconnected())
    assert desk.doing() is Doing.TALKING
    desk.desk._phone_gone()  # as its timer does
    desk.settle()

    assert desk.doing() is Doing.WRAP_UP


def test_a_lock_sends_calls_elsewhere_and_another_person_begins_anew(desk: Desk) -> None:
    desk.state.choose(LUNCH)
    desk.state.lock()
    assert desk.doing() is Doing.AWAY
    desk.state.sign_in(OPERATOR)
    assert desk.doing() is Doing.BREAK

    desk.state.lock()
    desk.state.sign_in(SUPERVISOR)

    assert desk.doing() is Doing.READY
    assert [login for login, _change in desk.states.changes][-2:] == ["probova", "starshaya"]
    desk.state.sign_out()
    assert desk.states.told()[-1] == (Doing.OFFLINE, Cause.SIGNED_OUT)


def test_the_wrap_up_is_made_longer_and_not_for_ever(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    desk = Desk(owner, milestones, clock, rules=StateRules(extensions=1))
    desk.state.extend()
    assert desk.notices == []
    desk.hear(desk.talk().ended())
    for _press in range(2):
        desk.state.extend()

    wrap_up = desk.state.status.wrap_up
    assert wrap_up is not None
    assert wrap_up.ends_at - desk.clock.now == timedelta(seconds=75)
    assert [notice.head for notice in desk.notices] == ["Больше продлить оформление нельзя"]


@pytest.mark.parametrize("back", [timedelta(seconds=30), timedelta(hours=1), timedelta(days=30)])
def test_a_clock_set_back_makes_no_wrap_up_longer(
    owner: QObject, milestones: Milestones, clock: Clock, back: timedelta
) -> None:
    seconds = [1000.0]
    desk = Desk(owner, milestones, clock, monotonic_s=lambda: seconds[0])
    desk.hear(desk.talk().ended())
    clock.now -= back
    desk.state.choose(LUNCH)
    desk.state.choose(READY)
    desk.state.extend()

    seconds[0] += 74
    clock.advance(74)
    desk.state.time_passed()
    assert desk.doing() is Doing.WRAP_UP
    assert desk.state.wrap_up_left_s == 1

    seconds[0] += 1
    clock.advance(1)
    desk.state.time_passed()
    desk.settle()
    assert desk.doing() is Doing.READY
    assert desk.disturbed() == ["on", "off"]
    (_login, over), (_login, ready) = desk.states.changes[-2:]
    assert ready.at - over.at == timedelta(seconds=75)


def test_the_menu_has_a_digit_for_everything_and_marks_what_comes_next(desk: Desk) -> None:
    asked = Told(desk.state.menu_asked)
    desk.state.press_key()
    assert len(asked.values) == 1
    rows = desk.state.rows
    assert rows[0].standing == READY
    assert [row.is_chosen for row in rows] == [True] + [False] * 6
    assert rows[-1].text == "Перерыв, обед"

    desk.talk()
    desk.state.choose(LUNCH)
    assert desk.state.rows[-1].is_chosen


def test_what_the_disk_refused_is_written_once_it_takes_records_again(desk: Desk) -> None:
    desk.states.refusing = True
    desk.state.choose(LUNCH)
    desk.settle()
    assert (Doing.BREAK, Cause.CHOSEN) not in desk.states.told()
    desk.states.refusing = False
    desk.state.disk_is_back()
    desk.settle()

    assert desk.states.told()[-1] == (Doing.BREAK, Cause.CHOSEN)
