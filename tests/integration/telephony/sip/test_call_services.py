"""Call services against scenarios of an independent remote party (sipp)."""

from __future__ import annotations

import asyncio

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
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.sipp_scenario import SippPeer


def called(scenario: str, bench: PhoneBench) -> SippPeer:
    return SippPeer(scenario, bench.phone.local_address)


def test_a_late_offer_and_every_change_of_the_far_side() -> None:
    async def run() -> None:
        async with (
            PhoneBench() as bench,
            called("late_offer_and_changes", bench) as far,
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
            called("reliable_ringing", bench) as far,
        ):
            ringing = await bench.expect(CallRinging)
            await far.receives(r"SIP/2.0 200 OK\r?\n(?:.+\n)*CSeq: 3 PRACK")
            bench.phone.answer(ringing.call_id)
            await bench.expect(CallAnswered)
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
            await far.finish()

    asyncio.run(run())


def test_a_caller_who_gives_up() -> None:
    async def run() -> None:
        async with PhoneBench() as bench, called("given_up", bench) as far:
            await bench.expect(CallRinging)
            assert (await bench.expect(CallEnded)).cause is EndCause.CALLER_GAVE_UP
            await far.finish()

    asyncio.run(run())


def test_two_phones_that_both_take_the_call() -> None:
    async def run() -> None:
        async with SippPeer("forked_answer") as far, PhoneBench() as bench:
            bench.phone.call(far.uri)
            progress = [(await bench.expect(CallProgressed)).status_code for _ in range(2)]
            assert progress == [180, 183]
            await bench.expect(CallAnswered)
            # The remote party hangs up after our BYE to the second phone.
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
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


def test_our_hold_meets_a_change_of_the_far_side() -> None:
    async def run() -> None:
        async with SippPeer("glare") as far, PhoneBench() as bench:
            phone = bench.phone
            call_id = phone.call(far.uri)
            assert call_id is not None
            await bench.expect(CallAnswered)
            phone.hold(call_id)
            # First rejected with 491; the owner of the Call-ID waits for at least 2.1 s.
            assert (await bench.expect(CallHeld)).by is Side.NEAR
            phone.resume(call_id)
            refused = await bench.expect(CommandRefused)
            assert (refused.command, refused.code) == ("resume", "refused")
            phone.resume(call_id)
            assert (await bench.expect(CallResumed)).by is Side.NEAR
            phone.hang_up(call_id)
            await far.finish()

    asyncio.run(run())


def test_keys_by_info_and_a_far_side_that_knows_none() -> None:
    async def run() -> None:
        async with SippPeer("keys") as far, PhoneBench() as bench:
            call_id = bench.phone.call(far.uri)
            assert call_id is not None
            await bench.expect(CallAnswered)
            bench.phone.send_digits(call_id, "7#")
            assert (await bench.expect(CommandRefused)).code == "refused"
            bench.phone.hang_up(call_id)
            await far.finish()

    asyncio.run(run())


def test_two_phones_hold_each_other_over_a_moved_call() -> None:
    """Hold and resume from both sides, DND and redirection between two of the product's phones."""

    async def run() -> None:
        async with PhoneBench() as near, PhoneBench() as far, PhoneBench() as third:
            call_id = near.phone.call(far.uri)
            assert call_id is not None
            far.phone.answer((await far.expect(CallRinging)).call_id)
            await near.expect(CallAnswered)
            near.phone.hold(call_id)
            assert (await near.expect(CallHeld)).by is Side.NEAR
            assert (await far.expect(CallHeld)).by is Side.FAR
            far.phone.hold(call_id)
            assert (await far.expect(CallHeld)).by is Side.NEAR
            assert (await near.expect(CallHeld)).by is Side.FAR
            near.phone.resume(call_id)
            assert (await near.expect(CallResumed)).by is Side.NEAR
            assert (await far.expect(CallResumed)).by is Side.FAR
            far.phone.resume(call_id)
            assert (await far.expect(CallResumed)).by is Side.NEAR
            await far.expect(MediaReported, lambda event: event.packets_received > 20)
            near.phone.hang_up(call_id)
            await far.expect(CallEnded)
            # Redirected to a third phone by the called operator.
            near.phone.call(far.uri)
            far.phone.redirect((await far.expect(CallRinging)).call_id, third.uri)
            third.phone.answer((await third.expect(CallRinging)).call_id)
            await near.expect(CallAnswered)
            # And rejected by a phone with do-not-disturb.
            far.phone.set_do_not_disturb(True)
            third.phone.call(far.uri)
            assert (await third.expect(CallEnded)).cause is EndCause.BUSY
            refused = await far.expect(CallEnded, lambda e: e.cause is EndCause.DO_NOT_DISTURB)
            assert refused.status_code == 486

    asyncio.run(run())
