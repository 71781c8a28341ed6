"""The product's phone, registered at a real kamailio, calls and is called by a real baresip."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Iterator
from typing import Literal

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    EndCause,
    MediaReported,
    RegistrationChanged,
    RegistrationState,
    Side,
)
from telephony.settings import PhoneSettings, SipAccount
from telephony.sip.transactions import TimerValues
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench

USERS = {"301": "secret", "302": "other-secret"}
CITIZEN = "89005550137"


@pytest.fixture
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS) as running:
        yield running


def settings_for(proxy: KamailioProxy, password: str = USERS["301"]) -> PhoneSettings:
    return PhoneSettings(SipAccount(proxy.host, "301", password, proxy.port))


async def registered(bench: PhoneBench) -> RegistrationChanged:
    return await bench.expect(
        RegistrationChanged, lambda event: event.state is RegistrationState.REGISTERED
    )


def line_of(proxy: KamailioProxy) -> str:
    return f"sip:301@{proxy.host}:{proxy.port}"


def colleague_of(proxy: KamailioProxy, *, auto_answer: bool = True) -> BaresipCaller:
    registration = BaresipRegistration(proxy.host, proxy.port, USERS["302"])
    return BaresipCaller("302", registration=registration, auto_answer=auto_answer)


@pytest.mark.parametrize(("algorithm", "qop"), [("MD5", True), ("MD5", False), ("SHA-256", True)])
def test_registration_with_digest(algorithm: Literal["MD5", "SHA-256"], qop: bool) -> None:
    async def run(proxy: KamailioProxy) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            event = await registered(bench)
            assert event.last_success_at == event.at
        assert bench.phone.registration.state is RegistrationState.OFF

    with KamailioProxy(USERS, algorithm=algorithm, qop=qop) as proxy:
        asyncio.run(run(proxy))


def test_registration_with_a_wrong_password(proxy: KamailioProxy) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(proxy, "wrong")) as bench:
            event = await bench.expect(
                RegistrationChanged, lambda event: event.state is RegistrationState.FAILED
            )
            assert event.status_code == 401
            assert event.last_success_at is None

    asyncio.run(run())


def test_registration_when_the_registrar_comes_up_later() -> None:
    async def run(proxy: KamailioProxy) -> None:
        settings = PhoneSettings(SipAccount(proxy.host, "301", USERS["301"], proxy.port))
        async with PhoneBench(settings, TimerValues(t1_s=0.02)) as bench:
            await bench.expect(
                RegistrationChanged, lambda event: event.state is RegistrationState.FAILED
            )
            await asyncio.to_thread(proxy.start)
            await registered(bench)

    with KamailioProxy(USERS) as proxy:
        proxy.stop()
        asyncio.run(run(proxy))


def test_incoming_call_answered_and_ended_by_the_caller(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            caller.dial(line_of(proxy))
            ringing = await bench.expect(CallRinging)
            assert (ringing.caller_number, ringing.caller_name) == (CITIZEN, "Citizen")
            assert ringing.dialled_line == "301"
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(ringing.call_id)
            answered = await bench.expect(CallAnswered)
            assert answered.codec == "PCMA"
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            report = await bench.expect(MediaReported)
            assert report.packets_sent > 40
            assert report.packets_received > 40
            caller.hang_up()
            ended = await bench.expect(CallEnded)
            assert ended.cause is EndCause.FAR_END
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            with wave.open(str(caller.heard)) as heard:
                assert (heard.getframerate(), heard.getnchannels()) == (8000, 1)
                assert heard.getnframes() > 6400
            (call,) = bench.phone.calls()
            assert call.rang_at <= answered.at <= ended.at

    with BaresipCaller(CITIZEN, display_name="Citizen") as caller:
        asyncio.run(run(caller))


def test_incoming_call_in_mu_law_ended_by_us(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            caller.dial(line_of(proxy))
            call_id = (await bench.expect(CallRinging)).call_id
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(call_id)
            assert (await bench.expect(CallAnswered)).codec == "PCMU"
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            bench.phone.hang_up(call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.NEAR_END
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")

    with BaresipCaller(CITIZEN, codec="pcmu") as caller:
        asyncio.run(run(caller))


def test_the_caller_gives_up(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            caller.dial(line_of(proxy))
            await bench.expect(CallRinging)
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            caller.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.CALLER_GAVE_UP
            await asyncio.to_thread(caller.wait_for_log, r"SIP/2\.0 487 ")

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


def test_the_operator_rejects(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            caller.dial(line_of(proxy))
            bench.phone.reject((await bench.expect(CallRinging)).call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.REJECTED
            closed = await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            assert "486" in closed["param"]

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


def test_outgoing_call_the_far_side_gets_the_ack_and_our_bye(proxy: KamailioProxy) -> None:
    async def run(callee: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = bench.phone.call("302")
            assert call_id is not None
            await bench.expect(CallAnswered)
            # A callee is "established" after the ACK; the proxy forwards it only along the route
            # set.
            established = await asyncio.to_thread(callee.wait_for, "CALL_ESTABLISHED")
            assert established["id"] == call_id
            ack = await asyncio.to_thread(callee.wait_for_log, r"ACK sip:302[^\s]* SIP/2\.0")
            assert f":{callee.port}" in ack
            report = await bench.expect(MediaReported)
            assert report.packets_received > 40
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(callee.wait_for, "CALL_CLOSED")

    with colleague_of(proxy) as callee:
        asyncio.run(run(callee))


def test_outgoing_call_ended_by_the_far_side(proxy: KamailioProxy) -> None:
    async def run(callee: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            bench.phone.call("302")
            assert (await bench.expect(CallProgressed)).status_code == 180
            await asyncio.to_thread(callee.wait_for, "CALL_INCOMING")
            callee.answer()
            await bench.expect(CallAnswered)
            await asyncio.to_thread(callee.wait_for, "CALL_ESTABLISHED")
            callee.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END

    with colleague_of(proxy, auto_answer=False) as callee:
        asyncio.run(run(callee))


def test_outgoing_call_given_up_by_us(proxy: KamailioProxy) -> None:
    async def run(callee: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = bench.phone.call("302")
            assert call_id is not None
            await bench.expect(CallProgressed)
            await asyncio.to_thread(callee.wait_for, "CALL_INCOMING")
            bench.phone.hang_up(call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.CANCELLED
            await asyncio.to_thread(callee.wait_for, "CALL_CLOSED")

    with colleague_of(proxy, auto_answer=False) as callee:
        asyncio.run(run(callee))


def test_outgoing_call_to_nobody(proxy: KamailioProxy) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            bench.phone.call("999")
            ended = await bench.expect(CallEnded)
            assert (ended.cause, ended.status_code) == (EndCause.FAILED, 404)

    asyncio.run(run())


def test_hold_by_the_far_side_stops_our_sending_until_it_resumes(proxy: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            caller.dial(line_of(proxy))
            call_id = (await bench.expect(CallRinging)).call_id
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            await bench.expect(MediaReported)
            caller.hold()
            await asyncio.to_thread(caller.wait_for_log, "a=sendonly")
            await asyncio.to_thread(caller.wait_for_log, "a=recvonly")
            first = await bench.expect(MediaReported)
            second = await bench.expect(MediaReported)
            assert second.packets_sent == first.packets_sent
            caller.resume()
            await bench.expect(
                MediaReported, lambda event: event.packets_sent > second.packets_sent + 40
            )
            caller.hang_up()
            await bench.expect(CallEnded)

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


def test_hold_from_both_sides_along_the_recorded_route(proxy: KamailioProxy) -> None:
    async def run(colleague: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy)) as bench:
            await registered(bench)
            call_id = bench.phone.call("302")
            assert call_id is not None
            await bench.expect(CallAnswered)
            await asyncio.to_thread(colleague.wait_for, "CALL_ESTABLISHED")
            bench.phone.hold(call_id)
            assert (await bench.expect(CallHeld)).by is Side.NEAR
            bench.phone.resume(call_id)
            assert (await bench.expect(CallResumed)).by is Side.NEAR
            colleague.hold()
            assert (await bench.expect(CallHeld)).by is Side.FAR
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(colleague.wait_for, "CALL_CLOSED")

    with colleague_of(proxy) as colleague:
        asyncio.run(run(colleague))
