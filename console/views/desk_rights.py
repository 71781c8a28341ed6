"""What the desk offers to who has signed in, by what her role may see and edit."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.presenters.journal import JournalList
from console.views.desk_columns import DeskColumns
from console.views.desk_presenters import DeskPresenters
from console.views.page_turning import PageTurning


class DeskRights(QObject):
    """Hides what is not hers, on pages that are there and on those that are made later."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        turning: PageTurning,
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._turning = turning
        self._heed_rights()

    def _heed_rights(self) -> None:
        """What is made after somebody has signed in offers her no more than the rest."""
        columns = self._columns
        columns.journal.when_made(
            lambda page: page.offer_question(self._presenters.editor.may_edit())
        )
        columns.answers.when_made(
            lambda page: page.offer_question(self._presenters.editor.may_edit())
        )
        columns.editor.when_made(lambda page: page.show_rights())
        columns.files.when_made(lambda page: page.show_rights())
        columns.calendar.when_made(lambda page: page.show_rights())

    def show_rights(self) -> None:
        """Somebody has signed in: what the role may not edit or see is not offered."""
        may_edit = self._presenters.editor.may_edit()
        self._columns.navigation.offer_editor(may_edit)
        self._columns.journal.widget.offer_question(may_edit)
        if (answers := self._columns.answers.made) is not None:
            answers.offer_question(may_edit)
        if (editor := self._columns.editor.made) is not None:
            editor.show_rights()
        if (files := self._columns.files.made) is not None:
            files.show_rights()
        may_propose = self._presenters.incident_page.may_propose()
        self._columns.navigation.offer_incidents(may_propose)
        if not may_propose and self._columns.current is self._columns.incidents:
            self._turning.to_list()
        self._show_register_rights()
        may_keep = self._presenters.calendar.may_edit()
        self._columns.navigation.offer_calendar(may_keep)
        if (calendar := self._columns.calendar.made) is not None:
            calendar.show_rights()
        if not may_keep and self._columns.current is self._columns.calendar:
            self._turning.to_list()
        if self._columns.current is self._columns.settings:
            self._turning.to_list()  # another person may set other things
        self._show_review_rights()
        self._columns.navigation.offer_answers(self._presenters.answers.answers.may_see())
        self._presenters.answers.answers.reload()

    def _show_register_rights(self) -> None:
        """Who may not see records finds none open, but for the call that is on the line."""
        columns, journal = self._columns, self._presenters.journal
        columns.navigation.offer_lists(journal.may_see)
        if journal.may_see_register:
            return
        self._presenters.desk.put_all_aside()
        if not journal.may_see(journal.state.shown):
            journal.show_list(JournalList.CALLS)
        is_of_call = (
            columns.current is columns.card and self._presenters.desk.state.card is not None
        )
        of_records = (
            columns.card,
            columns.message,
            columns.record,
            columns.look_up,
            columns.history,
            columns.answers,
            columns.call_backs,
            columns.planned,
        )
        self._presenters.shown_record.forget()
        if columns.current in of_records and not is_of_call:
            self._turning.to_work()

    def _show_review_rights(self) -> None:
        reviews = self._presenters.reviews
        reviews.greet()
        self._columns.navigation.offer_queue(reviews.queue.may_see())
        page = self._columns.current
        is_gone = page is self._columns.review and not reviews.is_open
        if is_gone or (page is self._columns.queue and not reviews.queue.may_see()):
            self._turning.to_list()
