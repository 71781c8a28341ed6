"""re-INVITE, UPDATE, glare, the session timer and a new address, on the clock of the test."""

from __future__ import annotations

import pytest

from telephony.events import EndCause
from telephony.sip.effects import CallTerminated, CommandFailed, HoldChanged, MediaAgreed
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.sdp import parse_sdp
from telephony.sip.syntax.address import Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import OFFER, REGISTRAR, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
CONTACT = "Contact: <sip:callee@192.0.2.20:5066>"
NEWER = OFFER.replace("o=- 1 1", "o=- 1 2").replace("audio 4000", "audio 4002")
TIMER = "Supported: timer"


def incoming(*headers: str, chance: float = 0.5) -> AgentBench:
    bench = AgentBench(chance=chance)
    bench.receive(invite(*headers))
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    return bench


def outgoing(*headers: str, chance: float = 0.5, body: str = OFFER) -> AgentBench:
    bench = AgentBench(account=True, chance=chance)
    target = Uri.parse("sip:302@192.0.2.1")
    bench.take(bench.agent.call("our-call", target, LOCAL, bench.now_s))
    data = reply(bench.requests("INVITE")[0], "200 OK", CONTACT, *headers, body=body)
    bench.receive(data, REGISTRAR)
    return bench


def tag_of(bench: AgentBench) -> str:
    responses = bench.responses("INVITE")
    tag = responses[-1].recipient.tag if responses else bench.requests("INVITE")[0].sender.tag
    assert tag is not None
    return tag


def hold(bench: AgentBench) -> Request:
    bench.take(bench.agent.hold(bench.agent.calls[0], bench.now_s))
    return bench.requests("INVITE")[-1]


def far(bench: AgentBench, method: str, *headers: str, sequence: int = 2, body: str = "") -> int:
    call_id = bench.agent.calls[0]
    data = in_dialog(
        method,
        tag_of(bench),
        *headers,
        sequence=sequence,
        branch=f"{method}{sequence}",
        call_id=call_id,
        body=body,
    )
    bench.receive(data)
    return bench.responses(method)[-1].status_code if bench.responses(method) else 0


def test_update_changes_the_media_and_the_target() -> None:
    bench = incoming()
    assert far(bench, "UPDATE", "Contact: <sip:moved@192.0.2.21:5062>", body=NEWER) == 200
    assert parse_sdp(bench.responses("UPDATE")[-1].body).media[0].formats == ("0", "101")
    assert bench.all(MediaAgreed)[-1].media.port == 4002
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    assert bench.requests("BYE")[0].uri == "sip:moved@192.0.2.21:5062"


def test_an_update_that_fits_nothing_says_why() -> None:
    bench = incoming()
    assert far(bench, "UPDATE", body=OFFER.replace("0 8 101", "18")) == 488
    assert bench.responses("UPDATE")[-1].required("Warning").startswith("305 192.0.2.10:5070 ")
    assert len(bench.all(MediaAgreed)) == 1


def test_an_update_before_the_answer_is_put_off() -> None:
    bench = AgentBench()
    bench.receive(invite())
    assert far(bench, "UPDATE", body=OFFER) == 500
    assert bench.responses("UPDATE")[-1].first("Retry-After") is not None
    assert far(bench, "UPDATE", sequence=3) == 200


@pytest.mark.parametrize("method", ["INVITE", "UPDATE"])
def test_a_far_change_that_meets_ours_is_refused(method: str) -> None:
    bench = incoming()
    hold(bench)
    assert far(bench, method, body=NEWER) == 491


@pytest.mark.parametrize(
    ("begin", "chance", "wait_s"),
    [
        (outgoing, 0.0, 2.1),
        (outgoing, 0.9999, 3.99),
        (incoming, 0.0, 0.0),
        (incoming, 0.9999, 1.99),
    ],
)
def test_our_change_that_meets_the_far_side_waits_as_the_rules_say(
    begin: type, chance: float, wait_s: float
) -> None:
    bench: AgentBench = begin(chance=chance)
    count = len(bench.requests("INVITE"))
    first = hold(bench)
    bench.receive(reply(first, "491 Pending"))
    # During the wait the remote party's own change succeeds.
    assert far(bench, "INVITE", body=NEWER) == 200
    far(bench, "ACK", sequence=2)
    bench.advance(wait_s - 0.001)
    assert len(bench.requests("INVITE")) == count + 1
    bench.advance(0.02)
    again = bench.requests("INVITE")[-1]
    assert again.sequence.number > first.sequence.number
    assert int(parse_sdp(again.body).version) > int(parse_sdp(first.body).version)
    bench.receive(reply(again, "200 OK", CONTACT, body=NEWER.replace("sendrecv", "recvonly")))
    assert bench.one(HoldChanged).held
    assert bench.all(CommandFailed) == []


def test_glare_without_end_is_told() -> None:
    bench = incoming()
    hold(bench)
    for _ in range(6):
        bench.receive(reply(bench.requests("INVITE")[-1], "491 Pending"))
        bench.advance(4)
    assert bench.one(CommandFailed).code == "refused"
    assert bench.agent.is_live("far-call")


def test_a_challenged_hold_is_sent_again() -> None:
    bench = outgoing()
    request = hold(bench)
    asks = 'Proxy-Authenticate: Digest realm="r", nonce="n"'
    bench.receive(reply(request, "407 Proxy", asks), REGISTRAR)
    again = bench.requests("INVITE")[-1]
    assert again.first("Proxy-Authorization") is not None
    bench.receive(reply(again, "200 OK", CONTACT, body=OFFER.replace("sendrecv", "recvonly")))
    assert bench.requests("ACK")[-1].first("Proxy-Authorization") == again.first(
        "Proxy-Authorization"
    )
    assert bench.one(HoldChanged).held


def test_a_re_invite_that_never_ends_does_not_lock_the_call() -> None:
    bench = incoming()
    bench.receive(reply(hold(bench), "100 Trying"))
    bench.advance(70)
    assert bench.one(CallTerminated).status_code == 408


def test_our_200_refreshes_the_target_of_our_re_invite() -> None:
    bench = incoming()
    moved = "Contact: <sip:moved@192.0.2.22>"
    bench.receive(reply(hold(bench), "200 OK", moved, body=OFFER.replace("sendrecv", "recvonly")))
    assert bench.requests("ACK")[0].uri == "sip:moved@192.0.2.22"


def test_all_lines_of_the_call_stay_in_our_offers() -> None:
    lines = (
        "m=video 4100 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 8 96\r\na=rtpmap:96 telephone-event/8000"
    )
    body = OFFER.split("m=audio", maxsplit=1)[0] + lines + "\r\n"
    bench = AgentBench()
    bench.receive(invite(body=body))
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    media = parse_sdp(hold(bench).body).media
    assert [(line.kind, line.port) for line in media] == [("video", 0), ("audio", 16384)]
    # A payload type number keeps its meaning throughout the session.
    assert media[1].formats == ("8", "0", "13", "96")


def test_the_other_methods_within_a_call() -> None:
    bench = incoming()
    assert far(bench, "OPTIONS") == 200
    assert far(bench, "MESSAGE", sequence=3) == 405
    assert far(bench, "PRACK", "RAck: 1 1 INVITE", sequence=4) == 481
    assert far(bench, "NOTIFY", "Event: refer", sequence=5) == 481
    assert far(bench, "DANCE", sequence=6) == 501
    assert far(bench, "UPDATE", "Require: flying", sequence=7) == 420
    assert bench.agent.is_live("far-call")


# The session timer.


def test_without_a_far_side_that_can_there_is_no_timer() -> None:
    bench = incoming()
    bench.advance(10_000)
    assert bench.requests("INVITE") == []
    assert bench.agent.is_live("far-call")


def test_an_update_before_the_answer_starts_no_timer() -> None:
    """There is no session yet that could expire."""
    bench = AgentBench()
    bench.receive(invite(call_id="far-call", body=OFFER))
    tag = bench.responses("INVITE", 180)[-1].recipient.tag or ""
    extra = ("Supported: timer", "Session-Expires: 90;refresher=uas")
    bench.receive(in_dialog("UPDATE", tag, *extra))
    (answer,) = bench.responses("UPDATE", 200)
    assert answer.first("Session-Expires") is None
    bench.advance(100)
    assert not bench.requests("UPDATE")
    assert not bench.requests("BYE")
    assert bench.agent.is_ringing("far-call")


def test_our_answer_takes_the_refresh_on_itself() -> None:
    bench = incoming(TIMER, "Session-Expires: 600", "Allow: INVITE, ACK, BYE, UPDATE")
    ok = bench.responses("INVITE", 200)[0]
    assert ok.required("Session-Expires") == "600;refresher=uas"
    bench.advance(299)
    assert bench.requests("UPDATE") == []
    bench.advance(1)
    (update,) = bench.requests("UPDATE")
    assert update.required("Session-Expires") == "600;refresher=uac"
    assert update.body == b""
    bench.receive(reply(update, "200 OK", CONTACT, "Session-Expires: 600;refresher=uac"))
    bench.advance(299)
    assert len(bench.requests("UPDATE")) == 1
    bench.advance(1)
    assert len(bench.requests("UPDATE")) == 2


def test_without_update_the_same_offer_is_sent_again() -> None:
    bench = incoming(TIMER, "Session-Expires: 600", "Allow: INVITE, ACK, BYE")
    bench.advance(300)
    request = bench.requests("INVITE")[0]
    assert parse_sdp(request.body).media[0].direction == "sendrecv"
    bench.receive(
        reply(request, "200 OK", CONTACT, "Session-Expires: 600;refresher=uac", body=OFFER)
    )
    assert bench.all(HoldChanged) == []
    bench.advance(300)
    assert len(bench.requests("INVITE")) == 2


def test_an_update_that_is_not_known_becomes_a_re_invite() -> None:
    bench = incoming(TIMER, "Session-Expires: 600", "Allow: INVITE, UPDATE")
    bench.advance(300)
    bench.receive(reply(bench.requests("UPDATE")[0], "405 No"))
    assert len(bench.requests("INVITE")) == 1


def test_a_far_side_that_refreshes_keeps_the_call_and_silence_ends_it() -> None:
    bench = incoming(TIMER, "Session-Expires: 600;refresher=uac")
    ok = bench.responses("INVITE", 200)[0]
    assert ok.required("Session-Expires") == "600;refresher=uac"
    assert ok.values("Require") == ("timer",)
    bench.advance(500)
    assert far(bench, "UPDATE", TIMER, "Session-Expires: 600;refresher=uac") == 200
    bench.advance(500)
    assert bench.agent.is_live("far-call")
    bench.advance(68)
    ended = bench.one(CallTerminated)
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, 408)
    assert len(bench.requests("BYE")) == 1


def test_a_dead_far_side_is_found_by_our_refresh() -> None:
    bench = outgoing("Session-Expires: 600;refresher=uac", "Require: timer", "Allow: UPDATE")
    bench.advance(300 + 33)
    assert bench.one(CallTerminated).status_code == 408


def test_too_short_an_interval_is_refused() -> None:
    bench = AgentBench()
    bench.receive(invite(TIMER, "Session-Expires: 30"))
    refusal = bench.responses("INVITE")[-1]
    assert (refusal.status_code, refusal.required("Min-SE")) == (422, "90")


def test_a_far_side_that_wants_longer_gets_it() -> None:
    bench = AgentBench(account=True)
    target = Uri.parse("sip:302@192.0.2.1")
    bench.take(bench.agent.call("our-call", target, LOCAL, bench.now_s))
    first = bench.requests("INVITE")[0]
    assert first.required("Session-Expires") == "1800"
    bench.receive(reply(first, "422 Too small", "Min-SE: 3600"), REGISTRAR)
    second = bench.requests("INVITE")[-1]
    assert (second.required("Session-Expires"), second.required("Min-SE")) == ("3600", "3600")
    assert second.sequence.number == first.sequence.number + 1
    bench.receive(reply(second, "422 Too small", "Min-SE: 3600"), REGISTRAR)
    assert bench.one(CallTerminated).status_code == 422


# A changed local address.


def test_a_new_address_is_told_by_re_invite() -> None:
    bench = incoming()
    bench.take(bench.agent.rebind(Uri.parse("sip:301@192.0.2.77:5080"), bench.now_s))
    request = bench.requests("INVITE")[0]
    description = parse_sdp(request.body)
    assert request.required("Contact") == "<sip:301@192.0.2.77:5080>"
    assert (description.host, description.version) == ("192.0.2.77", "1")
    assert request.top_via.host == "192.0.2.77"
    bench.receive(reply(request, "200 OK", CONTACT, body=OFFER))
    assert bench.all(HoldChanged) == []
    assert bench.agent.is_live("far-call")


def test_a_new_address_waits_for_the_change_that_is_under_way() -> None:
    bench = incoming()
    request = hold(bench)
    bench.take(bench.agent.rebind(Uri.parse("sip:301@192.0.2.77:5080"), bench.now_s))
    assert len(bench.requests("INVITE")) == 1
    bench.receive(reply(request, "200 OK", CONTACT, body=OFFER.replace("sendrecv", "recvonly")))
    moved = parse_sdp(bench.requests("INVITE")[-1].body)
    assert (moved.host, moved.media[0].direction) == ("192.0.2.77", "sendonly")


def test_a_new_address_while_it_rings_needs_no_re_invite() -> None:
    bench = AgentBench()
    bench.receive(invite())
    bench.take(bench.agent.rebind(Uri.parse("sip:301@192.0.2.77:5080"), bench.now_s))
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    assert "192.0.2.77" in bench.responses("INVITE", 200)[0].required("Contact")
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    assert bench.requests("INVITE") == []


# Late offers, and changes that never complete.


def test_a_re_invite_without_an_offer_gets_ours_and_its_answer_comes_with_the_ack() -> None:
    bench = incoming()
    assert far(bench, "INVITE") == 200
    offer = parse_sdp(bench.responses("INVITE", 200)[-1].body)
    # The codec in use is listed first.
    assert offer.media[0].formats == ("0", "8", "13", "101")
    assert far(bench, "UPDATE", body=NEWER, sequence=3) == 491
    far(bench, "ACK", body=NEWER)
    assert bench.all(MediaAgreed)[-1].media.port == 4002
    assert bench.agent.is_live("far-call")


def test_a_re_invite_whose_late_answer_is_missing_leaves_the_call_as_it_was() -> None:
    bench = incoming()
    far(bench, "INVITE")
    far(bench, "ACK")
    assert len(bench.all(MediaAgreed)) == 1
    assert bench.requests("BYE") == []
    assert far(bench, "INVITE", body=NEWER, sequence=3) == 200


def test_a_change_that_never_ends_is_forgotten_after_the_call() -> None:
    bench = incoming()
    bench.receive(reply(hold(bench), "100 Trying"))
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    bench.receive(reply(bench.requests("BYE")[0], "200 OK"))
    bench.advance(100)
    assert bench.agent.transactions == 0
    assert bench.agent.next_at() is None


def test_an_answer_to_a_change_of_an_ended_call_is_acknowledged() -> None:
    bench = incoming()
    request = hold(bench)
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    bench.receive(reply(request, "200 OK", CONTACT, body=NEWER))
    assert len(bench.requests("ACK")) == 1
    assert bench.all(HoldChanged) == []
