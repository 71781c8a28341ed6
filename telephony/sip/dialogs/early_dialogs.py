"""The early dialogs of one outgoing INVITE: one for each phone that rings (RFC 3261 12.1.2)."""

from __future__ import annotations

from dataclasses import dataclass

from telephony.sip.core import Core
from telephony.sip.description.sdp import SessionDescription
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.exchange import Exchange
from telephony.sip.dialogs.reliable_provisional import reliable_number
from telephony.sip.syntax.message import Request, Response
from telephony.sip.syntax.uri import GrammarError

# More phones than any hunt group rings; a far side must not fill the memory.
_LIMIT = 64


@dataclass(slots=True)
class EarlyDialog:
    """One ringing phone; ``answer`` is the description it has given so far."""

    dialog: Dialog
    answer: SessionDescription | None = None
    reliable_number: int | None = None


class EarlyDialogs:
    """Early dialogs by the far side's tag."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._dialogs: dict[str, EarlyDialog] = {}

    def get(self, tag: str | None) -> EarlyDialog | None:
        """The early dialog of this To tag."""
        return self._dialogs.get(tag or "")

    def forget(self, tag: str | None) -> None:
        """This phone does not ring any more."""
        self._dialogs.pop(tag or "", None)

    def clear(self) -> None:
        """None of them rings any more."""
        self._dialogs.clear()

    def take(self, invite: Request, response: Response, *, trusted: bool) -> EarlyDialog | None:
        """The early dialog of a provisional answer, new or known; None when it makes none."""
        tag = response.recipient.tag
        if tag is None:
            return None
        early = self._dialogs.get(tag)
        if early is not None:
            if response.contact is not None:
                early.dialog.refresh_target(response)
            return early
        if len(self._dialogs) >= _LIMIT:
            return None
        try:
            early = EarlyDialog(Dialog.from_response(invite, response, trusted=trusted))
        except GrammarError:
            return None
        self._dialogs[tag] = early
        return early

    def acknowledge(self, early: EarlyDialog, invite: Request, response: Response) -> bool:
        """Send the PRACK of a reliable answer; False when it is a copy or out of order."""
        number = reliable_number(response)
        if number is None:
            return True
        last = early.reliable_number
        if last is not None and number != last + 1:
            return False
        early.reliable_number = number
        dialog = early.dialog
        rack = ("RAck", f"{number} {invite.sequence}")
        exchange = Exchange.within(self._core, dialog, _ignore)
        exchange.start(dialog.request("PRACK", dialog.next_sequence(), (rack,)))
        return True


def _ignore(response: Response | None) -> None:
    """A PRACK that fails changes nothing: the far side repeats its answer, or gives up."""
