"""What the call bar shows and which calls its buttons make on the desk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.call_quality import CallQuality
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState, LineState, LiveCall
from console.presenters.operator_state import OperatorStatePresenter, StatePill
from console.presenters.status import StatusPresenter, StatusState
from sync.register.operator_states import READY, Doing, WrapUp
from sync.register.phones import canonical_phone
from telephony.events import (
    CallEnded,
    CallHeld,
    CallResumed,
    MediaReported,
    PhoneConnected,
    PhoneEvent,
)


class BarButton(StrEnum):
    """The buttons of the call bar, in the order they stand."""

    CHECK = "check"
    TRAINING = "training"
    READY = "ready"
    EXTEND = "extend"
    ANSWER = "answer"
    REJECT = "reject"
    MUTE = "mute"
    UNMUTE = "unmute"
    HANG_UP = "hang-up"


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What the call block shows.

    ``since`` makes its timer run up, ``until`` down, counted from UTC.
    """

    tint: str  # none | accent | ok | warn | wrap | danger
    icon: str
    title: str
    detail: str
    pill: tuple[str, str, str] | None = None  # text, icon, kind
    since: datetime | None = None
    word: str = ""
    quality: tuple[str, str, str] | None = None  # text, icon, kind
    tool_tip: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallBarState:
    """All that the call bar shows."""

    operator: StatePill
    block: BlockContent
    buttons: frozenset[BarButton]


class TrainingPort(Protocol):
    """Starts a training call; the window offers it while the line is free."""

    def offer(self) -> None: ...


class CallBarPresenter(QObject):
    """Puts the desk's calls and the phone's health into the words of the call bar."""

    changed = Signal(object)  # CallBarState
    check_asked = Signal()
    state_key = Signal()  # the operator's own state was clicked: as F9

    def __init__(
        self,
        desk: DeskPresenter,
        status: StatusPresenter,
        training: TrainingPort,
        operator_state: OperatorStatePresenter,
        *,
        zone: ZoneInfo,
        area_code: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._status = status
        self._training = training
        self._operator_state = operator_state
        self._zone = zone
        self._area_code = area_code
        self._qualities: dict[str, CallQuality] = {}
        self._shown: object = None
        desk.changed.connect(self._refresh)
        status.changed.connect(self._refresh)
        operator_state.changed.connect(self._refresh)
        self.state_key.connect(operator_state.press_key)

    @property
    def state(self) -> CallBarState:
        desk, status = self._desk.state, self._status.state
        return CallBarState(
            operator=self._operator_state.pill,
            block=self._block(desk, status),
            buttons=self._buttons(desk, status),
        )

    @property
    def extension_s(self) -> int:
        """By how much a wrap-up is made longer."""
        return self._operator_state.rules.extension_s

    def press(self, button: BarButton) -> None:
        match button:
            case BarButton.CHECK:
                self.check_asked.emit()
            case BarButton.TRAINING:
                self._training.offer()
            case BarButton.READY:
                self._operator_state.choose(READY)
            case BarButton.EXTEND:
                self._operator_state.extend()
            case BarButton.ANSWER:
                self._desk.answer()
            case BarButton.REJECT | BarButton.HANG_UP:
                self._desk.hang_up()
            case BarButton.MUTE | BarButton.UNMUTE:
                self._desk.toggle_mute()
            case _:
                assert_never(button)

    def receive_phone(self, event: PhoneEvent) -> None:
        """Take in how calls sound; what the desk takes in is not repeated here."""
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
        self._refresh(None)

    def _quality(self, call_id: str) -> CallQuality:
        return self._qualities.setdefault(call_id, CallQuality())

    def _refresh(self, _state: object) -> None:
        call = self._desk.state.call
        if call is not None and call.call_id in self._qualities:
            self._qualities[call.call_id].set_muted(call.muted)
        state = self.state
        if state != self._shown:
            self._shown = state
            self.changed.emit(state)

    def _block(self, desk: DeskState, status: StatusState) -> BlockContent:
        call, wrap_up = desk.call, self._operator_state.status.wrap_up
        if wrap_up is not None and desk.line in (LineState.FREE, LineState.WRAP_UP):
            return self._wrapping_up(desk, wrap_up)
        if call is None or desk.line is LineState.WRAP_UP:
            return self._free(status)
        who, detail = self._who(call), self._detail(call, desk)
        match desk.line:
            case LineState.RINGING:
                pill = None
                if status.out_of_hours:
                    pill = (words.calls.out_of_hours(), "clock-fill", "warn")
                return BlockContent(
                    "accent", "phone-incoming", who, detail, pill, call.rang_at, words.calls.rings()
                )
            case LineState.TALKING:
                pill = None
                quality = self._qualities.get(call.call_id, CallQuality())
                if call.muted:
                    pill = (words.calls.not_heard(), "microphone-slash", "warn")
                elif quality.caller_silent:
                    pill = (words.sound.caller_silent(), "speaker-slash", "warn")
                elif quality.microphone_silent:
                    pill = (words.sound.microphone_silent(), "microphone-slash", "warn")
                elif desk.waiting:
                    pill = (words.calls.second_call(len(desk.waiting)), "phone-incoming", "accent")
                elif desk.closes_at_end:
                    pill = (words.calls.saves_at_end(), "check", "neutral")
                return BlockContent(
                    "ok",
                    "phone-call-fill",
                    who,
                    detail,
                    pill,
                    call.answered_at,
                    words.calls.talking(),
                    *_sound_of(quality),
                )
            case LineState.FREE | LineState.WRAP_UP:
                return self._free(status)
            case _:
                assert_never(desk.line)

    def _wrapping_up(self, desk: DeskState, wrap_up: WrapUp) -> BlockContent:
        whole = words.formats.duration_text(wrap_up.whole_s)
        return BlockContent(
            "wrap",
            "note-pencil",
            words.calls.wrap_up() if desk.call is None else self._who(desk.call),
            words.calls.call_over(desk.card, self._zone),
            word=words.operator_states.seconds_of(whole),
            until=wrap_up.ends_at,
        )

    def _free(self, status: StatusState) -> BlockContent:
        if not status.phone_ready:
            return BlockContent(
                "danger",
                "warning-octagon-fill",
                words.calls.no_calls_arrive(),
                status.phone_detail,
                None,
                status.phone_since,
                words.calls.without_phone(),
            )
        pill = (words.calls.out_of_hours(), "clock-fill", "warn") if status.out_of_hours else None
        if self._desk.state.line is LineState.WRAP_UP:
            pill = (words.operator_states.draft_waits(), "note-pencil", "warn")
        state = self._operator_state.status
        if state.doing in (Doing.NOT_READY, Doing.BREAK):
            why = words.operator_states.reason(state.reason)
            detail = " · ".join(
                part for part in (why, words.operator_states.calls_pass_by()) if part
            )
            return BlockContent(
                "none",
                "phone-x",
                words.operator_states.you_are(state.doing),
                detail,
                pill,
                state.since,
                words.operator_states.doing(state.doing),
            )
        return BlockContent("none", "phone", words.calls.line_free(), status.phone_detail, pill)

    def _who(self, call: LiveCall) -> str:
        if not call.number:
            return words.calls.hidden_number()
        canonical = canonical_phone(call.number, self._area_code)
        return words.formats.phone_text(canonical) if canonical else call.number

    def _detail(self, call: LiveCall, desk: DeskState) -> str:
        parts = []
        if call.name and call.name != call.number:
            parts.append(words.calls.probably(call.name))
        if call.line:
            parts.append(words.calls.line(call.line))
        if call.answered_at is not None:
            waited = (call.answered_at - call.rang_at).total_seconds()
            parts.append(words.calls.waited(words.formats.duration_text(waited)))
        return " · ".join(parts)

    def _buttons(self, desk: DeskState, status: StatusState) -> frozenset[BarButton]:
        match desk.line:
            case LineState.RINGING:
                return frozenset({BarButton.ANSWER, BarButton.REJECT})
            case LineState.TALKING:
                muted = desk.call is not None and desk.call.muted
                mute = BarButton.UNMUTE if muted else BarButton.MUTE
                return frozenset({mute, BarButton.HANG_UP})
            case LineState.FREE | LineState.WRAP_UP:
                return self._buttons_between_calls(desk, status)
            case _:
                assert_never(desk.line)

    def _buttons_between_calls(self, desk: DeskState, status: StatusState) -> frozenset[BarButton]:
        state = self._operator_state.status
        if state.wrap_up is not None:
            return frozenset({BarButton.EXTEND} if self._operator_state.may_extend else ())
        if not status.phone_ready:
            return frozenset({BarButton.CHECK})
        if state.doing in (Doing.NOT_READY, Doing.BREAK):
            return frozenset({BarButton.READY})
        return frozenset({BarButton.TRAINING} if desk.line is LineState.FREE else ())


def _sound_of(quality: CallQuality) -> tuple[tuple[str, str, str] | None, str]:
    """The level's word, icon and kind, and for the tool tip its figures and what to do."""
    level, figures = quality.level, quality.figures
    if level is None or figures is None:
        return None, ""
    lines = words.sound.quality_figures(
        figures.mos,
        figures.lost_percent,
        figures.jitter_ms,
        figures.round_trip_ms,
        figures.far_lost_percent,
    )
    advice = words.sound.quality_advice(level)
    return words.sound.quality(level), "\n".join(text for text in (lines, advice) if text)
