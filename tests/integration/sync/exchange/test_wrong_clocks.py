"""Wrong clocks, or clocks set during work: neither order nor numbers depend on them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.exchange.events import BatchSent, ClockCompared, SenderEvent
from sync.exchange.sender import Drained, Sender, SenderSettings, drain
from sync.register.calls.calls import CallRecord
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.bad_networks import line_of
from tests.fakes.broken_workplace import ClockMarkedStore
from tests.fakes.events import Heard
from tests.fakes.rehearsal import Faults, Told

WAIT_S = 20.0
QUICK = SenderSettings(first_delay_s=0.05, longest_delay_s=0.4, poll_s=0.2, answer_limit_s=2.0)


class Clock:
    """The true time with an offset."""

    def __init__(self, off: timedelta) -> None:
        self.off = off

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


class Desk:
    """A workplace with this clock that sends during its work."""

    def __init__(self, store: RegisterStore, dsn: str, clock: Clock) -> None:
        self.store, self.clock, self._dsn = store, clock, dsn
        self.events: Heard[SenderEvent] = Heard()
        self.sender = Sender(store, dsn, self.events, settings=QUICK, clock=clock)
        self.saved: list[CallRecord] = []

    def ring(self) -> CallRecord:
        call = rehearsal_workplace.ring(uuid7(), self.clock())
        return self.store.open_card(call, rehearsal_workplace.OPERATOR).result(WAIT_S)

    def close(self, draft: CallRecord) -> CallRecord:
        return self._save(rehearsal_workplace.finished(draft, self.clock()))

    def correct(self, card: CallRecord) -> CallRecord:
        return self._save(rehearsal_workplace.corrected(card))

    def _save(self, card: CallRecord) -> CallRecord:
        self.saved.append(self.store.close(card).result(WAIT_S))
        return self.saved[-1]

    def wait_sent(self) -> None:
        count = len(self.saved)
        self.events.wait_for(
            lambda told: sum(one.count for one in told if isinstance(one, BatchSent)) >= count,
            WAIT_S,
        )

    def faults(self) -> Faults:
        """Returns the differences in the central database after the outbox is empty."""
        assert drain(self.store, self.sender, threading.Event()) is Drained.EMPTY
        lines = [line_of(card) for card in self.saved]
        return Told(lines, lines).faults(self._dsn)


@contextmanager
def working(
    kind: type[RegisterStore], path: Path, key: StoreKey, dsn: str, off: timedelta
) -> Iterator[Desk]:
    clock = Clock(off)
    store = kind.open(path, key, home_area_code="87999", clock=clock)
    desk = Desk(store, dsn, clock)
    desk.sender.start()
    try:
        yield desk
    finally:
        assert desk.sender.stop(WAIT_S)
        assert store.close_store()


def work(desk: Desk) -> None:
    """Makes five saves and a correction, while the clock is corrected and then set back during a
    call.
    """
    first = desk.close(desk.ring())
    desk.wait_sent()
    desk.clock.off = timedelta()
    desk.close(desk.ring())
    desk.wait_sent()
    card = desk.ring()
    desk.clock.off = timedelta(hours=-1)  # as at the end of summer time
    desk.close(card)
    desk.close(desk.ring())
    desk.correct(first)


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1)], ids=["ahead", "behind"])
def test_a_wrong_clock_is_told_and_changes_neither_order_nor_numbers(
    path: Path, key: StoreKey, dsn: str, off: timedelta
) -> None:
    with working(RegisterStore, path, key, dsn, off) as desk:
        told = desk.events.wait_for(
            lambda told: any(isinstance(event, ClockCompared) for event in told), WAIT_S
        )
        (compared,) = [event for event in told if isinstance(event, ClockCompared)]
        assert abs(compared.ahead_s - off.total_seconds()) < 2
        work(desk)
        assert desk.faults().are_none
    given: dict[str, list[int]] = {}
    for card in desk.saved[:-1]:
        given.setdefault(card.number.period, []).append(card.number.counter)
    for counters in given.values():
        assert counters == list(range(1, len(counters) + 1))
    # ordering by the clock would give another order
    assert sorted(desk.saved[:-1], key=lambda card: card.created_at) != desk.saved[:-1]


def test_a_clock_that_is_set_back_is_compared_with_the_centre_at_the_next_record(
    path: Path, key: StoreKey, dsn: str
) -> None:
    """The lease is younger than half a minute by the other clock."""
    with working(RegisterStore, path, key, dsn, timedelta()) as desk:
        desk.close(desk.ring())
        desk.wait_sent()
        desk.clock.off = timedelta(hours=-1)
        desk.close(desk.ring())
        told = desk.events.wait_for(
            lambda told: any(isinstance(event, ClockCompared) for event in told), WAIT_S
        )
    (compared,) = [event for event in told if isinstance(event, ClockCompared)]
    assert abs(compared.ahead_s + 3600) < 2


def test_a_clock_that_is_set_back_finds_a_workplace_that_sends_by_the_time(
    path: Path, key: StoreKey, dsn: str
) -> None:
    with working(ClockMarkedStore, path, key, dsn, timedelta(days=1)) as desk:
        first = desk.close(desk.ring())
        desk.wait_sent()
        desk.clock.off = timedelta()
        second = desk.close(desk.ring())
        desk.correct(first)
        faults = desk.faults()
    assert faults.lost == frozenset({str(second.id)})
    assert faults.stale == frozenset({str(first.id)})
