"""The desk: call bar, banner, columns, status bar; which page is shown when, and what keys do."""

from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.keys.defaults import Key
from console.presenters.calendar_state import CalendarState
from console.presenters.desk_state import DeskState
from console.presenters.journal import JournalList
from console.presenters.live_calls import LineState
from console.presenters.notices import LONG_S, Notice
from console.presenters.search_of_card import SearchOfCard
from console.presenters.status_state import StatusState
from console.views.announcements import Announcements
from console.views.call_bar import CallBar
from console.views.call_keys import CallKeys
from console.views.components.foot_watch import FootWatch
from console.views.components.labels import Line
from console.views.components.notices import Banner, Toast
from console.views.components.paragraphs import ParagraphPlace
from console.views.components.undo_strip import UndoStrip
from console.views.desk_columns import DeskColumns, Page
from console.views.desk_presenters import DeskPresenters
from console.views.incidents.keys import IncidentKeys
from console.views.key_reasons import KeyReasons
from console.views.operator_menu import OperatorMenu
from console.views.paragraph_keys import ParagraphKeys
from console.views.person_keys import PersonKeys
from console.views.print_keys import PrintKeys
from console.views.record_keys import RecordKeys
from console.views.shown_page_keys import ShownPageKeys
from console.views.status_bar import StatusBar
from console.views.theme import Theme
from console.views.told import connect_told
from console.views.typing_keys import TypingKeys
from console.views.undo_keys import UndoKeys
from sync.register.calls import CallRecord
from sync.register.handling.handled import HandledMessage
from sync.register.messages import MessageRecord
from sync.register.operator_states import READY, OperatorStatus
from sync.register.values import Absence
from telephony.events import Direction


class DeskPage(ParagraphPlace):
    """Everything an operator works with between signing in and signing out."""

    lock_asked = Signal()
    foot_covered = Signal(int)  # how many strips lie over the foot
    key_refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        presenters: DeskPresenters,
        columns: DeskColumns,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenters = presenters
        self._return_to: QWidget | None = None
        self._talking_to = ""  # the call whose card the operator was brought to last
        # the page that a ring has put a card over, with what had the keyboard there
        self._rung_over: tuple[Page, QWidget | None] | None = None
        self._call_bar = CallBar(theme, presenters.call_bar, zone)
        self._banner = Banner(theme)
        self._columns = columns
        self._back_from_history: Page = self._columns.answers
        self._undo = UndoStrip(theme, presenters.answers.undo)
        self._lay_out()
        self._toast = Toast(theme, self)
        self._toast.stand_above(self._undo)
        self._columns.card.when_made(lambda card: self._toast.stand_above(card.promise))
        FootWatch(self, self._toast, self._undo).covered.connect(self.foot_covered)
        self._operator_menu = OperatorMenu(theme, presenters.operator_state, self)
        self._reasons = KeyReasons(self, presenters, self._columns)
        self._reasons.told.connect(self._tell)
        self._reasons.refused.connect(self.key_refused)
        self._connect()
        self._heed_rights()
        self._person_keys = PersonKeys(self, presenters.persons, self._columns)
        self._make_keys()
        Announcements(self, presenters)
        self._call_keys = CallKeys(self, presenters, self._columns, self._reasons)
        TypingKeys(theme, presenters.phrases, self, self._reasons)
        self._record_keys = RecordKeys(
            self, presenters, self._columns, self._reasons, self._show_page
        )
        self._show_status(presenters.status.state)

    def first_parts(self) -> Iterator[None]:
        """Make what a call needs, a part in each step."""
        columns = self._columns
        columns.show_page(columns.journal)
        for part in (columns.card, columns.numbers):
            yield
            _made = part.widget

    def further_parts(self) -> Iterator[None]:
        """Make in each step one that is opened in haste, most with a caller on the line.

        Last the rules of texts and the encoder are asked for, when no part waits for a processor.
        """
        columns = self._columns
        parts: tuple[Page, ...] = (
            columns.message,
            columns.checks,
            columns.keypad,
            columns.persons,
            columns.paragraphs,
            columns.look_up,
            columns.call_backs,
            columns.check,
        )
        for part in parts:
            if part.made is None:
                _made = part.widget
                yield
        self._presenters.message_checks.prepare()
        yield
        self._presenters.directory.prepare()

    def _lay_out(self) -> None:
        theme = self._theme
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._call_bar)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addWidget(self._banner)
        page.addWidget(self._columns, 1)
        page.addWidget(self._undo)
        page.addWidget(Line(theme, Qt.Orientation.Horizontal))
        page.addWidget(StatusBar(theme, self._presenters.status))

    def _connect(self) -> None:
        presenters, columns = self._presenters, self._columns
        connect_told(presenters, self._tell)
        presenters.own_desk.tell_language()  # of who has signed in before there was a desk
        IncidentKeys(
            self,
            presenters,
            self._columns,
            self._reasons,
            show=self._show_page,
            leave=self._to_work,
            save=self._save_card,
        )
        self._search_of_card = SearchOfCard(presenters.directory, lambda: presenters.desk.operator)
        presenters.desk.changed.connect(self._search_of_card.follow)
        presenters.desk.saved.connect(self._search_of_card.forget)
        presenters.desk.changed.connect(self._desk_changed)
        columns.card.when_made(
            lambda page: presenters.desk.incomplete.connect(page.focus_first_problem)
        )
        columns.message.when_made(
            lambda page: presenters.message.incomplete.connect(page.focus_first_problem)
        )
        presenters.message.changed.connect(
            lambda state: presenters.topic_route.show(None, state.category or None)
        )
        presenters.message.registered.connect(lambda _message: self._leave_message())
        presenters.message.joined.connect(lambda _known: self._leave_message())
        columns.checks.when_made(
            lambda panel: panel.near.link_asked.connect(presenters.message.join)
        )
        presenters.journal.draft_opened.connect(presenters.desk.open_draft)
        presenters.journal.record_opened.connect(self._show_record)
        presenters.journal.message_opened.connect(self._look_up_number)
        presenters.shown_record.message_asked.connect(self._look_up_number)
        columns.record.when_made(lambda page: page.closed.connect(self._to_list))
        presenters.journal.question_asked.connect(self._make_question)
        presenters.report.proposal_asked.connect(self._begin_proposal)
        presenters.report.message_asked.connect(self._show_history)
        presenters.status.changed.connect(self._show_status)
        presenters.message.changed.connect(lambda state: presenters.photos.show_message(state.id))
        presenters.calendar.changed.connect(self._show_calendar_lacks)
        self._show_calendar_lacks(presenters.calendar.state)
        presenters.editor.stored.connect(presenters.spelling.read_city)
        presenters.directory_import.stored.connect(presenters.spelling.read_city)
        presenters.reviews.opened.connect(self._go_on_with_review)
        presenters.reviews.came_back.connect(self._show_review)
        presenters.reviews.left.connect(self._leave_review)
        presenters.message.handed_in.connect(lambda _message: self._leave_message())
        presenters.training.offered.connect(self._show_training)
        presenters.training.started.connect(self._to_list)
        presenters.call_bar.check_asked.connect(self._show_check)
        presenters.operator_state.changed.connect(self._offer_ready)
        columns.card.when_made(
            lambda page: page.save_and_ready_asked.connect(self._save_and_be_ready)
        )
        presenters.handover.arrived.connect(self._offer_handover)
        columns.handover.when_made(lambda page: page.closed.connect(self._to_work))
        columns.settings.when_made(lambda page: page.closed.connect(self._to_work))
        columns.own_desk_asked.connect(self._show_own_desk)
        columns.key_choice_asked.connect(self._show_key_choice)
        self._columns.navigation.settings_asked.connect(self._show_settings)
        columns.check.when_made(lambda page: page.settings_asked.connect(self._show_settings))
        self._columns.navigation.handover_asked.connect(self._show_handover)
        columns.check.when_made(
            lambda page: page.diagnostics_asked.connect(presenters.diagnostics.write)
        )
        presenters.alarm.changed.connect(lambda _waits: self._show_status(presenters.status.state))
        self._banner.acted.connect(presenters.alarm.acknowledge)
        columns.card.when_made(lambda page: page.save_asked.connect(self._save_card))
        columns.card.when_made(lambda page: page.content_typed.connect(presenters.directory.hear))
        presenters.card.save_due.connect(self._save_technical)
        columns.card.when_made(lambda page: page.message_asked.connect(self._make_message))
        for form in (columns.card, columns.message):
            form.when_made(lambda page: page.appeal_asked.connect(presenters.formal_appeal.toggle))
        columns.message.when_made(lambda page: page.register_asked.connect(self._register_message))
        columns.message.when_made(lambda page: page.review_asked.connect(self._hand_in))
        columns.message.when_made(lambda page: page.back_asked.connect(self._to_card))
        columns.queue.when_made(lambda page: page.closed.connect(self._to_work))
        columns.queue.when_made(
            lambda page: presenters.reviews.new.submitted.connect(
                lambda _message: page.close_form()
            )
        )
        columns.review.when_made(lambda page: page.closed.connect(presenters.reviews.release))
        columns.review.when_made(lambda page: page.next_asked.connect(presenters.reviews.skip))
        self._columns.navigation.queue_asked.connect(self._to_reviews)
        columns.panel.when_made(lambda panel: panel.escaped.connect(self._back_to_field))
        columns.checks.when_made(
            lambda panel: panel.row_chosen.connect(columns.message.widget.go_to)
        )
        self._columns.navigation.list_chosen.connect(self._show_list)
        self._columns.navigation.reports_asked.connect(self._show_report)
        self._columns.navigation.check_asked.connect(self._show_check)
        self._columns.navigation.editor_asked.connect(self._show_editor)
        self._columns.navigation.calendar_asked.connect(self._show_calendar)
        self._columns.navigation.call_backs_asked.connect(self._show_call_backs)
        columns.calendar.when_made(lambda page: page.closed.connect(self._to_work))
        self._columns.navigation.answers_asked.connect(self._show_answers)
        presenters.answers.answers.changed.connect(self._columns.navigation.show_answers)
        presenters.saved_call.reopened.connect(lambda _card: self._to_card())
        columns.answers.when_made(lambda page: page.closed.connect(self._to_work))
        columns.call_backs.when_made(lambda page: page.closed.connect(self._to_work))
        columns.planned.when_made(lambda page: page.closed.connect(self._to_work))
        columns.answers.when_made(lambda page: page.history_asked.connect(self._show_history))
        columns.answers.when_made(lambda page: page.question_asked.connect(self._make_question))
        columns.answers.when_made(
            lambda page: page.file_asked.connect(presenters.answers.open_file)
        )
        columns.look_up.when_made(lambda page: page.closed.connect(self._to_work))
        columns.look_up.when_made(lambda page: page.history_asked.connect(self._show_history))
        columns.look_up.when_made(lambda page: page.message_asked.connect(self._work_on))
        columns.history.when_made(lambda page: page.closed.connect(self._leave_history))
        columns.check.when_made(lambda page: page.closed.connect(self._to_work))
        columns.editor.when_made(lambda page: page.closed.connect(self._to_work))
        columns.editor.when_made(lambda page: page.files_asked.connect(self._show_files))
        columns.files.when_made(lambda page: page.closed.connect(self._show_editor))
        columns.keys.when_made(lambda page: page.closed.connect(self._to_work))
        columns.keys.when_made(lambda page: page.change_asked.connect(self._show_key_choice))
        columns.key_choice.when_made(lambda page: page.closed.connect(self._show_keys))
        columns.own_desk.when_made(lambda page: page.closed.connect(self._to_work))
        columns.training.when_made(lambda page: page.closed.connect(self._to_work))

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
        columns.card.when_made(
            lambda _page: self._offer_ready(self._presenters.operator_state.status)
        )

    def _make_keys(self) -> None:
        presenters = self._presenters
        keys: dict[Key, Callable[[], object]] = {
            Key.KEYS: self._show_keys,
            Key.PARAGRAPHS: ParagraphKeys(
                self, presenters.paragraphs, presenters.history, self._columns
            ).press,
            Key.LOOK_UP: self._show_look_up,
            Key.HISTORY: self._ask_history,
            Key.EDIT_DIRECTORY: self._show_editor,
            Key.SEARCH: self._search,
            Key.STATE: self._press_state_key,
            Key.REVIEW: self._to_reviews,
            Key.CALL_BACKS: self._show_call_backs,
            Key.PLANNED: self._show_planned,
            Key.CHECK: self._show_check,
            Key.ALARM_HEARD: presenters.alarm.acknowledge,
            Key.DIAGNOSTICS: presenters.diagnostics.write,
            Key.HANDOVER: self._show_handover,
            Key.SETTINGS: self._show_settings,
            Key.RESULT_ANSWERED: lambda: presenters.card.choose_result("answered"),
            Key.RESULT_CONTACTS: lambda: presenters.card.choose_result("contacts"),
            Key.MAKE_MESSAGE: self._make_message,
            Key.RESULT_TECHNICAL: lambda: presenters.card.choose_result("technical"),
            Key.FORMAL_APPEAL: presenters.formal_appeal.toggle,
            Key.SCRIPT_FOLD: self._columns.right.script.turn,
            Key.SCRIPT_BACK: presenters.script.go_back,
            Key.SCRIPT_DONE: presenters.script.go_on,
            Key.SCRIPT_NO: presenters.script.say_no,
            Key.SAVE: self._save,
            Key.SAVE_AND_READY: self._save_and_be_ready,
            Key.HAND_IN: self._hand_in,
            Key.NOT_GIVEN: lambda: self._columns.card.widget.toggle_absence(),
            Key.TAKE_OFFER: lambda: self._columns.card.widget.take_offer(),
            Key.TRAINING: presenters.training.offer,
            Key.REPORT: self._show_report,
            Key.REGISTER_AGAIN: presenters.phone_check.register_again,
            Key.LOCK: self.lock_asked.emit,
            Key.MISSED: lambda: self._show_list(JournalList.MISSED),
            Key.DRAFTS: lambda: self._show_list(JournalList.DRAFTS),
            Key.THEME: lambda: presenters.own_desk.choose_theme(self._theme.next_name),
            Key.OWN_DESK: self._show_own_desk,
            Key.CALENDAR: self._show_calendar,
            Key.QUESTION_OF_ANSWER: self._take_answer,
            Key.ANSWERS: self._show_answers,
        }
        for key, action in keys.items():
            self._reasons.bind(key, action)
        UndoKeys(self, presenters.answers.undo, self._undo)
        PrintKeys(self, presenters, self._columns, self._reasons, ask_who=self._person_keys.ask)
        ShownPageKeys(self, presenters, self._columns, self._reasons)

    def press(self, key: str) -> None:
        """A key of the desk was pressed in another program, and does here what it does."""
        self._reasons.press(key)

    def offer_call(self, address: str) -> None:
        """Offer to call an address that came from outside the program."""
        self._call_keys.offer(address)

    # --- pages of the centre ---

    def _desk_changed(self, state: DeskState) -> None:
        page = self._columns.current
        answered = self._has_turned(state)
        talking = state.line is LineState.TALKING
        if answered:
            self._rung_over = None
        if state.card is None and talking:
            # Its record is being written: what is said and typed meanwhile goes into it.
            if answered and page is not self._columns.message:
                self._show_page(self._columns.card)
                self._columns.card.widget.focus_content()
            return
        if state.card is None:
            if page in (self._columns.card, self._columns.message):
                self._leave_card(page)
            self._rung_over = None
            return
        stays = (
            self._columns.card,
            self._columns.message,
            self._columns.report,
            self._columns.calendar,
            self._columns.queue,
            self._columns.review,
            self._columns.editor,
            self._columns.files,
            self._columns.answers,
            self._columns.incidents,
            self._columns.look_up,
            self._columns.history,
            self._columns.keys,
            self._columns.key_choice,
            self._columns.own_desk,
            self._columns.planned,
            self._columns.handover,
            self._columns.settings,
        )
        waits = self._is_calling_back(state) or self._waits_for_answer(state)
        appears = page not in stays and not waits
        if appears:
            typing = self._is_typing()
            rings = state.call is not None and state.call.is_offered
            self._rung_over = (page, QApplication.focusWidget()) if rings else None
            self._show_page(self._columns.card)
            if not typing:
                self._columns.card.widget.focus_content()
        stays_with = page is self._columns.message or self._is_calling_back(state)
        if answered and (not stays_with or self._message_is_of_another(page, state)):
            # Answering is the operator's own act: the caret goes where the first words belong.
            self._show_page(self._columns.card)
            self._columns.card.widget.focus_content()

    def _has_turned(self, state: DeskState) -> bool:
        """Whether the operator has just turned to a caller by answering or taking him up again.

        Holding somebody, a consultation and the way back from it are no such turns.
        """
        call = state.call
        if state.line is not LineState.TALKING or call is None:
            self._talking_to = ""
            return False
        if not call.is_up or call.held_since is not None or call.consultation_of is not None:
            return False
        turned = call.call_id != self._talking_to
        self._talking_to = call.call_id
        return turned

    def _is_calling_back(self, state: DeskState) -> bool:
        """Whether the text of a notice is being read to somebody who was called for it."""
        is_outgoing = state.call is not None and state.call.direction is Direction.OUTGOING
        return is_outgoing and self._columns.current is self._columns.call_backs

    def _waits_for_answer(self, state: DeskState) -> bool:
        """Whether the card in front is of a call that only rings, and is to stay out of sight."""
        card = state.card
        shown_at = self._presenters.own_desk.state.look.card_at
        if card is None or shown_at == "ring" or card.direction != "incoming":
            return False
        return card.answered_at is None and card.ended_at is None

    def _message_is_of_another(self, page: Page, state: DeskState) -> bool:
        """Whether the message being written belongs to another call than the card in front."""
        if page is not self._columns.message or state.card is None:
            return False
        return self._presenters.message.call_id not in (None, state.card.id)

    def _leave_card(self, page: Page) -> None:
        """The card has gone: show the list, and leave the caret where somebody types elsewhere.

        Whoever was checking a message when the call came goes back to it, and whoever was on a page
        that only a ring has put the card over finds that page again.
        """
        if self._presenters.reviews.is_open:
            self._show_review()
            return
        focused = QApplication.focusWidget()
        elsewhere = (
            focused is not None and not page.widget.isAncestorOf(focused) and self._is_typing()
        )
        if self._rung_over is not None and self._rung_over[0] is not self._columns.journal:
            covered, caret = self._rung_over
            self._show_page(covered)
            if not elsewhere:
                (covered.widget if caret is None or not caret.isVisible() else caret).setFocus()
            return
        self._show_page(self._columns.journal)
        if not elsewhere:
            self._columns.journal.widget.table.setFocus()

    def _is_typing(self) -> bool:
        """Whether the caret stands where letters go: a ring never takes it away from there."""
        focused = QApplication.focusWidget()
        return focused is not None and bool(focused.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))

    def _show_page(self, page: Page) -> None:
        self._columns.show_page(page)

    def _to_card(self) -> None:
        if self._presenters.desk.state.card is None:
            self._to_list()
            return
        self._show_page(self._columns.card)
        self._columns.card.widget.focus_content()

    def _leave_message(self) -> None:
        """A message is done: the next one of the same call, or back to the call's card."""
        if self._presenters.message.has_more and self._presenters.desk.state.card is not None:
            self._columns.message.widget.focus_first()
        else:
            self._to_card()

    def _to_list(self) -> None:
        self._show_page(self._columns.journal)
        self._columns.journal.widget.table.setFocus()

    def _to_work(self) -> None:
        """Back from a page that was looked at to the card, or to the list without one."""
        self._to_card()

    def _show_list(self, wanted: JournalList) -> None:
        self._presenters.journal.show_list(wanted)
        self._show_page(self._columns.journal)
        self._columns.journal.widget.table.setFocus()

    def _show_register_rights(self) -> None:
        """Who may not see records finds none open, but for the call that is on the line."""
        columns, journal = self._columns, self._presenters.journal
        columns.navigation.offer_lists(journal.may_see)
        if journal.may_see_register:
            return
        self._presenters.desk.put_aside()
        if not journal.may_see(journal.state.shown):
            journal.show_list(JournalList.CALLS)
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
        if columns.current in of_records and self._presenters.desk.state.card is None:
            self._to_list()

    def _show_review_rights(self) -> None:
        reviews = self._presenters.reviews
        reviews.greet()
        self._columns.navigation.offer_queue(reviews.queue.may_see())
        page = self._columns.current
        is_gone = page is self._columns.review and not reviews.is_open
        if is_gone or (page is self._columns.queue and not reviews.queue.may_see()):
            self._to_list()

    def _to_reviews(self) -> None:
        """The message under review, or the queue where none is; nothing for other roles."""
        if not self._presenters.reviews.queue.may_see():
            return
        if self._presenters.reviews.is_open:
            self._show_review()
        else:
            self._show_queue()

    def _show_queue(self) -> None:
        self._show_page(self._columns.queue)
        self._columns.queue.widget.open_page()

    def _leave_review(self) -> None:
        """Nothing is under review; whoever has opened something else since stays there."""
        if self._columns.current in (self._columns.review, self._columns.queue):
            self._show_queue()

    def _go_on_with_review(self) -> None:
        """The next message has come; whoever has opened something else meanwhile stays there."""
        if self._columns.current in (self._columns.review, self._columns.queue):
            self._show_review()

    def _show_review(self) -> None:
        self._show_page(self._columns.review)
        self._columns.review.widget.setFocus()

    def _hand_in(self) -> None:
        if self._columns.current is self._columns.message:
            self._columns.message.widget.settle()
            # A photo that is still being taken in belongs to the message.
            self._presenters.photos.when_settled(self._presenters.message.hand_in)

    def _show_report(self) -> None:
        self._presenters.report.open()
        self._show_page(self._columns.report)
        self._columns.report.widget.focus_first()

    def _show_check(self) -> None:
        self._show_page(self._columns.check)
        self._columns.check.widget.focus_first()

    def _show_settings(self, code: str = "") -> None:
        self._show_page(self._columns.settings)
        self._columns.settings.widget.open_page(code)

    def _show_handover(self) -> None:
        self._show_page(self._columns.handover)
        self._columns.handover.widget.open_page()

    def _offer_handover(self) -> None:
        """The sheet of the shift before, at once; a call that is up has the page before it."""
        if self._presenters.desk.state.line in (LineState.FREE, LineState.WRAP_UP):
            self._show_page(self._columns.handover)
            self._columns.handover.widget.focus_first()
        else:
            self._presenters.notices.tell(Notice(*words.handover.waits(), LONG_S))

    def _show_call_backs(self) -> None:
        self._show_page(self._columns.call_backs)
        self._columns.call_backs.widget.open_page()

    def _show_planned(self) -> None:
        """The promised calls; the telephone of the card in front stands in the form."""
        card = self._presenters.desk.state.card
        known = "" if card is None or isinstance(card.phone, Absence) else card.phone
        self._presenters.planned.begin(known)
        self._show_page(self._columns.planned)
        self._columns.planned.widget.open_page()

    def _show_calendar_lacks(self, state: CalendarState) -> None:
        self._columns.navigation.show_calendar_lacks(state.lacks_year)

    def _show_calendar(self) -> None:
        if self._presenters.calendar.may_edit():
            self._show_page(self._columns.calendar)
            self._columns.calendar.widget.open_page()

    def _show_editor(self) -> None:
        self._show_page(self._columns.editor)
        self._columns.editor.widget.open_page()

    def _show_look_up(self) -> None:
        """F4 once more begins with an empty number."""
        if self._presenters.look_up.may_see():
            self._show_page(self._columns.look_up)
            self._columns.look_up.widget.open_page()

    def _show_record(self, card: CallRecord) -> None:
        self._presenters.shown_record.show(card)
        self._show_page(self._columns.record)
        self._columns.record.widget.setFocus()

    def _look_up_number(self, number: str) -> None:
        """A message of a list, as if its number was typed after F4."""
        self._reasons.press(Key.LOOK_UP)
        if self._columns.current is self._columns.look_up:
            self._presenters.look_up.set_query(number)

    def _show_history(self, handled: HandledMessage) -> None:
        self._back_from_history = self._columns.current
        self._presenters.history.show(handled)
        self._show_page(self._columns.history)
        self._columns.history.widget.setFocus()

    def _ask_history(self) -> None:
        """The history of the message that is shown, wherever that is."""
        page = self._columns.current
        reviewed = self._presenters.review.review.message
        if page is self._columns.answers:
            self._columns.answers.widget.ask_history()
        elif page is self._columns.look_up:
            self._columns.look_up.widget.ask_history()
        elif page is self._columns.review and reviewed is not None:
            self._show_history(reviewed)

    def _leave_history(self) -> None:
        """Back to where the history was asked for."""
        self._show_page(self._back_from_history)
        if self._back_from_history is self._columns.look_up:
            self._columns.look_up.widget.focus_first()
        elif self._back_from_history is self._columns.report:
            self._columns.report.widget.focus_again()
        elif self._back_from_history is self._columns.answers:
            self._columns.answers.widget.to_message()
        else:
            self._back_from_history.widget.setFocus()

    def _work_on(self, handled: HandledMessage) -> None:
        """A message that was looked up, on the page of answers where it stands there."""
        if self._columns.answers.widget.work_on(handled):
            self._show_page(self._columns.answers)
            self._columns.answers.widget.to_message()
        else:
            self._show_history(handled)

    def _show_answers(self) -> None:
        if self._presenters.answers.answers.may_see():
            self._show_page(self._columns.answers)
            self._columns.answers.widget.open_page()

    def _take_answer(self) -> None:
        """A typical question of the chosen answer, or the answers to choose from."""
        if not self._presenters.editor.may_edit():
            return
        if self._columns.current is self._columns.answers:
            self._columns.answers.widget.make_question()
            return
        is_list = self._columns.current is self._columns.journal
        if not (is_list and self._columns.journal.widget.make_question()):
            self._show_list(JournalList.ANSWERS)

    def _make_question(self, message: MessageRecord) -> None:
        self._show_page(self._columns.editor)
        self._columns.editor.widget.setFocus()
        self._columns.editor.widget.open_answer(message)

    def _begin_proposal(self, fields: Mapping[str, str]) -> None:
        self._show_page(self._columns.editor)
        self._columns.editor.widget.setFocus()
        self._columns.editor.widget.open_proposal(fields)

    def _show_files(self) -> None:
        self._show_page(self._columns.files)
        self._columns.files.widget.open_page()

    def _show_training(self) -> None:
        self._show_page(self._columns.training)
        self._columns.training.widget.focus_first()

    def _show_keys(self) -> None:
        if self._columns.current is self._columns.keys:
            self._to_work()
        else:
            self._show_page(self._columns.keys)
            self._columns.keys.widget.setFocus()

    def _show_key_choice(self) -> None:
        self._show_page(self._columns.key_choice)
        self._columns.key_choice.widget.open_page()

    def _show_own_desk(self) -> None:
        self._show_page(self._columns.own_desk)
        self._columns.own_desk.widget.open_page()

    # --- keys ---

    def _search(self) -> None:
        if self._columns.current is self._columns.editor:
            self._columns.editor.widget.focus_search()
            return
        self._columns.show_right(self._columns.panel)
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self._columns.panel.widget.search:
            self._return_to = focused
        self._columns.panel.widget.focus_search()

    def _back_to_field(self) -> None:
        if self._columns.current is self._columns.message:
            self._columns.show_right(self._columns.checks)
        target = self._return_to
        if target is not None and target.isVisible():
            target.setFocus()
        elif self._columns.current is self._columns.card:
            self._columns.card.widget.focus_content()

    def _make_message(self) -> None:
        if self._presenters.message.begin(self._presenters.desk.operator):
            self._presenters.places.look()
            self._show_page(self._columns.message)
            self._columns.message.widget.focus_first()

    def _save(self) -> None:
        """Ctrl+Enter: what the page that is shown does with it, else the card."""
        columns, presenters = self._columns, self._presenters
        confirms: dict[Page, Callable[[], object]] = {
            columns.message: self._register_message,
            columns.review: lambda: columns.review.widget.confirm(),
            columns.queue: self._submit_new,
            columns.editor: lambda: columns.editor.widget.publish(),
            columns.files: lambda: columns.files.widget.confirm(),
            columns.calendar: lambda: columns.calendar.widget.confirm(),
            columns.answers: lambda: columns.answers.widget.confirm(),
            columns.look_up: lambda: columns.look_up.widget.confirm(),
            columns.planned: presenters.planned.plan,
            columns.incidents: lambda: columns.incidents.widget.confirm(),
            columns.handover: presenters.handover.sign,
            columns.settings: lambda: columns.settings.widget.confirm(),
        }
        confirms.get(columns.current, self._save_card)()

    def _submit_new(self) -> None:
        if self._columns.queue.widget.is_writing:
            self._presenters.reviews.new.submit()

    def _save_card(self) -> None:
        """Close the call; a question of it that is not registered yet is shown once before."""
        self._columns.card.widget.settle()
        if self._presenters.message.point_at_rest():
            self._make_message()
        elif self._record_keys.may_save():
            self._presenters.desk.save()

    def _save_technical(self) -> None:
        """What waits of a message is not asked about here: the operator may be elsewhere by now."""
        if self._columns.current is self._columns.card:
            self._save_card()

    def _save_and_be_ready(self) -> None:
        """Ctrl+Shift+Enter: the record is the last thing before the next call."""
        state = self._presenters.operator_state
        if self._presenters.desk.state.card is None:
            state.be_ready()
            return
        state.be_ready_when_saved()
        self._save_card()

    def _offer_ready(self, status: OperatorStatus) -> None:
        """Saving alone would lead to a break, or to the rest of the wrap-up."""
        rules = self._presenters.operator_state.rules
        leads_elsewhere = status.next != READY or not rules.ends_with_record
        if (card := self._columns.card.made) is not None:
            card.offer_ready(status.wrap_up is not None and leads_elsewhere)

    def _press_state_key(self) -> None:
        if self._operator_menu.isVisible():
            self._operator_menu.toggle()
        else:
            self._presenters.operator_state.press_key()

    def _register_message(self) -> None:
        self._columns.message.widget.settle()
        # A photo that is still being checked belongs to it.
        self._presenters.photos.when_settled(self._presenters.message.register)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._columns.current in (self._columns.report, self._columns.handover):
                self._to_work()
            else:
                self._back_to_field()
        else:
            super().keyPressEvent(event)

    # --- what is told ---

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody has signed in: what the role may not edit is not offered."""
        super().showEvent(event)
        self._rung_over = None
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
            self._to_list()
        self._show_register_rights()
        may_keep = self._presenters.calendar.may_edit()
        self._columns.navigation.offer_calendar(may_keep)
        if (calendar := self._columns.calendar.made) is not None:
            calendar.show_rights()
        if not may_keep and self._columns.current is self._columns.calendar:
            self._to_list()
        if self._columns.current is self._columns.settings:
            self._to_list()  # another person may set other things
        self._show_review_rights()
        self._columns.navigation.offer_answers(self._presenters.answers.answers.may_see())
        self._presenters.answers.answers.reload()

    def _show_status(self, state: StatusState) -> None:
        if state.banner is None:
            self._banner.hide_banner()
        else:
            action = self.tr("Heard, no more sound") if self._presenters.alarm.waits else ""
            banner = state.banner
            self._banner.show_banner(banner.kind, banner.head, banner.body, action)

    def _tell(self, notice: Notice) -> None:
        self._toast.show_toast(
            notice.head, notice.body, seconds=notice.seconds, problem=notice.problem
        )
