"""View state of the call block and of the strip for the second call, and call quality levels.

A quality level changes only after several reports agree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from console.core import formats
from console.shared.session import call_words, control_words, operator_state_words
from console.shared.session.call_control import Asked, is_unheard, others_of, pair_of
from console.shared.session.live_calls import DeskState, LineState, LiveCall, route_of
from console.shared.workplace import sound_words
from console.shared.workplace.status import StatusState
from sync.register.people.operator_states import Doing, OperatorStatus, WrapUp
from sync.register.people.phones import canonical_phone
from telephony.events import MediaReported, RecordingState

WORSE_AFTER = 2  # number of reports; there is one per second
BETTER_AFTER = 5
FIRST_AFTER = 3
LOSS_WINDOW = 10
CALLER_SILENT_S = 5.0  # longer than gaps of comfort noise and of the remote encoder
MICROPHONE_SILENT_S = 10.0
# Noise level of a disabled microphone or an empty socket; an active microphone is louder.
SILENT_DBFS = -70.0
# Users are satisfied down to a rating of 70, and many are not below 60 (ITU-T G.107, annex B).
GOOD_MOS, POOR_MOS, MOS_MARGIN = 3.6, 3.1, 0.15
# The remote party reports only its loss, no quality estimate (RFC 3550, 6.4.1).
POOR_FAR_LOST_PERCENT, BAD_FAR_LOST_PERCENT, FAR_LOST_MARGIN_PERCENT = 5.0, 10.0, 2.0
# Twice the one-way delay limits for comfortable and for possible conversation (ITU-T G.114).
POOR_ROUND_TRIP_MS, BAD_ROUND_TRIP_MS, ROUND_TRIP_MARGIN_MS = 600.0, 1000.0, 100.0


class QualityLevel(IntEnum):
    """Audio quality of a call; a greater value is worse."""

    GOOD = 0
    POOR = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """Latest quality measurements of a call; ``lost_percent`` covers the last ten seconds.

    ``far_lost_percent`` is the loss that the remote party reports.
    """

    mos: float | None
    lost_percent: float
    jitter_ms: float
    round_trip_ms: float | None
    far_lost_percent: float | None


class CallQuality:
    """Quality of one call; its level changes only after several consistent reports."""

    def __init__(self) -> None:
        self.level: QualityLevel | None = None
        self.figures: QualityFigures | None = None
        self._counts: deque[tuple[int, int]] = deque(maxlen=LOSS_WINDOW + 1)
        self._reports = 0
        self._worse = 0
        self._better = 0
        self._heard_at: datetime | None = None
        self._spoken_at: datetime | None = None
        self._at: datetime | None = None
        self._held_by: set[str] = set()
        self._muted = False

    @property
    def caller_silent(self) -> bool:
        """Whether no audio from the caller has arrived for some seconds, although no party holds
        the call.
        """
        return not self._held_by and self._lasts(self._heard_at, CALLER_SILENT_S)

    @property
    def microphone_silent(self) -> bool:
        """Whether the microphone has been silent for some seconds, although it is neither muted nor
        on hold.
        """
        return not self._held_by and self._lasts(self._spoken_at, MICROPHONE_SILENT_S)

    def set_held(self, side: str, held: bool) -> None:
        """Records that one party holds or resumes the call; silence is expected during hold."""
        (self._held_by.add if held else self._held_by.discard)(side)
        self._heard_at = self._spoken_at = self._at

    def set_muted(self, muted: bool) -> None:
        if muted is not self._muted:
            self._muted = muted
            self._spoken_at = self._at

    def take(self, report: MediaReported) -> None:
        self._at = report.at
        grown = not self._counts or report.packets_received > self._counts[-1][0]
        if grown or self._heard_at is None or self._held_by:
            self._heard_at = report.at
        speaks = report.level_sent_dbfs > SILENT_DBFS
        if speaks or self._muted or self._spoken_at is None or self._held_by:
            self._spoken_at = report.at
        self._counts.append((report.packets_received, report.packets_lost))
        self.figures = QualityFigures(
            report.mos,
            self._lost_percent(),
            report.jitter_ms,
            report.round_trip_ms,
            report.far_lost_percent,
        )
        self._settle(self.figures)

    def _lost_percent(self) -> float:
        (received_then, lost_then), (received, lost) = self._counts[0], self._counts[-1]
        missing, came = lost - lost_then, received - received_then
        # The loss count may decrease, because a packet counted as lost can arrive late.
        return 100 * max(0, missing) / max(1, missing + came)

    def _settle(self, figures: QualityFigures) -> None:
        self._reports += 1
        level = _level(figures, easily=True)
        if self.level is None:
            if self._reports >= FIRST_AFTER:
                self.level = level
            return
        clearly = _level(figures, easily=False)
        self._worse = self._worse + 1 if level > self.level else 0
        self._better = self._better + 1 if clearly < self.level else 0
        if self._worse >= WORSE_AFTER:
            self.level, self._worse = level, 0
        elif self._better >= BETTER_AFTER:
            self.level, self._better = clearly, 0

    def _lasts(self, since: datetime | None, limit_s: float) -> bool:
        if since is None or self._at is None:
            return False
        return (self._at - since).total_seconds() >= limit_s


def _level(figures: QualityFigures, *, easily: bool) -> QualityLevel:
    """Returns the worst level of all measurements.

    Without ``easily`` a measurement must exceed its limit by a margin.
    """
    margin = 0.0 if easily else 1.0
    # A higher score is better; negated it can be compared like the other values.
    costs = (
        (figures.mos and -figures.mos, -GOOD_MOS, -POOR_MOS, MOS_MARGIN),
        (
            figures.far_lost_percent,
            POOR_FAR_LOST_PERCENT,
            BAD_FAR_LOST_PERCENT,
            FAR_LOST_MARGIN_PERCENT,
        ),
        (figures.round_trip_ms, POOR_ROUND_TRIP_MS, BAD_ROUND_TRIP_MS, ROUND_TRIP_MARGIN_MS),
    )
    worst = QualityLevel.GOOD
    for cost, poor, bad, spare in costs:
        if cost is None:
            continue
        spare *= margin
        if cost > bad - spare:
            return QualityLevel.BAD
        if cost > poor - spare:
            worst = QualityLevel.POOR
    return worst


HELD_LONG_S, HELD_TOO_LONG_S = 60, 120

PillWords = tuple[str, str, str]  # text, icon, style of a badge


@dataclass(frozen=True, slots=True)
class BlockContent:
    """View state of the call block.

    The timer counts up from ``since`` or down to ``until`` (UTC). ``detail_since`` shows a second
    timer at the start of the second line.
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
    """View state of the strip for the second call: party, start time, and action of its key."""

    icon: str
    text: str
    word: str
    since: datetime
    role: str
    action: str


@dataclass(frozen=True, slots=True)
class CallView:
    """Input for the view states of the call bar at one time.

    ``title_of`` returns the directory title of the called party by Call-ID.
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
        """Returns the directory title of the called party, otherwise the formatted number."""
        return self.title_of(call.call_id) or number_text(call.number, self.area_code)


def number_text(number: str, area_code: str) -> str:
    if not number:
        return call_words.hidden_number()
    canonical = canonical_phone(number, area_code)
    return formats.phone_text(canonical) if canonical else number


def quiet_block(view: CallView) -> BlockContent:
    """Returns the block without a call: countdown of the wrap-up, or the operator state."""
    wrap_up = view.operator.wrap_up
    if wrap_up is not None:
        return _wrapping_up(view, wrap_up)
    status = view.status
    if not status.phone_ready:
        return BlockContent(
            "danger",
            "warning-octagon-fill",
            call_words.no_calls_arrive(),
            status.phone_detail,
            None,
            status.phone_since,
            call_words.without_phone(),
        )
    pill = (call_words.out_of_hours(), "clock-fill", "warn") if status.out_of_hours else None
    if view.desk.line is LineState.WRAP_UP:
        pill = (operator_state_words.draft_waits(), "note-pencil", "warn")
    state = view.operator
    if state.doing in (Doing.NOT_READY, Doing.BREAK):
        why = operator_state_words.reason(state.reason)
        detail = " · ".join(part for part in (why, operator_state_words.calls_pass_by()) if part)
        return BlockContent(
            "none",
            "phone-x",
            operator_state_words.you_are(state.doing),
            detail,
            pill,
            state.since,
            operator_state_words.doing(state.doing),
        )
    detail = (
        call_words.out_of_hours_means(status.closed_act)
        if status.out_of_hours
        else status.phone_detail
    )
    return BlockContent("none", "phone", call_words.line_free(), detail, pill)


def _wrapping_up(view: CallView, wrap_up: WrapUp) -> BlockContent:
    whole = formats.duration_text(wrap_up.whole_s)
    # If the clock is set back during the wrap-up, the countdown does not become longer.
    until = min(wrap_up.ends_at, view.now + timedelta(seconds=wrap_up.whole_s))
    return BlockContent(
        "wrap",
        "note-pencil",
        call_words.wrap_up() if view.desk.call is None else view.who(view.desk.call),
        call_words.call_over(view.desk.card, view.zone),
        word=operator_state_words.seconds_of(whole),
        until=until,
    )


def ringing_block(view: CallView, call: LiveCall) -> BlockContent:
    pill = (call_words.out_of_hours(), "clock-fill", "warn") if view.status.out_of_hours else None
    word = _waiting_word(view) or call_words.rings()
    return BlockContent(
        "accent", "phone-incoming", view.who(call), _detail(call), pill, call.rang_at, word
    )


def talking_block(view: CallView, call: LiveCall) -> BlockContent:
    """Returns the block of an answered or outgoing call."""
    pair = pair_of(view.desk)
    if pair is not None and view.desk.conference:
        who = control_words.both(view.who(pair.caller), view.who(pair.consulted))
        return BlockContent(
            "wrap",
            "users-three",
            who,
            control_words.three_hear(),
            _attention(view, call),
            pair.consulted.answered_at,
            _waiting_word(view) or control_words.conference(),
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
        _waiting_word(view) or call_words.talking(),
        *_sound_of(view.quality, call.recording),
        recording=_recording(call),
    )


def _consulting(view: CallView, call: LiveCall, caller: LiveCall) -> BlockContent:
    word = control_words.consulting() if call.is_up else _dial_word(call)
    return BlockContent(
        "wrap",
        "users",
        view.who(call),
        control_words.caller_held(view.who(caller)),
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
    return control_words.far_rings() if call.far_rings else control_words.dialling()


def _handed_over(view: CallView, call: LiveCall, target: str) -> BlockContent:
    pill = (control_words.handed_to(target), "arrow-bend-up-right", "accent")
    return BlockContent(
        "warn",
        "arrow-bend-up-right",
        view.who(call),
        _detail(call),
        pill,
        call.held_since or call.answered_at,
        control_words.handing_over(),
        recording=_recording(call),
    )


def _held(view: CallView, call: LiveCall, since: datetime) -> BlockContent:
    """Returns the block of a held call: amber after one minute, red after two, both with a text."""
    held_s = (view.now - since).total_seconds()
    tint, role, word, pill = "warn", "text", control_words.on_hold(), None
    back = control_words.go_back_to_caller()
    if held_s >= HELD_TOO_LONG_S:
        tint, role, word = "danger", "danger", control_words.held_too_long()
        pill = (back, "warning-octagon-fill", "danger")
    elif held_s >= HELD_LONG_S:
        role, word = "warn", control_words.held_long()
        pill = (back, "clock-fill", "warn")
    if call.muted:
        pill = (call_words.not_heard(), "microphone-slash", "warn")
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
    """Returns the most important warning for the operator; None without one."""
    desk, quality = view.desk, view.quality
    if is_unheard(desk):
        return call_words.not_heard(), "microphone-slash", "warn"
    if call.held_by_far:
        return control_words.held_by_far(), "pause", "neutral"
    if quality.caller_silent:
        return sound_words.caller_silent(), "speaker-slash", "warn"
    if quality.microphone_silent:
        return sound_words.microphone_silent(), "microphone-slash", "warn"
    if desk.closes_at_end:
        return call_words.saves_at_end(), "check", "neutral"
    return None


def _recording(call: LiveCall) -> PillWords | None:
    match call.recording:
        case RecordingState.STARTED | RecordingState.RESUMED:
            return control_words.recording(), "record-fill", "danger"
        case RecordingState.PAUSED:
            return control_words.recording_paused(), "pause", "warn"
        case _:
            return None


def _waiting_word(view: CallView) -> str:
    """Returns the text of an action on the active call that is not confirmed yet, or ""."""
    for asked in Asked:
        if asked in view.pending and (word := control_words.waiting_for(asked.value)):
            return word
    return ""


def _detail(call: LiveCall) -> str:
    parts = []
    if call.name and call.name != call.number:
        parts.append(call_words.probably(call.name))
    if call.line and call.line != call.number:
        parts.append(call_words.line(call.line))
    if came := call_words.route(route_of(call)):
        parts.append(came)
    if call.answered_at is not None:
        waited = (call.answered_at - call.rang_at).total_seconds()
        parts.append(call_words.waited(formats.duration_text(waited)))
    return " · ".join(parts)


def strip_content(view: CallView) -> StripContent | None:
    """Returns the strip for the second call; None if there is none.

    A ringing call has priority over a held one. The caller of a consultation is shown in the call
    block and not in the strip.
    """
    desk = view.desk
    pair = pair_of(desk)
    in_block = pair.caller if pair is not None and desk.call == pair.consulted else None
    others = [call for call in others_of(desk) if call != in_block]
    waiting = desk.waiting if desk.call is not None and not desk.call.is_offered else ()
    rest = len(waiting) + len(others) - 1
    more = f" · {control_words.and_more(rest)}" if rest > 0 else ""
    if waiting:
        first = waiting[0]
        came = call_words.route(route_of(first))
        return StripContent(
            "phone-incoming",
            control_words.second_call(view.who(first)) + (f" · {came}" if came else "") + more,
            control_words.waits(),
            first.rang_at,
            "accent",
            control_words.answer_second(),
        )
    if not others:
        return None
    other = others[0]
    since = other.held_since or other.answered_at or other.rang_at
    held_s = (view.now - since).total_seconds()
    role = "warn" if held_s < HELD_TOO_LONG_S else "danger"
    word = control_words.on_hold()
    if held_s >= HELD_LONG_S:
        word = control_words.held_long()
    if held_s >= HELD_TOO_LONG_S:
        word = control_words.held_too_long()
    return StripContent(
        "pause", view.who(other) + more, word, since, role, control_words.switch_over()
    )


def _sound_of(
    quality: CallQuality, recording: RecordingState | None
) -> tuple[PillWords | None, str]:
    """Returns the badge of the quality level, and its tool tip with measurements and advice."""
    tips = [] if recording is None else [control_words.recording_key()]
    level, figures = quality.level, quality.figures
    if level is None or figures is None:
        return None, "\n".join(tips)
    lines = sound_words.quality_figures(
        figures.mos,
        figures.lost_percent,
        figures.jitter_ms,
        figures.round_trip_ms,
        figures.far_lost_percent,
    )
    tips = [lines, sound_words.quality_advice(level), *tips]
    return sound_words.quality(level), "\n".join(text for text in tips if text)
