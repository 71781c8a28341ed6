"""Where the core's random texts come from; tests give their own source."""

from __future__ import annotations

import secrets
from typing import Protocol

from telephony.sip.syntax.address import MAGIC_COOKIE


class Identifiers(Protocol):
    """A source of texts that never repeat, and of chance."""

    def branch(self) -> str:
        """A new Via branch with the magic cookie."""

    def tag(self) -> str:
        """A new dialog tag."""

    def call_id(self) -> str:
        """A new Call-ID."""

    def session_id(self) -> str:
        """A new decimal number for the o-line of a session description."""

    def client_nonce(self) -> str:
        """A new cnonce."""

    def srtp_key(self) -> bytes:
        """A new master key and salt for SRTP, 30 bytes."""

    def fraction(self) -> float:
        """A random number from 0 up to, but without, 1."""


class RandomIdentifiers:
    """Identifiers from the system's cryptographic source (RFC 3261 section 19.3)."""

    def branch(self) -> str:
        return MAGIC_COOKIE + secrets.token_hex(12)

    def tag(self) -> str:
        return secrets.token_hex(8)

    def call_id(self) -> str:
        return secrets.token_hex(16)

    def session_id(self) -> str:
        return str(secrets.randbits(62))

    def client_nonce(self) -> str:
        return secrets.token_hex(16)

    def srtp_key(self) -> bytes:
        return secrets.token_bytes(30)

    def fraction(self) -> float:
        return secrets.randbits(32) / 2**32
