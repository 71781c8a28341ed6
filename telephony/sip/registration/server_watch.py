"""Whether servers answer between registrations: OPTIONS, and CRLF that keeps the way open."""

from __future__ import annotations

from typing import Protocol

from telephony.sip.core import Core
from telephony.sip.dialogs.exchange import Exchange
from telephony.sip.effects import Datagram
from telephony.sip.registration.server_list import ServerList
from telephony.sip.syntax.address import Address, NameAddress
from telephony.sip.syntax.message import Request, Response
from telephony.sip.syntax.uri import Uri, format_host_port

_KEEP_ALIVE = "keep_alive"
_LOOK = "look"
_PING = b"\r\n\r\n"
# In T1, half a second. With another server to go to, silence is noticed after 8 + 4, and
# the REGISTER that makes sure takes 5 more: 8.5 s, so that a failover is over within ten.
_KEEP_ALIVE_T1 = 8
_ANSWER_T1 = 4
_LOOK_IN_OUTAGE_T1 = 8
_LOOK_FOR_BETTER_T1 = 20
# How long a preferred server has to answer before it is trusted again, at first and at most.
_HOLD_T1 = 60
_HOLD_LIMIT_T1 = 1200
_DEAF_AFTER = 2


class WatchListener(Protocol):
    """Who decides what to do about the servers."""

    def on_doubt(self, server: Address) -> None:
        """The server in use does not answer OPTIONS, or has no other way to be asked."""

    def on_answer(self, server: Address, response: Response) -> None:
        """The server in use answers; its response tells where it sees this phone."""

    def on_sign_of_life(self, server: Address) -> None:
        """Another server answers while none was known that does."""

    def on_return(self, server: Address) -> None:
        """A preferred server has answered for long enough to be trusted again."""


class ServerWatch:
    """Asks the server in use, those preferred to it, or all others during an outage."""

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
        """The server in use has just taken our registration."""
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
        """No server is known to answer: ask them all, beside the one that is being tried."""
        if not self._outage:
            self.stop()
            self._outage = True
            self._look_around()

    def stop(self) -> None:
        """Ask nobody any more."""
        self._outage = False
        self._watched = None
        self._core.cancel(self, _KEEP_ALIVE, _LOOK, *map(_limit_name, self._questions))
        for question in self._questions.values():
            question.abandon()
        self._questions.clear()

    def distrust(self, server: Address) -> None:
        """The server failed: each time soon after its return, it has to answer for longer."""
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

    # Time.

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
            # A way through a firewall may close after less than the time between two questions.
            self._core.emit(Datagram(_PING, self._servers.address(server)))
        elif self._is_deaf(server):
            self._listener.on_doubt(server)
        else:
            self._ask(server, _ANSWER_T1 * self._core.values.t1_s)

    def _look_around(self) -> None:
        """Ask the others; the questions repeat themselves until their transactions end."""
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

    # Questions.

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
        # Whoever says that it is not there for us, or that nobody behind it is, does not count.
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
        """Whether it takes registrations but has never answered OPTIONS."""
        return server not in self._hearing and self._unanswered.get(server, 0) >= _DEAF_AFTER


def _limit_name(server: Address) -> str:
    return f"{server.transport}:{format_host_port(server.host, server.port)}"
