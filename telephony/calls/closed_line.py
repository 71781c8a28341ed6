"""Handles calls automatically while the hotline is closed: announcement or redirection.

The operator is not disturbed: the phone does not ring, no call is held, and the audio of these
calls is not sent to any device. All methods run on the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from telephony.calls.media import CallMedia
from telephony.errors import DeviceError
from telephony.events import CallEnded, CallRinging, Direction, EndCause
from telephony.identity import dialled_uri
from telephony.media.devices.device import NullDevice
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples
from telephony.media.wav import read_wav
from telephony.settings import ClosedLine, SipAccount
from telephony.signalling import Signalling
from telephony.sip.effects import (
    AccountEffect,
    CallEffect,
    CallEstablished,
    CallOffered,
    CallTerminated,
    MediaAgreed,
    PresenceUpdated,
    RegistrationUpdated,
)
from telephony.sip.syntax.address import Uri

_NO_ROOM = 480
# Delay before hanging up: the last frames are still in transit or in the caller's jitter buffer.
_TAIL_S = 0.5


@dataclass(slots=True)
class _Taken:
    """A call that is handled automatically. ``cause`` is the end cause to report after the
    announcement or redirection; None before.
    """

    ringing: CallRinging
    does: Uri | Samples
    cause: EndCause | None = None
    end: asyncio.TimerHandle | None = None


class ClosedLineCalls:
    """Accepts the calls that arrive while the hotline is closed.

    After the end of such a call the ``tell`` callback receives its ring event and its end event,
    which states the treatment.
    """

    def __init__(
        self,
        signalling: Signalling,
        media: CallMedia,
        tell: Callable[[CallRinging, CallEnded], None],
        now: Callable[[], datetime],
    ) -> None:
        self._signalling = signalling
        self._media = media
        self._tell = tell
        self._now = now
        self._does: Uri | Samples | None = None
        self._calls: dict[str, _Taken] = {}

    @property
    def has_calls(self) -> bool:
        """Whether a call is being handled."""
        return bool(self._calls)

    def use(self, closed: ClosedLine | None, account: SipAccount | None) -> str | None:
        """Sets the treatment of new calls; with None they ring. Returns an error code, or None on
        success.

        After an error new calls ring, because a missing file must not turn callers away.
        """
        self._does, code = None, None
        if closed is not None and closed.redirect_to:
            target = dialled_uri(closed.redirect_to, account)
            if target is None or not target.host:
                code = "bad_number"
            else:
                self._does = target
        elif closed is not None:
            try:
                self._does = read_wav(Path(closed.announcement_file))
            except DeviceError as error:
                code = f"announcement_{error.code}"
        self._signalling.set_closed(self._does is not None)
        return code

    def takes(self, effect: CallEffect | AccountEffect) -> bool:
        """Handles an effect that belongs to an automatically handled call; returns False for other
        effects.
        """
        match effect:
            case RegistrationUpdated() | PresenceUpdated():
                return False
            case CallOffered(call_id) if self._does is not None and effect.facts.replaces is None:
                self._take(effect, self._does)
            case _ if effect.call_id not in self._calls:
                return False
            case MediaAgreed(call_id, media):
                if not self._media.connect(call_id, media):
                    asyncio.get_running_loop().call_soon(self._hang_up, call_id)
            case CallEstablished(call_id):
                self._speak(call_id)
            case CallTerminated(call_id, cause, status_code):
                self._over(call_id, cause, status_code)
            case _:
                pass  # a digit or a hold changes nothing
        return True

    def _take(self, offered: CallOffered, does: Uri | Samples) -> None:
        call_id = offered.call_id
        self._calls[call_id] = _Taken(
            CallRinging(
                call_id,
                Direction.INCOMING,
                offered.caller_number,
                offered.caller_name,
                offered.dialled_line,
                self._now(),
                replace(offered.facts, out_of_hours=True),
            ),
            does,
        )
        asyncio.get_running_loop().call_soon(self._act, call_id)

    def _act(self, call_id: str) -> None:
        """Redirects or answers the call. Runs one loop iteration after its arrival, because the
        call may have been rejected or cancelled in the iteration in which it arrived.
        """
        agent, taken = self._signalling.agent, self._calls.get(call_id)
        if agent is None or taken is None or not agent.is_ringing(call_id):
            return
        time_s = self._signalling.time_s()
        if isinstance(taken.does, Uri):
            taken.cause = EndCause.REDIRECTED_OUT_OF_HOURS
            self._signalling.run(agent.redirect(call_id, taken.does, time_s))
            return
        port = self._media.open(call_id, NullDevice())
        if port is None:
            self._signalling.run(agent.reject(call_id, _NO_ROOM, time_s))
        else:
            local = self._signalling.local_media(port)
            self._signalling.run(agent.answer(call_id, local, time_s))

    def _speak(self, call_id: str) -> None:
        taken = self._calls[call_id]
        if taken.end is None and not isinstance(taken.does, Uri):
            taken.cause = EndCause.ANNOUNCED_OUT_OF_HOURS
            self._media.play(call_id, taken.does)
            duration_s = taken.does.size / TELEPHONE_RATE_HZ + _TAIL_S
            loop = asyncio.get_running_loop()
            taken.end = loop.call_later(duration_s, self._hang_up, call_id)

    def _hang_up(self, call_id: str) -> None:
        agent = self._signalling.agent
        if agent is not None and agent.is_live(call_id):
            self._signalling.run(agent.hang_up(call_id, self._signalling.time_s()))

    def _over(self, call_id: str, cause: EndCause, status_code: int | None) -> None:
        taken = self._calls.pop(call_id)
        if taken.end is not None:
            taken.end.cancel()
        self._media.close(call_id)
        ended = CallEnded(call_id, self._now(), taken.cause or cause, status_code)
        self._tell(taken.ringing, ended)
