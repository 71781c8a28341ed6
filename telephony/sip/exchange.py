"""A request other than INVITE, sent again with credentials when it is challenged."""

from __future__ import annotations

from collections.abc import Callable

from telephony.sip.address import Address, SequenceNumber
from telephony.sip.core import Core
from telephony.sip.message import Request, Response, with_header, without_header

# One for the challenge, one for a stale nonce, one for a proxy on the way.
CHALLENGES_LIMIT = 3


class Exchange:
    """Sends ``request`` (without Via) and calls ``on_final`` once: None when nobody answered."""

    def __init__(
        self,
        core: Core,
        destination: Address,
        next_sequence: Callable[[], int],
        on_final: Callable[[Response | None], None],
    ) -> None:
        self._core = core
        self._destination = destination
        self._next_sequence = next_sequence
        self._on_final = on_final
        self._challenges = 0

    def start(self, request: Request) -> None:
        """Send it."""
        self._core.send_request(request, self._destination, self)

    def on_response(self, request: Request, response: Response) -> None:
        if response.status_code < 200:
            return
        if response.status_code in (401, 407) and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._next_sequence)
            if again is not None:
                self.start(again)
                return
        self._on_final(response)

    def on_timeout(self, request: Request) -> None:
        self._on_final(None)


def renewed(
    core: Core, request: Request, response: Response, next_sequence: Callable[[], int]
) -> Request | None:
    """The challenged request with credentials and a new CSeq, without Via; None = give up."""
    authorised = core.authenticator.authorise(request, response)
    if authorised is None:
        return None
    sequence = SequenceNumber(next_sequence(), request.method)
    return with_header(without_header(authorised, "Via"), "CSeq", str(sequence))
