"""Hold and resume from both sides, on the clock of the test (RFC 3264 section 8.4)."""

from __future__ import annotations

import pytest

from telephony.events import EndCause, Side
from telephony.sip.effects import CallTerminated, CommandFailed, HoldChanged, MediaAgreed
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.sdp import parse_sdp
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import OFFER, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
CALL = "far-call"


def talking() -> AgentBench:
    bench = AgentBench()
    bench.receive(invite())
    bench.take(bench.agent.answer(CALL, LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", tag_of(bench), sequence=1, branch="ack"))
    return bench


def tag_of(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def hold(bench: AgentBench) -> Request:
    bench.take(bench.agent.hold(CALL, bench.now_s))
    return bench.requests("INVITE")[-1]


def resume(bench: AgentBench) -> Request:
    bench.take(bench.agent.resume(CALL, bench.now_s))
    return bench.requests("INVITE")[-1]


def directed(direction: str, version: int = 2) -> str:
    return OFFER.replace("o=- 1 1", f"o=- 1 {version}").replace("sendrecv", direction)


def agree(bench: AgentBench, request: Request, direction: str) -> None:
    bench.receive(reply(request, "200 OK", body=directed(direction)))


def offered(request: Request) -> tuple[str | None, str]:
    description = parse_sdp(request.body)
    return description.media[0].direction, description.version


def changes(bench: AgentBench) -> list[tuple[Side, bool]]:
    return [(each.side, each.held) for each in bench.all(HoldChanged)]


@pytest.mark.parametrize("direction", ["recvonly", "inactive"])
def test_hold_is_told_when_the_far_side_agrees(direction: str) -> None:
    bench = talking()
    request = hold(bench)
    assert offered(request) == ("sendonly", "1")
    assert changes(bench) == []
    agree(bench, request, direction)
    assert changes(bench) == [(Side.NEAR, True)]
    media = bench.all(MediaAgreed)[-1].media
    assert (media.sending, media.receiving) == (False, False)
    (ack,) = bench.requests("ACK")
    assert ack.sequence == (request.sequence.number, "ACK")


def test_resume_offers_both_directions_again() -> None:
    bench = talking()
    agree(bench, hold(bench), "recvonly")
    request = resume(bench)
    assert offered(request) == ("sendrecv", "2")
    agree(bench, request, "sendrecv")
    assert changes(bench) == [(Side.NEAR, True), (Side.NEAR, False)]
    media = bench.all(MediaAgreed)[-1].media
    assert (media.sending, media.receiving) == (True, True)


def test_a_refused_hold_leaves_the_call_as_it_was() -> None:
    bench = talking()
    bench.receive(reply(hold(bench), "488 No"))
    assert bench.one(CommandFailed) == CommandFailed(CALL, "hold", "refused")
    assert changes(bench) == []
    assert len(bench.all(MediaAgreed)) == 1
    assert bench.agent.is_live(CALL)
    # The same description again has the same version.
    assert offered(hold(bench))[1] == "1"


@pytest.mark.parametrize(("status", "code"), [("481 Gone", 481), ("408 Late", 408)])
def test_a_far_side_that_knows_nothing_of_the_call_ends_it(status: str, code: int) -> None:
    bench = talking()
    bench.receive(reply(hold(bench), status))
    ended = bench.one(CallTerminated)
    assert (ended.cause, ended.status_code) == (EndCause.FAILED, code)
    assert len(bench.requests("BYE")) == 1


def test_a_far_side_that_does_not_answer_ends_the_call() -> None:
    bench = talking()
    hold(bench)
    bench.advance(33)
    assert bench.one(CallTerminated).status_code == 408


def test_a_second_change_waits_for_nothing() -> None:
    bench = talking()
    hold(bench)
    bench.take(bench.agent.resume(CALL, bench.now_s))
    bench.take(bench.agent.hold(CALL, bench.now_s))
    codes = [(each.command, each.code) for each in bench.all(CommandFailed)]
    assert codes == [("resume", "wrong_state"), ("hold", "busy")]
    assert len(bench.requests("INVITE")) == 1


def test_an_unknown_call() -> None:
    bench = talking()
    bench.take(bench.agent.hold("nothing", bench.now_s))
    assert bench.one(CommandFailed).code == "unknown_call"


def far_offers(bench: AgentBench, body: str, sequence: int) -> str | None:
    tag = tag_of(bench)
    bench.receive(in_dialog("INVITE", tag, sequence=sequence, branch=f"f{sequence}", body=body))
    bench.receive(in_dialog("ACK", tag, sequence=sequence, branch=f"a{sequence}"))
    return parse_sdp(bench.responses("INVITE", 200)[-1].body).media[0].direction


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (directed("sendonly"), "recvonly"),
        (directed("inactive"), "inactive"),
        (directed("sendrecv").replace("c=IN IP4 192.0.2.20", "c=IN IP4 0.0.0.0"), "recvonly"),
    ],
)
def test_hold_by_the_far_side(body: str, answer: str) -> None:
    bench = talking()
    assert far_offers(bench, body, 2) == answer
    assert changes(bench) == [(Side.FAR, True)]
    assert far_offers(bench, directed("sendrecv", 3), 3) == "sendrecv"
    assert changes(bench) == [(Side.FAR, True), (Side.FAR, False)]


def test_both_sides_hold_and_each_resumes_for_itself() -> None:
    bench = talking()
    far_offers(bench, directed("sendonly"), 2)
    request = hold(bench)
    assert offered(request)[0] == "inactive"
    agree(bench, request, "inactive")
    assert changes(bench) == [(Side.FAR, True), (Side.NEAR, True)]
    # The remote party resumes; our hold remains.
    assert far_offers(bench, directed("sendrecv", 4), 3) == "sendonly"
    assert changes(bench)[2:] == [(Side.FAR, False)]
    assert not bench.all(MediaAgreed)[-1].media.sending
    # And holds again: nothing flows.
    assert far_offers(bench, directed("sendonly", 5), 4) == "inactive"
    request = resume(bench)
    assert offered(request)[0] == "sendrecv"
    agree(bench, request, "sendonly")
    assert changes(bench)[3:] == [(Side.FAR, True), (Side.NEAR, False)]
    media = bench.all(MediaAgreed)[-1].media
    assert (media.sending, media.receiving) == (False, True)


def test_a_repeated_200_to_our_hold_gets_the_same_ack() -> None:
    bench = talking()
    request = hold(bench)
    agree(bench, request, "recvonly")
    agree(bench, request, "recvonly")
    acks = bench.requests("ACK")
    assert len(acks) == 2
    assert acks[0] == acks[1]
    assert changes(bench) == [(Side.NEAR, True)]
