"""Calls requested by the remote party of another call with REFER, if allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.events import EndCause
from telephony.sip.dialogs.bodies import read_sipfrag
from telephony.sip.effects import CallEstablished, CallReferred, CallTerminated
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import (
    FAR,
    OFFER,
    REGISTRAR,
    AgentBench,
    in_dialog,
    invite,
    reply,
    sip,
)

LOCAL = LocalMedia("192.0.2.10", 16384)
CONTACT = "Contact: <sip:302@192.0.2.22>"


def talking(*, accept_refer: bool = True, account: bool = True) -> AgentBench:
    hosts = frozenset({FAR.host, REGISTRAR.host})
    bench = AgentBench(account=account, limits=AgentLimits(hosts, accept_refer=accept_refer))
    bench.receive(invite())
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    return bench


def tag_of(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def refer(
    bench: AgentBench, refer_to: str = "<sip:302@192.0.2.1>", *headers: str, sequence: int = 2
) -> int:
    """Sends a REFER; returns the status of its response."""
    bench.receive(
        in_dialog(
            "REFER",
            tag_of(bench),
            *((f"Refer-To: {refer_to}",) if refer_to else ()),
            *headers,
            branch=f"refer{sequence}",
            sequence=sequence,
        )
    )
    return bench.responses("REFER")[-1].status_code


def called(bench: AgentBench) -> Request:
    """Starts the requested call; returns its INVITE."""
    new_call_id = bench.one(CallReferred).new_call_id
    bench.take(bench.agent.call_referred(new_call_id, LOCAL, bench.now_s))
    request = bench.requests("INVITE")[-1]
    assert request.call_id == new_call_id
    return request


def news(bench: AgentBench) -> list[tuple[int | None, str]]:
    return [
        (read_sipfrag(each.body), each.required("Subscription-State"))
        for each in bench.requests("NOTIFY")
    ]


ACTIVE = "active;expires=180"
OVER = "terminated;reason=noresource"


def test_it_is_refused_unless_it_is_allowed() -> None:
    bench = talking(accept_refer=False)
    assert refer(bench) == 603
    assert bench.all(CallReferred) == []
    assert bench.requests("NOTIFY") == []


def test_before_the_answer_it_is_refused_too() -> None:
    hosts = frozenset({FAR.host})
    bench = AgentBench(limits=AgentLimits(hosts, accept_refer=True))
    bench.receive(invite())
    assert refer(bench) == 603
    assert bench.agent.is_ringing("far-call")


def test_outside_a_call_it_is_refused_always() -> None:
    bench = talking()
    bench.receive(
        sip(
            "REFER sip:301@192.0.2.10:5070 SIP/2.0",
            "Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bKout;rport",
            "From: <sip:x@192.0.2.20>;tag=x",
            "To: <sip:301@192.0.2.1>",
            "Call-ID: outside",
            "CSeq: 1 REFER",
            "Max-Forwards: 70",
            "Contact: <sip:x@192.0.2.20>",
            "Refer-To: <sip:302@192.0.2.1>",
        )
    )
    assert bench.responses("REFER")[0].status_code == 603
    assert bench.all(CallReferred) == []


def test_the_call_is_made_and_its_way_told_to_the_end() -> None:
    bench = talking()
    assert refer(bench, "<sip:302@192.0.2.1>", "Referred-By: <sip:303@192.0.2.1>;cid=x@y") == 202
    asked = bench.one(CallReferred)
    assert (asked.call_id, asked.target, asked.referred_by) == ("far-call", "302", "303")
    request = called(bench)
    assert request.uri == "sip:302@192.0.2.1"
    assert request.required("Referred-By") == "<sip:303@192.0.2.1>;cid=x@y"
    bench.receive(reply(request, "180 Ringing", CONTACT), REGISTRAR)
    bench.receive(reply(request, "200 OK", CONTACT, body=OFFER), REGISTRAR)
    assert news(bench) == [(100, ACTIVE), (180, ACTIVE), (200, OVER)]
    notify = bench.requests("NOTIFY")[0]
    assert notify.required("Event") == "refer;id=2"
    assert notify.content_type == "message/sipfrag"
    assert (notify.call_id, notify.sender.tag) == ("far-call", tag_of(bench))
    numbers = [each.sequence.number for each in bench.requests("NOTIFY")]
    assert numbers == [1, 2, 3]
    assert {each.call_id for each in bench.all(CallEstablished)} == {"far-call", request.call_id}
    # The referring party then ends the old call.
    bench.receive(in_dialog("BYE", tag_of(bench), sequence=3, branch="bye"))
    assert bench.one(CallTerminated) == CallTerminated("far-call", EndCause.FAR_END, None)
    assert bench.agent.is_live(request.call_id)


@pytest.mark.parametrize("status", ["486 Busy Here", "404 Not Found", "603 Decline"])
def test_a_target_that_does_not_answer(status: str) -> None:
    bench = talking()
    refer(bench)
    bench.receive(reply(called(bench), status), REGISTRAR)
    assert news(bench) == [(100, ACTIVE), (int(status[:3]), OVER)]
    assert bench.agent.is_live("far-call")


def test_the_operator_gives_the_new_call_up() -> None:
    bench = talking()
    refer(bench)
    request = called(bench)
    bench.take(bench.agent.hang_up(request.call_id, bench.now_s))
    assert news(bench)[-1] == (487, OVER)


def test_without_media_the_far_side_is_told_no() -> None:
    bench = talking()
    refer(bench)
    new_call_id = bench.one(CallReferred).new_call_id
    bench.take(bench.agent.call_referred(new_call_id, None, bench.now_s))
    assert news(bench)[-1] == (503, OVER)
    # It is too late to start the call.
    bench.take(bench.agent.call_referred(new_call_id, LOCAL, bench.now_s))
    assert len(bench.requests("INVITE")) == 0


def test_we_take_somebodys_place_where_we_are_asked_to() -> None:
    bench = talking()
    refer(bench, "<sip:302@192.0.2.1?Replaces=c%40d%3Bto-tag%3D1%3Bfrom-tag%3D2&Subject=x>")
    request = called(bench)
    assert request.uri == "sip:302@192.0.2.1"
    assert request.required("Replaces") == "c@d;to-tag=1;from-tag=2"
    assert request.first("Subject") is None


@pytest.mark.parametrize(
    ("refer_to", "uri"),
    [
        ("sip:302@192.0.2.1", "sip:302@192.0.2.1"),
        ("<sips:302@192.0.2.1>", "sips:302@192.0.2.1"),
        ("<tel:+7-900-555-01-12>", "sip:+79005550112@192.0.2.1"),
        ("<sip:302@192.0.2.1;method=INVITE>", "sip:302@192.0.2.1"),
    ],
)
def test_what_can_be_called(refer_to: str, uri: str) -> None:
    bench = talking()
    assert refer(bench, refer_to) == 202
    assert called(bench).uri == uri


@pytest.mark.parametrize(
    ("refer_to", "headers", "status_code"),
    [
        ("", (), 400),
        ("nonsense", (), 400),
        ('"no end <sip:302@192.0.2.1>', (), 400),
        ("<sip:302@192.0.2.1>", ("Refer-To: <sip:303@192.0.2.1>",), 400),
        ("<sip:302@192.0.2.1?Replaces=x>", (), 400),
        ("<sip:302@192.0.2.1;method=BYE>", (), 400),
        ("<http://192.0.2.1>", (), 416),
        ("<mailto:x@y>", (), 416),
    ],
)
def test_what_cannot_be_called(refer_to: str, headers: tuple[str, ...], status_code: int) -> None:
    bench = talking()
    assert refer(bench, refer_to, *headers) == status_code
    assert bench.all(CallReferred) == []


PIECES = st.sampled_from(
    ["<", ">", "sip:", "tel:", "302", "@", "192.0.2.1", "?", "Replaces=", "%3B", "to-tag=", "&",
     ";method=", "INVITE", '"', ",", "\x01", "é", "%", " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=10).map("".join))
def test_no_address_breaks_the_call(refer_to: str) -> None:
    bench = talking()
    assert refer(bench, refer_to) in (202, 400, 416)
    assert bench.agent.is_live("far-call")


def test_a_telephone_number_needs_a_server() -> None:
    assert refer(talking(account=False), "<tel:112>") == 416


def test_a_far_side_that_wants_no_news() -> None:
    bench = talking()
    headers = ("Refer-Sub: false", "Require: norefersub")
    assert refer(bench, "<sip:302@192.0.2.1>", *headers) == 202
    assert bench.responses("REFER")[-1].required("Refer-Sub") == "false"
    bench.receive(reply(called(bench), "200 OK", CONTACT, body=OFFER), REGISTRAR)
    assert bench.requests("NOTIFY") == []


def test_news_end_when_the_far_side_refuses_them() -> None:
    bench = talking()
    refer(bench)
    bench.receive(reply(bench.requests("NOTIFY")[0], "481 No Subscription"))
    bench.receive(reply(called(bench), "180 Ringing", CONTACT), REGISTRAR)
    assert len(bench.requests("NOTIFY")) == 1


def test_one_at_a_time() -> None:
    bench = talking()
    refer(bench)
    assert refer(bench, sequence=3) == 491
    bench.receive(reply(called(bench), "486 Busy Here"), REGISTRAR)
    assert refer(bench, sequence=4) == 202


def test_news_end_with_the_call() -> None:
    bench = talking()
    refer(bench)
    request = called(bench)
    bench.receive(reply(request, "180 Ringing", CONTACT), REGISTRAR)
    bench.receive(in_dialog("BYE", tag_of(bench), sequence=3, branch="bye"))
    bench.receive(reply(request, "200 OK", CONTACT, body=OFFER), REGISTRAR)
    assert len(bench.requests("NOTIFY")) == 2
    assert bench.agent.is_live(request.call_id)
