"""SIP and other URIs, and the parameters that follow them (RFC 3261 section 19.1 and 25)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

Parameters = tuple[tuple[str, str | None], ...]

_SCHEME_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+-.")
_HOST_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")
_HEXADECIMAL = frozenset("0123456789abcdef:.%")
# A request line with white space of any kind inside its URI could not be read again; U+3000 is
# the last of them.
_WHITE_SPACE = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_FORBIDDEN = _WHITE_SPACE.union(map(chr, range(0x20)), '\x7f<>"')


class GrammarError(ValueError):
    """A piece of a message does not follow the grammar; ``code`` names the piece."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def split_outside(text: str, separator: str) -> list[str]:
    """The stripped pieces of ``text`` between separators outside quotes and angle brackets.

    Raises GrammarError when a quoted string does not end.
    """
    if '"' not in text and "<" not in text:  # most fields; read once for each message and piece
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
    """Parameters of the form ``;name=value;flag``; names in lower case, quoted values as sent."""
    parameters: list[tuple[str, str | None]] = []
    for piece in split_outside(text, ";"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        parameters.append((name.strip(" \t").lower(), value.strip(" \t") if equals else None))
    return tuple(parameters)


def format_parameters(parameters: Parameters) -> str:
    """The parameters as they stand in a message, each with its semicolon."""
    return "".join(
        f";{name}" if value is None else f";{name}={value}" for name, value in parameters
    )


def parameter(parameters: Parameters, name: str) -> str | None:
    """The value of the first parameter called ``name``; "" for a flag, None when absent."""
    for key, value in parameters:
        if key == name:
            return "" if value is None else value
    return None


def with_parameter(parameters: Parameters, name: str, value: str | None) -> Parameters:
    """The parameters with ``name`` set to ``value``, in its old place where it had one."""
    if parameter(parameters, name) is None:
        return (*parameters, (name, value))
    return tuple((key, value if key == name else old) for key, old in parameters)


def parse_host_port(text: str) -> tuple[str, int | None]:
    """Host (IPv6 without its brackets, lower case) and port of ``host[:port]``."""
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
    """``host[:port]`` with the brackets that IPv6 needs."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


@dataclass(frozen=True, slots=True)
class Uri:
    """A URI; user, host, port, parameters and headers are filled for sip and sips only.

    ``user`` and ``opaque`` keep their escapes. ``opaque`` is all behind the scheme of another
    kind of URI, for example the number of ``tel:``.
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
        """The URI of ``text``; GrammarError where it is none."""
        scheme, colon, rest = text.partition(":")
        scheme = scheme.lower()
        if not colon or not scheme[:1].isalpha() or not set(scheme) <= _SCHEME_SIGNS:
            raise GrammarError("uri")
        if not _FORBIDDEN.isdisjoint(rest):
            raise GrammarError("uri")
        if scheme not in ("sip", "sips"):
            return cls(scheme, opaque=rest)
        # A user part may hold ';' and '?' unescaped, but never '@' (RFC 4475 section 3.1.1.13).
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
        """The user or telephone number for a person to read: escapes resolved, no parameters."""
        if self.scheme == "tel":
            return unquote(self.opaque.partition(";")[0])
        # "user=phone" numbers may carry parameters inside the user part (RFC 3261 19.1.6).
        return unquote((self.user or "").partition(";")[0])

    @property
    def is_loose_router(self) -> bool:
        """Whether this Route entry follows RFC 3261 and not RFC 2543."""
        return parameter(self.parameters, "lr") is not None
