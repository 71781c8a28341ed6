"""Hold and resume as the desk needs them: at once for the ear, and again when the moment is bad."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from telephony.calls.media import CallMedia
from telephony.events import Side
from telephony.signalling import Signalling

_RETRY_S = 0.1
_RETRIES = 50


@dataclass(slots=True)
class _Wanted:
    """``then`` gets whether the far side agreed to the hold. ``waits`` is true between tries."""

    held: bool
    then: Callable[[bool], None] | None = None
    retries: int = 0
    waits: bool = False


class HoldChanges:
    """At most one wish a call.

    From the moment of ``hold`` on the microphone is off for that call, whatever the far side says
    later. While another change of the call is under way, for example the ACK of an answer is yet
    to come, the wish is tried again.
    """

    def __init__(self, signalling: Signalling, media: CallMedia) -> None:
        self._signalling = signalling
        self._media = media
        self._wanted: dict[str, _Wanted] = {}

    def wants(self, call_id: str) -> bool:
        """Whether a wish for this call is not settled yet."""
        return call_id in self._wanted

    def hold(self, call_id: str, then: Callable[[bool], None] | None = None) -> None:
        """Put an established call on hold."""
        self._media.set_held(call_id, True)
        self._want(call_id, _Wanted(True, then))

    def resume(self, call_id: str) -> None:
        """Take a held call up again."""
        self._want(call_id, _Wanted(False))

    def _want(self, call_id: str, wanted: _Wanted) -> None:
        former = self._wanted.pop(call_id, None)
        if former is None:
            self._wanted[call_id] = wanted
            self._try(call_id)
        elif former.waits and former.held != wanted.held:
            # Nothing was asked of the far side yet: all is as it should be.
            self._media.set_held(call_id, wanted.held)
        else:
            # The change that is under way is the same, or this one follows it.
            self._wanted[call_id] = wanted
        if former is not None and former.then is not None:
            former.then(False)

    def _try(self, call_id: str) -> None:
        agent, wanted = self._signalling.agent, self._wanted.get(call_id)
        if agent is None or wanted is None:
            return
        wanted.waits = False
        change = agent.hold if wanted.held else agent.resume
        self._signalling.run(change(call_id, self._signalling.time_s()))

    def changed(self, call_id: str, side: Side, held: bool) -> None:
        """The far side has agreed to a change of ``side``'s."""
        if side is not Side.NEAR:
            return
        self._media.set_held(call_id, held)
        wanted = self._wanted.get(call_id)
        if wanted is None:
            return
        if wanted.held != held:
            self._media.set_held(call_id, wanted.held)
            self._try(call_id)
            return
        del self._wanted[call_id]
        if wanted.then is not None:
            wanted.then(True)

    def failed(self, call_id: str, command: str, code: str) -> bool:
        """A command has failed; True when it is a wish of this place that is tried again."""
        wanted = self._wanted.get(call_id)
        if wanted is None or command not in ("hold", "resume"):
            return False
        if command != ("hold" if wanted.held else "resume"):
            # The change before this wish has failed, so that there is nothing to take back.
            del self._wanted[call_id]
            self._media.set_held(call_id, wanted.held)
            return False
        wanted.retries += 1
        if code == "busy" and wanted.retries <= _RETRIES:
            wanted.waits = True
            asyncio.get_running_loop().call_later(_RETRY_S, self._try, call_id)
            return True
        del self._wanted[call_id]
        self._media.set_held(call_id, not wanted.held)
        if wanted.then is not None:
            wanted.then(False)
        return False

    def ended(self, call_id: str) -> None:
        """The call is over: nobody waits for its hold any more."""
        wanted = self._wanted.pop(call_id, None)
        if wanted is not None and wanted.then is not None:
            wanted.then(False)
