"""Registrar list with failover, OPTIONS probes of servers, and backoff of registration.

Backoff delays are random, because phones that lost a registrar must not reconnect simultaneously.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Exchange
from telephony.sip.effects import Datagram
from telephony.sip.syntax.address import Address, NameAddress, Uri, address_of, format_host_port
from telephony.sip.syntax.message import Request, Response

_FIRST_T1 = 2
# During silence each attempt retransmits its request every 4 s, so a longer pause between attempts
# would only delay the detection of the registrar's return.
_SILENT_T1 = 8
# Nothing is retransmitted over a connection, so the attempts themselves must be frequent.
_RELIABLE_T1 = 4
# A registrar that rejects requests must not be flooded with them.
_REFUSED_S = 60.0
# Five wrong passwords within ten minutes usually lock an account or block an address. The second
# attempt is early: a server that has just started may not know its users yet.
_PASSWORD_FIRST_S = 15.0
_PASSWORD_S = 600.0


class BackOff:
    """Exponential backoff; each delay is a random fraction of the interval, in seconds.

    Random, because phones that lost a registrar must not reconnect simultaneously. ``fraction``
    returns a random number from 0 (inclusive) to 1 (exclusive).
    """

    def __init__(self, t1_s: float, fraction: Callable[[], float]) -> None:
        self._t1_s = t1_s
        self._fraction = fraction
        self._failures = 0

    def reset(self) -> None:
        """Resets the count of failures."""
        self._failures = 0

    def after_silence_s(self, *, reliable: bool) -> float:
        """Returns the delay if no server responds; ``reliable`` is the transport to the next."""
        limit_t1 = _RELIABLE_T1 if reliable else _SILENT_T1
        limit_s = limit_t1 * self._t1_s
        return self._longer_s(_FIRST_T1 * self._t1_s, 2, limit_s) * self._share(0.5)

    def after_refusal_s(self) -> float:
        """Returns the delay after a rejection."""
        return self._longer_s(_FIRST_T1 * self._t1_s, 2, _REFUSED_S) * self._share(0.5)

    def after_wrong_password_s(self) -> float:
        """Returns the delay after a refused password."""
        return self._longer_s(_PASSWORD_FIRST_S, 4, _PASSWORD_S) * self._share(0.75)

    def _longer_s(self, first_s: float, base: float, limit_s: float) -> float:
        self._failures += 1
        return min(first_s * float(base ** min(self._failures - 1, 16)), limit_s)

    def _share(self, least: float) -> float:
        return least + (1 - least) * self._fraction()


class ServerList:
    """Registrars in order of preference, never empty. ``now_s`` is the core's clock."""

    def __init__(self, servers: Iterable[Address]) -> None:
        self._servers = tuple(dict.fromkeys(servers))
        self.in_use = self._servers[0]
        self._failed: set[Address] = set()
        self._barred_until_s: dict[Address, float] = {}
        self._redirects: dict[Address, Uri] = {}

    @property
    def better(self) -> tuple[Address, ...]:
        """Servers that are preferred to the one in use."""
        return self._servers[: self._servers.index(self.in_use)]

    @property
    def others(self) -> tuple[Address, ...]:
        """All servers except the one in use."""
        return tuple(server for server in self._servers if server != self.in_use)

    def replace(self, servers: Iterable[Address]) -> None:
        """Replaces the list; switches to its first server if the one in use is not in it."""
        self._servers = tuple(dict.fromkeys(servers))
        if self.in_use not in self._servers:
            self.in_use = self._servers[0]
        self._failed &= set(self._servers)
        for known in (self._barred_until_s, self._redirects):
            for server in set(known) - set(self._servers):
                del known[server]

    def use(self, server: Address) -> None:
        """Sets the server in use after a success, which clears the failures of all servers."""
        self.in_use = server
        self._failed.clear()
        self._barred_until_s.pop(server, None)

    def bar(self, server: Address, until_s: float) -> None:
        """Excludes the server until ``until_s`` (Retry-After)."""
        self._barred_until_s[server] = until_s

    def barred_for_s(self, server: Address, now_s: float) -> float:
        """Returns the remaining exclusion time of the server; 0 if it is not excluded."""
        return max(0.0, self._barred_until_s.get(server, now_s) - now_s)

    def barred(self, server: Address, now_s: float) -> bool:
        """Whether the server is excluded now."""
        return self.barred_for_s(server, now_s) > 0

    def forgive(self) -> None:
        """Clears all failures and exclusions, after a change of the network."""
        self._failed.clear()
        self._barred_until_s.clear()

    def fail_over(self, now_s: float) -> bool:
        """Switches to another server; returns False if all have failed since the last success."""
        self._redirects.pop(self.in_use, None)
        self._failed.add(self.in_use)
        for server in self._servers:
            if server not in self._failed and not self.barred(server, now_s):
                self.in_use = server
                return True
        return False

    def rotate(self, now_s: float) -> None:
        """Switches to the next server in turn, while none responds."""
        self._redirects.pop(self.in_use, None)
        place = self._servers.index(self.in_use) + 1
        turn = self._servers[place:] + self._servers[:place]
        free = [server for server in turn if not self.barred(server, now_s)]
        self.in_use = free[0] if free else self.in_use

    # --- redirection (RFC 3261, section 8.1.3.4) ---

    def redirect(self, target: Uri) -> None:
        """Sends requests for the server in use to this URI until they fail."""
        self._redirects[self.in_use] = target

    def redirected(self, server: Address) -> Uri | None:
        """Returns the URI to which the server redirected requests; None if it did not."""
        return self._redirects.get(server)

    def address(self, server: Address) -> Address:
        """Returns the address to which requests for the server are sent."""
        target = self._redirects.get(server)
        return server if target is None else address_of(target)


_KEEP_ALIVE = "keep_alive"
_LOOK = "look"
_PING = b"\r\n\r\n"
# In units of T1 (0.5 s). With another server available, silence is noticed after 8 + 4, and the
# REGISTER that confirms it takes 5 more: 8.5 s, which makes a failover complete within ten seconds.
_KEEP_ALIVE_T1 = 8
_ANSWER_T1 = 4
_LOOK_IN_OUTAGE_T1 = 8
_LOOK_FOR_BETTER_T1 = 20
# Time for which a preferred server must respond before it is trusted again, first and maximum.
_HOLD_T1 = 60
_HOLD_LIMIT_T1 = 1200
_DEAF_AFTER = 2


class WatchListener(Protocol):
    """Decides about the servers."""

    def on_doubt(self, server: Address) -> None:
        """Called when the server in use does not answer OPTIONS, or cannot be probed otherwise."""

    def on_answer(self, server: Address, response: Response) -> None:
        """Called with a response of the server in use, which shows the address of this phone."""

    def on_sign_of_life(self, server: Address) -> None:
        """Called when another server responds during an outage."""

    def on_return(self, server: Address) -> None:
        """Called when a preferred server has responded for long enough to be trusted again."""


class ServerWatch:
    """Probes the server in use, the servers preferred to it, or all others during an outage."""

    def __init__(self, core: Core, servers: ServerList, listener: WatchListener) -> None:
        self._core = core
        self._servers = servers
        self._listener = listener
        self._outage = False
        self._watched: Address | None = None
        self._ping_next = True
        self._questions: dict[Address, Exchange] = {}
        self._good_since_s: dict[Address, float] = {}
        self._trusted_since_s: dict[Address, float] = {}
        self._hold_s: dict[Address, float] = {}
        self._hearing: set[Address] = set()
        self._unanswered: dict[Address, int] = {}

    def watch(self) -> None:
        """Starts probing after the server in use has accepted the registration."""
        server = self._servers.in_use
        if self._watched != server:
            self.stop()
            self._watched = server
            self._trusted_since_s[server] = self._core.now_s
            self._good_since_s.clear()
            if self._servers.better:
                self._core.arm(self, _LOOK, _LOOK_FOR_BETTER_T1 * self._core.values.t1_s)
        if self._interval_s:
            self._core.arm(self, _KEEP_ALIVE, self._interval_s)

    def look_for_any(self) -> None:
        """Probes all servers during an outage, in addition to the one being registered at."""
        if not self._outage:
            self.stop()
            self._outage = True
            self._look_around()

    def stop(self) -> None:
        """Stops all probes."""
        self._outage = False
        self._watched = None
        self._core.cancel(self, _KEEP_ALIVE, _LOOK, *map(_limit_name, self._questions))
        for question in self._questions.values():
            question.abandon()
        self._questions.clear()

    def distrust(self, server: Address) -> None:
        """Records a failure; repeated failures soon after a return extend the required uptime."""
        core = self._core
        limit_s = _HOLD_LIMIT_T1 * core.values.t1_s
        since_s = self._trusted_since_s.pop(server, core.now_s)
        if server in self._hold_s and core.now_s - since_s < limit_s:
            self._hold_s[server] = min(2 * self._hold_s[server], limit_s)
        else:
            self._hold_s[server] = _HOLD_T1 * core.values.t1_s
        self._good_since_s.pop(server, None)
        if not self._is_deaf(server):
            self._unanswered.pop(server, None)

    # --- timers ---

    @property
    def _interval_s(self) -> float:
        keep_alive_s = self._core.identity.keep_alive_s
        if not self._servers.others or self._is_deaf(self._servers.in_use):
            return keep_alive_s / 2
        return min(keep_alive_s, _KEEP_ALIVE_T1 * self._core.values.t1_s)

    def on_timer(self, name: str) -> None:
        if name == _KEEP_ALIVE:
            self._core.arm(self, _KEEP_ALIVE, self._interval_s)
            self._keep_alive()
        elif name == _LOOK and self._outage:
            self._look_around()
        elif name == _LOOK:
            self._core.arm(self, _LOOK, _LOOK_FOR_BETTER_T1 * self._core.values.t1_s)
            self._look_for_better()
        else:
            server = next((item for item in self._questions if _limit_name(item) == name), None)
            if server is not None:
                self._on_answer(server, None)

    def _keep_alive(self) -> None:
        server = self._servers.in_use
        self._ping_next = not self._ping_next
        slowly = not self._servers.others or self._is_deaf(server)
        if slowly and not self._ping_next:
            # A firewall mapping may expire in less than the time between two probes.
            self._core.emit(Datagram(_PING, self._servers.address(server)))
        elif self._is_deaf(server):
            self._listener.on_doubt(server)
        else:
            self._ask(server, _ANSWER_T1 * self._core.values.t1_s)

    def _look_around(self) -> None:
        """Probes the others; the requests are retransmitted until their transactions end."""
        self._core.arm(self, _LOOK, _LOOK_IN_OUTAGE_T1 * self._core.values.t1_s)
        for server in self._servers.others:
            if not self._servers.barred(server, self._core.now_s):
                self._ask(server, None)

    def _look_for_better(self) -> None:
        for server in self._servers.better:
            if self._servers.barred(server, self._core.now_s):
                continue
            if self._is_deaf(server):
                self._on_good(server)
            else:
                self._ask(server, _ANSWER_T1 * self._core.values.t1_s)

    # --- probes ---

    def _ask(self, server: Address, limit_s: float | None) -> None:
        if server in self._questions:
            return
        core = self._core
        record = core.identity.address_of_record
        transport = (("transport", server.transport),) if server.is_reliable else ()
        uri = Uri("sip", server.host, port=server.port, parameters=transport)
        headers = (
            ("Max-Forwards", "70"),
            ("From", str(record.with_tag(core.identifiers.tag()))),
            ("To", str(NameAddress(uri))),
            ("Call-ID", core.identifiers.call_id()),
            ("CSeq", "1 OPTIONS"),
            core.contact_header,
            ("Accept", "application/sdp"),
        )
        uri = self._servers.redirected(server) or uri

        def on_final(response: Response | None) -> None:
            self._on_answer(server, response)

        question = Exchange(core, self._servers.address(server), None, on_final)
        self._questions[server] = question
        if limit_s is not None:
            core.arm(self, _limit_name(server), limit_s)
        question.start(Request(headers, b"", "OPTIONS", str(uri)))

    def _on_answer(self, server: Address, response: Response | None) -> None:
        self._core.cancel(self, _limit_name(server))
        self._questions.pop(server).abandon()
        # 408 and 503 mean that the server, or the system it forwards to, is unavailable.
        if response is None or response.status_code in (408, 503):
            self._on_silent(server, response)
            return
        self._hearing.add(server)
        if self._outage:
            self._listener.on_sign_of_life(server)
        elif server == self._servers.in_use:
            self._listener.on_answer(server, response)
        else:
            self._on_good(server)

    def _on_silent(self, server: Address, response: Response | None) -> None:
        self._good_since_s.pop(server, None)
        if server == self._servers.in_use and not self._outage:
            if response is None:
                self._unanswered[server] = self._unanswered.get(server, 0) + 1
            self._listener.on_doubt(server)

    def _on_good(self, server: Address) -> None:
        now_s = self._core.now_s
        since_s = self._good_since_s.setdefault(server, now_s)
        if now_s - since_s >= self._hold_s.get(server, 0.0):
            self._listener.on_return(server)

    def _is_deaf(self, server: Address) -> bool:
        """Whether the server accepts registrations but has never answered OPTIONS."""
        return server not in self._hearing and self._unanswered.get(server, 0) >= _DEAF_AFTER


def _limit_name(server: Address) -> str:
    return f"{server.transport}:{format_host_port(server.host, server.port)}"
