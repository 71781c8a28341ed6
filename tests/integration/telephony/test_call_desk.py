"""What an operator does with calls: hold, ask a colleague, go back; on real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CommandRefused,
    DigitReceived,
    EndCause,
    MediaReported,
    Side,
)
from tests.fakes.phone_bench import NEIGHBOURS, PhoneBench


def run(work: Callable[[PhoneBench, PhoneBench, PhoneBench], Awaitable[None]]) -> None:
    """An operator, a caller who has got through, and a colleague who answers by himself."""

    async def main() -> None:
        async with (
            PhoneBench(side_by_side=False) as desk,
            PhoneBench() as caller,
            PhoneBench(replace(NEIGHBOURS, auto_answer_ms=0)) as colleague,
        ):
            await work(desk, caller, colleague)

    asyncio.run(main())


async def call_in(caller: PhoneBench, desk: PhoneBench) -> tuple[str, str]:
    """The ids of the answered call, at the desk and at the caller."""
    theirs = caller.phone.call(desk.uri)
    assert theirs is not None
    call_id = (await desk.expect(CallRinging)).call_id
    await caller.expect(CallProgressed)
    desk.phone.answer(call_id)
    await desk.expect(CallAnswered)
    await caller.expect(CallAnswered)
    return call_id, theirs


def test_hold_and_resume_are_told_and_remembered() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, theirs = await call_in(caller, desk)
        # At once, while the ACK of the answer may still be on its way.
        desk.phone.hold(call_id)
        assert (await desk.expect(CallHeld)).by is Side.NEAR
        assert (await caller.expect(CallHeld)).by is Side.FAR
        assert desk.phone.calls()[0].held_by == (Side.NEAR,)
        caller.phone.hold(theirs)
        assert (await desk.expect(CallHeld)).by is Side.FAR
        assert desk.phone.calls()[0].held_by == (Side.NEAR, Side.FAR)
        desk.phone.hold(call_id)
        assert (await desk.expect(CommandRefused)).code == "wrong_state"
        desk.phone.resume(call_id)
        assert (await desk.expect(CallResumed)).by is Side.NEAR
        assert desk.phone.calls()[0].held_by == (Side.FAR,)
        desk.phone.resume(call_id)
        assert (await desk.expect(CommandRefused)).command == "resume"

    run(work)


def test_the_last_of_two_opposite_wishes_wins() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.hold(call_id)
        desk.phone.resume(call_id)
        await desk.expect(MediaReported)
        assert desk.phone.calls()[0].held_by == (), "nothing was asked before the ACK had come"
        desk.phone.hold(call_id)
        desk.phone.resume(call_id)
        await desk.expect(CallHeld)
        await desk.expect(CallResumed)
        assert desk.phone.calls()[0].held_by == ()
        await desk.expect(MediaReported)
        first = await caller.expect(MediaReported)
        second = await caller.expect(MediaReported)
        assert second.packets_received - first.packets_received > 40

    run(work)


def test_whoever_is_answered_is_alone_with_the_operator() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, other: PhoneBench) -> None:
        first, _ = await call_in(caller, desk)
        other.phone.call(desk.uri)
        second = (await desk.expect(CallRinging)).call_id
        desk.phone.answer(second)
        held = await desk.expect(CallHeld)
        assert (held.call_id, held.by) == (first, Side.NEAR)
        desk.phone.resume(first)
        wanted = [(), (Side.NEAR,)]
        await desk.expect(
            MediaReported, lambda _: [call.held_by for call in desk.phone.calls()] == wanted
        )
        third = desk.phone.call(other.uri)
        assert (await desk.expect(CallHeld)).call_id == first
        assert (await desk.expect(CallAnswered)).call_id == third

    run(work)


def test_calls_that_run_side_by_side_are_not_held_by_themselves() -> None:
    async def main() -> None:
        async with PhoneBench() as phone, PhoneBench() as one, PhoneBench() as two:
            await call_in(one, phone)
            await call_in(two, phone)
            for _ in range(4):
                await phone.expect(MediaReported)
            assert [call.held_by for call in phone.phone.calls()] == [(), ()]

    asyncio.run(main())


def test_a_colleague_is_asked_while_the_caller_is_held() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        consultation = desk.phone.consult(call_id, colleague.uri)
        assert (await desk.expect(CallHeld)).call_id == call_id
        assert (await desk.expect(CallRinging)).call_id == consultation
        assert (await desk.expect(CallAnswered)).call_id == consultation
        assert desk.phone.calls()[1].consultation_of == call_id
        desk.phone.consult(call_id, colleague.uri)
        assert (await desk.expect(CommandRefused)).command == "consult"
        assert consultation is not None
        # Either of the two may be named.
        desk.phone.back(consultation)
        ended = await desk.expect(CallEnded)
        assert (ended.call_id, ended.cause) == (consultation, EndCause.NEAR_END)
        assert (await desk.expect(CallResumed)).call_id == call_id
        desk.phone.back(call_id)
        assert (await desk.expect(CommandRefused)).code == "no_consultation"

    run(work)


def test_a_consultation_that_nobody_answers_leaves_the_caller_to_go_back_to() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.consult(call_id, "sip:nobody")
        await desk.expect(CallHeld)
        consultation = (await desk.expect(CallRinging)).call_id
        assert (await desk.expect(CallEnded)).call_id == consultation
        desk.phone.back(call_id)
        assert (await desk.expect(CallResumed)).call_id == call_id

    run(work)


def test_a_caller_who_leaves_while_the_hold_is_asked_for_is_not_consulted_about() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        call_id, _ = await call_in(caller, desk)
        desk.phone.consult(call_id, colleague.uri)
        desk.phone.hang_up(call_id)
        await desk.expect(CallEnded)
        refused = await desk.expect(CommandRefused)
        assert (refused.call_id, refused.command, refused.code) == (call_id, "consult", "refused")
        assert len(desk.phone.calls()) == 1

    run(work)


def test_digits_reach_the_far_side_in_order() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        call_id, _theirs = await call_in(caller, desk)
        desk.phone.send_digits(call_id, "19#d")
        digits = [(await caller.expect(DigitReceived)).digit for _ in range(4)]
        assert digits == ["1", "9", "#", "D"]
        desk.phone.send_digits(call_id, "1x")
        assert (await desk.expect(CommandRefused)).code == "bad_number"

    run(work)


def test_a_ringing_call_is_sent_elsewhere() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, colleague: PhoneBench) -> None:
        caller.phone.call(desk.uri)
        call_id = (await desk.expect(CallRinging)).call_id
        desk.phone.redirect(call_id, "two words")
        assert (await desk.expect(CommandRefused)).code == "bad_number"
        desk.phone.redirect(call_id, colleague.uri)
        assert (await desk.expect(CallEnded)).call_id == call_id

    run(work)


def test_do_not_disturb_refuses_and_tells() -> None:
    async def work(desk: PhoneBench, caller: PhoneBench, _: PhoneBench) -> None:
        desk.phone.set_do_not_disturb(True)
        caller.phone.call(desk.uri)
        ended = await caller.expect(CallEnded)
        assert (ended.cause, ended.status_code) == (EndCause.BUSY, 486)
        await desk.expect(CallRinging)
        assert (await desk.expect(CallEnded)).cause is EndCause.DO_NOT_DISTURB
        await desk.phone.configure(replace(desk.phone.settings, do_not_disturb=False))
        await call_in(caller, desk)

    run(work)


def test_a_call_that_waits_is_answered_by_itself_when_the_talk_is_over() -> None:
    async def main() -> None:
        settings = replace(NEIGHBOURS, auto_answer_ms=0)
        async with (
            PhoneBench(settings, side_by_side=False) as desk,
            PhoneBench() as one,
            PhoneBench() as two,
        ):
            one.phone.call(desk.uri)
            first = (await desk.expect(CallAnswered)).call_id
            two.phone.call(desk.uri)
            second = (await desk.expect(CallRinging)).call_id
            await desk.expect(MediaReported)
            assert [call.answered_at is None for call in desk.phone.calls()] == [False, True]
            assert desk.phone.calls()[0].held_by == ()
            desk.phone.hang_up(first)
            assert (await desk.expect(CallAnswered)).call_id == second

    asyncio.run(main())
