"""A request other than INVITE, sent again with credentials when it is challenged."""

from __future__ import annotations

from collections.abc import Callable

from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.syntax.address import Address, SequenceNumber
from telephony.sip.syntax.message import Request, Response, with_header, without_header
from telephony.sip.transactions.transaction import TransactionKey

# The registrar's or far side's realm and a proxy's, each with a nonce that has grown stale.
CHALLENGES_LIMIT = 4


class Exchange:
    """Sends ``request`` (without Via) and calls ``on_final`` once: None when nobody answered.

    ``next_sequence`` None: a challenge is as good an answer as any, and no credentials are given.
    """

    def __init__(
        self,
        core: Core,
        destination: Address,
        next_sequence: Callable[[], int] | None,
        on_final: Callable[[Response | None], None],
    ) -> None:
        self._core = core
        self._destination = destination
        self._next_sequence = next_sequence
        self._on_final: Callable[[Response | None], None] | None = on_final
        self._challenges = 0
        self._key: TransactionKey | None = None

    @classmethod
    def within(
        cls, core: Core, dialog: Dialog, on_final: Callable[[Response | None], None]
    ) -> Exchange:
        """One within a dialog; a stranger's challenge gets no credentials."""
        next_sequence = dialog.next_sequence if dialog.trusted else None
        return cls(core, dialog.destination, next_sequence, on_final)

    def start(self, request: Request) -> None:
        """Send it."""
        self._key, _ = self._core.send_request(request, self._destination, self)

    def abandon(self) -> None:
        """Stop repeating the request and forget its answer."""
        self._on_final = None
        if self._key is not None:
            self._core.layer.abandon(self._key)

    def on_response(self, request: Request, response: Response) -> None:
        if response.status_code < 200 or self._on_final is None:
            return
        challenged = response.status_code in (401, 407)
        if challenged and self._next_sequence and self._challenges < CHALLENGES_LIMIT:
            self._challenges += 1
            again = renewed(self._core, request, response, self._next_sequence)
            if again is not None:
                self.start(again)
                return
        self._on_final(response)

    def on_timeout(self, request: Request) -> None:
        if self._on_final is not None:
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
