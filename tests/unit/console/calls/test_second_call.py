"""Several callers at once: each is reached, and none is taken for another."""

from __future__ import annotations

from console.presenters.block_content import strip_content
from sync.register import calls
from sync.register.calls import CallResult, CallState
from telephony.events import (
    CallEnded,
    EndCause,
    TransferProgressed,
    TransferState,
)
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import CONSULTATION
from tests.fakes.led_calls import ASKED, FIRST, SECOND, THIRD, LedCalls


def test_the_second_call_is_answered_and_the_first_one_is_kept(bench: LedCalls) -> None:
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


def test_f2_answers_while_the_first_caller_waits_on_hold(bench: LedCalls) -> None:
    bench.talk()
    bench.hear(FIRST.held(), SECOND.ringing())
    bench.calls.answer()

    assert bench.sent() == [("answer", SECOND.call_id)]


def test_the_second_call_s_end_leaves_its_card_until_the_operator_turns(bench: LedCalls) -> None:
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


def test_a_card_saved_behind_another_closes_with_its_call(bench: LedCalls) -> None:
    bench.talk()
    card = bench.typed
    bench.desk.change_card(calls.edit(card, content="Справка", result=CallResult.ANSWERED))
    bench.desk.save()
    bench.hear(SECOND.ringing(), SECOND.answered(10), FIRST.held(10), FIRST.ended())

    assert bench.front() == SECOND.call_id
    assert bench.card(FIRST).state is CallState.CLOSED


def test_one_key_comes_to_every_caller_in_turn_and_the_strip_says_to_whom(bench: LedCalls) -> None:
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


def test_another_caller_is_not_taken_for_the_one_who_was_asked_about(bench: LedCalls) -> None:
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


def test_the_end_of_a_consultation_says_how_to_reach_the_caller_behind(bench: LedCalls) -> None:
    bench.talk()
    bench.hear(SECOND.ringing(), SECOND.answered(5), FIRST.held(5))
    bench.calls.consult("301")
    bench.hear(SECOND.held(10), ASKED.dialled(), ASKED.answered(12))
    bench.hear(ASKED.held(20), FIRST.resumed(20))
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert bench.notices[-1].head == "Собеседник положил трубку"
    assert bench.notices[-1].body == "Абонент всё ещё на удержании: Shift+F9 — перейти к нему."


def test_nobody_is_said_to_wait_who_has_left(bench: LedCalls) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered(), FIRST.ended())
    bench.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert (bench.notices[-1].head, bench.notices[-1].body) == ("Собеседник положил трубку", "")


def test_a_failed_transfer_tears_nobody_from_the_caller_whom_he_talks_to(bench: LedCalls) -> None:
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


def test_nobody_is_asked_twice_about_one_caller(bench: LedCalls) -> None:
    bench.talk()
    bench.consult()
    bench.hear(ASKED.answered())
    bench.sent()
    assert not bench.calls.consult("302")
    assert not bench.calls.transfer("302")

    assert bench.sent() == []
    assert bench.notices[-1].head == "Вы уже советуетесь об этом абоненте"
