"""The operator's state at the desk: what her keys and calls make of it, and what the phone does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.notices import Notice
from console.presenters.phone_gate import ByPresence, QueueCodes
from sync.register import calls
from sync.register.calls import CallResult
from sync.register.operator_states import READY, Cause, Doing, Standing, StateRules
from sync.register.operators import Role
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    CallSnapshot,
    Direction,
    DoNotDisturbChanged,
    EndCause,
    PhoneEvent,
    PresenceChanged,
)
from telephony.presence import Activity, Presence, PublicationState
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Clock, Told
from tests.fakes.console_phone import Call, FakePhone, connected, disconnected
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk, usual_status
from tests.fakes.operator_state import StateBench

OBSERVER = replace(SUPERVISOR, role=Role.OBSERVER)
LUNCH = Standing(Doing.BREAK, "lunch")
CODES = QueueCodes(log_in="*45", log_out="*46", pause="*47", resume="*48")


class Desk:
    """A desk whose phone is there, with its operator's state, wired as the application does."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        *,
        rules: StateRules | None = None,
        telling: QueueCodes | ByPresence | None = None,
        refuses_calls: bool = True,
    ) -> None:
        self.clock, self.phone, self.register = clock, FakePhone(), FakeRegister()
        deliveries = Deliveries(owner)
        self.desk = usual_desk(self.phone, self.register, deliveries, milestones, clock, owner)
        self.status = usual_status(self.register, deliveries, clock, owner)
        bench = StateBench(
            self.phone,
            self.desk,
            self.status,
            deliveries,
            clock,
            owner,
            rules=rules,
            telling=telling,
            refuses_calls=refuses_calls,
        )
        self.states, self.state, self.gate = bench.states, bench.state, bench.gate
        self._told = Told(self.state.told)
        self.connect()

    def hear(self, *events: PhoneEvent) -> None:
        for event in events:
            self.clock.now = max(self.clock.now, getattr(event, "at", self.clock.now))
            told = self.gate.take(event)
            if told is not None:
                self.status.receive_phone(told)
                self.state.receive_phone(told)
                self.desk.receive(told)
            self.settle()

    def connect(self, *calls: CallSnapshot) -> None:
        """The phone is there, and says what it does: nothing else than what it was told last."""
        refuses = self.disturbed()[-1:] == ["on"]
        self.hear(connected(*calls), DoNotDisturbChanged(self.clock.now, refuses))

    def says(self, *, refuses: bool) -> None:
        self.hear(DoNotDisturbChanged(self.clock.now, refuses))

    def settle(self) -> None:
        for _ in range(5):
            QCoreApplication.processEvents()

    def call(self, index: int = 1) -> Call:
        return Call(f"call-{index}@test.invalid", f"8900555010{index}", rang_at=self.clock.now)

    def talk(self) -> Call:
        call = self.call()
        self.hear(call.ringing(), call.answered())
        return call

    def save(self) -> None:
        card = self.desk.state.card
        assert card is not None
        filled = calls.edit(card, content="Справка", result=CallResult.ANSWERED)
        self.desk.change_card(filled)
        self.desk.save()
        self.settle()

    @property
    def notices(self) -> list[Notice]:
        return self._told.values

    def doing(self) -> Doing:
        return self.state.status.doing

    def disturbed(self) -> list[str]:
        return [command[1] for command in self.phone.commands if command[0] == "do_not_disturb"]

    def published(self) -> list[Presence | None]:
        return self.phone.presences

    def presence_is(self, state: PublicationState, status_code: int | None = None) -> None:
        self.hear(PresenceChanged(self.clock.now, state, status_code=status_code))

    def dialled(self) -> list[str]:
        return [command[1] for command in self.phone.commands if command[0] == "call"]


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
    # What is taken back twice brings nothing more.
    desk.clock.advance(60)
    desk.state.time_passed()
    desk.state.record_reopened(record)
    assert desk.doing() is Doing.READY


def test_for_a_role_that_takes_no_calls_the_phone_is_quiet_and_she_is_told_why(
    desk: Desk,
) -> None:
    """Her card of a call could never be closed; the caller is to come to somebody else."""
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
    desk.desk._phone_gone()  # what its timer does
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


# --- what the phone has not confirmed is not so ---


@pytest.fixture
def slow(desk: Desk) -> Desk:
    """Its phone says what it does only where a test lets it."""
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
    slow.says(refuses=True)  # the answer to an earlier wish says nothing of this one
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
    slow.state.press_key()  # the first press is not forgotten: this one asks what for
    assert slow.doing() is Doing.BREAK
    slow.says(refuses=False)

    assert [notice.head for notice in slow.notices] == [
        "Вы не принимаете звонки: перерыв, обед",
        "Вы принимаете звонки",
    ]
    slow.state.choose(READY)  # it is so already
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
    slow.gate.waited_enough()  # what its timer does

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


# --- codes for the telephone system ---


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

    # a code is no call: it has no card, and nobody talks
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
    """A desk whose telephone system is told by presence; its phone is there."""
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
