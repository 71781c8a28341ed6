"""Presenter of the call bar: builds its view state and performs the actions of its buttons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.features.call_bar.block_content import (
    BlockContent,
    CallQuality,
    CallView,
    StripContent,
    quiet_block,
    ringing_block,
    strip_content,
    talking_block,
)
from console.features.call_bar.locked_content import LockedCall, locked_call
from console.shared.session.call_control import CallControl, is_unheard, pair_of
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState, LineState
from console.shared.session.operator_state import OperatorStatePresenter, StatePill
from console.shared.workplace.status import StatusPresenter, StatusState
from sync.register.people.operator_states import READY, Doing
from telephony.events import (
    CallEnded,
    CallHeld,
    CallResumed,
    MediaReported,
    PhoneConnected,
    PhoneEvent,
)

TICK_MS = 1000


class BarButton(StrEnum):
    """Buttons of the call bar, from left to right."""

    CHECK = "check"
    DIAL = "dial"
    TRAINING = "training"
    READY = "ready"
    EXTEND = "extend"
    CALL_BACK = "call-back"
    ANSWER = "answer"
    REJECT = "reject"
    HOLD = "hold"
    RESUME = "resume"
    BACK = "back"
    MUTE = "mute"
    UNMUTE = "unmute"
    KEYPAD = "keypad"
    JOIN = "join"
    TRANSFER = "transfer"
    CONNECT = "connect"
    HANG_UP = "hang-up"


@dataclass(frozen=True, slots=True)
class CallBarState:
    """View state of the call bar; ``locked`` is the state of the lock page."""

    operator: StatePill
    block: BlockContent
    buttons: frozenset[BarButton]
    strip: StripContent | None = None
    locked: LockedCall | None = None


class TrainingPort(Protocol):
    """Starts a training call; the call bar allows it only without a call."""

    def offer(self) -> None: ...


class CallBarPresenter(QObject):
    """Builds the view state of the call bar from calls, phone status and operator state."""

    changed = Signal(object)  # CallBarState
    check_asked = Signal()
    dial_asked = Signal()
    transfer_asked = Signal()
    keypad_asked = Signal()
    call_back_asked = Signal()
    state_key = Signal()  # the operator state was clicked, same as F9

    def __init__(
        self,
        desk: DeskPresenter,
        calls: CallControl,
        status: StatusPresenter,
        training: TrainingPort,
        operator_state: OperatorStatePresenter,
        *,
        zone: ZoneInfo,
        area_code: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calls = calls
        self._operator_state = operator_state
        self._clock = clock
        self._status = status
        self._zone = zone
        self._area_code = area_code
        self._qualities: dict[str, CallQuality] = {}
        self._shown: object = None
        self._heard: tuple[object, ...] = ()  # relevant part of the last DeskState
        self._tick = QTimer(self)  # updates the texts of held calls
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._actions: dict[BarButton, Callable[[], None]] = {
            BarButton.CHECK: self.check_asked.emit,
            BarButton.DIAL: self.dial_asked.emit,
            BarButton.TRAINING: training.offer,
            BarButton.READY: lambda: operator_state.choose(READY),
            BarButton.EXTEND: operator_state.extend,
            BarButton.CALL_BACK: self.call_back_asked.emit,
            BarButton.ANSWER: calls.answer,
            BarButton.REJECT: calls.hang_up,
            BarButton.HOLD: calls.toggle_hold,
            BarButton.RESUME: calls.toggle_hold,
            BarButton.BACK: calls.go_back,
            BarButton.MUTE: calls.toggle_mute,
            BarButton.UNMUTE: calls.toggle_mute,
            BarButton.KEYPAD: self.keypad_asked.emit,
            BarButton.JOIN: calls.join,
            BarButton.TRANSFER: self.transfer_asked.emit,
            BarButton.CONNECT: calls.complete,
            BarButton.HANG_UP: calls.hang_up,
        }
        desk.changed.connect(self._desk_changed)
        calls.changed.connect(self.refresh)
        status.changed.connect(self._refresh)
        operator_state.changed.connect(self._refresh)
        self.state_key.connect(operator_state.press_key)

    @property
    def state(self) -> CallBarState:
        desk, status = self._desk.state, self._status.state
        view = self._view(desk, status)
        return CallBarState(
            operator=self._operator_state.pill,
            block=self._block(view),
            buttons=self._buttons(desk, status),
            strip=strip_content(view),
            locked=locked_call(view),
        )

    def now(self) -> datetime:
        """Returns the current time, for timers and clock."""
        return self._clock()

    @property
    def extension_s(self) -> int:
        """Seconds added by one wrap-up extension."""
        return self._operator_state.rules.extension_s

    def press(self, button: BarButton) -> None:
        """Performs the action of the button."""
        self._actions[button]()

    def switch(self) -> None:
        """Answers the second call, or switches to it if it is on hold."""
        self._calls.switch()

    def receive_phone(self, event: PhoneEvent) -> None:
        """Updates call quality and hold from a phone event."""
        match event:
            case MediaReported(call_id=call_id):
                self._quality(call_id).take(event)
            case CallHeld(call_id=call_id, by=side):
                self._quality(call_id).set_held(side.value, True)
            case CallResumed(call_id=call_id, by=side):
                self._quality(call_id).set_held(side.value, False)
            case CallEnded(call_id=call_id):
                self._qualities.pop(call_id, None)
            case PhoneConnected(calls=snapshots):
                self._qualities.clear()
                for snapshot in snapshots:
                    for side in snapshot.held_by:
                        self._quality(snapshot.call_id).set_held(side.value, True)
            case _:
                return
        self.refresh()

    def _quality(self, call_id: str) -> CallQuality:
        return self._qualities.setdefault(call_id, CallQuality())

    def _desk_changed(self, desk: DeskState) -> None:
        card = desk.card
        heard = (*desk.of_calls, None if card is None else (card.ended_at, card.end_cause))
        if heard == self._heard:
            return  # unrelated change; time is handled by timers
        self._heard = heard
        held = [call for call in (desk.call, *desk.others) if call is not None and call.held_since]
        if held and not self._tick.isActive():
            self._tick.start()
        elif not held:
            self._tick.stop()
        self._refresh(desk)

    def _refresh(self, _state: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Emits the view state if it has changed; called every second while a call is on hold."""
        call = self._desk.state.call
        if call is not None and call.call_id in self._qualities:
            self._qualities[call.call_id].set_muted(call.muted)
        state = self.state
        if state != self._shown:
            self._shown = state
            self.changed.emit(state)

    def _view(self, desk: DeskState, status: StatusState) -> CallView:
        call = desk.call
        quality = self._qualities.get(call.call_id) if call is not None else None
        return CallView(
            desk=desk,
            status=status,
            now=self._clock(),
            zone=self._zone,
            area_code=self._area_code,
            title_of=self._calls.title_of,
            quality=quality or CallQuality(),
            pending=self._calls.pending,
            operator=self._operator_state.status,
        )

    def _block(self, view: CallView) -> BlockContent:
        call = view.desk.call
        match view.desk.line:
            case LineState.RINGING if call is not None:
                return ringing_block(view, call)
            case LineState.TALKING | LineState.DIALLING if call is not None:
                return talking_block(view, call)
            case _:
                return quiet_block(view)

    def _buttons(self, desk: DeskState, status: StatusState) -> frozenset[BarButton]:
        match desk.line:
            case LineState.RINGING:
                return frozenset({BarButton.ANSWER, BarButton.REJECT})
            case LineState.TALKING | LineState.DIALLING:
                return frozenset(_call_buttons(desk))
            case LineState.FREE | LineState.WRAP_UP:
                return self._buttons_between_calls(desk, status)
            case _:
                assert_never(desk.line)

    def _buttons_between_calls(self, desk: DeskState, status: StatusState) -> frozenset[BarButton]:
        state = self._operator_state.status
        if state.wrap_up is not None:
            buttons = {BarButton.EXTEND} if self._operator_state.may_extend else set()
            return frozenset(buttons | ({BarButton.CALL_BACK} if status.phone_ready else set()))
        if not status.phone_ready:
            return frozenset({BarButton.CHECK})
        if not self._operator_state.takes_calls:
            return frozenset({BarButton.TRAINING})
        if state.doing in (Doing.NOT_READY, Doing.BREAK):
            return frozenset({BarButton.DIAL, BarButton.READY})
        if desk.line is LineState.FREE:
            return frozenset({BarButton.DIAL, BarButton.TRAINING})
        return frozenset({BarButton.CALL_BACK})


def _call_buttons(desk: DeskState) -> Iterator[BarButton]:
    """Returns the buttons of a call by position: hold, microphone, keypad, transfer, hang up."""
    call, pair = desk.call, pair_of(desk)
    if call is None:
        return
    asks = pair is not None and call == pair.consulted
    if desk.conference or asks or call.hand_over is not None:
        yield BarButton.BACK
    elif call.is_up:
        yield BarButton.RESUME if call.held_since is not None else BarButton.HOLD
    if call.is_up:
        yield BarButton.UNMUTE if is_unheard(desk) else BarButton.MUTE
        yield BarButton.JOIN if pair is not None and not desk.conference else BarButton.KEYPAD
    if pair is None and call.is_up and call.hand_over is None:
        yield BarButton.TRANSFER
    elif pair is not None and pair.consulted.is_up:
        yield BarButton.CONNECT
    yield BarButton.HANG_UP
