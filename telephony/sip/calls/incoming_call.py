"""Incoming call, lookup of the call that it replaces (RFC 3891), and the table of all calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telephony.events import EndCause
from telephony.sip.call_facts import (
    auto_answer_after_s,
    cause_of_cancel,
    read_caller,
    read_facts,
)
from telephony.sip.calls.call import Call
from telephony.sip.calls.outgoing_call import OutgoingCall
from telephony.sip.calls.replaces import Replaces
from telephony.sip.capabilities import session_headers
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Dialog
from telephony.sip.dialogs.dialog_usage import RING_LIMIT, read_description
from telephony.sip.dialogs.invites import ReliableProvisional, requires
from telephony.sip.effects import AnswerWanted, CallOffered
from telephony.sip.offer_answer import LocalMedia, Negotiation
from telephony.sip.primitives import AgentLimits
from telephony.sip.sdp import MEDIA_TYPE, SessionDescription, serialise_sdp
from telephony.sip.syntax.address import GrammarError, Uri
from telephony.sip.syntax.framing import values_of
from telephony.sip.syntax.message import Headers, Request
from telephony.sip.transactions import TransactionKey


def find_replaced(invite: Request, calls: Iterable[Call]) -> Call | int | None:
    """Returns the call named by Replaces, the status of a refusal, or None without Replaces."""
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
    # A ringing incoming call may be replaced only by its caller.
    return found if isinstance(found, OutgoingCall) else 481


def _is_meant(call: Call, replaces: Replaces) -> bool:
    if call.dialog is not None:
        return replaces.means(call.dialog)
    # Before an answer there may be several early dialogs, so the remote tag is not compared.
    return isinstance(call, OutgoingCall) and (call.call_id, call.local_tag) == (
        replaces.call_id,
        replaces.to_tag,
    )


def end_replaced(call: Call) -> None:
    """Ends a call that another call has replaced."""
    former = call.on_end

    def on_end(cause: EndCause) -> EndCause:
        if former is not None:
            former(cause)
        return EndCause.REPLACED

    call.on_end = on_end
    call.hang_up()


NOBODY_THERE_STATUS = 480
"""Temporarily Unavailable: a queue then rings another workplace (RFC 3261, 21.4.18)."""
_REPEAT_RINGING = "repeat_ringing"
_REPEAT_RINGING_S = 60.0
_ANSWER = "answer"


class IncomingCall(Call):
    """An incoming call; ``invite`` has passed the checks of the user agent.

    ``trusted`` means that it came from the registrar or another configured address. A call that
    ``replaces`` another must be answered immediately, and then ends that call (RFC 3891).
    """

    def __init__(
        self,
        core: Core,
        limits: AgentLimits,
        call_id: str,
        local_tag: str,
        key: TransactionKey,
        invite: Request,
        *,
        trusted: bool,
        replaces: Call | None = None,
    ) -> None:
        super().__init__(core, limits, call_id, local_tag)
        self._trusted = trusted
        self._replaces = replaces
        self.key = key
        self._invite = invite
        self.dialog = Dialog.from_invite(invite, local_tag, trusted=trusted)
        self._answered = False
        # A caller that requires reliable responses and makes no offer expects ours in the first of
        # them (RFC 3262, section 5), before a media port exists. This caller hears no ringing.
        self._reliable: ReliableProvisional | None = None
        self._tells_ringing = True
        if requires(invite):
            self._reliable = ReliableProvisional(core, key, self._on_prack_missing)
            self._tells_ringing = bool(invite.body)

    @property
    def ringing(self) -> bool:
        return not self._answered and not self.ended

    @property
    def invite(self) -> Request | None:
        return self._invite

    def ring(self, *, may_answer: bool) -> None:
        """Sends 180 and reports the call to the console.

        With ``may_answer`` the PBX may request automatic answer.
        """
        self._core.respond(self.key, self._core.response(self._invite, 100))
        self._send_ringing()
        self._tell()
        self._core.arm(self, RING_LIMIT, self._limits.ring_limit_s)
        wait_s = auto_answer_after_s(self._invite) if may_answer and self._trusted else None
        if self._replaces is not None:
            self._core.emit(AnswerWanted(self.call_id))
        elif wait_s is not None:
            self._core.arm(self, _ANSWER, wait_s)

    def turn_away(self, status_code: int, cause: EndCause, headers: Headers = ()) -> None:
        """Rejects the call without ringing; the call is still reported to the console."""
        self._tell()
        self._refuse(status_code, headers)
        self._end(cause, status_code)

    def is_from(self, callers: frozenset[str]) -> bool:
        """Whether the caller's number or name is one of these."""
        caller = read_caller(self._invite, trusted=self._trusted)
        return not callers.isdisjoint((caller.number, caller.name))

    def _tell(self) -> None:
        caller = read_caller(self._invite, trusted=self._trusted)
        replaces = None if self._replaces is None else self._replaces.call_id
        facts = read_facts(self._invite, trusted=self._trusted, replaces=replaces)
        self._core.emit(
            CallOffered(self.call_id, caller.number, caller.name, caller.dialled_line, facts)
        )

    def _send_ringing(self) -> None:
        core = self._core
        headers = (
            *(("Record-Route", value) for value in self._invite.values("Record-Route")),
            *session_headers(core),
        )
        ringing = core.response(self._invite, 180, tag=self.local_tag, headers=headers)
        if not self._tells_ringing:
            core.respond(self.key, core.response(self._invite, 100))
        elif self._reliable is not None:
            self._reliable.send(ringing)
        else:
            core.respond(self.key, ringing)
        # A proxy gives up after three minutes without a provisional response (section 13.3.1.1).
        core.arm(self, _REPEAT_RINGING, _REPEAT_RINGING_S)

    def answer(self, local: LocalMedia) -> bool:
        """Answers the call with this media; returns False if it no longer rings."""
        if not self.ringing:
            return False
        identifiers = self._core.identifiers
        negotiation = Negotiation(identifiers.session_id(), local, identifiers.srtp_key)
        self._negotiation = negotiation
        if not self._invite.body:
            self._take(negotiation.offer(), offered_by_us=True)
            return True
        offer = read_description(self._invite.body)
        answered = None if offer is None else negotiation.answer(offer)
        if answered is None:
            self._refuse(488, self._warning(offer, negotiation))
            self._end(self._cause_of_refusal(offer, negotiation), 488)
            return True
        description, media = answered
        self._take(description, offered_by_us=False)
        self._use(media)
        self._establish()
        return True

    def _take(self, description: SessionDescription, *, offered_by_us: bool) -> None:
        self._stop_ringing()
        self._send_ok(self.key, self._invite, description, offered_by_us=offered_by_us)
        if self._replaces is not None:
            end_replaced(self._replaces)

    def reject(self, status_code: int, cause: EndCause = EndCause.REJECTED) -> bool:
        """Rejects the call; returns False if it no longer rings."""
        if not self.ringing:
            return False
        self._refuse(status_code)
        self._end(cause, status_code)
        return True

    def hang_up(self) -> None:
        if self.ringing:
            self.reject(480)
        elif not self.ended:
            self._hang_up_dialog()

    def receive_cancel(self, request: Request) -> None:
        """Ends a ringing call; a CANCEL after the answer has no effect."""
        if self.ringing:
            self._refuse(487)
            self._end(cause_of_cancel(request))

    def receive_bye(self, key: TransactionKey, request: Request) -> None:
        if self.ringing:
            # A caller may also end an early dialog by BYE (section 15.1.2).
            self._core.respond(key, self._core.response(request, 200))
            self._refuse(487)
            self._end(cause_of_cancel(request))
        else:
            super().receive_bye(key, request)

    def receive_prack(self, key: TransactionKey, request: Request) -> None:
        """Handles the PRACK of a reliable response; it may contain a new offer (RFC 3262)."""
        if self._reliable is None or not self._reliable.takes(request):
            self._core.refuse(key, request, 481)
        elif not request.body:
            self._core.respond(key, self._core.response(request, 200))
        elif self._negotiation is None:
            # The offer of the INVITE is not answered yet (RFC 6337, section 2).
            self._put_off(key, request)
        else:
            answered = self._answer_offer(key, request, self._negotiation)
            if answered is not None:
                headers = (("Content-Type", MEDIA_TYPE),)
                body = serialise_sdp(answered[0])
                response = self._core.response(request, 200, headers=headers, body=body)
                self._core.respond(key, response)
                self._use(answered[1])

    def _on_prack_missing(self) -> None:
        self.reject(504, EndCause.FAILED)

    def on_timer(self, name: str) -> None:
        if name == RING_LIMIT:
            self.reject(480, EndCause.NOT_ANSWERED)
        elif name == _REPEAT_RINGING:
            self._send_ringing()
        elif name == _ANSWER:
            self._core.emit(AnswerWanted(self.call_id))
        else:
            super().on_timer(name)

    def redirect(self, target: Uri) -> bool:
        """Redirects the caller to another address (302); returns False if it no longer rings."""
        if not self.ringing:
            return False
        self._refuse(302, (("Contact", f"<{target}>"),))
        self._end(EndCause.REJECTED, 302)
        return True

    def _refuse(self, status_code: int, headers: Headers = ()) -> None:
        self._stop_ringing()
        response = self._core.response(
            self._invite, status_code, tag=self.local_tag, headers=headers
        )
        self._core.respond(self.key, response)

    def _stop_ringing(self) -> None:
        self._answered = True
        self._core.cancel(self, RING_LIMIT, _REPEAT_RINGING, _ANSWER)
        if self._reliable is not None:
            self._reliable.stop()


class CallTable:
    """Calls by their id, by the local tag and by the transaction of their INVITE."""

    def __init__(self) -> None:
        self._calls: dict[str, Call] = {}
        self._by_tag: dict[str, Call] = {}
        self._by_key: dict[TransactionKey, IncomingCall] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(list(self._calls.values()))

    def __len__(self) -> int:
        return len(self._calls)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._calls)

    @property
    def live(self) -> int:
        """Number of calls that have not ended."""
        return sum(not call.ended for call in self._calls.values())

    def add(self, call: Call) -> None:
        """Adds a call whose id is new."""
        self._calls[call.call_id] = call
        self._by_tag[call.local_tag] = call
        if isinstance(call, IncomingCall):
            self._by_key[call.key] = call

    def get(self, call_id: str) -> Call | None:
        """Returns the call with this id, or None."""
        return self._calls.get(call_id)

    def find(self, request: Request) -> tuple[Call, Dialog] | None:
        """Returns the call and the dialog of a request with a To tag; None if there is none."""
        call = self._by_tag.get(request.recipient.tag or "")
        dialog = None if call is None else call.dialog_of(request)
        return None if call is None or dialog is None else (call, dialog)

    def find_invite(self, key: TransactionKey) -> IncomingCall | None:
        """Returns the call whose INVITE has this transaction; None if there is none."""
        return self._by_key.get(key)

    def rebind(self) -> None:
        """Updates the contact of this phone in all dialogs."""
        for call in self:
            call.rebind()

    def forget_finished(self) -> None:
        """Removes the calls to which no further message can belong."""
        for call in self:
            if call.finished:
                del self._calls[call.call_id]
                del self._by_tag[call.local_tag]
                if isinstance(call, IncomingCall):
                    del self._by_key[call.key]
