"""Splits a byte stream into SIP messages, and cleans header values for display.

RFC 3261, section 18.3.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace

from telephony.sip.syntax.address import GrammarError, NameAddress, Uri, split_outside
from telephony.sip.syntax.message import Message

PING = b"\r\n\r\n"
PONG = b"\r\n"
MESSAGE_LIMIT_BYTES = 65536
"""The size of a datagram; a longer message ends its connection."""
_HEAD_LIMIT_BYTES = 32768
_FIRST_LINE_LIMIT_BYTES = 8192
_START_LINE = re.compile(rb"SIP/|[^\s\x00-\x1f]+[ \t].*SIP/[0-9.]", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_LENGTH_NAMES = (b"content-length", b"l")


class StreamFramer:
    """Buffers the bytes of a connection, with limits on their size.

    ``fault`` is the reason why no further message can be read, otherwise None: "garbage",
    "too_long", or "content_length" if the end of a message is unknown.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.fault: str | None = None

    def feed(self, data: bytes) -> list[bytes]:
        """Returns the messages completed by ``data``, and PING or PONG for CRLFs between them.

        A message with an invalid length is returned without its body and can then be rejected.
        """
        if self.fault is not None:
            return []
        self._buffer += data
        frames: list[bytes] = []
        while self.fault is None and (frame := self._next()) is not None:
            if frame != PING or PING not in frames:
                frames.append(frame)
        return frames

    def _next(self) -> bytes | None:
        keep_alive = self._take_keep_alive()
        if keep_alive is not None:
            return keep_alive
        if not self._buffer or self._buffer == b"\r":
            return None
        self._check_start()
        end = self._end_of_head()
        if self.fault is not None or end is None:
            return None
        length = self._body_length(bytes(self._buffer[:end]))
        if length is None:
            self.fault = "content_length"
        elif end + length > MESSAGE_LIMIT_BYTES:
            self.fault = "too_long"
            return None
        elif len(self._buffer) < end + length:
            return None
        end += length or 0
        message = bytes(self._buffer[:end])
        del self._buffer[:end]
        return message

    def _take_keep_alive(self) -> bytes | None:
        """Consumes CRLF CRLF as a ping and CRLF as a pong (RFC 5626, section 3.5.1)."""
        for frame in (PING, PONG):
            if self._buffer.startswith(frame):
                del self._buffer[: len(frame)]
                return frame
        return None

    def _check_start(self) -> None:
        line, newline, _ = self._buffer[:_FIRST_LINE_LIMIT_BYTES].partition(b"\n")
        # A leading space is left to the parser, which rejects it with a response.
        printable = 0x20 <= line[0] < 0x7F if line else False
        is_long = len(line) == _FIRST_LINE_LIMIT_BYTES
        if not printable or ((newline or is_long) and not _START_LINE.match(line.strip())):
            self.fault = "garbage"

    def _end_of_head(self) -> int | None:
        ends = [
            found + len(gap)
            for gap in (b"\r\n\r\n", b"\n\n")
            if (found := self._buffer.find(gap, 0, _HEAD_LIMIT_BYTES)) >= 0
        ]
        if not ends and len(self._buffer) >= _HEAD_LIMIT_BYTES:
            self.fault = "too_long"
        return min(ends, default=None)

    def _body_length(self, head: bytes) -> int | None:
        lengths = {
            value.strip()
            for line in _FOLD.sub(b" ", head).split(b"\n")
            for name, colon, value in [line.partition(b":")]
            if colon and name.strip(b" \t").lower() in _LENGTH_NAMES
        }
        if not lengths:
            return 0
        text = lengths.pop()
        if lengths or not text.isdigit() or len(text) > 9:
            return None
        return int(text)


TEXT_LIMIT = 128
_VISUAL_SEPARATORS = str.maketrans("", "", "-.() ")


def shown(text: str) -> str:
    """Returns the printable characters of a text, at most ``TEXT_LIMIT``."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:TEXT_LIMIT]


def shown_number(uri: Uri) -> str:
    """Returns the user or telephone number of a URI; "" if there is none.

    Visual separators (RFC 3966, section 5.1.1) are removed from a number.
    """
    bare = uri.number.translate(_VISUAL_SEPARATORS)
    digits = bare.removeprefix("+")
    return shown(bare if digits.isascii() and digits.isdigit() else uri.number)


def unquoted(text: str | None) -> str:
    """Returns a parameter value without its quotes; "" for None."""
    value = (text or "").strip(" \t")
    if len(value) >= 2 and value[0] == value[-1] == '"':
        value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value


def values_of(message: Message, name: str) -> tuple[str, ...]:
    """Returns the values of an untrusted header; fields that cannot be parsed are omitted."""
    found: list[str] = []
    for field in message.headers:
        if field[0] == name:
            with contextlib.suppress(GrammarError):
                found += replace(message, headers=(field,)).values(name)
    return tuple(found)


def addresses(message: Message, name: str) -> tuple[NameAddress, ...]:
    """Returns the addresses of a header, split at commas; invalid ones are omitted."""
    found: list[NameAddress] = []
    for value in values_of(message, name):
        with contextlib.suppress(GrammarError):
            found += [NameAddress.parse(piece) for piece in split_outside(value, ",") if piece]
    return tuple(found)
