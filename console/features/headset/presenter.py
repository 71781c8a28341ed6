"""Executes headset button presses as call commands, and sets the headset LEDs by call state.

GUI thread only. While the console is locked, a press only mutes, holds or ends the active call;
LEDs are still updated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import DeskState, LineState
from console.shared.workplace import sound_words
from console.shared.workplace.devices import HeadsetState
from telephony.headset.agreement import HeadsetAgreement, HeadsetCommand, LineFacts
from telephony.headset.descriptor import Button, Lamp
from telephony.headset.watch import (
    HeadsetEvent,
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)

_BEHIND_LOCK = (HeadsetCommand.MUTE, HeadsetCommand.HOLD, HeadsetCommand.HANG_UP)


class LampsPort(Protocol):
    """Sets headset LEDs; does not block."""

    def light(self, key: bytes, lit: frozenset[Lamp]) -> None: ...


@dataclass(frozen=True, slots=True)
class _Known:
    model: str
    agreement: HeadsetAgreement


class HeadsetPresenter(QObject):
    """Executes headset buttons through call control, as keyboard shortcuts do. GUI thread only.

    While ``may_act`` returns False, as in the locked console, a press only mutes, holds or ends the
    active call, like the keys of the lock page. LEDs are still updated.
    """

    changed = Signal(object)  # HeadsetState
    told = Signal(object)  # Notice
    redial_asked = Signal()

    def __init__(
        self,
        desk: DeskPresenter,
        calls: CallControl,
        lamps: LampsPort,
        milestones: Milestones,
        *,
        may_act: Callable[[], bool],
        monotonic_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._lamps = lamps
        self._milestones = milestones
        self._may_act = may_act
        self._now_s = monotonic_s
        self._line = line_facts(desk.state)
        self._known: dict[bytes, _Known] = {}
        self._unusable: dict[bytes, tuple[str, HeadsetTrouble]] = {}
        self._last: Button | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.light_again)
        desk.changed.connect(self._desk_changed)

    @property
    def state(self) -> HeadsetState:
        return HeadsetState(
            tuple(each.model for each in self._known.values()),
            next(iter(self._unusable.values()), None),
            self._last,
        )

    @property
    def facts(self) -> Mapping[str, object]:
        """Models and codes for the support bundle."""
        return {
            "found": list(self.state.models),
            "unusable": [(model, trouble.value) for model, trouble in self._unusable.values()],
            "last_button": None if self._last is None else self._last.value,
        }

    # --- headset events ---

    def receive(self, event: HeadsetEvent) -> None:
        match event:
            case HeadsetFound():
                self._found(event)
            case HeadsetUnusable(key=key, model=model, trouble=trouble):
                self._unusable[key] = (model, trouble)
                self._note(model, trouble.value)
                self.told.emit(Notice(*sound_words.unusable(model, trouble), LONG_S, problem=True))
            case HeadsetGone(key=key):
                self._known.pop(key, None)
                self._unusable.pop(key, None)
                self._last = None
                self._note("", "gone")
            case HeadsetPressed(key=key):
                self._pressed(event)
                return
            case _:
                assert_never(event)
        self.changed.emit(self.state)

    def _found(self, event: HeadsetFound) -> None:
        agreement = HeadsetAgreement(event.shows, self._line, self._now_s())
        self._known[event.key] = _Known(event.model, agreement)
        self._unusable.pop(event.key, None)
        self._note(event.model, "found")
        # also with all LEDs off: a console killed during a call has left them on
        self._lamps.light(event.key, agreement.lamps)

    def _note(self, model: str, code: str) -> None:
        self._milestones.note(Milestone.HEADSET_SEEN, model=model, code=code)

    def _pressed(self, event: HeadsetPressed) -> None:
        known = self._known.get(event.key)
        if known is None:
            return
        moved = event.moved
        command = known.agreement.take(moved, self._now_s())
        self._milestones.note(
            Milestone.HEADSET_PRESSED,
            button=moved.button.value,
            down=int(moved.is_down),
            command="" if command is None else command.value,
        )
        if moved.is_down and moved.button is not self._last:
            self._last = moved.button
            self.changed.emit(self.state)
        if command is not None and (self._may_act() or self._leads_call(command)):
            self._do(command)
        self._plan_again()

    def _leads_call(self, command: HeadsetCommand) -> bool:
        """Whether the command may be executed while the console is locked, because it controls the
        active call.

        A ringing call can be neither answered nor rejected while the console is locked.
        """
        return self._line.is_up and command in _BEHIND_LOCK

    def _do(self, command: HeadsetCommand) -> None:
        match command:
            case HeadsetCommand.ANSWER:
                self._calls.answer()
            case HeadsetCommand.HANG_UP:
                self._calls.hang_up()
            case HeadsetCommand.MUTE:
                self._calls.toggle_mute()
            case HeadsetCommand.HOLD:
                self._calls.toggle_hold()
            case HeadsetCommand.SWITCH:
                self._calls.switch()
            case HeadsetCommand.REDIAL:
                self.redial_asked.emit()
            case _:
                assert_never(command)

    # --- headset LEDs ---

    def _desk_changed(self, state: DeskState) -> None:
        line = line_facts(state)
        if line == self._line:
            return
        self._line = line
        for key, known in self._known.items():
            if known.agreement.line_is(line, self._now_s()):
                self._lamps.light(key, known.agreement.lamps)

    def _plan_again(self) -> None:
        due_s = [
            each.agreement.again_at_s
            for each in self._known.values()
            if each.agreement.again_at_s is not None
        ]
        if due_s:
            self._again.start(max(0, round((min(due_s) - self._now_s()) * 1000)) + 1)

    def light_again(self) -> None:
        """Sends the LED state again to headsets that changed their LEDs themselves; called by the
        timer.
        """
        for key, known in self._known.items():
            if known.agreement.is_again_due(self._now_s()):
                self._lamps.light(key, known.agreement.lamps)
        self._plan_again()


def line_facts(state: DeskState) -> LineFacts:
    """Returns the call state that determines headset LEDs and the meaning of buttons."""
    call = state.call
    is_up = state.line in (LineState.TALKING, LineState.DIALLING)
    return LineFacts(
        rings=state.line is LineState.RINGING,
        is_up=is_up,
        is_muted=is_up and call is not None and call.muted,
        is_held=is_up and call is not None and call.held_since is not None,
        has_other=bool(state.waiting or state.others),
    )
