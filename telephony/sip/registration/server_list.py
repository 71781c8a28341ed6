"""The registrars of one account in order of preference, and which of them is in use."""

from __future__ import annotations

from collections.abc import Iterable

from telephony.sip.syntax.address import Address, address_of
from telephony.sip.syntax.uri import Uri


class ServerList:
    """Never empty; the first server is the preferred one. ``now_s`` is the core's clock."""

    def __init__(self, servers: Iterable[Address]) -> None:
        self._servers = tuple(dict.fromkeys(servers))
        self.in_use = self._servers[0]
        self._failed: set[Address] = set()
        self._barred_until_s: dict[Address, float] = {}
        self._redirects: dict[Address, Uri] = {}

    @property
    def better(self) -> tuple[Address, ...]:
        """The servers that are preferred to the one in use."""
        return self._servers[: self._servers.index(self.in_use)]

    @property
    def others(self) -> tuple[Address, ...]:
        """All but the one in use."""
        return tuple(server for server in self._servers if server != self.in_use)

    def replace(self, servers: Iterable[Address]) -> None:
        """Take another list, and its first server where it lacks the one in use."""
        self._servers = tuple(dict.fromkeys(servers))
        if self.in_use not in self._servers:
            self.in_use = self._servers[0]
        self._failed &= set(self._servers)
        for known in (self._barred_until_s, self._redirects):
            for server in set(known) - set(self._servers):
                del known[server]

    def use(self, server: Address) -> None:
        """Make it the one in use; it works, so all others have a new chance."""
        self.in_use = server
        self._failed.clear()
        self._barred_until_s.pop(server, None)

    def bar(self, server: Address, until_s: float) -> None:
        """Leave it alone until then (Retry-After)."""
        self._barred_until_s[server] = until_s

    def barred_for_s(self, server: Address, now_s: float) -> float:
        """For how long it still wants to be left alone; 0 when it does not."""
        return max(0.0, self._barred_until_s.get(server, now_s) - now_s)

    def barred(self, server: Address, now_s: float) -> bool:
        """Whether it wants to be left alone now."""
        return self.barred_for_s(server, now_s) > 0

    def forgive(self) -> None:
        """Give every server a new chance: the network is another one."""
        self._failed.clear()
        self._barred_until_s.clear()

    def fail_over(self, now_s: float) -> bool:
        """Move on from a server that failed; False when all failed since the last success."""
        self._redirects.pop(self.in_use, None)
        self._failed.add(self.in_use)
        for server in self._servers:
            if server not in self._failed and not self.barred(server, now_s):
                self.in_use = server
                return True
        return False

    def rotate(self, now_s: float) -> None:
        """Move on to the next in turn, while none answers."""
        self._redirects.pop(self.in_use, None)
        place = self._servers.index(self.in_use) + 1
        turn = self._servers[place:] + self._servers[:place]
        free = [server for server in turn if not self.barred(server, now_s)]
        self.in_use = free[0] if free else self.in_use

    # Redirection (RFC 3261 section 8.1.3.4).

    def redirect(self, target: Uri) -> None:
        """Reach the server in use at this URI from now on, until it fails."""
        self._redirects[self.in_use] = target

    def redirected(self, server: Address) -> Uri | None:
        """Where the server sent us."""
        return self._redirects.get(server)

    def address(self, server: Address) -> Address:
        """Where requests to the server go."""
        target = self._redirects.get(server)
        return server if target is None else address_of(target)
