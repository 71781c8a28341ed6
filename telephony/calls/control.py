"""Call commands of the phone: answer, dial, hold, mute, record, transfer, consult, conference.

Base classes of ``telephony.phone.Phone``. A command that cannot be executed emits CommandRefused.
All methods run on the event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from telephony.calls.book import CallBook
from telephony.calls.media import CallMedia, HoldChanges
from telephony.calls.recordings import CallRecordings
from telephony.commands import RecordingAction
from telephony.events import (
    CallFacts,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    Direction,
    DoNotDisturbChanged,
    MuteChanged,
    PhoneEvent,
    RecordingChanged,
)
from telephony.identity import dialled_uri
from telephony.presence import Presence
from telephony.settings import PhoneSettings
from telephony.signalling import Signalling
from telephony.sip.agent import UserAgent
from telephony.sip.offer_answer import LocalMedia
from telephony.sip.primitives import Identifiers

_DIGITS = frozenset("0123456789*#ABCD")


class CallControl:
    """Commands for single calls. A command that cannot be executed emits CommandRefused.

    All methods must be called on the running loop. Unless ``side_by_side``, answering, dialling or
    resuming a call holds all other calls.
    """

    def __init__(
        self,
        settings: PhoneSettings,
        on_event: Callable[[PhoneEvent], None],
        signalling: Signalling,
        media: CallMedia,
        *,
        now: Callable[[], datetime],
        identifiers: Identifiers,
        side_by_side: bool,
    ) -> None:
        self._settings = settings
        self._on_event = on_event
        self._signalling = signalling
        self._media = media
        self._now = now
        self._identifiers = identifiers
        self._side_by_side = side_by_side
        self._book = CallBook()
        self._holds = HoldChanges(signalling, media)
        self._recordings = CallRecordings(settings.recording, media, self._on_recording, now)
        self._conference: tuple[str, ...] = ()

    def answer(self, call_id: str) -> None:
        """Answers a ringing call."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id):
            self._refuse(call_id, "answer")
            return
        local = self._open_media(call_id, "answer")
        if local is None:
            return
        others = self._silence_others(call_id)
        self._signalling.run(agent.answer(call_id, local, self._signalling.time_s()))
        self._hold(others)

    def reject(self, call_id: str, status_code: int = 486) -> None:
        """Rejects a ringing call with this final status."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id) or not 300 <= status_code <= 699:
            self._refuse(call_id, "reject")
        else:
            self._signalling.run(agent.reject(call_id, status_code, self._signalling.time_s()))

    def redirect(self, call_id: str, number: str) -> None:
        """Redirects a ringing call to another number."""
        agent = self._agent
        target = dialled_uri(number, self._settings.account)
        if agent is None or not agent.is_ringing(call_id):
            self._refuse(call_id, "redirect")
        elif target is None or not target.host:
            self._on_event(CommandRefused(call_id, "redirect", "bad_number"))
        else:
            self._signalling.run(agent.redirect(call_id, target, self._signalling.time_s()))

    def hang_up(self, call_id: str) -> None:
        """Ends a call in any state."""
        agent = self._agent
        if agent is None or not agent.is_live(call_id):
            self._refuse(call_id, "hang_up")
        else:
            self._signalling.run(agent.hang_up(call_id, self._signalling.time_s()))

    def call(self, number: str, call_id: str | None = None) -> str | None:
        """Calls a number or SIP URI; returns the call ID, or None if refused.

        A number, or a URI of the PBX, is called through the server; a URI of another host is called
        directly.
        """
        call_id = call_id or self._identifiers.call_id()
        return self._call(number, call_id, "call", call_id)

    def hold(self, call_id: str) -> None:
        """Requests hold; CallHeld reports that the remote party has accepted it."""
        if not self._book.is_up(call_id) or self._book.is_held(call_id):
            self._refuse(call_id, "hold")
        else:
            self._holds.hold(call_id)

    def resume(self, call_id: str) -> None:
        """Resumes a held call; CallResumed reports that the remote party has accepted it."""
        if not self._book.is_up(call_id) or not (
            self._book.is_held(call_id) or self._holds.wants(call_id)
        ):
            self._refuse(call_id, "resume")
            return
        self._hold(self._silence_others(call_id))
        for each in self._with_conference(call_id):
            if self._book.is_held(each) or each == call_id:
                self._holds.resume(each)

    def call_referred(self, call_id: str, number: str, referred_by: str) -> None:
        """Makes the call that the remote party of another call requested by a permitted REFER."""
        agent = self._agent
        if agent is None:
            return
        local = self._open_media(call_id, "call")
        if local is not None:
            facts = CallFacts(referred_by=referred_by)
            direction = Direction.OUTGOING
            self._begin(CallRinging(call_id, direction, number, "", number, self._now(), facts))
        self._signalling.run(agent.call_referred(call_id, local, self._signalling.time_s()))

    def invite(self, call_id: str) -> bytes | None:
        """Returns the INVITE of a live call as on the wire; None for an ended call."""
        agent = self._agent
        return None if agent is None else agent.invite(call_id)

    def set_muted(self, call_id: str, muted: bool) -> None:
        """Returns the INVITE of a live call as sent or received; None for an ended call."""
        if self._media.set_muted(call_id, muted):
            self._book.muted(call_id, muted)
            self._on_event(MuteChanged(call_id, self._now(), muted))
        else:
            self._refuse(call_id, "set_muted")

    def send_digits(self, call_id: str, digits: str) -> None:
        """Sends DTMF digits (0-9, *, #, A-D) in the audio stream, or by INFO if the stream cannot
        carry them.
        """
        agent = self._agent
        keys = digits.upper()
        if agent is None or not self._book.is_up(call_id):
            self._refuse(call_id, "send_digits")
        elif not keys or not set(keys) <= _DIGITS:
            self._on_event(CommandRefused(call_id, "send_digits", "bad_number"))
        elif not self._media.send_digits(call_id, keys):
            for digit in keys:
                self._signalling.run(agent.send_digit(call_id, digit, self._signalling.time_s()))

    def set_do_not_disturb(self, wanted: bool) -> None:
        """Starts or stops rejecting all new calls; DoNotDisturbChanged reports it.

        Ringing calls are not affected.
        """
        self._settings = replace(self._settings, do_not_disturb=wanted)
        if self._agent is not None:
            time_s = self._signalling.time_s()
            self._signalling.run(self._agent.set_do_not_disturb(wanted, time_s))
        self._on_event(DoNotDisturbChanged(self._now(), wanted))

    def set_deserted(self, deserted: bool) -> None:
        """Starts or stops rejecting ringing and new calls because no console responds."""
        self._signalling.set_deserted(deserted)

    def set_presence(self, presence: Presence | None) -> None:
        """Publishes the operator's presence to the PBX, or withdraws it with None; PresenceChanged
        reports it.
        """
        self._settings = replace(self._settings, presence=presence)
        if self._agent is not None:
            self._signalling.run(self._agent.set_presence(presence, self._signalling.time_s()))

    def record(self, call_id: str, action: RecordingAction) -> None:
        """Starts, pauses, resumes or stops the recording; RecordingChanged reports the result."""
        if not self._book.is_up(call_id):
            self._refuse(call_id, "record")
            return
        code = self._recordings.command(call_id, action)
        if code is not None:
            self._on_event(CommandRefused(call_id, "record", code))

    def _on_recording(self, event: RecordingChanged) -> None:
        self._book.recorded(event)
        self._on_event(event)

    def forget(self, call_id: str) -> None:
        """Removes an ended call from ``calls``."""
        self._book.forget(call_id)

    def count_as_try(self, call_id: str, among: Collection[str]) -> None:
        """Merges a missed call into an earlier one of the same caller; see
        ``CallBook.count_as_try``.
        """
        self._book.count_as_try(call_id, among)

    @property
    def _agent(self) -> UserAgent | None:
        return self._signalling.agent

    def _call(
        self,
        number: str,
        call_id: str,
        command: str,
        commanded_id: str,
        consultation_of: str | None = None,
    ) -> str | None:
        agent = self._agent
        target = dialled_uri(number, self._settings.account)
        if target is None or agent is None or not target.host:
            self._on_event(CommandRefused(commanded_id, command, "bad_number"))
            return None
        if self._book.find(call_id) is not None:
            self._on_event(CommandRefused(commanded_id, command, "wrong_state"))
            return None
        local = self._open_media(call_id, command, commanded_id)
        if local is None:
            return None
        others = self._silence_others(call_id)
        ringing = CallRinging(call_id, Direction.OUTGOING, number, "", number, self._now())
        self._begin(ringing, consultation_of)
        signalling = self._signalling
        directly = signalling.leads_past_server(target)
        signalling.run(agent.call(call_id, target, local, signalling.time_s(), directly=directly))
        self._hold(others)
        return call_id

    def _begin(self, ringing: CallRinging, consultation_of: str | None = None) -> None:
        self._book.begin(ringing, consultation_of)
        self._on_event(ringing)

    def _refuse(self, call_id: str, command: str) -> None:
        known = self._book.find(call_id) is not None
        code = "wrong_state" if known else "unknown_call"
        self._on_event(CommandRefused(call_id, command, code))

    def _open_media(
        self, call_id: str, command: str, commanded_id: str | None = None
    ) -> LocalMedia | None:
        port = self._media.open(call_id)
        if port is None:
            self._on_event(CommandRefused(commanded_id or call_id, command, "no_media"))
            return None
        return self._signalling.local_media(port)

    # One conversation at a time.

    def _with_conference(self, call_id: str) -> tuple[str, ...]:
        return self._conference if call_id in self._conference else (call_id,)

    def _silence_others(self, call_id: str) -> tuple[str, ...]:
        """Mutes the calls whose remote parties must not hear the conversation with ``call_id``;
        returns their IDs.
        """
        if self._side_by_side:
            return ()
        together = self._with_conference(call_id)
        replaced = self._book.replaced_by(call_id)
        others = tuple(
            each for each in self._book.talking() if each not in together and each != replaced
        )
        for each in others:
            self._media.set_held(each, True)
        return others

    def _hold(self, call_ids: tuple[str, ...]) -> None:
        for call_id in call_ids:
            # A call may have ended since.
            if self._book.is_up(call_id) and not self._holds.wants(call_id):
                self._holds.hold(call_id)


class CallDesk(CallControl):
    """Commands that involve several remote parties."""

    def transfer(self, call_id: str, number: str) -> None:
        """Transfers the remote party to a number without consultation.

        The call is held during the transfer, and remains held if the transfer fails.
        """
        agent, target = self._agent, dialled_uri(number, self._settings.account)
        if agent is None or not self._book.is_up(call_id):
            self._refuse(call_id, "transfer")
        elif target is None or not target.host:
            self._on_event(CommandRefused(call_id, "transfer", "bad_number"))
        else:
            self._media.set_held(call_id, True)
            self._signalling.run(agent.transfer(call_id, target, self._signalling.time_s()))

    def consult(self, call_id: str, number: str, consultation_id: str | None = None) -> str | None:
        """Holds the call, then calls a number for consultation; returns the new call ID.

        None if refused immediately; a hold rejected by the remote party is reported later.
        """
        new_id = consultation_id or self._identifiers.call_id()
        if not self._book.is_up(call_id) or self._book.consultation(call_id) is not None:
            self._refuse(call_id, "consult")
            return None
        if self._holds.wants(call_id):
            self._on_event(CommandRefused(call_id, "consult", "busy"))
            return None
        if self._book.is_held(call_id):
            return self._call(number, new_id, "consult", call_id, call_id)

        def go_on(held: bool) -> None:
            if held:
                self._call(number, new_id, "consult", call_id, call_id)
            else:
                self._on_event(CommandRefused(call_id, "consult", "refused"))

        self._holds.hold(call_id, go_on)
        return new_id

    def complete(self, call_id: str) -> None:
        """Connects the held party with the consulted party; accepts either call ID."""
        agent, pair = self._agent, self._book.consultation(call_id)
        if agent is None or pair is None:
            self._on_event(CommandRefused(call_id, "complete", "no_consultation"))
        elif not all(self._book.is_up(each) for each in pair):
            self._on_event(CommandRefused(call_id, "complete", "wrong_state"))
        else:
            held, consultation = pair
            time_s = self._signalling.time_s()
            self._signalling.run(agent.transfer_attended(held, consultation, time_s))

    def back(self, call_id: str) -> None:
        """Ends the consultation and resumes the held call; accepts either call ID.

        If the consultation has already ended, the held call is resumed anyway.
        """
        pair = self._book.consultation(call_id)
        if pair is None:
            if self._book.is_held(call_id):
                self.resume(call_id)
            else:
                self._on_event(CommandRefused(call_id, "back", "no_consultation"))
            return
        held, consultation = pair
        self.hang_up(consultation)
        if self._book.is_held(held) or self._holds.wants(held):
            self.resume(held)

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        """Joins these calls and the operator in a conference; fewer than two calls end the
        conference.

        Held calls are resumed. When a conference ends, the operator continues with its first call
        and the others are held.
        """
        members = tuple(dict.fromkeys(call_ids))
        for call_id in members:
            if not self._book.is_up(call_id):
                self._refuse(call_id, "set_conference")
                return
        former = self._conference
        self._join(members)
        together = self._conference or former[:1]
        for call_id in together[:1]:
            self._hold(self._silence_others(call_id))
        for call_id in self._conference:
            if self._book.is_held(call_id) or self._holds.wants(call_id):
                self._holds.resume(call_id)

    def _join(self, members: tuple[str, ...]) -> None:
        members = members if len(members) > 1 else ()
        if members != self._conference:
            self._conference = members
            self._media.set_conference(members)
            self._on_event(ConferenceChanged(self._now(), members))

    def _leave_conference(self, call_id: str) -> None:
        """Removes an ended call; the conference ends when fewer than two calls remain."""
        if call_id in self._conference:
            self._join(tuple(each for each in self._conference if each != call_id))
