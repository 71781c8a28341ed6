"""What can be done with a phone's calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from telephony.call_book import CallBook
from telephony.call_media import CallMedia
from telephony.events import CallFacts, CallRinging, CommandRefused, Direction, PhoneEvent
from telephony.identity import dialled_uri
from telephony.settings import PhoneSettings
from telephony.signalling import Signalling
from telephony.sip.agent import UserAgent
from telephony.sip.identifiers import Identifiers
from telephony.sip.offer_answer import LocalMedia


class CallControl:
    """The commands of a phone; what cannot be done is told as CommandRefused.

    All methods belong to the running loop.
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
    ) -> None:
        self._settings = settings
        self._on_event = on_event
        self._signalling = signalling
        self._media = media
        self._now = now
        self._identifiers = identifiers
        self._book = CallBook()

    def answer(self, call_id: str) -> None:
        """Take a ringing call."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id):
            self._refuse(call_id, "answer")
            return
        local = self._open_media(call_id, "answer")
        if local is not None:
            self._signalling.run(agent.answer(call_id, local, self._signalling.time_s()))

    def reject(self, call_id: str, status_code: int = 486) -> None:
        """Refuse a ringing call with this final status."""
        agent = self._agent
        if agent is None or not agent.is_ringing(call_id) or not 300 <= status_code <= 699:
            self._refuse(call_id, "reject")
        else:
            self._signalling.run(agent.reject(call_id, status_code, self._signalling.time_s()))

    def hang_up(self, call_id: str) -> None:
        """End a call, whatever its state."""
        agent = self._agent
        if agent is None or not agent.is_live(call_id):
            self._refuse(call_id, "hang_up")
        else:
            self._signalling.run(agent.hang_up(call_id, self._signalling.time_s()))

    def call(self, number: str, call_id: str | None = None) -> str | None:
        """Call a number or SIP URI; gives the new call's id, None when that was refused."""
        target = dialled_uri(number, self._settings.account)
        agent = self._agent
        call_id = call_id or self._identifiers.call_id()
        if target is None or agent is None or not target.host:
            self._on_event(CommandRefused(call_id, "call", "bad_number"))
            return None
        if self._book.find(call_id) is not None:
            self._on_event(CommandRefused(call_id, "call", "wrong_state"))
            return None
        local = self._open_media(call_id, "call")
        if local is None:
            return None
        self._begin(CallRinging(call_id, Direction.OUTGOING, number, "", number, self._now()))
        self._signalling.run(agent.call(call_id, target, local, self._signalling.time_s()))
        return call_id

    def call_referred(self, call_id: str, number: str, referred_by: str) -> None:
        """Make the call that the far side of another one has asked for and is allowed to."""
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
        """The INVITE that began a live call, as on the wire; None for a call that is over."""
        agent = self._agent
        return None if agent is None else agent.invite(call_id)

    def set_muted(self, call_id: str, muted: bool) -> None:
        """Send silence in place of the microphone, or stop doing so."""
        if not self._media.set_muted(call_id, muted):
            self._refuse(call_id, "set_muted")

    def forget(self, call_id: str) -> None:
        """Drop an ended call from ``calls``."""
        self._book.forget(call_id)

    @property
    def _agent(self) -> UserAgent | None:
        return self._signalling.agent

    def _begin(self, ringing: CallRinging) -> None:
        self._book.begin(ringing)
        self._on_event(ringing)

    def _refuse(self, call_id: str, command: str) -> None:
        known = self._book.find(call_id) is not None
        code = "wrong_state" if known else "unknown_call"
        self._on_event(CommandRefused(call_id, command, code))

    def _open_media(self, call_id: str, command: str) -> LocalMedia | None:
        port = self._media.open(call_id)
        if port is None:
            self._on_event(CommandRefused(call_id, command, "no_media"))
            return None
        return LocalMedia(self._signalling.local_address.host, port)
