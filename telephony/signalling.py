"""The SIP side of one phone: socket, user agent and its timer, on the running asyncio loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from telephony.identity import accepted_hosts, build_identity
from telephony.settings import PhoneSettings
from telephony.sip.address import Address
from telephony.sip.agent import UserAgent
from telephony.sip.effects import CallEffect, Datagram, Effect, RegistrationUpdated
from telephony.sip.faults import TransportFault
from telephony.sip.identifiers import Identifiers
from telephony.sip.limits import AgentLimits
from telephony.sip.network import SipNetwork
from telephony.sip.trace import TraceDirection
from telephony.sip.transaction import TimerValues
from telephony.trace import Trace, TracedMessage

_LEAVE_TIMEOUT_S = 1.0


class Signalling:
    """Carries messages and time to the user agent, and what it sends to the network.

    ``on_effect`` gets everything else that the user agent tells, in order.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        on_effect: Callable[[CallEffect | RegistrationUpdated], None],
        *,
        now: Callable[[], datetime],
        identifiers: Identifiers,
        timer_values: TimerValues,
        trace: Trace | None = None,
    ) -> None:
        self._settings = settings
        self._on_effect = on_effect
        self._now = now
        self._identifiers = identifiers
        self._timer_values = timer_values
        self._trace = trace
        self._network: SipNetwork | None = None
        self._agent: UserAgent | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._settled = asyncio.Event()
        self._local_host = ""

    @property
    def agent(self) -> UserAgent | None:
        """The user agent between ``begin`` and ``leave``."""
        return self._agent

    @property
    def local_address(self) -> Address:
        """Where others reach the SIP socket; ("", 0) before ``open``."""
        return Address(self._local_host, 0 if self._network is None else self._network.local_port)

    def time_s(self) -> float:
        """The moment on the user agent's clock."""
        return asyncio.get_running_loop().time()

    # Life.

    async def open(self) -> None:
        """Bind; BindError when the address is taken, SettingsError for unusable TLS files."""
        settings = self._settings
        self._network = await SipNetwork.open(
            settings.listen_host,
            settings.listen_port,
            self._on_message,
            self._on_found,
            on_fault=self._on_fault,
            on_trace=None if self._trace is None else self._on_trace,
            tls=settings.tls,
        )
        await self._find_registrar(self._network)

    def begin(self) -> None:
        """Register and take calls."""
        settings = self._settings
        limits = AgentLimits(self._accepted_hosts(), settings.ring_limit_s)
        identity = build_identity(settings, self.local_address)
        self._agent = UserAgent(identity, limits, self._identifiers, self._timer_values)
        self.run(self._agent.start(self.time_s()))

    async def leave(self) -> None:
        """Hang up, leave the registrar and give it a moment for its last answers."""
        if self._agent is None:
            return
        self._settled.clear()
        self.run(self._agent.stop(self.time_s()))
        if not self._agent.settled:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), _LEAVE_TIMEOUT_S)
        self._agent = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def use(self, settings: PhoneSettings) -> None:
        """Change to other settings between ``leave`` and ``begin``."""
        former, self._settings = self._settings, settings
        former_socket = (former.listen_host, former.listen_port, former.tls)
        socket = (settings.listen_host, settings.listen_port, settings.tls)
        if former_socket != socket or not self._network:
            await self.close()
            await self.open()
        else:
            await self._find_registrar(self._network)

    async def close(self) -> None:
        """Close the socket."""
        if self._network is not None:
            network, self._network = self._network, None
            await network.close()

    async def _find_registrar(self, network: SipNetwork) -> None:
        account = self._settings.account
        server_host = None if account is None else account.server_host
        if server_host is not None:
            await network.look_up(server_host)
        self._local_host = network.local_host_towards(server_host)

    def _accepted_hosts(self) -> frozenset[str]:
        account, network = self._settings.account, self._network
        servers: frozenset[str] = frozenset()
        if account is not None and network is not None:
            servers = network.known_hosts(account.server_host)
        return accepted_hosts(self._settings, servers)

    def _on_found(self) -> None:
        if self._agent is not None:
            self._agent.accept_from(self._accepted_hosts())

    # Messages and time.

    def run(self, effects: list[Effect]) -> None:
        """Carry out what the user agent has asked for."""
        for effect in effects:
            if isinstance(effect, Datagram):
                self._send(effect)
            else:
                self._on_effect(effect)
        self._arm_timer()
        if self._agent is not None and self._agent.settled:
            self._settled.set()

    def _send(self, datagram: Datagram) -> None:
        if self._network is not None:
            self._network.send(datagram.data, datagram.destination, datagram.fallback)

    def _on_trace(self, direction: TraceDirection, data: bytes, peer: Address) -> None:
        if self._trace is not None:
            self._trace(TracedMessage(self._now(), direction == "sent", peer, data))

    def _on_fault(self, destination: Address, fault: TransportFault) -> None:
        if self._agent is not None:
            self.run(self._agent.transport_failed(destination, fault, self.time_s()))

    def _on_message(self, data: bytes, source: Address) -> None:
        if self._agent is not None:
            self.run(self._agent.receive(data, source, self.time_s()))

    def _on_timer(self) -> None:
        self._timer = None
        if self._agent is not None:
            self.run(self._agent.on_time(self.time_s()))

    def _arm_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        next_at = None if self._agent is None else self._agent.next_at()
        if next_at is not None:
            self._timer = asyncio.get_running_loop().call_at(next_at, self._on_timer)
