"""What is typed on the desk and stands on no disk: it would go with the end of the program."""

from __future__ import annotations

from console import words
from console.presenters.calendar_state import Stage
from console.views.desk_presenters import DeskPresenters


def where_words_are_unkept(presenters: DeskPresenters) -> str:
    """The first page where something of the kind is typed, in words; empty where there is none.

    Card, messages and entries of the directory are drafts on the disk, and none of these.
    """
    plan = presenters.planned.state.form
    calendar = presenters.calendar.state
    pages = (
        (presenters.answers.form.is_begun, words.settings.page_of_answers()),
        (bool(plan.note or plan.moment), words.settings.page_of_planned_calls()),
        (presenters.incident_page.state.is_changed, words.settings.page_of_incidents()),
        (calendar.stage in (Stage.FORM, Stage.CONFIRM), words.settings.page_of_calendar()),
        (presenters.handover.has_note, words.settings.page_of_handover()),
    )
    return next((page for is_typed, page in pages if is_typed), "")
