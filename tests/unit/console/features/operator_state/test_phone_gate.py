"""Availability of the phone: it follows the operator's state and is published to the PBX."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from console.features.operator_state.phone_gate import ByPresence, QueueCodes
from sync.register.people.operator_states import READY, Cause, Doing, Standing
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    CallSnapshot,
    Direction,
    EndCause,
)
from telephony.presence import Activity, Presence, PublicationState
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import connected, disconnected
from tests.fakes.led_state import Desk

LUNCH = Standing(Doing.BREAK, "lunch")
CODES = QueueCodes(log_in="*45", log_out="*46", pause="*47", resume="*48")


@pytest.fixture
def desk(owner: QObject, milestones: Milestones, clock: Clock) -> Desk:
    return Desk(owner, milestones, clock)


# --- states not confirmed by the phone ---


@pytest.fixture
def slow(desk: Desk) -> Desk:
    """Its phone confirms only when a test allows it."""
    desk.phone.confirms = None
    return desk


def test_nobody_is_ready_before_the_phone_says_that_it_takes_calls(slow: Desk) -> None:
    slow.hear(slow.talk().ended())
    slow.says(refuses=True)
    shown = slow.state.pill
    slow.save()

    assert slow.disturbed() == ["on", "off"]
    assert (slow.doing(), slow.state.pill) == (Doing.WRAP_UP, shown)
    assert slow.states.told()[-1] == (Doing.WRAP_UP, Cause.CALL_OVER)
    slow.clock.advance(0.05)
    slow.says(refuses=True)  # the response to an earlier request does not concern this one
    assert slow.doing() is Doing.WRAP_UP

    slow.says(refuses=False)

    assert (slow.doing(), slow.state.pill.word) == (Doing.READY, "Готов")
    (_login, change) = slow.states.changes[-1]
    assert (change.doing, change.cause) == (Doing.READY, Cause.RECORD_SAVED)
    assert change.at == slow.clock.now


def test_what_was_chosen_is_told_once_it_is_so(slow: Desk) -> None:
    slow.state.choose(LUNCH)
    assert (slow.doing(), slow.notices) == (Doing.READY, [])
    slow.says(refuses=True)
    assert slow.doing() is Doing.BREAK
    slow.state.press_key()
    slow.state.press_key()  # a state was requested already: this press asks for the reason
    assert slow.doing() is Doing.BREAK
    slow.says(refuses=False)

    assert [notice.head for notice in slow.notices] == [
        "Вы не принимаете звонки: перерыв, обед",
        "Вы принимаете звонки",
    ]
    slow.state.choose(READY)  # already in this state
    assert slow.notices[-1].head == "Вы принимаете звонки"
    assert len(slow.states.told()) == 3


def test_who_thinks_better_of_it_before_the_phone_answers_has_changed_nothing(slow: Desk) -> None:
    since = slow.state.status.since
    slow.state.choose(LUNCH)
    slow.clock.advance(1)
    slow.state.choose(READY)
    slow.says(refuses=True)
    slow.says(refuses=False)

    assert (slow.doing(), slow.state.status.since) == (Doing.READY, since)
    assert len(slow.states.told()) == 1


def test_a_call_and_a_lock_wait_for_no_word_of_the_phone(slow: Desk) -> None:
    slow.state.choose(LUNCH)
    slow.talk()
    assert slow.doing() is Doing.TALKING
    slow.hear(slow.call().ended())
    assert slow.doing() is Doing.WRAP_UP
    slow.state.lock()
    slow.state.sign_out()
    assert slow.doing() is Doing.OFFLINE


def test_a_phone_that_does_not_answer_is_told_of_as_away_until_it_does(slow: Desk) -> None:
    slow.state.choose(LUNCH)
    slow.says(refuses=True)
    slow.state.press_key()
    slow.gate.waited_enough()  # as its timer does

    assert (slow.doing(), slow.status.state.phone_ready) == (Doing.OFFLINE, False)
    banner = slow.status.state.banner
    assert banner is not None
    assert (banner.kind, banner.head) == ("danger", "Звонки не поступают.")
    assert "не отвечает" in banner.body
    slow.state.choose(READY)
    assert (slow.notices[-1].head, slow.notices[-1].problem) == ("Звонки не поступают", True)

    slow.says(refuses=False)

    assert (slow.doing(), slow.status.state.phone_ready) == (Doing.READY, True)
    assert slow.status.state.banner is None
    assert slow.states.told()[-3:] == [
        (Doing.BREAK, Cause.CHOSEN),
        (Doing.OFFLINE, Cause.PHONE_LOST),
        (Doing.READY, Cause.PHONE_BACK),
    ]


def test_a_phone_that_starts_anew_says_first_what_it_does(slow: Desk) -> None:
    slow.state.choose(LUNCH)
    slow.says(refuses=True)
    slow.state.press_key()
    slow.gate.waited_enough()
    slow.hear(disconnected(), connected())
    assert slow.doing() is Doing.OFFLINE
    assert slow.status.state.phone_ready

    slow.says(refuses=False)

    assert slow.doing() is Doing.READY
    assert slow.disturbed() == ["on", "off"]


def test_where_the_phone_refuses_nobody_its_word_is_not_waited_for(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    desk = Desk(owner, milestones, clock, refuses_calls=False)
    desk.phone.confirms = None
    desk.hear(disconnected(), connected())
    assert desk.doing() is Doing.READY
    desk.state.choose(LUNCH)

    assert (desk.doing(), desk.disturbed()) == (Doing.BREAK, [])


# --- feature codes of the PBX ---


def code_call(desk: Desk, call_id: str, number: str) -> CallRinging:
    return CallRinging(call_id, Direction.OUTGOING, number, "", number, desk.clock.now)


def test_the_telephone_system_is_told_by_codes_one_after_the_other(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    desk = Desk(owner, milestones, clock, telling=CODES)
    desk.state.choose(LUNCH)
    assert desk.dialled() == ["*45"]
    (first,) = desk.phone.made_calls
    desk.hear(
        code_call(desk, first, "*45"),
        CallAnswered(first, clock.now, "PCMA"),
        CallEnded(first, clock.now, EndCause.FAR_END),
    )
    assert desk.dialled() == ["*45", "*47"]
    second = desk.phone.made_calls[-1]
    desk.hear(code_call(desk, second, "*47"), CallEnded(second, clock.now, EndCause.BUSY, 486))

    # A feature code is not a call: it has no card and starts no talk.
    assert desk.register.records == {}
    assert desk.doing() is Doing.BREAK
    assert desk.phone.forgotten() == [first, second]
    assert desk.notices[-1].head == "Телефонная станция не приняла код *47"
    desk.state.sign_out()
    assert desk.dialled()[-1] == "*46"


def test_calls_and_wrap_ups_dial_nothing(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    desk = Desk(owner, milestones, clock, telling=QueueCodes(pause="*47", resume="*48"))
    desk.hear(desk.talk().ended())
    desk.save()

    assert desk.dialled() == []


def test_a_code_that_another_console_dialled_is_no_call_either(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    desk = Desk(owner, milestones, clock, telling=CODES)
    left = CallSnapshot("left@test.invalid", Direction.OUTGOING, "*47", "", "*47", clock.now)
    desk.connect(left)

    assert desk.register.records == {}
    assert ("hang_up", "left@test.invalid") in desk.phone.commands


# --- SIP presence ---


@pytest.fixture
def publishing(owner: QObject, milestones: Milestones, clock: Clock) -> Desk:
    """A workspace that signals its state to the PBX by presence."""
    desk = Desk(owner, milestones, clock, telling=ByPresence())
    desk.state.set_phone(True)
    return desk


TAKES_CALLS = Presence(takes_calls=True)
ON_THE_PHONE = Presence(True, (Activity.ON_THE_PHONE,))
MEAL = Presence(False, (Activity.AWAY, Activity.MEAL))


def test_what_she_does_is_published_and_no_code_is_dialled(publishing: Desk) -> None:
    desk = publishing
    call = desk.talk()
    desk.hear(call.ended())
    desk.save()
    desk.state.choose(LUNCH)
    desk.state.choose(Standing(Doing.NOT_READY, "directory"))
    desk.state.lock()
    desk.state.sign_out()
    assert desk.published() == [
        TAKES_CALLS,
        ON_THE_PHONE,
        Presence(False, (Activity.BUSY,)),
        TAKES_CALLS,
        MEAL,
        Presence(False, (Activity.BUSY, Activity.WORKING)),
        Presence(False, (Activity.AWAY,)),
        None,
    ]
    assert not desk.dialled()


def test_a_city_s_own_reason_goes_nowhere(publishing: Desk) -> None:
    publishing.state.choose(Standing(Doing.BREAK, "Пожарная тревога"))
    publishing.state.choose(Standing(Doing.NOT_READY, "Приём у главы"))
    assert publishing.published()[1:] == [
        Presence(False, (Activity.AWAY,)),
        Presence(False, (Activity.BUSY, Activity.WORKING)),
    ]


def test_who_asks_for_a_break_during_the_call_takes_no_second_one(publishing: Desk) -> None:
    publishing.talk()
    publishing.state.choose(LUNCH)
    assert publishing.published()[-1] == Presence(False, (Activity.ON_THE_PHONE,))


def test_a_lost_phone_changes_nothing_of_what_is_to_be_known(publishing: Desk) -> None:
    publishing.state.choose(LUNCH)
    seen = len(publishing.published())
    publishing.state.set_phone(False)
    assert publishing.doing() is Doing.OFFLINE
    publishing.state.set_phone(True)
    assert len(publishing.published()) == seen


def test_a_system_without_presence_is_told_of_once(publishing: Desk) -> None:
    seen = len(publishing.notices)
    for _ in range(5):
        publishing.presence_is(PublicationState.WAITING)
        publishing.presence_is(PublicationState.NOT_TAKEN, 489)
    (notice,) = publishing.notices[seen:]
    assert "(489)" in notice.head
    assert notice.problem
    publishing.presence_is(PublicationState.TOLD)
    publishing.presence_is(PublicationState.FAILED, 403)
    assert "(403)" in publishing.notices[-1].head
    assert len(publishing.notices) == seen + 2


def test_a_silent_server_has_the_alarm_of_the_registration_and_no_second_one(
    publishing: Desk,
) -> None:
    seen = len(publishing.notices)
    publishing.presence_is(PublicationState.FAILED)
    assert len(publishing.notices) == seen


def test_the_way_of_telling_may_be_changed_at_work(publishing: Desk) -> None:
    publishing.state.choose(LUNCH)
    publishing.gate.tell_by(CODES)
    assert publishing.published()[-1] is None
    assert publishing.dialled() == ["*45"]
    first = publishing.phone.made_calls[-1]
    publishing.hear(CallEnded(first, publishing.clock.now, EndCause.FAR_END))
    assert publishing.dialled() == ["*45", "*47"]
    publishing.gate.tell_by(ByPresence())
    assert publishing.published()[-1] == MEAL
