"""Call transfer: blind, attended, or by a three-party conference."""

from __future__ import annotations

from dataclasses import replace

from console.features.call_bar.block_content import talking_block
from console.shared.session.call_control import pair_of
from console.shared.session.live_calls import LineState
from telephony.events import (
    CallEnded,
    CallProgressed,
    ConferenceChanged,
    EndCause,
    TransferProgressed,
    TransferState,
)
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import CONSULTATION, connected
from tests.fakes.led_calls import ASKED, FIRST, SECOND, LedCalls

# --- transfer ---


def test_a_failed_transfer_gives_the_caller_back_with_the_reason(led_calls: LedCalls) -> None:
    led_calls.talk()
    assert led_calls.calls.transfer("301")
    led_calls.hear(
        FIRST.held(),
        TransferProgressed(FIRST.call_id, RANG_AT, TransferState.REQUESTED, "301"),
    )
    assert talking_block(led_calls.view(), led_calls.call).word == "переводим"
    led_calls.later()
    led_calls.calls.hang_up()
    assert led_calls.sent() == [("transfer", FIRST.call_id, "301")]
    assert "Перевод ещё идёт" in led_calls.notices[-1].head

    led_calls.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))
    assert led_calls.notices[-1].head == "Не переведено: номер занят"
    assert led_calls.notices[-1].body == "Абонент возвращается к вам."
    assert led_calls.sent() == [("resume", FIRST.call_id)]
    led_calls.hear(FIRST.resumed())
    assert led_calls.calls.pending == frozenset()


def test_a_caller_who_was_held_before_stays_held_after_a_failed_transfer(
    led_calls: LedCalls,
) -> None:
    led_calls.talk()
    led_calls.hear(FIRST.held())
    led_calls.calls.transfer("301")
    led_calls.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 404))

    assert led_calls.sent() == [("transfer", FIRST.call_id, "301")]
    assert led_calls.notices[-1].head == "Не переведено: такого номера нет"
    assert "на удержании" in led_calls.notices[-1].body


def test_a_transfer_that_succeeds_ends_in_the_card(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.calls.transfer("301")
    led_calls.hear(CallEnded(FIRST.call_id, RANG_AT, EndCause.TRANSFERRED))

    assert led_calls.notices[-1].head == "Абонент переведён"
    assert led_calls.state.line is LineState.WRAP_UP
    assert led_calls.front() == FIRST.call_id
    assert led_calls.card(FIRST).end_cause == "transferred"


def test_a_consultation_has_no_record_and_leaves_the_card_of_its_caller(
    led_calls: LedCalls,
) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(CallProgressed(CONSULTATION, RANG_AT, 180))
    assert led_calls.calls.pending == frozenset()
    assert led_calls.state.line is LineState.TALKING
    assert led_calls.front() == FIRST.call_id
    block = talking_block(led_calls.view(), led_calls.call)
    assert (block.title, block.word) == ("Дежурный", "там звонит")
    assert block.detail == "на удержании: +7 (900) 555-01-01"
    assert block.detail_since == FIRST.held().at

    led_calls.later()
    led_calls.calls.complete()
    assert led_calls.notices[-1].head == "Дождитесь, пока там ответят"
    led_calls.hear(ASKED.answered())
    led_calls.calls.complete()
    led_calls.hear(
        CallEnded(CONSULTATION, RANG_AT, EndCause.TRANSFERRED),
        CallEnded(FIRST.call_id, RANG_AT, EndCause.TRANSFERRED),
    )
    assert CONSULTATION in led_calls.phone.forgotten()
    assert led_calls.sent() == [("consult", FIRST.call_id, "301"), ("complete", FIRST.call_id)]
    assert [record.sip_call_id for record in led_calls.register.records.values()] == [FIRST.call_id]
    assert led_calls.notices[-1].head == "Абонент переведён"


def test_a_caller_who_hangs_up_on_hold_is_told_of_while_another_one_is_talked_to(
    led_calls: LedCalls,
) -> None:
    """The strip of the waiting caller disappeared silently, so the operator would return to
    no one.
    """
    led_calls.talk()
    led_calls.hear(SECOND.ringing(), FIRST.held(), SECOND.answered())
    led_calls.hear(FIRST.ended())
    assert led_calls.notices[-1].head == "Абонент на удержании положил трубку"
    assert "Ctrl+Shift+D" in led_calls.notices[-1].body

    told = len(led_calls.notices)
    led_calls.hear(SECOND.ended())  # the bar shows the remaining party
    assert len(led_calls.notices) == told


def test_who_was_talked_about_hears_that_the_caller_has_left(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(ASKED.answered(), FIRST.ended())

    assert led_calls.notices[-1].head == "Абонент на удержании положил трубку"


def test_f3_goes_back_from_the_consultation_to_the_caller(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.later()
    led_calls.calls.toggle_hold()
    led_calls.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.CANCELLED), FIRST.resumed())

    assert led_calls.sent() == [("consult", FIRST.call_id, "301"), ("back", FIRST.call_id)]
    assert led_calls.notices == []
    assert pair_of(led_calls.state) is None
    assert led_calls.call.held_since is None


def test_who_is_not_reached_is_told_and_the_caller_waits(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.BUSY, 486))

    assert led_calls.notices[-1].head == "Не дозвонились: номер занят"
    assert "F3" in led_calls.notices[-1].body
    assert led_calls.call.call_id == FIRST.call_id
    assert led_calls.call.held_since is not None


def test_a_consultation_is_known_again_after_a_restart(led_calls: LedCalls) -> None:
    snapshot = replace(ASKED.snapshot(answered=True), consultation_of=FIRST.call_id)
    led_calls.hear(connected(FIRST.snapshot(answered=True), snapshot))

    assert [record.sip_call_id for record in led_calls.register.records.values()] == [FIRST.call_id]
    pair = pair_of(led_calls.state)
    assert pair is not None
    assert (pair.caller.call_id, pair.consulted.call_id) == (FIRST.call_id, CONSULTATION)


# --- conference ---


def test_the_microphone_is_one_for_both_of_a_conference(led_calls: LedCalls) -> None:
    """One of the two parties still heard the operator, while the window showed a muted
    microphone.
    """
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(FIRST.muted(), ASKED.answered())
    led_calls.hear(
        ConferenceChanged(RANG_AT, (FIRST.call_id, CONSULTATION)),
        FIRST.resumed(),
        ASKED.resumed(40),
    )
    assert led_calls.call.call_id == CONSULTATION
    block = talking_block(led_calls.view(), led_calls.call)
    assert block.pill == ("Вас не слышно", "microphone-slash", "warn")

    led_calls.sent()
    led_calls.calls.toggle_mute()
    assert led_calls.sent() == [("unmute", FIRST.call_id)]
    led_calls.hear(FIRST.muted(False))
    led_calls.later()
    led_calls.calls.toggle_mute()
    assert sorted(led_calls.sent()) == [("mute", CONSULTATION), ("mute", FIRST.call_id)]
