"""Call data from independent peers besides the number, and causes of the call's end."""

from __future__ import annotations

import asyncio

import pytest

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallFacts,
    CallRinging,
    Diversion,
    EndCause,
    RegistrationChanged,
    RegistrationState,
)
from telephony.settings import PhoneSettings, SipAccount
from telephony.sip.transactions import TimerValues
from tests.fakes.baresip import BaresipCaller
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.sipp_peer import SippCaller, expect_status, send

USERS = {"301": "secret"}
FAST = TimerValues(t1_s=0.05, t2_s=0.4, t4_s=0.5)
HEADERS = (
    "P-Asserted-Identity: <tel:+79005550112>",
    "Diversion: <sip:112@pbx.example>;reason=no-answer, <sip:113@pbx.example>;reason=user-busy",
    "X-Queue: duty",
    "Referred-By: <sip:302@pbx.example>",
)


@pytest.mark.parametrize(
    ("accept_from", "number", "asserted"),
    [(("127.0.0.1",), "+79005550112", True), (("*",), "+79005550137", False)],
)
def test_facts_of_a_call(accept_from: tuple[str, ...], number: str, asserted: bool) -> None:
    async def run() -> None:
        async with PhoneBench(PhoneSettings(accept_from=accept_from), FAST) as bench:
            steps = (send("BYE", 2, "Reason: Q.850;cause=38"), expect_status(200))
            with SippCaller(*bench.phone.local_address[:2], steps, HEADERS) as caller:
                ringing = await bench.expect(CallRinging)
                assert ringing.caller_number == number
                assert ringing.facts == CallFacts(
                    asserted=asserted,
                    diversions=(Diversion("112", "no-answer"), Diversion("113", "user-busy")),
                    queue="duty",
                    referred_by="302",
                )
                bench.phone.answer(ringing.call_id)
                ended = await bench.expect(CallEnded)
                assert (ended.cause, ended.status_code) == (EndCause.FAILED, 503)
                await asyncio.to_thread(caller.wait)

    asyncio.run(run())


def test_a_call_that_a_colleague_took() -> None:
    """Two phones of one account ring; kamailio informs the second that the first has answered."""

    async def run(proxy: KamailioProxy, caller: BaresipCaller) -> None:
        settings = PhoneSettings(SipAccount(proxy.host, "301", USERS["301"], proxy.port))
        async with PhoneBench(settings) as first, PhoneBench(settings) as second:
            for bench in (first, second):
                await bench.expect(
                    RegistrationChanged, lambda event: event.state is RegistrationState.REGISTERED
                )
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            call_id = (await first.expect(CallRinging)).call_id
            await second.expect(CallRinging)
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            first.phone.answer(call_id)
            await first.expect(CallAnswered)
            assert (await second.expect(CallEnded)).cause is EndCause.ANSWERED_ELSEWHERE
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            first.phone.hang_up(call_id)
            await first.expect(CallEnded)

    with KamailioProxy(USERS) as proxy, BaresipCaller("89005550137") as caller:
        asyncio.run(run(proxy, caller))
