"""Who tells the operator in a few words, at the foot of the desk, what was done or could not be."""

from collections.abc import Callable

from console.presenters.notices import Notice
from console.views.desk_presenters import DeskPresenters


def connect_told(presenters: DeskPresenters, tell: Callable[[Notice], None]) -> None:
    """Each of them once: a screen reader says every toast that is shown."""
    for told in (
        presenters.message.told,
        presenters.by_hand.told,
        presenters.journal.told,
        presenters.notices.told,
        presenters.calls.told,
        presenters.script.told,
        presenters.numbers.told,
        presenters.claims.told,
        presenters.editor.told,
        presenters.photos.told,
        presenters.review.photos.told,
        presenters.document_opener.told,
        presenters.entry_documents.told,
        presenters.proposals.told,
        presenters.directory_import.told,
        presenters.directory_export.told,
        presenters.synonyms.told,
        presenters.unanswered.told,
        presenters.calendar.told,
        presenters.call_backs.told,
        presenters.planned.told,
        presenters.stale.told,
        presenters.spelling.told,
        presenters.places.told,
        presenters.personal_data.told,
        presenters.reviews.told,
        presenters.incidents.told,
        presenters.incident_page.told,
        presenters.operator_state.told,
        presenters.shift_check.told,
        presenters.handover.told,
        presenters.answers.form.told,
        presenters.answers.decisions.told,
        presenters.answers.undo.told,
        presenters.saved_call.told,
        presenters.look_up.told,
        presenters.shown_record.told,
        presenters.key_choice.told,
        presenters.own_desk.told,
    ):
        told.connect(tell)


def connect_overtaken(presenters: DeskPresenters, withdraw: Callable[[Notice], None]) -> None:
    """Each of them once: what is not so any more is not to be read any longer."""
    for overtaken in (presenters.notices.overtaken, presenters.calls.overtaken):
        overtaken.connect(withdraw)
