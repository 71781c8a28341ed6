"""Selection of the transport, and handling of requests that cannot be sent (RFC 3261 18.1.1)."""

from __future__ import annotations

import pytest

from telephony.events import EndCause, RegistrationState
from telephony.sip.effects import CallTerminated, Datagram, RegistrationUpdated
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.syntax.address import TRANSPORTS, Address, Uri
from tests.fakes.sip_messages import FAR, REGISTRAR, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
REGISTRAR_TCP = REGISTRAR._replace(transport="tcp")


def dial(bench: AgentBench, call_id: str, target: str) -> None:
    bench.take(bench.agent.call(call_id, Uri.parse(target), LOCAL, bench.now_s))


def long_target(length: int = 1300) -> str:
    return f"sip:302;note={'x' * length}@192.0.2.1"


def ways(bench: AgentBench) -> list[Address]:
    return [datagram.destination for datagram in bench.all(Datagram)]


def test_a_long_request_goes_over_tcp_and_a_short_one_does_not() -> None:
    bench = AgentBench(account=True)
    dial(bench, "short", "sip:302@192.0.2.1")
    dial(bench, "long", long_target())
    assert ways(bench) == [REGISTRAR, REGISTRAR_TCP]
    assert [invite.top_via.transport for invite in bench.requests("INVITE")] == ["UDP", "TCP"]
    # TCP retransmits automatically.
    bench.advance(0.6)
    assert ways(bench)[2:] == [REGISTRAR]


def test_what_is_too_long_counts_with_all_header_fields() -> None:
    bench = AgentBench(account=True)
    for length in range(600, 1000, 10):
        dial(bench, f"call{length}", long_target(length))
    for datagram in bench.all(Datagram):
        is_long = len(datagram.data) > 1300
        assert datagram.destination == (REGISTRAR_TCP if is_long else REGISTRAR)


@pytest.mark.parametrize("fault", [TransportFault.REFUSED, TransportFault.TIMEOUT])
def test_where_tcp_is_refused_a_long_request_goes_over_udp_after_all(
    fault: TransportFault,
) -> None:
    bench = AgentBench(account=True)
    dial(bench, "first", long_target())
    bench.take(bench.agent.transport_failed(REGISTRAR_TCP, fault, bench.now_s))
    assert ways(bench) == [REGISTRAR_TCP, REGISTRAR]
    assert bench.requests("INVITE")[-1].top_via.transport == "UDP"
    bench.receive(reply(bench.requests("INVITE")[-1], "180 Ringing"), REGISTRAR)
    # The next call does not try TCP again; a CANCEL uses the transport of its INVITE.
    dial(bench, "second", long_target())
    assert ways(bench)[2:] == [REGISTRAR]
    bench.take(bench.agent.hang_up("first", bench.now_s))
    (cancel,) = bench.requests("CANCEL")
    assert (ways(bench)[-1], cancel.top_via.transport) == (REGISTRAR, "UDP")
    assert bench.all(CallTerminated)[0].cause is EndCause.CANCELLED


def test_after_a_while_tcp_is_tried_again() -> None:
    bench = AgentBench(account=True)
    dial(bench, "first", long_target())
    bench.take(bench.agent.transport_failed(REGISTRAR_TCP, TransportFault.REFUSED, bench.now_s))
    bench.advance(700)
    dial(bench, "second", long_target())
    assert ways(bench)[-1] == REGISTRAR_TCP


def test_a_call_whose_server_cannot_be_reached_ends_at_once() -> None:
    bench = AgentBench()
    dial(bench, "call", "sip:302@192.0.2.1;transport=tcp")
    assert ways(bench) == [REGISTRAR_TCP]
    bench.take(bench.agent.transport_failed(REGISTRAR_TCP, TransportFault.REFUSED, bench.now_s))
    ended = bench.one(CallTerminated)
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, 503)
    assert bench.agent.calls == ()
    assert bench.agent.transactions == 0
    assert bench.requests("ACK") == []


@pytest.mark.parametrize(
    ("target", "contact"),
    [
        ("sip:302@192.0.2.1", "sip:301@192.0.2.10:5070"),
        ("sip:302@192.0.2.1;transport=tcp", "sip:301@192.0.2.10:5070;transport=tcp"),
        ("sip:302@192.0.2.1;transport=tls", "sip:301@192.0.2.10:5070;transport=tls"),
        ("sips:302@192.0.2.1", "sips:301@192.0.2.10:5070"),
        (f"sip:302;x={'x' * 1300}@192.0.2.1", "sip:301@192.0.2.10:5070"),
    ],
)
def test_the_far_side_is_told_to_come_back_the_same_way(target: str, contact: str) -> None:
    bench = AgentBench()
    dial(bench, "call", target)
    assert bench.requests("INVITE")[0].required("Contact") == f"<{contact}>"


@pytest.mark.parametrize(
    ("transport", "contact"),
    [
        ("UDP", "sip:301@192.0.2.10:5070"),
        ("TLS", "sip:301@192.0.2.10:5070;transport=tls"),
    ],
)
def test_a_caller_is_told_to_come_back_the_same_way(transport: str, contact: str) -> None:
    bench = AgentBench()
    source = Address("192.0.2.20", 40000, TRANSPORTS[transport])
    bench.receive(invite().replace(b"SIP/2.0/UDP", f"SIP/2.0/{transport}".encode()), source)
    assert bench.responses("INVITE", 180)[0].required("Contact") == f"<{contact}>"


def test_a_flood_of_requests_is_dropped_and_counted_and_passes() -> None:
    bench = AgentBench()
    options = in_dialog("OPTIONS", "none")
    for number in range(5000):
        bench.agent.receive(options.replace(b"bKfar2", f"bK{number}".encode()), FAR, bench.now_s)
    assert bench.agent.transactions <= 4096
    assert bench.agent.dropped["flood"] == 5000 - 4096
    bench.advance(40)
    bench.receive(invite())
    assert bench.responses("INVITE", 180)


def test_a_registrar_that_cannot_be_reached_is_told_with_the_reason() -> None:
    bench = AgentBench(account=True)
    bench.take(bench.agent.start(bench.now_s))
    bench.take(bench.agent.transport_failed(REGISTRAR, TransportFault.NAME_UNKNOWN, bench.now_s))
    last = bench.all(RegistrationUpdated)[-1]
    assert (last.state, last.status_code) == (RegistrationState.FAILED, None)
    assert last.fault is TransportFault.NAME_UNKNOWN
