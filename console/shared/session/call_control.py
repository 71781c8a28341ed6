"""Call control: number parsing, parties of a call, commands, confirmations, double-press guard.

A command is complete only after an event from the phone confirms it. GUI thread only.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.shared.session import call_words, control_words
from console.shared.session.desk import NO_PURPOSE, DeskPresenter
from console.shared.session.live_calls import CallPurpose, DeskState, LineState, LiveCall
from telephony.commands import RecordingAction
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    CommandRefused,
    ConferenceChanged,
    EndCause,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)

FEWEST_DIGITS = 2  # 01 to 04 and 112 are dialled unchanged; a single digit may start a word

_SIGNS = frozenset("0123456789+*#")
_LEFT_OUT = str.maketrans("", "", " \t\u00a0\u202f-‐‑–().")
_SCHEME = re.compile(r"^\s*(tel|callto|sips?):/{0,2}", re.I)
_EXTENSION = re.compile(r"[;,]\s*(?:ext=|доб\.?|вн\.?)\s*(\d{1,7})\s*$", re.I)


@dataclass(frozen=True, slots=True)
class DialAddress:
    """Phone number or SIP URI to dial; `extension` is sent as DTMF after the answer."""

    number: str
    extension: str = ""


def read_dial_address(text: str) -> DialAddress | None:
    """Parses a phone number, `tel:` or `sip:` address; returns None if the text is none of these.

    A `tel:` address may contain `;ext=` (RFC 3966). Headers of a SIP URI are dropped because the
    author of a link controls them (RFC 3261, section 19.1.5).
    """
    given = text.strip()
    scheme = _SCHEME.match(given)
    if scheme is not None and scheme[1].lower().startswith("sip"):
        address = unquote(given[scheme.end() :].partition("?")[0]).strip()
        whole = bool(address) and address.isprintable() and not set(address) & set(' <>"')
        return DialAddress(f"{scheme[1].lower()}:{address}") if whole else None
    if scheme is not None:
        given = unquote(given[scheme.end() :].partition("?")[0])
    extension = _EXTENSION.search(given)
    if extension is not None:
        given = given[: extension.start()]
    number = given.partition(";")[0].translate(_LEFT_OUT)
    digits = sum(sign.isdigit() for sign in number)
    if not set(number) <= _SIGNS or digits < FEWEST_DIGITS or "+" in number[1:]:
        return None
    return DialAddress(number, "" if extension is None else extension[1])


@dataclass(frozen=True, slots=True)
class Pair:
    """Caller and consultation about this caller, both active."""

    caller: LiveCall
    consulted: LiveCall


def pair_of(desk: DeskState) -> Pair | None:
    """Returns the caller and the consultation if one of them is the active call, otherwise None."""
    front = desk.call
    if front is None:
        return None
    live = (front, *desk.others)
    by_id = {call.call_id: call for call in live}
    for call in live:
        caller = by_id.get(call.consultation_of or "")
        if caller is not None and call.ended_at is None and front in (caller, call):
            return Pair(caller, call)
    return None


def others_of(desk: DeskState) -> tuple[LiveCall, ...]:
    """Returns the calls that the operator can switch to, in the order of repeated presses of the
    key.

    The call with the longest hold time is first, so repeated presses reach all calls. Members of a
    conference are left out, and the caller of a consultation is last.
    """
    pair = pair_of(desk)
    beside = pair.caller if pair is not None and desk.call == pair.consulted else None
    outside = [call for call in desk.others if call.call_id not in desk.conference]
    return tuple(
        sorted(
            outside,
            key=lambda call: (call == beside, call.held_since or call.answered_at or call.rang_at),
        )
    )


def heard_by(desk: DeskState) -> tuple[LiveCall, ...]:
    """Returns the calls that receive the operator's voice: the active call, or all members of the
    conference.
    """
    front = desk.call
    if front is None:
        return ()
    if front.call_id not in desk.conference:
        return (front,)
    return tuple(call for call in (front, *desk.others) if call.call_id in desk.conference)


def is_unheard(desk: DeskState) -> bool:
    """Whether the microphone is muted towards the active call or a conference member."""
    return any(call.muted for call in heard_by(desk))


CONFIRM_S = 3.0
"""A command that the remote party has not confirmed within this time is reported as failed."""


class Asked(StrEnum):
    """Commands sent to the phone; the values are the command names."""

    ANSWER = "answer"
    HANG_UP = "hang_up"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "set_muted"
    RECORD = "record"
    TRANSFER = "transfer"
    CONSULT = "consult"
    CONNECT = "complete"
    CONFERENCE = "set_conference"
    DIAL = "call"


class PendingCommands:
    """Unconfirmed commands by call and kind. Times are seconds of one monotonic clock.

    A consultation is requested under the call id of its caller and confirmed when its own call
    rings.
    """

    def __init__(self) -> None:
        self._asked: dict[tuple[str, Asked], float] = {}
        self._callers: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._asked)

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._asked

    def of(self, call_ids: set[str]) -> frozenset[Asked]:
        """Returns the unconfirmed commands of these calls."""
        return frozenset(asked for call_id, asked in self._asked if call_id in call_ids)

    def ask(self, call_id: str, asked: Asked, now_s: float) -> None:
        self._asked[(call_id, asked)] = now_s

    def consulted(self, consultation_id: str, caller_id: str) -> None:
        """Links the call id of a requested consultation to its caller."""
        self._callers[consultation_id] = caller_id

    def overdue(self, now_s: float) -> tuple[Asked, ...]:
        """Removes and returns the commands that were not confirmed within `CONFIRM_S`."""
        late = [key for key, at_s in self._asked.items() if now_s - at_s >= CONFIRM_S]
        for key in late:
            del self._asked[key]
        return tuple(asked for _call_id, asked in late)

    def take(self, event: PhoneEvent) -> bool:
        """Whether the event confirmed or cancelled a pending command."""
        done = [key for key in self._settled_by(event) if key in self._asked]
        for key in done:
            del self._asked[key]
        return bool(done)

    def _settled_by(self, event: PhoneEvent) -> Iterator[tuple[str, Asked]]:
        match event:
            case CallRinging(call_id=call_id):
                yield call_id, Asked.DIAL
                yield self._callers.pop(call_id, ""), Asked.CONSULT
            case CallEnded(call_id=call_id):
                yield from tuple(key for key in self._asked if key[0] == call_id)
            case CommandRefused(call_id=call_id, command=command):
                if command in set(Asked):
                    yield call_id or "", Asked(command)
                if command == Asked.CONFERENCE:
                    yield from self._conferences()
            case ConferenceChanged():
                yield from self._conferences()
            case PhoneDisconnected():
                yield from tuple(self._asked)
            case _:
                yield from _settled_in_call(event)

    def _conferences(self) -> tuple[tuple[str, Asked], ...]:
        return tuple(key for key in self._asked if key[1] is Asked.CONFERENCE)


def _settled_in_call(event: PhoneEvent) -> Iterator[tuple[str, Asked]]:
    match event:
        case CallAnswered(call_id=call_id):
            yield call_id, Asked.ANSWER
        case CallHeld(call_id=call_id, by=Side.NEAR):
            yield call_id, Asked.HOLD
        case CallResumed(call_id=call_id, by=Side.NEAR):
            yield call_id, Asked.RESUME
        case MuteChanged(call_id=call_id):
            yield call_id, Asked.MUTE
        case RecordingChanged(call_id=call_id):
            yield call_id, Asked.RECORD
        case TransferProgressed(call_id=call_id):
            yield call_id, Asked.TRANSFER
            yield call_id, Asked.CONNECT
        case _:
            return


DOUBLE_PRESS_S = 1.0
MUTE_PRESS_S = 0.4
"""Shorter than for other keys, because an operator who muted a cough wants to be heard
immediately.
"""
CONFIRM_WITHIN_S = 6.0
"""Time after a warning in which a second press confirms it."""


class Press(StrEnum):
    """Function of a key; keys that undo each other share one value."""

    ANSWER = "answer"
    HANG_UP = "hang-up"
    HOLD = "hold"
    MUTE = "mute"
    SWITCH = "switch"
    CONNECT = "connect"
    CONFERENCE = "conference"
    RECORDING = "recording"
    DIAL = "dial"


class PressGuard:
    """Rejects repeated key presses. Times are seconds of one monotonic clock.

    `of` is the call that a press applies to; presses for different calls are independent.
    """

    def __init__(self) -> None:
        self._pressed: dict[tuple[Press, str], float] = {}
        self._warned_at: float | None = None

    def allows(self, press: Press, now_s: float, of: str = "") -> bool:
        """Whether this press is accepted, that is, no press of this kind was accepted a
        moment ago.
        """
        former = self._pressed.get((press, of))
        limit_s = MUTE_PRESS_S if press is Press.MUTE else DOUBLE_PRESS_S
        if former is not None and now_s - former < limit_s:
            return False
        self._pressed[(press, of)] = now_s
        return True

    def hold_back(self, press: Press, now_s: float, of: str = "") -> None:
        """Ignores this key for a moment, because its target has just changed."""
        self._pressed[(press, of)] = now_s

    def forget(self, of: str) -> None:
        """Removes the state of an ended call."""
        for key in [key for key in self._pressed if key[1] == of]:
            del self._pressed[key]

    def confirms(self, now_s: float) -> bool:
        """Whether this press follows a warning. The first of two presses only warns."""
        warned, self._warned_at = self._warned_at, now_s
        if warned is None or not DOUBLE_PRESS_S <= now_s - warned <= CONFIRM_WITHIN_S:
            return False
        self._warned_at = None
        return True


_LOOK_MS = 250
# Commands that change the party the operator talks to; earlier notices about calls become invalid.
_TURNS = frozenset(Asked) - {Asked.MUTE, Asked.RECORD}


class CallPhonePort(Protocol):
    """Commands to the phone; their results arrive as events."""

    def answer(self, call_id: str) -> None: ...

    def reject(self, call_id: str) -> None: ...

    def hang_up(self, call_id: str) -> None: ...

    def call(self, number: str) -> str: ...

    def set_muted(self, call_id: str, muted: bool) -> None: ...

    def hold(self, call_id: str) -> None: ...

    def resume(self, call_id: str) -> None: ...

    def transfer(self, call_id: str, number: str) -> None: ...

    def consult(self, call_id: str, number: str) -> str: ...

    def complete(self, call_id: str) -> None: ...

    def back(self, call_id: str) -> None: ...

    def send_digits(self, call_id: str, digits: str) -> None: ...

    def record(self, call_id: str, action: RecordingAction) -> None: ...

    def set_conference(self, call_ids: tuple[str, ...]) -> None: ...


class CallControl(QObject):
    """Sends commands to the phone and tracks their confirmation. GUI thread only.

    `pending` contains the unconfirmed commands of the active call.
    """

    changed = Signal()
    told = Signal(object)  # Notice
    overtaken = Signal(object)  # Notice that is no longer valid

    def __init__(
        self,
        phone: CallPhonePort,
        desk: DeskPresenter,
        milestones: Milestones,
        *,
        can_call: Callable[[], bool],
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._desk = desk
        self._milestones = milestones
        self._can_call = can_call
        self._now_s = monotonic_s
        self._guard = PressGuard()
        self._pending = PendingCommands()
        self._titles: dict[str, str] = {}  # by call id, for numbers dialled from the directory
        self._consultations: dict[str, str] = {}  # caller by id of the consultation
        self._by_itself: set[str] = set()  # callers held only for a transfer
        self._shown_call: str | None = None
        self._told: Notice | None = None  # last notice, until the next command
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look_for_overdue)
        desk.changed.connect(self._desk_changed)

    @property
    def pending(self) -> frozenset[Asked]:
        call = self._desk.state.call
        if call is None:
            return frozenset()
        return self._pending.of({call.call_id, call.consultation_of or ""})

    def title_of(self, call_id: str) -> str:
        """Returns the directory name of a dialled call; empty if it has none."""
        return self._titles.get(call_id, "")

    # --- call keys ---

    def answer(self) -> None:
        """Answers the ringing call unless the operator is talking to another caller."""
        state = self._desk.state
        if state.line is LineState.RINGING and state.call is not None:
            self._answer(state.call)
        elif state.waiting and state.call is not None and state.call.held_since is not None:
            self._answer(state.waiting[0])

    def switch(self) -> None:
        """Answers the waiting call or switches to another call; holds the active call first."""
        state = self._desk.state
        if state.line is LineState.RINGING:
            self.answer()
        elif state.call is not None and state.call.is_dialled:
            self._tell(control_words.line_is_busy(), problem=True)
        elif not (state.waiting or others_of(state)) or not self._allows(Press.SWITCH):
            return
        elif state.waiting:
            self._answer(state.waiting[0])
        else:
            other = others_of(state)[0]
            self._ask(other.call_id, Asked.RESUME)
            self._phone.resume(other.call_id)

    def _answer(self, call: LiveCall) -> None:
        if self._allows(Press.ANSWER, call):
            self._ask(call.call_id, Asked.ANSWER)
            self._phone.answer(call.call_id)

    def hang_up(self) -> None:
        """Ends the active call, or rejects the ringing call.

        During a consultation only the consultation ends and the caller remains on hold. A
        conference needs a second press. A call in transfer is not ended until the remote party has
        replied.
        """
        state = self._desk.state
        call = state.call
        if call is None or call.ended_at is not None:
            return
        if call.hand_over is not None:
            self._tell(control_words.hand_over_goes_on(), problem=True)
        elif call.call_id in state.conference:
            self._end_conference(state)
        elif not self._may_end(call):
            if (call.call_id, Asked.HANG_UP) not in self._pending:
                self._tell(control_words.call_has_changed(), problem=True)
        else:
            self._ask(call.call_id, Asked.HANG_UP)
            if state.line is LineState.RINGING:
                self._phone.reject(call.call_id)
            else:
                self._phone.hang_up(call.call_id)

    def _may_end(self, call: LiveCall) -> bool:
        """Rejects a repeated press, and a press meant for a previous call that would reject a new
        one.
        """
        now_s = self._now_s()
        if call.is_offered and not self._guard.allows(Press.HANG_UP, now_s):
            return False
        self._guard.hold_back(Press.HANG_UP, now_s)
        return self._guard.allows(Press.HANG_UP, now_s, call.call_id)

    def _end_conference(self, state: DeskState) -> None:
        if not self._guard.confirms(self._now_s()):
            self._tell(control_words.press_again_to_end_both(), problem=True)
            return
        for call_id in state.conference:
            self._ask(call_id, Asked.HANG_UP)
            self._phone.hang_up(call_id)

    def toggle_hold(self) -> None:
        """Holds or resumes the active call; in a consultation, returns to the caller."""
        state = self._desk.state
        call = state.call
        if call is None or not self._has_call(state):
            return
        pair = pair_of(state)
        asks = pair is not None and call == pair.consulted
        if state.conference or asks or call.hand_over is not None:
            self.go_back()
        elif call.is_up and self._allows(Press.HOLD, call):
            held = call.held_since is not None
            self._ask(call.call_id, Asked.RESUME if held else Asked.HOLD)
            (self._phone.resume if held else self._phone.hold)(call.call_id)

    def go_back(self) -> None:
        """Command «Вернуться к абоненту»: ends the consultation or conference and resumes the
        caller.
        """
        state = self._desk.state
        pair = pair_of(state)
        if not self._allows(Press.HOLD):
            return
        if state.conference:
            self._ask(state.conference[0], Asked.CONFERENCE)
            self._phone.set_conference(())
        elif pair is not None:
            self._ask(pair.caller.call_id, Asked.RESUME)
            self._phone.back(pair.caller.call_id)
        elif state.call is not None and state.call.held_since is not None:
            self._ask(state.call.call_id, Asked.RESUME)
            self._phone.resume(state.call.call_id)

    def toggle_mute(self) -> None:
        """Mutes or unmutes the microphone, in a conference towards all members."""
        call = self._desk.state.call
        if call is None or not call.is_up or not self._allows(Press.MUTE, call):
            return
        muted = is_unheard(self._desk.state)
        for each in heard_by(self._desk.state):
            if each.muted is muted:
                self._ask(each.call_id, Asked.MUTE)
                self._phone.set_muted(each.call_id, not muted)

    def toggle_recording(self) -> None:
        """Pauses or resumes the recording; starts one if there is none."""
        call = self._desk.state.call
        if call is None or not call.is_up or not self._allows(Press.RECORDING, call):
            return
        match call.recording:
            case RecordingState.STARTED | RecordingState.RESUMED:
                action = RecordingAction.PAUSE
            case RecordingState.PAUSED:
                action = RecordingAction.RESUME
            case _:
                action = RecordingAction.START
        self._ask(call.call_id, Asked.RECORD)
        self._phone.record(call.call_id, action)

    def send_digits(self, digits: str) -> bool:
        """Sends DTMF digits in the active call; returns False if no call is established."""
        call = self._desk.state.call
        if call is None or not call.is_up or not digits:
            return False
        self._phone.send_digits(call.call_id, digits)
        return True

    # --- transfer ---

    def transfer(self, number: str) -> bool:
        """Starts a blind transfer and holds the caller; returns False if there is no caller."""
        caller = self._caller_to_hand_over()
        if caller is None:
            return False
        if caller.held_since is None:
            self._by_itself.add(caller.call_id)
        self._ask(caller.call_id, Asked.TRANSFER)
        self._phone.transfer(caller.call_id, number)
        return True

    def consult(self, number: str, title: str = "") -> bool:
        """Holds the caller and dials a consultation; `title` is the display name of the number."""
        caller = self._caller_to_hand_over()
        if caller is None:
            return False
        self._ask(caller.call_id, Asked.CONSULT)
        consultation_id = self._phone.consult(caller.call_id, number)
        self._desk.expect_consultation(consultation_id, caller.call_id)
        self._pending.consulted(consultation_id, caller.call_id)
        self._consultations[consultation_id] = caller.call_id
        self._titles[consultation_id] = title
        return True

    def _caller_to_hand_over(self) -> LiveCall | None:
        state = self._desk.state
        call = state.call
        if pair_of(state) is not None:
            self._tell(*control_words.asked_about_already(), problem=True)
            return None
        if call is None or not call.is_up:
            self._tell(control_words.nobody_to_transfer(), problem=True)
            return None
        is_asked = self._pending.of({call.call_id}) & {Asked.TRANSFER, Asked.CONSULT}
        if call.hand_over is not None or is_asked:
            self._tell(control_words.hand_over_goes_on(), problem=True)
            return None
        return call

    def complete(self) -> None:
        """Connects the caller with the consulted party; the operator leaves after the transfer."""
        pair = pair_of(self._desk.state)
        if pair is None:
            return
        if not pair.consulted.is_up:
            self._tell(control_words.wait_for_answer(), problem=True)
        elif self._allows(Press.CONNECT):
            self._ask(pair.caller.call_id, Asked.CONNECT)
            self._phone.complete(pair.caller.call_id)

    def join(self) -> None:
        """Joins the caller, the consulted party and the operator in a conference."""
        state = self._desk.state
        pair = pair_of(state)
        if pair is None or state.conference:
            return
        if not pair.consulted.is_up:
            self._tell(control_words.wait_for_answer(), problem=True)
        elif self._allows(Press.CONFERENCE):
            ids = (pair.caller.call_id, pair.consulted.call_id)
            self._ask(ids[0], Asked.CONFERENCE)
            self._phone.set_conference(ids)

    # --- calling ---

    def dial(self, number: str, title: str = "", purpose: CallPurpose = NO_PURPOSE) -> bool:
        """Dials a number. If dialling is impossible, shows the reason and returns False."""
        if self._desk.state.line not in (LineState.FREE, LineState.WRAP_UP):
            self._tell(control_words.line_is_busy(), problem=True)
            return False
        if not self._can_call():
            self._tell(call_words.command_refused("not_connected"), problem=True)
            return False
        if not self._allows(Press.DIAL):
            return False
        call_id = self._phone.call(number)
        self._desk.expect_dialled(call_id, purpose)
        self._titles[call_id] = title
        self._ask(call_id, Asked.DIAL)
        return True

    # --- phone events ---

    def receive(self, event: PhoneEvent) -> None:
        """Processes one phone event. The call cards must have processed it before."""
        if self._pending.take(event):
            self._after()
        match event:
            case CallResumed(call_id=call_id, by=Side.NEAR):
                self._by_itself.discard(call_id)
            case RecordingChanged(state=RecordingState.FAILED):
                self._tell(*control_words.recording_failed(), problem=True)
            case TransferProgressed(state=TransferState.FAILED):
                self._not_handed_over(event)
            case CallEnded():
                self._ended(event)
            case CommandRefused(command=command) if command in set(Asked):
                self._by_itself.discard(event.call_id or "")
                self._note_not_done(command, event.code)
                self._tell(*control_words.refused(command, event.code), problem=True)
            case PhoneConnected(calls=snapshots):
                self._consultations |= {
                    each.call_id: each.consultation_of
                    for each in snapshots
                    if each.consultation_of is not None
                }
            case _:
                return

    def _not_handed_over(self, event: TransferProgressed) -> None:
        reason = control_words.status_reason(event.status_code)
        # A conversation with another caller must not be interrupted.
        comes_back = event.call_id in self._by_itself and not self._talks_beside(event.call_id)
        self._by_itself.discard(event.call_id)
        where = (
            control_words.caller_comes_back()
            if comes_back
            else self._where_caller_waits(event.call_id)
        )
        if comes_back:
            # The caller was held only for the transfer and must not hear silence afterwards.
            self._ask(event.call_id, Asked.RESUME)
            self._phone.resume(event.call_id)
        self._tell(control_words.transfer_failed(reason), where, problem=True)

    def _ended(self, event: CallEnded) -> None:
        self._by_itself.discard(event.call_id)
        self._guard.forget(event.call_id)
        if event.call_id in self._consultations:
            head = control_words.consultation_over(event.cause, event.status_code)
            if head:
                where = self._where_caller_waits(self._consultations[event.call_id])
                self._tell(head, where, problem=True)
        elif event.cause is EndCause.TRANSFERRED:
            self._tell(control_words.handed_over())
        elif self._left_behind(event):
            self._tell(*control_words.held_has_left(), problem=True)
        self._consultations.pop(event.call_id, None)
        self._titles.pop(event.call_id, None)

    def _talks_beside(self, caller_id: str) -> bool:
        front = self._desk.state.call
        others = front is not None and front.call_id != caller_id
        return others and front is not None and front.is_up and front.held_since is None

    def _where_caller_waits(self, caller_id: str) -> str:
        """Returns advice on resuming a held caller; empty if the caller has hung up."""
        caller, front = self._desk.call(caller_id), self._desk.state.call
        if caller is None or caller.ended_at is not None:
            return ""
        if front is not None and front.call_id != caller_id:
            return control_words.caller_waits_behind()
        return control_words.caller_waits()

    def _left_behind(self, event: CallEnded) -> bool:
        """Whether a caller hung up on hold while the operator was talking to another one."""
        gone, front = self._desk.call(event.call_id), self._desk.state.call
        waited = gone is not None and gone.answered_at is not None and gone.held_since is not None
        is_other = front is not None and front.ended_at is None and front.call_id != event.call_id
        return waited and is_other and event.cause is EndCause.FAR_END

    # --- confirmation ---

    def look_for_overdue(self) -> None:
        """Reports commands that were not confirmed in time. A timer calls this while commands are
        pending.
        """
        for asked in self._pending.overdue(self._now_s()):
            self._note_not_done(asked.value, "not_confirmed")
            self._tell(*control_words.not_confirmed(asked.value), problem=True)
            self._after()

    def _note_not_done(self, command: str, code: str) -> None:
        self._milestones.note(Milestone.CALL_NOT_DONE, command=command, code=code)

    def _ask(self, call_id: str, asked: Asked) -> None:
        self._pending.ask(call_id, asked, self._now_s())
        if self._told is not None and asked in _TURNS:
            told, self._told = self._told, None
            self.overtaken.emit(told)
        self._after()

    def _after(self) -> None:
        if not self._pending:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.changed.emit()

    def _allows(self, press: Press, call: LiveCall | None = None) -> bool:
        return self._guard.allows(press, self._now_s(), "" if call is None else call.call_id)

    def _has_call(self, state: DeskState) -> bool:
        return state.line in (LineState.TALKING, LineState.DIALLING)

    def _desk_changed(self, state: DeskState) -> None:
        """Blocks F8 for a moment when another call becomes active, to prevent ending it by
        accident.
        """
        call = state.call
        front = None if call is None or call.ended_at is not None else call.call_id
        if front is not None and self._shown_call not in (None, front):
            former = self._desk.call(self._shown_call or "")
            if former is None or former.ended_at is not None:
                self._guard.hold_back(Press.HANG_UP, self._now_s())
                self._guard.hold_back(Press.HANG_UP, self._now_s(), front)
        self._shown_call = front

    def _tell(self, head: str, body: str = "", *, problem: bool = False) -> None:
        self._told = Notice(head, body, LONG_S, problem)
        self.told.emit(self._told)
