"""SRTP suite and keys of one call, passed from signalling to the media engine (RFC 4568)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SrtpSuite = Literal["AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"]


@dataclass(frozen=True, slots=True)
class SrtpKeys:
    """Master key and salt, 30 bytes, of each direction; never in ``repr``."""

    suite: SrtpSuite
    sent: bytes = field(repr=False)
    received: bytes = field(repr=False)
