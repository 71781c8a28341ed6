"""A phone behind a NAT, registered at a real server."""

from __future__ import annotations

import asyncio

from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    EndCause,
    RegistrationChanged,
    RegistrationState,
)
from telephony.settings import PhoneSettings, SipAccount
from telephony.sip.syntax.address import Address
from tests.fakes.baresip import BaresipCaller
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.udp_translator import UdpTranslator

USERS = {"301": "secret"}


def invite_line(bench: PhoneBench, call_id: str) -> str:
    invite = bench.phone.invite(call_id)
    assert invite is not None
    return invite.partition(b"\r\n")[0].decode()


def test_calls_come_in_through_the_translator_and_its_next_port() -> None:
    """The server's own address is unknown here: only translated calls can ring."""

    async def run(proxy: KamailioProxy, citizen: BaresipCaller) -> None:
        async with UdpTranslator(Address(proxy.host, proxy.port)) as translator:
            server = translator.inside
            account = SipAccount(server.host, "301", USERS["301"], server.port, keep_alive_s=1)
            async with PhoneBench(PhoneSettings(account, "127.0.0.2")) as bench:
                for _ in range(2):
                    # The first registration reveals the public address, the second uses it.
                    await bench.expect(RegistrationChanged, is_registered)
                    await bench.expect(RegistrationChanged, is_registered)
                    citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
                    call_id = (await bench.expect(CallRinging)).call_id
                    host, port, _ = translator.outside
                    assert invite_line(bench, call_id).startswith(f"INVITE sip:301@{host}:{port}")
                    bench.phone.answer(call_id)
                    await bench.expect(CallAnswered)
                    await asyncio.to_thread(citizen.wait_for, "CALL_ESTABLISHED")
                    citizen.hang_up()
                    assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
                    # The next OPTIONS detects it.
                    await translator.change_port()

    def is_registered(event: RegistrationChanged) -> bool:
        return event.state is RegistrationState.REGISTERED

    with KamailioProxy(USERS) as proxy, BaresipCaller("89005550137") as citizen:
        asyncio.run(run(proxy, citizen))
