"""Calls under any order of messages, commands and time: the rules that always hold."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from telephony.events import Side
from telephony.sip.effects import (
    CallEffect,
    CallEstablished,
    CallOffered,
    CallTerminated,
    CommandFailed,
    Effect,
    HoldChanged,
    MediaAgreed,
)
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Uri
from telephony.sip.syntax.message import Request
from tests.fakes.sip_messages import OFFER, REGISTRAR, AgentBench, in_dialog, invite, reply

LOCAL = LocalMedia("192.0.2.10", 16384, srtp="allow")
CALL = "call"
CONTACT = "Contact: <sip:far@192.0.2.20:5066>"
BODIES = [
    "",
    OFFER,
    OFFER.replace("o=- 1 1", "o=- 1 2").replace("sendrecv", "sendonly"),
    OFFER.replace("o=- 1 1", "o=- 1 3").replace("sendrecv", "inactive"),
    OFFER.replace("c=IN IP4 192.0.2.20", "c=IN IP4 0.0.0.0"),
    OFFER.replace("0 8 101", "18"),
    "v=0\r\n",
]
METHODS = ["INVITE", "UPDATE", "INFO", "PRACK", "OPTIONS", "BYE", "ACK", "NOTIFY", "REFER"]
STATUSES = [
    "100 Trying", "180 Ringing", "183 Progress", "199 Over", "200 OK", "302 Moved", "401 No",
    "407 Proxy", "408 Late", "422 Small", "481 Gone", "486 Busy", "487 Cancelled", "488 No",
    "491 Pending", "500 Later", "503 Away", "600 No",
]  # fmt: skip
EXTRAS = [
    (),
    ("Require: 100rel", "RSeq: 1"),
    ("Require: 100rel", "RSeq: 2"),
    ("Supported: timer", "Session-Expires: 90;refresher=uac", "Allow: UPDATE"),
    ("Supported: timer", "Session-Expires: 90;refresher=uas"),
    ("Min-SE: 4000", "Retry-After: 1"),
    ('Proxy-Authenticate: Digest realm="r", nonce="n"',),
]

Step = Callable[["Played"], None]


class Played:
    """An agent with one call, and the sequence numbers of the remote party."""

    def __init__(self, bench: AgentBench) -> None:
        self.bench = bench
        self.sequence = 100

    def far(self, method: str, body: str, extra: tuple[str, ...], tag: str) -> None:
        bench = self.bench
        invites = bench.requests("INVITE")
        answers = bench.responses("INVITE")
        local = invites[0].sender.tag if invites else None
        local = local or (answers[-1].recipient.tag if answers else None) or "none"
        # An ACK has the sequence number of the last request; other requests have the next one.
        self.sequence += method != "ACK"
        data = in_dialog(
            method,
            local,
            CONTACT,
            *extra,
            sequence=self.sequence,
            branch=f"{method}{self.sequence}",
            call_id=CALL,
            body=body,
            from_tag=tag,
        )
        bench.receive(data)

    def acknowledge_first(self) -> None:
        answers = self.bench.responses("INVITE", 200)
        if answers and answers[0].sequence.number == 1:
            tag = answers[0].recipient.tag or ""
            self.bench.receive(in_dialog("ACK", tag, sequence=1, branch="a1", call_id=CALL))

    def respond(self, back: int, status: str, body: str, extra: tuple[str, ...], tag: str) -> None:
        sent = [m for _, m in self.bench.sent_at if isinstance(m, Request) and m.method != "ACK"]
        if sent:
            request = sent[-1 - back % len(sent)]
            data = reply(request, status, CONTACT, *extra, to_tag=tag, body=body)
            self.bench.receive(data, REGISTRAR)


def command(name: str) -> Step:
    def run(played: Played) -> None:
        bench = played.bench
        agent, now_s = bench.agent, bench.now_s
        done: dict[str, Callable[[], list[Effect]]] = {
            "hold": lambda: agent.hold(CALL, now_s),
            "resume": lambda: agent.resume(CALL, now_s),
            "digit": lambda: agent.send_digit(CALL, "5", now_s),
            "answer": lambda: agent.answer(CALL, LOCAL, now_s),
            "reject": lambda: agent.reject(CALL, 486, now_s),
            "redirect": lambda: agent.redirect(CALL, Uri.parse("sip:9@192.0.2.1"), now_s),
            "rebind": lambda: agent.rebind(Uri.parse("sip:301@192.0.2.11:5070"), now_s),
            "hang_up": lambda: agent.hang_up(CALL, now_s),
        }
        bench.take(done[name]())

    return run


def steps() -> st.SearchStrategy[Step]:
    bodies, extras = st.sampled_from(BODIES), st.sampled_from(EXTRAS)
    tags = st.sampled_from(["far", "far", "far", "other"])
    commands = ["hold", "resume", "digit", "answer", "rebind", "hold", "resume", "answer"]
    rare = ["reject", "redirect", "hang_up"]
    return st.one_of(
        st.builds(
            lambda method, body, extra, tag: lambda p: p.far(method, body, extra, tag),
            st.sampled_from(METHODS), bodies, extras, tags,
        ),
        st.builds(
            lambda back, status, body, extra, tag: lambda p: p.respond(
                back, status, body, extra, tag
            ),
            st.integers(0, 2), st.sampled_from(STATUSES + ["200 OK"] * 10), bodies, extras, tags,
        ),
        st.sampled_from(commands * 3 + rare).map(command),
        st.just(lambda p: p.acknowledge_first()),
        st.sampled_from([0.0, 0.5, 3.0, 45.0]).map(lambda s: lambda p: p.bench.advance(s)),
    )  # fmt: skip


def check(bench: AgentBench) -> None:
    """Asserts that the reported events form a valid sequence."""
    ended = established = False
    held = {Side.NEAR: False, Side.FAR: False}
    for effect in bench.effects:
        if not isinstance(effect, CallEffect) or effect.call_id != CALL:
            continue
        if ended:
            # A command for an ended call fails, and no other event is reported for the call.
            assert isinstance(effect, CommandFailed)
        match effect:
            case CallOffered():
                assert not established
            case CallEstablished():
                assert not established
                established = True
            case HoldChanged(_, side, now_held):
                assert established
                assert held[side] != now_held
                held[side] = now_held
            case MediaAgreed(_, media):
                # A party that holds the call receives no audio.
                assert not (held[Side.NEAR] and media.sending and not changes_next(bench, effect))
            case CallTerminated():
                ended = True
            case _:
                pass


def changes_next(bench: AgentBench, effect: MediaAgreed) -> bool:
    """Whether the hold changes together with this agreement."""
    place = next(index for index, each in enumerate(bench.effects) if each is effect)
    return any(isinstance(each, HoldChanged) for each in bench.effects[place + 1 : place + 3])


def nothing_is_left(bench: AgentBench) -> bool:
    bench.take(bench.agent.stop(bench.now_s))
    bench.advance(200)
    return bench.agent.calls == () and bench.agent.transactions == 0 and not bench.agent.next_at()


@given(
    steps=st.lists(steps(), max_size=25),
    body=st.sampled_from(BODIES[:5]),
    extra=st.sampled_from(EXTRAS),
)
def test_incoming_calls(steps: list[Step], body: str, extra: tuple[str, ...]) -> None:
    bench = AgentBench(limits=AgentLimits(srtp="allow"))
    played = Played(bench)
    bench.receive(invite(*extra, body=body, call_id=CALL))
    for step in steps:
        step(played)
        check(bench)
    assert nothing_is_left(bench)
    check(bench)


@given(steps=st.lists(steps(), max_size=25))
def test_outgoing_calls(steps: list[Step]) -> None:
    bench = AgentBench(account=True, limits=AgentLimits(srtp="allow"))
    played = Played(bench)
    bench.take(bench.agent.call(CALL, Uri.parse("sip:302@192.0.2.1"), LOCAL, bench.now_s))
    for step in steps:
        step(played)
        check(bench)
    assert nothing_is_left(bench)
    check(bench)
