"""What takes back that a call was saved."""

from console.assembly.intake_part import IntakePart
from console.assembly.shared import Shared
from console.presenters.desk import DeskPresenter
from console.presenters.operator_state import OperatorStatePresenter
from console.presenters.saved_call import SavedCallPresenter
from console.presenters.undo import Undo
from sync.store.reopening import SavedCalls


def make_saved_call(
    shared: Shared,
    desk: DeskPresenter,
    undo: Undo,
    operator_state: OperatorStatePresenter,
    intake: IntakePart,
) -> SavedCallPresenter:
    return SavedCallPresenter(
        desk,
        undo,
        SavedCalls(shared.register),
        intake.handling,
        shared.readers,
        shared.deliveries,
        shared.milestones,
        record_reopened=operator_state.record_reopened,
        parent=shared.parent,
    )
