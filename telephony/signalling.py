"""The SIP side of one phone: socket, user agent and its timer, on the running asyncio loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

from telephony.events import RegistrationState
from telephony.identity import accepted_hosts, build_identity, leads_past_server
from telephony.media.codecs.registry import codec_named
from telephony.registrars import named_servers
from telephony.roaming import Roaming
from telephony.settings import PhoneSettings
from telephony.sip.agent import UserAgent
from telephony.sip.description.offer_answer import LocalMedia
from telephony.sip.description.voice_formats import VoiceFormat, formats_of
from telephony.sip.effects import (
    AccountEffect,
    CallEffect,
    Datagram,
    Disconnect,
    Effect,
    RegistrationUpdated,
)
from telephony.sip.identifiers import Identifiers
from telephony.sip.limits import AgentLimits
from telephony.sip.network.faults import TransportFault
from telephony.sip.network.network import SipNetwork
from telephony.sip.network.trace import TraceDirection
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.uri import Uri
from telephony.sip.transactions.transaction import TimerValues
from telephony.trace import Trace, TracedMessage

_LEAVE_TIMEOUT_S = 1.0


class Signalling:
    """Carries messages and time to the user agent, and what it sends to the network.

    ``on_effect`` gets everything else that the user agent tells, in order.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        on_effect: Callable[[CallEffect | AccountEffect], None],
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
        self._roaming: Roaming | None = None
        self._deserted = False

    @property
    def agent(self) -> UserAgent | None:
        """The user agent between ``begin`` and ``leave``."""
        return self._agent

    @property
    def local_address(self) -> Address:
        """Where others reach the SIP socket; ("", 0) before ``open``."""
        return Address(self._local_host, 0 if self._network is None else self._network.local_port)

    def local_media(self, port: int) -> LocalMedia:
        """What a call is offered or answered with, its RTP at this port."""
        return LocalMedia(self._local_host, port, self._formats(), self._settings.srtp)

    def _formats(self) -> tuple[VoiceFormat, ...]:
        wanted = formats_of(self._settings.codecs)
        return tuple(each for each in wanted if codec_named(each.name) is not None)

    def leads_past_server(self, target: Uri) -> bool:
        """Whether a dialled URI names a host that is not the account's telephone system."""
        servers = () if self._roaming is None else self._roaming.servers
        return leads_past_server(target, self._settings.account, servers)

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
        await self._find_registrars(self._network)

    def begin(self, settings: PhoneSettings) -> None:
        """Register and take calls; these settings may be newer than those given to ``use``."""
        self._settings = settings
        limits = AgentLimits(
            accept_from=self._accepted_hosts(),
            ring_limit_s=settings.ring_limit_s,
            calls=settings.call_limit,
            do_not_disturb=settings.do_not_disturb,
            busy_status=settings.busy_status,
            tells_refused=settings.tells_refused,
            accept_refer=settings.accept_refer,
            auto_answer_on_request=settings.auto_answer_on_request,
            session_expires_s=settings.session_expires_s,
            formats=self._formats(),
            srtp=settings.srtp,
            deserted=self._deserted,
        )
        roaming = self._roaming
        servers = () if roaming is None else roaming.servers
        identity = build_identity(settings, self.local_address, servers)
        self._agent = UserAgent(identity, limits, self._identifiers, self._timer_values)
        self.run(self._agent.start(self.time_s()))
        self.run(self._agent.set_presence(settings.presence, self.time_s()))
        if roaming is not None:
            roaming.watch()

    def set_deserted(self, deserted: bool) -> None:
        """Turn away all calls from now on, under other settings as well, or no longer."""
        self._deserted = deserted
        if self._agent is not None:
            self.run(self._agent.set_deserted(deserted, self.time_s()))

    async def leave(self) -> None:
        """Hang up, leave the registrar and give it a moment for its last answers."""
        if self._roaming is not None:
            await self._roaming.stop()
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
            await self._find_registrars(self._network)

    async def close(self) -> None:
        """Close the socket."""
        if self._network is not None:
            network, self._network = self._network, None
            await network.close()

    async def _find_registrars(self, network: SipNetwork) -> None:
        account = self._settings.account
        self._roaming = None
        if account is not None:
            self._roaming = Roaming(account, network, self._on_servers, self._on_network_change)
            await self._roaming.find()
        servers = () if self._roaming is None else self._roaming.servers
        self._local_host = network.local_host_towards(servers[0].host if servers else None)

    def _accepted_hosts(self) -> frozenset[str]:
        account, network = self._settings.account, self._network
        hosts: set[str] = set()
        if account is not None and network is not None:
            for host, _ in named_servers(account):
                hosts |= network.known_hosts(host)
        return accepted_hosts(self._settings, frozenset(hosts))

    def _on_found(self) -> None:
        if self._agent is not None:
            self._agent.accept_from(self._accepted_hosts())

    def _on_servers(self, servers: tuple[Address, ...]) -> None:
        if self._agent is not None:
            self.run(self._agent.use_servers(servers, self.time_s()))

    def _on_network_change(self) -> None:
        agent, network, roaming = self._agent, self._network, self._roaming
        if agent is None or network is None or roaming is None:
            return
        server = roaming.servers[0]
        host = network.local_host_towards(server.host)
        if host == self._local_host or network.way_towards(server) is None:
            self.run(agent.refresh_registration(self.time_s()))
            return
        self._local_host = host
        contact = build_identity(self._settings, self.local_address).contact
        self.run(agent.rebind(contact, self.time_s()))

    # Messages and time.

    def run(self, effects: list[Effect]) -> None:
        """Carry out what the user agent has asked for."""
        for effect in effects:
            match effect:
                case Datagram():
                    self._send(effect)
                case Disconnect(destination):
                    if self._network is not None:
                        self._network.disconnect(destination)
                case _:
                    self._tell(effect)
        self._arm_timer()
        if self._agent is not None and self._agent.settled:
            self._settled.set()

    def _tell(self, effect: CallEffect | AccountEffect) -> None:
        failed = isinstance(effect, RegistrationUpdated) and (
            effect.state is RegistrationState.FAILED
        )
        if failed and self._roaming is not None:
            self._roaming.doubt()
        self._on_effect(effect)

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
