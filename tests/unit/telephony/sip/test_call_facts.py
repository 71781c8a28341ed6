"""Facts of a call other than the caller: its route, its queue, its diverting party."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.events import CallFacts, Diversion
from telephony.sip.call_facts import read_caller, read_facts
from telephony.sip.effects import CallOffered
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import Request, parse_message
from tests.fakes.sip_messages import FAR, AgentBench, invite

STRANGER = Address("203.0.113.66", 5060)


def facts(*headers: str, trusted: bool = True) -> CallFacts:
    message = parse_message(invite(*headers))
    assert isinstance(message, Request)
    return read_facts(message, trusted=trusted)


def test_an_ordinary_call_has_none() -> None:
    assert facts() == CallFacts()


@pytest.mark.parametrize(
    ("headers", "diversions"),
    [
        (
            (
                "Diversion: <sip:+79005550112@pbx.example>;reason=no-answer;counter=1,"
                ' "Duty, desk" <tel:112>;reason="User-Busy"',
            ),
            (Diversion("+79005550112", "no-answer"), Diversion("112", "user-busy")),
        ),
        (
            ("Diversion: <sip:112@a>;reason=unconditional", "Diversion: <sip:113@a>"),
            (Diversion("112", "unconditional"), Diversion("113")),
        ),
        (("Diversion: <sip:112@a>;reason=away;privacy=full",), (Diversion("", "away"),)),
        (("Diversion: <sip:112@a>;privacy=off",), (Diversion("112"),)),
        (("Diversion: broken", "Diversion: <sip:112@a>"), (Diversion("112"),)),
        (('Diversion: "no end',), ()),
    ],
)
def test_diversion(headers: tuple[str, ...], diversions: tuple[Diversion, ...]) -> None:
    assert facts(*headers).diversions == diversions


@pytest.mark.parametrize(
    ("history", "diversions"),
    [
        # Plain routing is no redirection.
        ("<sip:301@pbx>;index=1, <sip:301@192.0.2.10>;index=1.1;rc=1", ()),
        # The cause parameter in the address that the call was forwarded to (RFC 4458).
        (
            "<sip:112@pbx>;index=1, <sip:301@pbx;cause=408>;index=1.1;mp=1",
            (Diversion("112", "no-answer"),),
        ),
        (
            "<sip:112@pbx>;index=1, <sip:301@pbx;cause=302>;index=1.1",
            (Diversion("112", "unconditional"),),
        ),
        # The response that caused the next address to be tried (RFC 7044 section 5.2).
        (
            "<sip:112@pbx?Reason=SIP%3Bcause%3D486>;index=1, <sip:301@pbx>;index=2",
            (Diversion("112", "user-busy"),),
        ),
        # Two redirections, in any order in the header: the last one first.
        (
            "<sip:301@pbx;cause=486>;index=1.1.1;mp=1.1, <sip:112@pbx>;index=1,"
            " <sip:113@pbx;cause=302>;index=1.1;mp=1",
            (Diversion("113", "user-busy"), Diversion("112", "unconditional")),
        ),
        # The entry itself names its original address.
        (
            "<sip:112@pbx>;index=1, <sip:112@192.0.2.9>;index=1.1;rc=1,"
            " <sip:301@pbx;cause=480>;index=1.2;mp=1",
            (Diversion("112", "deflection"),),
        ),
        (
            "<sip:112@pbx?Privacy=history>;index=1, <sip:301@pbx;cause=503>;index=1.1;mp=1",
            (Diversion("", "unavailable"),),
        ),
        (
            "<sip:112@pbx?Reason=Q.850%3Bcause%3D17>;index=1, <sip:301@pbx>;index=2",
            (Diversion("112"),),
        ),
        ("<sip:112@pbx>;index=x..1, <sip:301@pbx;cause=999>", (Diversion("112"),)),
    ],
)
def test_history_info(history: str, diversions: tuple[Diversion, ...]) -> None:
    assert facts(f"History-Info: {history}").diversions == diversions


def test_history_that_is_to_be_shown_to_nobody() -> None:
    history = "History-Info: <sip:112@pbx>;index=1, <sip:301@pbx;cause=302>;index=1.1"
    assert facts(history, "Privacy: history").diversions == (Diversion("", "unconditional"),)


def test_diversion_counts_before_history() -> None:
    history = "History-Info: <sip:113@pbx>;index=1, <sip:301@pbx;cause=302>;index=1.1"
    assert facts(history, "Diversion: <sip:112@pbx>").diversions == (Diversion("112"),)


def test_the_way_of_a_call_is_bounded() -> None:
    assert len(facts(*["Diversion: <sip:112@pbx>"] * 100).diversions) == 10


@pytest.mark.parametrize(
    ("headers", "queue"),
    [
        (("X-Queue: duty",), "duty"),
        (('X-Asterisk-Queue: "Emergency desk"',), "Emergency desk"),
        (("x-queue-name: <sip:desk@pbx.example>",), "desk"),
        (("X-DID: 112",), "112"),
        (("X-DID: 112", "X-Queue: duty"), "duty"),
        (("X-Queue: ", "X-Line: second"), "second"),
        (("P-Called-Party-ID: <sip:301@pbx.example>",), ""),
        ((f"X-Queue: {'q' * 1000}",), "q" * 128),
    ],
)
def test_queue_and_line_headers(headers: tuple[str, ...], queue: str) -> None:
    assert facts(*headers).queue == queue


@pytest.mark.parametrize(
    ("header", "referred_by"),
    [
        ("Referred-By: <sip:302@pbx.example>;cid=1@a", "302"),
        ("b: sip:302@pbx.example", "302"),
        ("Referred-By: <sip:pbx.example>", "sip:pbx.example"),
        ("Referred-By: nonsense", ""),
    ],
)
def test_who_handed_the_caller_over(header: str, referred_by: str) -> None:
    assert facts(header).referred_by == referred_by


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("Call-Info: <sip:pbx.example>;answer-after=0", True),
        ('Call-Info: <sip:pbx>;purpose=icon, <sip:pbx>;answer-after="2"', True),
        ("Call-Info: answer-after=0", True),
        ("Call-Info: <sip:pbx.example>;answer-after=x", False),
        ("Call-Info: <http://pbx.example/photo.jpg>;purpose=icon", False),
        ("Alert-Info: <http://www.notused.com>;info=alert-autoanswer;delay=0", True),
        ("Alert-Info: info=alert-autoanswer", True),
        ("Alert-Info: Auto Answer", True),
        ("Alert-Info: Ring Answer", True),
        ("Alert-Info: <http://pbx.example/bell.wav>", False),
        ("Answer-Mode: Auto;require", True),
        ("Priv-Answer-Mode: auto", True),
        ("Answer-Mode: Manual", False),
    ],
)
def test_a_request_to_answer_at_once(header: str, asked: bool) -> None:
    assert facts(header).auto_answer is asked
    assert not facts(header, trusted=False).auto_answer


def test_only_a_named_address_speaks_for_the_network() -> None:
    header = "P-Asserted-Identity: <tel:+79005550112>"
    bench = AgentBench(accept_from=(FAR.host, "*"))
    bench.receive(invite(header))
    bench.receive(invite(header, "X-Queue: duty", branch="s", call_id="stranger"), STRANGER)
    named, stranger = bench.all(CallOffered)
    assert (named.caller_number, named.facts.asserted) == ("+79005550112", True)
    assert (stranger.caller_number, stranger.facts.asserted) == ("+79005550137", False)
    assert stranger.facts.queue == "duty"


NAMES = (
    "P-Asserted-Identity", "Remote-Party-ID", "Privacy", "Diversion", "History-Info", "X-Queue",
    "X-DID", "P-Called-Party-ID", "Referred-By", "Call-Info", "Alert-Info", "Answer-Mode",
)  # fmt: skip
PIECES = st.sampled_from(
    ["<sip:", "tel:", "sip:", "@", ">", ";", ",", '"', "\\", "?", "Reason=", "%3B", "cause=", "=",
     "index=", "1.1", "reason", "screen=yes", "answer-after", "112", "é", "\x01", " "]
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.lists(PIECES, max_size=12)), max_size=4))
def test_no_header_breaks_the_reading(lines: list[tuple[str, list[str]]]) -> None:
    message = parse_message(invite(*(f"{name}: {''.join(pieces)}" for name, pieces in lines)))
    assert isinstance(message, Request)
    found = read_facts(message, trusted=True)
    caller = read_caller(message, trusted=True)
    texts = [found.queue, found.referred_by, caller.number, caller.name, caller.dialled_line]
    texts += [each.number for each in found.diversions] + [x.reason for x in found.diversions]
    assert all(text.isprintable() and len(text) <= 128 for text in texts)
