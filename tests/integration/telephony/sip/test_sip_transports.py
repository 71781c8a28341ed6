"""UDP, TCP and TLS of the SIP network on real sockets (RFC 3261 section 18, RFC 5626, RFC 3263)."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from pathlib import Path
from statistics import median

import pytest

from telephony.errors import SettingsError
from telephony.settings import TlsSettings, TransportName
from telephony.sip.network.resolver import ServerResolver
from telephony.sip.network.transport import TransportFault
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.framing import PING, PONG
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.dns_server import DnsServer
from tests.fakes.network_bench import NetworkBench
from tests.fakes.sip_messages import invite, sip

ANSWER = sip("SIP/2.0 200 OK", "Via: SIP/2.0/TCP h.example;branch=z9hG4bK1")
HOSTS = ("127.0.0.1", "::1")


@pytest.fixture
def authority(tmp_path: Path) -> CertificateAuthority:
    return CertificateAuthority(tmp_path)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_message_and_its_answer_over_the_same_way(
    host: str, transport: TransportName, authority: CertificateAuthority
) -> None:
    async def run() -> None:
        tls = authority.issue("127.0.0.1", "::1")
        async with NetworkBench(host, tls=tls) as near, NetworkBench(host, tls=tls) as far:
            there = Address(host, far.port, transport)
            near.network.send(invite(), there)
            near.network.send(invite(body=""), there)
            data, source = await far.receive()
            assert (data, source.host, source.transport) == (invite(), host, transport)
            assert await far.receive() == (invite(body=""), source)
            far.network.send(ANSWER, source)
            data, back = await near.receive()
            assert (data, back) == (ANSWER, there)
            assert [item[0] for item in near.traced] == ["sent", "sent", "received"]
            assert near.traced[0][1:] == (invite(), there)
            assert near.faults.empty()

    asyncio.run(run())


def test_an_answer_whose_connection_is_gone_takes_the_way_of_its_via() -> None:
    async def run() -> None:
        async with NetworkBench() as near, NetworkBench() as far:
            gone = Address("127.0.0.1", 9, "tcp")
            near.network.send(ANSWER, gone, Address("127.0.0.1", far.port, "tcp"))
            assert (await far.receive())[0] == ANSWER

    asyncio.run(run())


def test_a_lost_connection_is_told_and_made_anew() -> None:
    async def run() -> None:
        async with NetworkBench() as near:
            async with NetworkBench() as far:
                there = Address("localhost", far.port, "tcp")
                near.network.send(invite(), there)
                await far.receive()
                port = far.port
            assert await near.fault() == (there, TransportFault.LOST)
            near.network.send(invite(), there)
            assert await near.fault() == (there, TransportFault.REFUSED)
            async with NetworkBench(port=port) as again:
                near.network.send(invite(), there)
                assert (await again.receive())[0] == invite()

    asyncio.run(run())


def test_a_name_that_nobody_has_is_told() -> None:
    async def run() -> None:
        async with NetworkBench() as near:
            there = Address("nobody.invalid", 5060, "tcp")
            near.network.send(invite(), there)
            assert await near.fault() == (there, TransportFault.NAME_UNKNOWN)

    asyncio.run(run())


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_messages_do_not_wait_for_each_other(
    transport: TransportName, authority: CertificateAuthority
) -> None:
    async def run() -> list[float]:
        tls = authority.issue("127.0.0.1")
        times_s = []
        async with NetworkBench(tls=tls) as near, NetworkBench(tls=tls) as far:
            for _ in range(11):
                began_s = time.perf_counter()
                near.network.send(invite(), Address("127.0.0.1", far.port, transport))
                _, source = await far.receive()
                # Two in a row: the second would wait for the acknowledgement of the first.
                far.network.send(ANSWER, source)
                far.network.send(ANSWER, source)
                await near.receive()
                await near.receive()
                times_s.append(time.perf_counter() - began_s)
        return times_s

    # Delayed acknowledgements take 40 ms.
    assert median(asyncio.run(run())) < 0.02


class RawStream:
    """A plain TCP client of a network bench."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> RawStream:
        self._reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()
        await self.writer.wait_closed()

    async def read(self) -> bytes:
        """Returns the next data; empty if the other side has closed the connection."""
        async with asyncio.timeout(5.0):
            try:
                return await self._reader.read(65536)
            except ConnectionResetError:
                return b""


def test_a_ping_is_answered_by_a_pong() -> None:
    async def run() -> None:
        async with NetworkBench() as near, RawStream(near.port) as raw:
            raw.writer.write(PING)
            assert await raw.read() == PONG
            raw.writer.write(invite())
            assert (await near.receive())[0] == invite()

    asyncio.run(run())


def test_garbage_ends_its_connection_and_no_other() -> None:
    async def run() -> None:
        async with NetworkBench() as near, RawStream(near.port) as good:
            async with RawStream(near.port) as bad:
                bad.writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                assert await bad.read() == b""
            good.writer.write(invite())
            assert (await near.receive())[0] == invite()

    asyncio.run(run())


def test_one_host_cannot_take_all_connections() -> None:
    async def run() -> None:
        async with NetworkBench() as near:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(asyncio.open_connection("127.0.0.1", near.port))
                    for _ in range(20)
                ]
            opened = [task.result() for task in tasks]
            closed = 0
            async with asyncio.timeout(5.0):
                for reader, _ in opened[16:]:
                    closed += await reader.read(1) == b""
            assert closed == 4
            for _, writer in opened:
                writer.close()

    asyncio.run(run())


def test_a_quiet_connection_is_closed_without_being_a_failure() -> None:
    async def run() -> None:
        async with NetworkBench(idle_limit_s=0.2) as near, NetworkBench() as far:
            there = Address("127.0.0.1", far.port, "tcp")
            near.network.send(invite(), there)
            _, source = await far.receive()
            far.network.send(ANSWER, source)
            await near.receive()
            assert await far.fault() == (source, TransportFault.LOST)
            assert near.faults.empty()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("names", "address", "fault"),
    [
        (("localhost",), "localhost", None),
        (("127.0.0.1",), "127.0.0.1", None),
        (("pbx.example",), "localhost", TransportFault.TLS_CERTIFICATE),
        (("pbx.example",), "127.0.0.1", TransportFault.TLS_CERTIFICATE),
        (("localhost",), "127.0.0.1", TransportFault.TLS_CERTIFICATE),
    ],
)
def test_a_server_must_prove_its_name(
    names: tuple[str, ...],
    address: str,
    fault: TransportFault | None,
    authority: CertificateAuthority,
) -> None:
    async def run() -> None:
        tls = authority.issue(*names)
        trust = TlsSettings(ca_file=tls.ca_file)
        async with NetworkBench(tls=tls) as far, NetworkBench(tls=trust) as near:
            there = Address(address, far.port, "tls")
            near.network.send(invite(), there)
            if fault is None:
                assert (await far.receive())[0] == invite()
            else:
                assert await near.fault() == (there, fault)
                assert far.received.empty()

    asyncio.run(run())


def test_a_server_of_another_authority_is_refused(tmp_path: Path) -> None:
    async def run() -> None:
        other = CertificateAuthority(tmp_path, "other")
        tls = CertificateAuthority(tmp_path).issue("localhost")
        trust = TlsSettings(ca_file=str(other.file))
        async with NetworkBench(tls=tls) as far, NetworkBench(tls=trust) as near:
            there = Address("localhost", far.port, "tls")
            near.network.send(invite(), there)
            assert await near.fault() == (there, TransportFault.TLS_CERTIFICATE)

    asyncio.run(run())


def test_a_server_that_speaks_no_tls_is_told_apart() -> None:
    async def run() -> None:
        async with NetworkBench() as far, NetworkBench() as near:
            there = Address("127.0.0.1", far.port, "tls")
            near.network.send(invite(), there)
            assert await near.fault() == (there, TransportFault.TLS_FAILED)

    asyncio.run(run())


def test_old_tls_is_refused(authority: CertificateAuthority) -> None:
    async def run() -> None:
        async with NetworkBench(tls=authority.issue("127.0.0.1")) as near:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(authority.file)
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.maximum_version = context.minimum_version = ssl.TLSVersion.TLSv1_1
            with pytest.raises((ssl.SSLError, ConnectionError)):
                await asyncio.open_connection("127.0.0.1", near.port, ssl=context)

    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        asyncio.run(run())


def test_the_server_is_told_the_name_and_given_our_certificate(
    authority: CertificateAuthority, tmp_path: Path
) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        seen: asyncio.Queue[str | None] = asyncio.Queue()
        tls, ours = authority.issue("localhost"), authority.issue("operator.example")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        assert tls.certificate_file is not None
        context.load_cert_chain(tls.certificate_file, tls.key_file)
        context.load_verify_locations(authority.file)
        context.verify_mode = ssl.CERT_REQUIRED

        def note_name(_: object, name: str | None, __: object) -> None:
            loop.call_soon_threadsafe(seen.put_nowait, name)

        context.sni_callback = note_name
        subjects: asyncio.Queue[object] = asyncio.Queue()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            subjects.put_nowait(writer.get_extra_info("peercert")["subjectAltName"])
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, NetworkBench(tls=ours) as near:
            near.network.send(invite(), Address("localhost", port, "tls"))
            async with asyncio.timeout(5.0):
                assert await seen.get() == "localhost"
                assert await subjects.get() == (("DNS", "operator.example"),)
            await near.fault()

    asyncio.run(run())


@pytest.mark.parametrize("field", ["ca_file", "certificate_file"])
def test_files_that_cannot_be_used_are_told_at_the_start(field: str, tmp_path: Path) -> None:
    async def run() -> None:
        broken = tmp_path / "broken.pem"
        broken.write_text("no certificate")
        for path in (broken, tmp_path / "missing.pem"):
            with pytest.raises(SettingsError) as caught:
                async with NetworkBench(tls=TlsSettings(**{field: str(path)})):
                    pass
            assert caught.value.field == f"tls.{field}"

    asyncio.run(run())


def test_where_the_port_is_taken_for_tcp_udp_works_alone() -> None:
    async def run() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            async with NetworkBench(port=port) as near, NetworkBench() as far:
                far.network.send(invite(), Address("127.0.0.1", port))
                assert (await near.receive())[0] == invite()

    asyncio.run(run())


def test_servers_of_a_domain_by_priority_and_the_name_they_must_prove(
    authority: CertificateAuthority,
) -> None:
    async def run(server: DnsServer) -> None:
        resolver = ServerResolver(lambda: 0.0, nameserver=server.address)
        tls = authority.issue("city.example")
        trust = TlsSettings(ca_file=tls.ca_file)
        async with (
            NetworkBench(tls=tls) as far,
            NetworkBench(tls=trust, resolver=resolver) as near,
        ):
            servers = await near.network.resolve_servers("city.example", None, "tls")
            assert servers == (
                Address("127.0.0.2", 5071, "tls"),
                Address("127.0.0.1", 5072, "tls"),
            )
            assert near.network.known_hosts("city.example") == {"127.0.0.1", "127.0.0.2"}
            near.network.send(invite(), Address("127.0.0.1", far.port, "tls"))
            assert (await far.receive())[0] == invite()

    with DnsServer(
        "_sips._tcp.city.example. 60 IN SRV 20 0 5072 two.city.example.",
        "_sips._tcp.city.example. 60 IN SRV 10 0 5071 one.city.example.",
        "one.city.example. 60 IN A 127.0.0.2",
        "two.city.example. 60 IN A 127.0.0.1",
    ) as server:
        asyncio.run(run(server))


@pytest.mark.parametrize(
    ("host", "port", "transport", "expected"),
    [
        # With a port no SRV lookup is made.
        ("plain.example", 5080, "tcp", [Address("192.0.2.7", 5080, "tcp")]),
        ("plain.example", None, "udp", [Address("192.0.2.7", 5060, "udp")]),
        ("plain.example", None, "tls", [Address("192.0.2.7", 5061, "tls")]),
        # NAPTR selects the transport if none is given.
        ("naptr.example", None, None, [Address("192.0.2.8", 5081, "tcp")]),
        ("none.example", None, "udp", []),
        ("nobody.invalid", None, "udp", []),
        ("192.0.2.9", None, "tls", [Address("192.0.2.9", 5061, "tls")]),
    ],
)
def test_what_dns_says_of_a_server(
    host: str, port: int | None, transport: TransportName | None, expected: list[Address]
) -> None:
    with DnsServer(
        "plain.example. 60 IN A 192.0.2.7",
        'naptr.example. 60 IN NAPTR 20 1 "s" "SIP+D2U" "" _sip._udp.naptr.example.',
        'naptr.example. 60 IN NAPTR 10 1 "s" "SIP+D2T" "" _sip._tcp.naptr.example.',
        "_sip._tcp.naptr.example. 60 IN SRV 1 1 5081 host.naptr.example.",
        "host.naptr.example. 60 IN A 192.0.2.8",
        "_sip._udp.none.example. 60 IN SRV 0 0 0 .",
        "none.example. 60 IN A 192.0.2.9",
    ) as server:
        resolver = ServerResolver(lambda: 0.5, nameserver=server.address)
        found = asyncio.run(resolver.resolve_servers(host, port, transport))
    assert list(found) == expected


def test_hosts_of_the_system_need_no_dns() -> None:
    resolver = ServerResolver(lambda: 0.5)
    found = asyncio.run(resolver.resolve_servers("localhost", None, "udp"))
    assert found == (Address("127.0.0.1", 5060, "udp"),)


def test_a_caller_that_says_nothing_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telephony.sip.network.stream._FIRST_MESSAGE_LIMIT_S", 0.1)

    async def run() -> None:
        async with NetworkBench() as near, RawStream(near.port) as raw:
            raw.writer.write(b"OPTIONS sip:h SIP/2.0\r\n")
            assert await raw.read() == b""

    asyncio.run(run())


def test_a_peer_that_answers_no_ping_any_more_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telephony.sip.network.stream._PONG_LIMIT_S", 0.1)

    async def run() -> None:
        pings: asyncio.Queue[bytes] = asyncio.Queue()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            pings.put_nowait(await reader.readexactly(len(PING)))
            writer.write(PONG + sip("SIP/2.0 200 OK", "Via: SIP/2.0/TCP h.example"))
            # The second ping gets no answer.
            pings.put_nowait(await reader.readexactly(len(PING)))
            await reader.read()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        there = Address("127.0.0.1", server.sockets[0].getsockname()[1], "tcp")
        async with server, NetworkBench() as near:
            near.network.send(PING, there)
            await near.receive()
            near.network.send(PING, there)
            assert await near.fault() == (there, TransportFault.LOST)
            assert pings.qsize() == 2

    asyncio.run(run())


def test_a_peer_that_reads_nothing_is_cut_off() -> None:
    async def run() -> None:
        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await done.wait()
            writer.close()

        done = asyncio.Event()
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1024)
        there = Address("127.0.0.1", server.sockets[0].getsockname()[1], "tcp")
        async with server, NetworkBench() as near:
            message = sip("OPTIONS sip:h SIP/2.0", body="x" * 60000)
            for _ in range(400):
                near.network.send(message, there)
                await asyncio.sleep(0)
                if not near.faults.empty():
                    break
            assert await near.fault() == (there, TransportFault.LOST)
            done.set()

    asyncio.run(run())
