"""Checks that reject a SIP request, with status and headers (RFC 3261, section 8.2)."""

from __future__ import annotations

from telephony.sip.core import ALLOWED_METHODS, SUPPORTED_EXTENSIONS
from telephony.sip.dialogs.session_timer import refusal_of_interval
from telephony.sip.sdp import MEDIA_TYPE
from telephony.sip.syntax.address import Address, GrammarError, Uri, Via, format_host_port
from telephony.sip.syntax.message import REASONS, Headers, ParseError, Request, Response

# Methods that exist but are not supported by this phone get 405; unknown methods get 501.
_OTHER_METHODS = ("REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE")
_SCHEMES = ("sip", "sips", "tel")
_MEDIA_RANGES = (MEDIA_TYPE, "application/*", "*/*")

# Texts of RFC 3261, section 20.43.
_WARNINGS = {
    301: "Incompatible network address formats",
    302: "Incompatible transport protocol",
    304: "Media type not available",
    305: "Incompatible media format",
}

Refusal = tuple[int, Headers]


def find_refusal(request: Request) -> Refusal | None:
    """Returns the status and header fields that reject the request; None if it is acceptable.

    Order of the checks as in section 8.2: method, headers, content.
    """
    try:
        return _find_refusal(request)
    except GrammarError:
        # A header that decides about the request cannot be parsed.
        return 400, ()


def _find_refusal(request: Request) -> Refusal | None:
    refusal = _check_method(request) or _check_uri(request)
    if refusal is None and request.method not in ("BYE", "CANCEL"):
        refusal = _check_extensions(request)
    if refusal is None and request.method in ("INVITE", "UPDATE", "PRACK"):
        refusal = _check_content(request) or refusal_of_interval(request)
    return refusal


def _check_method(request: Request) -> Refusal | None:
    allow = (("Allow", ", ".join(ALLOWED_METHODS)),)
    if request.method in ALLOWED_METHODS:
        return None
    return (405, allow) if request.method in _OTHER_METHODS else (501, allow)


def _check_uri(request: Request) -> Refusal | None:
    try:
        scheme = Uri.parse(request.uri).scheme
    except GrammarError:
        return 400, ()
    return None if scheme in _SCHEMES else (416, ())


def _check_extensions(request: Request) -> Refusal | None:
    unknown = [name for name in request.values("Require") if name not in SUPPORTED_EXTENSIONS]
    return (420, (("Unsupported", ", ".join(unknown)),)) if unknown else None


def _check_content(request: Request) -> Refusal | None:
    accept = (("Accept", MEDIA_TYPE),)
    if request.body and request.content_type != MEDIA_TYPE:
        return 415, accept
    encoding = (request.first("Content-Encoding") or "identity").lower()
    if request.body and encoding != "identity":
        return 415, (*accept, ("Accept-Encoding", "identity"))
    ranges = [value.partition(";")[0].strip(" \t").lower() for value in request.values("Accept")]
    if ranges and not set(ranges) & set(_MEDIA_RANGES):
        return 406, ()
    return None


def warning_header(agent: Uri, code: int) -> tuple[str, str]:
    """Builds the Warning header for an unusable session description, as sent by ``agent``."""
    return "Warning", f'{code} {format_host_port(agent.host, agent.port)} "{_WARNINGS[code]}"'


def refusal_of_unreadable(
    error: ParseError, source: Address, tag: str
) -> tuple[Response, Address, Address | None] | None:
    """Builds a response outside any transaction, and its destinations, to a partly parsed request.

    None if it must not be answered (ACK) or its Via cannot be parsed.
    """
    request, status_code = error.request, error.status_code
    if request is None or request.method == "ACK":
        return None
    try:
        via = request.top_via.seen_from(source)
        others = request.values("Via")[1:]
    except GrammarError:
        return None
    vias = [str(via), *(str(other) for value in others if (other := _read_via(value)))]
    if error.code == "cseq_method" and request.method not in (
        *ALLOWED_METHODS,
        *_OTHER_METHODS,
        "REFER",
    ):
        # Of two errors, 501 is more useful to a peer with newer methods (RFC 4475, 3.1.2.18).
        status_code = 501
    headers = [("Via", value) for value in vias]
    for name in ("From", "To", "Call-ID", "CSeq"):
        value = request.first(name)
        if value is not None:
            to_without_tag = name == "To" and ";tag=" not in value.replace(" ", "").lower()
            headers.append((name, f"{value};tag={tag}" if to_without_tag else value))
    response = Response(tuple(headers), b"", status_code, REASONS.get(status_code, ""))
    answer_to = via.response_address(source.transport)
    return (response, source, answer_to) if source.is_reliable else (response, answer_to, None)


def _read_via(text: str) -> Via | None:
    try:
        return Via.parse(text)
    except GrammarError:
        return None
