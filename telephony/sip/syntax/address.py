"""Values of From, To, Contact, Route and their kin, of Via, and of CSeq."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from telephony.settings import TransportName
from telephony.sip.syntax.uri import (
    GrammarError,
    Parameters,
    Uri,
    format_host_port,
    format_parameters,
    parameter,
    parse_host_port,
    parse_parameters,
    with_parameter,
)

MAGIC_COOKIE = "z9hG4bK"
DEFAULT_PORT = 5060
DEFAULT_TLS_PORT = 5061
TRANSPORTS: dict[str, TransportName] = {"UDP": "udp", "TCP": "tcp", "TLS": "tls"}
"""The transports of this phone by their names in a Via."""
_SEQUENCE_LIMIT = 2**31
_VERSION_SIGNS = frozenset("0123456789.")


class Address(NamedTuple):
    """Where a message goes or comes from; ``host`` is an IP address, or a name to look up."""

    host: str
    port: int
    transport: TransportName = "udp"

    @property
    def is_reliable(self) -> bool:
        """Whether the transport repeats lost data by itself."""
        return self.transport != "udp"


def default_port(transport: TransportName) -> int:
    """The port where an address names none (RFC 3261 section 19.1.2)."""
    return DEFAULT_TLS_PORT if transport == "tls" else DEFAULT_PORT


def address_of(uri: Uri) -> Address:
    """Where a request to ``uri`` goes when no route says otherwise (RFC 3263 section 4).

    A transport that this phone does not know is taken for UDP: such a request gets no answer.
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
        """The value of ``text``; GrammarError where it is none."""
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
        """The dialog tag of From or To."""
        return parameter(self.parameters, "tag")

    def with_tag(self, tag: str) -> NameAddress:
        """The same with this tag."""
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
    """One hop of a request's way (RFC 3261 section 20.42)."""

    transport: str
    host: str
    port: int | None = None
    parameters: Parameters = ()
    version: str = "2.0"
    """As received: a request of another version is answered too, with 505."""

    @classmethod
    def parse(cls, text: str) -> Via:
        """The value of ``text``; GrammarError where it is none."""
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
        """The branch, "" where there is none."""
        return parameter(self.parameters, "branch") or ""

    def seen_from(self, source: Address) -> Via:
        """The Via with ``received`` and ``rport`` filled in (RFC 3261 18.2.1, RFC 3581)."""
        # What a sender says of its own address is not to be believed.
        parameters = tuple(item for item in self.parameters if item[0] != "received")
        asks_rport = parameter(parameters, "rport") is not None
        if asks_rport:
            parameters = with_parameter(parameters, "rport", str(source.port))
        if asks_rport or self.host != source.host:
            parameters = with_parameter(parameters, "received", source.host)
        return replace(self, parameters=parameters)

    def response_address(self, transport: TransportName) -> Address:
        """Where a response to this hop goes (RFC 3261 section 18.2.2, RFC 3581 section 4).

        ``transport`` is the one that the request came by; over TCP and TLS this is only where
        to connect to when the request's own connection is gone, which ``rport`` is not.
        """
        # RFC 5118 section 4.5: IPv6 comes with and without brackets.
        host = (parameter(self.parameters, "received") or self.host).strip("[]")
        rport = parameter(self.parameters, "rport") or ""
        if transport == "udp" and rport.isascii() and rport.isdigit() and len(rport) <= 5:
            return Address(host, min(int(rport), 65535))
        return Address(host, self.port or default_port(transport), transport)


class SequenceNumber(NamedTuple):
    """CSeq: a request's number within its dialog, and its method."""

    number: int
    method: str

    @classmethod
    def parse(cls, text: str) -> SequenceNumber:
        """The value of ``text``; GrammarError where it is none or above 2**31-1."""
        pieces = text.split()
        if len(pieces) != 2 or not (pieces[0].isascii() and pieces[0].isdigit()):
            raise GrammarError("cseq")
        if len(pieces[0]) > 20 or int(pieces[0]) >= _SEQUENCE_LIMIT:
            raise GrammarError("cseq")
        return cls(int(pieces[0]), pieces[1])

    def __str__(self) -> str:
        return f"{self.number} {self.method}"
