"""Direct calls to the dialled host, without the server."""

from __future__ import annotations

import pytest

from telephony.events import EndCause
from telephony.sip.effects import CallEstablished, CallTerminated, Datagram
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import Request, Response, parse_message
from tests.fakes.sip_messages import FAR, OFFER, REGISTRAR, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
CHALLENGE = 'Proxy-Authenticate: Digest realm="r", nonce="n"'
CONTACT = "Contact: <sip:302@192.0.2.20>"
PEER = Address("192.0.2.20", 5066)


def registered(*headers: str) -> AgentBench:
    """A phone whose registrar has requested its password; it accepts calls from no other host."""
    bench = AgentBench(account=True, accept_from=())
    bench.take(bench.agent.start(bench.now_s))
    challenge = 'WWW-Authenticate: Digest realm="r", nonce="n"'
    bench.receive(reply(last(bench, "REGISTER"), "401 X", challenge), REGISTRAR)
    bench.receive(reply(last(bench, "REGISTER"), "200 OK", *headers), REGISTRAR)
    return bench


def dial(bench: AgentBench, target: str = "sip:302@192.0.2.20:5066") -> None:
    uri = Uri.parse(target)
    bench.take(bench.agent.call("our-call", uri, LOCAL, bench.now_s, directly=True))


def last(bench: AgentBench, method: str) -> Request:
    return bench.requests(method)[-1]


def destination(bench: AgentBench, method: str) -> Address:
    """Destination of the last request with this method."""
    start = method.encode()
    return [item for item in bench.all(Datagram) if item.data.startswith(start)][-1].destination


def test_a_direct_call_meets_its_host_and_tells_it_no_credentials() -> None:
    bench = registered()
    dial(bench)
    first = last(bench, "INVITE")
    assert destination(bench, "INVITE") == PEER
    assert first.first("Route") is None
    assert first.first("Authorization") is None
    assert first.first("Proxy-Authorization") is None
    bench.receive(reply(first, "407 X", CHALLENGE), PEER)
    assert bench.requests("INVITE") == [first]
    assert bench.one(CallTerminated).status_code == 407


def test_the_far_side_s_requests_within_a_direct_call_are_taken() -> None:
    bench = registered()
    dial(bench)
    bench.receive(reply(last(bench, "INVITE"), "200 OK", CONTACT, body=OFFER), PEER)
    assert bench.all(CallEstablished)
    assert destination(bench, "ACK") == FAR
    tag = last(bench, "INVITE").sender.tag or ""
    bench.receive(in_dialog("BYE", tag, call_id="our-call"), PEER)
    assert bench.responses("BYE", 200)
    assert bench.one(CallTerminated).cause is EndCause.FAR_END


@pytest.mark.parametrize("change", ["BYE", "INVITE"])
def test_a_stranger_s_challenge_within_a_call_learns_nothing_of_the_password(change: str) -> None:
    bench = registered()
    dial(bench)
    bench.receive(reply(last(bench, "INVITE"), "200 OK", CONTACT, body=OFFER), PEER)
    command = bench.agent.hang_up if change == "BYE" else bench.agent.hold
    bench.take(command("our-call", bench.now_s))
    asked = last(bench, change)
    bench.receive(reply(asked, "407 X", CHALLENGE), PEER)
    assert last(bench, change) == asked


def test_nor_does_the_challenge_of_a_stranger_who_was_let_in() -> None:
    bench = AgentBench(account=True, accept_from=("*",))
    bench.receive(invite(), FAR)
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    tag = bench.responses("INVITE", 200)[0].recipient.tag or ""
    bench.receive(in_dialog("ACK", tag, sequence=1), FAR)
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    bench.receive(reply(last(bench, "BYE"), "407 X", CHALLENGE), FAR)
    assert len(bench.requests("BYE")) == 1


def test_a_service_route_is_the_way_even_to_another_host() -> None:
    bench = registered("Service-Route: <sip:192.0.2.50;lr>")
    dial(bench)
    assert destination(bench, "INVITE") == Address("192.0.2.50", 5060)
    assert last(bench, "INVITE").required("Route") == "<sip:192.0.2.50;lr>"
    bench.receive(reply(last(bench, "INVITE"), "407 X", CHALLENGE), REGISTRAR)
    assert last(bench, "INVITE").first("Proxy-Authorization") is not None


@pytest.mark.parametrize(
    ("contact", "way"),
    [
        ("sip:303@192.0.2.20:5068", Address("192.0.2.20", 5068)),
        ("sip:303@192.0.2.77", REGISTRAR),
        ("sip:+78005550100@192.0.2.1", REGISTRAR),
    ],
)
def test_a_redirection_stays_at_the_host_or_is_the_server_s_to_decide(
    contact: str, way: Address
) -> None:
    bench = registered()
    dial(bench)
    bench.receive(reply(last(bench, "INVITE"), "302 Moved", f"Contact: <{contact}>"), PEER)
    assert last(bench, "INVITE").uri == contact
    assert destination(bench, "INVITE") == way


def test_a_host_that_is_silent_or_busy_casts_no_doubt_on_the_server() -> None:
    bench = AgentBench(account=True, backup_servers=(Address("192.0.2.2", 5060),))
    bench.take(bench.agent.start(bench.now_s))
    bench.receive(reply(last(bench, "REGISTER"), "200 OK"), REGISTRAR)
    dial(bench)
    bench.advance(31)
    assert len(bench.requests("REGISTER")) == 1
    bench.receive(reply(last(bench, "INVITE"), "503 No Lines"), PEER)
    assert bench.one(CallTerminated).status_code == 503
    assert len(bench.requests("REGISTER")) == 1


def test_the_cancel_goes_the_way_of_its_invite() -> None:
    bench = registered()
    dial(bench)
    bench.receive(reply(last(bench, "INVITE"), "180 Ringing", CONTACT), PEER)
    bench.take(bench.agent.hang_up("our-call", bench.now_s))
    assert destination(bench, "CANCEL") == PEER
    bench.receive(reply(last(bench, "CANCEL"), "200 OK"), PEER)
    bench.receive(reply(last(bench, "INVITE"), "487 Gone"), PEER)
    acknowledged = [parse_message(item.data) for item in bench.all(Datagram)][-1]
    assert not isinstance(acknowledged, Response)
    assert acknowledged.method == "ACK"
    bench.advance(100)
    assert bench.agent.calls == ()


def test_sips_goes_by_tls() -> None:
    bench = registered()
    dial(bench, "sips:302@far.example")
    assert destination(bench, "INVITE") == Address("far.example", 5061, "tls")
