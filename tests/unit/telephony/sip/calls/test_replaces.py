"""A new call replaces an existing one (RFC 3891)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.events import EndCause
from telephony.sip.calls.replaces import Replaces, replaces_of
from telephony.sip.effects import AnswerWanted, CallOffered, CallTerminated
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Address, GrammarError, Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import FAR, OFFER, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384)
TARGET = Uri.parse("sip:302@192.0.2.20")


def test_the_header_field() -> None:
    replaces = Replaces.parse("98asjd8@there.com ; to-tag=12345; from-tag=67890;early-only")
    assert replaces == Replaces("98asjd8@there.com", "12345", "67890", early_only=True)
    assert str(replaces) == "98asjd8@there.com;to-tag=12345;from-tag=67890;early-only"


@pytest.mark.parametrize(
    "value", ["", "call", "call;to-tag=1", "call;from-tag=1", ";to-tag=1;from-tag=2", 'a;to-tag="']
)
def test_bad_header_fields(value: str) -> None:
    with pytest.raises(GrammarError):
        Replaces.parse(value)


@given(st.from_regex(r"[\w.!%*+`'~()<>:/\[\]?{}@-]{1,40}", fullmatch=True))
def test_within_an_address_and_back(call_id: str) -> None:
    replaces = Replaces(call_id, "to&1", "from=2")
    address = Uri.parse(replaces.added_to(TARGET))
    assert (address.host, address.user) == ("192.0.2.20", "302")
    assert replaces_of(address) == replaces


def test_an_address_without_one() -> None:
    assert replaces_of(Uri.parse("sip:a@b?Subject=x&Require=replaces")) is None


def talking(limits: AgentLimits | None = None) -> AgentBench:
    bench = AgentBench(limits=limits)
    bench.receive(invite())
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.receive(in_dialog("ACK", near_tag(bench), sequence=1, branch="ack"))
    return bench


def near_tag(bench: AgentBench) -> str:
    tag = bench.responses("INVITE")[-1].recipient.tag
    assert tag is not None
    return tag


def take_over(bench: AgentBench, *headers: str, source: Address = FAR) -> None:
    bench.receive(invite(*headers, branch="new", call_id="new-call"), source)


def replaces(bench: AgentBench, suffix: str = "") -> str:
    return f"Replaces: far-call;to-tag={near_tag(bench)};from-tag=far{suffix}"


def last_status(bench: AgentBench) -> int:
    return bench.responses("INVITE")[-1].status_code


def test_a_call_that_is_up_is_replaced() -> None:
    bench = talking()
    take_over(bench, replaces(bench), "Require: replaces", "Referred-By: <sip:302@pbx.example>")
    offered = bench.all(CallOffered)[-1]
    assert (offered.call_id, offered.facts.replaces) == ("new-call", "far-call")
    assert offered.facts.referred_by == "302"
    assert bench.one(AnswerWanted) == AnswerWanted("new-call")
    # The old call ends only when the new one is answered.
    assert bench.requests("BYE") == []
    bench.take(bench.agent.answer("new-call", LOCAL, bench.now_s))
    assert last_status(bench) == 200
    assert [bye.call_id for bye in bench.requests("BYE")] == ["far-call"]
    assert bench.one(CallTerminated) == CallTerminated("far-call", EndCause.REPLACED, None)
    assert bench.agent.is_live("new-call")


def test_an_answer_that_fits_nothing_leaves_the_old_call() -> None:
    bench = talking()
    take_over(bench, replaces(bench))
    bench.take(bench.agent.answer("new-call", LocalMedia("192.0.2.10", 1, ()), bench.now_s))
    assert last_status(bench) == 488
    assert bench.agent.is_live("far-call")
    assert bench.one(CallTerminated).call_id == "new-call"


def test_a_new_call_with_nothing_in_common_leaves_the_old_one_and_is_told_to_nobody() -> None:
    bench = talking()
    body = OFFER.replace("0 8 101", "18").replace("PCMU", "G729").replace("PCMA", "G729")
    bench.receive(invite(replaces(bench), branch="new", call_id="new-call", body=body))
    assert last_status(bench) == 488
    assert [each.call_id for each in bench.all(CallOffered)] == ["far-call"]
    assert bench.agent.is_live("far-call")


def test_an_old_call_that_ends_meanwhile() -> None:
    bench = talking()
    take_over(bench, replaces(bench))
    bench.receive(in_dialog("BYE", bench.responses("INVITE", 200)[0].recipient.tag or ""))
    bench.take(bench.agent.answer("new-call", LOCAL, bench.now_s))
    assert bench.one(CallTerminated) == CallTerminated("far-call", EndCause.FAR_END, None)
    assert bench.agent.is_live("new-call")


def test_neither_do_not_disturb_nor_the_limit_keep_a_call_from_being_taken_over() -> None:
    limits = AgentLimits(frozenset({FAR.host}), calls=1)
    bench = talking(limits)
    bench.take(bench.agent.set_do_not_disturb(True, bench.now_s))
    take_over(bench, replaces(bench))
    assert bench.one(AnswerWanted).call_id == "new-call"


def test_a_late_offer_takes_over_as_well() -> None:
    bench = talking()
    bench.receive(invite(replaces(bench), branch="new", call_id="new-call", body=""))
    bench.take(bench.agent.answer("new-call", LOCAL, bench.now_s))
    assert bench.one(CallTerminated).cause is EndCause.REPLACED


@pytest.mark.parametrize(
    ("headers", "status_code"),
    [
        (("Replaces: other;to-tag=a;from-tag=b",), 481),
        (("Replaces: far-call;to-tag=a;from-tag=far",), 481),
        (("Replaces: nonsense",), 400),
        (('Replaces: "far-call',), 400),
        (("Replaces: a;to-tag=a;from-tag=b", "Replaces: c;to-tag=a;from-tag=b"), 400),
        (("Replaces: a;to-tag=a;from-tag=b", "Join: a;to-tag=a;from-tag=b"), 400),
    ],
)
def test_what_cannot_be_replaced(headers: tuple[str, ...], status_code: int) -> None:
    bench = talking()
    take_over(bench, *headers)
    assert last_status(bench) == status_code
    assert len(bench.all(CallOffered)) == 1
    assert bench.agent.is_live("far-call")


def test_the_far_sides_tag_must_be_right_too() -> None:
    bench = talking()
    take_over(bench, replaces(bench).replace("from-tag=far", "from-tag=near"))
    assert last_status(bench) == 481


def test_early_only_does_not_mean_a_call_that_is_up() -> None:
    bench = talking()
    take_over(bench, replaces(bench, ";early-only"))
    assert last_status(bench) == 486
    assert bench.agent.is_live("far-call")


def test_a_call_that_is_over_but_not_forgotten() -> None:
    bench = AgentBench()
    bench.receive(invite())
    bench.take(bench.agent.answer("far-call", LOCAL, bench.now_s))
    bench.take(bench.agent.hang_up("far-call", bench.now_s))
    take_over(bench, replaces(bench))
    assert last_status(bench) == 603


def test_a_call_that_rings_here_can_be_taken_by_nobody_else() -> None:
    bench = AgentBench()
    bench.receive(invite())
    take_over(bench, replaces(bench))
    assert last_status(bench) == 481
    assert bench.agent.is_ringing("far-call")


@pytest.mark.parametrize("suffix", ["", ";early-only"])
def test_a_call_of_ours_that_rings_there_is_replaced(suffix: str) -> None:
    bench = AgentBench()
    bench.take(bench.agent.call("our-call", TARGET, LOCAL, bench.now_s))
    ours = bench.requests("INVITE")[0]
    bench.receive(reply(ours, "180 Ringing", "Contact: <sip:302@192.0.2.20>", to_tag="colleague"))
    take_over(bench, f"Replaces: our-call;to-tag={ours.sender.tag};from-tag=colleague{suffix}")
    bench.take(bench.agent.answer("new-call", LOCAL, bench.now_s))
    assert bench.one(CallTerminated) == CallTerminated("our-call", EndCause.REPLACED, None)
    assert len(bench.requests("CANCEL")) == 1
    assert bench.agent.is_live("new-call")


def test_a_stranger_takes_nothing_over() -> None:
    bench = talking()
    take_over(bench, replaces(bench), source=Address("203.0.113.66", 5060))
    assert bench.agent.dropped["stranger"] == 1
    assert len(bench.all(CallOffered)) == 1


def test_nor_does_one_who_may_call_because_everybody_may() -> None:
    bench = talking()
    bench.agent.accept_from(frozenset({FAR.host, "*"}))
    take_over(bench, replaces(bench), source=Address("203.0.113.66", 5060))
    assert last_status(bench) == 403
    assert bench.agent.is_live("far-call")
    assert len(bench.all(CallOffered)) == 1


def test_a_replaced_call_whose_hand_over_was_under_way() -> None:
    bench = talking()
    bench.take(bench.agent.transfer("far-call", TARGET, bench.now_s))
    held = OFFER.replace("sendrecv", "recvonly").replace("o=- 1 1", "o=- 1 2")
    bench.receive(reply(bench.requests("INVITE")[-1], "200 OK", body=held))
    request: Request = bench.requests("REFER")[0]
    bench.receive(reply(request, "202 Accepted"))
    bench.receive(
        invite(
            f"Replaces: far-call;to-tag={request.sender.tag};from-tag=far",
            branch="new",
            call_id="new-call",
        )
    )
    bench.take(bench.agent.answer("new-call", LOCAL, bench.now_s))
    assert bench.one(CallTerminated).cause is EndCause.REPLACED
    bench.receive(in_dialog("ACK", near_tag(bench), sequence=1, branch="a2", call_id="new-call"))
    bench.advance(100)
    assert bench.agent.calls == ("new-call",)
    assert bench.agent.next_at() is None
