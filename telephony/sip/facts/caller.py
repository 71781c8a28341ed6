"""Who an INVITE says is calling, and which line was dialled."""

from __future__ import annotations

from typing import NamedTuple

from telephony.sip.syntax.address import NameAddress
from telephony.sip.syntax.header_text import addresses, shown, shown_number, unquoted, values_of
from telephony.sip.syntax.message import Request, canonical_name
from telephony.sip.syntax.uri import GrammarError, Uri, parameter

_ANONYMOUS_USERS = ("", "anonymous", "unknown", "restricted", "unavailable")
_ANONYMOUS_HOST = "anonymous.invalid"
# Any of these asks that the caller's number be shown to nobody (RFC 3323, RFC 3325; the
# presentation "restricted" of 3GPP TS 24.607 section 4.5.2.6.1).
_WITHHOLDING = frozenset({"id", "user", "header", "full", "uri"})
# Headers in which telephone systems name the number that the caller dialled.
_LINE_HEADERS = ("X-Called-Number", "X-DID", "X-DID-Number", "X-DNIS", "X-Dialed-Number")
_REMOTE_PARTY = canonical_name("Remote-Party-ID")
_CALLED_PARTY = canonical_name("P-Called-Party-ID")


class Caller(NamedTuple):
    """Number ("" when withheld), display name, and the line that was dialled.

    ``asserted`` tells that the number is the network's word and not the caller's.
    """

    number: str
    name: str
    dialled_line: str
    asserted: bool = False


def read_caller(invite: Request, *, trusted: bool) -> Caller:
    """Who calls: the network's word where its sender is trusted, else From.

    The network's word is P-Asserted-Identity (RFC 3325), else a Remote-Party-ID that was
    screened (draft-ietf-sip-privacy-04). P-Preferred-Identity is the caller's wish and counts
    for nothing.
    """
    identity = _network_identity(invite) if trusted else None
    line = _dialled_line(invite, trusted=trusted)
    if _is_withheld(invite):
        return Caller("", "", line)
    sender = identity or invite.sender
    number = shown_number(sender.uri)
    if number.lower() in _ANONYMOUS_USERS or sender.uri.host == _ANONYMOUS_HOST:
        number = ""
    name = shown(sender.display_name)
    if name.lower() in _ANONYMOUS_USERS:
        name = ""
    return Caller(number, name, line, identity is not None and bool(number))


def line_header(invite: Request) -> str:
    """The dialled number where the telephone system names it in a header of its own, else ""."""
    for name in _LINE_HEADERS:
        text = text_or_address(invite.first(canonical_name(name)) or "")
        if text:
            return text
    return ""


def text_or_address(value: str) -> str:
    """What a header of no standard form says: the user of an address, or the plain text."""
    if "<" in value or value.lower().startswith(("sip:", "sips:", "tel:")):
        try:
            return shown_number(NameAddress.parse(value).uri)
        except GrammarError:
            return ""
    return shown(unquoted(value))


def _network_identity(invite: Request) -> NameAddress | None:
    identities = (*addresses(invite, "P-Asserted-Identity"), *_screened_parties(invite))
    usable = [identity for identity in identities if identity.uri.number]
    # Of a SIP and a telephone identity (RFC 3325 section 9.1) the one with the number is shown.
    return next((each for each in usable if _is_telephone(each)), usable[0] if usable else None)


def _is_telephone(identity: NameAddress) -> bool:
    number = shown_number(identity.uri).removeprefix("+")
    return number.isascii() and number.isdigit()


def _screened_parties(invite: Request) -> tuple[NameAddress, ...]:
    return tuple(
        party
        for party in addresses(invite, _REMOTE_PARTY)
        if _word(party, "party") in ("", "calling") and _word(party, "screen") == "yes"
    )


def _is_withheld(invite: Request) -> bool:
    words = {
        word.strip(" \t").lower()
        for value in values_of(invite, "Privacy")
        for word in value.split(";")
    }
    if "none" in words:
        return False
    parties = addresses(invite, _REMOTE_PARTY)
    words.update(_word(party, "privacy") for party in parties if _word(party, "party") != "called")
    return bool(words & _WITHHOLDING)


def _word(party: NameAddress, name: str) -> str:
    return unquoted(parameter(party.parameters, name)).lower()


def _dialled_line(invite: Request, *, trusted: bool) -> str:
    """The address the caller reached: as the telephone system says, else To, else the URI."""
    if trusted:
        called = addresses(invite, _CALLED_PARTY)
        named = line_header(invite) or (shown_number(called[0].uri) if called else "")
        if named:
            return named
    return shown_number(invite.recipient.uri) or _user_of(invite.uri)


def _user_of(uri: str) -> str:
    try:
        return shown_number(Uri.parse(uri))
    except GrammarError:
        return ""
