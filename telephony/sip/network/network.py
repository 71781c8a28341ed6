"""Sends and receives SIP messages by address or name; pool of TCP and TLS connections.

Connections are opened on demand, reused, and limited in number.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from telephony.errors import BindError
from telephony.settings import TlsSettings, TransportName
from telephony.sip.network.resolver import ServerResolver
from telephony.sip.network.stream import IDLE_LIMIT_S, OnTrace, StreamConnection
from telephony.sip.network.transport import (
    ConnectError,
    StreamListener,
    TlsContexts,
    TransportFault,
    UdpTransport,
    connect,
    is_ip_address,
    local_host_towards,
    look_up_all,
)
from telephony.sip.primitives import RandomIdentifiers
from telephony.sip.syntax.address import Address

_log = logging.getLogger(__name__)
_OUTGOING_LIMIT = 64
_INCOMING_LIMIT = 64
_INCOMING_LIMIT_OF_HOST = 16

OnMessage = Callable[[bytes, Address], None]
OnFault = Callable[[Address, TransportFault], None]


class StreamPool:
    """Connections by the IP address, port and transport of their peer.

    ``on_fault`` reports why the connection to an address that was sent to is closed; it is never
    called from within ``send``.
    """

    def __init__(
        self,
        local_host: str | None,
        contexts: TlsContexts,
        on_message: OnMessage,
        on_fault: OnFault,
        *,
        idle_limit_s: float = IDLE_LIMIT_S,
    ) -> None:
        self._local_host = local_host
        self._contexts = contexts
        self.on_message = on_message
        self._on_fault = on_fault
        self._idle_limit_s = idle_limit_s
        self._listener: StreamListener | None = None
        self._connections: dict[Address, StreamConnection] = {}
        self._incoming: dict[StreamConnection, str] = {}
        self._connecting: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._connections) + len(self._incoming)

    def listen(self, host: str, port: int) -> None:
        """Accepts connections as well; raises BindError if the port is in use."""
        self._listener = StreamListener.open(host, port, self._accept, self._contexts)

    async def close(self) -> None:
        """Closes the listener and all connections."""
        if self._listener is not None:
            await self._listener.close()
            self._listener = None
        for task in self._connecting:
            task.cancel()
        await asyncio.gather(*self._connecting, return_exceptions=True)
        connections = (*self._connections.values(), *self._incoming)
        for connection in connections:
            connection.close()
        await asyncio.gather(*(connection.wait_closed() for connection in connections))

    # --- sending ---

    def has(self, peer: Address) -> bool:
        """Whether there is an open connection with this peer."""
        return self._find(peer) is not None

    def send(self, data: bytes, peer: Address, alias: Address, name: str) -> None:
        """Sends to the IP address ``peer``; ``alias`` is the address as the phone knows it.

        The certificate of a TLS peer must be for ``name``.
        """
        connection = self._find(peer) or self._connect(peer, name)
        if connection is None:
            _log.warning("connection: limit of outgoing connections reached")
            self._tell(alias, TransportFault.UNREACHABLE)
            return
        connection.aliases.add(alias)
        connection.send(data)

    def drop(self, destination: Address) -> None:
        """Closes the connections to a peer or alias; the next message opens a new one."""
        for connection in (*self._connections.values(), *self._incoming):
            if destination == connection.peer or destination in connection.aliases:
                connection.abandon()

    def _find(self, peer: Address) -> StreamConnection | None:
        connection = self._connections.get(peer)
        if connection is None:
            connection = next((item for item in self._incoming if item.peer == peer), None)
        return connection if connection is not None and connection.is_open else None

    def _connect(self, peer: Address, name: str) -> StreamConnection | None:
        if len(self._connections) >= _OUTGOING_LIMIT:
            return None
        connection = StreamConnection(self, peer, idle_limit_s=self._idle_limit_s)
        self._connections[peer] = connection
        task = asyncio.get_running_loop().create_task(self._open(connection, name))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)
        return connection

    async def _open(self, connection: StreamConnection, name: str) -> None:
        try:
            await connect(connection, connection.peer, self._local_host, self._contexts, name)
        except ConnectError as error:
            _log.warning("connection: cannot connect: %s", error.fault)
            connection.fail(error.fault)

    # --- events of connections ---

    def _accept(self, host: str) -> StreamConnection | None:
        counts = Counter(self._incoming.values())
        if counts.total() >= _INCOMING_LIMIT or counts[host] >= _INCOMING_LIMIT_OF_HOST:
            _log.warning("connection: rejected: limit of incoming connections reached")
            return None
        connection = StreamConnection(self, idle_limit_s=self._idle_limit_s)
        self._incoming[connection] = host
        return connection

    def on_closed(self, connection: StreamConnection, fault: TransportFault | None) -> None:
        self._incoming.pop(connection, None)
        if self._connections.get(connection.peer) is connection:
            del self._connections[connection.peer]
        if fault is not None:
            for alias in connection.aliases:
                self._tell(alias, fault)

    def _tell(self, alias: Address, fault: TransportFault) -> None:
        asyncio.get_running_loop().call_soon(self._on_fault, alias, fault)


_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104
_LOOK_UP_LIFETIME_S = 60.0
_PORT_TRIES = 20


def _ignore_fault(address: Address, fault: TransportFault) -> None:
    pass


class SipNetwork:
    """Sends and receives messages by address or name. Create it by ``open`` in the running loop."""

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
        # IP address to the name that was resolved; a TLS peer's certificate must be for that name.
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
        """Binds UDP, and TCP on the same port if it is free; raises BindError without UDP.

        ``on_found`` is called after each new lookup, ``on_fault`` with each address to which a
        message could not be delivered. Raises SettingsError for an unusable TLS file.
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
                _log.warning("tcp: port in use: no incoming connections")
            self._udp = udp
            return
        raise BindError(self._listen_host, port)

    async def close(self) -> None:
        """Closes all sockets and cancels lookups."""
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
        """Returns the local address that the peer can reply to."""
        if self._listen_host not in _UNSPECIFIED:
            return self._listen_host
        loopback = "::1" if self._listen_host == "::" else "127.0.0.1"
        address = None if peer is None else self.found_host(peer)
        return (address and local_host_towards(address)) or loopback

    def way_towards(self, peer: Address) -> str | None:
        """Returns the local address used to reach ``peer``; None if there is no route."""
        host = self.found_host(peer.host)
        return None if host is None else local_host_towards(host)

    # --- messages ---

    def send(self, data: bytes, destination: Address, fallback: Address | None = None) -> None:
        """Sends immediately, or after the name lookup or the opening of a connection.

        With ``fallback`` only an existing connection to ``destination`` is used; without such a
        connection the message is sent to ``fallback`` (RFC 3261, section 18.2.2).
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
        """Closes a connection to ``destination`` that no longer delivers responses."""
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

    # --- names ---

    def found_host(self, host: str) -> str | None:
        """Returns the IP address of ``host`` if it is one or was resolved in the last minute."""
        if is_ip_address(host):
            return host
        found, until_s = self._found.get(host, ((), 0.0))
        return found[0] if found and until_s > asyncio.get_running_loop().time() else None

    def known_hosts(self, host: str) -> frozenset[str]:
        """Returns all cached IP addresses of ``host``, regardless of their age."""
        if is_ip_address(host):
            return frozenset({host})
        found, _ = self._found.get(host, ((), 0.0))
        return self._servers.get(host, frozenset()).union(found)

    async def look_up(self, host: str) -> str | None:
        """Resolves ``host`` to an IP address; returns None if the lookup fails."""
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
        """Resolves a server to IP addresses, best first; empty if there are none (RFC 3263).

        ``port`` None queries the domain's services. Afterwards ``known_hosts(host)`` contains all
        of them, and the certificate of a TLS peer at these addresses must be for ``host``.
        """
        servers = await self._resolver.resolve_servers(host, port, transport)
        if servers and not is_ip_address(host):
            hosts = frozenset(server.host for server in servers)
            self._servers[host] = hosts
            self._names |= dict.fromkeys(hosts, host)
            self._on_found()
        return servers
