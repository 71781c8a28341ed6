"""What the operator does with calls: sent at once, shown when confirmed, never by a slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.presenters.block_content import talking_block
from console.presenters.desk_state import CallPurpose
from console.presenters.live_calls import LineState
from console.presenters.pending_commands import Asked
from sync.register.calls import CallResult, CallState
from telephony.events import (
    CallEnded,
    CommandRefused,
    ConferenceChanged,
    EndCause,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import CONSULTATION, OUR_CALL, Call, connected, disconnected
from tests.fakes.led_calls import ASKED, FIRST, SECOND, LedCalls

# --- hold ---


def test_hold_is_shown_only_when_the_far_side_has_agreed(bench: LedCalls) -> None:
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


def test_hold_that_nobody_confirms_is_told_after_three_seconds(bench: LedCalls) -> None:
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


def test_hold_that_is_refused_is_told_with_its_reason(bench: LedCalls) -> None:
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
    bench: LedCalls, held_s: float, tint: str, role: str, word: str
) -> None:
    bench.talk()
    bench.clock.now = FIRST.held().at
    bench.hear(FIRST.held())
    block = talking_block(bench.view(held_s), bench.call)

    assert (block.tint, block.timer_role, block.word) == (tint, role, word)
    assert block.since == FIRST.held().at
    assert (block.pill is None) == (held_s < 60)


# --- double presses ---


def test_a_double_press_undoes_nothing(bench: LedCalls) -> None:
    bench.talk()
    bench.calls.toggle_hold()
    bench.hear(FIRST.held())
    bench.later(0.3)
    bench.calls.toggle_hold()
    assert bench.sent() == [("hold", FIRST.call_id)]

    bench.later(1.0)
    bench.calls.toggle_hold()
    assert bench.sent() == [("resume", FIRST.call_id)]


def test_the_end_of_one_call_turns_no_ring_away_and_ends_another_when_meant(
    bench: LedCalls,
) -> None:
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


def test_hanging_up_a_consultation_twice_leaves_the_caller(bench: LedCalls) -> None:
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


def test_two_calls_at_once_end_by_two_presses(bench: LedCalls) -> None:
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


def test_the_microphone_is_shown_off_when_the_phone_says_so(bench: LedCalls) -> None:
    bench.talk()
    bench.calls.toggle_mute()
    assert not bench.call.muted
    bench.hear(FIRST.muted())
    block = talking_block(bench.view(), bench.call)
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")
    bench.later(0.5)
    bench.calls.toggle_mute()
    assert bench.sent() == [("mute", FIRST.call_id), ("unmute", FIRST.call_id)]


def test_the_recording_is_seen_paused_and_lost(bench: LedCalls) -> None:
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


def test_hold_microphone_and_recording_are_known_again_after_a_restart(bench: LedCalls) -> None:
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


# --- what was told of a call goes with it ---


def test_what_was_told_is_overtaken_by_the_next_turn(bench: LedCalls) -> None:
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


def test_a_call_of_ours_is_a_record_of_its_own(bench: LedCalls) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    assert bench.calls.dial("+79005550107")
    bench.hear(ours.dialled())
    assert (bench.state.line, bench.front()) == (LineState.DIALLING, OUR_CALL)
    bench.hear(ours.answered())
    record = bench.card(ours)
    assert (record.direction, record.phone) == ("outgoing", "+79005550107")
    assert bench.call.is_up


def test_a_call_for_a_notice_closes_by_itself(bench: LedCalls) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    bench.calls.dial("+79005550107", purpose=CallPurpose("Перезвонили", CallResult.ANSWERED))
    bench.hear(ours.dialled(), ours.answered(), ours.ended())

    record = bench.card(ours)
    assert (record.state, record.result) == (CallState.CLOSED, CallResult.ANSWERED)
    assert record.content == "Перезвонили"


def test_nobody_is_called_while_somebody_is_on_the_line(bench: LedCalls) -> None:
    bench.talk()
    assert not bench.calls.dial("301")
    assert bench.sent() == []
    assert bench.notices[-1].problem


def test_what_cannot_be_dialled_is_told(bench: LedCalls) -> None:
    bench.calls.dial("301")
    bench.hear(CommandRefused(OUR_CALL, "call", "bad_number"))

    assert bench.notices[-1].head == "Не удалось позвонить"
    assert bench.calls.pending == frozenset()
