"""Addresses in SIP messages: URIs, parameters, name addresses, Via and CSeq values.

RFC 3261, sections 19.1, 20 and 25.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import unquote

from telephony.settings import TransportName

Parameters = tuple[tuple[str, str | None], ...]

_SCHEME_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+-.")
_HOST_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")
_HEXADECIMAL = frozenset("0123456789abcdef:.%")
# A request line with any white space inside its URI could not be parsed again; U+3000 is the last
# such character.
_WHITE_SPACE = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_FORBIDDEN = _WHITE_SPACE.union(map(chr, range(0x20)), '\x7f<>"')


class GrammarError(ValueError):
    """Raised for a part of a message that violates the grammar; ``code`` names the part."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def split_outside(text: str, separator: str) -> list[str]:
    """Splits ``text`` at separators outside quotes and angle brackets; strips the parts.

    Raises GrammarError if a quoted string is not closed.
    """
    if '"' not in text and "<" not in text:  # fast path for most fields
        return [piece.strip(" \t") for piece in text.split(separator)]
    pieces: list[str] = []
    start = 0
    quoted = bracketed = escaped = False
    for index, sign in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            escaped = sign == "\\"
            quoted = sign != '"'
        elif sign == '"':
            quoted = True
        elif sign == "<":
            bracketed = True
        elif sign == ">":
            bracketed = False
        elif sign == separator and not bracketed:
            pieces.append(text[start:index].strip(" \t"))
            start = index + 1
    if quoted:
        raise GrammarError("quotes")
    pieces.append(text[start:].strip(" \t"))
    return pieces


def parse_parameters(text: str) -> Parameters:
    """Parses ``;name=value;flag``; names in lower case, quoted values as sent."""
    parameters: list[tuple[str, str | None]] = []
    for piece in split_outside(text, ";"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        parameters.append((name.strip(" \t").lower(), value.strip(" \t") if equals else None))
    return tuple(parameters)


def format_parameters(parameters: Parameters) -> str:
    """Serialises the parameters, each with its semicolon."""
    return "".join(
        f";{name}" if value is None else f";{name}={value}" for name, value in parameters
    )


def parameter(parameters: Parameters, name: str) -> str | None:
    """Returns the value of the first parameter ``name``; "" for a flag, None if absent."""
    for key, value in parameters:
        if key == name:
            return "" if value is None else value
    return None


def with_parameter(parameters: Parameters, name: str, value: str | None) -> Parameters:
    """Returns the parameters with ``name`` set to ``value``, at its old position if it had one."""
    if parameter(parameters, name) is None:
        return (*parameters, (name, value))
    return tuple((key, value if key == name else old) for key, old in parameters)


def parse_host_port(text: str) -> tuple[str, int | None]:
    """Parses ``host[:port]``; the host is in lower case, IPv6 without brackets."""
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        if not bracket or not host or not set(host.lower()) <= _HEXADECIMAL:
            raise GrammarError("host")
        port_text = rest.strip(" \t")
        if port_text and not port_text.startswith(":"):
            raise GrammarError("host")
        return host.lower(), _parse_port(port_text[1:]) if port_text else None
    host, colon, port_text = text.partition(":")
    host = host.strip(" \t").lower()
    if not host or not set(host) <= _HOST_SIGNS:
        raise GrammarError("host")
    return host, _parse_port(port_text) if colon else None


def _parse_port(text: str) -> int:
    text = text.strip(" \t")
    if not (text.isascii() and text.isdigit()) or len(text) > 5 or int(text) > 65535:
        raise GrammarError("port")
    return int(text)


def format_host_port(host: str, port: int | None) -> str:
    """Returns ``host[:port]``, with brackets for IPv6."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


@dataclass(frozen=True, slots=True)
class Uri:
    """A URI; user, host, port, parameters and headers are set for sip and sips only.

    ``user`` and ``opaque`` retain their escapes. ``opaque`` is the part after the scheme of other
    URIs, for example the number of ``tel:``.
    """

    scheme: str
    host: str = ""
    user: str | None = None
    port: int | None = None
    parameters: Parameters = ()
    headers: str = ""
    password: str | None = None
    opaque: str = ""

    @classmethod
    def parse(cls, text: str) -> Uri:
        """Parses ``text``; raises GrammarError if it is no URI."""
        scheme, colon, rest = text.partition(":")
        scheme = scheme.lower()
        if not colon or not scheme[:1].isalpha() or not set(scheme) <= _SCHEME_SIGNS:
            raise GrammarError("uri")
        if not _FORBIDDEN.isdisjoint(rest):
            raise GrammarError("uri")
        if scheme not in ("sip", "sips"):
            return cls(scheme, opaque=rest)
        # A user part may contain ';' and '?' unescaped, but never '@' (RFC 4475, section 3.1.1.13).
        userinfo, at, remainder = rest.partition("@")
        if not at:
            userinfo, remainder = "", rest
        elif not userinfo:
            raise GrammarError("uri")
        user, password_colon, password = userinfo.partition(":")
        remainder, _, headers = remainder.partition("?")
        host_port, semicolon, parameters = remainder.partition(";")
        host, port = parse_host_port(host_port)
        return cls(
            scheme,
            host,
            user if at else None,
            port,
            parse_parameters(parameters) if semicolon else (),
            headers,
            password if password_colon else None,
        )

    def __str__(self) -> str:
        if self.scheme not in ("sip", "sips"):
            return f"{self.scheme}:{self.opaque}"
        password = "" if self.password is None else f":{self.password}"
        userinfo = "" if self.user is None else f"{self.user}{password}@"
        headers = f"?{self.headers}" if self.headers else ""
        address = format_host_port(self.host, self.port)
        return f"{self.scheme}:{userinfo}{address}{format_parameters(self.parameters)}{headers}"

    @property
    def number(self) -> str:
        """User or telephone number for display: without escapes and parameters."""
        if self.scheme == "tel":
            return unquote(self.opaque.partition(";")[0])
        # "user=phone" numbers may have parameters inside the user part (RFC 3261, 19.1.6).
        return unquote((self.user or "").partition(";")[0])

    @property
    def is_loose_router(self) -> bool:
        """Whether this Route entry follows RFC 3261 and not RFC 2543."""
        return parameter(self.parameters, "lr") is not None


MAGIC_COOKIE = "z9hG4bK"
DEFAULT_PORT = 5060
DEFAULT_TLS_PORT = 5061
TRANSPORTS: dict[str, TransportName] = {"UDP": "udp", "TCP": "tcp", "TLS": "tls"}
"""Supported transports by their names in a Via."""
_SEQUENCE_LIMIT = 2**31
_VERSION_SIGNS = frozenset("0123456789.")


class Address(NamedTuple):
    """Source or destination of a message; ``host`` is an IP address or a name."""

    host: str
    port: int
    transport: TransportName = "udp"

    @property
    def is_reliable(self) -> bool:
        """Whether the transport retransmits lost data."""
        return self.transport != "udp"


def default_port(transport: TransportName) -> int:
    """Returns the port of an address without one (RFC 3261, section 19.1.2)."""
    return DEFAULT_TLS_PORT if transport == "tls" else DEFAULT_PORT


def address_of(uri: Uri) -> Address:
    """Returns the destination of a request to ``uri`` without a route (RFC 3263, section 4).

    An unsupported transport is treated as UDP: such a request gets no response.
    """
    asked = (parameter(uri.parameters, "transport") or "udp").upper()
    transport: TransportName = TRANSPORTS.get(asked, "udp")
    if uri.scheme == "sips":
        transport = "tls"
    host = parameter(uri.parameters, "maddr") or uri.host
    return Address(host, uri.port or default_port(transport), transport)


@dataclass(frozen=True, slots=True)
class NameAddress:
    """``"display name" <uri>;parameters`` (RFC 3261 section 20.10)."""

    uri: Uri
    display_name: str = ""
    parameters: Parameters = ()

    @classmethod
    def parse(cls, text: str) -> NameAddress:
        """Parses ``text``; raises GrammarError if it is invalid."""
        text = text.strip(" \t")
        if text.startswith('"'):
            display_name, rest = _read_quoted(text)
            rest = rest.lstrip(" \t")
            if not rest.startswith("<"):
                raise GrammarError("name_address")
        else:
            display_name, bracket, rest = text.partition("<")
            display_name = " ".join(display_name.split())
            if not bracket:
                # Without brackets every parameter belongs to the header (section 20.10).
                address, _, parameters = text.partition(";")
                return cls(Uri.parse(address.strip(" \t")), "", parse_parameters(parameters))
            rest = "<" + rest
        address, bracket, tail = rest[1:].partition(">")
        tail = tail.strip(" \t")
        if not bracket or (tail and not tail.startswith(";")):
            raise GrammarError("name_address")
        return cls(Uri.parse(address.strip(" \t")), display_name, parse_parameters(tail))

    def __str__(self) -> str:
        name = ""
        if self.display_name:
            escaped = self.display_name.replace("\\", "\\\\").replace('"', '\\"')
            name = f'"{escaped}" '
        return f"{name}<{self.uri}>{format_parameters(self.parameters)}"

    @property
    def tag(self) -> str | None:
        """Dialog tag of From or To."""
        return parameter(self.parameters, "tag")

    def with_tag(self, tag: str) -> NameAddress:
        """Returns a copy with this tag."""
        return replace(self, parameters=with_parameter(self.parameters, "tag", tag))


def _read_quoted(text: str) -> tuple[str, str]:
    signs: list[str] = []
    escaped = False
    for index, sign in enumerate(text[1:], start=1):
        if escaped:
            signs.append(sign)
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            return "".join(signs), text[index + 1 :]
        else:
            signs.append(sign)
    raise GrammarError("quotes")


@dataclass(frozen=True, slots=True)
class Via:
    """One hop of a request's path (RFC 3261, section 20.42)."""

    transport: str
    host: str
    port: int | None = None
    parameters: Parameters = ()
    version: str = "2.0"
    """As received: a request of another version is answered as well, with 505."""

    @classmethod
    def parse(cls, text: str) -> Via:
        """Parses ``text``; raises GrammarError if it is invalid."""
        pieces = text.split("/", 2)
        if len(pieces) != 3 or pieces[0].strip(" \t").upper() != "SIP":
            raise GrammarError("via")
        transport, _, rest = pieces[2].strip(" \t").replace("\t", " ").partition(" ")
        sent_by, _, parameters = rest.partition(";")
        version = pieces[1].strip(" \t")
        if not transport or not version or not set(version) <= _VERSION_SIGNS:
            raise GrammarError("via")
        host, port = parse_host_port(sent_by.strip(" \t"))
        return cls(transport.upper(), host, port, parse_parameters(parameters), version)

    def __str__(self) -> str:
        address = format_host_port(self.host, self.port)
        return f"SIP/{self.version}/{self.transport} {address}{format_parameters(self.parameters)}"

    @property
    def branch(self) -> str:
        """The branch; "" if there is none."""
        return parameter(self.parameters, "branch") or ""

    def seen_from(self, source: Address) -> Via:
        """Returns the Via with ``received`` and ``rport`` filled in (RFC 3261 18.2.1, RFC 3581)."""
        # A ``received`` value from the sender itself is not trusted.
        parameters = tuple(item for item in self.parameters if item[0] != "received")
        asks_rport = parameter(parameters, "rport") is not None
        if asks_rport:
            parameters = with_parameter(parameters, "rport", str(source.port))
        if asks_rport or self.host != source.host:
            parameters = with_parameter(parameters, "received", source.host)
        return replace(self, parameters=parameters)

    def response_address(self, transport: TransportName) -> Address:
        """Returns the destination of responses (RFC 3261 section 18.2.2, RFC 3581 section 4).

        ``transport`` is the transport of the request. For TCP and TLS the address is used only if
        the request's own connection is closed; ``rport`` is ignored then, because it is no
        listening port.
        """
        # IPv6 may be with or without brackets (RFC 5118, section 4.5).
        host = (parameter(self.parameters, "received") or self.host).strip("[]")
        rport = parameter(self.parameters, "rport") or ""
        if transport == "udp" and rport.isascii() and rport.isdigit() and len(rport) <= 5:
            return Address(host, min(int(rport), 65535))
        return Address(host, self.port or default_port(transport), transport)


class SequenceNumber(NamedTuple):
    """CSeq: number of a request within its dialog, and its method."""

    number: int
    method: str

    @classmethod
    def parse(cls, text: str) -> SequenceNumber:
        """Parses ``text``; raises GrammarError if it is invalid or above 2**31-1."""
        pieces = text.split()
        if len(pieces) != 2 or not (pieces[0].isascii() and pieces[0].isdigit()):
            raise GrammarError("cseq")
        if len(pieces[0]) > 20 or int(pieces[0]) >= _SEQUENCE_LIMIT:
            raise GrammarError("cseq")
        return cls(int(pieces[0]), pieces[1])

    def __str__(self) -> str:
        return f"{self.number} {self.method}"
