"""Notices that the machine has moved to another network, or has slept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

_INTERVAL_S = 2.0
# Less than this is the machine being busy, or a clock being adjusted.
_SLEEP_S = 10.0


class NetworkChange(Enum):
    """Why nothing that was known about the network is sure any more."""

    MOVED = "moved"
    """The far side is reached from another address of ours."""
    RETURNED = "returned"
    """There is a way to the far side again, from the same address."""
    RESUMED = "resumed"
    """The machine has slept."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment on three clocks, in seconds: the monotonic one may stand still in a sleep."""

    monotonic_s: float
    awake_and_asleep_s: float
    """The system's clock that counts sleep (CLOCK_BOOTTIME), else the wall clock."""


def this_moment() -> Moment:
    """This moment."""
    boot_clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    through_s = time.time() if boot_clock is None else time.clock_gettime(boot_clock)
    return Moment(time.monotonic(), through_s)


class NetworkObserver:
    """Compares what is with what was; knows no clock."""

    def __init__(self, local_host: str | None, moment: Moment) -> None:
        self._present_host = local_host
        self._last_host = local_host
        self._moment = moment

    def observe(self, local_host: str | None, moment: Moment) -> NetworkChange | None:
        """What has changed since the last time; ``local_host`` None means no way out."""
        former_host, former = self._present_host, self._moment
        self._present_host, self._moment = local_host, moment
        if local_host is not None:
            last_host, self._last_host = self._last_host, local_host
            if last_host is not None and last_host != local_host:
                return NetworkChange.MOVED
            if former_host is None:
                return NetworkChange.RETURNED
        monotonic_s = moment.monotonic_s - former.monotonic_s
        through_s = moment.awake_and_asleep_s - former.awake_and_asleep_s
        # On some systems the monotonic clock counts sleep as well: then nobody has looked.
        if through_s - monotonic_s > _SLEEP_S or monotonic_s > _INTERVAL_S + _SLEEP_S:
            return NetworkChange.RESUMED
        return None


async def watch_network(
    local_host: Callable[[], str | None],
    on_change: Callable[[NetworkChange], None],
    *,
    moment: Callable[[], Moment] = this_moment,
    interval_s: float = _INTERVAL_S,
) -> None:
    """Look every two seconds, until cancelled."""
    observer = NetworkObserver(local_host(), moment())
    while True:
        await asyncio.sleep(interval_s)
        change = observer.observe(local_host(), moment())
        if change is not None:
            on_change(change)
