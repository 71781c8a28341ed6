"""SIP requests and responses as values, multipart bodies, and reason phrases.

Parsed tolerantly, serialised strictly (RFC 3261, sections 7 and 25).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from telephony.sip.syntax.address import (
    MAGIC_COOKIE,
    GrammarError,
    NameAddress,
    SequenceNumber,
    Via,
    parameter,
    parse_parameters,
    split_outside,
)

Headers = tuple[tuple[str, str], ...]
M = TypeVar("M", "Request", "Response")

VERSION = "SIP/2.0"
HEAD_LIMIT = 16384
"""Maximum length of start line and headers, in characters; no phone call needs more."""
_TOKEN_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~")
_COMPACT = {
    "a": "Accept-Contact",
    "b": "Referred-By",
    "c": "Content-Type",
    "d": "Request-Disposition",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "j": "Reject-Contact",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "n": "Identity-Info",
    "o": "Event",
    "r": "Refer-To",
    "s": "Subject",
    "t": "To",
    "u": "Allow-Events",
    "v": "Via",
    "x": "Session-Expires",
    "y": "Identity",
}
_SPECIAL_CASE = {
    "call-id": "Call-ID",
    "cseq": "CSeq",
    "mime-version": "MIME-Version",
    "min-se": "Min-SE",
    "www-authenticate": "WWW-Authenticate",
    "rack": "RAck",
    "rseq": "RSeq",
    "sip-etag": "SIP-ETag",
    "sip-if-match": "SIP-If-Match",
}
# Header fields with list values: a comma is equivalent to another field.
_LISTS = frozenset(
    {
        "Accept", "Accept-Encoding", "Accept-Language", "Alert-Info", "Allow", "Allow-Events",
        "Call-Info", "Contact", "Content-Encoding", "Content-Language", "Diversion", "Error-Info",
        "History-Info", "In-Reply-To", "P-Asserted-Identity", "Path", "Privacy", "Proxy-Require",
        "Reason", "Record-Route", "Require", "Route", "Service-Route", "Supported", "Unsupported",
        "Via", "Warning",
    }
)  # fmt: skip


def canonical_name(name: str) -> str:
    """Returns the full name of a header field in the usual case, from any case or compact form."""
    lower = name.lower()
    if lower in _COMPACT:
        return _COMPACT[lower]
    if lower in _SPECIAL_CASE:
        return _SPECIAL_CASE[lower]
    return "-".join(part.capitalize() for part in lower.split("-"))


class ParseError(ValueError):
    """Raised for a message that cannot be used.

    ``code`` names the part, ``status_code`` is the response required by RFC 3261, and ``request``
    is the parsed part of a request, which is used to address the response.
    """

    def __init__(self, code: str, status_code: int = 400, request: Request | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status_code = status_code
        self.request = request


@dataclass(frozen=True, slots=True)
class _Message:
    headers: Headers
    body: bytes

    def first(self, name: str) -> str | None:
        """Returns the value of the first field ``name`` (canonical), as received."""
        for key, value in self.headers:
            if key == name:
                return value
        return None

    def values(self, name: str) -> tuple[str, ...]:
        """Returns all values of ``name``; lists are split at their commas."""
        found: list[str] = []
        for key, value in self.headers:
            if key != name:
                continue
            if name in _LISTS:
                found += [piece for piece in split_outside(value, ",") if piece]
            else:
                found.append(value)
        return tuple(found)

    def required(self, name: str) -> str:
        """Returns the value of a required field; raises GrammarError if it is missing."""
        value = self.first(name)
        if value is None:
            raise GrammarError(name.lower())
        return value

    @property
    def call_id(self) -> str:
        return self.required("Call-ID")

    @property
    def sender(self) -> NameAddress:
        """The From field."""
        return NameAddress.parse(self.required("From"))

    @property
    def recipient(self) -> NameAddress:
        """The To field."""
        return NameAddress.parse(self.required("To"))

    @property
    def sequence(self) -> SequenceNumber:
        return SequenceNumber.parse(self.required("CSeq"))

    @property
    def top_via(self) -> Via:
        vias = self.values("Via")
        if not vias:
            raise GrammarError("via")
        return Via.parse(vias[0])

    @property
    def contact(self) -> NameAddress | None:
        """The first Contact; None if absent or "*"."""
        contacts = self.values("Contact")
        if not contacts or contacts[0] == "*":
            return None
        return NameAddress.parse(contacts[0])

    @property
    def content_type(self) -> str:
        """Media type of the body in lower case, without parameters."""
        return (self.first("Content-Type") or "").partition(";")[0].strip(" \t").lower()


@dataclass(frozen=True, slots=True)
class Request(_Message):
    """A request; ``uri`` is the Request-URI as received. Content-Length is never in headers."""

    method: str
    uri: str
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class Response(_Message):
    """A response. Content-Length is never in headers."""

    status_code: int
    reason: str


Message = Request | Response


def label_of(message: Message) -> str:
    """Returns the method or status of the message for the log, without caller and called party."""
    match message:
        case Request():
            return message.method
        case Response():
            return str(message.status_code)


def with_header(message: M, name: str, value: str) -> M:
    """Returns the message with all fields ``name`` replaced by one at the position of the first."""
    kept: list[tuple[str, str]] = []
    placed = False
    for key, old in message.headers:
        if key != name:
            kept.append((key, old))
        elif not placed:
            kept.append((name, value))
            placed = True
    if not placed:
        kept.append((name, value))
    return replace(message, headers=tuple(kept))


def without_header(message: M, name: str) -> M:
    """Returns the message without any field ``name``."""
    return replace(message, headers=tuple(item for item in message.headers if item[0] != name))


def with_top_via(message: M, via: Via) -> M:
    """Returns the message with its first Via replaced, and every Via in a separate field."""
    vias: Headers = tuple(("Via", value) for value in (str(via), *message.values("Via")[1:]))
    rest: Headers = tuple(item for item in message.headers if item[0] != "Via")
    return replace(message, headers=vias + rest)


def serialise(message: Message) -> bytes:
    """Serialises the message: one field per line, long names, correct Content-Length.

    Raises ValueError for a value with a line break or a name that is no token, which prevents
    header injection.
    """
    match message:
        case Request():
            start = f"{message.method} {message.uri} {message.version}"
        case Response():
            start = f"{VERSION} {message.status_code:03d} {message.reason}"
    lines = [start]
    for name, value in message.headers:
        if not name or not set(name) <= _TOKEN_SIGNS:
            raise ValueError("header_name")
        lines.append(f"{name}: {value}")
    lines.append(f"Content-Length: {len(message.body)}")
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("line_break")
    head = "\r\n".join(lines) + "\r\n\r\n"
    return head.encode("utf-8", "surrogateescape") + message.body


def parse_message(data: bytes) -> Message:
    """Parses the message of one datagram.

    Accepts compact names, any case, folded lines, bare LF, white space around colons, and a body
    longer than Content-Length (the rest is cut off). Raises ParseError for an unusable message and
    no other exception for any input.
    """
    head, body = _split_head(data.lstrip(b"\r\n"))
    lines = _unfold(head)
    message, faults = _parse_start(lines[0])
    if len(head) > HEAD_LIMIT:
        faults.insert(0, ("too_long", 513))
    headers: list[tuple[str, str]] = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        name = name.strip(" \t")
        if not colon or not name or not set(name) <= _TOKEN_SIGNS:
            faults.append(("header_name", 400))
            continue
        headers.append((canonical_name(name), value.strip(" \t")))
    lengths = [value for name, value in headers if name == "Content-Length"]
    kept = tuple(item for item in headers if item[0] != "Content-Length")
    body, length_fault = _cut_body(body, lengths)
    message = replace(message, headers=kept, body=body)
    faults += length_fault
    faults += _check(message)
    if faults:
        code, status_code = faults[0]
        request = message if isinstance(message, Request) else None
        raise ParseError(code, status_code, request)
    return message


def _split_head(data: bytes) -> tuple[str, bytes]:
    crlf, lf = data.find(b"\r\n\r\n"), data.find(b"\n\n")
    if crlf >= 0 and (lf < 0 or crlf < lf):
        head, body = data[:crlf], data[crlf + 4 :]
    elif lf >= 0:
        head, body = data[:lf], data[lf + 2 :]
    else:
        head, body = data.rstrip(b"\r\n"), b""
    return head.decode("utf-8", "surrogateescape"), body


def _unfold(head: str) -> list[str]:
    lines: list[str] = []
    for raw in head.split("\n"):
        line = raw.rstrip("\r").replace("\r", " ")
        if lines and line[:1] in (" ", "\t"):
            lines[-1] = f"{lines[-1].rstrip(' ')} {line.strip(' ' + chr(9))}"
        else:
            lines.append(line)
    return lines


def _parse_start(line: str) -> tuple[Message, list[tuple[str, int]]]:
    if line.upper().startswith("SIP/"):
        return _parse_status_line(line), []
    pieces = line.rstrip(" \t").split()
    if len(pieces) < 3 or not set(pieces[0]) <= _TOKEN_SIGNS:
        raise ParseError("start_line")
    method, version = pieces[0], pieces[-1]
    if not version.upper().startswith("SIP/"):
        raise ParseError("start_line")
    faults: list[tuple[str, int]] = []
    if version.upper() != VERSION:
        faults.append(("version", 505))
    # Exactly one space between the three parts (RFC 4475, section 3.1.2.9).
    if line.rstrip(" \t") != f"{method} {pieces[1]} {version}":
        faults.append(("start_line", 400))
    return Request((), b"", method, pieces[1]), faults


def _parse_status_line(line: str) -> Response:
    version, _, rest = line.partition(" ")
    code, _, reason = rest.partition(" ")
    if version.upper() != VERSION or len(code) != 3 or not (code.isascii() and code.isdigit()):
        raise ParseError("status_line")
    if not 100 <= int(code) <= 699:
        raise ParseError("status_line")
    return Response((), b"", int(code), reason)


def _cut_body(body: bytes, lengths: list[str]) -> tuple[bytes, list[tuple[str, int]]]:
    if not lengths:
        return body, []
    text = lengths[0]
    if len(set(lengths)) > 1 or not (text.isascii() and text.isdigit()) or len(text) > 9:
        return b"", [("content_length", 400)]
    length = int(text)
    if length > len(body):
        return b"", [("content_length", 400)]
    return body[:length], []


def _check(message: Message) -> list[tuple[str, int]]:
    """Errors in the fields that every message must have (RFC 3261, section 8.1.1)."""
    faults: list[tuple[str, int]] = []
    for name in ("From", "To", "Call-ID", "CSeq"):
        if sum(key == name for key, _ in message.headers) != 1:
            faults.append((name.lower(), 400))
    try:
        for value in message.values("Via"):
            Via.parse(value)
        for name in ("Route", "Record-Route"):
            for value in message.values(name):
                NameAddress.parse(value)
        _ = message.top_via, message.sender, message.recipient, message.contact
        sequence = message.sequence
    except GrammarError as error:
        faults.append((error.code, 400))
    else:
        if isinstance(message, Request) and sequence.method != message.method:
            faults.append(("cseq_method", 400))
    if not message.first("Call-ID"):
        faults.append(("call-id", 400))
    if isinstance(message, Request):
        faults += _check_request(message)
    return faults


def _check_request(request: Request) -> list[tuple[str, int]]:
    faults: list[tuple[str, int]] = []
    hops = request.first("Max-Forwards")
    if hops is not None and not (hops.isascii() and hops.isdigit() and len(hops.lstrip("0")) <= 3):
        faults.append(("max_forwards", 400))
    if request.method == "INVITE" and request.first("Contact") is None:
        # Within a dialog the target is unchanged without a Contact. Callers of RFC 2543, known by
        # their branch, may omit it (RFC 4475, section 3.4.1).
        has_tag = "tag=" in (request.first("To") or "").lower()
        if not has_tag and MAGIC_COOKIE in (request.first("Via") or ""):
            faults.append(("contact", 400))
    return faults


_PARTS_LIMIT = 32
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")


def with_part(message: M, media_type: str) -> M:
    """Returns a multipart message with its first part of this type as the body.

    Other messages are returned unchanged. Other parts, for example the ISUP of a telephone exchange
    (RFC 3204), are ignored.
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
    """Value of a field in lower case and without parameters."""
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip(" \t").lower() == name:
            return value.partition(";")[0].strip(" \t").lower()
    return default


REASONS = {
    100: "Trying",
    180: "Ringing",
    181: "Call Is Being Forwarded",
    182: "Queued",
    183: "Session Progress",
    200: "OK",
    202: "Accepted",
    302: "Moved Temporarily",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Timeout",
    415: "Unsupported Media Type",
    416: "Unsupported URI Scheme",
    420: "Bad Extension",
    422: "Session Interval Too Small",
    469: "Bad Info Package",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    482: "Loop Detected",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    489: "Bad Event",
    491: "Request Pending",
    500: "Server Internal Error",
    501: "Not Implemented",
    504: "Server Time-out",
    505: "Version Not Supported",
    513: "Message Too Large",
    600: "Busy Everywhere",
    603: "Decline",
}
