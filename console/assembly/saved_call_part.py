"""Builds the presenter that offers to reopen the call that was just saved."""

from console.assembly.intake_part import IntakePart
from console.context import Shared
from console.features.call_card.saved_call import SavedCallPresenter
from console.shared.session.desk import DeskPresenter
from console.shared.session.operator_state import OperatorStatePresenter
from console.shared.session.undo import Undo
from sync.store.local.reopening import SavedCalls


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
