"""Turns the pages of the middle column, places the focus, and hides pages by the role's rights."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.core.default_keys import Key
from console.core.view_data import LONG_S, Notice
from console.features.handover import words as handover_words
from console.features.journal.presenter import JournalList
from console.shared.session.live_calls import LineState
from console.shell.column_layout import DeskColumns, Page
from console.shell.key_reasons import KeyReasons
from console.shell.page_presenters import DeskPresenters
from sync.register.calls.calls import CallRecord, CallState
from sync.register.handling.handled import HandledMessage
from sync.register.messages import MessageRecord
from sync.register.people.values import Absence


class PageTurning(QObject):
    """Changes the current page and returns to the previous one."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._reasons = reasons
        self._back_from_history: Page = columns.answers
        self._back_from_record: Page = columns.journal

    def show(self, page: Page) -> None:
        self._columns.show_page(page)

    def to_card(self) -> None:
        if self._presenters.desk.state.card is None:
            self.to_list()
            return
        self.show(self._columns.card)
        self._columns.card.widget.focus_content()

    def show_draft(self, card: CallRecord) -> None:
        """Opens a draft of the list, or the suspended active card."""
        self._presenters.desk.open_draft(card)
        shown = self._presenters.desk.state.card
        if shown is not None and shown.id == card.id:
            self.to_card()

    def show_begun(self, draft: MessageRecord) -> None:
        """Opens an unfinished message without a call in its form."""
        if self._presenters.reviews.queue.may_see():
            self._presenters.reviews.new.take(draft)
            self.show_queue()
            self._columns.queue.widget.write_new()

    def show_unfinished(self, draft: MessageRecord, call: CallRecord) -> None:
        """Opens an unfinished message with its card, or without it if the call is closed."""
        if call.state is CallState.DRAFT:
            self.show_draft(call)
            self.make_message()
            return
        self._presenters.message.open_saved(draft, call)
        self._presenters.places.look()
        self.show(self._columns.message)
        self._columns.message.widget.focus_first()

    def leave_message(self) -> None:
        """Continues with the next message of the call, or returns to its card."""
        if self._presenters.message.has_more and self._presenters.desk.state.card is not None:
            self._columns.message.widget.focus_first()
        else:
            self.to_card()

    def to_list(self) -> None:
        self.show(self._columns.journal)
        self._columns.journal.widget.table.setFocus()

    def to_work(self) -> None:
        """Returns to the card, or to the list if there is no card."""
        self.to_card()

    def show_list(self, wanted: JournalList) -> None:
        self._presenters.journal.show_list(wanted)
        self.show(self._columns.journal)
        self._columns.journal.widget.table.setFocus()

    def to_reviews(self) -> None:
        """Shows the message under review, or the queue; no-op for other roles."""
        if not self._presenters.reviews.queue.may_see():
            return
        if self._presenters.reviews.is_open:
            self.show_review()
        else:
            self.show_queue()

    def show_queue(self) -> None:
        self.show(self._columns.queue)
        self._columns.queue.widget.open_page()

    def leave_review(self) -> None:
        """Returns to the queue after a review; no-op if the operator has opened another page."""
        if self._columns.current in (self._columns.review, self._columns.queue):
            self.show_queue()

    def go_on_with_review(self) -> None:
        """Shows the next message; no-op if the operator has opened another page."""
        if self._columns.current in (self._columns.review, self._columns.queue):
            self.show_review()

    def show_review(self) -> None:
        self.show(self._columns.review)
        self._columns.review.widget.setFocus()

    def show_report(self) -> None:
        self._presenters.report.open()
        self.show(self._columns.report)
        self._columns.report.widget.focus_first()

    def show_call_register(self) -> None:
        """Ctrl+Shift+R again reloads the page."""
        if self._presenters.call_register.may_see():
            self.show(self._columns.call_register)
            self._columns.call_register.widget.open_page()

    def show_check(self) -> None:
        self.show(self._columns.check)
        self._columns.check.widget.focus_first()

    def show_settings(self, code: str = "") -> None:
        self.show(self._columns.settings)
        self._columns.settings.widget.open_page(code)

    def show_handover(self) -> None:
        self.show(self._columns.handover)
        self._columns.handover.widget.open_page()

    def offer_handover(self) -> None:
        """Shows the report of the previous shift; during a call only a notice."""
        if self._presenters.desk.state.line in (LineState.FREE, LineState.WRAP_UP):
            self.show(self._columns.handover)
            self._columns.handover.widget.focus_first()
        else:
            self._presenters.notices.tell(Notice(*handover_words.waits(), LONG_S))

    def show_call_backs(self) -> None:
        self.show(self._columns.call_backs)
        self._columns.call_backs.widget.open_page()

    def show_planned(self) -> None:
        """Shows the scheduled callbacks, with the phone number of the active card in the form."""
        card = self._presenters.desk.state.card
        known = "" if card is None or isinstance(card.phone, Absence) else card.phone
        self._presenters.planned.begin(known)
        self.show(self._columns.planned)
        self._columns.planned.widget.open_page()

    def show_calendar(self) -> None:
        if self._presenters.calendar.may_edit():
            self.show(self._columns.calendar)
            self._columns.calendar.widget.open_page()

    def show_editor(self) -> None:
        self.show(self._columns.editor)
        self._columns.editor.widget.open_page()

    def show_look_up(self) -> None:
        """F4 again clears the number."""
        if self._presenters.look_up.may_see():
            self.show(self._columns.look_up)
            self._columns.look_up.widget.open_page()

    def show_record(self, card: CallRecord) -> None:
        self._back_from_record = self._columns.current
        self._presenters.shown_record.show(card)
        self.show(self._columns.record)
        self._columns.record.widget.setFocus()

    def leave_record(self) -> None:
        """Returns to the list or search where the record was opened."""
        if self._back_from_record is self._columns.call_register:
            self.show(self._columns.call_register)
            self._columns.call_register.widget.focus_list()
        elif self._back_from_record is self._columns.look_up:
            self.show(self._columns.look_up)
            self._columns.look_up.widget.focus_first()
        else:
            self.to_list()

    def look_up_number(self, number: str) -> None:
        """Looks up a message of a list, as if its number had been entered after F4."""
        self._reasons.press(Key.LOOK_UP)
        if self._columns.current is self._columns.look_up:
            self._presenters.look_up.set_query(number)

    def show_history(self, handled: HandledMessage) -> None:
        self._back_from_history = self._columns.current
        self._presenters.history.show(handled)
        self.show(self._columns.history)
        self._columns.history.widget.setFocus()

    def ask_history(self) -> None:
        """Opens the history of the message shown on the current page."""
        page = self._columns.current
        reviewed = self._presenters.review.review.message
        if page is self._columns.answers:
            self._columns.answers.widget.ask_history()
        elif page is self._columns.look_up:
            self._columns.look_up.widget.ask_history()
        elif page is self._columns.review and reviewed is not None:
            self.show_history(reviewed)

    def leave_history(self) -> None:
        """Returns to the page where the history was opened."""
        self.show(self._back_from_history)
        if self._back_from_history is self._columns.look_up:
            self._columns.look_up.widget.focus_first()
        elif self._back_from_history is self._columns.report:
            self._columns.report.widget.focus_again()
        elif self._back_from_history is self._columns.answers:
            self._columns.answers.widget.to_message()
        else:
            self._back_from_history.widget.setFocus()

    def work_on(self, handled: HandledMessage) -> None:
        """Opens a message on the page of answers if it is listed there, or else its history."""
        if self._columns.answers.widget.work_on(handled):
            self.show(self._columns.answers)
            self._columns.answers.widget.to_message()
        else:
            self.show_history(handled)

    def show_answers(self) -> None:
        if self._presenters.answers.answers.may_see():
            self.show(self._columns.answers)
            self._columns.answers.widget.open_page()

    def take_answer(self) -> None:
        """Creates a typical question from the selected answer, or shows the list of answers."""
        if not self._presenters.editor.may_edit():
            return
        if self._columns.current is self._columns.answers:
            self._columns.answers.widget.make_question()
            return
        is_list = self._columns.current is self._columns.journal
        if not (is_list and self._columns.journal.widget.make_question()):
            self.show_list(JournalList.ANSWERS)

    def make_question(self, message: MessageRecord) -> None:
        self.show(self._columns.editor)
        self._columns.editor.widget.setFocus()
        self._columns.editor.widget.open_answer(message)

    def begin_proposal(self, fields: Mapping[str, str]) -> None:
        self.show(self._columns.editor)
        self._columns.editor.widget.setFocus()
        self._columns.editor.widget.open_proposal(fields)

    def show_files(self) -> None:
        self.show(self._columns.files)
        self._columns.files.widget.open_page()

    def show_training(self) -> None:
        self.show(self._columns.training)
        self._columns.training.widget.focus_first()

    def show_keys(self) -> None:
        if self._columns.current is self._columns.keys:
            self.to_work()
        else:
            self.show(self._columns.keys)
            self._columns.keys.widget.open_page()

    def show_key_choice(self) -> None:
        self.show(self._columns.key_choice)
        self._columns.key_choice.widget.open_page()

    def show_own_desk(self) -> None:
        self.show(self._columns.own_desk)
        self._columns.own_desk.widget.open_page()

    def make_message(self) -> None:
        if self._presenters.message.begin(self._presenters.desk.operator):
            self._presenters.places.look()
            self.show(self._columns.message)
            self._columns.message.widget.focus_first()


class DeskRights(QObject):
    """Hides what the role may not use, on existing pages and on pages created later."""

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
        """Applies the rights to pages created after sign-in."""
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
        """Applies the rights of the operator who has just signed in."""
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
            self._turning.to_list()  # settings differ between operators
        self._show_review_rights()
        self._columns.navigation.offer_answers(self._presenters.answers.answers.may_see())
        self._presenters.answers.answers.reload()

    def _show_register_rights(self) -> None:
        """Closes all open records if the role may not see them, except the active call."""
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
            columns.call_register,
        )
        self._presenters.shown_record.forget()
        self._presenters.call_register.forget()
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
