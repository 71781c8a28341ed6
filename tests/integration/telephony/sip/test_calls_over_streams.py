"""The product's phone over TCP and TLS through kamailio, and over IPv6, with baresip as the remote
party.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from telephony.errors import SettingsError
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallRinging,
    EndCause,
    MediaReported,
    RegistrationChanged,
    RegistrationState,
)
from telephony.settings import PhoneSettings, SipAccount, TlsSettings, TransportName
from telephony.sip.transactions import TimerValues
from tests.fakes.baresip import BaresipCaller, BaresipRegistration
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import PhoneBench

USERS = {"301": "secret", "302": "other-secret"}
CITIZEN = "89005550137"
STREAMS: tuple[TransportName, ...] = ("tcp", "tls")


@pytest.fixture
def authority(tmp_path: Path) -> CertificateAuthority:
    return CertificateAuthority(tmp_path)


@pytest.fixture
def proxy(authority: CertificateAuthority) -> Iterator[KamailioProxy]:
    with KamailioProxy(USERS, tls=authority.issue("localhost", "127.0.0.1")) as running:
        yield running


def settings_for(
    proxy: KamailioProxy,
    transport: TransportName,
    trust: Path,
    *,
    host: str = "localhost",
) -> PhoneSettings:
    port = proxy.tls_port if transport == "tls" else proxy.port
    account = SipAccount(host, "301", USERS["301"], port, transport=transport)
    return PhoneSettings(account, tls=TlsSettings(ca_file=str(trust)))


async def state_of(bench: PhoneBench, state: RegistrationState) -> RegistrationChanged:
    return await bench.expect(RegistrationChanged, lambda event: event.state is state)


@pytest.mark.parametrize("transport", STREAMS)
def test_a_citizen_calls_and_the_operator_hangs_up(
    transport: TransportName, proxy: KamailioProxy, authority: CertificateAuthority
) -> None:
    async def run(caller: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy, transport, authority.file)) as bench:
            await state_of(bench, RegistrationState.REGISTERED)
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            call_id = (await bench.expect(CallRinging)).call_id
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(call_id)
            await bench.expect(CallAnswered)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            assert (await bench.expect(MediaReported)).packets_received > 40
            bench.phone.hang_up(call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")
            ended = await bench.expect(CallEnded)
            assert ended.cause is EndCause.NEAR_END

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize("transport", STREAMS)
def test_the_operator_calls_a_colleague_who_hangs_up(
    transport: TransportName, proxy: KamailioProxy, authority: CertificateAuthority
) -> None:
    async def run(callee: BaresipCaller) -> None:
        async with PhoneBench(settings_for(proxy, transport, authority.file)) as bench:
            await state_of(bench, RegistrationState.REGISTERED)
            bench.phone.call("302")
            await bench.expect(CallAnswered)
            # "Established" requires the ACK, which the proxy forwards only along the route set.
            await asyncio.to_thread(callee.wait_for, "CALL_ESTABLISHED")
            callee.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END

    port = proxy.tls_port if transport == "tls" else proxy.port
    registration = BaresipRegistration(proxy.host, port, USERS["302"])
    with BaresipCaller(
        "302",
        registration=registration,
        auto_answer=True,
        transport=transport,
        tls=authority.issue("baresip.example", "127.0.0.1"),
    ) as callee:
        asyncio.run(run(callee))


def test_a_registrar_that_is_somebody_else_is_not_given_the_password(
    proxy: KamailioProxy, tmp_path: Path
) -> None:
    async def run() -> None:
        other = CertificateAuthority(tmp_path, "other")
        async with PhoneBench(settings_for(proxy, "tls", other.file)) as bench:
            event = await state_of(bench, RegistrationState.FAILED)
            assert (event.status_code, event.fault) == (None, "tls_certificate")
            assert event.last_success_at is None

    asyncio.run(run())


def test_a_registrar_with_the_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    async def run(proxy: KamailioProxy, trust: Path) -> None:
        async with PhoneBench(settings_for(proxy, "tls", trust)) as bench:
            assert (await state_of(bench, RegistrationState.FAILED)).fault == "tls_certificate"

    authority = CertificateAuthority(tmp_path)
    with KamailioProxy(USERS, tls=authority.issue("pbx.example")) as proxy:
        asyncio.run(run(proxy, authority.file))


@pytest.mark.parametrize("transport", STREAMS)
def test_after_the_registrar_s_restart_the_phone_is_registered_again(
    transport: TransportName, proxy: KamailioProxy, authority: CertificateAuthority
) -> None:
    async def run(caller: BaresipCaller) -> None:
        settings = settings_for(proxy, transport, authority.file)
        async with PhoneBench(settings, TimerValues(t1_s=0.05)) as bench:
            await state_of(bench, RegistrationState.REGISTERED)
            await asyncio.to_thread(proxy.stop)
            await state_of(bench, RegistrationState.FAILED)
            await asyncio.to_thread(proxy.start)
            await state_of(bench, RegistrationState.REGISTERED)
            caller.dial(f"sip:301@{proxy.host}:{proxy.port}")
            call_id = (await bench.expect(CallRinging)).call_id
            bench.phone.reject(call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")

    with BaresipCaller(CITIZEN) as caller:
        asyncio.run(run(caller))


def test_a_long_invite_goes_over_tcp_to_a_server_that_is_used_over_udp(
    proxy: KamailioProxy, authority: CertificateAuthority
) -> None:
    async def run() -> None:
        settings = settings_for(proxy, "udp", authority.file)
        async with PhoneBench(settings) as bench:
            await state_of(bench, RegistrationState.REGISTERED)
            bench.phone.call(f"sip:999;note={'x' * 1300}@{proxy.host}:{proxy.port}")
            ended = await bench.expect(CallEnded)
            assert (ended.cause, ended.status_code) == (EndCause.FAILED, 404)
        assert "INVITE by tcp from 301" in proxy.log

    asyncio.run(run())


def test_a_long_invite_reaches_a_peer_without_tcp() -> None:
    async def run(peer: socket.socket) -> None:
        host, port = peer.getsockname()
        async with PhoneBench(PhoneSettings()) as bench:
            bench.phone.call(f"sip:302;note={'x' * 1300}@{host}:{port}")
            invite = await asyncio.to_thread(peer.recv, 65536)
            assert invite.startswith(b"INVITE ")
            assert b"Via: SIP/2.0/UDP " in invite

    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as refusing,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer,
    ):
        # Bound but not listening: no other program may answer TCP on the peer's port.
        refusing.bind(("127.0.0.1", 0))
        peer.bind(refusing.getsockname())
        peer.settimeout(5.0)
        asyncio.run(run(peer))


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_two_phones_over_ipv6(transport: TransportName, authority: CertificateAuthority) -> None:
    async def run() -> None:
        tls = authority.issue("::1")
        settings = PhoneSettings(listen_host="::1", accept_from=("::1",), tls=tls)
        async with PhoneBench(settings) as caller, PhoneBench(settings) as callee:
            suffix = "" if transport == "udp" else f";transport={transport}"
            call_id = caller.phone.call(callee.uri + suffix)
            assert call_id is not None
            ringing = await callee.expect(CallRinging)
            callee.phone.answer(ringing.call_id)
            await caller.expect(CallAnswered)
            assert (await callee.expect(MediaReported)).packets_received > 40
            caller.phone.hang_up(call_id)
            assert (await callee.expect(CallEnded)).cause is EndCause.FAR_END

    asyncio.run(run())


def test_baresip_calls_over_ipv6() -> None:
    async def run(caller: BaresipCaller) -> None:
        settings = PhoneSettings(listen_host="::1", accept_from=("::1",))
        async with PhoneBench(settings) as bench:
            caller.dial(bench.uri)
            ringing = await bench.expect(CallRinging)
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(ringing.call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            assert (await bench.expect(MediaReported)).packets_received > 40
            caller.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END

    with BaresipCaller(CITIZEN, host="::1") as caller:
        asyncio.run(run(caller))


@pytest.mark.parametrize("transport", STREAMS)
def test_baresip_calls_directly_over_a_connection(
    transport: TransportName, authority: CertificateAuthority
) -> None:
    async def run(caller: BaresipCaller, tls: TlsSettings) -> None:
        settings = PhoneSettings(accept_from=("127.0.0.1",), tls=tls)
        async with PhoneBench(settings, TimerValues(t1_s=0.1)) as bench:
            caller.dial(f"{bench.uri};transport={transport}")
            ringing = await bench.expect(CallRinging)
            await asyncio.to_thread(caller.wait_for, "CALL_RINGING")
            bench.phone.answer(ringing.call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_ESTABLISHED")
            bench.phone.hang_up(ringing.call_id)
            await asyncio.to_thread(caller.wait_for, "CALL_CLOSED")

    tls = authority.issue("127.0.0.1")
    with BaresipCaller(CITIZEN, transport=transport, tls=tls) as caller:
        asyncio.run(run(caller, tls))


@pytest.mark.parametrize("transport", STREAMS)
def test_our_phone_calls_baresip_directly_over_a_connection(
    transport: TransportName, authority: CertificateAuthority
) -> None:
    async def run(callee: BaresipCaller, tls: TlsSettings) -> None:
        settings = PhoneSettings(accept_from=("127.0.0.1",), tls=tls)
        async with PhoneBench(settings) as bench:
            bench.phone.call(callee.uri)
            await bench.expect(CallAnswered)
            await asyncio.to_thread(callee.wait_for, "CALL_ESTABLISHED")
            # Its BYE is sent to the Contact of our INVITE by the same transport.
            callee.hang_up()
            assert (await bench.expect(CallEnded)).cause is EndCause.FAR_END
            await asyncio.to_thread(callee.wait_for_log, rf"BYE sip:[^ ]*;transport={transport} ")

    tls = authority.issue("127.0.0.1")
    with BaresipCaller("302", transport=transport, tls=tls, auto_answer=True) as callee:
        asyncio.run(run(callee, tls))


def test_a_callee_that_is_somebody_else_is_not_called(
    authority: CertificateAuthority, tmp_path: Path
) -> None:
    async def run(callee: BaresipCaller) -> None:
        other = CertificateAuthority(tmp_path, "other")
        settings = PhoneSettings(tls=TlsSettings(ca_file=str(other.file)))
        async with PhoneBench(settings) as bench:
            bench.phone.call(callee.uri)
            ended = await bench.expect(CallEnded)
            assert (ended.cause, ended.status_code) == (EndCause.FAILED, 503)
        assert "INVITE" not in callee.log

    tls = authority.issue("127.0.0.1")
    with BaresipCaller("302", transport="tls", tls=tls) as callee:
        asyncio.run(run(callee))


def test_settings_with_unusable_tls_files_change_nothing(tmp_path: Path) -> None:
    async def run() -> None:
        settings = PhoneSettings(accept_from=("127.0.0.1",))
        async with PhoneBench(settings) as bench, PhoneBench() as caller:
            missing = TlsSettings(ca_file=str(tmp_path / "missing.pem"))
            with pytest.raises(SettingsError) as caught:
                await bench.phone.configure(replace(settings, tls=missing))
            assert caught.value.field == "tls.ca_file"
            caller.phone.call(bench.uri)
            await bench.expect(CallRinging)

    asyncio.run(run())
