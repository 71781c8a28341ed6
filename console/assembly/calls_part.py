"""Builds call control, call bar, number panel, keypad, and scheduled callbacks with their reminder.

A reminder sound is played if the settings enable it.
"""

from dataclasses import dataclass
from datetime import timedelta

from uuid_utils.compat import uuid7

from console.context import Shared
from console.core.milestones import Milestone
from console.core.settings.adapters import central_dsn, phone_settings
from console.core.settings.workplace import CITY_ZONE
from console.core.sounds import sound_apart
from console.features.call_bar.presenter import CallBarPresenter, TrainingPort
from console.features.dialing.presenter import KeypadPresenter, NumberChoicePresenter
from console.features.planned_calls.presenter import PlannedCallsPresenter, PromiseSound
from console.shared.session.call_control import CallControl, CallPhonePort
from console.shared.session.desk import DeskPresenter
from console.shared.session.operator_state import OperatorStatePresenter
from console.shared.workplace.status import StatusPresenter
from sync.register.calls.planned import PATIENCE
from sync.store.local.calls.planned import PlannedCalls
from telephony.alarm import sound_reminder

ALONE = timedelta(0)  # without a central database no other workplace can be notified


def _let_promises_sound(
    shared: Shared, desk: DeskPresenter, planned: PlannedCallsPresenter
) -> None:
    def play() -> None:
        shared.milestones.note(Milestone.REMINDER_SOUNDED)
        sound_apart("reminder", sound_reminder, phone_settings(shared.chosen.settings).audio)

    sound = PromiseSound(
        play,
        is_wanted=lambda: shared.chosen.settings.sounds.promised_call,
        is_due=lambda: planned.state.due > 0,
        parent=planned,
    )
    desk.changed.connect(sound.follow)
    planned.time_has_come.connect(sound.time_has_come)


@dataclass(frozen=True, slots=True)
class CallsPart:
    """Presenters of the call bar and of the panels opened by its keys."""

    calls: CallControl
    numbers: NumberChoicePresenter
    keypad: KeypadPresenter
    call_bar: CallBarPresenter
    planned: PlannedCallsPresenter


def make_calls_part(
    shared: Shared,
    phone: CallPhonePort,
    desk: DeskPresenter,
    status: StatusPresenter,
    training: TrainingPort,
    operator_state: OperatorStatePresenter,
) -> CallsPart:
    calls = CallControl(
        phone,
        desk,
        shared.milestones,
        can_call=lambda: status.state.phone_ready,
        parent=shared.parent,
    )
    planned = PlannedCallsPresenter(
        PlannedCalls(shared.register),
        shared.readers,
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        zone=CITY_ZONE,
        area_code=shared.settings.area_code,
        is_there=lambda: operator_state.status.is_signed_in and not operator_state.status.is_locked,
        patience=ALONE if central_dsn(shared.settings) is None else PATIENCE,
        parent=shared.parent,
    )
    _let_promises_sound(shared, desk, planned)
    planned.start()
    return CallsPart(
        planned=planned,
        calls=calls,
        numbers=NumberChoicePresenter(
            calls,
            shared.directory,
            shared.readers,
            shared.deliveries,
            zone=CITY_ZONE,
            days=shared.calendar.days,
            parent=shared.parent,
        ),
        keypad=KeypadPresenter(calls, shared.parent),
        call_bar=CallBarPresenter(
            desk,
            calls,
            status,
            training,
            operator_state,
            zone=CITY_ZONE,
            area_code=shared.settings.area_code,
            parent=shared.parent,
        ),
    )
