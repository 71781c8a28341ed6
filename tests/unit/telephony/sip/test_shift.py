"""Eight hours at a strict registrar: the registration is never lost but in the outages."""

from __future__ import annotations

import functools
import random

import pytest

from telephony.events import RegistrationState
from telephony.sip.agent import UserAgent
from telephony.sip.core import Identity
from telephony.sip.effects import RegistrationUpdated
from telephony.sip.primitives import AgentLimits
from telephony.sip.syntax.address import Address, NameAddress, Uri
from tests.fakes.sip_messages import NEAR, CountingIdentifiers
from tests.fakes.sip_registrar import PASSWORD, SimulatedNetwork, SimulatedRegistrar

SHIFT_S = 8 * 3600.0
RETURN_S = 5.0
SERVER = Address("192.0.2.1", 5060)
SPARE = Address("192.0.2.2", 5060)


class Chance(CountingIdentifiers):
    """Identifiers whose fraction is a different one each time, the same in each run."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = random.Random(seed)  # noqa: S311

    def fraction(self) -> float:
        return self._random.random()


def phone(
    seed: int, *, expires_s: int = 300, backup_servers: tuple[Address, ...] = ()
) -> UserAgent:
    identity = Identity(
        NameAddress(Uri("sip", SERVER.host, "301")),
        Uri("sip", NEAR.host, "301", NEAR.port),
        SERVER,
        Uri("sip", SERVER.host),
        "301",
        PASSWORD,
        expires_s,
        backup_servers=backup_servers,
        keep_alive_s=30,
    )
    return UserAgent(identity, AgentLimits(), Chance(seed))


class Shift:
    """A phone, its registrar, and the time during which no call would have come."""

    def __init__(self, seed: int, *, loss: float = 0.0, expires_s: int = 300) -> None:
        self.registrar = SimulatedRegistrar(SERVER, expires_s=expires_s)
        self.agent = phone(seed, expires_s=expires_s)
        self.network = SimulatedNetwork(self.agent, (self.registrar,), loss=loss, seed=seed)
        self.returned_at_s = 0.0
        self.lapses: list[float] = []

    def outage(self, at_s: float, duration_s: float, *, restart: bool = False) -> None:
        def leave() -> None:
            self.registrar.away = True
            if restart:
                self.registrar.restart()

        def come_back() -> None:
            self.registrar.away = False
            self.returned_at_s = self.network.now_s

        self.network.at(at_s, leave)
        self.network.at(at_s + duration_s, come_back)

    def check(self) -> None:
        now_s = self.network.now_s
        present = not self.registrar.away and now_s > self.returned_at_s + RETURN_S
        if present and not self.registrar.bound(now_s):
            self.lapses.append(now_s)

    def run(self, until_s: float = SHIFT_S) -> None:
        for second in range(int(until_s)):
            self.network.at(float(second), self.check)
        self.network.take(self.agent.start(0.0))
        self.network.run(until_s, self.check)


@pytest.mark.parametrize(("seed", "expires_s"), [(1, 60), (2, 300), (3, 3600)])
def test_registration_never_lapses_in_a_shift_with_lost_datagrams(
    seed: int, expires_s: int
) -> None:
    shift = Shift(seed, loss=0.05, expires_s=expires_s)
    shift.run()
    assert shift.lapses == []
    assert shift.registrar.refused == 0
    updates = [item for _, item in shift.network.effects if isinstance(item, RegistrationUpdated)]
    assert {update.state for update in updates[1:]} == {RegistrationState.REGISTERED}
    assert updates[-1].server == "192.0.2.1:5060"


@pytest.mark.parametrize("seed", [1, 2])
def test_registration_is_back_within_five_seconds_of_each_outage(seed: int) -> None:
    shift = Shift(seed)
    for number in range(20):
        shift.outage(600 + 1200 * number, 5.0 + 7.3 * number)
    shift.outage(6.4 * 3600, 45.0, restart=True)
    shift.outage(7 * 3600, 600.0, restart=True)
    shift.run()
    assert shift.lapses == []


def test_most_refreshes_need_no_second_request() -> None:
    shift = Shift(1)
    shift.run()
    asked = sum(method == "REGISTER" for _, method in shift.registrar.seen)
    granted = len(shift.registrar.registered_at)
    assert granted > 100
    # A nonce lives for about one refresh; with none given in advance it would be two each.
    assert asked < 2 * granted


def test_a_shift_at_two_servers_that_take_turns_in_failing_has_no_gap_above_ten_seconds() -> None:
    servers = (SimulatedRegistrar(SERVER), SimulatedRegistrar(SPARE))
    agent = phone(4, backup_servers=(SPARE,))
    network = SimulatedNetwork(agent, servers, loss=0.01, seed=4)
    chance = random.Random(4)  # noqa: S311
    reachable_at_s = 0.0
    gaps: list[float] = []

    def turn(server: SimulatedRegistrar, *, away: bool) -> None:
        server.away = away
        if away:
            server.restart()

    at_s = 300.0
    for number in range(40):
        away_s = 30.0 + 400.0 * chance.random()
        server = servers[number % 2]
        network.at(at_s, functools.partial(turn, server, away=True))
        network.at(at_s + away_s, functools.partial(turn, server, away=False))
        # Never both: at least a minute between the return of one and the end of the other.
        at_s += away_s + 60.0 + 200.0 * chance.random()

    def check() -> None:
        nonlocal reachable_at_s
        if any(not item.away and item.bound(network.now_s) for item in servers):
            gaps.append(network.now_s - reachable_at_s)
            reachable_at_s = network.now_s

    for second in range(int(SHIFT_S)):
        network.at(float(second), check)
    network.take(agent.start(0.0))
    network.run(SHIFT_S, check)
    assert at_s < SHIFT_S
    assert max(gaps) < 10.0
