"""What a line on the standard input of the terminal's phone means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from telephony.commands import RecordingAction
from telephony.events import CallSnapshot, Direction, RecordingState, Side
from telephony.phone import Phone
from telephony.presence import Activity, Presence

_Fits = Callable[[CallSnapshot], bool]
_Act = Callable[[Phone, str, str], None]


class UsageError(ValueError):
    """A line is no command; ``usage`` is the right form, "" for an unknown word."""

    def __init__(self, usage: str) -> None:
        super().__init__(usage)
        self.usage = usage


@dataclass(frozen=True, slots=True)
class _Command:
    """``act`` gets the phone, the call's id, and the argument, "" where there is none.

    ``fits`` tells which calls the command is for when none is named.
    """

    form: str
    act: _Act
    fits: _Fits

    @property
    def has_argument(self) -> bool:
        return " " in self.form.removesuffix(" [CALL]")


def _rings(call: CallSnapshot) -> bool:
    return call.answered_at is None and call.direction is Direction.INCOMING


def _talks(call: CallSnapshot) -> bool:
    return call.answered_at is not None


def _is_held(call: CallSnapshot) -> bool:
    return _talks(call) and Side.NEAR in call.held_by


def _is_open(call: CallSnapshot) -> bool:
    return _talks(call) and Side.NEAR not in call.held_by


def _is_recorded(call: CallSnapshot) -> bool:
    return call.recording in (RecordingState.STARTED, RecordingState.RESUMED, RecordingState.PAUSED)


def _is_consultation(call: CallSnapshot) -> bool:
    return call.consultation_of is not None


def _lives(_: CallSnapshot) -> bool:
    return True


def _consult(phone: Phone, call_id: str, number: str) -> None:
    phone.consult(call_id, number)


def _record(phone: Phone, call_id: str, _: str) -> None:
    """Begin, or go on after a pause."""
    paused = any(
        call.call_id == call_id and call.recording is RecordingState.PAUSED
        for call in phone.calls()
    )
    phone.record(call_id, RecordingAction.RESUME if paused else RecordingAction.START)


def _set_conference(phone: Phone, call_ids: list[str]) -> None:
    """All calls that are up unless some are named."""
    if call_ids == ["off"]:
        call_ids = []
    elif not call_ids:
        call_ids = [call.call_id for call in phone.calls() if _talks(call) and not call.ended]
    phone.set_conference(tuple(call_ids))


def _set_do_not_disturb(phone: Phone, wanted: str) -> None:
    if wanted not in ("on", "off"):
        raise UsageError(_DND_FORM)
    phone.set_do_not_disturb(wanted == "on")


def _set_presence(phone: Phone, words: list[str]) -> None:
    """What the telephone system is to know: "open" or "closed" with activities, or nothing."""
    if words == ["off"]:
        phone.set_presence(None)
        return
    basic, *activities = words or [""]
    if basic not in ("open", "closed") or not set(activities) <= set(Activity):
        raise UsageError(_PRESENCE_FORM)
    phone.set_presence(Presence(basic == "open", tuple(map(Activity, activities))))


_DIAL_FORM = "dial NUMBER|URI"
_DND_FORM = "dnd on|off"
_CONFERENCE_FORM = "conference [CALL...|off]"
_PRESENCE_FORM = "presence open|closed [ACTIVITY...] | off"
_PAUSE, _STOP = RecordingAction.PAUSE, RecordingAction.STOP
_COMMANDS = {
    command.form.partition(" ")[0]: command
    for command in (
        _Command("answer [CALL]", lambda phone, call, _: phone.answer(call), _rings),
        _Command("reject [CALL]", lambda phone, call, _: phone.reject(call), _rings),
        _Command("hangup [CALL]", lambda phone, call, _: phone.hang_up(call), _lives),
        _Command(
            "redirect NUMBER [CALL]", lambda phone, call, to: phone.redirect(call, to), _rings
        ),
        _Command("hold [CALL]", lambda phone, call, _: phone.hold(call), _is_open),
        _Command("resume [CALL]", lambda phone, call, _: phone.resume(call), _is_held),
        _Command("consult NUMBER [CALL]", _consult, _talks),
        _Command(
            "transfer NUMBER [CALL]", lambda phone, call, to: phone.transfer(call, to), _talks
        ),
        _Command("complete [CALL]", lambda phone, call, _: phone.complete(call), _is_consultation),
        _Command("record [CALL]", _record, _talks),
        _Command("pause [CALL]", lambda phone, call, _: phone.record(call, _PAUSE), _is_recorded),
        _Command("unrecord [CALL]", lambda phone, call, _: phone.record(call, _STOP), _is_recorded),
        _Command("back [CALL]", lambda phone, call, _: phone.back(call), _is_consultation),
        _Command(
            "dtmf DIGITS [CALL]", lambda phone, call, keys: phone.send_digits(call, keys), _talks
        ),
        _Command("mute [CALL]", lambda phone, call, _: phone.set_muted(call, True), _talks),
        _Command("unmute [CALL]", lambda phone, call, _: phone.set_muted(call, False), _talks),
    )
}

FORMS = (
    _DIAL_FORM,
    *(each.form for each in _COMMANDS.values()),
    _CONFERENCE_FORM,
    _DND_FORM,
    _PRESENCE_FORM,
    "calls",
    "help",
    "quit",
)
"""Every command as it is written; those of one word that end the phone or tell of it included."""


def carry_out(phone: Phone, line: str) -> None:
    """Have the phone do what one line says; UsageError when it says nothing that can be done."""
    word, *arguments = line.split()
    if word == "dial":
        # What follows is one number, with whatever spaces it is written with.
        number = line.strip().partition(" ")[2].strip()
        if not number:
            raise UsageError(_DIAL_FORM)
        phone.call(number)
        return
    if word == "conference":
        _set_conference(phone, arguments)
        return
    if word == "dnd":
        _set_do_not_disturb(phone, " ".join(arguments))
        return
    if word == "presence":
        _set_presence(phone, arguments)
        return
    command = _COMMANDS.get(word)
    if command is None:
        raise UsageError("")
    argument = ""
    if command.has_argument:
        if not arguments:
            raise UsageError(command.form)
        argument = arguments.pop(0)
    if len(arguments) > 1:
        raise UsageError(command.form)
    command.act(phone, arguments[0] if arguments else meant(phone.calls(), command.fits), argument)


def meant(calls: Iterable[CallSnapshot], fits: _Fits) -> str:
    """The youngest live call that fits, else the youngest live one, else ""."""
    live = [call for call in calls if call.ended is None]
    fitting = [call for call in live if fits(call)] or live
    return fitting[-1].call_id if fitting else ""
