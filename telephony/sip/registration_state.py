"""Reads a registrar's responses and tracks the contact address seen behind a NAT.

RFC 3261 section 10.3.
"""

from __future__ import annotations

from telephony.sip.core import Core
from telephony.sip.primitives import contact_seen
from telephony.sip.syntax.address import GrammarError, NameAddress, Uri, parameter
from telephony.sip.syntax.message import Response

EXPIRES_LIMIT_S = 86400
_RETRY_AFTER_LIMIT_S = 300
_REFRESH_EARLIEST = 0.5
_REFRESH_LATEST = 0.9
# Margin for a lost datagram: renew at least this long before the registration expires.
_REFRESH_SPARE_S = 10.0


def granted_s(response: Response, contact: Uri, asked_s: int) -> int:
    """Returns the time for which ``contact`` is bound: its expires, Expires, or the requested time.

    The response also lists other phones of the same user; their times are ignored.
    """
    text = response.first("Expires")
    for value in response.values("Contact"):
        try:
            other = NameAddress.parse(value)
        except GrammarError:
            continue
        if _place(other.uri) == _place(contact):
            text = parameter(other.parameters, "expires") or text
    found_s = seconds(text, EXPIRES_LIMIT_S)
    return asked_s if found_s is None else found_s


def renew_after_s(granted_s: float, fraction: float) -> float:
    """Returns the random delay before the renewal of a registration or publication.

    It is random, because phones that started together must not renew together. ``fraction`` is a
    random number from 0 (inclusive) to 1 (exclusive).
    """
    share = _REFRESH_EARLIEST + (_REFRESH_LATEST - _REFRESH_EARLIEST) * fraction
    latest_s = max(_REFRESH_EARLIEST * granted_s, granted_s - _REFRESH_SPARE_S)
    return min(granted_s * share, latest_s)


def _place(uri: Uri) -> tuple[str | None, str, int, str]:
    secure = uri.scheme == "sips"
    transport = (parameter(uri.parameters, "transport") or ("tls" if secure else "udp")).lower()
    port = uri.port or (5061 if transport == "tls" else 5060)
    return uri.user, uri.host, port, transport


def minimum_s(response: Response) -> int:
    """Returns the shortest interval that the registrar accepts (423); 0 if it is not given."""
    return seconds(response.first("Min-Expires"), EXPIRES_LIMIT_S) or 0


def retry_after_s(response: Response) -> int:
    """Returns the time of Retry-After, at most five minutes; 0 if it is missing.

    A longer pause would cost calls; a server that is still busy can send the header again.
    """
    return seconds(response.first("Retry-After"), _RETRY_AFTER_LIMIT_S) or 0


def redirect_target(response: Response) -> Uri | None:
    """Returns the first usable Contact of a 3xx; None if there is none."""
    for value in response.values("Contact"):
        try:
            uri = NameAddress.parse(value).uri
        except GrammarError:
            continue
        if uri.host and uri.scheme in ("sip", "sips"):
            return uri
    return None


def service_route(response: Response) -> tuple[str, ...]:
    """Returns the route for requests outside dialogs (RFC 3608); empty if it is unusable."""
    values = response.values("Service-Route")
    try:
        routes = [NameAddress.parse(value) for value in values]
    except GrammarError:
        return ()
    return values if all(route.uri.host for route in routes) else ()


def seconds(text: str | None, limit_s: int) -> int | None:
    """Returns the leading number of a header value, at most ``limit_s``; None without one."""
    digits = (text or "").partition(";")[0].partition("(")[0].strip(" \t")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return limit_s if len(digits) > 9 else min(int(digits), limit_s)


# A NAT that maps every request to another port would cause endless registrations.
_CHANGES_LIMIT = 3


class SeenContact:
    """Contact address of one registration as seen by the server; sets ``core.seen_contact``."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._changes = 0

    def has_moved(self, response: Response) -> bool:
        """Whether any response shows another address of this phone than the registered one."""
        core = self._core
        learns = core.identity.learns_contact and self._changes < _CHANGES_LIMIT
        return learns and contact_seen(response.top_via, core.contact) != core.contact

    def learn(self, response: Response) -> bool:
        """Processes a 2xx to a REGISTER; returns True if the contact has changed.

        After a few changes in a row the contact is frozen until the registrar sees it unchanged
        once.
        """
        core = self._core
        seen = contact_seen(response.top_via, core.contact)
        if seen == core.contact:
            self._changes = 0
        if not self.has_moved(response):
            return False
        self._changes += 1
        own = core.identity.contact
        core.seen_contact = None if (seen.host, seen.port) == (own.host, own.port) else seen
        return True

    def forget(self) -> None:
        """Resets the contact after a move to another network."""
        self._core.seen_contact = None
        self._changes = 0
