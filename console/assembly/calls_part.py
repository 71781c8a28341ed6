"""The calls at the desk: what the operator does with them, whom to call, and the call bar."""

from dataclasses import dataclass
from datetime import timedelta

from uuid_utils.compat import uuid7

from console.assembly.shared import Shared
from console.outer_settings import central_dsn
from console.presenters.call_bar import CallBarPresenter, TrainingPort
from console.presenters.call_control import CallControl, CallPhonePort
from console.presenters.desk import DeskPresenter
from console.presenters.keypad import KeypadPresenter
from console.presenters.number_choice import NumberChoicePresenter
from console.presenters.operator_state import OperatorStatePresenter
from console.presenters.planned_calls import PlannedCallsPresenter
from console.presenters.status import StatusPresenter
from console.settings import CITY_ZONE
from sync.register.planned_calls import PATIENCE
from sync.store.planned_calls import PlannedCalls

ALONE = timedelta(0)  # without a centre nobody can have been told elsewhere


@dataclass(frozen=True, slots=True)
class CallsPart:
    """The presenters of the call bar and of the panels that its keys open."""

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
