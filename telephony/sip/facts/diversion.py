"""From whom a call was sent on before it came here (RFC 5806, RFC 7044, RFC 7544)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from telephony.events import Diversion
from telephony.sip.syntax.address import NameAddress
from telephony.sip.syntax.header_text import addresses, shown, shown_number, unquoted, values_of
from telephony.sip.syntax.message import Request
from telephony.sip.syntax.uri import Parameters, parameter, parse_parameters

_DIVERSIONS_LIMIT = 10
_NAMED = frozenset({"full", "name", "uri"})
# The ``cause`` of the address a call was sent on to (RFC 4458 section 2.1, RFC 7544 table 1).
_REASON_OF_TARGET = {
    "302": "unconditional",
    "404": "unknown",
    "408": "no-answer",
    "480": "deflection",
    "486": "user-busy",
    "487": "deflection",
    "503": "unavailable",
}
# The answer with which an address was passed over (RFC 7044 section 5.2).
_REASON_OF_ANSWER = {
    "302": "unconditional",
    "404": "unknown",
    "408": "no-answer",
    "480": "unavailable",
    "486": "user-busy",
    "487": "no-answer",
    "503": "unavailable",
    "600": "user-busy",
    "603": "deflection",
}


def read_diversions(invite: Request) -> tuple[Diversion, ...]:
    """The redirections, the last one first; ``number`` is "" where it is to be shown to nobody.

    Diversion counts before History-Info, which proxies also write for plain routing.
    """
    found = [_read_diversion(each) for each in addresses(invite, "Diversion")]
    if not found:
        found = _read_history(invite)
    return tuple(found[:_DIVERSIONS_LIMIT])


def _read_diversion(diversion: NameAddress) -> Diversion:
    parameters = diversion.parameters
    withheld = unquoted(parameter(parameters, "privacy")).lower() in _NAMED
    reason = shown(unquoted(parameter(parameters, "reason"))).lower()
    return Diversion("" if withheld else shown_number(diversion.uri), reason)


@dataclass(frozen=True, slots=True)
class _Entry:
    address: NameAddress
    index: tuple[int, ...]
    headers: Parameters
    """The header fields escaped into the URI."""

    @property
    def number(self) -> str:
        privacy = (parameter(self.headers, "privacy") or "").lower()
        return "" if "history" in privacy else shown_number(self.address.uri)


def _read_history(invite: Request) -> list[Diversion]:
    all_withheld = any("history" in value.lower() for value in values_of(invite, "Privacy"))
    entries = sorted(
        (_read_entry(each) for each in addresses(invite, "History-Info")),
        key=lambda entry: (not entry.index, entry.index),
    )
    found: list[Diversion] = []
    for position, entry in enumerate(entries[:-1]):
        reason = _reason_of(entry, entries[position + 1 :])
        if reason is not None:
            found.append(Diversion("" if all_withheld else entry.number, reason))
    return found[::-1]


def _read_entry(address: NameAddress) -> _Entry:
    index = _index(parameter(address.parameters, "index"))
    pairs = (piece.partition("=") for piece in address.uri.headers.split("&") if piece)
    headers = tuple((name.lower(), unquote(value)) for name, _, value in pairs)
    return _Entry(address, index, headers)


def _index(text: str | None) -> tuple[int, ...]:
    pieces = unquoted(text).split(".")
    usable = [piece for piece in pieces if piece.isascii() and piece.isdigit() and len(piece) < 6]
    return tuple(int(piece) for piece in usable)


def _reason_of(entry: _Entry, later: Sequence[_Entry]) -> str | None:
    """Why the call went on from this address; None when it was only routed."""
    for target in later:
        cause = parameter(target.address.uri.parameters, "cause")
        if cause is not None and _source_of(target, entry, later):
            return _REASON_OF_TARGET.get(cause, "")
    reason = parameter(entry.headers, "reason")
    if reason is None:
        return None
    protocol, _, rest = reason.partition(";")
    cause = parameter(parse_parameters(rest), "cause") or ""
    return _REASON_OF_ANSWER.get(cause, "") if protocol.strip().upper() == "SIP" else ""


def _source_of(target: _Entry, entry: _Entry, later: Sequence[_Entry]) -> bool:
    """Whether ``target`` was made from ``entry``: it says so, or follows it directly."""
    for name in ("mp", "rc", "np"):
        origin = parameter(target.address.parameters, name)
        if origin is not None:
            return _index(origin) == entry.index
    return target is later[0]
