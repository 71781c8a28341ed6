"""Incoming calls, from the first INVITE to the last BYE, on a simulated clock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telephony.events import EndCause
from telephony.settings import TransportName
from telephony.sip.effects import CallEstablished, CallOffered, CallTerminated, MediaAgreed
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.sdp import parse_sdp
from telephony.sip.syntax.message import Request, Response
from tests.fakes.sip_messages import FAR, OFFER, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)


def ringing(*headers: str, body: str = OFFER, ring_limit_s: float = 120.0) -> AgentBench:
    bench = AgentBench(ring_limit_s=ring_limit_s)
    bench.receive(invite(*headers, body=body))
    return bench


def answer(bench: AgentBench) -> None:
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))


def tag_of(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def acknowledge(bench: AgentBench, body: str = "") -> None:
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack", body=body))


def talking(*headers: str) -> AgentBench:
    bench = ringing(*headers)
    answer(bench)
    acknowledge(bench)
    return bench


def end_of(bench: AgentBench) -> tuple[EndCause, int | None]:
    ended = bench.one(CallTerminated)
    return ended.cause, ended.status_code


def nothing_is_left(bench: AgentBench) -> bool:
    bench.advance(64)
    return bench.agent.calls == () and bench.agent.transactions == 0 and not bench.agent.next_at()


def test_trying_ringing_and_who_calls() -> None:
    bench = ringing("Record-Route: <sip:p1;lr>, <sip:p2;lr>")
    assert [response.status_code for response in bench.responses("INVITE")] == [100, 180]
    ringing_response = bench.responses("INVITE", 180)[0]
    assert ringing_response.values("Record-Route") == ("<sip:p1;lr>", "<sip:p2;lr>")
    assert ringing_response.required("Contact") == "<sip:301@192.0.2.10:5070>"
    offered = bench.one(CallOffered)
    assert (offered.call_id, offered.caller_number) == ("far-call", "+79005550137")
    assert (offered.caller_name, offered.dialled_line) == ("Ivan", "301")


@pytest.mark.parametrize(
    ("header", "number"),
    [
        ("P-Asserted-Identity: <tel:+7-900-555-01-12>", "+79005550112"),
        ('P-Asserted-Identity: "X" <sip:89005550112@pbx.example>', "89005550112"),
        ("P-Asserted-Identity: broken", "+79005550137"),
    ],
)
def test_the_asserted_identity_counts_before_from(header: str, number: str) -> None:
    assert ringing(header).one(CallOffered).caller_number == number


def test_an_anonymous_caller_has_no_number_and_no_name() -> None:
    bench = AgentBench()
    bench.receive(
        invite().replace(
            b'"Ivan" <sip:+79005550137@192.0.2.20>',
            b'"Anonymous" <sip:anonymous@anonymous.invalid>',
        )
    )
    offered = bench.one(CallOffered)
    assert (offered.caller_number, offered.caller_name) == ("", "")


def test_answer_agrees_on_media_and_echoes_the_record_route() -> None:
    bench = ringing("Record-Route: <sip:p1;lr>")
    answer(bench)
    ok = bench.responses("INVITE", 200)[0]
    assert ok.values("Record-Route") == ("<sip:p1;lr>",)
    assert ok.contact is not None
    assert parse_sdp(ok.body).media[0].port == 16384
    assert bench.one(MediaAgreed).media.host == "192.0.2.20"
    assert bench.one(CallEstablished).codec == "PCMU"
    acknowledge(bench)
    bench.advance(60)
    assert len(bench.responses("INVITE", 200)) == 1


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_lost_ack_repeats_the_answer_and_ends_the_call_after_32_seconds(
    transport: TransportName,
) -> None:
    bench = AgentBench()
    data = invite().replace(b"SIP/2.0/UDP", b"SIP/2.0/" + transport.upper().encode())
    bench.receive(data, FAR._replace(transport=transport))
    began_s = bench.now_s
    answer(bench)
    bench.advance(40)
    copies = [
        at - began_s
        for at, message in bench.sent_at
        if isinstance(message, Response) and message.status_code == 200
    ]
    assert copies == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    byes = [at - began_s for at, m in bench.sent_at if isinstance(m, Request) and m.method == "BYE"]
    assert byes[0] == 32
    assert bench.requests("BYE")[0].required("Reason") == 'SIP;cause=408;text="No ACK"'
    assert end_of(bench) == (EndCause.FAILED, 408)


def test_bye_follows_the_route_set_to_the_contact() -> None:
    bench = talking("Record-Route: <sip:192.0.2.30:5080;lr>, <sip:192.0.2.31;lr>")
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    bye = bench.requests("BYE")[0]
    assert bye.uri == "sip:caller@192.0.2.20:5060"
    assert bye.values("Route") == ("<sip:192.0.2.30:5080;lr>", "<sip:192.0.2.31;lr>")
    assert (bye.sender.tag, bye.recipient.tag) == (tag_of(bench), "far")
    assert end_of(bench) == (EndCause.NEAR_END, None)
    bench.receive(reply(bye, "200 OK"))
    assert nothing_is_left(bench)


def test_a_strict_router_finds_itself_in_the_request_uri() -> None:
    bench = talking("Record-Route: <sip:192.0.2.30>, <sip:192.0.2.31;lr>")
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    bye = bench.requests("BYE")[0]
    assert bye.uri == "sip:192.0.2.30"
    assert bye.values("Route") == ("<sip:192.0.2.31;lr>", "<sip:caller@192.0.2.20:5060>")


def test_hanging_up_waits_for_the_ack_of_our_answer() -> None:
    bench = ringing()
    answer(bench)
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    assert bench.requests("BYE") == []
    assert end_of(bench) == (EndCause.NEAR_END, None)
    acknowledge(bench)
    assert len(bench.requests("BYE")) == 1


def test_the_far_side_hangs_up() -> None:
    bench = talking()
    bench.receive(in_dialog("BYE", tag_of(bench)))
    assert bench.responses("BYE")[0].status_code == 200
    assert end_of(bench) == (EndCause.FAR_END, None)
    bench.receive(in_dialog("BYE", tag_of(bench), sequence=3, branch="far3"))
    assert bench.responses("BYE")[-1].status_code == 481
    assert nothing_is_left(bench)


def cancel(*headers: str) -> bytes:
    data = invite(*headers, body="").replace(b"INVITE", b"CANCEL")
    return data.replace(b"Contact: <sip:caller@192.0.2.20:5060>\r\n", b"")


@pytest.mark.parametrize(
    ("headers", "cause"),
    [
        ((), EndCause.CALLER_GAVE_UP),
        (('Reason: SIP;cause=200;text="Call completed elsewhere"',), EndCause.ANSWERED_ELSEWHERE),
        (("Reason: Q.850;cause=26",), EndCause.ANSWERED_ELSEWHERE),
        (("Reason: Q.850;cause=16",), EndCause.CALLER_GAVE_UP),
    ],
)
def test_cancel(headers: tuple[str, ...], cause: EndCause) -> None:
    bench = ringing()
    bench.receive(cancel(*headers))
    assert bench.responses("CANCEL")[0].status_code == 200
    assert bench.responses("INVITE")[-1].status_code == 487
    assert end_of(bench) == (cause, None)
    assert nothing_is_left(bench)


def test_cancel_after_the_answer_changes_nothing() -> None:
    bench = talking()
    bench.receive(cancel())
    assert bench.responses("CANCEL")[0].status_code == 200
    assert bench.all(CallTerminated) == []


def test_a_cancel_that_crosses_our_answer_changes_nothing() -> None:
    bench = ringing()
    answer(bench)
    bench.receive(cancel())
    assert bench.responses("CANCEL")[0].status_code == 200
    assert bench.responses("INVITE")[-1].status_code == 200
    assert bench.all(CallTerminated) == []
    acknowledge(bench)
    bench.receive(in_dialog("BYE", tag_of(bench)))
    assert end_of(bench) == (EndCause.FAR_END, None)


def test_an_answer_that_crosses_the_cancel_comes_too_late() -> None:
    bench = ringing()
    bench.receive(cancel())
    answer(bench)
    assert bench.responses("INVITE", 200) == []
    assert bench.all(CallEstablished) == []
    assert nothing_is_left(bench)


def test_cancel_of_nothing() -> None:
    bench = AgentBench()
    bench.receive(cancel())
    assert bench.responses("CANCEL")[0].status_code == 481


def test_reject_is_repeated_until_acknowledged() -> None:
    bench = ringing()
    bench.take(bench.agent.reject("far-call", 486, bench.now_s))
    assert end_of(bench) == (EndCause.REJECTED, 486)
    bench.advance(1)
    assert len(bench.responses("INVITE", 486)) == 2
    bench.receive(invite(body="").replace(b"INVITE", b"ACK"))
    bench.advance(10)
    assert len(bench.responses("INVITE", 486)) == 2


def test_nobody_answers() -> None:
    bench = ringing(ring_limit_s=90)
    bench.advance(89)
    assert bench.agent.is_ringing("far-call")
    # The ringing is repeated each minute, or proxies would give up.
    assert len(bench.responses("INVITE", 180)) == 2
    bench.advance(2)
    assert bench.responses("INVITE")[-1].status_code == 480
    assert end_of(bench) == (EndCause.NOT_ANSWERED, 480)


def test_bye_instead_of_cancel() -> None:
    bench = ringing()
    bench.receive(in_dialog("BYE", tag_of(bench)))
    assert bench.responses("BYE")[0].status_code == 200
    assert bench.responses("INVITE")[-1].status_code == 487
    assert end_of(bench) == (EndCause.CALLER_GAVE_UP, None)


def test_late_offer_the_answer_comes_with_the_ack() -> None:
    bench = ringing(body="")
    answer(bench)
    offer = parse_sdp(bench.responses("INVITE", 200)[0].body)
    assert offer.media[0].formats == ("8", "0", "13", "101")
    assert bench.all(MediaAgreed) == []
    acknowledge(bench, body=OFFER)
    assert bench.one(CallEstablished).codec == "PCMU"
    assert bench.one(MediaAgreed).media.port == 4000


def test_late_offer_without_an_answer_ends_the_call() -> None:
    bench = ringing(body="")
    answer(bench)
    acknowledge(bench)
    assert len(bench.requests("BYE")) == 1
    assert end_of(bench) == (EndCause.FAILED, 488)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (OFFER.replace("0 8 101", "18"), EndCause.NO_COMMON_CODEC),
        (OFFER.replace("RTP/AVP", "RTP/SAVP"), EndCause.NO_COMMON_ENCRYPTION),
    ],
)
def test_late_offer_whose_answer_fits_nothing_says_why(body: str, cause: EndCause) -> None:
    bench = ringing(body="")
    answer(bench)
    acknowledge(bench, body=body)
    assert len(bench.requests("BYE")) == 1
    assert end_of(bench) == (cause, 488)


@pytest.mark.parametrize(
    ("local", "cause"),
    [
        (replace(LOCAL, formats=()), EndCause.NO_COMMON_CODEC),
        (replace(LOCAL, srtp="require"), EndCause.NO_COMMON_ENCRYPTION),
    ],
)
def test_what_does_not_fit_any_more_when_it_is_answered_says_why(
    local: LocalMedia, cause: EndCause
) -> None:
    bench = ringing()
    bench.take(bench.agent.answer("far-call", local, bench.now_s))
    assert bench.responses("INVITE")[-1].status_code == 488
    assert end_of(bench) == (cause, 488)


def test_hold_by_the_far_side_and_resume() -> None:
    bench = talking()
    tag = tag_of(bench)
    hold = OFFER.replace("sendrecv", "sendonly").replace("o=- 1 1", "o=- 1 2")
    contact = "Contact: <sip:moved@192.0.2.21:5062>"
    bench.receive(in_dialog("INVITE", tag, contact, body=hold))
    ok = bench.responses("INVITE", 200)[-1]
    description = parse_sdp(ok.body)
    assert description.media[0].direction == "recvonly"
    assert description.version == "1"
    assert [each.media.sending for each in bench.all(MediaAgreed)] == [True, False]
    bench.receive(in_dialog("ACK", tag, branch="ack2"))
    bench.receive(in_dialog("INVITE", tag, contact, sequence=3, branch="far3", body=OFFER))
    assert bench.all(MediaAgreed)[-1].media.sending
    bench.receive(in_dialog("ACK", tag, sequence=3, branch="ack3"))
    assert len(bench.all(CallEstablished)) == 1
    # The re-INVITE's Contact is the new target (section 12.2).
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    assert bench.requests("BYE")[0].uri == "sip:moved@192.0.2.21:5062"


def test_a_re_invite_that_fits_nothing_leaves_the_call_as_it_was() -> None:
    bench = talking()
    body = OFFER.replace("0 8 101", "18").replace("PCMU", "G729").replace("PCMA", "G729")
    bench.receive(in_dialog("INVITE", tag_of(bench), body=body))
    assert bench.responses("INVITE")[-1].status_code == 488
    assert bench.agent.is_live("far-call")
    assert len(bench.all(MediaAgreed)) == 1


def test_a_re_invite_whose_ack_was_lost_is_answered() -> None:
    bench = ringing()
    answer(bench)
    bench.receive(in_dialog("INVITE", tag_of(bench), body=OFFER))
    assert bench.responses("INVITE")[-1].sequence == (2, "INVITE")
    assert bench.responses("INVITE")[-1].status_code == 200
    bench.receive(in_dialog("ACK", tag_of(bench), branch="ack2"))
    bench.advance(40)
    assert bench.agent.is_live("far-call")


def test_a_re_invite_while_our_offer_is_open_meets_glare() -> None:
    bench = ringing(body="")
    answer(bench)
    bench.receive(in_dialog("INVITE", tag_of(bench), body=OFFER))
    assert bench.responses("INVITE")[-1].status_code == 491


def test_a_re_invite_before_the_answer_is_put_off() -> None:
    bench = ringing()
    bench.receive(in_dialog("INVITE", tag_of(bench), body=OFFER))
    refusal = bench.responses("INVITE")[-1]
    assert refusal.status_code == 500
    assert 0 <= int(refusal.required("Retry-After")) <= 10


def test_an_old_request_within_the_dialog() -> None:
    bench = talking()
    bench.receive(in_dialog("BYE", tag_of(bench), sequence=1))
    assert bench.responses("BYE")[0].status_code == 500
    assert bench.agent.is_live("far-call")


def test_a_repeated_invite_is_one_call() -> None:
    bench = ringing()
    bench.receive(invite())
    bench.receive(invite())
    assert len(bench.all(CallOffered)) == 1
    assert len(bench.responses("INVITE", 180)) == 3


def test_the_same_invite_by_another_way_is_refused() -> None:
    bench = ringing()
    bench.receive(invite(branch="other"))
    assert bench.responses("INVITE")[-1].status_code == 482
    assert len(bench.all(CallOffered)) == 1


def test_more_calls_than_the_limit_are_told_busy() -> None:
    bench = AgentBench()
    for number in range(11):
        bench.receive(invite(call_id=f"call{number}", branch=f"b{number}"))
    assert len(bench.all(CallOffered)) == 11
    assert bench.responses("INVITE")[-1].status_code == 486
    ended = bench.one(CallTerminated)
    assert (ended.call_id, ended.cause, ended.status_code) == ("call10", EndCause.BUSY, 486)


def test_answers_go_where_the_request_came_from() -> None:
    bench = AgentBench()
    source = FAR._replace(port=40123)
    effects = bench.receive(invite(), source)
    destinations = {getattr(effect, "destination", source) for effect in effects}
    assert destinations == {source}
    assert bench.responses("INVITE")[0].top_via.seen_from(source).response_address("udp") == source
