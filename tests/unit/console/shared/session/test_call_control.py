"""The operator's call control: immediate commands, confirmed states, protection from double
presses.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.features.call_bar.block_content import talking_block
from console.shared.session.call_control import Asked
from console.shared.session.live_calls import CallPurpose, LineState
from sync.register.calls.calls import CallResult, CallState
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


def test_hold_is_shown_only_when_the_far_side_has_agreed(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.toggle_hold()

    assert led_calls.sent() == [("hold", FIRST.call_id)]
    assert led_calls.calls.pending == {Asked.HOLD}
    assert talking_block(led_calls.view(), led_calls.call).word == "удерживаем…"
    assert led_calls.call.held_since is None

    led_calls.hear(FIRST.held())
    assert led_calls.calls.pending == frozenset()
    assert led_calls.call.held_since == FIRST.held().at
    assert talking_block(led_calls.view(), led_calls.call).word == "На удержании"


def test_hold_that_nobody_confirms_is_told_after_three_seconds(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.toggle_hold()
    led_calls.later(2.9)
    led_calls.calls.look_for_overdue()
    assert led_calls.notices == []
    led_calls.later(0.2)
    led_calls.calls.look_for_overdue()

    assert [notice.head for notice in led_calls.notices] == ["Не удалось удержать: повторите"]
    assert led_calls.calls.pending == frozenset()
    assert led_calls.call.held_since is None
    led_calls.calls.toggle_hold()
    assert led_calls.sent() == [("hold", FIRST.call_id), ("hold", FIRST.call_id)]


def test_hold_that_is_refused_is_told_with_its_reason(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.toggle_hold()
    led_calls.hear(CommandRefused(FIRST.call_id, "hold", "refused"))

    assert led_calls.notices[-1].head == "Не удалось удержать"
    assert led_calls.notices[-1].body == "Другая сторона этого не разрешает."
    assert led_calls.notices[-1].problem


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
    led_calls: LedCalls, held_s: float, tint: str, role: str, word: str
) -> None:
    led_calls.talk()
    led_calls.clock.now = FIRST.held().at
    led_calls.hear(FIRST.held())
    block = talking_block(led_calls.view(held_s), led_calls.call)

    assert (block.tint, block.timer_role, block.word) == (tint, role, word)
    assert block.since == FIRST.held().at
    assert (block.pill is None) == (held_s < 60)


# --- double presses ---


def test_a_double_press_undoes_nothing(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.toggle_hold()
    led_calls.hear(FIRST.held())
    led_calls.later(0.3)
    led_calls.calls.toggle_hold()
    assert led_calls.sent() == [("hold", FIRST.call_id)]

    led_calls.later(1.0)
    led_calls.calls.toggle_hold()
    assert led_calls.sent() == [("resume", FIRST.call_id)]


def test_the_end_of_one_call_turns_no_ring_away_and_ends_another_when_meant(
    led_calls: LedCalls,
) -> None:
    led_calls.talk()
    led_calls.calls.hang_up()
    led_calls.hear(FIRST.ended(EndCause.NEAR_END), SECOND.ringing())
    led_calls.later(0.5)
    led_calls.calls.hang_up()
    assert led_calls.sent() == [("hang_up", FIRST.call_id)]

    led_calls.calls.answer()
    led_calls.hear(SECOND.answered())
    led_calls.calls.hang_up()
    assert led_calls.sent() == [("answer", SECOND.call_id), ("hang_up", SECOND.call_id)]


def test_hanging_up_a_consultation_twice_leaves_the_caller(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(ASKED.answered())
    led_calls.later()
    led_calls.sent()
    led_calls.calls.hang_up()
    led_calls.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.NEAR_END))
    led_calls.later(0.3)
    led_calls.calls.hang_up()

    assert led_calls.sent() == [("hang_up", CONSULTATION)]
    assert led_calls.notices[-1].head.startswith("F8 не принята")
    led_calls.later()
    led_calls.calls.hang_up()
    assert led_calls.sent() == [("hang_up", FIRST.call_id)]


def test_two_calls_at_once_end_by_two_presses(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(ASKED.answered())
    led_calls.later()
    led_calls.calls.join()
    both = (FIRST.call_id, CONSULTATION)
    led_calls.hear(ConferenceChanged(RANG_AT, both), FIRST.resumed())
    assert led_calls.sent()[-1] == ("set_conference", *both)
    block = talking_block(led_calls.view(), led_calls.call)
    assert (block.title, block.word) == ("+7 (900) 555-01-01 и Дежурный", "втроём")

    led_calls.later()
    led_calls.calls.hang_up()
    led_calls.later(0.5)
    led_calls.calls.hang_up()
    assert led_calls.sent() == []
    assert led_calls.notices[-1].problem
    led_calls.later(1.2)
    led_calls.calls.hang_up()
    assert led_calls.sent() == [("hang_up", FIRST.call_id), ("hang_up", CONSULTATION)]


# --- microphone and recording ---


def test_the_microphone_is_shown_off_when_the_phone_says_so(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.toggle_mute()
    assert not led_calls.call.muted
    led_calls.hear(FIRST.muted())
    block = talking_block(led_calls.view(), led_calls.call)
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")
    led_calls.later(0.5)
    led_calls.calls.toggle_mute()
    assert led_calls.sent() == [("mute", FIRST.call_id), ("unmute", FIRST.call_id)]


def test_the_recording_is_seen_paused_and_lost(led_calls: LedCalls) -> None:
    def told(state: RecordingState) -> RecordingChanged:
        return RecordingChanged(FIRST.call_id, RANG_AT, state, "file")

    def pill() -> str:
        recording = talking_block(led_calls.view(), led_calls.call).recording
        return "" if recording is None else recording[0]

    led_calls.talk()
    led_calls.hear(told(RecordingState.STARTED))
    assert pill() == "Идёт запись"
    led_calls.calls.toggle_recording()
    led_calls.hear(told(RecordingState.PAUSED))
    assert pill() == "Запись на паузе"
    led_calls.later()
    led_calls.calls.toggle_recording()
    assert [command[2] for command in led_calls.sent()] == ["pause", "resume"]
    led_calls.hear(told(RecordingState.FAILED))
    assert pill() == ""
    assert led_calls.notices[-1].head == "Запись вызова прервалась"


def test_hold_microphone_and_recording_are_known_again_after_a_restart(led_calls: LedCalls) -> None:
    kept = replace(
        FIRST.snapshot(answered=True),
        held_by=(Side.NEAR,),
        muted=True,
        recording=RecordingState.PAUSED,
    )
    led_calls.hear(connected(kept))
    block = talking_block(led_calls.view(), led_calls.call)

    assert (block.word, block.since) == ("На удержании", led_calls.clock())
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")
    assert block.recording == ("Запись на паузе", "pause", "warn")
    # The connection to the phone broke briefly: on reconnection it reports all changes.
    led_calls.hear(disconnected(), connected(FIRST.snapshot(answered=True)))
    assert (led_calls.call.held_since, led_calls.call.muted, led_calls.call.recording) == (
        None,
        False,
        None,
    )


# --- notices of a call ---


def test_what_was_told_is_overtaken_by_the_next_turn(led_calls: LedCalls) -> None:
    """The notice that the caller had returned remained while the caller was on hold again."""
    led_calls.talk()
    led_calls.calls.transfer("301")
    led_calls.hear(FIRST.held())
    led_calls.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))
    led_calls.hear(FIRST.resumed())
    led_calls.calls.toggle_mute()
    told = led_calls.notices[-1]
    assert led_calls.overtaken.values == []

    led_calls.calls.consult("302")
    assert led_calls.overtaken.values == [told]


# --- calling ---


def test_a_call_of_ours_is_a_record_of_its_own(led_calls: LedCalls) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    assert led_calls.calls.dial("+79005550107")
    led_calls.hear(ours.dialled())
    assert (led_calls.state.line, led_calls.front()) == (LineState.DIALLING, OUR_CALL)
    led_calls.hear(ours.answered())
    record = led_calls.card(ours)
    assert (record.direction, record.phone) == ("outgoing", "+79005550107")
    assert led_calls.call.is_up


def test_a_call_for_a_notice_closes_by_itself(led_calls: LedCalls) -> None:
    ours = Call(OUR_CALL, "+79005550107")
    led_calls.calls.dial("+79005550107", purpose=CallPurpose("Перезвонили", CallResult.ANSWERED))
    led_calls.hear(ours.dialled(), ours.answered(), ours.ended())

    record = led_calls.card(ours)
    assert (record.state, record.result) == (CallState.CLOSED, CallResult.ANSWERED)
    assert record.content == "Перезвонили"


def test_nobody_is_called_while_somebody_is_on_the_line(led_calls: LedCalls) -> None:
    led_calls.talk()
    assert not led_calls.calls.dial("301")
    assert led_calls.sent() == []
    assert led_calls.notices[-1].problem


def test_what_cannot_be_dialled_is_told(led_calls: LedCalls) -> None:
    led_calls.calls.dial("301")
    led_calls.hear(CommandRefused(OUR_CALL, "call", "bad_number"))

    assert led_calls.notices[-1].head == "Не удалось позвонить"
    assert led_calls.calls.pending == frozenset()
