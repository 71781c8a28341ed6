"""Builds the operator's state, its signalling to the PBX, the alarm and the tray state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never

from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.adapters import phone_settings
from console.core.settings.workplace import QueueChoice
from console.core.sounds import sound_apart
from console.features.operator_state.line_gate import LineGate, LinePhonePort
from console.features.operator_state.phone_gate import (
    ByPresence,
    GatePhonePort,
    PhoneGate,
    QueueCodes,
)
from console.shared.session.desk import DeskPresenter
from console.shared.session.operator_state import OperatorStatePresenter, StateChoices
from console.shared.workplace.status import StatusPresenter
from console.shell.attention import AlarmPresenter, AttentionPresenter
from sync.register.calendar.line_hours import ClosedAct
from sync.register.people.operator_states import StateRules
from sync.register.people.operators import Operator
from sync.store.local.people.operators import OperatorStates
from telephony.alarm import sound_alarm
from telephony.settings import ClosedLine


@dataclass(frozen=True, slots=True)
class StatePart:
    """Operator state, its signalling to the phone, and alarm and tray state."""

    state: OperatorStatePresenter
    gate: PhoneGate
    alarm: AlarmPresenter
    attention: AttentionPresenter


def make_state_part(
    shared: Shared,
    phone: GatePhonePort,
    desk: DeskPresenter,
    status: StatusPresenter,
    operator: Operator,
) -> StatePart:
    """Builds and connects them; states left open by a crash are closed in the register."""
    settings = shared.settings
    states, queue = settings.states, settings.queue
    gate = PhoneGate(
        phone,
        # do-not-disturb of the settings remains on
        refuses_calls=queue.do_not_disturb and not settings.phone.do_not_disturb,
        telling=_telling(queue),
        parent=shared.parent,
    )
    shared.chosen.changed.connect(lambda changed: gate.tell_by(_telling(changed.queue)))
    store = OperatorStates(shared.register)
    store.close_left_open()
    state = OperatorStatePresenter(
        store,
        gate,
        shared.deliveries,
        rules=StateRules(
            states.wrap_up_s,
            states.extension_s,
            states.extensions,
            states.wrap_up_ends_with_record,
        ),
        choices=StateChoices(states.work_reasons, states.break_reasons, states.unanswered_ring_s),
        operator=operator,
        parent=shared.parent,
    )
    connect_state(state, gate, desk, status)
    gate.told.connect(state.told)
    milestones = shared.milestones
    state.noted.connect(
        lambda change: milestones.note(
            Milestone.STATE_CHANGED, doing=change.doing.value, cause=change.cause.value
        )
    )

    def sound() -> None:
        milestones.note(Milestone.ALARM_SOUNDED)
        audio = phone_settings(shared.chosen.settings).audio
        sound_apart("alarm", sound_alarm, audio)

    alarm = AlarmPresenter(sound, shared.parent)
    status.changed.connect(alarm.status_changed)
    return StatePart(state, gate, alarm, AttentionPresenter(desk, status, state, shared.parent))


def make_line_gate(
    shared: Shared, phone: LinePhonePort, is_out_of_hours: Callable[[datetime], bool]
) -> LineGate:
    """Configures the phone to handle calls while the line is closed, as the city has chosen."""
    spoken = shared.settings.line_announcement
    file = Path(spoken) if spoken else shared.resources / "sounds" / "line-closed.wav"

    def wanted(at: datetime) -> ClosedLine | None:
        line = shared.calendar.line
        if line.act is ClosedAct.RING or not is_out_of_hours(at):
            return None
        if line.act is ClosedAct.REDIRECT:
            return ClosedLine(redirect_to=line.redirect_to)
        return ClosedLine(announcement_file=str(file))

    gate = LineGate(phone, wanted, parent=shared.parent)
    shared.calendar.changed.connect(gate.look)
    return gate


def _telling(queue: QueueChoice) -> QueueCodes | ByPresence:
    match queue.told_by:
        case "presence":
            return ByPresence()
        case "codes":
            return QueueCodes(
                queue.log_in_code, queue.log_out_code, queue.pause_code, queue.resume_code
            )
        case _:
            assert_never(queue.told_by)


def connect_state(
    state: OperatorStatePresenter,
    gate: PhoneGate,
    desk: DeskPresenter,
    status: StatusPresenter,
) -> None:
    """Connects the state with events of calls, records and the phone."""
    desk.changed.connect(state.desk_changed)
    desk.saved.connect(state.card_saved)
    desk.card_put_aside.connect(state.card_put_aside)
    desk.incomplete.connect(state.card_incomplete)
    status.changed.connect(lambda told: state.set_phone(told.phone_ready))
    gate.silent.connect(status.set_phone_silent)
    gate.confirmed.connect(state.phone_confirmed)
