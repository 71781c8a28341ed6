"""Calls that the far side of another call asks for by REFER (RFC 3515, RFC 4488, RFC 5589)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from telephony.sip.calls.call import Call
from telephony.sip.calls.replaces import replaces_of
from telephony.sip.core import Core
from telephony.sip.dialogs.exchange import Exchange
from telephony.sip.dialogs.sipfrag import REFER_EVENT, SIPFRAG_TYPE, write_sipfrag
from telephony.sip.effects import (
    CallEstablished,
    CallProgressing,
    CallReferred,
    CallTerminated,
    Effect,
)
from telephony.sip.syntax.address import NameAddress
from telephony.sip.syntax.header_text import addresses, shown, shown_number, values_of
from telephony.sip.syntax.message import Headers, Request, Response
from telephony.sip.syntax.uri import GrammarError, Parameters, Uri, parameter
from telephony.sip.transactions.transaction import TransactionKey

_EXPIRES_S = 180
_NO_MEDIA_STATUS = 503


@dataclass(frozen=True, slots=True)
class Reference:
    """What a REFER asks for: whom to call, and the fields that the INVITE carries over."""

    target: Uri
    headers: Headers


class Referral:
    """One REFER taken: its far side is told how the new call goes."""

    def __init__(
        self, core: Core, call: Call, reference: Reference, event_id: int, *, silent: bool
    ) -> None:
        self.reference = reference
        self.over = False
        self._core = core
        self.call = call
        self._event_id = event_id
        self._silent = silent

    def notify(self, status_code: int) -> None:
        """Tell a status of the new call; a final one ends the subscription."""
        self.over = status_code >= 200
        dialog = self.call.dialog
        if self._silent or dialog is None or self.call.ended:
            return
        state = "terminated;reason=noresource" if self.over else f"active;expires={_EXPIRES_S}"
        headers = (
            ("Event", f"{REFER_EVENT};id={self._event_id}"),
            ("Subscription-State", state),
            self._core.contact_header,
            ("Content-Type", f"{SIPFRAG_TYPE};version=2.0"),
        )
        request = dialog.request("NOTIFY", dialog.next_sequence(), headers)
        exchange = Exchange.within(self._core, dialog, self._on_answer)
        exchange.start(replace(request, body=write_sipfrag(status_code)))

    def _on_answer(self, response: Response | None) -> None:
        if response is None or response.status_code >= 300:
            # Whoever refuses a NOTIFY wants no more of them (RFC 6665 section 4.2.2).
            self._silent = True


class Referrals:
    """The REFERs taken, by the id of the call that each asked for."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._running: dict[str, Referral] = {}

    def receive(self, call: Call, key: TransactionKey, request: Request) -> None:
        """Take a REFER within the dialog of ``call``."""
        if not call.established:
            self._core.refuse(key, request, 603)
            return
        if any(referral.call is call for referral in self._running.values()):
            self._core.refuse(key, request, 491)
            return
        try:
            reference = self._read(request)
        except GrammarError as error:
            self._core.refuse(key, request, 416 if error.code == "scheme" else 400)
            return
        silent = (request.first("Refer-Sub") or "").strip(" \t").lower() == "false"
        headers: Headers = (self._core.contact_header,)
        if silent:
            headers = (*headers, ("Refer-Sub", "false"))
        self._core.respond(key, self._core.response(request, 202, headers=headers))
        sequence = request.sequence.number
        referral = Referral(self._core, call, reference, sequence, silent=silent)
        new_call_id = self._core.identifiers.call_id()
        self._running[new_call_id] = referral
        referral.notify(100)
        target = shown_number(reference.target) or shown(str(reference.target))
        referrers = addresses(request, "Referred-By")
        referred_by = shown_number(referrers[0].uri) if referrers else ""
        self._core.emit(CallReferred(call.call_id, new_call_id, target, referred_by))

    def _read(self, request: Request) -> Reference:
        """GrammarError for what is no single Refer-To; its code is "scheme" for a strange one."""
        values = values_of(request, "Refer-To")
        if len(values) != 1:
            raise GrammarError("refer_to")
        uri = NameAddress.parse(values[0]).uri
        if parameter(uri.parameters, "method") not in (None, "INVITE"):
            raise GrammarError("refer_to")
        headers: list[tuple[str, str]] = []
        replaces = replaces_of(uri)
        if replaces is not None:
            headers.append(("Replaces", str(replaces)))
        headers += [("Referred-By", value) for value in values_of(request, "Referred-By")[:1]]
        return Reference(self._callable(uri), tuple(headers))

    def _callable(self, uri: Uri) -> Uri:
        server = self._core.identity.server_uri
        if uri.scheme == "tel" and server is not None and shown_number(uri):
            user = quote(shown_number(uri), safe="+*")
            return Uri(server.scheme, server.host, user, server.port)
        if uri.scheme not in ("sip", "sips"):
            raise GrammarError("scheme")
        kept: Parameters = tuple(item for item in uri.parameters if item[0] != "method")
        return replace(uri, headers="", parameters=kept)

    def reference_of(self, new_call_id: str) -> Reference | None:
        """What the REFER asked for that CallReferred told with this id."""
        referral = self._running.get(new_call_id)
        return None if referral is None else referral.reference

    def decline(self, new_call_id: str) -> None:
        """Tell the far side that the call it asked for cannot be made."""
        referral = self._running.pop(new_call_id, None)
        if referral is not None:
            referral.notify(_NO_MEDIA_STATUS)

    def observe(self, effects: Sequence[Effect]) -> None:
        """Pass on what happens to the calls that were asked for."""
        for effect in effects:
            match effect:
                case CallProgressing(call_id, status_code):
                    self._notify(call_id, status_code)
                case CallEstablished(call_id):
                    self._notify(call_id, 200)
                case CallTerminated(call_id, _, status_code):
                    self._notify(call_id, status_code or 487)
                case _:
                    pass

    def _notify(self, call_id: str, status_code: int) -> None:
        referral = self._running.get(call_id)
        if referral is not None:
            referral.notify(status_code)
            if referral.over:
                del self._running[call_id]
