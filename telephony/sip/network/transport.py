"""UDP socket, TCP and TLS listener and connections, TLS contexts, faults, host lookup."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import socket
import ssl
from collections.abc import Callable
from enum import StrEnum

from telephony.errors import BindError, SettingsError
from telephony.settings import TlsSettings, TransportName
from telephony.sip.syntax.address import Address


class TransportFault(StrEnum):
    """Reason why a connection failed or an address could not be resolved."""

    NAME_UNKNOWN = "name_unknown"
    REFUSED = "connection_refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "connect_timeout"
    LOST = "connection_lost"
    TLS_CERTIFICATE = "tls_certificate"
    """The peer's certificate is not trusted, or is for another name."""
    TLS_FAILED = "tls_failed"
    """Any other failure of the TLS handshake, including rejection of the own certificate."""


_log = logging.getLogger(__name__)
_RECEIVE_BUFFER_BYTES = 1 << 20
_CONNECT_LIMIT_S = 4.0
_HANDSHAKE_LIMIT_S = 10.0
# Limit for unacknowledged data before a connection is considered dead (TCP_USER_TIMEOUT).
_UNACKNOWLEDGED_LIMIT_MS = 10_000
_BACKLOG = 64
_ACCEPT_PAUSE_S = 1.0
_TLS_HANDSHAKE = 0x16


class _Protocol(asyncio.DatagramProtocol):
    def __init__(self, on_datagram: Callable[[bytes, Address], None]) -> None:
        self._on_datagram = on_datagram
        self.closed = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._on_datagram(data, Address(addr[0], addr[1]))

    def error_received(self, exc: Exception) -> None:
        # ICMP "port unreachable" for an earlier datagram; the transaction's timer decides.
        _log.info("datagram: transport error: %s", type(exc).__name__)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)


class UdpTransport:
    """One bound UDP socket. Create it by ``open``."""

    def __init__(self, transport: asyncio.DatagramTransport, protocol: _Protocol) -> None:
        self._transport = transport
        self._protocol = protocol
        host, port = transport.get_extra_info("sockname")[:2]
        self.local_address = Address(host, port)

    @classmethod
    async def open(
        cls, host: str, port: int, on_datagram: Callable[[bytes, Address], None]
    ) -> UdpTransport:
        """Binds a socket, port 0 for any; raises BindError if the address is in use."""
        bound = _bind(socket.SOCK_DGRAM, host, port)
        # A burst of calls must not be lost while Python is busy.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
        transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Protocol(on_datagram), sock=bound
        )
        return cls(transport, protocol)

    def send(self, data: bytes, destination: Address) -> None:
        """Sends to an IP address; a network error is treated as a lost datagram."""
        if not self._transport.is_closing() and destination.port:
            self._transport.sendto(data, (destination.host, destination.port))

    async def close(self) -> None:
        """Closes the socket."""
        self._transport.close()
        await self._protocol.closed


def _bind(kind: socket.SocketKind, host: str, port: int) -> socket.socket:
    """A bound non-blocking socket; raises BindError if the address is in use or not local."""
    is_ipv6 = ":" in host
    bound = socket.socket(socket.AF_INET6 if is_ipv6 else socket.AF_INET, kind)
    try:
        bound.setblocking(False)
        if is_ipv6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if kind is socket.SOCK_STREAM and hasattr(socket, "SO_REUSEPORT"):
            # Closed connections must not block the port for a restarted phone.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise BindError(host, port) from error
    return bound


class StreamListener:
    """Accepts TCP connections and, with a certificate, TLS on the same port.

    ``accept`` returns the protocol of a new connection from an IP address, None to refuse it.
    """

    def __init__(
        self,
        listening: socket.socket,
        accept: Callable[[str], asyncio.Protocol | None],
        contexts: TlsContexts,
    ) -> None:
        self._socket = listening
        self._accept = accept
        self._contexts = contexts
        self._beginning: set[asyncio.Task[None]] = set()
        self._task = asyncio.get_running_loop().create_task(self._run())

    @classmethod
    def open(
        cls,
        host: str,
        port: int,
        accept: Callable[[str], asyncio.Protocol | None],
        contexts: TlsContexts,
    ) -> StreamListener:
        """Listens at the address; raises BindError if it is in use."""
        listening = _bind(socket.SOCK_STREAM, host, port)
        try:
            listening.listen(_BACKLOG)
        except OSError as error:
            listening.close()
            raise BindError(host, port) from error
        return cls(listening, accept, contexts)

    async def close(self) -> None:
        """Stops accepting connections; open connections remain."""
        self._task.cancel()
        for task in self._beginning:
            task.cancel()
        await asyncio.gather(self._task, *self._beginning, return_exceptions=True)
        self._socket.close()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, address = await loop.sock_accept(self._socket)
            except OSError as error:
                # Too many open files, or the peer has already disconnected.
                _log.warning("connection: cannot accept: %s", type(error).__name__)
                await asyncio.sleep(_ACCEPT_PAUSE_S)
                continue
            protocol = self._accept(address[0])
            if protocol is None:
                accepted.close()
                continue
            task = loop.create_task(self._begin(accepted, protocol))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)

    async def _begin(self, accepted: socket.socket, protocol: asyncio.Protocol) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_HANDSHAKE_LIMIT_S):
                context = self._contexts.server
                if context is not None and not await _begins_tls(accepted):
                    context = None
                transport, _ = await loop.connect_accepted_socket(
                    lambda: protocol, accepted, ssl=context
                )
            _tune(transport)
        except (OSError, TimeoutError) as error:
            _log.info("connection: setup failed: %s", type(error).__name__)
            accepted.close()
            protocol.connection_lost(error)
        except asyncio.CancelledError:
            accepted.close()
            raise


async def _begins_tls(accepted: socket.socket) -> bool:
    """Whether the first byte starts a TLS handshake; the byte remains unread."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    try:
        loop.add_reader(accepted, readable.set)
    except NotImplementedError:
        # On Windows, TLS is assumed if there is a certificate.
        return True
    try:
        await readable.wait()
    finally:
        loop.remove_reader(accepted)
    return accepted.recv(1, socket.MSG_PEEK)[:1] == bytes([_TLS_HANDSHAKE])


class ConnectError(Exception):
    """Raised if a connection could not be opened; ``fault`` is the reason."""

    def __init__(self, fault: TransportFault) -> None:
        super().__init__(fault)
        self.fault = fault


async def connect(
    protocol: asyncio.Protocol,
    peer: Address,
    local_host: str | None,
    contexts: TlsContexts,
    name: str,
) -> None:
    """Connects to the IP address ``peer``; raises ConnectError on failure.

    The certificate of a TLS peer must be for ``name``, a host name or IP address.
    """
    context = contexts.client if peer.transport == "tls" else None
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_CONNECT_LIMIT_S):
            transport, _ = await loop.create_connection(
                lambda: protocol,
                peer.host,
                peer.port,
                ssl=context,
                server_hostname=None if context is None else name,
                local_addr=None if local_host is None else (local_host, 0),
            )
    except TimeoutError as error:
        raise ConnectError(TransportFault.TIMEOUT) from error
    except OSError as error:
        raise ConnectError(fault_of(error, peer.transport, connected=False)) from error
    _tune(transport)


def _tune(transport: asyncio.BaseTransport) -> None:
    connected: socket.socket = transport.get_extra_info("socket")
    # A 180 must not be delayed until the previous message is acknowledged.
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is not None:
        connected.setsockopt(socket.IPPROTO_TCP, option, _UNACKNOWLEDGED_LIMIT_MS)


def fault_of(
    error: Exception, transport: TransportName, *, connected: bool = True
) -> TransportFault:
    """Returns the transport fault for an error of a connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return TransportFault.TLS_CERTIFICATE
    if isinstance(error, ssl.SSLError):
        return TransportFault.TLS_FAILED
    if connected:
        return TransportFault.LOST
    if isinstance(error, ConnectionRefusedError):
        return TransportFault.REFUSED
    if transport == "tls" and isinstance(error, ConnectionError):
        return TransportFault.TLS_FAILED
    return TransportFault.UNREACHABLE


def peer_of(transport: asyncio.Transport) -> Address:
    """Returns the address of a connection's peer."""
    host, port = transport.get_extra_info("peername")[:2]
    is_tls = transport.get_extra_info("ssl_object") is not None
    return Address(host, port, "tls" if is_tls else "tcp")


class TlsContexts:
    """TLS contexts for both roles, TLS 1.2 or later, from the settings.

    Raises SettingsError for an unusable file. Server certificates are always verified. A changed
    file, for example a renewed certificate, is read again for the next connection; if it is
    unusable, the previous context remains in use.
    """

    def __init__(self, tls: TlsSettings) -> None:
        self._settings = tls
        self._seen = self._stamps()
        self._server = self._make_server()
        # An invalid file is reported at the start, not at the first connection.
        self._client = None if tls == TlsSettings() else self._make_client()

    @property
    def server(self) -> ssl.SSLContext | None:
        """Server context; None without an own certificate."""
        self._look_at_files()
        return self._server

    @property
    def client(self) -> ssl.SSLContext:
        """Client context, created at the first use: loading the system's trust store takes time."""
        self._look_at_files()
        if self._client is None:
            self._client = self._make_client()
        return self._client

    def _look_at_files(self) -> None:
        stamps = self._stamps()
        if stamps == self._seen:
            return
        self._seen = stamps  # a half-written renewal is read after its next change
        try:
            server, client = self._make_server(), self._make_client()
        except SettingsError as error:
            _log.warning("certificates: not reloaded: %s", error.field)
            return
        self._server, self._client = server, client
        _log.info("certificates: reloaded")

    def _stamps(self) -> tuple[tuple[int, int] | None, ...]:
        """Modification time and size of each configured file; None for a missing file."""
        tls = self._settings
        return tuple(map(_stamp, (tls.ca_file, tls.certificate_file, tls.key_file)))

    def _make_server(self) -> ssl.SSLContext | None:
        if self._settings.certificate_file is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._prepare(context)
        return context

    def _make_client(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self._settings.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SettingsError("tls.ca_file") from error
        self._prepare(context)
        return context

    def _prepare(self, context: ssl.SSLContext) -> None:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        certificate, key = self._settings.certificate_file, self._settings.key_file
        if certificate is None:
            return
        try:
            # With an empty password, OpenSSL does not ask for one on the terminal.
            context.load_cert_chain(certificate, key, password="")
        except (OSError, ssl.SSLError, ValueError) as error:
            raise SettingsError("tls.certificate_file") from error


def _stamp(file: str | None) -> tuple[int, int] | None:
    try:
        found = None if file is None else os.stat(file)
    except OSError:
        return None
    return None if found is None else (found.st_mtime_ns, found.st_size)


def is_ip_address(host: str) -> bool:
    """Whether ``host`` is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def look_up_all(host: str, *, as_ipv6: bool) -> list[str]:
    """Returns the IP addresses of ``host``, best first; empty if the lookup fails."""
    family = socket.AF_INET6 if as_ipv6 else socket.AF_INET
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, None, family=family, type=socket.SOCK_DGRAM
        )
    except (OSError, UnicodeError):
        _log.info("dns: lookup failed")
        return []
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def local_host_towards(host: str) -> str | None:
    """Returns the local address used for datagrams to the IP address ``host``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((host, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
