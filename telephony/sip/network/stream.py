"""TCP or TLS connection that carries SIP messages, and masking of credentials in traces.

Framing, keep-alive and limits: RFC 3261 section 18, RFC 5626.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from typing import Literal, Protocol, cast

from telephony.sip.network.transport import TransportFault, fault_of, peer_of
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.framing import PING, PONG, StreamFramer

_log = logging.getLogger(__name__)
_UNSENT_LIMIT_BYTES = 1 << 20
_FIRST_MESSAGE_LIMIT_S = 10.0
_PONG_LIMIT_S = 10.0
_LEAVE_LIMIT_S = 0.5
IDLE_LIMIT_S = 600.0


class StreamOwner(Protocol):
    """Receives the messages and the end of a connection."""

    def on_message(self, data: bytes, peer: Address) -> None:
        """Handles one message."""

    def on_closed(self, connection: StreamConnection, fault: TransportFault | None) -> None:
        """Handles the end of the connection; ``fault`` is None if this side closed it."""


class StreamConnection(asyncio.Protocol):
    """A connection to ``peer``, or an accepted one; messages may be sent before it is open.

    It is closed after ``idle_limit_s`` without traffic. An accepted connection must deliver its
    first message within ten seconds.
    """

    def __init__(
        self,
        owner: StreamOwner,
        peer: Address | None = None,
        *,
        idle_limit_s: float = IDLE_LIMIT_S,
    ) -> None:
        self.peer = peer or Address("", 0, "tcp")
        self.is_incoming = peer is None
        self.aliases: set[Address] = set()
        """Addresses for which the phone has sent over this connection."""
        self._owner = owner
        self._idle_limit_s = idle_limit_s if peer is not None else _FIRST_MESSAGE_LIMIT_S
        self._idle_limit_later_s = idle_limit_s
        self._framer = StreamFramer()
        self._transport: asyncio.Transport | None = None
        self._waiting: list[bytes] = []
        self._active_at_s = 0.0
        self._gives_pongs = False
        self._timers: dict[Callable[[], None], asyncio.TimerHandle] = {}
        self._is_over = False
        self._is_gone = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent, or are queued until the connection opens."""
        return not self._is_over and (self._transport is None or not self._transport.is_closing())

    def send(self, data: bytes) -> None:
        """Sends now or when the connection opens; fails it if the peer stops reading."""
        self._note_activity()
        if self._transport is None:
            self._waiting.append(data)
            unsent_bytes = sum(map(len, self._waiting))
        else:
            self._transport.write(data)
            unsent_bytes = self._transport.get_write_buffer_size()
        if unsent_bytes > _UNSENT_LIMIT_BYTES:
            _log.warning("connection: closed: peer does not read")
            self.fail(TransportFault.LOST)
        elif data == PING and self._gives_pongs and self._on_no_pong not in self._timers:
            self._arm(self._on_no_pong, _PONG_LIMIT_S)

    def close(self) -> None:
        """Sends the queued data, then closes the connection."""
        self._end(None)
        if self._transport is not None:
            self._transport.close()

    async def wait_closed(self) -> None:
        """Waits until a closing connection is closed, which for TLS includes its close message."""
        try:
            async with asyncio.timeout(_LEAVE_LIMIT_S):
                await self._is_gone.wait()
        except TimeoutError:
            if self._transport is not None:
                self._transport.abort()
                await self._is_gone.wait()

    def fail(self, fault: TransportFault) -> None:
        """Aborts the connection and reports the fault."""
        self._end(fault)
        if self._transport is not None:
            self._transport.abort()

    def abandon(self) -> None:
        """Aborts the connection without reporting a fault, because the caller requested it."""
        self._end(None)
        if self._transport is not None:
            self._transport.abort()

    def _end(self, fault: TransportFault | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._waiting.clear()
        if self._transport is None:
            self._is_gone.set()
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._owner.on_closed(self, fault)

    # --- asyncio callbacks ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._is_over:
            self._transport.abort()
            return
        if self.is_incoming:
            self.peer = peer_of(self._transport)
        self._note_activity()
        self._arm(self._on_idle, self._idle_limit_s)
        for data in self._waiting:
            self._transport.write(data)
        self._waiting.clear()

    def data_received(self, data: bytes) -> None:
        self._note_activity()
        self._disarm(self._on_no_pong)
        for frame in self._framer.feed(data):
            if not self.is_open:
                return
            match frame:
                case b"\r\n\r\n":
                    self.send(PONG)
                case b"\r\n":
                    self._gives_pongs = True
                case _:
                    self._idle_limit_s = self._idle_limit_later_s
                    self._owner.on_message(frame, self.peer)
        if self._framer.fault is not None and self.is_open:
            _log.info("connection: closed: %s", self._framer.fault)
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        fault = TransportFault.LOST if exc is None else fault_of(exc, self.peer.transport)
        self._end(fault)
        self._is_gone.set()

    # --- timers ---

    def _arm(self, on_time: Callable[[], None], delay_s: float) -> None:
        self._timers[on_time] = asyncio.get_running_loop().call_later(delay_s, on_time)

    def _disarm(self, on_time: Callable[[], None]) -> None:
        timer = self._timers.pop(on_time, None)
        if timer is not None:
            timer.cancel()

    def _note_activity(self) -> None:
        self._active_at_s = asyncio.get_running_loop().time()

    def _on_idle(self) -> None:
        quiet_s = asyncio.get_running_loop().time() - self._active_at_s
        if quiet_s < self._idle_limit_s:
            self._arm(self._on_idle, self._idle_limit_s - quiet_s)
        else:
            _log.info("connection: closed: idle")
            self.close()

    def _on_no_pong(self) -> None:
        # Only for a peer that has answered before: not every server supports RFC 5626.
        _log.info("connection: closed: no reply to keep-alive")
        self.fail(TransportFault.LOST)


TraceDirection = Literal["sent", "received"]
OnTrace = Callable[[TraceDirection, bytes, Address], None]
"""Called with each message as sent or received, including secrets, and its peer."""

_MASK = b"***"
_CREDENTIALS = re.compile(
    rb"^((?:proxy-)?(?:authorization|authenticate)|www-authenticate|authentication-info)"
    rb"[ \t]*:(?:[^\n]|\n[ \t])*",
    re.IGNORECASE | re.MULTILINE,
)
_SECRET = re.compile(
    rb"\b(response|nonce|cnonce|nextnonce|opaque|rspauth)(\s*=\s*)(\"(?:[^\"\\]|\\.)*\"?|[^\s,]+)",
    re.IGNORECASE,
)
_CRYPTO = re.compile(rb"^a=crypto:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_KEY = re.compile(rb"(inline:)[^\r\n|;\s]+", re.IGNORECASE)


def mask_credentials(data: bytes) -> bytes:
    """Returns the message without digests (RFC 7616) and keys of ``a=crypto`` (RFC 4568)."""
    data = _CREDENTIALS.sub(lambda field: _mask_field(field.group()), data)
    return _CRYPTO.sub(lambda line: _KEY.sub(rb"\1" + _MASK, line.group()), data)


def _mask_field(field: bytes) -> bytes:
    tail = b"\r" if field.endswith(b"\r") else b""
    name, colon, value = field.removesuffix(b"\r").partition(b":")
    scheme = value.split(None, 1)[0] if value.split() else b""
    if scheme.lower() == b"digest" or name.strip().lower() == b"authentication-info":
        return name + colon + _SECRET.sub(rb"\1\2" + _MASK, value) + tail
    # Any other scheme, for example Basic, is secret as a whole.
    return name + colon + b" " + scheme + b" " + _MASK + tail
