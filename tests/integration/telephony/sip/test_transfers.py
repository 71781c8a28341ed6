"""Calls transferred through a real kamailio between independent phones, and between the
product's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    Direction,
    EndCause,
    MediaReported,
    RegistrationChanged,
    RegistrationState,
    Side,
    TransferProgressed,
    TransferState,
)
from telephony.settings import PhoneSettings, SipAccount
from telephony.sip.transactions import TimerValues
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.sipp_peer import SippCaller, answer, expect, expect_status, notify, send

USERS = {"301": "secret", "302": "other-secret", "303": "third-secret"}
CITIZEN = "89005550137"
FAST = TimerValues(t1_s=0.05, t2_s=0.4, t4_s=0.5)


@pytest.fixture
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS) as running:
        yield running


def settings_for(
    proxy: KamailioProxy, user: str = "301", *, accept_refer: bool = False
) -> PhoneSettings:
    account = SipAccount(proxy.host, user, USERS[user], proxy.port)
    return PhoneSettings(account, accept_refer=accept_refer)


async def registered(bench: PhoneBench) -> None:
    await bench.expect(
        RegistrationChanged, lambda event: event.state is RegistrationState.REGISTERED
    )


def colleague_of(proxy: KamailioProxy, *, auto_answer: bool = True) -> BaresipCaller:
    registration = BaresipRegistration(proxy.host, proxy.port, USERS["302"])
    return BaresipCaller("302", registration=registration, auto_answer=auto_answer)


async def talk(bench: PhoneBench, caller: BaresipCaller, proxy: KamailioProxy) -> str:
    """Returns the id of a citizen's call that the operator has answered."""
    caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
    call_id = (await bench.expect(CallRinging)).call_id
    await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
    bench.phone.answer(call_id)
    await bench.expect(CallAnswered)
    await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
    return call_id


async def outcome(bench: PhoneBench) -> TransferProgressed:
    final = (TransferState.SUCCEEDED, TransferState.FAILED)
    return await bench.expect(TransferProgressed, lambda event: event.state in final)


async def ends_of(bench: PhoneBench, count: int) -> dict[str, EndCause]:
    """Returns the causes of the first ``count`` ends by call, regardless of other events."""
    while True:
        ends = {each.call_id: each.cause for each in bench.events if isinstance(each, CallEnded)}
        if len(ends) >= count:
            return ends
        await bench.expect(CallEnded)


def test_a_caller_is_handed_over_and_leaves_when_the_target_has_answered(
    proxy: KamailioProxy,
) -> None:
    async def run(caller: BaresipCaller, colleague: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = await talk(bench, caller, proxy)
            bench.phone.transfer(call_id, "302")
            assert (await bench.expect(CallHeld)).by is Side.NEAR
            requested = await bench.expect(TransferProgressed)
            assert (requested.state, requested.target) == (TransferState.REQUESTED, "302")
            assert (await outcome(bench)).state is TransferState.SUCCEEDED
            assert (await bench.expect(CallEnded)).cause is EndCause.TRANSFERRED
            # Citizen and colleague continue the call without us.
            await asyncio.to_thread(colleague.wait_for, "CALL_ESTABLISHED")
            await asyncio.to_thread(
                caller.wait_for, "CALL_ESTABLISHED", where=lambda event: event["id"] != call_id
            )
            await asyncio.to_thread(caller.wait_for_log, r"Referred-By: <sip:301@")

    with BaresipCaller(CITIZEN) as caller, colleague_of(proxy) as colleague:
        asyncio.run(run(caller, colleague))


def test_a_busy_target_leaves_the_caller_to_us(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller, colleague: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = await talk(bench, caller, proxy)
            bench.phone.transfer(call_id, "302")
            await bench.expect(
                TransferProgressed, lambda event: event.state is TransferState.PROCEEDING
            )
            await asyncio.to_thread(colleague.wait_for, "CALL_INCOMING")
            colleague.hang_up()
            failed = await outcome(bench)
            assert (failed.state, failed.status_code) == (TransferState.FAILED, 486)
            bench.phone.resume(call_id)
            assert (await bench.expect(CallResumed)).by is Side.NEAR
            first = await bench.expect(MediaReported)
            await bench.expect(
                MediaReported, lambda event: event.packets_received > first.packets_received + 20
            )
            bench.phone.hang_up(call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.NEAR_END

    with BaresipCaller(CITIZEN) as caller, colleague_of(proxy, auto_answer=False) as colleague:
        asyncio.run(run(caller, colleague))


def test_a_target_that_does_not_exist(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = await talk(bench, caller, proxy)
            bench.phone.transfer(call_id, "999")
            failed = await outcome(bench)
            assert (failed.state, failed.status_code) == (TransferState.FAILED, 404)
            caller.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize("consultation", [True, False])
def test_three_of_our_own_phones(proxy: KamailioProxy, consultation: bool) -> None:
    """The caller's phone follows our REFER, the colleague's accepts the INVITE with Replaces."""

    async def run() -> None:
        async with (
            PhoneBench(settings_for(proxy, "303", accept_refer=True)) as caller,
            PhoneBench(settings_for(proxy, "301")) as operator,
            PhoneBench(settings_for(proxy, "302")) as colleague,
        ):
            for bench in (caller, operator, colleague):
                await registered(bench)
            caller.phone.call("301")
            call_id = (await operator.expect(CallRinging)).call_id
            operator.phone.answer(call_id)
            await operator.expect(CallAnswered)
            await caller.expect(CallAnswered)
            replaced = None
            if consultation:
                operator.phone.consult(call_id, "302", "consultation")
                replaced = (await colleague.expect(CallRinging)).call_id
                colleague.phone.answer(replaced)
                await operator.expect(CallAnswered)
                operator.phone.complete(call_id)
            else:
                operator.phone.transfer(call_id, "302")
            ringing = await colleague.expect(CallRinging)
            assert ringing.caller_number == "303"
            assert (ringing.facts.replaces, ringing.facts.referred_by) == (replaced, "301")
            if not consultation:
                colleague.phone.answer(ringing.call_id)
            await colleague.expect(CallAnswered)
            asked = await caller.expect(CallRinging, lambda event: event.call_id != call_id)
            assert asked.facts.referred_by == "301"
            assert (await outcome(operator)).state is TransferState.SUCCEEDED
            ends = await ends_of(operator, 1 + consultation)
            assert set(ends.values()) == {EndCause.TRANSFERRED}
            assert await ends_of(caller, 1) == {call_id: EndCause.FAR_END}
            if replaced is not None:
                assert await ends_of(colleague, 1) == {replaced: EndCause.REPLACED}
            report = await colleague.expect(
                MediaReported,
                lambda event: event.call_id == ringing.call_id and event.packets_received > 20,
            )
            assert report.packets_sent > 20

    asyncio.run(run())


def test_a_colleague_whose_phone_knows_no_replaces(proxy: KamailioProxy) -> None:
    """The caller's call reaches the colleague as a new one, and we end the consultation."""

    async def run(colleague: BaresipCaller) -> None:
        async with (
            PhoneBench(settings_for(proxy, "303", accept_refer=True)) as caller,
            PhoneBench(settings_for(proxy, "301")) as operator,
        ):
            for bench in (caller, operator):
                await registered(bench)
            caller.phone.call("301")
            call_id = await answered_by(operator)
            await caller.expect(CallAnswered)
            consultation_id = operator.phone.consult(call_id, "302")
            await operator.expect(CallAnswered)
            await asyncio.to_thread(colleague.wait_for, "CALL_ESTABLISHED")
            operator.phone.complete(call_id)
            assert (await outcome(operator)).state is TransferState.SUCCEEDED
            assert await ends_of(operator, 2) == {
                call_id: EndCause.TRANSFERRED,
                consultation_id: EndCause.TRANSFERRED,
            }
            await asyncio.to_thread(
                colleague.wait_for, "CALL_ESTABLISHED", where=lambda it: it["id"] != consultation_id
            )
            assert await ends_of(caller, 1) == {call_id: EndCause.FAR_END}

    with colleague_of(proxy) as colleague:
        asyncio.run(run(colleague))


@pytest.mark.parametrize("allowed", [True, False])
def test_a_foreign_caller_sends_us_on(proxy: KamailioProxy, allowed: bool) -> None:
    async def run(caller: BaresipCaller, colleague: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy, accept_refer=allowed)) as bench:
            await registered(bench)
            call_id = await talk(bench, caller, proxy)
            caller.command("transfer", f"sip:302@{proxy.host}:{proxy.port}")
            if not allowed:
                await asyncio.to_thread(caller.wait_for_log, "SIP/2.0 603 Decline")
                # This baresip hangs up when its REFER is rejected; no call was made.
                assert await ends_of(bench, 1) == {call_id: EndCause.FAR_END}
                assert sum(isinstance(event, CallRinging) for event in bench.events) == 1
                return
            ringing = await bench.expect(CallRinging)
            assert (ringing.direction, ringing.caller_number) == (Direction.OUTGOING, "302")
            await bench.expect(CallAnswered)
            await asyncio.to_thread(colleague.wait_for, "CALL_ESTABLISHED")
            # After the notification of success the caller hangs up.
            assert await ends_of(bench, 1) == {call_id: EndCause.FAR_END}
            await asyncio.to_thread(caller.wait_for_log, "message/sipfrag")
            bench.phone.hang_up(ringing.call_id)
            await asyncio.to_thread(colleague.wait_for, "CALL_CLOSED")

    with BaresipCaller(CITIZEN) as caller, colleague_of(proxy) as colleague:
        asyncio.run(run(caller, colleague))


def test_a_foreign_caller_is_told_whose_place_to_take() -> None:
    async def run(colleague: BaresipCaller) -> None:
        async with PhoneBench(PhoneSettings(accept_from=("127.0.0.1",)), FAST) as bench:
            steps = (
                *SippCaller.agree_to_hold(),
                expect("REFER", header="Refer-To", pattern="Replaces=.*%3Bto-tag%3D.*%3Bfrom-tag"),
                answer("202 Accepted"),
                notify(2, "SIP/2.0 200 OK", OVER),
                expect_status(200),
                expect("BYE"),
                answer("200 OK"),
            )
            with SippCaller(*bench.phone.local_address[:2], steps) as caller:
                call_id = await answered_by(bench)
                bench.phone.consult(call_id, colleague.uri)
                await bench.expect(CallAnswered)
                bench.phone.complete(call_id)
                assert (await outcome(bench)).state is TransferState.SUCCEEDED
                assert set((await ends_of(bench, 2)).values()) == {EndCause.TRANSFERRED}
                await asyncio.to_thread(colleague.wait_for, "CALL_CLOSED")
                await asyncio.to_thread(caller.wait)

    with BaresipCaller("302", auto_answer=True) as colleague:
        asyncio.run(run(colleague))


OVER = "terminated;reason=noresource"
NEWS_OF_SUCCESS = {
    "trying, ringing, answered": (
        notify(2, "SIP/2.0 100 Trying", "active;expires=60"),
        expect_status(200),
        notify(3, "SIP/2.0 180 Ringing", "active;expires=60"),
        expect_status(200),
        notify(4, "SIP/2.0 200 OK", OVER),
        expect_status(200),
        expect("BYE"),
        answer("200 OK"),
    ),
    "only the outcome": (
        notify(2, "SIP/2.0 200 OK", OVER, event="refer"),
        expect_status(200),
        expect("BYE"),
        answer("200 OK"),
    ),
    "its own BYE": (
        notify(2, "SIP/2.0 100 Trying", "active"),
        expect_status(200),
        send("BYE", 3),
        expect_status(200),
    ),
}


async def answered_by(bench: PhoneBench) -> str:
    call_id = (await bench.expect(CallRinging)).call_id
    bench.phone.answer(call_id)
    await bench.expect(CallAnswered)
    return call_id


@pytest.mark.parametrize("news", NEWS_OF_SUCCESS)
def test_far_sides_that_tell_of_success_in_their_own_way(news: str) -> None:
    async def run() -> None:
        settings = PhoneSettings(accept_from=("127.0.0.1",))
        async with PhoneBench(settings, FAST) as bench:
            steps = (
                *SippCaller.agree_to_hold(),
                expect("REFER"),
                answer("202 Accepted"),
                *NEWS_OF_SUCCESS[news],
            )
            with SippCaller(*bench.phone.local_address[:2], steps) as caller:
                bench.phone.transfer(await answered_by(bench), "sip:302@127.0.0.1:5999")
                assert (await outcome(bench)).state is TransferState.SUCCEEDED
                assert (await bench.expect(CallEnded)).cause is EndCause.TRANSFERRED
                await asyncio.to_thread(caller.wait)

    asyncio.run(run())


REFUSED = (expect("REFER"), answer("603 Decline"))
SILENT = (expect("REFER"), answer("202 Accepted"))
GIVEN_UP = (
    *SILENT,
    notify(2, "SIP/2.0 100 Trying", "terminated;reason=giveup"),
    expect_status(200),
)
UNAVAILABLE = (*SILENT, notify(2, "SIP/2.0 503 Service Unavailable", OVER), expect_status(200))
STRANGE = (
    *SILENT,
    notify(2, "SIP/2.0 200 OK", OVER, event="presence"),
    expect_status(489),
    notify(3, "SIP/2.0 480 Temporarily Unavailable", OVER),
    expect_status(200),
)


@pytest.mark.parametrize(
    ("steps", "status_code"),
    [(REFUSED, 603), (SILENT, 408), (GIVEN_UP, None), (UNAVAILABLE, 503), (STRANGE, 480)],
)
def test_far_sides_that_fail(steps: tuple[str, ...], status_code: int | None) -> None:
    async def run() -> None:
        settings = PhoneSettings(accept_from=("127.0.0.1",))
        async with PhoneBench(settings, FAST) as bench:
            script = (*SippCaller.agree_to_hold(), *steps, expect("BYE"), answer("200 OK"))
            with SippCaller(*bench.phone.local_address[:2], script) as caller:
                call_id = await answered_by(bench)
                bench.phone.transfer(call_id, "sip:302@127.0.0.1:5999")
                failed = await outcome(bench)
                assert (failed.state, failed.status_code) == (TransferState.FAILED, status_code)
                bench.phone.hang_up(call_id)
                assert (await bench.expect(CallEnded)).cause is EndCause.NEAR_END
                await asyncio.to_thread(caller.wait)

    asyncio.run(run())
