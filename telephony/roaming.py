"""Follows one account's servers by their names, and this machine from network to network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from telephony.network_watch import NetworkChange, watch_network
from telephony.registrars import find_registrars
from telephony.settings import SipAccount
from telephony.sip.network.network import SipNetwork
from telephony.sip.network.transport import is_ip_address
from telephony.sip.syntax.address import Address

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
