"""Permanent registration when a registrar fails, another replaces it, or the network changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from telephony.events import (
    CallEnded,
    CallProgressed,
    CallRinging,
    EndCause,
    RegistrationChanged,
    RegistrationState,
)
from telephony.settings import PhoneSettings, SipAccount
from telephony.sip.network.network import SipNetwork
from telephony.sip.syntax.message import Request, parse_message
from telephony.sip.transactions import TimerValues
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench
from tests.fakes.sip_messages import reply

USERS = {"301": "secret", "302": "other-secret"}
CITIZEN = "89005550137"
FAST = TimerValues(t1_s=0.07)
FASTER = TimerValues(t1_s=0.04)


@pytest.fixture
def first() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS) as running:
        yield running


@pytest.fixture
def second() -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS) as running:
        yield running


def address_of(proxy: KamailioProxy) -> str:
    return f"{proxy.host}:{proxy.port}"


def settings_for(
    *proxies: KamailioProxy, listen_host: str = "127.0.0.1", keep_alive_s: int = 30
) -> PhoneSettings:
    account = SipAccount(
        proxies[0].host,
        "301",
        USERS["301"],
        proxies[0].port,
        backup_servers=tuple(address_of(proxy) for proxy in proxies[1:]),
        keep_alive_s=keep_alive_s,
    )
    return PhoneSettings(account, listen_host=listen_host)


async def registered(bench: PhoneBench, proxy: KamailioProxy) -> RegistrationChanged:
    return await bench.expect(
        RegistrationChanged,
        lambda event: (
            event.state is RegistrationState.REGISTERED and event.server == address_of(proxy)
        ),
    )


async def failed(bench: PhoneBench) -> RegistrationChanged:
    return await bench.expect(
        RegistrationChanged, lambda event: event.state is RegistrationState.FAILED
    )


async def rings(caller: BaresipCaller, proxy: KamailioProxy, *benches: PhoneBench) -> None:
    """Calls through the proxy, reaches all of these phones and cancels.

    It cancels only after the caller has received a response of each: a proxy cancels no branch that
    has not rung yet.
    """
    caller.dial(f"sip:301@{address_of(proxy)}")
    for bench in benches:
        await bench.expect(CallRinging)
        await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
    caller.hang_up()
    for bench in benches:
        assert (await bench.expect(CallEnded)).cause is EndCause.CALLER_GAVE_UP


def test_another_registrar_stands_in_within_ten_seconds(
    first: KamailioProxy, second: KamailioProxy
) -> None:
    async def run(caller: BaresipCaller, callee: BaresipCaller) -> None:
        async with PhoneBench(settings_for(first, second)) as bench:
            await registered(bench, first)
            await asyncio.to_thread(first.stop)
            stopped_at_s = time.monotonic()
            await registered(bench, second)
            assert time.monotonic() - stopped_at_s < 10.0
            await rings(caller, second, bench)
            call_id = bench.phone.call("302")
            assert call_id is not None
            await bench.expect(CallProgressed, lambda event: event.status_code == 180)
            bench.phone.hang_up(call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.CANCELLED
            states = [item.state for item in bench.events if isinstance(item, RegistrationChanged)]
            assert RegistrationState.FAILED not in states

    registration = BaresipRegistration(second.host, second.port, USERS["302"])
    with (
        BaresipCaller(CITIZEN) as caller,
        BaresipCaller("302", registration=registration) as callee,
    ):
        asyncio.run(run(caller, callee))


def test_without_a_registration_a_call_goes_on_to_the_next_server(
    first: KamailioProxy, second: KamailioProxy
) -> None:
    async def run() -> None:
        await asyncio.to_thread(first.stop)
        settings = settings_for(first, second)
        assert settings.account is not None
        unregistered = replace(settings, account=replace(settings.account, register=False))
        async with PhoneBench(unregistered, FASTER) as bench:
            call_id = bench.phone.call("302")
            assert call_id is not None
            await bench.expect(CallProgressed, lambda event: event.status_code == 180)
            bench.phone.hang_up(call_id)
            assert (await bench.expect(CallEnded)).cause is EndCause.CANCELLED
            assert not any(isinstance(event, RegistrationChanged) for event in bench.events)

    registration = BaresipRegistration(second.host, second.port, USERS["302"])
    with BaresipCaller("302", registration=registration):
        asyncio.run(run())


def test_the_preferred_registrar_is_taken_again_after_its_return(
    first: KamailioProxy, second: KamailioProxy
) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(first, second), FAST) as bench:
            await registered(bench, first)
            await asyncio.to_thread(first.stop)
            await registered(bench, second)
            await asyncio.to_thread(first.start)
            await bench.expect(
                RegistrationChanged, lambda event: event.server == address_of(first), timeout_s=20
            )
            assert bench.phone.registration.state is RegistrationState.REGISTERED

    asyncio.run(run())


def test_a_registrar_that_was_away_is_met_within_five_seconds_of_its_return(
    first: KamailioProxy,
) -> None:
    async def run() -> None:
        async with PhoneBench(settings_for(first, keep_alive_s=1), FASTER) as bench:
            success = await registered(bench, first)
            await asyncio.to_thread(first.stop)
            lost = await failed(bench)
            assert lost.last_success_at == success.at
            assert lost.status_code is None
            assert lost.since == lost.at
            assert (await failed(bench)).since == lost.at
            await asyncio.to_thread(first.start)
            returned_at_s = time.monotonic()
            back = await registered(bench, first)
            assert time.monotonic() - returned_at_s < 5.0
            assert back.last_success_at == back.at

    asyncio.run(run())


def test_a_connection_that_has_died_without_a_word_is_made_anew() -> None:
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The first connection discards everything; the next one leads to a registrar."""
        connections.append(len(connections))
        dead = len(connections) == 1
        try:
            while True:
                message = parse_message(await reader.readuntil(b"\r\n\r\n"))
                if not dead and isinstance(message, Request):
                    writer.write(reply(message, "200 OK"))
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        account = SipAccount("127.0.0.1", "301", "", port, transport="tcp", keep_alive_s=0)
        async with server, PhoneBench(PhoneSettings(account), FASTER) as bench:
            await bench.expect(
                RegistrationChanged, lambda event: event.state is RegistrationState.REGISTERED
            )
        assert len(connections) == 2

    asyncio.run(run())


def test_two_phones_of_one_user_leave_each_other_alone(first: KamailioProxy) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(first)) as one:
            async with PhoneBench(settings_for(first)) as other:
                await registered(one, first)
                await registered(other, first)
                await rings(caller, first, one, other)
            await rings(caller, first, one)

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


def test_a_phone_that_moves_to_another_address_is_called_there(
    first: KamailioProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(first, listen_host="0.0.0.0")) as bench:  # noqa: S104
            await registered(bench, first)
            assert bench.phone.local_address.host == "127.0.0.1"
            monkeypatch.setattr(SipNetwork, "way_towards", lambda *_: "127.0.0.2")
            monkeypatch.setattr(SipNetwork, "local_host_towards", lambda *_: "127.0.0.2")
            await registered(bench, first)
            assert bench.phone.local_address.host == "127.0.0.2"
            await rings(caller, first, bench)

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))
