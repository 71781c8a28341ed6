"""Five hours at a strict presence server: watchers there see the operator's state."""

from __future__ import annotations

import functools
import random

import pytest

from telephony.presence import Activity, Presence, PublicationState
from telephony.sip.effects import PresenceUpdated
from tests.fakes.kamailio_presence import Seen, seen_in
from tests.fakes.sip_registrar import SimulatedNetwork, SimulatedRegistrar
from tests.unit.telephony.sip.test_shift import SERVER, SPARE, phone

SHIFT_S = 5 * 3600.0
HEARD_S = 40.0  # a lost request is retransmitted for 32 s, then sent as a new one
STATES = (
    Presence(True),
    Presence(True, (Activity.ON_THE_PHONE,)),
    Presence(False, (Activity.BUSY,)),
    Presence(False, (Activity.BUSY, Activity.WORKING)),
    Presence(False, (Activity.AWAY, Activity.MEAL)),
)


def shown(presence: Presence | None) -> list[Seen]:
    """The state that a watcher should see."""
    if presence is None:
        return []
    basic = "open" if presence.takes_calls else "closed"
    return [Seen((basic,), frozenset(each.value for each in presence.activities))]


class Shift:
    """A phone that publishes a new state at random intervals, and the documents at its servers."""

    def __init__(self, seed: int, *, loss: float, spare: bool = False) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.servers = [SimulatedRegistrar(SERVER, expires_s=120.0, nonce_lifetime_s=90.0)]
        if spare:
            self.servers.append(SimulatedRegistrar(SPARE, expires_s=120.0))
        self.agent = phone(seed, backup_servers=(SPARE,) if spare else ())
        self.network = SimulatedNetwork(self.agent, tuple(self.servers), loss=loss, seed=seed)
        self.wanted: Presence | None = None
        self.network.take(self.agent.start(0.0))

    def tell(self, presence: Presence | None) -> None:
        self.wanted = presence
        self.network.take(self.agent.set_presence(presence, self.network.now_s))

    def plan_changes(self, until_s: float) -> None:
        at_s = 1.0
        while at_s < until_s:
            self.network.at(at_s, functools.partial(self.tell, self.random.choice(STATES)))
            at_s += self.random.choice((0.05, 3.0, 45.0, 400.0))

    def known(self) -> list[Seen]:
        """The documents at the server that received the last request."""
        newest = max(self.servers, key=lambda server: server.seen[-1][0] if server.seen else 0.0)
        return [seen_in(document) for document in newest.known(self.network.now_s)]

    @property
    def news(self) -> list[PresenceUpdated]:
        return [item for _, item in self.network.effects if isinstance(item, PresenceUpdated)]


@pytest.mark.parametrize("loss", [0.0, 0.05])
@pytest.mark.parametrize("seed", range(2))
def test_a_watcher_sees_the_newest_state_all_shift(seed: int, loss: float) -> None:
    shift = Shift(seed, loss=loss)
    shift.plan_changes(SHIFT_S)
    wrong_s, looked_s, changed_at_s = 0.0, 0.0, 0.0
    seen: Presence | None = None

    def look() -> None:
        nonlocal wrong_s, looked_s, changed_at_s, seen
        now_s = shift.network.now_s
        if shift.wanted != seen:
            seen, changed_at_s = shift.wanted, now_s
        known = shift.known()
        is_right = known[-1:] == shown(shift.wanted)
        if not is_right and now_s - changed_at_s > HEARD_S:
            wrong_s += now_s - looked_s
        looked_s = now_s

    shift.network.run(SHIFT_S, look)
    assert wrong_s == 0.0
    assert shift.news[-1].state is PublicationState.TOLD
    assert shift.news[-1].told == shift.wanted
    if not loss:
        assert len(shift.servers[0].published) == 1
        assert all(news.state is not PublicationState.FAILED for news in shift.news)


@pytest.mark.parametrize("seed", range(2))
def test_restarts_and_outages_leave_the_newest_state_behind(seed: int) -> None:
    shift = Shift(seed, loss=0.02, spare=seed % 2 == 1)
    shift.plan_changes(SHIFT_S - 600)
    first = shift.servers[0]
    for at_s in (1800.0, 5400.0, 9000.0):
        shift.network.at(at_s, first.restart)
    for at_s in (3600.0, 7200.0, 12600.0):
        shift.network.at(at_s, lambda: setattr(first, "away", True))
        shift.network.at(at_s + 90, lambda: setattr(first, "away", False))
    shift.network.run(SHIFT_S)
    assert shift.known() == shown(shift.wanted)
    assert shift.news[-1] == PresenceUpdated(PublicationState.TOLD, shift.wanted, None)
    shift.tell(None)
    shift.network.run(SHIFT_S + HEARD_S)
    assert not shift.known()
    assert shift.news[-1].state is PublicationState.OFF
