"""Reliable ringing, do not disturb, automatic answer, redirection, DTMF by INFO, and unknown
callers.
"""

from __future__ import annotations

import pytest

from telephony.events import EndCause
from telephony.settings import SrtpPolicy
from telephony.sip.effects import (
    AnswerWanted,
    CallEstablished,
    CallOffered,
    CallTerminated,
    CommandFailed,
    DigitArrived,
    MediaAgreed,
)
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.sdp import parse_sdp
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import Response
from tests.fakes.sip_messages import FAR, OFFER, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
STRANGER = Address("198.51.100.7", 5060)


def tag_of(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def answer(bench: AgentBench) -> None:
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))


def talking() -> AgentBench:
    bench = AgentBench()
    bench.receive(invite())
    answer(bench)
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    return bench


def status_of(bench: AgentBench, method: str) -> int:
    return bench.responses(method)[-1].status_code


# Reliable provisional answers.


def ringing_reliably(body: str = OFFER) -> AgentBench:
    bench = AgentBench()
    bench.receive(invite("Require: 100rel", body=body))
    return bench


def prack(bench: AgentBench, *, number: str = "", sequence: int = 2, body: str = "") -> int:
    ringing = bench.responses("INVITE", 180)[-1]
    rack = f"RAck: {number or ringing.required('RSeq')} 1 INVITE"
    tag = ringing.recipient.tag or ""
    bench.receive(
        in_dialog("PRACK", tag, rack, sequence=sequence, branch=f"p{sequence}", body=body)
    )
    return status_of(bench, "PRACK")


def test_ringing_is_repeated_until_the_prack() -> None:
    bench = ringing_reliably()
    began_s = bench.now_s
    bench.advance(5)
    times = [
        at - began_s
        for at, message in bench.sent_at
        if isinstance(message, Response) and message.status_code == 180
    ]
    assert times == [0, 0.5, 1.5, 3.5]
    ringing = bench.responses("INVITE", 180)
    assert len({each.required("RSeq") for each in ringing}) == 1
    assert ringing[0].values("Require") == ("100rel",)
    assert prack(bench) == 200
    bench.advance(20)
    assert len(bench.responses("INVITE", 180)) == 4
    # The minute's sign of life is reliable too, under the next number.
    bench.advance(40)
    first, *_, last = bench.responses("INVITE", 180)
    assert int(last.required("RSeq")) == int(first.required("RSeq")) + 1


def test_a_prack_of_something_else() -> None:
    bench = ringing_reliably()
    assert prack(bench, number="99") == 481
    assert prack(bench, sequence=3) == 200
    assert prack(bench, sequence=4) == 481


def test_without_a_prack_the_call_fails() -> None:
    bench = ringing_reliably()
    bench.advance(33)
    assert status_of(bench, "INVITE") == 504
    ended = bench.one(CallTerminated)
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, 504)


def test_the_answer_does_not_wait_for_the_prack() -> None:
    bench = ringing_reliably()
    answer(bench)
    assert bench.all(CallEstablished)
    bench.advance(0.4)
    assert prack(bench) == 200


def test_an_offer_in_the_prack() -> None:
    bench = ringing_reliably()
    newer = OFFER.replace("o=- 1 1", "o=- 1 2").replace("audio 4000", "audio 4002")
    # Before the answer the offer of the INVITE is still open.
    assert prack(bench, body=newer) == 500
    bench = ringing_reliably()
    answer(bench)
    assert prack(bench, body=newer) == 200
    assert parse_sdp(bench.responses("PRACK")[-1].body).media[0].port == 16384
    assert bench.all(MediaAgreed)[-1].media.port == 4002


def test_a_late_offer_cannot_ring_reliably_and_rings_without() -> None:
    bench = ringing_reliably(body="")
    assert {each.status_code for each in bench.responses("INVITE")} == {100}
    assert bench.agent.is_ringing("far-call")
    answer(bench)
    assert status_of(bench, "INVITE") == 200


def test_who_only_can_gets_plain_ringing() -> None:
    bench = AgentBench()
    bench.receive(invite("Supported: 100rel"))
    assert bench.responses("INVITE", 180)[0].first("RSeq") is None


# Do not disturb, redirection.


@pytest.mark.parametrize("status_code", [486, 480])
def test_do_not_disturb(status_code: int) -> None:
    limits = AgentLimits(busy_status=status_code)
    bench = AgentBench(limits=limits)
    bench.take(bench.agent.set_do_not_disturb(True, bench.now_s))
    bench.receive(invite())
    assert [each.status_code for each in bench.responses("INVITE")] == [status_code]
    assert bench.one(CallOffered).call_id == "far-call"
    ended = bench.one(CallTerminated)
    assert (ended.cause, ended.status_code) == (EndCause.DO_NOT_DISTURB, status_code)
    bench.take(bench.agent.set_do_not_disturb(False, bench.now_s))
    bench.receive(invite(call_id="next", branch="next"))
    assert bench.agent.is_ringing("next")


def test_what_is_refused_is_told_to_nobody_where_others_ring_too() -> None:
    bench = AgentBench(limits=AgentLimits(do_not_disturb=True, tells_refused=False))
    bench.receive(invite())
    assert [each.status_code for each in bench.responses("INVITE")] == [486]
    assert not bench.all(CallOffered)
    assert not bench.all(CallTerminated)
    assert bench.agent.calls == ()


@pytest.mark.parametrize("tells", [True, False])
def test_where_nobody_can_answer_callers_go_on_to_another_desk(tells: bool) -> None:
    bench = AgentBench(limits=AgentLimits(busy_status=486, tells_refused=tells))
    bench.receive(invite())
    bench.take(bench.agent.set_deserted(True, bench.now_s))
    assert [each.status_code for each in bench.responses("INVITE")][-1] == 480
    assert bench.one(CallTerminated) == CallTerminated("far-call", EndCause.NOBODY_THERE, 480)

    bench.receive(invite(call_id="next", branch="next"))
    assert [each.status_code for each in bench.responses("INVITE")][-1] == 480
    told = [each.call_id for each in bench.all(CallTerminated)]
    assert told == (["far-call", "next"] if tells else ["far-call"])

    bench.take(bench.agent.set_deserted(False, bench.now_s))
    bench.receive(invite(call_id="third", branch="third"))
    assert bench.agent.is_ringing("third")


# Nothing in common.

UNKNOWN_CODEC = OFFER.replace("0 8 101", "18").replace("PCMU", "G729").replace("PCMA", "G729")
NO_SOUND = OFFER.replace("m=audio 4000", "m=audio 0")
ENCRYPTED = OFFER.replace("RTP/AVP", "RTP/SAVP")


@pytest.mark.parametrize(
    ("body", "srtp", "cause", "warning"),
    [
        (UNKNOWN_CODEC, "allow", EndCause.NO_COMMON_CODEC, "305"),
        (NO_SOUND, "allow", EndCause.NO_COMMON_CODEC, "304"),
        (ENCRYPTED, "off", EndCause.NO_COMMON_ENCRYPTION, "302"),
        (OFFER, "require", EndCause.NO_COMMON_ENCRYPTION, "302"),
    ],
)
def test_a_call_without_anything_in_common_is_refused_and_told(
    body: str, srtp: SrtpPolicy, cause: EndCause, warning: str
) -> None:
    bench = AgentBench(limits=AgentLimits(srtp=srtp))
    bench.receive(invite(body=body))
    (refused,) = bench.responses("INVITE")
    assert refused.status_code == 488
    assert (refused.first("Warning") or "").startswith(f"{warning} ")
    assert bench.one(CallOffered).caller_number == "+79005550137"
    assert bench.one(CallTerminated) == CallTerminated("far-call", cause, 488)
    assert not bench.agent.is_ringing("far-call")
    bench.receive(invite(call_id="next", branch="next"))
    assert bench.agent.is_ringing("next") is (srtp != "require")


@pytest.mark.parametrize("tells", [True, False])
def test_who_takes_no_calls_is_busy_whatever_the_caller_offers(tells: bool) -> None:
    bench = AgentBench(limits=AgentLimits(do_not_disturb=True, tells_refused=tells))
    bench.receive(invite(body=UNKNOWN_CODEC))
    assert [each.status_code for each in bench.responses("INVITE")] == [486]
    assert [each.cause for each in bench.all(CallTerminated)] == (
        [EndCause.DO_NOT_DISTURB] if tells else []
    )


def test_an_expected_caller_is_let_in_all_the_same() -> None:
    bench = AgentBench(limits=AgentLimits(do_not_disturb=True))
    bench.receive(invite())
    offered = bench.one(CallOffered)
    bench.take(bench.agent.expect(frozenset({offered.caller_number}), bench.now_s))
    bench.receive(invite(call_id="check", branch="check"))
    assert not bench.agent.is_ringing("far-call")
    assert bench.agent.is_ringing("check")
    bench.take(bench.agent.expect(frozenset(), bench.now_s))
    bench.receive(invite(call_id="next", branch="next"))
    assert not bench.agent.is_live("next")


def test_a_ringing_call_is_sent_elsewhere() -> None:
    bench = AgentBench()
    bench.receive(invite())
    target = Uri.parse("sip:305@192.0.2.1")
    bench.take(bench.agent.redirect("far-call", target, bench.now_s))
    response = bench.responses("INVITE")[-1]
    assert (response.status_code, response.required("Contact")) == (302, "<sip:305@192.0.2.1>")
    assert bench.one(CallTerminated).status_code == 302
    bench.take(bench.agent.redirect("far-call", target, bench.now_s))
    assert bench.one(CommandFailed).code == "wrong_state"


# Answers by themselves.

ASKS = [
    "Call-Info: <sip:192.0.2.1>;answer-after=0",
    "Alert-Info: <http://www.notused.com>;info=alert-autoanswer",
    "Alert-Info: Auto Answer",
    "P-Auto-Answer: normal",
    "Answer-Mode: Auto",
]


def offered(header: str, *, allowed: bool = True, source: Address = FAR) -> AgentBench:
    limits = AgentLimits(auto_answer_on_request=allowed)
    bench = AgentBench(limits=limits, accept_from=(FAR.host, "*"))
    bench.receive(invite(header), source)
    bench.advance(0)
    return bench


@pytest.mark.parametrize("header", ASKS)
def test_the_telephone_system_has_a_call_answered(header: str) -> None:
    bench = offered(header)
    assert bench.one(AnswerWanted).call_id == "far-call"
    assert bench.one(CallOffered).facts.auto_answer
    assert offered(header, allowed=False).all(AnswerWanted) == []
    assert offered(header, source=STRANGER).all(AnswerWanted) == []


@pytest.mark.parametrize("header", ["Answer-Mode: Manual", "Alert-Info: <http://h/ring.wav>"])
def test_other_words_ask_for_nothing(header: str) -> None:
    assert offered(header).all(AnswerWanted) == []


def test_an_answer_asked_for_later() -> None:
    bench = offered("Call-Info: <sip:192.0.2.1>;answer-after=3")
    bench.advance(2.9)
    assert bench.all(AnswerWanted) == []
    bench.advance(0.2)
    assert bench.all(AnswerWanted)


def test_nobody_breaks_into_a_conversation() -> None:
    bench = offered("X: y")
    answer(bench)
    bench.receive(invite(ASKS[0], call_id="second", branch="second"))
    bench.advance(1)
    assert bench.all(AnswerWanted) == []
    assert bench.agent.is_ringing("second")


# Keys by INFO.


def info(bench: AgentBench, kind: str, body: str, *headers: str, sequence: int = 2) -> int:
    data = in_dialog(
        "INFO", tag_of(bench), *headers, sequence=sequence, branch=f"i{sequence}", body=body
    )
    bench.receive(data.replace(b"application/sdp", kind.encode()))
    return status_of(bench, "INFO")


@pytest.mark.parametrize(
    ("kind", "body", "digit"),
    [
        ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5"),
        ("application/dtmf-relay", "Duration=100\nSignal= #", "#"),
        ("application/dtmf-relay", "Signal=10\r\n", "*"),
        ("application/dtmf-relay", "signal=a\r\n", "A"),
        ("application/dtmf", "7", "7"),
        ("application/dtmf", "11\r\n", "#"),
    ],
)
def test_a_key_of_the_far_side(kind: str, body: str, digit: str) -> None:
    bench = talking()
    assert info(bench, kind, body) == 200
    assert bench.one(DigitArrived) == DigitArrived("far-call", digit)


def test_infos_that_are_no_key() -> None:
    bench = talking()
    assert info(bench, "application/dtmf-relay", "Signal=flash") == 200
    assert info(bench, "application/dtmf", "", sequence=3) == 200
    assert info(bench, "text/plain", "hello", sequence=4) == 415
    assert info(bench, "text/plain", "hello", "Info-Package: x", sequence=5) == 469
    assert bench.all(DigitArrived) == []


def test_our_keys_go_one_after_another() -> None:
    bench = talking()
    for digit in "1#":
        bench.take(bench.agent.send_digit("far-call", digit, bench.now_s))
    (first,) = bench.requests("INFO")
    assert first.content_type == "application/dtmf-relay"
    assert first.body == b"Signal=1\r\nDuration=160\r\n"
    bench.receive(reply(first, "200 OK"))
    second = bench.requests("INFO")[-1]
    assert second.body.startswith(b"Signal=#")
    bench.receive(reply(second, "415 No"))
    assert bench.one(CommandFailed) == CommandFailed("far-call", "send_digits", "refused")


# Strangers.


def test_everybody_means_calls_and_nothing_else() -> None:
    bench = AgentBench(accept_from=("*",))
    other = invite(branch="o").replace(b"INVITE", b"OPTIONS")
    bench.receive(other, STRANGER)
    assert bench.sent_at == []
    assert bench.agent.dropped["stranger"] == 1
    bench.receive(invite("Require: 100rel"), STRANGER)
    assert bench.agent.is_ringing("far-call")
    tag = bench.responses("INVITE", 180)[0].recipient.tag or ""
    rack = f"RAck: {bench.responses('INVITE', 180)[0].required('RSeq')} 1 INVITE"
    bench.receive(in_dialog("PRACK", tag, rack), STRANGER)
    assert status_of(bench, "PRACK") == 200
    cancel = invite(body="").replace(b"INVITE", b"CANCEL")
    bench.receive(cancel, STRANGER)
    assert status_of(bench, "CANCEL") == 200
    assert bench.one(CallTerminated).cause is EndCause.CALLER_GAVE_UP


def test_those_who_are_named_beside_everybody_count_as_before() -> None:
    bench = AgentBench(accept_from=(FAR.host, "*"))
    options = invite(branch="o").replace(b"INVITE", b"OPTIONS")
    bench.receive(options, STRANGER)
    assert bench.sent_at == []
    bench.receive(options)
    assert status_of(bench, "OPTIONS") == 200


def test_strangers_may_end_the_call_they_made() -> None:
    bench = AgentBench(accept_from=("*",))
    bench.receive(invite(), STRANGER)
    answer(bench)
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"), STRANGER)
    bench.advance(40)
    assert bench.agent.is_live("far-call")
    bench.receive(in_dialog("BYE", tag_of(bench)), STRANGER)
    assert bench.one(CallTerminated).cause is EndCause.FAR_END
