"""Connects the SIP user agent to network and clock; asyncio loop thread; SIP trace file.

``LoopThread`` serves programs without an asyncio loop. ``TraceFile`` masks credentials.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from telephony.errors import OptionError
from telephony.events import RegistrationState
from telephony.identity import accepted_hosts, build_identity, leads_past_server, named_servers
from telephony.media.codecs.registry import codec_named
from telephony.network_watch import Roaming
from telephony.settings import PhoneSettings
from telephony.sip.agent import UserAgent
from telephony.sip.effects import (
    AccountEffect,
    CallEffect,
    Datagram,
    Disconnect,
    Effect,
    RegistrationUpdated,
)
from telephony.sip.network.network import SipNetwork
from telephony.sip.network.stream import TraceDirection, mask_credentials
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import AgentLimits, Identifiers
from telephony.sip.sdp import VoiceFormat, formats_of
from telephony.sip.syntax.address import Address, Uri, format_host_port
from telephony.sip.transactions import TimerValues

Result = TypeVar("Result")

_JOIN_TIMEOUT_S = 5.0


class LoopThread:
    """Runs coroutines and functions for other threads until stop(); prevents the process from
    exiting.
    """

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], timeout_s: float) -> Result:
        """Runs the coroutine and returns its result. Raises its exceptions, and TimeoutError."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)

    def call(self, work: Callable[[], Result], timeout_s: float) -> Result:
        """Runs the function and returns its result; called directly on the loop's own thread."""
        if threading.current_thread() is self._thread:
            return work()

        async def done() -> Result:
            return work()

        return self.run(done(), timeout_s)

    def call_soon(self, work: Callable[[], object]) -> None:
        """Schedules the function on the loop. Thread-safe."""
        self._loop.call_soon_threadsafe(work)

    def stop(self) -> None:
        """Ends the thread; must not be called on that thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_JOIN_TIMEOUT_S)
        if not self._thread.is_alive():
            self._loop.close()


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TracedMessage:
    """SIP message as sent or received, including credentials."""

    at: datetime
    sent: bool
    peer: Address
    data: bytes


Trace = Callable[[TracedMessage], None]


class TraceFile:
    """Trace file, readable only by its owner; truncated at the start."""

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise OptionError("--trace", "cannot write the file") from error
        self._file = os.fdopen(descriptor, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, message: TracedMessage) -> None:
        """Appends one message with masked credentials."""
        at = message.at.isoformat(timespec="microseconds")
        direction = "sent to" if message.sent else "received from"
        host, port, transport = message.peer
        head = f"--- {at} {direction} {format_host_port(host, port)} over {transport}\n"
        text = mask_credentials(message.data).replace(b"\r\n", b"\n")
        try:
            self._file.write(head.encode() + text.rstrip(b"\n") + b"\n\n")
            self._file.flush()
        except OSError as error:
            # The disk is full or missing: calls are more important than their trace.
            _log.warning("trace: cannot write: %s", error.strerror)


_LEAVE_TIMEOUT_S = 1.0


class Signalling:
    """Passes messages and timers to the user agent, and its messages to the network.

    ``on_effect`` receives all other effects of the user agent, in order.
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
        self._closed = False

    @property
    def agent(self) -> UserAgent | None:
        """User agent between ``begin`` and ``leave``."""
        return self._agent

    @property
    def local_address(self) -> Address:
        """Reachable address of the SIP socket; ("", 0) before ``open``."""
        return Address(self._local_host, 0 if self._network is None else self._network.local_port)

    def local_media(self, port: int) -> LocalMedia:
        """Returns the local media description for offer or answer, with RTP at this port."""
        return LocalMedia(self._local_host, port, self._formats(), self._settings.srtp)

    def _formats(self) -> tuple[VoiceFormat, ...]:
        wanted = formats_of(self._settings.codecs)
        return tuple(each for each in wanted if codec_named(each.name) is not None)

    def leads_past_server(self, target: Uri) -> bool:
        """Whether a dialled URI bypasses the account's PBX."""
        servers = () if self._roaming is None else self._roaming.servers
        return leads_past_server(target, self._settings.account, servers)

    def time_s(self) -> float:
        """Returns the time on the user agent's clock."""
        return asyncio.get_running_loop().time()

    # Lifecycle.

    async def open(self) -> None:
        """Binds the socket. Raises BindError if the address is in use, SettingsError for unusable
        TLS files.
        """
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
        """Registers and accepts calls; these settings may be newer than those given to ``use``."""
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
            closed=self._closed,
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
        """Starts or stops rejecting all calls because no console responds; persists across settings
        changes.
        """
        self._deserted = deserted
        if self._agent is not None:
            self.run(self._agent.set_deserted(deserted, self.time_s()))

    def set_closed(self, closed: bool) -> None:
        """Starts or stops accepting calls for automatic treatment while the hotline is closed."""
        self._closed = closed
        if self._agent is not None:
            self.run(self._agent.set_closed(closed, self.time_s()))

    async def leave(self) -> None:
        """Hangs up, unregisters and waits briefly for the last responses."""
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
        """Switches to other settings between ``leave`` and ``begin``."""
        former, self._settings = self._settings, settings
        former_socket = (former.listen_host, former.listen_port, former.tls)
        socket = (settings.listen_host, settings.listen_port, settings.tls)
        if former_socket != socket or not self._network:
            await self.close()
            await self.open()
        else:
            await self._find_registrars(self._network)

    async def close(self) -> None:
        """Closes the socket."""
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

    # Messages and timers.

    def run(self, effects: list[Effect]) -> None:
        """Executes the effects that the user agent has requested."""
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
