"""What is typed on the desk and stands on no disk: it would go with the end of the program."""

from __future__ import annotations

from console import words
from console.presenters.calendar_state import Stage
from console.views.desk_presenters import DeskPresenters


def where_words_are_unkept(presenters: DeskPresenters) -> str:
    """The first page where something of the kind is typed, in words; empty where there is none.

    Card, messages, entries of the directory and what ``KeptForms`` watches are on the disk, and
    none of these.
    """
    calendar = presenters.calendar.state
    pages = (
        (presenters.answers.form.is_begun, words.settings.page_of_answers()),
        (calendar.stage in (Stage.FORM, Stage.CONFIRM), words.settings.page_of_calendar()),
    )
    return next((page for is_typed, page in pages if is_typed), "")
