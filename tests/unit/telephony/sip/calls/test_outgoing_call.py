"""Outgoing calls, against a remote party simulated by the test."""

from __future__ import annotations

import pytest

from telephony.events import EndCause
from telephony.sip.effects import (
    CallEstablished,
    CallProgressing,
    CallTerminated,
    Datagram,
    MediaAgreed,
)
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.sdp import parse_sdp
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import OFFER, REGISTRAR, AgentBench, in_dialog, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
CONTACT = "Contact: <sip:callee@192.0.2.20:5066>"
ROUTES = "Record-Route: <sip:192.0.2.31;lr>, <sip:192.0.2.30:5080;lr>"


def dialling() -> AgentBench:
    bench = AgentBench(account=True)
    target = Uri.parse("sip:302@192.0.2.1")
    bench.take(bench.agent.call("our-call", target, LOCAL, bench.now_s))
    return bench


def last_invite(bench: AgentBench) -> Request:
    return bench.requests("INVITE")[-1]


def respond(bench: AgentBench, status: str, *headers: str, **options: str) -> None:
    bench.receive(reply(last_invite(bench), status, *headers, **options), REGISTRAR)


def talking() -> AgentBench:
    bench = dialling()
    respond(bench, "200 OK", CONTACT, ROUTES, body=OFFER)
    return bench


def hang_up(bench: AgentBench) -> None:
    bench.take(bench.agent.hang_up("our-call", bench.now_s))


def end_of(bench: AgentBench) -> tuple[EndCause, int | None]:
    ended = bench.one(CallTerminated)
    return ended.cause, ended.status_code


def nothing_is_left(bench: AgentBench) -> bool:
    bench.advance(100)
    return bench.agent.calls == () and bench.agent.transactions == 0 and not bench.agent.next_at()


def test_invite_has_an_offer_and_goes_to_the_server() -> None:
    bench = dialling()
    invite = last_invite(bench)
    assert invite.uri == "sip:302@192.0.2.1"
    assert parse_sdp(invite.body).media[0].formats == ("8", "0", "13", "101")
    assert bench.all(Datagram)[0].destination == REGISTRAR
    assert invite.sender.tag
    assert invite.recipient.tag is None


def test_ringing_answer_and_an_ack_along_the_route_set() -> None:
    bench = dialling()
    respond(bench, "100 Trying")
    respond(bench, "180 Ringing", CONTACT)
    assert bench.one(CallProgressing).status_code == 180
    respond(bench, "200 OK", CONTACT, ROUTES, body=OFFER)
    (ack,) = bench.requests("ACK")
    assert ack.uri == "sip:callee@192.0.2.20:5066"
    assert ack.values("Route") == ("<sip:192.0.2.30:5080;lr>", "<sip:192.0.2.31;lr>")
    assert ack.sequence == (last_invite(bench).sequence.number, "ACK")
    assert ack.sender.tag == last_invite(bench).sender.tag
    assert ack.recipient.tag == "far"
    assert ack.top_via.branch != last_invite(bench).top_via.branch
    sent_acks = [e for e in bench.all(Datagram) if e.data.startswith(b"ACK")]
    assert sent_acks[0].destination == Address("192.0.2.30", 5080)
    assert bench.one(CallEstablished).codec == "PCMU"
    assert bench.one(MediaAgreed).media.port == 4000


def test_a_repeated_200_gets_the_ack_again() -> None:
    bench = talking()
    respond(bench, "200 OK", CONTACT, ROUTES, body=OFFER)
    acks = bench.requests("ACK")
    assert len(acks) == 2
    assert acks[0] == acks[1]
    assert len(bench.all(CallEstablished)) == 1


def test_a_second_phone_that_answers_is_acknowledged_and_hung_up() -> None:
    bench = talking()
    respond(bench, "200 OK", "Contact: <sip:other@192.0.2.22>", to_tag="other", body=OFFER)
    (bye,) = bench.requests("BYE")
    assert bye.required("Reason") == 'SIP;cause=200;text="Call completed elsewhere"'
    assert bye.uri == "sip:other@192.0.2.22"
    assert bye.recipient.tag == "other"
    assert bench.agent.is_live("our-call")


@pytest.mark.parametrize(
    ("status", "asks", "gives"),
    [
        ("407 Proxy", "Proxy-Authenticate", "Proxy-Authorization"),
        ("401 No", "WWW-Authenticate", "Authorization"),
    ],
)
def test_a_challenged_invite_is_sent_again_with_credentials(
    status: str, asks: str, gives: str
) -> None:
    bench = dialling()
    first = last_invite(bench)
    respond(bench, status, f'{asks}: Digest realm="r", nonce="n", qop="auth"')
    second = last_invite(bench)
    assert len(bench.requests("ACK")) == 1
    assert 'username="301"' in second.required(gives)
    assert second.sequence.number == first.sequence.number + 1
    assert (second.call_id, second.sender.tag) == (first.call_id, first.sender.tag)
    assert second.top_via.branch != first.top_via.branch
    respond(bench, "200 OK", CONTACT, body=OFFER)
    assert bench.requests("ACK")[-1].first(gives) == second.first(gives)
    assert bench.all(CallEstablished)
    hang_up(bench)
    assert bench.requests("BYE")[0].sequence.number == second.sequence.number + 1


def test_wrong_credentials_end_the_call() -> None:
    bench = dialling()
    for _ in range(2):
        respond(bench, "407 Proxy", 'Proxy-Authenticate: Digest realm="r", nonce="n"')
    assert end_of(bench) == (EndCause.FAILED, 407)


@pytest.mark.parametrize(
    ("status_code", "cause"),
    [
        (486, EndCause.BUSY),
        (600, EndCause.BUSY),
        (480, EndCause.NOT_ANSWERED),
        (408, EndCause.NOT_ANSWERED),
        (603, EndCause.REJECTED),
        (404, EndCause.FAILED),
        (503, EndCause.FAILED),
        (302, EndCause.FAILED),
    ],
)
def test_refusals(status_code: int, cause: EndCause) -> None:
    bench = dialling()
    respond(bench, f"{status_code} X")
    assert end_of(bench) == (cause, status_code)
    assert len(bench.requests("ACK")) == 1
    assert nothing_is_left(bench)


def test_nobody_answers_the_invite() -> None:
    bench = dialling()
    bench.advance(33)
    assert end_of(bench) == (EndCause.FAILED, None)
    assert nothing_is_left(bench)


def test_giving_up_before_any_answer_cancels_as_soon_as_that_is_allowed() -> None:
    bench = dialling()
    hang_up(bench)
    assert end_of(bench) == (EndCause.CANCELLED, None)
    assert bench.requests("CANCEL") == []
    respond(bench, "100 Trying")
    (cancel,) = bench.requests("CANCEL")
    invite = last_invite(bench)
    assert cancel.values("Via") == invite.values("Via")
    assert (cancel.uri, cancel.required("To")) == (invite.uri, invite.required("To"))
    bench.receive(reply(cancel, "200 OK"), REGISTRAR)
    respond(bench, "487 Request Terminated")
    assert len(bench.requests("ACK")) == 1
    assert nothing_is_left(bench)


def test_an_answer_that_crosses_the_cancel_is_acknowledged_and_hung_up() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", CONTACT)
    hang_up(bench)
    respond(bench, "200 OK", CONTACT, body=OFFER)
    assert len(bench.requests("ACK")) == 1
    (bye,) = bench.requests("BYE")
    assert bye.required("Reason") == 'SIP;cause=487;text="Given up"'
    bench.receive(reply(bye, "200 OK"))
    assert bench.all(CallEstablished) == []
    assert nothing_is_left(bench)


def test_a_cancelled_call_whose_server_falls_silent_is_given_up() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", CONTACT)
    hang_up(bench)
    assert nothing_is_left(bench)


def test_ringing_without_end_is_given_up() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", CONTACT)
    bench.advance(121)
    assert end_of(bench) == (EndCause.NOT_ANSWERED, None)
    assert len(bench.requests("CANCEL")) >= 1


def test_early_media() -> None:
    bench = dialling()
    respond(bench, "183 Session Progress", CONTACT, body=OFFER)
    assert bench.one(MediaAgreed).media.codec == "PCMU"
    assert bench.all(CallEstablished) == []
    respond(bench, "200 OK", CONTACT, body=OFFER)
    assert len(bench.all(MediaAgreed)) == 1
    assert bench.all(CallEstablished)


@pytest.mark.parametrize(
    ("body", "cause"),
    [("", EndCause.FAILED), (OFFER.replace("0 8 101", "18"), EndCause.NO_COMMON_CODEC)],
)
def test_an_answer_without_usable_media_is_acknowledged_and_hung_up(
    body: str, cause: EndCause
) -> None:
    bench = dialling()
    respond(bench, "200 OK", CONTACT, body=body)
    assert len(bench.requests("ACK")) == 1
    assert len(bench.requests("BYE")) == 1
    assert end_of(bench) == (cause, 488)


def from_far(bench: AgentBench, method: str, **options: str) -> None:
    tag = last_invite(bench).sender.tag
    assert tag is not None
    bench.receive(in_dialog(method, tag, sequence=1, call_id="our-call", **options))


def test_the_far_side_hangs_up() -> None:
    bench = talking()
    from_far(bench, "BYE")
    assert bench.responses("BYE")[0].status_code == 200
    assert end_of(bench) == (EndCause.FAR_END, None)


def test_hold_by_the_far_side() -> None:
    bench = talking()
    from_far(bench, "INVITE", body=OFFER.replace("sendrecv", "inactive"))
    assert parse_sdp(bench.responses("INVITE", 200)[0].body).media[0].direction == "inactive"
    assert not bench.all(MediaAgreed)[-1].media.receiving


def test_a_challenged_bye_is_sent_again() -> None:
    bench = talking()
    hang_up(bench)
    (bye,) = bench.requests("BYE")
    bench.receive(reply(bye, "407 X", 'Proxy-Authenticate: Digest realm="r", nonce="n"'))
    assert bench.requests("BYE")[-1].first("Proxy-Authorization") is not None
    assert bench.requests("BYE")[-1].sequence.number == bye.sequence.number + 1


def test_a_200_that_cannot_be_acknowledged() -> None:
    bench = dialling()
    respond(bench, "200 OK", "Contact: <tel:+79005550101>", body=OFFER)
    assert end_of(bench) == (EndCause.FAILED, 502)
