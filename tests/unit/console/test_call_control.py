"""What the operator does with calls: sent at once, shown when confirmed, never by a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.block_content import CallView, strip_content, talking_block
from console.presenters.call_partners import pair_of
from console.presenters.desk_state import CallPurpose, DeskState
from console.presenters.live_calls import LineState, LiveCall
from console.presenters.notices import Notice
from console.presenters.pending_commands import Asked
from console.presenters.status import StatusPresenter
from console.settings import CITY_ZONE
from sync.register import calls
from sync.register.calls import CallRecord, CallResult, CallState
from sync.register.operator_states import OperatorStatus
from telephony.events import (
    CallEnded,
    CallProgressed,
    CommandRefused,
    ConferenceChanged,
    EndCause,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)
from tests.fakes.console_fakes import AREA_CODE, RANG_AT, Clock, InlineExecutor, Told
from tests.fakes.console_phone import CONSULTATION, OUR_CALL, Call, connected, disconnected
from tests.fakes.led_desk import LedDesk

FIRST = Call()
SECOND = Call("two@test.invalid", "89005550102")
THIRD = Call("three@test.invalid", "89005550103")
ASKED = Call(CONSULTATION, "301")


class Bench(LedDesk):
    """With the line at the foot, and all that was told."""

    def __init__(
        self, owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock
    ) -> None:
        super().__init__(owner, deliveries, milestones, clock)
        self.status = StatusPresenter(
            self.register,
            InlineExecutor(),
            deliveries,
            has_central=False,
            has_registrar=False,
            is_out_of_hours=lambda _at: False,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.status.receive_phone(connected())
        self.told = Told(self.calls.told)
        self.overtaken = Told(self.calls.overtaken)

    def talk(self, call: Call = FIRST) -> None:
        self.hear(call.ringing(), call.answered())
        self.later()

    @property
    def state(self) -> DeskState:
        return self.desk.state

    @property
    def call(self) -> LiveCall:
        """The call in front."""
        call = self.state.call
        assert call is not None
        return call

    @property
    def typed(self) -> CallRecord:
        """The card in front."""
        card = self.state.card
        assert card is not None
        return card

    @property
    def notices(self) -> list[Notice]:
        return self.told.values

    def view(self, held_s: float = 0) -> CallView:
        self.clock.advance(held_s)
        return CallView(
            self.state,
            self.status.state,
            self.clock(),
            CITY_ZONE,
            AREA_CODE,
            self.calls.title_of,
            OperatorStatus(self.clock()),
            pending=self.calls.pending,
        )

    def card(self, call: Call) -> CallRecord:
        found = self.register.of_call(call.call_id)
        assert found is not None
        return found

    def front(self) -> str:
        card = self.state.card
        return "" if card is None else card.sip_call_id

    def consult(self) -> None:
        self.calls.consult("301", "Дежурный")
        self.hear(FIRST.held(), ASKED.dialled())


@pytest.fixture
def bench(owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock) -> Bench:
    return Bench(owner, deliveries, milestones, clock)


# --- hold ---


def test_hold_is_shown_only_when_the_far_side_has_agreed(bench: Bench) -> None:
    bench.talk()
    bench.calls.toggle_hold()

    assert bench.sent() == [("hold", FIRST.call_id)]
    assert bench.calls.pending == {Asked.HOLD}
    assert talking_block(bench.view(), bench.call).word == "удерживаем…"
    assert bench.call.held_since is None

    bench.hear(FIRST.held())
    assert bench.calls.pending == frozenset()
    assert bench.call.held_since == FIRST.held().at
    assert talking_block(bench.view(), bench.call).word == "На удержании"


def test_hold_that_nobody_confirms_is_told_after_three_seconds(bench: Bench) -> None:
    bench.talk()
    bench.calls.toggle_hold()
    bench.later(2.9)
    bench.calls.look_for_overdue()
    assert bench.notices == []
    bench.later(0.2)
    bench.calls.look_for_overdue()

    assert [notice.head for notice in bench.notices] == ["Не удалось удержать: повторите"]
    assert bench.calls.pending == frozenset()
    assert bench.call.held_since is None
    bench.calls.toggle_hold()
    assert bench.sent() == [("hold", FIRST.call_id), ("hold", FIRST.call_id)]


def test_hold_that_is_refused_is_told_with_its_reason(bench: Bench) -> None:
    bench.talk()
    bench.calls.toggle_hold()
    bench.hear(CommandRefused(FIRST.call_id, "hold", "refused"))

    assert bench.notices[-1].head == "Не удалось удержать"
    assert bench.notices[-1].body == "Другая сторона этого не разрешает."
    assert bench.notices[-1].problem


@pytest.mark.parametrize(
    ("held_s", "tint", "role", "word"),
    [
        (59, "warn", "text", "На удержании"),
        (60, "warn", "warn", "держим больше минуты"),
        (119, "warn", "warn", "держим больше минуты"),
        (120, "danger", "danger", "держим больше двух минут"),
    ],
)
def test_the_hold_timer_turns_amber_and_red_with_a_word(
    bench: Bench, held_s: float, tint: str, role: str, word: str
) -> None:
    bench.talk()
    bench.clock.now = FIRST.held().at
    bench.hear(FIRST.held())
    block = talking_block(bench.view(held_s), bench.call)

    assert (block.tint, block.timer_role, block.word) == (tint, role, word)
    assert block.since == FIRST.held().at
    assert (block.pill is None) == (held_s < 60)


# --- double presses ---


def test_a_double_press_undoes_nothing(bench: Bench) -> None:
    bench.talk()
    bench.calls.toggle_hold()
    bench.hear(FIRST.held())
    bench.later(0.3)
    bench.calls.toggle_hold()
    assert bench.sent() == [("hold", FIRST.call_id)]

    bench.later(1.0)
    bench.calls.toggle_hold()
    assert bench.sent() == [("resume", FIRST.call_id)]


def test_the_end_of_one_call_turns_no_ring_away_and_ends_another_when_meant(bench: Bench) -> None:
    bench.talk()
    bench.calls.hang_up()
    bench.hear(FIRST.ended(EndCause.NEAR_END), SECOND.ringing())
    bench.later(0.5)
    bench.calls.hang_up()
    assert bench.sent() == [("hang_up", FIRST.call_id)]

    bench.calls.answer()
    bench.hear(SECOND.answered())
    bench.calls.hang_up()
    assert bench.sent() == [("answer", SECOND.call_id), ("hang_up", SECOND.call_id)]


def test_hanging_up_a_consultation_twice_leaves_the_caller(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered())
    bench.later()
    bench.sent()
    bench.calls.hang_up()
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.NEAR_END))
    bench.later(0.3)
    bench.calls.hang_up()

    assert bench.sent() == [("hang_up", CONSULTATION)]
    assert bench.notices[-1].head.startswith("F8 не принята")
    bench.later()
    bench.calls.hang_up()
    assert bench.sent() == [("hang_up", FIRST.call_id)]


def test_two_calls_at_once_end_by_two_presses(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered())
    bench.later()
    bench.calls.join()
    both = (FIRST.call_id, CONSULTATION)
    bench.hear(ConferenceChanged(RANG_AT, both), FIRST.resumed())
    assert bench.sent()[-1] == ("set_conference", *both)
    block = talking_block(bench.view(), bench.call)
    assert (block.title, block.word) == ("+7 (900) 555-01-01 и Дежурный", "втроём")

    bench.later()
    bench.calls.hang_up()
    bench.later(0.5)
    bench.calls.hang_up()
    assert bench.sent() == []
    assert bench.notices[-1].problem
    bench.later(1.2)
    bench.calls.hang_up()
    assert bench.sent() == [("hang_up", FIRST.call_id), ("hang_up", CONSULTATION)]


# --- microphone and recording ---


def test_the_microphone_is_shown_off_when_the_phone_says_so(bench: Bench) -> None:
    bench.talk()
    bench.calls.toggle_mute()
    assert not bench.call.muted
    bench.hear(FIRST.muted())
    block = talking_block(bench.view(), bench.call)
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")
    bench.later(0.5)
    bench.calls.toggle_mute()
    assert bench.sent() == [("mute", FIRST.call_id), ("unmute", FIRST.call_id)]


def test_the_recording_is_seen_paused_and_lost(bench: Bench) -> None:
    def told(state: RecordingState) -> RecordingChanged:
        return RecordingChanged(FIRST.call_id, RANG_AT, state, "file")

    def pill() -> str:
        recording = talking_block(bench.view(), bench.call).recording
        return "" if recording is None else recording[0]

    bench.talk()
    bench.hear(told(RecordingState.STARTED))
    assert pill() == "Идёт запись"
    bench.calls.toggle_recording()
    bench.hear(told(RecordingState.PAUSED))
    assert pill() == "Запись на паузе"
    bench.later()
    bench.calls.toggle_recording()
    assert [command[2] for command in bench.sent()] == ["pause", "resume"]
    bench.hear(told(RecordingState.FAILED))
    assert pill() == ""
    assert bench.notices[-1].head == "Запись вызова прервалась"


# --- handing over ---


def test_a_failed_transfer_gives_the_caller_back_with_the_reason(bench: Bench) -> None:
    bench.talk()
    assert bench.calls.transfer("301")
    bench.hear(
        FIRST.held(),
        TransferProgressed(FIRST.call_id, RANG_AT, TransferState.REQUESTED, "301"),
    )
    assert talking_block(bench.view(), bench.call).word == "переводим"
    bench.later()
    bench.calls.hang_up()
    assert bench.sent() == [("transfer", FIRST.call_id, "301")]
    assert "Перевод ещё идёт" in bench.notices[-1].head

    bench.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))
    assert bench.notices[-1].head == "Не переведено: номер занят"
    assert bench.notices[-1].body == "Абонент возвращается к вам."
    assert bench.sent() == [("resume", FIRST.call_id)]
    bench.hear(FIRST.resumed())
    assert bench.calls.pending == frozenset()


def test_a_caller_who_was_held_before_stays_held_after_a_failed_transfer(bench: Bench) -> None:
    bench.talk()
    bench.hear(FIRST.held())
    bench.calls.transfer("301")
    bench.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 404))

    assert bench.sent() == [("transfer", FIRST.call_id, "301")]
    assert bench.notices[-1].head == "Не переведено: такого номера нет"
    assert "на удержании" in bench.notices[-1].body


def test_a_transfer_that_succeeds_ends_in_the_card(bench: Bench) -> None:
    bench.talk()
    bench.calls.transfer("301")
    bench.hear(CallEnded(FIRST.call_id, RANG_AT, EndCause.TRANSFERRED))

    assert bench.notices[-1].head == "Абонент переведён"
    assert bench.state.line is LineState.WRAP_UP
    assert bench.front() == FIRST.call_id
    assert bench.card(FIRST).end_cause == "transferred"


def test_a_consultation_has_no_record_and_leaves_the_card_of_its_caller(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(CallProgressed(CONSULTATION, RANG_AT, 180))
    assert bench.calls.pending == frozenset()
    assert bench.state.line is LineState.TALKING
    assert bench.front() == FIRST.call_id
    block = talking_block(bench.view(), bench.call)
    assert (block.title, block.word) == ("Дежурный", "там звонит")
    assert block.detail == "на удержании: +7 (900) 555-01-01"
    assert block.detail_since == FIRST.held().at

    bench.later()
    bench.calls.complete()
    assert bench.notices[-1].head == "Дождитесь, пока там ответят"
    bench.hear(ASKED.answered())
    bench.calls.complete()
    bench.hear(
        CallEnded(CONSULTATION, RANG_AT, EndCause.TRANSFERRED),
        CallEnded(FIRST.call_id, RANG_AT, EndCause.TRANSFERRED),
    )
    assert CONSULTATION in bench.phone.forgotten()
    assert bench.sent() == [("consult", FIRST.call_id, "301"), ("complete", FIRST.call_id)]
    assert [record.sip_call_id for record in bench.register.records.values()] == [FIRST.call_id]
    assert bench.notices[-1].head == "Абонент переведён"


def test_a_caller_who_hangs_up_on_hold_is_told_of_while_another_one_is_talked_to(
    bench: Bench,
) -> None:
    """The strip of who waited goes without a word, and she would turn back to nobody."""
    bench.talk()
    bench.hear(SECOND.ringing(), FIRST.held(), SECOND.answered())
    bench.hear(FIRST.ended())
    assert bench.notices[-1].head == "Абонент на удержании положил трубку"
    assert "Ctrl+Shift+D" in bench.notices[-1].body

    told = len(bench.notices)
    bench.hear(SECOND.ended())  # whom she talks to: the bar says that
    assert len(bench.notices) == told


def test_who_was_talked_about_hears_that_the_caller_has_left(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered(), FIRST.ended())

    assert bench.notices[-1].head == "Абонент на удержании положил трубку"


def test_f3_goes_back_from_the_consultation_to_the_caller(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.later()
    bench.calls.toggle_hold()
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.CANCELLED), FIRST.resumed())

    assert bench.sent() == [("consult", FIRST.call_id, "301"), ("back", FIRST.call_id)]
    assert bench.notices == []
    assert pair_of(bench.state) is None
    assert bench.call.held_since is None


def test_who_is_not_reached_is_told_and_the_caller_waits(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.BUSY, 486))

    assert bench.notices[-1].head == "Не дозвонились: номер занят"
    assert "F3" in bench.notices[-1].body
    assert bench.call.call_id == FIRST.call_id
    assert bench.call.held_since is not None


def test_a_consultation_is_known_again_after_a_restart(bench: Bench) -> None:
    snapshot = replace(ASKED.snapshot(answered=True), consultation_of=FIRST.call_id)
    bench.hear(connected(FIRST.snapshot(answered=True), snapshot))

    assert [record.sip_call_id for record in bench.register.records.values()] == [FIRST.call_id]
    pair = pair_of(bench.state)
    assert pair is not None
    assert (pair.caller.call_id, pair.consulted.call_id) == (FIRST.call_id, CONSULTATION)


def test_hold_microphone_and_recording_are_known_again_after_a_restart(bench: Bench) -> None:
    kept = replace(
        FIRST.snapshot(answered=True),
        held_by=(Side.NEAR,),
        muted=True,
        recording=RecordingState.PAUSED,
    )
    bench.hear(connected(kept))
    block = talking_block(bench.view(), bench.call)

    assert (block.word, block.since) == ("На удержании", bench.clock())
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")
    assert block.recording == ("Запись на паузе", "pause", "warn")
    # The line to the phone broke for a moment: it tells what has changed meanwhile.
    bench.hear(disconnected(), connected(FIRST.snapshot(answered=True)))
    assert (bench.call.held_since, bench.call.muted, bench.call.recording) == (None, False, None)


# --- the second call ---


def test_the_second_call_is_answered_and_the_first_one_is_kept(bench: Bench) -> None:
    bench.talk()
    bench.desk.change_card(calls.edit(bench.typed, content="Первый"))
    bench.hear(SECOND.ringing())
    strip = strip_content(bench.view())
    assert strip is not None
    assert (strip.icon, strip.since) == ("phone-incoming", SECOND.rang_at)
    bench.calls.answer()
    assert bench.sent() == []

    bench.calls.switch()
    assert bench.sent() == [("answer", SECOND.call_id)]
    bench.hear(SECOND.answered(10), FIRST.held(10))
    assert bench.front() == SECOND.call_id
    assert bench.card(FIRST).content == "Первый"
    strip = strip_content(bench.view())
    assert strip is not None
    assert strip.text == "+7 (900) 555-01-01"

    bench.later()
    bench.calls.switch()
    assert bench.sent() == [("resume", FIRST.call_id)]
    bench.hear(SECOND.held(30), FIRST.resumed(30))
    assert bench.front() == FIRST.call_id
    assert bench.typed.content == "Первый"
    assert bench.card(FIRST).state is CallState.DRAFT


def test_f2_answers_while_the_first_caller_waits_on_hold(bench: Bench) -> None:
    bench.talk()
    bench.hear(FIRST.held(), SECOND.ringing())
    bench.calls.answer()

    assert bench.sent() == [("answer", SECOND.call_id)]


def test_the_second_call_s_end_leaves_its_card_until_the_operator_turns(bench: Bench) -> None:
    bench.talk()
    bench.hear(SECOND.ringing(), SECOND.answered(10), FIRST.held(10), SECOND.ended())
    assert bench.front() == SECOND.call_id
    assert bench.call.call_id == FIRST.call_id

    bench.later()
    bench.calls.toggle_hold()
    bench.hear(FIRST.resumed(70))
    assert bench.sent() == [("resume", FIRST.call_id)]
    assert bench.front() == FIRST.call_id
    assert bench.card(SECOND).ended_at is not None


def test_a_card_saved_behind_another_closes_with_its_call(bench: Bench) -> None:
    bench.talk()
    card = bench.typed
    bench.desk.change_card(calls.edit(card, content="Справка", result=CallResult.ANSWERED))
    bench.desk.save()
    bench.hear(SECOND.ringing(), SECOND.answered(10), FIRST.held(10), FIRST.ended())

    assert bench.front() == SECOND.call_id
    assert bench.card(FIRST).state is CallState.CLOSED


def test_one_key_comes_to_every_caller_in_turn_and_the_strip_says_to_whom(bench: Bench) -> None:
    """With three of them it went to and fro between two, and the third heard music for good."""
    bench.talk()
    for call, at_s in ((SECOND, 10), (THIRD, 20)):
        bench.hear(call.ringing(), call.answered(at_s))
        bench.hear((FIRST if call is SECOND else SECOND).held(at_s))
    by_id = {call.call_id: call for call in (FIRST, SECOND, THIRD)}
    front, reached = THIRD, []
    for turn in range(3):
        strip = strip_content(bench.view())
        assert strip is not None
        bench.later()
        bench.calls.switch()
        ((command, wanted),) = bench.sent()
        assert command == "resume"
        assert strip.text.startswith(f"+7 (900) 555-01-{by_id[wanted].number[-2:]}")
        reached.append(wanted)
        bench.hear(front.held(30 + turn), by_id[wanted].resumed(30 + turn))
        front = by_id[wanted]

    assert reached == [FIRST.call_id, SECOND.call_id, THIRD.call_id]


def test_another_caller_is_not_taken_for_the_one_who_was_asked_about(bench: Bench) -> None:
    """Somebody else is in front: he is not connected with the body, and may be transferred."""
    bench.talk()
    bench.hear(SECOND.ringing(), SECOND.answered(5), FIRST.held(5))
    bench.later()
    bench.calls.consult("301")
    bench.hear(SECOND.held(10), ASKED.dialled(), ASKED.answered(12))
    bench.later()
    bench.sent()
    strip = strip_content(bench.view())
    bench.calls.switch()
    assert strip is not None
    assert strip.text == "+7 (900) 555-01-01"
    assert bench.sent() == [("resume", FIRST.call_id)]

    bench.hear(ASKED.held(20), FIRST.resumed(20))
    assert bench.front() == FIRST.call_id
    bench.calls.complete()
    bench.calls.join()
    assert bench.sent() == []
    assert bench.calls.transfer("302")
    assert bench.sent() == [("transfer", FIRST.call_id, "302")]


def test_the_end_of_a_consultation_says_how_to_reach_the_caller_behind(bench: Bench) -> None:
    bench.talk()
    bench.hear(SECOND.ringing(), SECOND.answered(5), FIRST.held(5))
    bench.calls.consult("301")
    bench.hear(SECOND.held(10), ASKED.dialled(), ASKED.answered(12))
    bench.hear(ASKED.held(20), FIRST.resumed(20))
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert bench.notices[-1].head == "Собеседник положил трубку"
    assert bench.notices[-1].body == "Абонент всё ещё на удержании: Shift+F9 — перейти к нему."


def test_nobody_is_said_to_wait_who_has_left(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered(), FIRST.ended())
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert (bench.notices[-1].head, bench.notices[-1].body) == ("Собеседник положил трубку", "")


def test_a_failed_transfer_tears_nobody_from_the_caller_whom_he_talks_to(bench: Bench) -> None:
    bench.talk()
    bench.calls.transfer("301")
    bench.hear(
        FIRST.held(),
        TransferProgressed(FIRST.call_id, RANG_AT, TransferState.REQUESTED, "301"),
        SECOND.ringing(),
        SECOND.answered(12),
    )
    bench.sent()
    bench.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))

    assert bench.sent() == []
    assert bench.notices[-1].head == "Не переведено: номер занят"
    assert "Shift+F9" in bench.notices[-1].body


def test_nobody_is_asked_twice_about_one_caller(bench: Bench) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered())
    bench.sent()
    assert not bench.calls.consult("302")
    assert not bench.calls.transfer("302")

    assert bench.sent() == []
    assert bench.notices[-1].head == "Вы уже советуетесь об этом абоненте"


# --- three who hear each other ---


def test_the_microphone_is_one_for_both_of_a_conference(bench: Bench) -> None:
    """One of the two heard the operator on, while the window said that nobody does."""
    bench.talk()
    bench.consult()
    bench.hear(FIRST.muted(), ASKED.answered())
    bench.hear(
        ConferenceChanged(RANG_AT, (FIRST.call_id, CONSULTATION)),
        FIRST.resumed(),
        ASKED.resumed(40),
    )
    assert bench.call.call_id == CONSULTATION
    block = talking_block(bench.view(), bench.call)
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")

    bench.sent()
    bench.calls.toggle_mute()
    assert bench.sent() == [("unmute", FIRST.call_id)]
    bench.hear(FIRST.muted(False))
    bench.later()
    bench.calls.toggle_mute()
    assert sorted(bench.sent()) == [("mute", CONSULTATION), ("mute", FIRST.call_id)]


# --- what was told of a call goes with it ---


def test_what_was_told_is_overtaken_by_the_next_turn(bench: Bench) -> None:
    """«The caller comes back to you» stood there while he was on hold again."""
    bench.talk()
    bench.calls.transfer("301")
    bench.hear(FIRST.held())
    bench.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))
    bench.hear(FIRST.resumed())
    bench.calls.toggle_mute()
    told = bench.notices[-1]
    assert bench.overtaken.values == []

    bench.calls.consult("302")
    assert bench.overtaken.values == [told]


# --- calling ---


def test_a_call_of_ours_is_a_record_of_its_own(bench: Bench) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    assert bench.calls.dial("+79005550107")
    bench.hear(ours.dialled())
    assert (bench.state.line, bench.front()) == (LineState.DIALLING, OUR_CALL)
    bench.hear(ours.answered())
    record = bench.card(ours)
    assert (record.direction, record.phone) == ("outgoing", "+79005550107")
    assert bench.call.is_up


def test_a_call_for_a_notice_closes_by_itself(bench: Bench) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    bench.calls.dial("+79005550107", purpose=CallPurpose("Перезвонили", CallResult.ANSWERED))
    bench.hear(ours.dialled(), ours.answered(), ours.ended())

    record = bench.card(ours)
    assert (record.state, record.result) == (CallState.CLOSED, CallResult.ANSWERED)
    assert record.content == "Перезвонили"


def test_nobody_is_called_while_somebody_is_on_the_line(bench: Bench) -> None:
    bench.talk()
    assert not bench.calls.dial("301")
    assert bench.sent() == []
    assert bench.notices[-1].problem


def test_what_cannot_be_dialled_is_told(bench: Bench) -> None:
    bench.calls.dial("301")
    bench.hear(CommandRefused(OUR_CALL, "call", "bad_number"))

    assert bench.notices[-1].head == "Не удалось позвонить"
    assert bench.calls.pending == frozenset()
