"""Services of a call against scenarios of a foreign far side (sipp)."""

from __future__ import annotations

import asyncio

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    DigitReceived,
    EndCause,
    Side,
)
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.sipp_scenario import SippPeer


def test_a_late_offer_and_every_change_of_the_far_side() -> None:
    async def run() -> None:
        async with (
            PhoneBench() as bench,
            SippPeer("late_offer_and_changes", bench.phone.local_address) as far,
        ):
            bench.phone.answer((await bench.expect(CallRinging)).call_id)
            assert (await bench.expect(CallAnswered)).codec == "PCMA"
            assert (await bench.expect(DigitReceived)).digit == "5"
            assert (await bench.expect(CallHeld)).by is Side.FAR
            assert (await bench.expect(CallResumed)).by is Side.FAR
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
            await far.finish()

    asyncio.run(run())


def test_ringing_that_needs_an_acknowledgement() -> None:
    async def run() -> None:
        async with (
            PhoneBench() as bench,
            SippPeer("reliable_ringing", bench.phone.local_address) as far,
        ):
            ringing = await bench.expect(CallRinging)
            # The far side presses a key when its PRACK has been answered.
            await bench.expect(DigitReceived)
            bench.phone.answer(ringing.call_id)
            await bench.expect(CallAnswered)
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
            await far.finish()

    asyncio.run(run())


def test_a_caller_who_gives_up() -> None:
    async def run() -> None:
        async with PhoneBench() as bench, SippPeer("given_up", bench.phone.local_address) as far:
            await bench.expect(CallRinging)
            assert (await bench.expect(CallEnded)).cause is EndCause.CALLER_GAVE_UP
            await far.finish()

    asyncio.run(run())


def test_two_phones_that_both_take_the_call() -> None:
    async def run() -> None:
        async with SippPeer("forked_answer") as far, PhoneBench() as bench:
            call_id = bench.phone.call(far.uri)
            assert call_id is not None
            assert [(await bench.expect(CallProgressed)).status_code for _ in range(2)] == [
                180,
                183,
            ]
            await bench.expect(CallAnswered)
            bench.phone.hang_up(call_id)
            await far.finish()

    asyncio.run(run())


def test_a_redirected_call() -> None:
    async def run() -> None:
        async with SippPeer("redirected") as far, PhoneBench() as bench:
            call_id = bench.phone.call(far.uri)
            assert call_id is not None
            await bench.expect(CallAnswered)
            bench.phone.hang_up(call_id)
            await far.finish()

    asyncio.run(run())
