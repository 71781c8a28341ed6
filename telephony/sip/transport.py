"""The only SIP sockets: UDP on the running asyncio loop."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable

from telephony.errors import BindError
from telephony.sip.address import Address

_log = logging.getLogger(__name__)
_RECEIVE_BUFFER_BYTES = 1 << 20


class _Protocol(asyncio.DatagramProtocol):
    def __init__(self, on_datagram: Callable[[bytes, Address], None]) -> None:
        self._on_datagram = on_datagram
        self.closed = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._on_datagram(data, Address(addr[0], addr[1]))

    def error_received(self, exc: Exception) -> None:
        # ICMP "port unreachable" of an earlier datagram; the transaction's timer decides.
        _log.info("transport error: %s", type(exc).__name__)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)


class UdpTransport:
    """One bound UDP socket; made by ``open``."""

    def __init__(self, transport: asyncio.DatagramTransport, protocol: _Protocol) -> None:
        self._transport = transport
        self._protocol = protocol
        host, port = transport.get_extra_info("sockname")[:2]
        self.local_address = Address(host, port)

    @classmethod
    async def open(
        cls, host: str, port: int, on_datagram: Callable[[bytes, Address], None]
    ) -> UdpTransport:
        """A socket bound at the address, port 0 meaning any; BindError when that is taken."""
        loop = asyncio.get_running_loop()
        try:
            transport, protocol = await loop.create_datagram_endpoint(
                lambda: _Protocol(on_datagram), local_addr=(host, port)
            )
        except OSError as error:
            raise BindError(host, port) from error
        # A burst of calls must not be lost while Python is busy.
        transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES
        )
        return cls(transport, protocol)

    def send(self, data: bytes, destination: Address) -> None:
        """Send to an IP address; a network that refuses is the same as a lost datagram."""
        if not self._transport.is_closing() and destination.port:
            self._transport.sendto(data, (destination.host, destination.port))

    async def close(self) -> None:
        """Close the socket."""
        self._transport.close()
        await self._protocol.closed


def is_ip_address(host: str) -> bool:
    """Whether ``host`` needs no look-up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def look_up(host: str, *, as_ipv6: bool) -> str | None:
    """An IP address of ``host``; None when the name has none now."""
    family = socket.AF_INET6 if as_ipv6 else socket.AF_INET
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, None, family=family, type=socket.SOCK_DGRAM
        )
    except OSError:
        _log.info("look-up failed")
        return None
    return str(found[0][4][0]) if found else None


def local_host_towards(host: str) -> str | None:
    """The local address from which datagrams to the IP address ``host`` leave."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((host, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
