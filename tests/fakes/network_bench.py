"""One SIP network node on real sockets, with its received messages and failures."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from telephony.settings import TlsSettings
from telephony.sip.network.network import SipNetwork
from telephony.sip.network.resolver import ServerResolver
from telephony.sip.network.stream import TraceDirection
from telephony.sip.network.transport import TransportFault
from telephony.sip.syntax.address import Address


class NetworkBench:
    """``async with NetworkBench() as bench`` opens ``bench.network`` on any free port."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        *,
        port: int = 0,
        tls: TlsSettings | None = None,
        resolver: ServerResolver | None = None,
        idle_limit_s: float = 600.0,
    ) -> None:
        self._host = host
        self._port = port
        self._tls = tls
        self._resolver = resolver
        self._idle_limit_s = idle_limit_s
        self.received: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()
        self.faults: asyncio.Queue[tuple[Address, TransportFault]] = asyncio.Queue()
        self.traced: list[tuple[TraceDirection, bytes, Address]] = []

    async def __aenter__(self) -> Self:
        self.network = await SipNetwork.open(
            self._host,
            self._port,
            lambda data, source: self.received.put_nowait((data, source)),
            lambda: None,
            on_fault=lambda address, fault: self.faults.put_nowait((address, fault)),
            on_trace=lambda *item: self.traced.append(item),
            tls=self._tls,
            resolver=self._resolver,
            idle_limit_s=self._idle_limit_s,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.network.close()

    @property
    def port(self) -> int:
        return self.network.local_port

    async def receive(self) -> tuple[bytes, Address]:
        """The next message and its source."""
        async with asyncio.timeout(5.0):
            return await self.received.get()

    async def fault(self) -> tuple[Address, TransportFault]:
        """The next failure."""
        async with asyncio.timeout(5.0):
            return await self.faults.get()
