"""One phone's place in the network: its transport, the names it has looked up, its own address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from telephony.sip.address import Address
from telephony.sip.transport import UdpTransport, is_ip_address, local_host_towards, look_up

_UNSPECIFIED = ("0.0.0.0", "::")  # noqa: S104
_LOOK_UP_LIFETIME_S = 60.0


class SipNetwork:
    """Sends and receives datagrams by address or name; made by ``open``, in the running loop."""

    def __init__(self, listen_host: str, on_found: Callable[[], None]) -> None:
        self._listen_host = listen_host
        self._on_found = on_found
        self._transport: UdpTransport | None = None
        self._found: dict[str, tuple[str, float]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(
        cls,
        listen_host: str,
        listen_port: int,
        on_datagram: Callable[[bytes, Address], None],
        on_found: Callable[[], None],
    ) -> SipNetwork:
        """Bind, BindError when that is not possible; ``on_found`` tells of each new look-up."""
        network = cls(listen_host, on_found)
        network._transport = await UdpTransport.open(listen_host, listen_port, on_datagram)
        return network

    async def close(self) -> None:
        """Close the socket and give up on look-ups."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._transport is not None:
            await self._transport.close()
            self._transport = None

    @property
    def local_port(self) -> int:
        return 0 if self._transport is None else self._transport.local_address.port

    def local_host_towards(self, peer: str | None) -> str:
        """The address that the far side can answer to."""
        if self._listen_host not in _UNSPECIFIED:
            return self._listen_host
        loopback = "::1" if self._listen_host == "::" else "127.0.0.1"
        address = None if peer is None else self.found_host(peer)
        return (address and local_host_towards(address)) or loopback

    def send(self, data: bytes, destination: Address) -> None:
        """Send at once, or after the look-up of a name; without an address it is lost."""
        host = self.found_host(destination.host)
        if self._transport is not None and host is not None:
            self._transport.send(data, destination._replace(host=host))
        elif self._transport is not None:
            work = self._look_up_and_send(data, destination)
            task = asyncio.get_running_loop().create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look_up_and_send(self, data: bytes, destination: Address) -> None:
        host = await self.look_up(destination.host)
        if host is not None and self._transport is not None:
            self._transport.send(data, destination._replace(host=host))

    def found_host(self, host: str) -> str | None:
        """The IP address of ``host`` if it is one or was looked up within the last minute."""
        if is_ip_address(host):
            return host
        found, until_s = self._found.get(host, ("", 0.0))
        return found if until_s > asyncio.get_running_loop().time() else None

    def known_hosts(self, host: str) -> frozenset[str]:
        """All that is known of where ``host`` is, however old."""
        if is_ip_address(host):
            return frozenset({host})
        return frozenset({self._found[host][0]}) if host in self._found else frozenset()

    async def look_up(self, host: str) -> str | None:
        """The IP address of ``host``; None when the name has none now."""
        if is_ip_address(host):
            return host
        found = await look_up(host, as_ipv6=":" in self._listen_host)
        if found is not None:
            until_s = asyncio.get_running_loop().time() + _LOOK_UP_LIFETIME_S
            self._found[host] = found, until_s
            self._on_found()
        return found
