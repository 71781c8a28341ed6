"""Signals the operator state to the phone and the PBX: do-not-disturb, queue codes, presence.

GUI thread only. Every phone event passes through ``PhoneGate.take``, which consumes the events of
calls that only dial a queue code.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.view_data import LONG_S, Notice
from console.shared.session import operator_state_words
from sync.register.people.operator_states import NO_RIGHT, UNANSWERED, Doing, OperatorStatus
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    Direction,
    DoNotDisturbChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
)
from telephony.presence import Activity, Presence, PublicationState

_KINDS = {
    "lunch": (Activity.AWAY, Activity.MEAL),
    UNANSWERED: (Activity.AWAY,),
    NO_RIGHT: (Activity.BUSY,),
}
"""Activities for reasons more specific than the operator state; reasons defined by the city are not
published.
"""


def presence_of(status: OperatorStatus) -> Presence | None:
    """Presence to be published; None if no operator is signed in.

    A disconnected phone does not change the presence; it is published on reconnection.
    """
    if not status.is_signed_in:
        return None
    beside = replace(status, has_phone=True)
    return Presence(beside.wants_calls, _activities(beside.doing, beside.reason))


def _activities(doing: Doing, reason: str) -> tuple[Activity, ...]:
    match doing:
        case Doing.OFFLINE | Doing.READY:
            return ()
        case Doing.TALKING:
            return (Activity.ON_THE_PHONE,)
        case Doing.WRAP_UP:
            return (Activity.BUSY,)
        case Doing.NOT_READY:
            return _KINDS.get(reason, (Activity.BUSY, Activity.WORKING))
        case Doing.BREAK:
            return _KINDS.get(reason, (Activity.AWAY,))
        case Doing.AWAY:
            return (Activity.AWAY,)
        case _:
            assert_never(doing)


CODE_HEARD_MS = 3000  # the PBX confirms a code by a short announcement
CONFIRM_LIMIT_MS = 5000  # usually 50 ms; a phone process that exceeds it hangs
_RESTING = (Doing.READY, Doing.NOT_READY, Doing.BREAK, Doing.AWAY)


class GatePhonePort(Protocol):
    """Operations of the phone process."""

    def set_do_not_disturb(self, wanted: bool) -> None: ...

    def set_presence(self, presence: Presence | None) -> None: ...

    def call(self, number: str) -> str: ...

    def hang_up(self, call_id: str) -> None: ...

    def forget(self, call_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ByPresence:
    """Selects signalling by presence: the phone publishes the operator state."""


@dataclass(frozen=True, slots=True)
class QueueCodes:
    """Feature codes dialled to report the agent state to the PBX; empty codes are not dialled."""

    log_in: str = ""
    log_out: str = ""
    pause: str = ""
    resume: str = ""

    def __contains__(self, number: object) -> bool:
        return bool(number) and number in (self.log_in, self.log_out, self.pause, self.resume)


class PhoneGate(QObject):
    """Signals the operator state; ``take`` receives every phone event first. GUI thread only."""

    told = Signal(object)  # Notice
    confirmed = Signal()  # the phone confirmed the last command
    silent = Signal(bool)  # whether the confirmation is overdue

    def __init__(
        self,
        phone: GatePhonePort,
        *,
        refuses_calls: bool,
        telling: QueueCodes | ByPresence,
        parent: QObject | None = None,
    ) -> None:
        """``refuses_calls`` makes the phone itself reject calls while the operator takes none.
        ``telling`` is the additional signalling to the PBX.
        """
        super().__init__(parent)
        self._phone = phone
        self._refuses_calls = refuses_calls
        self._codes = QueueCodes()
        self._publishes = False
        self._presence: Presence | None = None
        self._is_refusal_told = False
        self._status: OperatorStatus | None = None
        self._wants_calls = True  # initial state of the phone
        self._refuses: bool | None = False  # confirmed state; None while pending
        self._is_there = False
        self._is_silent = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(CONFIRM_LIMIT_MS)
        self._limit.timeout.connect(self.waited_enough)
        self._is_logged_in = False
        self._is_paused = False
        self._waiting: deque[str] = deque()
        self._dialled: dict[str, str] = {}  # dialled codes, by call
        self._heard: set[str] = set()
        self.tell_by(telling)

    # --- effects of the operator state ---

    def follow(self, status: OperatorStatus) -> None:
        """Accepts or rejects calls according to the operator state, and signals it to the PBX."""
        self._status = status
        if self._refuses_calls and status.wants_calls is not self._wants_calls:
            self._wants_calls = status.wants_calls
            self._wait()
            self._phone.set_do_not_disturb(not status.wants_calls)
        if self._publishes:
            self._publish(presence_of(status))
        elif not status.is_signed_in:
            self._leave()
        elif status.has_phone and status.doing in _RESTING:
            self._log_in()
            self._pause(status.doing is not Doing.READY)

    def tell_by(self, telling: QueueCodes | ByPresence) -> None:
        """Changes the signalling to the PBX; the previous signalling is withdrawn."""
        is_published = isinstance(telling, ByPresence)
        codes = telling if isinstance(telling, QueueCodes) else QueueCodes()
        if (is_published, codes) == (self._publishes, self._codes):
            return
        self._leave()
        self._publish(None)
        self._publishes, self._codes = is_published, codes
        if self._status is not None:
            self.follow(self._status)

    # --- confirmation by the phone ---

    @property
    def is_confirmed(self) -> bool:
        """Whether the phone has confirmed the last command."""
        return not self._refuses_calls or self._refuses is (not self._wants_calls)

    def waited_enough(self) -> None:
        """Reports that the phone process hangs, so the handling of calls is unknown."""
        self._is_silent = True
        self.silent.emit(True)

    def _wait(self) -> None:
        self._refuses = None
        if self._refuses_calls and self._is_there:
            self._limit.start()

    def _lost(self) -> None:
        """Resets the confirmation after the phone was disconnected; other parts report the
        disconnection.
        """
        self._is_there = self._is_silent = False
        self._refuses = None
        self._limit.stop()

    def _said(self, event: DoNotDisturbChanged) -> None:
        self._refuses = event.wanted
        if not self.is_confirmed:
            return  # reply to an earlier command
        self._limit.stop()
        if self._is_silent:
            self._is_silent = False
            self.silent.emit(False)
        self.confirmed.emit()

    # --- signalling to the PBX ---

    def _publish(self, presence: Presence | None) -> None:
        if presence != self._presence:
            self._presence = presence
            self._phone.set_presence(presence)

    def _published(self, event: PresenceChanged) -> None:
        """Reports a refused publication of presence once; its current state is shown on the page of
        the phone check.
        """
        if event.state is PublicationState.TOLD:
            self._is_refusal_told = False
        told = operator_state_words.presence_refused(event.state, event.status_code)
        if told is not None and not self._is_refusal_told:
            self._is_refusal_told = True
            self.told.emit(Notice(*told, LONG_S, problem=True))

    def _log_in(self) -> None:
        if not self._is_logged_in:
            self._is_logged_in = True
            self._dial(self._codes.log_in)

    def _leave(self) -> None:
        if self._is_logged_in:
            self._is_logged_in = self._is_paused = False
            self._dial(self._codes.log_out)

    def _pause(self, wanted: bool) -> None:
        if wanted is not self._is_paused:
            self._is_paused = wanted
            self._dial(self._codes.pause if wanted else self._codes.resume)

    def _dial(self, code: str) -> None:
        """Queues a code; codes are dialled one at a time, because the PBX must receive them in
        order.
        """
        if code:
            self._waiting.append(code)
            self._dial_next()

    def _dial_next(self) -> None:
        if self._waiting and not self._dialled:
            code = self._waiting.popleft()
            self._dialled[self._phone.call(code)] = code

    # --- calls of queue codes, hidden from others ---

    def take(self, event: PhoneEvent) -> PhoneEvent | None:
        """Returns the event for the other receivers; None if it concerns only a call that dials a
        queue code.
        """
        match event:
            case PhoneConnected():
                return self._found(event)
            case PhoneDisconnected():
                self._lost()
            case DoNotDisturbChanged():
                self._said(event)
            case PresenceChanged():
                self._published(event)
            case _:
                pass
        if not isinstance(event, CallEvent | CommandRefused):
            return event
        call_id = event.call_id
        if isinstance(event, CallRinging) and self._is_code(event):
            self._dialled.setdefault(event.call_id, event.caller_number)
        if call_id is None or call_id not in self._dialled:
            return event
        match event:
            case CallAnswered():
                self._heard.add(call_id)
                QTimer.singleShot(CODE_HEARD_MS, self, self._hanging_up(call_id))
            case CallEnded():
                self._over(call_id)
                self._phone.forget(call_id)
            case CommandRefused(command="call"):
                self._over(call_id)
            case _:
                pass
        return None

    def _hanging_up(self, call_id: str) -> Callable[[], None]:
        def hang_up() -> None:
            if call_id in self._dialled:
                self._phone.hang_up(call_id)

        return hang_up

    def _over(self, call_id: str) -> None:
        code = self._dialled.pop(call_id)
        if call_id not in self._heard:
            self.told.emit(Notice(*operator_state_words.code_not_taken(code), LONG_S, problem=True))
        self._heard.discard(call_id)
        self._dial_next()

    def _found(self, event: PhoneConnected) -> PhoneConnected:
        """Hangs up calls that dialled a code and removes them from the call list of a reconnected
        phone.
        """
        self._is_there, self._is_silent = True, False
        self._wait()  # the phone handle then sends the command again
        codes = [call for call in event.calls if self._is_code(call)]
        known = {call.call_id for call in codes}
        for gone in [call_id for call_id in self._dialled if call_id not in known]:
            self._over(gone)
        for call in codes:
            if call.ended is not None:
                self._phone.forget(call.call_id)
            else:
                self._phone.hang_up(call.call_id)
                self._dialled.setdefault(call.call_id, call.caller_number)
                self._heard.add(call.call_id)
        others = tuple(call for call in event.calls if call not in codes)
        return replace(event, calls=others)

    def _is_code(self, call: CallSnapshot | CallRinging) -> bool:
        return call.direction is Direction.OUTGOING and call.caller_number in self._codes
