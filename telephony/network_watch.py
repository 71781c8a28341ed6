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
# Shorter gaps are a busy machine or a clock adjustment.
_SLEEP_S = 10.0


class NetworkChange(Enum):
    """Event after which the network state is unknown."""

    MOVED = "moved"
    """The local address towards the server has changed."""
    RETURNED = "returned"
    """The server is reachable again, from the same local address."""
    RESUMED = "resumed"
    """The machine was suspended."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Reading of two clocks in seconds; the monotonic one may stop during sleep."""

    monotonic_s: float
    awake_and_asleep_s: float
    """CLOCK_BOOTTIME, which includes sleep, otherwise the wall clock."""


def this_moment() -> Moment:
    """Reads the clocks."""
    boot_clock: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    through_s = time.time() if boot_clock is None else time.clock_gettime(boot_clock)
    return Moment(time.monotonic(), through_s)


class NetworkObserver:
    """Compares consecutive observations; reads no clock."""

    def __init__(self, local_host: str | None, moment: Moment) -> None:
        self._present_host = local_host
        self._last_host = local_host
        self._moment = moment

    def observe(self, local_host: str | None, moment: Moment) -> NetworkChange | None:
        """Returns the change since the last observation; ``local_host`` None means no route."""
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
        # Where the monotonic clock includes sleep, a long interval means suspension.
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
    """Observes the network every two seconds, until cancelled."""
    observer = NetworkObserver(local_host(), moment())
    while True:
        await asyncio.sleep(interval_s)
        change = observer.observe(local_host(), moment())
        if change is not None:
            on_change(change)


_log = logging.getLogger(__name__)
_FIND_REST_S = 10.0


class Roaming:
    """Tracks the addresses of the servers. Use it on the running loop only.

    ``on_servers`` receives changed server addresses, best first. ``on_change`` is called when the
    network state is unknown.
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
        """Last resolved addresses, best first."""

    async def find(self) -> None:
        """Resolves the names for the first time; takes a few seconds if DNS does not respond."""
        self.servers = await find_registrars(self._account, self._network)
        self._found_at_s = asyncio.get_running_loop().time()

    def watch(self) -> None:
        """Starts watching the network."""
        self._spawn(watch_network(self._way, self._tell))

    async def stop(self) -> None:
        """Stops watching the network."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def doubt(self) -> None:
        """Resolves the names again because no server answers, unless they were just resolved."""
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
        _log.info("network: changed: %s", change.value)
        self._on_change()
        self.doubt()

    async def _find_again(self) -> None:
        found = await find_registrars(self._account, self._network)
        # Servers of equal priority are in random order, so another order is not a change. An
        # unresolved name does not replace known addresses.
        if set(found) != set(self.servers) and all(is_ip_address(item.host) for item in found):
            self.servers = found
            self._on_servers(found)
