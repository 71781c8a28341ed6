"""Outgoing calls that ring at several phones, send reliable responses or are redirected."""

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
FIRST = "Contact: <sip:first@192.0.2.20:5066>"
SECOND = "Contact: <sip:second@192.0.2.20:5067>"
OTHER_MEDIA = OFFER.replace("m=audio 4000", "m=audio 5000")


def dialling(*, account: bool = True) -> AgentBench:
    bench = AgentBench(account=account)
    target = Uri.parse("sip:302@192.0.2.1")
    bench.take(bench.agent.call("our-call", target, LOCAL, bench.now_s))
    return bench


def last_invite(bench: AgentBench) -> Request:
    return bench.requests("INVITE")[-1]


def respond(bench: AgentBench, status: str, *headers: str, **options: str) -> None:
    bench.receive(reply(last_invite(bench), status, *headers, **options), REGISTRAR)


def hang_up(bench: AgentBench) -> None:
    bench.take(bench.agent.hang_up("our-call", bench.now_s))


def nothing_is_left(bench: AgentBench) -> bool:
    bench.advance(100)
    return bench.agent.calls == () and bench.agent.transactions == 0 and not bench.agent.next_at()


def test_the_phone_that_spoke_last_is_heard_and_the_one_that_answers_wins() -> None:
    bench = dialling()
    respond(bench, "183 Progress", FIRST, to_tag="one", body=OFFER)
    respond(bench, "183 Progress", SECOND, to_tag="two", body=OTHER_MEDIA)
    assert [each.media.port for each in bench.all(MediaAgreed)] == [4000, 5000]
    respond(bench, "200 OK", FIRST, to_tag="one", body=OFFER)
    assert bench.all(MediaAgreed)[-1].media.port == 4000
    assert len(bench.all(CallEstablished)) == 1
    hang_up(bench)
    assert bench.requests("BYE")[0].uri == "sip:first@192.0.2.20:5066"


def test_an_answer_without_a_body_takes_the_one_its_phone_gave_while_ringing() -> None:
    bench = dialling()
    respond(bench, "183 Progress", FIRST, to_tag="one", body=OFFER)
    respond(bench, "183 Progress", SECOND, to_tag="two", body=OTHER_MEDIA)
    respond(bench, "200 OK", FIRST, to_tag="one")
    assert bench.all(MediaAgreed)[-1].media.port == 4000
    assert bench.all(CallEstablished)


def test_every_later_answer_is_acknowledged_and_hung_up() -> None:
    bench = dialling()
    for tag, contact in (("one", FIRST), ("two", SECOND)):
        respond(bench, "180 Ringing", contact, to_tag=tag)
    respond(bench, "200 OK", SECOND, to_tag="two", body=OFFER)
    respond(bench, "200 OK", FIRST, to_tag="one", body=OFFER)
    (bye,) = bench.requests("BYE")
    assert (bye.uri, bye.recipient.tag) == ("sip:first@192.0.2.20:5066", "one")
    assert {ack.recipient.tag for ack in bench.requests("ACK")} == {"one", "two"}
    assert bench.agent.is_live("our-call")


def test_an_early_dialog_ends_by_199_and_the_call_goes_on() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", FIRST, to_tag="one")
    respond(bench, "199 Over", FIRST, to_tag="one")
    assert [each.status_code for each in bench.all(CallProgressing)] == [180]
    update_from(bench, "one")
    assert bench.responses("UPDATE")[-1].status_code == 481
    assert bench.agent.is_live("our-call")


def update_from(bench: AgentBench, tag: str, body: str = "", sequence: int = 7) -> None:
    local = last_invite(bench).sender.tag
    assert local is not None
    data = in_dialog(
        "UPDATE", local, sequence=sequence, branch=f"u{sequence}", call_id="our-call", body=body
    )
    bench.receive(data.replace(b";tag=far\r", f";tag={tag}\r".encode()))


def test_an_update_while_it_rings() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", FIRST, to_tag="one")
    update_from(bench, "one", OFFER)
    # Our own offer is not answered yet.
    assert bench.responses("UPDATE")[-1].status_code == 491
    respond(bench, "183 Progress", FIRST, to_tag="one", body=OFFER)
    update_from(bench, "one", OTHER_MEDIA.replace("o=- 1 1", "o=- 1 2"), 8)
    ok = bench.responses("UPDATE", 200)[-1]
    assert parse_sdp(ok.body).media[0].port == 16384
    assert bench.all(MediaAgreed)[-1].media.port == 5000


def test_a_bye_of_one_ringing_phone_does_not_end_the_call() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", FIRST)
    tag = last_invite(bench).sender.tag
    assert tag is not None
    bench.receive(in_dialog("BYE", tag, call_id="our-call"))
    assert bench.responses("BYE")[0].status_code == 200
    assert bench.agent.is_live("our-call")


def reliable(number: int) -> tuple[str, str]:
    return "Require: 100rel", f"RSeq: {number}"


def test_reliable_answers_are_acknowledged_once_and_in_order() -> None:
    bench = dialling()
    assert "100rel" in last_invite(bench).values("Supported")
    route = "Record-Route: <sip:192.0.2.30;lr>"
    respond(bench, "180 Ringing", FIRST, route, *reliable(50))
    respond(bench, "180 Ringing", FIRST, route, *reliable(50))
    respond(bench, "183 Progress", FIRST, route, *reliable(52), body=OTHER_MEDIA)
    respond(bench, "183 Progress", FIRST, route, *reliable(51), body=OFFER)
    pracks = bench.requests("PRACK")
    assert [prack.required("RAck") for prack in pracks] == ["50 1 INVITE", "51 1 INVITE"]
    assert pracks[0].uri == "sip:first@192.0.2.20:5066"
    assert pracks[0].values("Route") == ("<sip:192.0.2.30;lr>",)
    assert [prack.sequence.number for prack in pracks] == [2, 3]
    assert [each.status_code for each in bench.all(CallProgressing)] == [180, 183]
    assert bench.one(MediaAgreed).media.port == 4000
    respond(bench, "200 OK", FIRST, route)
    hang_up(bench)
    assert bench.requests("BYE")[0].sequence.number == 4


def test_a_redirected_call_goes_on_to_the_best_contact_through_the_server() -> None:
    bench = dialling()
    first = last_invite(bench)
    respond(
        bench,
        "302 Moved",
        "Contact: <sip:low@192.0.2.40>;q=0.2, <sip:high@192.0.2.41?Subject=x>;q=0.9",
        "Contact: <tel:+79005550101>",
    )
    second = last_invite(bench)
    assert second.uri == "sip:high@192.0.2.41"
    assert second.required("To") == first.required("To")
    assert (second.call_id, second.sender.tag) == (first.call_id, first.sender.tag)
    assert second.sequence.number == first.sequence.number + 1
    invites = [each for each in bench.all(Datagram) if each.data.startswith(b"INVITE")]
    assert {each.destination for each in invites} == {REGISTRAR}
    respond(bench, "486 Busy")
    assert last_invite(bench).uri == "sip:low@192.0.2.40"
    respond(bench, "404 Nobody")
    assert bench.one(CallTerminated).status_code == 404
    assert nothing_is_left(bench)


def test_a_busy_everywhere_ends_a_redirected_call() -> None:
    bench = dialling()
    respond(bench, "302 Moved", "Contact: <sip:a@192.0.2.40>, <sip:b@192.0.2.40>")
    respond(bench, "600 Busy Everywhere")
    assert bench.one(CallTerminated).cause is EndCause.BUSY


def test_redirections_in_a_circle_end() -> None:
    bench = dialling()
    respond(bench, "302 Moved", "Contact: <sip:302@192.0.2.1>")
    assert bench.one(CallTerminated).status_code == 302


def test_redirections_without_end_are_given_up() -> None:
    bench = dialling()
    for number in range(9):
        respond(bench, "302 Moved", f"Contact: <sip:{number}@192.0.2.40>")
    assert len(bench.requests("INVITE")) == 6
    assert bench.one(CallTerminated).status_code == 302


@pytest.mark.parametrize(("host", "followed"), [("192.0.2.1", True), ("192.0.2.99", False)])
def test_without_a_server_only_the_same_host_is_called(host: str, followed: bool) -> None:
    bench = dialling(account=False)
    respond(bench, "302 Moved", f"Contact: <sip:other@{host}:5090>")
    if followed:
        assert bench.all(Datagram)[-1].destination == Address(host, 5090)
        assert bench.agent.is_live("our-call")
    else:
        assert bench.one(CallTerminated).status_code == 302


def test_a_call_given_up_is_not_redirected() -> None:
    bench = dialling()
    respond(bench, "180 Ringing", FIRST)
    hang_up(bench)
    respond(bench, "302 Moved", "Contact: <sip:other@192.0.2.40>")
    assert len(bench.requests("INVITE")) == 1
    assert nothing_is_left(bench)


def test_a_call_given_up_between_two_challenges_is_not_made() -> None:
    bench = dialling()
    hang_up(bench)
    respond(bench, "407 Proxy", 'Proxy-Authenticate: Digest realm="r", nonce="n"')
    assert len(bench.requests("INVITE")) == 1
    assert nothing_is_left(bench)
