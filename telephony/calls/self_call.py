"""Answers the self-test's call to the own phone without ringing, and echoes its audio.

The call arrives by the same route as a citizen's call and therefore tests registration, server and
both audio directions. All methods run on the event loop.
"""

from __future__ import annotations

import asyncio

from telephony.calls.media import CallMedia
from telephony.media.devices.device import LoopBackDevice
from telephony.settings import SipAccount
from telephony.signalling import Signalling
from telephony.sip.effects import (
    AccountEffect,
    CallEffect,
    CallOffered,
    CallTerminated,
    MediaAgreed,
    PresenceUpdated,
    RegistrationUpdated,
)
from telephony.sip.offer_answer import AgreedMedia

EXPECTED_FOR_S = 30.0
_NO_ROOM = 480


class SelfCall:
    """Answers the expected call without ringing and echoes its audio; the call is not reported.

    It arrives by the same route as a citizen's call, so it tests registration, server and both
    audio directions. All methods must be called on the running loop.
    """

    def __init__(self, signalling: Signalling, media: CallMedia) -> None:
        self._signalling = signalling
        self._media = media
        self._callers: frozenset[str] = frozenset()
        self._call_id: str | None = None
        self._limit: asyncio.TimerHandle | None = None

    def expect(self, caller: str, account: SipAccount | None) -> None:
        """Answers the next call within 30 s from a caller with this name or from the phone's own
        account.

        A server may replace the caller name with the account's own number.
        """
        self.end()
        own = set() if account is None else {account.user}
        self._let_in(frozenset({caller} | own))
        self._limit = asyncio.get_running_loop().call_later(EXPECTED_FOR_S, self.end)

    def end(self) -> None:
        """Stops expecting the call, and hangs it up if it is active."""
        self._let_in(frozenset())
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        agent, call_id = self._signalling.agent, self._call_id
        if agent is not None and call_id is not None and agent.is_live(call_id):
            self._signalling.run(agent.hang_up(call_id, self._signalling.time_s()))

    def _let_in(self, callers: frozenset[str]) -> None:
        """Accepts these callers even during do not disturb: the operator may test the phone in a
        break.
        """
        self._callers = callers
        agent = self._signalling.agent
        if agent is not None:
            self._signalling.run(agent.expect(callers, self._signalling.time_s()))

    def takes(self, effect: CallEffect | AccountEffect) -> bool:
        """Handles the effect if it belongs to the self-test's call; otherwise returns False."""
        match effect:
            case RegistrationUpdated() | PresenceUpdated():
                return False
            case CallOffered(call_id, number, name) if {number, name} & self._callers:
                self._callers = frozenset()
                self._call_id = call_id
                asyncio.get_running_loop().call_soon(self._answer, call_id)
                return True
            case _ if effect.call_id != self._call_id:
                return False
            case MediaAgreed(call_id, media):
                self._connect(call_id, media)
            case CallTerminated(call_id):
                self._media.close(call_id)
                self._call_id = None
                self.end()
        return True

    def _answer(self, call_id: str) -> None:
        agent = self._signalling.agent
        if agent is None or not agent.is_ringing(call_id):
            return
        port = self._media.open(call_id, LoopBackDevice())
        time_s = self._signalling.time_s()
        if port is None:
            self._signalling.run(agent.reject(call_id, _NO_ROOM, time_s))
        else:
            local = self._signalling.local_media(port)
            self._signalling.run(agent.answer(call_id, local, time_s))

    def _connect(self, call_id: str, media: AgreedMedia) -> None:
        if not self._media.connect(call_id, media):
            asyncio.get_running_loop().call_soon(self.end)
