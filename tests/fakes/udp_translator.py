"""An address translator (NAT) between one phone and one server, over UDP on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from telephony.sip.syntax.address import Address

_Carry = Callable[[bytes, tuple[str, int]], None]
_INSIDE = "127.0.0.8"
_OUTSIDE = "127.0.0.9"


class UdpTranslator:
    """The phone reaches the server at ``inside``, the server sees the phone at ``outside``.

    Uses the running loop; ``change_port`` simulates a router that was switched off and on.
    """

    def __init__(self, server: Address) -> None:
        self._server = server[:2]
        self._phone: tuple[str, int] | None = None
        self._inner: asyncio.DatagramTransport | None = None
        self._outer: asyncio.DatagramTransport | None = None

    @property
    def inside(self) -> Address:
        return _local_address(self._inner)

    @property
    def outside(self) -> Address:
        return _local_address(self._outer)

    async def change_port(self) -> None:
        """Maps the phone to another port; the former port is closed."""
        former, self._outer = self._outer, await _open(_OUTSIDE, 0, self._carry_in)
        if former is not None:
            former.close()

    async def __aenter__(self) -> Self:
        # The translation preserves the server's port: responses use it.
        self._inner = await _open(_INSIDE, self._server[1], self._carry_out)
        await self.change_port()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for side in (self._inner, self._outer):
            if side is not None:
                side.close()

    def _carry_out(self, data: bytes, source: tuple[str, int]) -> None:
        self._phone = source
        if self._outer is not None:
            self._outer.sendto(data, self._server)

    def _carry_in(self, data: bytes, source: tuple[str, int]) -> None:
        if self._inner is not None and self._phone is not None and source == self._server:
            self._inner.sendto(data, self._phone)


class _Side(asyncio.DatagramProtocol):
    def __init__(self, carry: _Carry) -> None:
        self._carry = carry

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._carry(data, addr)


async def _open(host: str, port: int, carry: _Carry) -> asyncio.DatagramTransport:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Side(carry), local_addr=(host, port)
    )
    return transport


def _local_address(side: asyncio.DatagramTransport | None) -> Address:
    assert side is not None
    host, port = side.get_extra_info("sockname")
    return Address(host, port)
