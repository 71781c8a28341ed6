"""A caller is handed over: straight, after a talk, or by three who hear each other."""

from __future__ import annotations

from dataclasses import replace

from console.presenters.block_content import talking_block
from console.presenters.call_partners import pair_of
from console.presenters.live_calls import LineState
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

# --- handing over ---


def test_a_failed_transfer_gives_the_caller_back_with_the_reason(bench: LedCalls) -> None:
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


def test_a_caller_who_was_held_before_stays_held_after_a_failed_transfer(bench: LedCalls) -> None:
    bench.talk()
    bench.hear(FIRST.held())
    bench.calls.transfer("301")
    bench.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 404))

    assert bench.sent() == [("transfer", FIRST.call_id, "301")]
    assert bench.notices[-1].head == "Не переведено: такого номера нет"
    assert "на удержании" in bench.notices[-1].body


def test_a_transfer_that_succeeds_ends_in_the_card(bench: LedCalls) -> None:
    bench.talk()
    bench.calls.transfer("301")
    bench.hear(CallEnded(FIRST.call_id, RANG_AT, EndCause.TRANSFERRED))

    assert bench.notices[-1].head == "Абонент переведён"
    assert bench.state.line is LineState.WRAP_UP
    assert bench.front() == FIRST.call_id
    assert bench.card(FIRST).end_cause == "transferred"


def test_a_consultation_has_no_record_and_leaves_the_card_of_its_caller(bench: LedCalls) -> None:
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
    bench: LedCalls,
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


def test_who_was_talked_about_hears_that_the_caller_has_left(bench: LedCalls) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered(), FIRST.ended())

    assert bench.notices[-1].head == "Абонент на удержании положил трубку"


def test_f3_goes_back_from_the_consultation_to_the_caller(bench: LedCalls) -> None:
    bench.talk()
    bench.consult()
    bench.later()
    bench.calls.toggle_hold()
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.CANCELLED), FIRST.resumed())

    assert bench.sent() == [("consult", FIRST.call_id, "301"), ("back", FIRST.call_id)]
    assert bench.notices == []
    assert pair_of(bench.state) is None
    assert bench.call.held_since is None


def test_who_is_not_reached_is_told_and_the_caller_waits(bench: LedCalls) -> None:
    bench.talk()
    bench.consult()
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.BUSY, 486))

    assert bench.notices[-1].head == "Не дозвонились: номер занят"
    assert "F3" in bench.notices[-1].body
    assert bench.call.call_id == FIRST.call_id
    assert bench.call.held_since is not None


def test_a_consultation_is_known_again_after_a_restart(bench: LedCalls) -> None:
    snapshot = replace(ASKED.snapshot(answered=True), consultation_of=FIRST.call_id)
    bench.hear(connected(FIRST.snapshot(answered=True), snapshot))

    assert [record.sip_call_id for record in bench.register.records.values()] == [FIRST.call_id]
    pair = pair_of(bench.state)
    assert pair is not None
    assert (pair.caller.call_id, pair.consulted.call_id) == (FIRST.call_id, CONSULTATION)


# --- three who hear each other ---


def test_the_microphone_is_one_for_both_of_a_conference(bench: LedCalls) -> None:
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
