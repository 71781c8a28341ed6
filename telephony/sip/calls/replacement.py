"""Which of this phone's calls a new one takes the place of (RFC 3891 section 3)."""

from __future__ import annotations

from collections.abc import Iterable

from telephony.events import EndCause
from telephony.sip.calls.call import Call
from telephony.sip.calls.outgoing_call import OutgoingCall
from telephony.sip.calls.replaces import Replaces
from telephony.sip.syntax.header_text import values_of
from telephony.sip.syntax.message import Request
from telephony.sip.syntax.uri import GrammarError


def find_replaced(invite: Request, calls: Iterable[Call]) -> Call | int | None:
    """The call that the INVITE names; the status that refuses it; None when it names none."""
    if invite.first("Replaces") is None:
        return None
    values = values_of(invite, "Replaces")
    if len(values) != 1 or invite.first("Join") is not None:
        return 400
    try:
        replaces = Replaces.parse(values[0])
    except GrammarError:
        return 400
    found = next((call for call in calls if _is_meant(call, replaces)), None)
    if found is None:
        return 481
    if found.ended:
        return 603
    if found.established:
        return 486 if replaces.early_only else found
    # A call that rings here may be taken from us by nobody but its caller.
    return found if isinstance(found, OutgoingCall) else 481


def _is_meant(call: Call, replaces: Replaces) -> bool:
    if call.dialog is not None:
        return replaces.means(call.dialog)
    # Nobody has answered yet, so that there may be several far sides.
    return isinstance(call, OutgoingCall) and (call.call_id, call.local_tag) == (
        replaces.call_id,
        replaces.to_tag,
    )


def end_replaced(call: Call) -> None:
    """End the call whose place another has taken."""
    former = call.on_end

    def on_end(cause: EndCause) -> EndCause:
        if former is not None:
            former(cause)
        return EndCause.REPLACED

    call.on_end = on_end
    call.hang_up()
