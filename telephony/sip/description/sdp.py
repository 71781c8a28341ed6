"""Session descriptions as values: reading and writing (RFC 4566)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MEDIA_TYPE = "application/sdp"
_DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")


class SdpError(ValueError):
    """The text is no session description; ``code`` names the line type."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Attribute(NamedTuple):
    """``a=name:value``; the value is None for a flag."""

    name: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class MediaDescription:
    """One m-line with what follows it. ``port`` 0 means refused."""

    kind: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    host: str | None = None
    """Address of the media's own c-line."""
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str) -> str | None:
        """The value of the first attribute ``name``; "" for a flag, None when absent."""
        return _find(self.attributes, name)

    def parameters_of(self, payload_type: str) -> str:
        """The format parameters of a payload type (``a=fmtp``), "" where there are none."""
        for name, value in self.attributes:
            number, _, parameters = (value or "").partition(" ")
            if name == "fmtp" and number == payload_type:
                return parameters.strip()
        return ""

    @property
    def direction(self) -> str | None:
        """The media's own direction attribute."""
        return _direction(self.attributes)

    def encodings(self) -> dict[str, str]:
        """Payload type to "NAME/clock rate" in upper case, as the rtpmap attributes say."""
        found: dict[str, str] = {}
        for name, value in self.attributes:
            payload_type, _, encoding = (value or "").partition(" ")
            if name == "rtpmap" and encoding:
                name_and_rate = encoding.strip().upper().split("/")[:2]
                found.setdefault(payload_type, "/".join(name_and_rate))
        return found


@dataclass(frozen=True, slots=True)
class SessionDescription:
    """A whole offer or answer. ``host`` is the address of the session's c-line."""

    session_id: str
    version: str
    origin_host: str
    host: str | None
    media: tuple[MediaDescription, ...]
    attributes: tuple[Attribute, ...] = ()
    user: str = "-"

    def host_of(self, media: MediaDescription) -> str | None:
        """Where the media goes."""
        return media.host or self.host

    def direction_of(self, media: MediaDescription) -> str:
        """The direction of the media from its writer's side; "sendrecv" where none is given."""
        return media.direction or _direction(self.attributes) or "sendrecv"


def _find(attributes: tuple[Attribute, ...], name: str) -> str | None:
    for key, value in attributes:
        if key == name:
            return "" if value is None else value
    return None


def _direction(attributes: tuple[Attribute, ...]) -> str | None:
    return next((name for name, _ in attributes if name in _DIRECTIONS), None)


def parse_sdp(body: bytes) -> SessionDescription:
    """The description of ``body``; lines of unknown types are skipped. Raises SdpError."""
    origin: list[str] | None = None
    session_host: str | None = None
    session_attributes: list[Attribute] = []
    media: list[MediaDescription] = []
    # The last m-line is rebuilt when the lines that belong to it come.
    host: str | None = None
    attributes: list[Attribute] = []

    def finish_media() -> None:
        if media:
            last = media[-1]
            media[-1] = MediaDescription(
                last.kind, last.port, last.protocol, last.formats, host, tuple(attributes)
            )

    for raw in body.decode("utf-8", "surrogateescape").replace("\r", "\n").split("\n"):
        kind, equals, value = raw.strip(" \t").partition("=")
        if not equals:
            continue
        if kind == "o":
            origin = value.split()
        elif kind == "m":
            finish_media()
            media.append(_parse_media(value))
            host, attributes = None, []
        elif kind == "c":
            if media:
                host = _parse_connection(value)
            else:
                session_host = _parse_connection(value)
        elif kind == "a":
            name, colon, text = value.partition(":")
            attribute = Attribute(name, text if colon else None)
            (attributes if media else session_attributes).append(attribute)
    finish_media()
    if origin is None or len(origin) != 6:
        raise SdpError("o")
    user, session_id, version, _, _, origin_host = origin
    return SessionDescription(
        session_id,
        version,
        origin_host,
        session_host,
        tuple(media),
        tuple(session_attributes),
        user,
    )


def _parse_media(value: str) -> MediaDescription:
    pieces = value.split()
    if len(pieces) < 3:
        raise SdpError("m")
    port = pieces[1].partition("/")[0]
    if not (port.isascii() and port.isdigit()) or len(port) > 5 or int(port) > 65535:
        raise SdpError("m")
    return MediaDescription(pieces[0].lower(), int(port), pieces[2].upper(), tuple(pieces[3:]))


def _parse_connection(value: str) -> str:
    pieces = value.split()
    if len(pieces) != 3 or pieces[0] != "IN" or pieces[1] not in ("IP4", "IP6"):
        raise SdpError("c")
    return pieces[2].partition("/")[0]


def _address_type(host: str) -> str:
    return "IP6" if ":" in host else "IP4"


def serialise_sdp(description: SessionDescription) -> bytes:
    """The description for the wire."""
    origin_host = description.origin_host
    lines = [
        "v=0",
        f"o={description.user} {description.session_id} {description.version}"
        f" IN {_address_type(origin_host)} {origin_host}",
        "s=-",
    ]
    if description.host is not None:
        lines.append(f"c=IN {_address_type(description.host)} {description.host}")
    lines.append("t=0 0")
    lines += [_attribute_line(attribute) for attribute in description.attributes]
    for media in description.media:
        lines.append(" ".join([f"m={media.kind}", str(media.port), media.protocol, *media.formats]))
        if media.host is not None:
            lines.append(f"c=IN {_address_type(media.host)} {media.host}")
        lines += [_attribute_line(attribute) for attribute in media.attributes]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("line_break")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "surrogateescape")


def _attribute_line(attribute: Attribute) -> str:
    return f"a={attribute.name}" + ("" if attribute.value is None else f":{attribute.value}")
