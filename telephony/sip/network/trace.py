"""The signalling as it may be written down: without what proves or opens anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from telephony.sip.syntax.address import Address

TraceDirection = Literal["sent", "received"]
OnTrace = Callable[[TraceDirection, bytes, Address], None]
"""Called with each message as it is on the wire, secrets included, and its peer."""

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
    """The message without digests (RFC 7616) and without the keys of ``a=crypto`` (RFC 4568)."""
    data = _CREDENTIALS.sub(lambda field: _mask_field(field.group()), data)
    return _CRYPTO.sub(lambda line: _KEY.sub(rb"\1" + _MASK, line.group()), data)


def _mask_field(field: bytes) -> bytes:
    tail = b"\r" if field.endswith(b"\r") else b""
    name, colon, value = field.removesuffix(b"\r").partition(b":")
    scheme = value.split(None, 1)[0] if value.split() else b""
    if scheme.lower() == b"digest" or name.strip().lower() == b"authentication-info":
        return name + colon + _SECRET.sub(rb"\1\2" + _MASK, value) + tail
    # Another scheme, for example Basic: all of it is a secret.
    return name + colon + b" " + scheme + b" " + _MASK + tail
