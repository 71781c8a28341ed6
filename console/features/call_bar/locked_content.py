"""View state of the call on the lock page, without name, number or text of the record.

Any person can read the lock page. Its texts are therefore built from permitted data only, instead
of removing data from other texts.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.features.call_bar import locked_words
from console.features.call_bar.block_content import (
    BlockContent,
    CallView,
    PillWords,
    talking_block,
)
from console.shared.session import call_words
from console.shared.session.call_control import is_unheard, others_of, pair_of
from console.shared.session.live_calls import LineState, LiveCall
from telephony.events import Direction, RecordingState


@dataclass(frozen=True, slots=True)
class LockedCall:
    """View state of the call on the lock page; its buttons are those of the call bar."""

    block: BlockContent
    microphone: PillWords
    is_over: bool = False


def locked_call(view: CallView) -> LockedCall | None:
    """Returns the view state of the active call, or of the last call during its wrap-up.

    None without such a call.
    """
    call = view.desk.call
    match view.desk.line:
        case LineState.TALKING | LineState.DIALLING if call is not None:
            return _on_the_line(view, call)
        case LineState.WRAP_UP if call is not None:
            return _over(view, call)
        case _:
            return None


def _on_the_line(view: CallView, call: LiveCall) -> LockedCall:
    shown = talking_block(view, call)
    block = BlockContent(
        shown.tint,
        shown.icon,
        _title(view, call),
        _detail(view, call),
        since=shown.since,
        word=shown.word,
        timer_role=shown.timer_role,
    )
    return LockedCall(block, _microphone(view, call))


def _over(view: CallView, call: LiveCall) -> LockedCall:
    at = None if call.ended_at is None else call.ended_at.astimezone(view.zone)
    block = BlockContent("wrap", "note-pencil", locked_words.over(at), locked_words.record_waits())
    microphone = (locked_words.line_closed(), "microphone-slash", "neutral")
    return LockedCall(block, microphone, is_over=True)


def _asks(view: CallView, call: LiveCall) -> bool:
    pair = pair_of(view.desk)
    return pair is not None and call == pair.consulted


def _title(view: CallView, call: LiveCall) -> str:
    if view.desk.conference:
        return locked_words.three_on_the_line()
    if _asks(view, call):
        return locked_words.consultation()
    if call.is_dialled:
        return locked_words.outgoing()
    if call.hand_over is not None:
        return locked_words.transfer()
    return locked_words.talk() if call.held_since is None else locked_words.caller_held()


def _detail(view: CallView, call: LiveCall) -> str:
    parts = []
    # For an outgoing call the line is the called number, which must not be shown.
    if call.direction is Direction.INCOMING and call.line and call.line != call.number:
        parts.append(call_words.line(call.line))
    match call.recording:
        case RecordingState.STARTED | RecordingState.RESUMED:
            parts.append(locked_words.is_recorded())
        case RecordingState.PAUSED:
            parts.append(locked_words.recording_pauses())
        case _:
            pass
    if view.desk.waiting:
        parts.append(locked_words.another_waits())
    elif others_of(view.desk) and not _asks(view, call):
        parts.append(locked_words.another_held())
    return " · ".join(parts)


def _microphone(view: CallView, call: LiveCall) -> PillWords:
    if not call.is_up:
        return locked_words.not_answered(), "microphone", "neutral"
    if is_unheard(view.desk):
        return locked_words.muted(), "microphone-slash", "neutral"
    if call.held_since is not None and not view.desk.conference:
        return locked_words.held_unheard(), "microphone-slash", "neutral"
    if call.held_by_far:
        return locked_words.held_by_far(), "microphone", "neutral"
    return locked_words.heard(), "microphone", "warn"
