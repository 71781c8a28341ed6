"""SIP user agent (RFC 3261, section 8): takes messages, time and commands; returns effects.

Performs no I/O. Times are seconds of one monotonic clock.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace

from telephony.events import EndCause, RegistrationState
from telephony.presence import Presence
from telephony.sip.calls.call import Call
from telephony.sip.calls.incoming_call import NOBODY_THERE_STATUS, CallTable, IncomingCall
from telephony.sip.calls.outgoing_call import OutgoingCall
from telephony.sip.core import Core, Identity
from telephony.sip.effects import CommandFailed, Effect
from telephony.sip.network.transport import TransportFault
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.presence import Publication
from telephony.sip.primitives import AgentLimits, Identifiers
from telephony.sip.refusal import refusal_of_unreadable
from telephony.sip.registration import Registration, UnregisteredWay
from telephony.sip.request_router import RequestRouter
from telephony.sip.sdp import MEDIA_TYPE
from telephony.sip.syntax.address import Address, Uri
from telephony.sip.syntax.message import (
    Headers,
    ParseError,
    Request,
    Response,
    label_of,
    parse_message,
    serialise,
    with_part,
)
from telephony.sip.transactions import TimerValues, TransactionKey
from telephony.sip.transfers import Referrals, Transfers

_log = logging.getLogger(__name__)


class UserAgent:
    """All calls and the registration of one phone.

    Every method with ``now_s`` (seconds of one monotonic clock) returns the effects to execute, in
    order. After each call ``next_at`` returns the time at which ``on_time`` is due.
    """

    def __init__(
        self,
        identity: Identity,
        limits: AgentLimits,
        identifiers: Identifiers,
        values: TimerValues | None = None,
    ) -> None:
        self._core = Core(identity, values or TimerValues(), identifiers, self)
        self._limits = limits
        self._calls = CallTable()
        self._transfers = Transfers(self._core)
        self._referrals = Referrals(self._core)
        self._router = RequestRouter(self._core, self._calls, self._add)
        self.dropped: Counter[str] = Counter()
        """Number of dropped datagrams by reason."""
        self._registration: Registration | None = None
        self._unregistered: UnregisteredWay | None = None
        self._publication: Publication | None = None
        if identity.server is None:
            return
        servers = (identity.server, *identity.backup_servers)
        if not identity.registers or identity.server_uri is None:
            self._unregistered = UnregisteredWay(self._core, servers)
        else:
            self._registration = Registration(
                self._core,
                servers,
                identity.server_uri,
                lambda: bool(self.calls),
                self._calls.rebind,
            )
        self._publication = Publication(self._core, self._is_known)

    def _is_known(self) -> bool:
        """Whether the PBX knows this phone; always True for an account that does not register."""
        registration = self._registration
        return registration is None or registration.state is RegistrationState.REGISTERED

    @property
    def transactions(self) -> int:
        """Number of transactions, including those that only absorb retransmissions."""
        return len(self._core.layer)

    @property
    def calls(self) -> tuple[str, ...]:
        """Ids of the calls that still take part in signalling."""
        return self._calls.ids

    def next_at(self) -> float | None:
        """Returns the time at which ``on_time`` must be called next."""
        return self._core.next_at()

    def on_time(self, now_s: float) -> list[Effect]:
        """Runs the timers that are due."""
        self._core.now_s = now_s
        self._core.run_timers()
        return self._finish()

    # --- commands ---

    def start(self, now_s: float) -> list[Effect]:
        """Registers, if there is an account that registers."""
        self._core.now_s = now_s
        if self._registration is not None:
            self._registration.start()
        return self._finish()

    def stop(self, now_s: float) -> list[Effect]:
        """Ends all calls, withdraws the publication and unregisters."""
        self._core.now_s = now_s
        for call in self._calls:
            call.hang_up()
        if self._publication is not None:
            self._publication.stop()
        if self._registration is not None:
            self._registration.stop()
        return self._finish()

    @property
    def settled(self) -> bool:
        """Whether there is no call and no request to the registrar is pending."""
        accounts = (self._registration, self._publication)
        waits = any(each is not None and each.busy for each in accounts)
        return not len(self._calls) and not waits

    def accept_from(self, hosts: frozenset[str]) -> None:
        """Replaces the set of IP addresses whose requests are accepted."""
        self._limits = replace(self._limits, accept_from=hosts)

    def call(
        self,
        call_id: str,
        target: Uri,
        local: LocalMedia,
        now_s: float,
        *,
        directly: bool = False,
    ) -> list[Effect]:
        """Calls ``target``; ``call_id`` must be new.

        With ``directly`` the INVITE is sent to the target's own host and not through the server.
        """
        self._core.now_s = now_s
        self._start_call(call_id, target, local, directly=directly)
        return self._finish()

    def _start_call(
        self,
        call_id: str,
        target: Uri,
        local: LocalMedia,
        headers: Headers = (),
        *,
        directly: bool = False,
    ) -> None:
        call = OutgoingCall(
            self._core, self._limits, call_id, target, local, headers, directly=directly
        )
        self._add(call)
        call.start()

    def _add(self, call: Call) -> None:
        if self._limits.accept_refer:
            call.on_refer = self._referrals.receive
        self._calls.add(call)

    def refresh_registration(self, now_s: float) -> list[Effect]:
        """Registers immediately, because the network has changed or the machine was suspended."""
        self._core.now_s = now_s
        if self._registration is not None:
            self._registration.refresh()
        self._doubt_publication()
        return self._finish()

    def renew_registration(self, now_s: float) -> list[Effect]:
        """Registers immediately on a user's request, also after a refused password."""
        self._core.now_s = now_s
        if self._registration is not None:
            self._registration.renew()
        self._doubt_publication()
        return self._finish()

    def _doubt_publication(self) -> None:
        if self._publication is not None:
            self._publication.doubt()

    def set_presence(self, presence: Presence | None, now_s: float) -> list[Effect]:
        """Publishes the operator's presence; None withdraws it.

        The result is reported by PresenceUpdated. Without a server nothing is sent.
        """
        self._core.now_s = now_s
        if self._publication is not None:
            self._publication.want(presence)
        return self._finish()

    def use_servers(self, servers: tuple[Address, ...], now_s: float) -> list[Effect]:
        """Replaces the registrars' addresses after name resolution, best first; never empty."""
        self._core.now_s = now_s
        if self._registration is not None:
            self._registration.use_servers(servers)
        elif self._unregistered is not None:
            self._unregistered.use_servers(servers)
        return self._finish()

    def invite(self, call_id: str) -> bytes | None:
        """Returns the serialised INVITE of a call; None if the call has left signalling."""
        call = self._calls.get(call_id)
        invite = None if call is None else call.invite
        return None if invite is None else serialise(invite)

    def is_ringing(self, call_id: str) -> bool:
        """Whether the call is incoming and not answered yet."""
        call = self._calls.get(call_id)
        return isinstance(call, IncomingCall) and call.ringing

    def is_live(self, call_id: str) -> bool:
        """Whether the call exists and has not ended."""
        call = self._calls.get(call_id)
        return call is not None and not call.ended

    def answer(self, call_id: str, local: LocalMedia, now_s: float) -> list[Effect]:
        """Answers a ringing call."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if isinstance(call, IncomingCall):
            call.answer(local)
        return self._finish()

    def reject(self, call_id: str, status_code: int, now_s: float) -> list[Effect]:
        """Rejects a ringing call."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if isinstance(call, IncomingCall):
            call.reject(status_code)
        return self._finish()

    def redirect(self, call_id: str, target: Uri, now_s: float) -> list[Effect]:
        """Redirects the caller of a ringing call to another address (302)."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if not isinstance(call, IncomingCall) or not call.redirect(target):
            self._core.emit(CommandFailed(call_id, "redirect", "wrong_state"))
        return self._finish()

    def hang_up(self, call_id: str, now_s: float) -> list[Effect]:
        """Ends a call in any state."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if call is not None:
            call.hang_up()
        return self._finish()

    def hold(self, call_id: str, now_s: float) -> list[Effect]:
        """Puts a call on hold; HoldChanged reports that the remote party agreed."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if call is None:
            self._core.emit(CommandFailed(call_id, "hold", "unknown_call"))
        else:
            call.hold()
        return self._finish()

    def resume(self, call_id: str, now_s: float) -> list[Effect]:
        """Resumes a held call; HoldChanged reports that the remote party agreed."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if call is None:
            self._core.emit(CommandFailed(call_id, "resume", "unknown_call"))
        else:
            call.resume()
        return self._finish()

    def transfer(self, call_id: str, target: Uri, now_s: float) -> list[Effect]:
        """Transfers a call's remote party to ``target``; TransferUpdated reports the progress."""
        self._core.now_s = now_s
        self._transfers.start(self._calls.get(call_id), call_id, target)
        return self._finish()

    def transfer_attended(self, call_id: str, consultation_id: str, now_s: float) -> list[Effect]:
        """Connects the remote parties of two calls; both calls end after a successful transfer."""
        self._core.now_s = now_s
        consultation = self._calls.get(consultation_id)
        self._transfers.start_attended(self._calls.get(call_id), call_id, consultation)
        return self._finish()

    def call_referred(
        self, new_call_id: str, local: LocalMedia | None, now_s: float
    ) -> list[Effect]:
        """Makes the call that CallReferred requested; without media the REFER is declined."""
        self._core.now_s = now_s
        reference = self._referrals.reference_of(new_call_id)
        if local is None:
            self._referrals.decline(new_call_id)
        elif reference is not None:
            self._start_call(new_call_id, reference.target, local, reference.headers)
        return self._finish()

    def send_digit(self, call_id: str, digit: str, now_s: float) -> list[Effect]:
        """Sends one of 0-9, *, #, A-D by INFO, for calls without RFC 4733 events."""
        self._core.now_s = now_s
        call = self._calls.get(call_id)
        if call is None:
            self._core.emit(CommandFailed(call_id, "send_digits", "unknown_call"))
        else:
            call.send_digit(digit)
        return self._finish()

    def set_do_not_disturb(self, wanted: bool, now_s: float) -> list[Effect]:
        """Turns the automatic rejection of calls on or off; calls that already ring continue."""
        self._core.now_s = now_s
        self._limits = replace(self._limits, do_not_disturb=wanted)
        return self._finish()

    def set_deserted(self, deserted: bool, now_s: float) -> list[Effect]:
        """Sets whether no console can answer: ringing calls and new calls are then rejected."""
        self._core.now_s = now_s
        self._limits = replace(self._limits, deserted=deserted)
        if deserted:
            for call in self._calls:
                if isinstance(call, IncomingCall):
                    call.reject(NOBODY_THERE_STATUS, EndCause.NOBODY_THERE)
        return self._finish()

    def set_closed(self, closed: bool, now_s: float) -> list[Effect]:
        """Sets whether the line is closed: calls are then accepted even in do not disturb.

        They ring at no operator, because the phone answers them automatically.
        """
        self._core.now_s = now_s
        self._limits = replace(self._limits, closed=closed)
        return self._finish()

    def expect(self, callers: frozenset[str], now_s: float) -> list[Effect]:
        """Sets the callers, by name or number, that are accepted even in do not disturb."""
        self._core.now_s = now_s
        self._limits = replace(self._limits, expected=callers)
        return self._finish()

    def rebind(self, contact: Uri, now_s: float) -> list[Effect]:
        """Sets the own contact, registers it and updates the dialogs of live calls."""
        core = self._core
        core.now_s = now_s
        former, core.identity = core.contact, replace(core.identity, contact=contact)
        if self._registration is not None:
            self._registration.rebind(former)
        self._doubt_publication()
        self._calls.rebind()
        return self._finish()

    # --- messages ---

    def transport_failed(
        self, destination: Address, fault: TransportFault, now_s: float
    ) -> list[Effect]:
        """Reports that ``destination`` is unreachable: its connection was lost or never opened."""
        self._core.now_s = now_s
        self._core.fail(destination, fault)
        if self._registration is not None:
            self._registration.on_fault(destination)
        if destination == self._core.server:
            # A restarted server may have lost the publication.
            self._doubt_publication()
        return self._finish()

    def receive(self, data: bytes, source: Address, now_s: float) -> list[Effect]:
        """Processes one datagram, or one message of a connection. No input raises."""
        self._core.now_s = now_s
        if not data.strip(b"\r\n\0 \t"):
            return []  # Keep-alive (RFC 5626, section 3.5.1).
        try:
            message = parse_message(data)
        except ParseError as error:
            self._refuse_unreadable(error, source)
            return self._finish()
        _log.debug("received over %s: %s", source.transport, label_of(message))
        if isinstance(message, Response):
            self._receive_response(with_part(message, MEDIA_TYPE))
        elif not self._may(message, source):
            self._drop("stranger")
        elif self._core.layer.is_full and not self._core.layer.knows(message):
            self._drop("flood")
        else:
            request = with_part(message, MEDIA_TYPE)
            self._core.run(self._core.layer.receive_request(request, source, now_s))
        return self._finish()

    def _receive_response(self, response: Response) -> None:
        """Processes a response meant for this agent (RFC 3261, sections 8.1.3.3 and 18.1.2)."""
        if len(response.values("Via")) > 1:
            self._drop("response_of_another")
        elif not self._core.layer.expects(response):
            self._drop("response_unknown")
        else:
            self._core.run(self._core.layer.receive_response(response, self._core.now_s))

    def _accepts(self, source: Address) -> bool:
        # The registrar may have redirected this agent to a server that is not in the settings.
        server = self._core.server
        is_server = server is not None and source.host == server.host
        return is_server or source.host in self._limits.accept_from

    def _may(self, request: Request, source: Address) -> bool:
        """Whether the request is answered: from an accepted address, or about an existing call.

        With "*" in ``accept_from``, other addresses may also send an INVITE for a new call.
        """
        if self._accepts(source) or self._core.layer.knows(request):
            return True
        if request.method == "INVITE" and request.recipient.tag is None:
            return "*" in self._limits.accept_from
        return self._calls.find(request) is not None

    def _drop(self, reason: str) -> None:
        self.dropped[reason] += 1
        _log.info("datagram: dropped: %s", reason)

    def _refuse_unreadable(self, error: ParseError, source: Address) -> None:
        refusal = None
        if self._accepts(source):
            refusal = refusal_of_unreadable(error, source, self._core.identifiers.tag())
        if refusal is None:
            self._drop(error.code)
            return
        _log.info("request: rejected: %s %d", error.code, error.status_code)
        self._core.send(*refusal)

    def on_request(self, key: TransactionKey | None, request: Request, source: Address) -> None:
        self._router.receive(key, request, limits=self._limits, trusted=self._accepts(source))

    def _finish(self) -> list[Effect]:
        self._transfers.advance()
        if self._publication is not None:
            self._publication.advance()
        effects = self._core.take_effects()
        self._referrals.observe(effects)
        self._calls.forget_finished()
        return effects + self._core.take_effects()
