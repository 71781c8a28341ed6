"""Two user agents of ours over a network that loses and delays, on one simulated clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from telephony.events import Side
from telephony.sip.agent import UserAgent
from telephony.sip.core import Identity
from telephony.sip.effects import (
    CallEstablished,
    CallOffered,
    CallTerminated,
    Datagram,
    Effect,
    HoldChanged,
    MediaAgreed,
)
from telephony.sip.offer_answer import AgreedMedia, LocalMedia
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Address, NameAddress, Uri
from tests.fakes.sip_messages import CountingIdentifiers

HOSTS = ("192.0.2.1", "192.0.2.2")
CALL = "call"
Command = Literal["hold", "resume", "digit", "rebind"]


class Network:
    """Two agents; each datagram takes 20 ms unless `lost` marks it as lost."""

    def __init__(self, lost: list[bool], chances: tuple[float, float]) -> None:
        self.now_s = 0.0
        self._lost = lost
        self._sent = 0
        self._losses = 0
        self._flying: list[tuple[float, int, int, bytes]] = []
        self.effects: tuple[list[Effect], list[Effect]] = ([], [])
        self.agents = tuple(
            UserAgent(
                Identity(NameAddress(uri), uri),
                AgentLimits(frozenset(HOSTS), session_expires_s=90, srtp="allow"),
                CountingIdentifiers(chance),
            )
            for uri, chance in zip(
                (Uri("sip", host, "301", 5060) for host in HOSTS), chances, strict=True
            )
        )

    def do(self, side: int, command: Callable[[UserAgent, float], list[Effect]]) -> None:
        """Runs a command on one agent."""
        self._take(side, command(self.agents[side], self.now_s))

    def _take(self, side: int, effects: list[Effect]) -> None:
        for effect in effects:
            if not isinstance(effect, Datagram):
                self.effects[side].append(effect)
                continue
            self._sent += 1
            if self._loses_next():
                continue
            flight = (self.now_s + 0.02, self._sent, 1 - side, effect.data)
            heapq.heappush(self._flying, flight)

    def _loses_next(self) -> bool:
        lost = self._sent <= len(self._lost) and self._lost[self._sent - 1]
        # Loss of more than two datagrams in succession would end every call.
        self._losses = self._losses + 1 if lost and self._losses < 2 else 0
        return self._losses > 0

    def advance(self, duration_s: float) -> None:
        """Advances the clock; each datagram and timer is processed at its own time."""
        until_s = self.now_s + duration_s
        while True:
            timers = [(agent.next_at(), side) for side, agent in enumerate(self.agents)]
            due = [(at_s, side) for at_s, side in timers if at_s is not None]
            arrival_s = self._flying[0][0] if self._flying else None
            moments = [at_s for at_s, _ in due] + ([] if arrival_s is None else [arrival_s])
            if not moments or min(moments) > until_s:
                break
            self.now_s = max(self.now_s, min(moments))
            if arrival_s is not None and arrival_s <= self.now_s:
                _, _, side, data = heapq.heappop(self._flying)
                source = Address(HOSTS[1 - side], 5060)
                self._take(side, self.agents[side].receive(data, source, self.now_s))
            else:
                _, side = min(due)
                self._take(side, self.agents[side].on_time(self.now_s))
        self.now_s = until_s

    def holds(self, viewer: int, side: Side) -> bool:
        """Whether `side` holds the call, according to the events of `viewer`."""
        told = [e for e in self.effects[viewer] if isinstance(e, HoldChanged) and e.side is side]
        return bool(told) and told[-1].held

    def media(self, viewer: int) -> AgreedMedia:
        """The last agreement that was reported to `viewer`."""
        return [e.media for e in self.effects[viewer] if isinstance(e, MediaAgreed)][-1]

    def has(self, viewer: int, kind: type[Effect]) -> bool:
        return any(isinstance(effect, kind) for effect in self.effects[viewer])


def talking(lost: list[bool], chances: tuple[float, float] = (0.3, 0.7)) -> Network:
    """A call from the first agent to the second; `lost` applies from its first message."""
    network = Network(lost, chances)
    local = (LocalMedia(HOSTS[0], 4000, srtp="allow"), LocalMedia(HOSTS[1], 5000, srtp="allow"))
    target = Uri("sip", HOSTS[1], "302", 5060)
    network.do(0, lambda agent, now_s: agent.call(CALL, target, local[0], now_s))
    network.advance(20)
    assert network.has(1, CallOffered)
    network.do(1, lambda agent, now_s: agent.answer(CALL, local[1], now_s))
    network.advance(20)
    assert all(network.has(side, CallEstablished) for side in (0, 1))
    return network


def give(network: Network, side: int, command: Command) -> None:
    moved = Uri("sip", HOSTS[side], "303", 5060)
    commands: dict[Command, Callable[[UserAgent, float], list[Effect]]] = {
        "hold": lambda agent, now_s: agent.hold(CALL, now_s),
        "resume": lambda agent, now_s: agent.resume(CALL, now_s),
        "digit": lambda agent, now_s: agent.send_digit(CALL, "1", now_s),
        "rebind": lambda agent, now_s: agent.rebind(moved, now_s),
    }
    network.do(side, commands[command])


def agree(network: Network) -> None:
    """Asserts that both agents have the same state of the call."""
    for viewer in (0, 1):
        assert not network.has(viewer, CallTerminated)
        assert network.holds(viewer, Side.FAR) == network.holds(1 - viewer, Side.NEAR)
        media, other = network.media(viewer), network.media(1 - viewer)
        holds = (network.holds(viewer, Side.NEAR), network.holds(viewer, Side.FAR))
        assert media.sending == (holds == (False, False))
        assert (media.host, media.port) == (HOSTS[1 - viewer], 5000 - 1000 * viewer)
        assert media.srtp is not None
        assert other.srtp is not None
        assert (media.srtp.sent, media.srtp.suite) == (other.srtp.received, other.srtp.suite)


def end(network: Network) -> None:
    network.do(0, lambda agent, now_s: agent.hang_up(CALL, now_s))
    network.advance(200)
    for side in (0, 1):
        assert network.has(side, CallTerminated)
        assert network.agents[side].calls == ()
        assert network.agents[side].transactions == 0
        assert network.agents[side].next_at() is None


def test_both_hold_at_the_same_moment() -> None:
    network = talking([])
    give(network, 0, "hold")
    give(network, 1, "hold")
    network.advance(10)
    assert network.holds(0, Side.NEAR)
    assert network.holds(1, Side.NEAR)
    agree(network)
    end(network)


def test_a_call_of_an_hour_is_kept_up_by_its_timer() -> None:
    network = talking([])
    network.advance(3600)
    agree(network)
    end(network)


@given(
    lost=st.lists(st.sampled_from([False, False, False, True]), max_size=60),
    chances=st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)),
    orders=st.lists(
        st.tuples(
            st.sampled_from([0, 1]),
            st.sampled_from(("hold", "resume", "hold", "resume", "digit", "rebind")),
            st.sampled_from([0.0, 0.01, 0.03, 0.5, 5.0, 50.0]),
        ),
        max_size=10,
    ),
)
def test_both_sides_agree_whatever_is_lost(
    lost: list[bool],
    chances: tuple[float, float],
    orders: list[tuple[int, Command, float]],
) -> None:
    network = talking(lost, chances)
    for side, command, wait_s in orders:
        give(network, side, command)
        network.advance(wait_s)
    network.advance(60)
    agree(network)
    end(network)
