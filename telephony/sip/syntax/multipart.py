"""Bodies of several parts (RFC 5621, RFC 2046 section 5.1), of which this phone needs one."""

from __future__ import annotations

import re
from dataclasses import replace

from telephony.sip.syntax.message import M, with_header
from telephony.sip.syntax.uri import GrammarError, parameter, parse_parameters

_PARTS_LIMIT = 32
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")


def with_part(message: M, media_type: str) -> M:
    """The message with the first part of this type for its body, where it has several parts.

    One without such a part stays as it is. Other parts, for example the ISUP of a telephone
    exchange (RFC 3204), are of no use here.
    """
    if not message.content_type.startswith("multipart/"):
        return message
    try:
        _, _, parameters = (message.first("Content-Type") or "").partition(";")
        boundary = (parameter(parse_parameters(parameters), "boundary") or "").strip('"')
    except GrammarError:
        return message
    if not boundary:
        return message
    for head, body in _parts(message.body, boundary.encode("utf-8", "surrogateescape")):
        if _field(head, "content-type", "text/plain") == media_type:
            encoding = _field(head, "content-transfer-encoding", "binary")
            if encoding in ("7bit", "8bit", "binary"):
                return replace(with_header(message, "Content-Type", media_type), body=body)
    return message


def _parts(body: bytes, boundary: bytes) -> list[tuple[str, bytes]]:
    """Head and body of each part."""
    delimiter = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|$)")
    found: list[tuple[str, bytes]] = []
    start: int | None = None
    for mark in delimiter.finditer(body):
        if start is not None:
            found.append(_split(body[start : mark.start()]))
        start = mark.end()
        if mark.group(1) or len(found) >= _PARTS_LIMIT:
            break
    return found


def _split(part: bytes) -> tuple[str, bytes]:
    end = _HEAD_END.search(part)
    if end is None:
        return part.decode("utf-8", "surrogateescape"), b""
    head = part[: end.start()].decode("utf-8", "surrogateescape")
    return _FOLD.sub(" ", head), part[end.end() :]


def _field(head: str, name: str, default: str) -> str:
    """A field's value in lower case and without parameters."""
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip(" \t").lower() == name:
            return value.partition(";")[0].strip(" \t").lower()
    return default
