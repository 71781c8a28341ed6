"""Several simultaneous callers: each can be reached, and none is mistaken for another."""

from __future__ import annotations

from console.features.call_bar.block_content import strip_content
from sync.register.calls import calls
from sync.register.calls.calls import CallResult, CallState
from telephony.events import CallEnded, EndCause, TransferProgressed, TransferState
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import CONSULTATION
from tests.fakes.led_calls import ASKED, FIRST, SECOND, THIRD, LedCalls


def test_the_second_call_is_answered_and_the_first_one_is_kept(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.desk.change_card(calls.edit(led_calls.typed, content="Первый"))
    led_calls.hear(SECOND.ringing())
    strip = strip_content(led_calls.view())
    assert strip is not None
    assert (strip.icon, strip.since) == ("phone-incoming", SECOND.rang_at)
    led_calls.calls.answer()
    assert led_calls.sent() == []

    led_calls.calls.switch()
    assert led_calls.sent() == [("answer", SECOND.call_id)]
    led_calls.hear(SECOND.answered(10), FIRST.held(10))
    assert led_calls.front() == SECOND.call_id
    assert led_calls.card(FIRST).content == "Первый"
    strip = strip_content(led_calls.view())
    assert strip is not None
    assert strip.text == "+7 (900) 555-01-01"

    led_calls.later()
    led_calls.calls.switch()
    assert led_calls.sent() == [("resume", FIRST.call_id)]
    led_calls.hear(SECOND.held(30), FIRST.resumed(30))
    assert led_calls.front() == FIRST.call_id
    assert led_calls.typed.content == "Первый"
    assert led_calls.card(FIRST).state is CallState.DRAFT


def test_f2_answers_while_the_first_caller_waits_on_hold(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.hear(FIRST.held(), SECOND.ringing())
    led_calls.calls.answer()

    assert led_calls.sent() == [("answer", SECOND.call_id)]


def test_the_second_call_s_end_leaves_its_card_until_the_operator_turns(
    led_calls: LedCalls,
) -> None:
    led_calls.talk()
    led_calls.hear(SECOND.ringing(), SECOND.answered(10), FIRST.held(10), SECOND.ended())
    assert led_calls.front() == SECOND.call_id
    assert led_calls.call.call_id == FIRST.call_id

    led_calls.later()
    led_calls.calls.toggle_hold()
    led_calls.hear(FIRST.resumed(70))
    assert led_calls.sent() == [("resume", FIRST.call_id)]
    assert led_calls.front() == FIRST.call_id
    assert led_calls.card(SECOND).ended_at is not None


def test_a_card_saved_behind_another_closes_with_its_call(led_calls: LedCalls) -> None:
    led_calls.talk()
    card = led_calls.typed
    led_calls.desk.change_card(calls.edit(card, content="Справка", result=CallResult.ANSWERED))
    led_calls.desk.save()
    led_calls.hear(SECOND.ringing(), SECOND.answered(10), FIRST.held(10), FIRST.ended())

    assert led_calls.front() == SECOND.call_id
    assert led_calls.card(FIRST).state is CallState.CLOSED


def test_one_key_comes_to_every_caller_in_turn_and_the_strip_says_to_whom(
    led_calls: LedCalls,
) -> None:
    """With three callers the key alternated between two, and the third remained on hold forever."""
    led_calls.talk()
    for call, at_s in ((SECOND, 10), (THIRD, 20)):
        led_calls.hear(call.ringing(), call.answered(at_s))
        led_calls.hear((FIRST if call is SECOND else SECOND).held(at_s))
    by_id = {call.call_id: call for call in (FIRST, SECOND, THIRD)}
    front, reached = THIRD, []
    for turn in range(3):
        strip = strip_content(led_calls.view())
        assert strip is not None
        led_calls.later()
        led_calls.calls.switch()
        ((command, wanted),) = led_calls.sent()
        assert command == "resume"
        assert strip.text.startswith(f"+7 (900) 555-01-{by_id[wanted].number[-2:]}")
        reached.append(wanted)
        led_calls.hear(front.held(30 + turn), by_id[wanted].resumed(30 + turn))
        front = by_id[wanted]

    assert reached == [FIRST.call_id, SECOND.call_id, THIRD.call_id]


def test_another_caller_is_not_taken_for_the_one_who_was_asked_about(led_calls: LedCalls) -> None:
    """Another caller is active: he is not connected with the body, and may be transferred."""
    led_calls.talk()
    led_calls.hear(SECOND.ringing(), SECOND.answered(5), FIRST.held(5))
    led_calls.later()
    led_calls.calls.consult("301")
    led_calls.hear(SECOND.held(10), ASKED.dialled(), ASKED.answered(12))
    led_calls.later()
    led_calls.sent()
    strip = strip_content(led_calls.view())
    led_calls.calls.switch()
    assert strip is not None
    assert strip.text == "+7 (900) 555-01-01"
    assert led_calls.sent() == [("resume", FIRST.call_id)]

    led_calls.hear(ASKED.held(20), FIRST.resumed(20))
    assert led_calls.front() == FIRST.call_id
    led_calls.calls.complete()
    led_calls.calls.join()
    assert led_calls.sent() == []
    assert led_calls.calls.transfer("302")
    assert led_calls.sent() == [("transfer", FIRST.call_id, "302")]


def test_the_end_of_a_consultation_says_how_to_reach_the_caller_behind(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.hear(SECOND.ringing(), SECOND.answered(5), FIRST.held(5))
    led_calls.calls.consult("301")
    led_calls.hear(SECOND.held(10), ASKED.dialled(), ASKED.answered(12))
    led_calls.hear(ASKED.held(20), FIRST.resumed(20))
    led_calls.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert led_calls.notices[-1].head == "Собеседник положил трубку"
    assert led_calls.notices[-1].body == "Абонент всё ещё на удержании: Shift+F9 — перейти к нему."


def test_nobody_is_said_to_wait_who_has_left(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(ASKED.answered(), FIRST.ended())
    led_calls.hear(CallEnded(CONSULTATION, RANG_AT, EndCause.FAR_END))

    assert (led_calls.notices[-1].head, led_calls.notices[-1].body) == (
        "Собеседник положил трубку",
        "",
    )


def test_a_failed_transfer_tears_nobody_from_the_caller_whom_he_talks_to(
    led_calls: LedCalls,
) -> None:
    led_calls.talk()
    led_calls.calls.transfer("301")
    led_calls.hear(
        FIRST.held(),
        TransferProgressed(FIRST.call_id, RANG_AT, TransferState.REQUESTED, "301"),
        SECOND.ringing(),
        SECOND.answered(12),
    )
    led_calls.sent()
    led_calls.hear(TransferProgressed(FIRST.call_id, RANG_AT, TransferState.FAILED, "301", 486))

    assert led_calls.sent() == []
    assert led_calls.notices[-1].head == "Не переведено: номер занят"
    assert "Shift+F9" in led_calls.notices[-1].body


def test_nobody_is_asked_twice_about_one_caller(led_calls: LedCalls) -> None:
    led_calls.talk()
    led_calls.consult()
    led_calls.hear(ASKED.answered())
    led_calls.sent()
    assert not led_calls.calls.consult("302")
    assert not led_calls.calls.transfer("302")

    assert led_calls.sent() == []
    assert led_calls.notices[-1].head == "Вы уже советуетесь об этом абоненте"
