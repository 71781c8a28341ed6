"""Detection of a changed network and of system sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from telephony.network_watch import (
    Moment,
    NetworkChange,
    NetworkObserver,
    this_moment,
    watch_network,
)

HOME, AWAY = "192.0.2.10", "198.51.100.4"


def observed(
    hosts: Sequence[str | None], moments: Sequence[tuple[float, float]] | None = None
) -> list[NetworkChange | None]:
    """Results of all observations after the first."""
    times = moments or [(2.0 * number, 2.0 * number) for number in range(len(hosts))]
    observer = NetworkObserver(hosts[0], Moment(*times[0]))
    return [
        observer.observe(host, Moment(*moment))
        for host, moment in zip(hosts[1:], times[1:], strict=True)
    ]


def test_nothing_is_told_while_nothing_changes() -> None:
    assert observed([HOME] * 5) == [None] * 4


def test_another_address_is_told_once() -> None:
    assert observed([HOME, AWAY, AWAY]) == [NetworkChange.MOVED, None]


def test_a_way_that_is_gone_is_told_when_it_is_back() -> None:
    assert observed([HOME, None, None, HOME]) == [None, None, NetworkChange.RETURNED]
    assert observed([HOME, None, AWAY]) == [None, NetworkChange.MOVED]


def test_the_first_way_of_all_is_told() -> None:
    assert observed([None, None, HOME]) == [None, NetworkChange.RETURNED]


@pytest.mark.parametrize(
    "after",
    [
        (2.0, 3602.0),  # The monotonic clock stops, as on Linux.
        (3602.0, 3602.0),  # It continues, but there was no observation for an hour.
    ],
)
def test_a_sleep_is_told(after: tuple[float, float]) -> None:
    assert observed([HOME, HOME], [(0.0, 0.0), after]) == [NetworkChange.RESUMED]


def test_a_busy_machine_and_an_adjusted_clock_are_no_sleep() -> None:
    moments = [(0.0, 0.0), (8.0, 8.0), (10.0, 12.0), (12.0, -3000.0)]
    assert observed([HOME] * 4, moments) == [None] * 3


def test_the_clocks_of_this_machine_do_not_look_like_a_sleep() -> None:
    observer = NetworkObserver(HOME, this_moment())
    assert observer.observe(HOME, this_moment()) is None


def test_the_watch_looks_again_and_again() -> None:
    async def run() -> list[NetworkChange]:
        hosts = iter([HOME, HOME, AWAY, HOME])
        told: list[NetworkChange] = []
        both = asyncio.Event()

        def tell(change: NetworkChange) -> None:
            told.append(change)
            if len(told) == 2:
                both.set()

        watch = asyncio.create_task(
            watch_network(lambda: next(hosts, HOME), tell, interval_s=0.001)
        )
        await asyncio.wait_for(both.wait(), 5)
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        return told

    assert asyncio.run(run()) == [NetworkChange.MOVED, NetworkChange.MOVED]
