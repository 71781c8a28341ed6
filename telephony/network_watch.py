"""Detects network changes and wake-up from sleep, and resolves the registrars again.

Registrars are also resolved again when no server answers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum

from telephony.identity import find_registrars
from telephony.settings import SipAccount
from telephony.sip.network.network import SipNetwork
from telephony.sip.network.transport import is_ip_address
from telephony.sip.syntax.address import Address

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


_log = logging.getLogger(__name__)
_FIND_REST_S = 10.0


class Roaming:
    """Belongs to the running loop.

    ``on_servers`` gets other addresses of the servers, best first. ``on_change`` is told that
    nothing known about the network is sure any more.
    """

    def __init__(
        self,
        account: SipAccount,
        network: SipNetwork,
        on_servers: Callable[[tuple[Address, ...]], None],
        on_change: Callable[[], None],
    ) -> None:
        self._account = account
        self._network = network
        self._on_servers = on_servers
        self._on_change = on_change
        self._tasks: set[asyncio.Task[None]] = set()
        self._found_at_s = 0.0
        self.servers: tuple[Address, ...] = ()
        """What the names stood for when they were last found, best first."""

    async def find(self) -> None:
        """Look the names up for the first time; takes a few seconds when DNS is silent."""
        self.servers = await find_registrars(self._account, self._network)
        self._found_at_s = asyncio.get_running_loop().time()

    def watch(self) -> None:
        """Follow the network from now on."""
        self._spawn(watch_network(self._way, self._tell))

    async def stop(self) -> None:
        """Follow nothing any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def doubt(self) -> None:
        """Look the names up again, unless that was just done: no server answers."""
        now_s = asyncio.get_running_loop().time()
        if now_s - self._found_at_s >= _FIND_REST_S:
            self._found_at_s = now_s
            self._spawn(self._find_again())

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _way(self) -> str | None:
        return self._network.way_towards(self.servers[0])

    def _tell(self, change: NetworkChange) -> None:
        _log.info("network changed: %s", change.value)
        self._on_change()
        self.doubt()

    async def _find_again(self) -> None:
        found = await find_registrars(self._account, self._network)
        # Chance orders servers of equal rank: another order alone is no news. What has no
        # address now is no better than what was known.
        if set(found) != set(self.servers) and all(is_ip_address(item.host) for item in found):
            self.servers = found
            self._on_servers(found)
