"""Being reached where the registrar sees this phone, when a translator is in between (RFC 3581)."""

from __future__ import annotations

from telephony.sip.core import Core
from telephony.sip.network_address import contact_seen
from telephony.sip.syntax.message import Response

# A translator that shows another port to every request would have us register for ever.
_CHANGES_LIMIT = 3


class SeenContact:
    """Of one registration; changes ``core.seen_contact``."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._changes = 0

    def has_moved(self, response: Response) -> bool:
        """Whether the server sees us elsewhere than we are registered, by any answer of its."""
        core = self._core
        learns = core.identity.learns_contact and self._changes < _CHANGES_LIMIT
        return learns and contact_seen(response.top_via, core.contact) != core.contact

    def learn(self, response: Response) -> bool:
        """Take a 2xx to our REGISTER; True when the contact is another one from now on.

        After a few changes in a row it stays as it is until the registrar sees it once.
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
        """The phone has moved to another network."""
        self._core.seen_contact = None
        self._changes = 0
