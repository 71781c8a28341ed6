"""All connections of one phone: made when there is something to send, reused, bounded."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable

from telephony.sip.network.faults import TransportFault
from telephony.sip.network.stream import IDLE_LIMIT_S, StreamConnection
from telephony.sip.network.transport import ConnectError, StreamListener, TlsContexts, connect
from telephony.sip.syntax.address import Address

_log = logging.getLogger(__name__)
_OUTGOING_LIMIT = 64
_INCOMING_LIMIT = 64
_INCOMING_LIMIT_OF_HOST = 16

OnMessage = Callable[[bytes, Address], None]
OnFault = Callable[[Address, TransportFault], None]


class StreamPool:
    """Connections by the IP address, port and transport of their far side.

    ``on_fault`` tells for each address that was sent to why its connection is gone; never from
    within ``send``.
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
        """Take connections as well; BindError when the port is taken."""
        self._listener = StreamListener.open(host, port, self._accept, self._contexts)

    async def close(self) -> None:
        """Close everything."""
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

    # Sending.

    def has(self, peer: Address) -> bool:
        """Whether there is a connection with this far side."""
        return self._find(peer) is not None

    def send(self, data: bytes, peer: Address, alias: Address, name: str) -> None:
        """Send to the IP address ``peer``, which the phone calls ``alias``.

        A TLS peer must prove to be ``name``.
        """
        connection = self._find(peer) or self._connect(peer, name)
        if connection is None:
            _log.warning("too many connections")
            self._tell(alias, TransportFault.UNREACHABLE)
            return
        connection.aliases.add(alias)
        connection.send(data)

    def drop(self, destination: Address) -> None:
        """Give up the connections to a far side or alias; the next message makes a new one."""
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
            _log.warning("no connection: %s", error.fault)
            connection.fail(error.fault)

    # What connections tell.

    def _accept(self, host: str) -> StreamConnection | None:
        counts = Counter(self._incoming.values())
        if counts.total() >= _INCOMING_LIMIT or counts[host] >= _INCOMING_LIMIT_OF_HOST:
            _log.warning("connection refused: too many")
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
