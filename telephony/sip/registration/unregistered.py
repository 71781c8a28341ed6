"""Which server takes the calls of an account that does not register."""

from __future__ import annotations

from collections.abc import Iterable

from telephony.sip.core import Core
from telephony.sip.syntax.address import Address

_RETURN = "return"
# How long a server that has not answered a call is passed over: nobody asks it meanwhile.
_RETURN_S = 300.0


class UnregisteredWay:
    """The first server, or the next in turn for a while after it has not answered a call."""

    def __init__(self, core: Core, servers: Iterable[Address]) -> None:
        self._core = core
        core.way_keeper = self
        self._servers: tuple[Address, ...] = ()
        self.use_servers(servers)

    @property
    def busy(self) -> bool:
        """Never: there is nothing to wait for."""
        return False

    def use_servers(self, servers: Iterable[Address]) -> None:
        """Take another list, best first; not an empty one."""
        self._servers = tuple(dict.fromkeys(servers))
        if self._core.server not in self._servers:
            self._core.server = self._servers[0]

    def suspect(self) -> bool:
        """Go on to the next server; False where there is none."""
        core, servers = self._core, self._servers
        if len(servers) == 1:
            return False
        place = servers.index(core.server) if core.server in servers else -1
        core.server = servers[(place + 1) % len(servers)]
        core.arm(self, _RETURN, _RETURN_S)
        return True

    def on_timer(self, name: str) -> None:
        """Time to try the preferred server again, with the next call."""
        self._core.server = self._servers[0]
