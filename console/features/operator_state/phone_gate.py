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
"""Reasons that say more than the state does; the city's own words go nowhere."""


def presence_of(status: OperatorStatus) -> Presence | None:
    """What is published; None while nobody has signed in.

    A phone that is away changes nothing of it: it is published as soon as it is back.
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


CODE_HEARD_MS = 3000  # a code that was taken is confirmed by a short announcement
CONFIRM_LIMIT_MS = 5000  # usual are 50; a phone that has not said it by then hangs
_RESTING = (Doing.READY, Doing.NOT_READY, Doing.BREAK, Doing.AWAY)


class GatePhonePort(Protocol):
    """What is asked of the phone."""

    def set_do_not_disturb(self, wanted: bool) -> None: ...

    def set_presence(self, presence: Presence | None) -> None: ...

    def call(self, number: str) -> str: ...

    def hang_up(self, call_id: str) -> None: ...

    def forget(self, call_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ByPresence:
    """The phone publishes what the operator does."""


@dataclass(frozen=True, slots=True)
class QueueCodes:
    """What is dialled to tell the telephone system who takes calls; an empty one is not."""

    log_in: str = ""
    log_out: str = ""
    pause: str = ""
    resume: str = ""

    def __contains__(self, number: object) -> bool:
        return bool(number) and number in (self.log_in, self.log_out, self.pause, self.resume)


class PhoneGate(QObject):
    """Belongs to the GUI thread; ``take`` sees every event of the phone before anybody else."""

    told = Signal(object)  # Notice
    confirmed = Signal()  # the phone does what it was told last
    silent = Signal(bool)  # whether it has not said so for too long

    def __init__(
        self,
        phone: GatePhonePort,
        *,
        refuses_calls: bool,
        telling: QueueCodes | ByPresence,
        parent: QObject | None = None,
    ) -> None:
        """``refuses_calls`` lets the phone itself refuse calls that nobody wants.

        ``telling`` is how the telephone system is told beside that.
        """
        super().__init__(parent)
        self._phone = phone
        self._refuses_calls = refuses_calls
        self._codes = QueueCodes()
        self._publishes = False
        self._presence: Presence | None = None
        self._is_refusal_told = False
        self._status: OperatorStatus | None = None
        self._wants_calls = True  # what the phone does until it is told
        self._refuses: bool | None = False  # by its own word; None while that is waited for
        self._is_there = False
        self._is_silent = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(CONFIRM_LIMIT_MS)
        self._limit.timeout.connect(self.waited_enough)
        self._is_logged_in = False
        self._is_paused = False
        self._waiting: deque[str] = deque()
        self._dialled: dict[str, str] = {}  # codes on their way, by call
        self._heard: set[str] = set()
        self.tell_by(telling)

    # --- where the operator's state leads ---

    def follow(self, status: OperatorStatus) -> None:
        """Let calls come, or go past this workplace, as the operator wants it."""
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
        """Tell the telephone system so from now on; what it was told otherwise is taken back."""
        is_published = isinstance(telling, ByPresence)
        codes = telling if isinstance(telling, QueueCodes) else QueueCodes()
        if (is_published, codes) == (self._publishes, self._codes):
            return
        self._leave()
        self._publish(None)
        self._publishes, self._codes = is_published, codes
        if self._status is not None:
            self.follow(self._status)

    # --- what the phone says to it ---

    @property
    def is_confirmed(self) -> bool:
        """Whether the phone has said that it does what it was told last."""
        return not self._refuses_calls or self._refuses is (not self._wants_calls)

    def waited_enough(self) -> None:
        """It hangs: whether calls come is not known any more."""
        self._is_silent = True
        self.silent.emit(True)

    def _wait(self) -> None:
        self._refuses = None
        if self._refuses_calls and self._is_there:
            self._limit.start()

    def _lost(self) -> None:
        """A phone that is away is told of as such."""
        self._is_there = self._is_silent = False
        self._refuses = None
        self._limit.stop()

    def _said(self, event: DoNotDisturbChanged) -> None:
        self._refuses = event.wanted
        if not self.is_confirmed:
            return  # the answer to what was wanted before
        self._limit.stop()
        if self._is_silent:
            self._is_silent = False
            self.silent.emit(False)
        self.confirmed.emit()

    # --- what the telephone system is told ---

    def _publish(self, presence: Presence | None) -> None:
        if presence != self._presence:
            self._presence = presence
            self._phone.set_presence(presence)

    def _published(self, event: PresenceChanged) -> None:
        """Once where it does not take it; how things stand is to be seen at the phone."""
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
        """One after the other: the telephone system must hear them in their order."""
        if code:
            self._waiting.append(code)
            self._dial_next()

    def _dial_next(self) -> None:
        if self._waiting and not self._dialled:
            code = self._waiting.popleft()
            self._dialled[self._phone.call(code)] = code

    # --- calls that carry a code are nobody else's ---

    def take(self, event: PhoneEvent) -> PhoneEvent | None:
        """The event for all others, or None where it tells of a code alone."""
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
        """Calls of a console that was here before, or of ours: codes among them are kept back."""
        self._is_there, self._is_silent = True, False
        self._wait()  # it is told right after this
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
