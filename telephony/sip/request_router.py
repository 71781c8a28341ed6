"""Routes each new SIP request to its call or to a new call, or rejects it."""

from __future__ import annotations

from collections.abc import Callable

from telephony.events import EndCause
from telephony.sip.call_facts import cause_of_mismatch
from telephony.sip.calls.call import Call
from telephony.sip.calls.incoming_call import (
    NOBODY_THERE_STATUS,
    CallTable,
    IncomingCall,
    find_replaced,
)
from telephony.sip.capabilities import answer_options
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog_usage import read_description
from telephony.sip.primitives import AgentLimits
from telephony.sip.refusal import find_refusal, warning_header
from telephony.sip.sdp import find_mismatch
from telephony.sip.syntax.address import GrammarError
from telephony.sip.syntax.message import Headers, Request
from telephony.sip.transaction_layer import cancelled_key
from telephony.sip.transactions import TransactionKey

# Call-IDs should be printable ASCII without spaces (RFC 3261, section 25.1); some are not.
_NAME_SIGNS = frozenset(map(chr, range(0x21, 0x7F)))
_NAME_LIMIT = 255


class RequestRouter:
    """Routes the requests passed up by the transactions; ``add`` registers a new call."""

    def __init__(self, core: Core, calls: CallTable, add: Callable[[Call], None]) -> None:
        self._core = core
        self._calls = calls
        self._add = add

    def receive(
        self,
        key: TransactionKey | None,
        request: Request,
        *,
        limits: AgentLimits,
        trusted: bool,
    ) -> None:
        """Routes a request; ``key`` is None for the ACK of a 2xx.

        ``trusted`` means that it comes from the registrar or another configured address. "*" allows
        other senders to call, but does not make their headers trusted.
        """
        found = self._calls.find(request)
        if key is None:
            if found is not None:
                found[0].receive_ack(request)
            return
        if request.method == "CANCEL":
            self._receive_cancel(key, request)
            return
        refusal = find_refusal(request)
        if refusal is None and found is None and self._core.layer.merged(request, key):
            refusal = (482, ())
        if refusal is not None:
            self._refuse(key, request, *refusal)
        elif found is not None:
            call, dialog = found
            call.receive(key, request, dialog)
        else:
            self._receive_new(key, request, limits, trusted=trusted)

    def _refuse(
        self, key: TransactionKey, request: Request, status_code: int, headers: Headers = ()
    ) -> None:
        self._core.refuse(key, request, status_code, headers)

    def _receive_cancel(self, key: TransactionKey, request: Request) -> None:
        cancelled = cancelled_key(request)
        call = self._calls.find_invite(cancelled)
        if call is not None:
            response = self._core.response(request, 200, tag=call.local_tag)
            self._core.respond(key, response)
            call.receive_cancel(request)
            return
        if self._core.layer.has_server(cancelled):
            # Its INVITE already has a final response: there is nothing to cancel (section 9.2).
            tag = self._core.identifiers.tag()
            self._core.respond(key, self._core.response(request, 200, tag=tag))
        else:
            self._refuse(key, request, 481)

    def _receive_new(
        self, key: TransactionKey, request: Request, limits: AgentLimits, *, trusted: bool
    ) -> None:
        has_dialog = request.recipient.tag is not None
        match request.method:
            case "OPTIONS" if not has_dialog:
                answer_options(self._core, key, request)
            case "INVITE" if not has_dialog:
                self._receive_invite(key, request, limits, trusted=trusted)
            case "REFER" if not has_dialog:
                # A REFER outside a dialog could make this phone dial chargeable numbers.
                self._refuse(key, request, 603)
            case _:
                self._refuse(key, request, 481)

    def _receive_invite(
        self, key: TransactionKey, request: Request, limits: AgentLimits, *, trusted: bool
    ) -> None:
        offer = read_description(request.body) if request.body else None
        if request.body and offer is None:
            self._refuse(key, request, 400)
            return
        mismatch = None if offer is None else find_mismatch(offer, limits.formats, limits.srtp)
        replaced = find_replaced(request, self._calls)
        if isinstance(replaced, Call) and not trusted:
            # Otherwise any sender that has seen a call's tags could take over the caller.
            replaced = 403
        if isinstance(replaced, int):
            self._refuse(key, request, replaced)
            return
        if replaced is not None and mismatch is not None:
            # No caller is rejected: the call that was to be replaced continues.
            self._refuse(key, request, 488, self._warning(mismatch))
            return
        tag = self._core.identifiers.tag()
        call_id = self._name(request.call_id, tag)
        try:
            call = IncomingCall(
                self._core, limits, call_id, tag, key, request, trusted=trusted, replaces=replaced
            )
        except GrammarError:
            self._refuse(key, request, 400)
            return
        unwanted = None if replaced is not None else _unwanted(call, limits)
        if unwanted is not None and not limits.tells_refused:
            self._refuse(key, request, unwanted[0])
            return
        others = self._calls.live
        self._add(call)
        if replaced is not None:
            call.ring(may_answer=False)
        elif unwanted is not None:
            call.turn_away(*unwanted)
        elif mismatch is not None:
            call.turn_away(488, cause_of_mismatch(mismatch), self._warning(mismatch))
        elif others >= limits.calls:
            call.turn_away(limits.busy_status, EndCause.BUSY)
        else:
            # A header field must not interrupt a conversation.
            call.ring(may_answer=limits.auto_answer_on_request and not others)

    def _name(self, call_id: str, tag: str) -> str:
        """Name of the call for the upper layers: its Call-ID if printable and short enough."""
        signs = set(call_id)
        if len(call_id) > _NAME_LIMIT or not signs <= _NAME_SIGNS:
            return self._core.identifiers.call_id()
        # In a call of the phone to itself both ends have the same Call-ID.
        return call_id if self._calls.get(call_id) is None else f"{call_id};{tag}"

    def _warning(self, mismatch: int) -> Headers:
        return (warning_header(self._core.identity.contact, mismatch),)


def _unwanted(call: IncomingCall, limits: AgentLimits) -> tuple[int, EndCause] | None:
    """Status and cause that reject a call which cannot be answered here; None if it can."""
    is_wanted = limits.closed or not limits.do_not_disturb
    if not is_wanted and not call.is_from(limits.expected):
        return limits.busy_status, EndCause.DO_NOT_DISTURB
    if limits.deserted:
        return NOBODY_THERE_STATUS, EndCause.NOBODY_THERE
    return None
