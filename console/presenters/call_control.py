"""What the operator does with calls: every key, button and headset goes through here.

A command is sent at once and shown when it is confirmed: by the far side, or by the phone where
the far side is not asked. What is not confirmed within three seconds is told as not done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.milestones import Milestone, Milestones
from console.presenters.call_partners import heard_by, is_unheard, others_of, pair_of
from console.presenters.desk import NO_PURPOSE, DeskPresenter
from console.presenters.desk_state import CallPurpose, DeskState
from console.presenters.live_calls import LineState, LiveCall
from console.presenters.notices import LONG_S, Notice
from console.presenters.pending_commands import Asked, PendingCommands
from console.presenters.press_guard import Press, PressGuard
from telephony.commands import RecordingAction
from telephony.events import (
    CallEnded,
    CallResumed,
    CommandRefused,
    EndCause,
    PhoneConnected,
    PhoneEvent,
    RecordingChanged,
    RecordingState,
    Side,
    TransferProgressed,
    TransferState,
)

_LOOK_MS = 250
# After these somebody else hears the operator, so that what was told of the calls is over.
_TURNS = frozenset(Asked) - {Asked.MUTE, Asked.RECORD}


class CallPhonePort(Protocol):
    """What call control asks of the phone; events tell what came of it."""

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
    """Sends commands and waits for their confirmation; belongs to the GUI thread.

    ``pending`` are the commands of the call in front that are not confirmed yet.
    """

    changed = Signal()
    told = Signal(object)  # Notice
    overtaken = Signal(object)  # Notice: what it says is not so any more

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
        self._titles: dict[str, str] = {}  # of those who were called, where the directory has one
        self._consultations: dict[str, str] = {}  # by their own ids, about whom each is
        self._by_itself: set[str] = set()  # callers held only because they were to be transferred
        self._shown_call: str | None = None
        self._told: Notice | None = None  # the last, until something else is asked
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
        """The name under which somebody was called from here; empty where there is none."""
        return self._titles.get(call_id, "")

    # --- keys ---

    def answer(self) -> None:
        """Take the call that rings, unless somebody else is being talked to."""
        state = self._desk.state
        if state.line is LineState.RINGING and state.call is not None:
            self._answer(state.call)
        elif state.waiting and state.call is not None and state.call.held_since is not None:
            self._answer(state.waiting[0])

    def switch(self) -> None:
        """Answer the second call, or go over to the other one; whom we talk to is held first."""
        state = self._desk.state
        if state.line is LineState.RINGING:
            self.answer()
        elif state.call is not None and state.call.is_dialled:
            self._tell(words.call_control.line_is_busy(), problem=True)
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
        """End the call in front, or turn away the one that rings.

        In a consultation only that ends, and the caller stays on hold. Two calls at once need a
        second press, and a call that is being handed over stays until the far side says so.
        """
        state = self._desk.state
        call = state.call
        if call is None or call.ended_at is not None:
            return
        if call.hand_over is not None:
            self._tell(words.call_control.hand_over_goes_on(), problem=True)
        elif call.call_id in state.conference:
            self._end_conference(state)
        elif not self._may_end(call):
            if (call.call_id, Asked.HANG_UP) not in self._pending:
                self._tell(words.call_control.call_has_changed(), problem=True)
        else:
            self._ask(call.call_id, Asked.HANG_UP)
            if state.line is LineState.RINGING:
                self._phone.reject(call.call_id)
            else:
                self._phone.hang_up(call.call_id)

    def _may_end(self, call: LiveCall) -> bool:
        """Not twice for one call; and a ring is not turned away by the end of the call before."""
        now_s = self._now_s()
        if call.is_offered and not self._guard.allows(Press.HANG_UP, now_s):
            return False
        self._guard.hold_back(Press.HANG_UP, now_s)
        return self._guard.allows(Press.HANG_UP, now_s, call.call_id)

    def _end_conference(self, state: DeskState) -> None:
        if not self._guard.confirms(self._now_s()):
            self._tell(words.call_control.press_again_to_end_both(), problem=True)
            return
        for call_id in state.conference:
            self._ask(call_id, Asked.HANG_UP)
            self._phone.hang_up(call_id)

    def toggle_hold(self) -> None:
        """Hold whom we talk to or take him up again; from a consultation, go back to the caller."""
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
        """«Вернуться к абоненту»: leave the one who was asked, and talk to the caller alone."""
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
        """Send silence in place of the operator's voice, or the voice again; to both of three."""
        call = self._desk.state.call
        if call is None or not call.is_up or not self._allows(Press.MUTE, call):
            return
        muted = is_unheard(self._desk.state)
        for each in heard_by(self._desk.state):
            if each.muted is muted:
                self._ask(each.call_id, Asked.MUTE)
                self._phone.set_muted(each.call_id, not muted)

    def toggle_recording(self) -> None:
        """Pause the recording or go on with it; begin one where there is none."""
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
        """Press keys of the telephone in the call in front; False where none is up."""
        call = self._desk.state.call
        if call is None or not call.is_up or not digits:
            return False
        self._phone.send_digits(call.call_id, digits)
        return True

    # --- handing over ---

    def transfer(self, number: str) -> bool:
        """Hand the caller over at once; he is held from this moment on."""
        caller = self._caller_to_hand_over()
        if caller is None:
            return False
        if caller.held_since is None:
            self._by_itself.add(caller.call_id)
        self._ask(caller.call_id, Asked.TRANSFER)
        self._phone.transfer(caller.call_id, number)
        return True

    def consult(self, number: str, title: str = "") -> bool:
        """Hold the caller at once and call somebody about him; ``title`` is his name for us."""
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
            self._tell(*words.call_control.asked_about_already(), problem=True)
            return None
        if call is None or not call.is_up:
            self._tell(words.call_control.nobody_to_transfer(), problem=True)
            return None
        is_asked = self._pending.of({call.call_id}) & {Asked.TRANSFER, Asked.CONSULT}
        if call.hand_over is not None or is_asked:
            self._tell(words.call_control.hand_over_goes_on(), problem=True)
            return None
        return call

    def complete(self) -> None:
        """Bring the caller and the one who was asked together; we leave when they have met."""
        pair = pair_of(self._desk.state)
        if pair is None:
            return
        if not pair.consulted.is_up:
            self._tell(words.call_control.wait_for_answer(), problem=True)
        elif self._allows(Press.CONNECT):
            self._ask(pair.caller.call_id, Asked.CONNECT)
            self._phone.complete(pair.caller.call_id)

    def join(self) -> None:
        """Let the caller, the one who was asked and the operator hear each other."""
        state = self._desk.state
        pair = pair_of(state)
        if pair is None or state.conference:
            return
        if not pair.consulted.is_up:
            self._tell(words.call_control.wait_for_answer(), problem=True)
        elif self._allows(Press.CONFERENCE):
            ids = (pair.caller.call_id, pair.consulted.call_id)
            self._ask(ids[0], Asked.CONFERENCE)
            self._phone.set_conference(ids)

    # --- calling ---

    def dial(self, number: str, title: str = "", purpose: CallPurpose = NO_PURPOSE) -> bool:
        """Call a number; False, and a reason told, while that cannot be."""
        if self._desk.state.line not in (LineState.FREE, LineState.WRAP_UP):
            self._tell(words.call_control.line_is_busy(), problem=True)
            return False
        if not self._can_call():
            self._tell(words.calls.command_refused("not_connected"), problem=True)
            return False
        if not self._allows(Press.DIAL):
            return False
        call_id = self._phone.call(number)
        self._desk.expect_dialled(call_id, purpose)
        self._titles[call_id] = title
        self._ask(call_id, Asked.DIAL)
        return True

    # --- what the phone tells ---

    def receive(self, event: PhoneEvent) -> None:
        """Take in one event of the phone, after the desk has."""
        if self._pending.take(event):
            self._after()
        match event:
            case CallResumed(call_id=call_id, by=Side.NEAR):
                self._by_itself.discard(call_id)
            case RecordingChanged(state=RecordingState.FAILED):
                self._tell(*words.call_control.recording_failed(), problem=True)
            case TransferProgressed(state=TransferState.FAILED):
                self._not_handed_over(event)
            case CallEnded():
                self._ended(event)
            case CommandRefused(command=command) if command in set(Asked):
                self._by_itself.discard(event.call_id or "")
                self._note_not_done(command, event.code)
                self._tell(*words.call_control.refused(command, event.code), problem=True)
            case PhoneConnected(calls=snapshots):
                self._consultations |= {
                    each.call_id: each.consultation_of
                    for each in snapshots
                    if each.consultation_of is not None
                }
            case _:
                return

    def _not_handed_over(self, event: TransferProgressed) -> None:
        reason = words.call_control.status_reason(event.status_code)
        # Nobody is torn away from another caller whom she talks to by now.
        comes_back = event.call_id in self._by_itself and not self._talks_beside(event.call_id)
        self._by_itself.discard(event.call_id)
        where = (
            words.call_control.caller_comes_back()
            if comes_back
            else self._where_caller_waits(event.call_id)
        )
        if comes_back:
            # He was held for the transfer alone, and must not hear silence after it.
            self._ask(event.call_id, Asked.RESUME)
            self._phone.resume(event.call_id)
        self._tell(words.call_control.transfer_failed(reason), where, problem=True)

    def _ended(self, event: CallEnded) -> None:
        self._by_itself.discard(event.call_id)
        self._guard.forget(event.call_id)
        if event.call_id in self._consultations:
            head = words.call_control.consultation_over(event.cause, event.status_code)
            if head:
                where = self._where_caller_waits(self._consultations[event.call_id])
                self._tell(head, where, problem=True)
        elif event.cause is EndCause.TRANSFERRED:
            self._tell(words.call_control.handed_over())
        elif self._left_behind(event):
            self._tell(*words.call_control.held_has_left(), problem=True)
        self._consultations.pop(event.call_id, None)
        self._titles.pop(event.call_id, None)

    def _talks_beside(self, caller_id: str) -> bool:
        """Whether somebody else than this caller is talked to."""
        front = self._desk.state.call
        others = front is not None and front.call_id != caller_id
        return others and front is not None and front.is_up and front.held_since is None

    def _where_caller_waits(self, caller_id: str) -> str:
        """How to come back to a caller on hold; empty where he has left."""
        caller, front = self._desk.call(caller_id), self._desk.state.call
        if caller is None or caller.ended_at is not None:
            return ""
        if front is not None and front.call_id != caller_id:
            return words.call_control.caller_waits_behind()
        return words.call_control.caller_waits()

    def _left_behind(self, event: CallEnded) -> bool:
        """Whether somebody who waited on hold is gone while another one is talked to."""
        gone, front = self._desk.call(event.call_id), self._desk.state.call
        waited = gone is not None and gone.answered_at is not None and gone.held_since is not None
        is_other = front is not None and front.ended_at is None and front.call_id != event.call_id
        return waited and is_other and event.cause is EndCause.FAR_END

    # --- waiting for confirmation ---

    def look_for_overdue(self) -> None:
        """Tell what was not confirmed in time; the timer calls this while something waits."""
        for asked in self._pending.overdue(self._now_s()):
            self._note_not_done(asked.value, "not_confirmed")
            self._tell(*words.call_control.not_confirmed(asked.value), problem=True)
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
        """The call in front is over and another one stands there: F8 must not end it by a slip."""
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
