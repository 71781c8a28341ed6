"""Where a redirected call may go on to (RFC 3261 section 8.1.3.4)."""

from __future__ import annotations

from telephony.sip.syntax.address import NameAddress
from telephony.sip.syntax.message import Response
from telephony.sip.syntax.uri import GrammarError, Uri, parameter

_FOLLOWED = (300, 301, 302)
TARGETS_LIMIT = 5


class Redirection:
    """The contacts of 3xx answers that are still to be tried, best first.

    ``only_host`` keeps a call that goes out without a server at the host it was made to: nobody
    else is called because a far side says so. With a server None: it gets every INVITE and
    decides itself.
    """

    def __init__(self, target: Uri, only_host: str | None) -> None:
        self._only_host = only_host
        self._tried = {str(target)}
        self._waiting: list[Uri] = []

    def take(self, response: Response) -> None:
        """Note the contacts of a redirection."""
        if response.status_code not in _FOLLOWED:
            return
        found: list[tuple[float, Uri]] = []
        for value in response.values("Contact"):
            try:
                contact = NameAddress.parse(value)
            except GrammarError:
                continue
            if self._may_follow(contact.uri):
                found.append((_quality(contact), contact.uri))
        found.sort(key=lambda item: -item[0])
        self._waiting = [uri for _, uri in found] + self._waiting

    def next(self) -> Uri | None:
        """The next target that was not tried yet; None when there is none, or enough were."""
        while self._waiting and len(self._tried) <= TARGETS_LIMIT:
            uri = self._waiting.pop(0)
            if str(uri) not in self._tried:
                self._tried.add(str(uri))
                return uri
        return None

    def _may_follow(self, uri: Uri) -> bool:
        return uri.scheme == "sip" and self._only_host in (None, uri.host)


def _quality(contact: NameAddress) -> float:
    text = parameter(contact.parameters, "q") or "1"
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0
