"""What the call block and the strip below it say of the calls; pure, in the words of the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from console import words
from console.presenters.call_partners import is_unheard, others_of, pair_of
from console.presenters.call_quality import CallQuality
from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState, LiveCall, route_of
from console.presenters.pending_commands import Asked
from console.presenters.status_state import StatusState
from sync.register.operator_states import Doing, OperatorStatus, WrapUp
from sync.register.phones import canonical_phone
from telephony.events import RecordingState

HELD_LONG_S, HELD_TOO_LONG_S = 60, 120

PillWords = tuple[str, str, str]  # text, icon, kind


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What the call block shows.

    ``since`` makes its timer run up, ``until`` down, counted from UTC.
    ``detail_since`` puts a second timer at the beginning of the second line.
    """

    tint: str  # none | accent | ok | warn | wrap | danger
    icon: str
    title: str
    detail: str
    pill: PillWords | None = None
    since: datetime | None = None
    word: str = ""
    quality: PillWords | None = None
    tool_tip: str = ""
    recording: PillWords | None = None
    detail_since: datetime | None = None
    timer_role: str = "text"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StripContent:
    """The other call in one line: who, since when, and what its key does with it."""

    icon: str
    text: str
    word: str
    since: datetime
    role: str
    action: str


@dataclass(frozen=True, slots=True)
class CallView:
    """What is known of the calls at a moment.

    ``title_of`` gives the directory's name of somebody who was called from here.
    """

    desk: DeskState
    status: StatusState
    now: datetime
    zone: ZoneInfo
    area_code: str
    title_of: Callable[[str], str]
    operator: OperatorStatus
    quality: CallQuality = field(default_factory=CallQuality)
    pending: frozenset[Asked] = frozenset()

    def who(self, call: LiveCall) -> str:
        """The directory's name of whom we called, else the number as people read it."""
        return self.title_of(call.call_id) or number_text(call.number, self.area_code)


def number_text(number: str, area_code: str) -> str:
    if not number:
        return words.calls.hidden_number()
    canonical = canonical_phone(number, area_code)
    return words.formats.phone_text(canonical) if canonical else number


def quiet_block(view: CallView) -> BlockContent:
    """Nobody is on the line: the wrap-up counts down, or the operator's own state is told."""
    wrap_up = view.operator.wrap_up
    if wrap_up is not None:
        return _wrapping_up(view, wrap_up)
    status = view.status
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
    if view.desk.line is LineState.WRAP_UP:
        pill = (words.operator_states.draft_waits(), "note-pencil", "warn")
    state = view.operator
    if state.doing in (Doing.NOT_READY, Doing.BREAK):
        why = words.operator_states.reason(state.reason)
        detail = " · ".join(part for part in (why, words.operator_states.calls_pass_by()) if part)
        return BlockContent(
            "none",
            "phone-x",
            words.operator_states.you_are(state.doing),
            detail,
            pill,
            state.since,
            words.operator_states.doing(state.doing),
        )
    detail = words.calls.out_of_hours_means() if status.out_of_hours else status.phone_detail
    return BlockContent("none", "phone", words.calls.line_free(), detail, pill)


def _wrapping_up(view: CallView, wrap_up: WrapUp) -> BlockContent:
    whole = words.formats.duration_text(wrap_up.whole_s)
    return BlockContent(
        "wrap",
        "note-pencil",
        words.calls.wrap_up() if view.desk.call is None else view.who(view.desk.call),
        words.calls.call_over(view.desk.card, view.zone),
        word=words.operator_states.seconds_of(whole),
        until=wrap_up.ends_at,
    )


def ringing_block(view: CallView, call: LiveCall) -> BlockContent:
    pill = (words.calls.out_of_hours(), "clock-fill", "warn") if view.status.out_of_hours else None
    word = _waiting_word(view) or words.calls.rings()
    return BlockContent(
        "accent", "phone-incoming", view.who(call), _detail(call), pill, call.rang_at, word
    )


def talking_block(view: CallView, call: LiveCall) -> BlockContent:
    """One call at least is up or goes out."""
    pair = pair_of(view.desk)
    if pair is not None and view.desk.conference:
        who = words.call_control.both(view.who(pair.caller), view.who(pair.consulted))
        return BlockContent(
            "wrap",
            "users-three",
            who,
            words.call_control.three_hear(),
            _attention(view, call),
            pair.consulted.answered_at,
            _waiting_word(view) or words.call_control.conference(),
            *_sound_of(view.quality, call.recording),
            recording=_recording(call),
        )
    if pair is not None and pair.consulted == call:
        return _consulting(view, call, pair.caller)
    if call.is_dialled:
        return _dialled(view, call)
    if call.hand_over is not None:
        return _handed_over(view, call, call.hand_over.target)
    if call.held_since is not None:
        return _held(view, call, call.held_since)
    return BlockContent(
        "ok",
        "phone-call-fill",
        view.who(call),
        _detail(call),
        _attention(view, call),
        call.answered_at,
        _waiting_word(view) or words.calls.talking(),
        *_sound_of(view.quality, call.recording),
        recording=_recording(call),
    )


def _consulting(view: CallView, call: LiveCall, caller: LiveCall) -> BlockContent:
    word = words.call_control.consulting() if call.is_up else _dial_word(call)
    return BlockContent(
        "wrap",
        "users",
        view.who(call),
        words.call_control.caller_held(view.who(caller)),
        _attention(view, call),
        call.answered_at or call.rang_at,
        _waiting_word(view) or word,
        recording=_recording(call),
        detail_since=caller.held_since,
    )


def _dialled(view: CallView, call: LiveCall) -> BlockContent:
    title = view.title_of(call.call_id)
    return BlockContent(
        "accent",
        "phone-outgoing",
        view.who(call),
        number_text(call.number, view.area_code) if title else "",
        None,
        call.rang_at,
        _waiting_word(view) or _dial_word(call),
    )


def _dial_word(call: LiveCall) -> str:
    return words.call_control.far_rings() if call.far_rings else words.call_control.dialling()


def _handed_over(view: CallView, call: LiveCall, target: str) -> BlockContent:
    pill = (words.call_control.handed_to(target), "arrow-bend-up-right", "accent")
    return BlockContent(
        "warn",
        "arrow-bend-up-right",
        view.who(call),
        _detail(call),
        pill,
        call.held_since or call.answered_at,
        words.call_control.handing_over(),
        recording=_recording(call),
    )


def _held(view: CallView, call: LiveCall, since: datetime) -> BlockContent:
    """On hold: amber after a minute, red after two, both with a word."""
    held_s = (view.now - since).total_seconds()
    tint, role, word, pill = "warn", "text", words.call_control.on_hold(), None
    back = words.call_control.go_back_to_caller()
    if held_s >= HELD_TOO_LONG_S:
        tint, role, word = "danger", "danger", words.call_control.held_too_long()
        pill = (back, "warning-octagon-fill", "danger")
    elif held_s >= HELD_LONG_S:
        role, word = "warn", words.call_control.held_long()
        pill = (back, "clock-fill", "warn")
    if call.muted:
        pill = (words.calls.not_heard(), "microphone-slash", "warn")
    return BlockContent(
        tint,
        "pause",
        view.who(call),
        _detail(call),
        pill,
        since,
        _waiting_word(view) or word,
        recording=_recording(call),
        timer_role=role,
    )


def _attention(view: CallView, call: LiveCall) -> PillWords | None:
    """The one thing that the operator must see first."""
    desk, quality = view.desk, view.quality
    if is_unheard(desk):
        return words.calls.not_heard(), "microphone-slash", "warn"
    if call.held_by_far:
        return words.call_control.held_by_far(), "pause", "neutral"
    if quality.caller_silent:
        return words.sound.caller_silent(), "speaker-slash", "warn"
    if quality.microphone_silent:
        return words.sound.microphone_silent(), "microphone-slash", "warn"
    if desk.closes_at_end:
        return words.calls.saves_at_end(), "check", "neutral"
    return None


def _recording(call: LiveCall) -> PillWords | None:
    match call.recording:
        case RecordingState.STARTED | RecordingState.RESUMED:
            return words.call_control.recording(), "record-fill", "danger"
        case RecordingState.PAUSED:
            return words.call_control.recording_paused(), "pause", "warn"
        case _:
            return None


def _waiting_word(view: CallView) -> str:
    """What is being done with the call in front and is not confirmed yet."""
    for asked in Asked:
        if asked in view.pending and (word := words.call_control.waiting_for(asked.value)):
            return word
    return ""


def _detail(call: LiveCall) -> str:
    parts = []
    if call.name and call.name != call.number:
        parts.append(words.calls.probably(call.name))
    if call.line and call.line != call.number:
        parts.append(words.calls.line(call.line))
    if came := words.calls.route(route_of(call)):
        parts.append(came)
    if call.answered_at is not None:
        waited = (call.answered_at - call.rang_at).total_seconds()
        parts.append(words.calls.waited(words.formats.duration_text(waited)))
    return " · ".join(parts)


def strip_content(view: CallView) -> StripContent | None:
    """The other call: one that rings comes before one that is held.

    The caller of a consultation stands in the block itself.
    """
    desk = view.desk
    pair = pair_of(desk)
    in_block = pair.caller if pair is not None and desk.call == pair.consulted else None
    others = [call for call in others_of(desk) if call != in_block]
    waiting = desk.waiting if desk.call is not None and not desk.call.is_offered else ()
    rest = len(waiting) + len(others) - 1
    more = f" · {words.call_control.and_more(rest)}" if rest > 0 else ""
    if waiting:
        first = waiting[0]
        came = words.calls.route(route_of(first))
        return StripContent(
            "phone-incoming",
            words.call_control.second_call(view.who(first)) + (f" · {came}" if came else "") + more,
            words.call_control.waits(),
            first.rang_at,
            "accent",
            words.call_control.answer_second(),
        )
    if not others:
        return None
    other = others[0]
    since = other.held_since or other.answered_at or other.rang_at
    held_s = (view.now - since).total_seconds()
    role = "warn" if held_s < HELD_TOO_LONG_S else "danger"
    word = words.call_control.on_hold()
    if held_s >= HELD_LONG_S:
        word = words.call_control.held_long()
    if held_s >= HELD_TOO_LONG_S:
        word = words.call_control.held_too_long()
    return StripContent(
        "pause", view.who(other) + more, word, since, role, words.call_control.switch_over()
    )


def _sound_of(
    quality: CallQuality, recording: RecordingState | None
) -> tuple[PillWords | None, str]:
    """The level's word, icon and kind, and for the tool tip its figures and what to do."""
    tips = [] if recording is None else [words.call_control.recording_key()]
    level, figures = quality.level, quality.figures
    if level is None or figures is None:
        return None, "\n".join(tips)
    lines = words.sound.quality_figures(
        figures.mos,
        figures.lost_percent,
        figures.jitter_ms,
        figures.round_trip_ms,
        figures.far_lost_percent,
    )
    tips = [lines, words.sound.quality_advice(level), *tips]
    return words.sound.quality(level), "\n".join(text for text in tips if text)
