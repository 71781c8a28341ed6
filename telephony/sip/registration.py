"""Registers an account at one of its registrars (RFC 3261, section 10) and renews it.

``UnregisteredWay`` selects the server of an account that does not register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from telephony.events import RegistrationState
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Exchange
from telephony.sip.effects import Disconnect, RegistrationUpdated
from telephony.sip.network.transport import TransportFault
from telephony.sip.registration_servers import BackOff, ServerList, ServerWatch
from telephony.sip.registration_state import (
    SeenContact,
    granted_s,
    minimum_s,
    redirect_target,
    renew_after_s,
    retry_after_s,
    service_route,
)
from telephony.sip.syntax.address import Address, NameAddress, Uri, format_host_port
from telephony.sip.syntax.message import Request, Response

_REGISTER = "register"
_SILENCE = "silence"
_MOVE_LIMIT = "move_limit"
# In units of T1 (0.5 s): limit for a response of a server while another one is available.
_SILENCE_T1 = 5
# Without another server, lost datagrams must not raise an alarm yet.
_SILENCE_ALONE_T1 = 16
_FAULT_REST_T1 = 20
_PASSWORD_REFUSED = (401, 403, 407)
_SERVER_FAILED = (408, 430)
_REDIRECTS_LIMIT = 3


class Registration:
    """One account at one of its registrars at a time; runs from ``start`` to ``stop``.

    ``on_contact`` is called when the PBX reaches this phone at another address.
    """

    def __init__(
        self,
        core: Core,
        servers: Iterable[Address],
        server_uri: Uri,
        has_calls: Callable[[], bool],
        on_contact: Callable[[], None],
    ) -> None:
        self._core = core
        core.way_keeper = self
        self._servers = ServerList(servers)
        self._watch = ServerWatch(core, self._servers, self)
        self._server_uri = server_uri
        self._has_calls = has_calls
        self._on_contact = on_contact
        self._seen = SeenContact(core)
        self._call_id = core.identifiers.call_id()
        self._tag = core.identifiers.tag()
        self._sequence = 0
        self._expires_s = core.identity.expires_s
        self._registered_at_s = 0.0
        self._bound_until_s: dict[Address, float] = {}
        self._former_contacts: list[Uri] = []
        self._back_off = BackOff(core.values.t1_s, core.identifiers.fraction)
        self._redirects = 0
        self._outage = False
        self._password_refused = False
        self._stopped = True
        self._attempt: Exchange | None = None
        self._move: tuple[Address, Exchange] | None = None
        self.state = RegistrationState.OFF

    @property
    def busy(self) -> bool:
        """Whether a REGISTER waits for its final response."""
        return self._attempt is not None

    def start(self) -> None:
        """Registers now, and again whenever it is due."""
        self._stopped = False
        self._update(RegistrationState.REGISTERING, None)
        self._register()

    def stop(self) -> None:
        """Unregisters, with one attempt."""
        if self._stopped:
            return
        self._stopped = True
        self._watch.stop()
        self._end_attempts()
        self._core.cancel(self, _REGISTER)
        self._update(RegistrationState.OFF, None)
        for server, until_s in self._bound_until_s.items():
            if self._core.now_s < until_s:
                in_use = server == self._servers.in_use
                leaving = self._send(server, 0, self._on_left if in_use else _ignore)
                self._attempt = leaving if in_use else self._attempt
        self._bound_until_s.clear()

    def _on_left(self, response: Response | None) -> None:
        self._attempt = None

    def refresh(self) -> None:
        """Registers now, because the network has changed or the machine was suspended."""
        if not self._stopped and not self._password_refused:
            self._disconnect()
            self._begin_anew()

    def renew(self) -> None:
        """Registers now on a user's request, also after a refused password."""
        if self._stopped:
            return
        self._password_refused = False
        if not self._has_calls():
            # A call may use the connection.
            self._disconnect()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._servers.forgive()
        self._back_off.reset()
        self._outage = False
        self._watch.stop()
        self._register()

    def rebind(self, former: Uri) -> None:
        """Registers the new contact instead of the former one."""
        self._seen.forget()
        self._leave_contact(former)
        self.refresh()

    def _leave_contact(self, former: Uri) -> None:
        contacts = dict.fromkeys((*self._former_contacts, former))
        self._former_contacts = [known for known in contacts if known != self._core.contact]

    def on_fault(self, destination: Address) -> None:
        """Handles the loss of the connection to ``destination``, over which no call can arrive."""
        core, server = self._core, self._servers.in_use
        if self.state is not RegistrationState.REGISTERED or self._attempt is not None:
            return
        if destination == self._servers.address(server):
            # The delay is random, because not all phones of a restarted server may register
            # simultaneously. A server that closes every connection must not cause a REGISTER for
            # each of them.
            rest_s = self._registered_at_s + _FAULT_REST_T1 * core.values.t1_s - core.now_s
            core.arm(self, _REGISTER, max(rest_s, core.values.t1_s * core.identifiers.fraction()))

    def suspect(self) -> bool:
        """Registers now to check whether the server in use or another one responds."""
        if self.state is not RegistrationState.REGISTERED or not self._servers.others:
            return False
        self.on_doubt(self._servers.in_use)
        return True

    def use_servers(self, servers: Iterable[Address]) -> None:
        """Replaces the list of servers, and registers at the server in use or its successor."""
        self._servers.replace(servers)
        if not self._stopped and not self._password_refused:
            self._begin_anew()

    def on_timer(self, name: str) -> None:
        if name == _REGISTER:
            self._register()
        elif name == _SILENCE:
            self._disconnect()
            self._fail_server(None)
        elif name == _MOVE_LIMIT:
            self._on_moved(None)

    def _disconnect(self) -> None:
        """Closes the connection: a dead one would swallow every attempt for minutes."""
        destination = self._servers.address(self._servers.in_use)
        if destination.is_reliable:
            self._core.emit(Disconnect(destination))

    # --- REGISTER ---

    def _register(self) -> None:
        core, servers = self._core, self._servers
        self._end_attempts()
        core.cancel(self, _REGISTER)
        self._attempt = self._send(servers.in_use, self._expires_s, self._on_final)
        # During an outage over UDP the request is retransmitted until its transaction ends.
        if not self._outage or servers.address(servers.in_use).is_reliable:
            alone = self._is_alone and not self._outage
            limit_t1 = _SILENCE_ALONE_T1 if alone else _SILENCE_T1
            core.arm(self, _SILENCE, limit_t1 * core.values.t1_s)

    @property
    def _is_alone(self) -> bool:
        """Whether there is no alternative to the server in use."""
        servers = self._servers
        return not servers.others and servers.redirected(servers.in_use) is None

    def _end_attempts(self) -> None:
        self._core.cancel(self, _SILENCE, _MOVE_LIMIT)
        if self._attempt is not None:
            self._attempt.abandon()
        if self._move is not None:
            self._move[1].abandon()
        self._attempt = self._move = None

    def _send(
        self, server: Address, expires_s: int, on_final: Callable[[Response | None], None]
    ) -> Exchange:
        core = self._core
        record = core.identity.address_of_record
        former = (("Contact", f"<{contact}>;expires=0") for contact in self._former_contacts)
        headers = (
            ("Max-Forwards", "70"),
            ("From", str(record.with_tag(self._tag))),
            ("To", str(NameAddress(record.uri))),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._next_sequence()} REGISTER"),
            core.contact_header,
            *former,
            ("Expires", str(expires_s)),
            core.allow_header,
            ("Supported", "path"),
        )
        uri = self._servers.redirected(server) or self._server_uri
        exchange = Exchange(core, self._servers.address(server), self._next_sequence, on_final)
        exchange.start(Request(headers, b"", "REGISTER", str(uri)))
        return exchange

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    def _on_final(self, response: Response | None) -> None:
        self._attempt = None
        self._core.cancel(self, _SILENCE)
        status_code = 408 if response is None else response.status_code
        if response is None or status_code in _SERVER_FAILED or 500 <= status_code < 600:
            self._fail_server(response)
        elif status_code < 300:
            self._succeed(response)
        elif status_code < 400:
            self._redirect(response)
        elif status_code == 423:
            self._lengthen(response)
        else:
            self._refuse(response)

    def _succeed(self, response: Response) -> None:
        core, servers = self._core, self._servers
        asked_s = self._expires_s
        bound_s = granted_s(response, core.contact, asked_s)
        if not bound_s:
            # The registrar accepts no further contact of this user.
            self._fail_server(response)
            return
        self._back_off.reset()
        self._redirects = 0
        self._outage = self._password_refused = False
        self._former_contacts.clear()
        self._registered_at_s = core.now_s
        bound = {server: at for server, at in self._bound_until_s.items() if at > core.now_s}
        self._bound_until_s = {**bound, servers.in_use: core.now_s + bound_s}
        servers.use(servers.in_use)
        core.server = servers.address(servers.in_use)
        core.service_route = service_route(response)
        core.arm(self, _REGISTER, renew_after_s(bound_s, core.identifiers.fraction()))
        self._watch.watch()
        self._update(RegistrationState.REGISTERED, response.status_code)
        former = core.contact
        if self._seen.learn(response):
            self._leave_contact(former)
            self._register()
            self._on_contact()

    def _lengthen(self, response: Response) -> None:
        """423: the registrar requires a longer interval (section 10.2.8)."""
        wanted_s = minimum_s(response)
        if wanted_s <= self._expires_s:
            self._refuse(response)
            return
        self._expires_s = wanted_s
        self._register()

    def _redirect(self, response: Response) -> None:
        """3xx: registrations are accepted at another address (section 8.1.3.4)."""
        target = redirect_target(response)
        self._redirects += 1
        if target is None or self._redirects > _REDIRECTS_LIMIT:
            self._fail_server(response)
            return
        self._servers.redirect(target)
        self._register()

    # --- failure ---

    def _fail_server(self, response: Response | None) -> None:
        """Fails over to the next server, or starts trying all of them in turn without limit."""
        core, servers = self._core, self._servers
        self._redirects = 0
        status_code = fault = None
        if response is not None:
            fault = core.fault_in(response)
            status_code = response.status_code if fault is None else None
            servers.bar(servers.in_use, core.now_s + retry_after_s(response))
        alone = self._is_alone
        if not self._outage:
            self._watch.distrust(servers.in_use)
            if servers.fail_over(core.now_s):
                self._register()
                return
        self._outage = True
        self._watch.look_for_any()
        self._update(RegistrationState.FAILED, status_code, fault)
        if self._attempt is not None and alone and not servers.in_use.is_reliable:
            return
        self._end_attempts()
        servers.rotate(core.now_s)
        delay_s = self._back_off.after_silence_s(reliable=servers.in_use.is_reliable)
        delay_s = max(delay_s, servers.barred_for_s(servers.in_use, core.now_s))
        core.arm(self, _REGISTER, delay_s)

    def _refuse(self, response: Response) -> None:
        """Handles a rejection; other servers are not tried, as they would respond the same way."""
        core = self._core
        self._watch.stop()
        self._end_attempts()
        self._outage = False
        self._servers.use(self._servers.in_use)
        self._password_refused = response.status_code in _PASSWORD_REFUSED
        if self._password_refused:
            delay_s = self._back_off.after_wrong_password_s()
        else:
            delay_s = self._back_off.after_refusal_s()
        core.arm(self, _REGISTER, max(delay_s, retry_after_s(response)))
        self._update(RegistrationState.FAILED, response.status_code)

    # --- results of the server probes ---

    def on_doubt(self, server: Address) -> None:
        if server == self._servers.in_use and self._attempt is None:
            self._register()

    def on_answer(self, server: Address, response: Response) -> None:
        if self._seen.has_moved(response):
            self.on_doubt(server)

    def on_sign_of_life(self, server: Address) -> None:
        self._servers.in_use = server
        self._register()

    def on_return(self, server: Address) -> None:
        # A call may use the connection to the server in use.
        if self._has_calls() or self._attempt is not None or self._move is not None:
            return
        exchange = self._send(server, self._expires_s, self._on_moved)
        self._move = server, exchange
        self._core.arm(self, _MOVE_LIMIT, _SILENCE_T1 * self._core.values.t1_s)

    def _on_moved(self, response: Response | None) -> None:
        if self._move is None:
            return
        server, exchange = self._move
        exchange.abandon()
        self._move = None
        self._core.cancel(self, _MOVE_LIMIT)
        if response is not None and response.status_code < 300:
            self._servers.use(server)
            self._succeed(response)
        else:
            self._watch.distrust(server)

    def _update(
        self,
        state: RegistrationState,
        status_code: int | None,
        fault: TransportFault | None = None,
    ) -> None:
        self.state = state
        server = self._servers.in_use
        shown = format_host_port(server.host, server.port)
        self._core.emit(RegistrationUpdated(state, status_code, shown, fault))


def _ignore(response: Response | None) -> None:
    """Discards a response that is not needed."""


_RETURN = "return"
# Time for which a server that did not answer a call is skipped: it is not probed during this time.
_RETURN_S = 300.0


class UnregisteredWay:
    """Uses the first server, or temporarily the next one after the server did not answer a call."""

    def __init__(self, core: Core, servers: Iterable[Address]) -> None:
        self._core = core
        core.way_keeper = self
        self._servers: tuple[Address, ...] = ()
        self.use_servers(servers)

    @property
    def busy(self) -> bool:
        """Always False: this class sends no requests."""
        return False

    def use_servers(self, servers: Iterable[Address]) -> None:
        """Replaces the list of servers, best first; never empty."""
        self._servers = tuple(dict.fromkeys(servers))
        if self._core.server not in self._servers:
            self._core.server = self._servers[0]

    def suspect(self) -> bool:
        """Switches to the next server; returns False if there is no other one."""
        core, servers = self._core, self._servers
        if len(servers) == 1:
            return False
        place = servers.index(core.server) if core.server in servers else -1
        core.server = servers[(place + 1) % len(servers)]
        core.arm(self, _RETURN, _RETURN_S)
        return True

    def on_timer(self, name: str) -> None:
        """Returns to the preferred server, starting with the next call."""
        self._core.server = self._servers[0]
