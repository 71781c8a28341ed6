"""One phone's place in the network: its transports, the names it has looked up, its address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from telephony.errors import BindError
from telephony.settings import TlsSettings, TransportName
from telephony.sip.identifiers import RandomIdentifiers
from telephony.sip.network.faults import TransportFault
from telephony.sip.network.resolver import ServerResolver
from telephony.sip.network.stream import IDLE_LIMIT_S
from telephony.sip.network.stream_pool import OnFault, OnMessage, StreamPool
from telephony.sip.network.trace import OnTrace
from telephony.sip.network.transport import (
    TlsContexts,
    UdpTransport,
    is_ip_address,
    local_host_towards,
    look_up_all,
)
from telephony.sip.syntax.address import Address

_log = logging.getLogger(__name__)
_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104
_LOOK_UP_LIFETIME_S = 60.0
_PORT_TRIES = 20


def _ignore_fault(address: Address, fault: TransportFault) -> None:
    pass


class SipNetwork:
    """Sends and receives messages by address or name; made by ``open``, in the running loop."""

    def __init__(
        self,
        listen_host: str,
        on_message: OnMessage,
        on_found: Callable[[], None],
        on_fault: OnFault,
        on_trace: OnTrace | None,
        contexts: TlsContexts,
        resolver: ServerResolver,
        idle_limit_s: float,
    ) -> None:
        self._listen_host = listen_host
        self._on_message = on_message
        self._on_found = on_found
        self._on_fault = on_fault
        self._on_trace = on_trace
        self._resolver = resolver
        self._udp: UdpTransport | None = None
        self._streams = StreamPool(
            None if listen_host in _UNSPECIFIED else listen_host,
            contexts,
            self._receive,
            on_fault,
            idle_limit_s=idle_limit_s,
        )
        self._found: dict[str, tuple[tuple[str, ...], float]] = {}
        self._servers: dict[str, frozenset[str]] = {}
        # By IP address, the name it was looked up for: a TLS peer there must prove to be that.
        self._names: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(
        cls,
        listen_host: str,
        listen_port: int,
        on_message: OnMessage,
        on_found: Callable[[], None],
        *,
        on_fault: OnFault = _ignore_fault,
        on_trace: OnTrace | None = None,
        tls: TlsSettings | None = None,
        resolver: ServerResolver | None = None,
        idle_limit_s: float = IDLE_LIMIT_S,
    ) -> SipNetwork:
        """Bind UDP, and TCP on the same port if that is free; BindError without UDP.

        ``on_found`` tells of each new look-up, ``on_fault`` of each address that a message could
        not be brought to. SettingsError names a TLS file that cannot be used.
        """
        if resolver is None:
            as_ipv6 = ":" in listen_host
            resolver = ServerResolver(RandomIdentifiers().fraction, as_ipv6=as_ipv6)
        contexts = TlsContexts(tls or TlsSettings())
        network = cls(
            listen_host,
            on_message,
            on_found,
            on_fault,
            on_trace,
            contexts,
            resolver,
            idle_limit_s,
        )
        await network._bind(listen_port)
        return network

    async def _bind(self, port: int) -> None:
        for _ in range(_PORT_TRIES if port == 0 else 1):
            udp = await UdpTransport.open(self._listen_host, port, self._receive)
            try:
                self._streams.listen(self._listen_host, udp.local_address.port)
            except BindError:
                if port == 0:
                    await udp.close()
                    continue
                _log.warning("the port is taken for TCP: no connections come in")
            self._udp = udp
            return
        raise BindError(self._listen_host, port)

    async def close(self) -> None:
        """Close all sockets and give up on look-ups."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._streams.close()
        if self._udp is not None:
            await self._udp.close()
            self._udp = None

    @property
    def local_port(self) -> int:
        return 0 if self._udp is None else self._udp.local_address.port

    def local_host_towards(self, peer: str | None) -> str:
        """The address that the far side can answer to."""
        if self._listen_host not in _UNSPECIFIED:
            return self._listen_host
        loopback = "::1" if self._listen_host == "::" else "127.0.0.1"
        address = None if peer is None else self.found_host(peer)
        return (address and local_host_towards(address)) or loopback

    def way_towards(self, peer: Address) -> str | None:
        """The local address from which ``peer`` is reached; None when there is no way there."""
        host = self.found_host(peer.host)
        return None if host is None else local_host_towards(host)

    # Messages.

    def send(self, data: bytes, destination: Address, fallback: Address | None = None) -> None:
        """Send at once, or after the look-up of a name or the making of a connection.

        With ``fallback`` only an existing connection to ``destination`` is used; without one
        the message goes to ``fallback`` (RFC 3261 section 18.2.2).
        """
        if self._udp is None:
            return
        if fallback is not None and not self._streams.has(destination):
            destination = fallback
        host = self.found_host(destination.host)
        if host is not None:
            self._transmit(data, destination, host)
        else:
            task = asyncio.get_running_loop().create_task(self._look_up_and_send(data, destination))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def disconnect(self, destination: Address) -> None:
        """Give up a connection to ``destination`` that nothing comes back over."""
        self._streams.drop(destination)

    async def _look_up_and_send(self, data: bytes, destination: Address) -> None:
        host = await self.look_up(destination.host)
        if host is None:
            self._on_fault(destination, TransportFault.NAME_UNKNOWN)
        else:
            self._transmit(data, destination, host)

    def _transmit(self, data: bytes, destination: Address, host: str) -> None:
        if self._udp is None:
            return
        peer = destination._replace(host=host)
        if self._on_trace is not None:
            self._on_trace("sent", data, peer)
        if not peer.is_reliable:
            self._udp.send(data, peer)
            return
        is_name = host != destination.host
        name = destination.host if is_name else self._names.get(host, host)
        self._streams.send(data, peer, destination, name)

    def _receive(self, data: bytes, source: Address) -> None:
        if self._on_trace is not None:
            self._on_trace("received", data, source)
        self._on_message(data, source)

    # Names.

    def found_host(self, host: str) -> str | None:
        """The IP address of ``host`` if it is one or was looked up within the last minute."""
        if is_ip_address(host):
            return host
        found, until_s = self._found.get(host, ((), 0.0))
        return found[0] if found and until_s > asyncio.get_running_loop().time() else None

    def known_hosts(self, host: str) -> frozenset[str]:
        """All that is known of where ``host`` is, however old."""
        if is_ip_address(host):
            return frozenset({host})
        found, _ = self._found.get(host, ((), 0.0))
        return self._servers.get(host, frozenset()).union(found)

    async def look_up(self, host: str) -> str | None:
        """The IP address of ``host``; None when the name has none now."""
        if is_ip_address(host):
            return host
        found = tuple(await look_up_all(host, as_ipv6=":" in self._listen_host))
        if not found:
            return None
        until_s = asyncio.get_running_loop().time() + _LOOK_UP_LIFETIME_S
        self._found[host] = found, until_s
        self._names |= dict.fromkeys(found, host)
        self._on_found()
        return found[0]

    async def resolve_servers(
        self, host: str, port: int | None, transport: TransportName | None
    ) -> tuple[Address, ...]:
        """IP addresses of a server, best first, none when there are none now (RFC 3263).

        ``port`` None asks for the domain's services. From now on ``known_hosts(host)`` has them
        all, and a TLS peer at one of them must prove to be ``host``.
        """
        servers = await self._resolver.resolve_servers(host, port, transport)
        if servers and not is_ip_address(host):
            hosts = frozenset(server.host for server in servers)
            self._servers[host] = hosts
            self._names |= dict.fromkeys(hosts, host)
            self._on_found()
        return servers
