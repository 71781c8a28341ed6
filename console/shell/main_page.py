"""The main page: call bar, banner, columns, status bar, toasts, and keys for saving and search.

Its widgets are created in steps, which keeps the window responsive.
"""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.view_data import Notice
from console.features.calendar.calendar_state import CalendarState
from console.features.call_bar.view import CallBar
from console.features.call_card.card_search import SearchOfCard
from console.features.journal.presenter import JournalList
from console.features.operator_state.menu_view import OperatorMenu
from console.shared.session.undo_view import UndoStrip
from console.shared.workplace.status import StatusState
from console.shell.announcements import Announcements
from console.shell.card_in_front import CardInFront
from console.shell.column_layout import DeskColumns, Page
from console.shell.key_reasons import KeyReasons
from console.shell.keys import (
    CallKeys,
    IncidentKeys,
    ParagraphKeys,
    PersonKeys,
    PrintKeys,
    RecordKeys,
    ShownPageKeys,
    TypingKeys,
    UndoKeys,
)
from console.shell.page_presenters import DeskPresenters
from console.shell.page_turning import DeskRights, PageTurning
from console.shell.status_bar import DeskFoot, StatusBar
from console.ui.keyboard import KeptCaret
from console.ui.labels import Line
from console.ui.notices import Banner, FootWatch, Toast
from console.ui.paragraphs import ParagraphPlace
from console.ui.theme import Theme
from sync.register.people.operator_states import READY, OperatorStatus


def connect_told(presenters: DeskPresenters, tell: Callable[[Notice], None]) -> None:
    """Connects the notices of all presenters, each once: a screen reader reads every toast."""
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
        presenters.call_register.told,
        presenters.shown_record.told,
        presenters.key_choice.told,
        presenters.own_desk.told,
    ):
        told.connect(tell)


def connect_overtaken(presenters: DeskPresenters, withdraw: Callable[[Notice], None]) -> None:
    """Connects the withdrawal of notices that are no longer true."""
    for overtaken in (presenters.notices.overtaken, presenters.calls.overtaken):
        overtaken.connect(withdraw)


class DeskPage(ParagraphPlace):
    """The main page, used between sign-in and sign-out."""

    lock_asked = Signal()
    foot_covered = Signal(int)  # number of bars over the foot
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
        self._caret = KeptCaret()
        self._call_bar = CallBar(theme, presenters.call_bar, zone)
        self._banner = Banner(theme)
        self._columns = columns
        self._undo = UndoStrip(theme, presenters.answers.undo)
        self._lay_out()
        self._toast = Toast(theme, self)
        for head in (self._call_bar, self._banner):
            self._toast.stand_below(head)
        self._toast.stand_above(self._undo)
        self._columns.card.when_made(lambda card: self._toast.stand_above(card.promise))
        FootWatch(self, self._toast, self._undo).covered.connect(self.foot_covered)
        self._operator_menu = OperatorMenu(theme, presenters.operator_state, self)
        self._reasons = KeyReasons(self, presenters, self._columns)
        self._reasons.told.connect(self._tell)
        self._reasons.refused.connect(self.key_refused)
        self._turning = PageTurning(self, presenters, columns, self._reasons)
        self._connect()
        self._rights = DeskRights(self, presenters, columns, self._turning)
        self._person_keys = PersonKeys(self, presenters.persons, self._columns)
        self._make_keys()
        Announcements(self, presenters)
        self._call_keys = CallKeys(self, presenters, self._columns, self._reasons)
        TypingKeys(theme, presenters.phrases, self, self._reasons)
        self._record_keys = RecordKeys(
            self, presenters, self._columns, self._reasons, self._turning.show
        )
        self._show_status(presenters.status.state)

    def first_parts(self) -> Iterator[None]:
        """Creates the widgets that a call needs, one per step."""
        columns = self._columns
        columns.show_page(columns.journal)
        for part in (columns.card, columns.numbers):
            yield
            _made = part.widget

    def further_parts(self) -> Iterator[None]:
        """Creates one widget per step that an operator may open in haste during a call.

        The text rules and the encoder are loaded last, when no widget needs the CPU.
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
        status = StatusBar(theme, self._presenters.status)
        self._foot = DeskFoot(theme, self._undo, status, self)
        page.addWidget(self._foot)

    def _connect(self) -> None:
        presenters, columns, turning = self._presenters, self._columns, self._turning
        navigation = columns.navigation
        connect_told(presenters, self._tell)
        connect_overtaken(presenters, self._withdraw)
        presenters.own_desk.tell_language()  # of an operator who signed in earlier
        IncidentKeys(
            self,
            presenters,
            columns,
            self._reasons,
            show=turning.show,
            leave=turning.to_work,
            save=self._save_card,
        )
        self._search_of_card = SearchOfCard(presenters.directory, lambda: presenters.desk.operator)
        presenters.desk.changed.connect(self._search_of_card.follow)
        presenters.desk.saved.connect(self._search_of_card.finish)
        self._card_in_front = CardInFront(self, presenters, columns, turning)
        columns.card.when_made(
            lambda _page: presenters.desk.incomplete.connect(self._point_at_card)
        )
        columns.message.when_made(
            lambda _page: presenters.message.incomplete.connect(self._point_at_message)
        )
        presenters.message.changed.connect(
            lambda state: presenters.topic_route.show(None, state.category or None)
        )
        presenters.message.registered.connect(lambda _message: turning.leave_message())
        presenters.message.joined.connect(lambda _known: turning.leave_message())
        columns.checks.when_made(
            lambda panel: panel.near.link_asked.connect(presenters.message.join)
        )
        presenters.journal.draft_opened.connect(turning.show_draft)
        presenters.journal.begun_opened.connect(turning.show_begun)
        presenters.journal.unfinished_opened.connect(turning.show_unfinished)
        presenters.shown_record.unfinished_asked.connect(presenters.journal.open_begun)
        columns.journal.when_made(lambda page: page.closed.connect(turning.to_work))
        presenters.journal.record_opened.connect(turning.show_record)
        presenters.journal.message_opened.connect(turning.look_up_number)
        presenters.shown_record.message_asked.connect(turning.look_up_number)
        presenters.call_register.record_opened.connect(turning.show_record)
        columns.call_register.when_made(lambda page: page.closed.connect(turning.to_work))
        navigation.call_register_asked.connect(turning.show_call_register)
        columns.record.when_made(lambda page: page.closed.connect(turning.leave_record))
        presenters.journal.question_asked.connect(turning.make_question)
        presenters.report.proposal_asked.connect(turning.begin_proposal)
        presenters.report.message_asked.connect(turning.show_history)
        presenters.status.changed.connect(self._show_status)
        presenters.message.changed.connect(lambda state: presenters.photos.show_message(state.id))
        presenters.calendar.changed.connect(self._show_calendar_lacks)
        self._show_calendar_lacks(presenters.calendar.state)
        presenters.editor.stored.connect(presenters.spelling.read_city)
        presenters.directory_import.stored.connect(presenters.spelling.read_city)
        presenters.reviews.opened.connect(turning.go_on_with_review)
        presenters.reviews.came_back.connect(turning.show_review)
        presenters.reviews.left.connect(turning.leave_review)
        presenters.message.handed_in.connect(lambda _message: turning.leave_message())
        presenters.training.offered.connect(turning.show_training)
        presenters.training.started.connect(turning.to_list)
        presenters.call_bar.check_asked.connect(turning.show_check)
        presenters.operator_state.changed.connect(self._offer_ready)
        columns.card.when_made(
            lambda page: page.save_and_ready_asked.connect(self._save_and_be_ready)
        )
        presenters.handover.arrived.connect(turning.offer_handover)
        columns.handover.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.settings.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.own_desk_asked.connect(turning.show_own_desk)
        columns.key_choice_asked.connect(turning.show_key_choice)
        navigation.settings_asked.connect(turning.show_settings)
        columns.check.when_made(lambda page: page.settings_asked.connect(turning.show_settings))
        navigation.handover_asked.connect(turning.show_handover)
        columns.check.when_made(
            lambda page: page.diagnostics_asked.connect(presenters.diagnostics.write)
        )
        presenters.alarm.changed.connect(lambda _waits: self._show_status(presenters.status.state))
        self._banner.acted.connect(presenters.alarm.acknowledge)
        columns.card.when_made(lambda page: page.save_asked.connect(self._save_card))
        columns.card.when_made(lambda _page: self._offer_ready(presenters.operator_state.status))
        columns.card.when_made(lambda page: page.content_typed.connect(presenters.directory.hear))
        presenters.card.technical.save_due.connect(self._save_technical)
        columns.card.when_made(lambda page: page.message_asked.connect(turning.make_message))
        for form in (columns.card, columns.message):
            form.when_made(lambda page: page.appeal_asked.connect(presenters.formal_appeal.toggle))
        columns.message.when_made(lambda page: page.register_asked.connect(self._register_message))
        columns.message.when_made(lambda page: page.review_asked.connect(self._hand_in))
        columns.message.when_made(lambda page: page.back_asked.connect(self._leave_message))
        columns.queue.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.queue.when_made(
            lambda page: presenters.reviews.new.submitted.connect(
                lambda _message: page.close_form()
            )
        )
        columns.review.when_made(lambda page: page.closed.connect(presenters.reviews.release))
        columns.review.when_made(lambda page: page.next_asked.connect(presenters.reviews.skip))
        navigation.queue_asked.connect(turning.to_reviews)
        columns.panel.when_made(lambda panel: panel.escaped.connect(self._back_to_field))
        columns.handles.asked.connect(self._take_handle)
        columns.checks.when_made(
            lambda panel: panel.row_chosen.connect(columns.message.widget.go_to)
        )
        navigation.list_chosen.connect(turning.show_list)
        navigation.reports_asked.connect(turning.show_report)
        navigation.check_asked.connect(turning.show_check)
        navigation.editor_asked.connect(turning.show_editor)
        navigation.calendar_asked.connect(turning.show_calendar)
        navigation.call_backs_asked.connect(turning.show_call_backs)
        columns.calendar.when_made(lambda page: page.closed.connect(turning.to_work))
        navigation.answers_asked.connect(turning.show_answers)
        presenters.answers.answers.changed.connect(navigation.show_answers)
        presenters.saved_call.reopened.connect(lambda _card: turning.to_card())
        columns.answers.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.call_backs.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.planned.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.answers.when_made(lambda page: page.history_asked.connect(turning.show_history))
        columns.answers.when_made(lambda page: page.question_asked.connect(turning.make_question))
        columns.answers.when_made(
            lambda page: page.file_asked.connect(presenters.answers.open_file)
        )
        columns.look_up.when_made(lambda page: page.closed.connect(turning.to_work))
        presenters.look_up.record_opened.connect(turning.show_record)
        presenters.look_up.draft_opened.connect(turning.show_draft)
        columns.look_up.when_made(lambda page: page.history_asked.connect(turning.show_history))
        columns.look_up.when_made(lambda page: page.message_asked.connect(turning.work_on))
        columns.history.when_made(lambda page: page.closed.connect(turning.leave_history))
        columns.check.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.editor.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.editor.when_made(lambda page: page.files_asked.connect(turning.show_files))
        columns.files.when_made(lambda page: page.closed.connect(turning.show_editor))
        columns.keys.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.keys.when_made(lambda page: page.change_asked.connect(turning.show_key_choice))
        columns.key_choice.when_made(lambda page: page.closed.connect(turning.show_keys))
        columns.own_desk.when_made(lambda page: page.closed.connect(turning.to_work))
        columns.training.when_made(lambda page: page.closed.connect(turning.to_work))

    def _make_keys(self) -> None:
        presenters = self._presenters
        keys: dict[Key, Callable[[], object]] = {
            Key.KEYS: self._turning.show_keys,
            Key.PARAGRAPHS: ParagraphKeys(
                self, presenters.paragraphs, presenters.history, self._columns
            ).press,
            Key.LOOK_UP: self._turning.show_look_up,
            Key.CALL_REGISTER: self._turning.show_call_register,
            Key.HISTORY: self._turning.ask_history,
            Key.EDIT_DIRECTORY: self._turning.show_editor,
            Key.SEARCH: self._search,
            Key.STATE: self._press_state_key,
            Key.REVIEW: self._turning.to_reviews,
            Key.CALL_BACKS: self._turning.show_call_backs,
            Key.PLANNED: self._turning.show_planned,
            Key.CHECK: self._turning.show_check,
            Key.ALARM_HEARD: presenters.alarm.acknowledge,
            Key.DIAGNOSTICS: presenters.diagnostics.write,
            Key.HANDOVER: self._turning.show_handover,
            Key.SETTINGS: self._turning.show_settings,
            Key.RESULT_ANSWERED: lambda: presenters.card.choose_result("answered"),
            Key.RESULT_CONTACTS: lambda: presenters.card.choose_result("contacts"),
            Key.MAKE_MESSAGE: self._turning.make_message,
            Key.RESULT_TECHNICAL: lambda: presenters.card.choose_result("technical"),
            Key.FORMAL_APPEAL: presenters.formal_appeal.toggle,
            Key.SCRIPT_FOLD: self._columns.turn_script,
            Key.SCRIPT_BACK: presenters.script.go_back,
            Key.SCRIPT_DONE: presenters.script.go_on,
            Key.SCRIPT_NO: presenters.script.say_no,
            Key.SAVE: self._save,
            Key.SAVE_AND_READY: self._save_and_be_ready,
            Key.HAND_IN: self._hand_in,
            Key.NOT_GIVEN: lambda: self._columns.card.widget.toggle_absence(),
            Key.TAKE_OFFER: lambda: self._columns.card.widget.take_offer(),
            Key.TRAINING: presenters.training.offer,
            Key.REPORT: self._turning.show_report,
            Key.REGISTER_AGAIN: presenters.phone_check.register_again,
            Key.LOCK: self.lock_asked.emit,
            Key.MISSED: lambda: self._turning.show_list(JournalList.MISSED),
            Key.DRAFTS: lambda: self._turning.show_list(JournalList.DRAFTS),
            Key.THEME: lambda: presenters.own_desk.choose_theme(self._theme.next_name),
            Key.OWN_DESK: self._turning.show_own_desk,
            Key.CALENDAR: self._turning.show_calendar,
            Key.QUESTION_OF_ANSWER: self._turning.take_answer,
            Key.ANSWERS: self._turning.show_answers,
        }
        for key, action in keys.items():
            self._reasons.bind(key, action)
        UndoKeys(self, presenters.answers.undo, self._undo)
        PrintKeys(self, presenters, self._columns, self._reasons, ask_who=self._person_keys.ask)
        ShownPageKeys(self, presenters, self._columns, self._reasons)

    def press(self, key: str) -> None:
        """Runs the action of a key that was pressed in another application."""
        self._reasons.press(key)

    def offer_call(self, address: str) -> None:
        """Offers to call an address received from another application."""
        self._call_keys.offer(address)

    # --- pages ---

    def _leave_message(self) -> None:
        """Esc: closes the overlay first, then the form."""
        if not self._columns.leave_over():
            self._presenters.message.cancel()
            self._turning.to_card()

    def _hand_in(self) -> None:
        if self._columns.current is self._columns.message:
            self._columns.message.widget.settle()
            # A photo that is still being imported belongs to the message.
            self._presenters.photos.when_settled(self._presenters.message.hand_in)

    def _show_calendar_lacks(self, state: CalendarState) -> None:
        self._columns.navigation.show_calendar_lacks(state.lacks_year)

    # --- keys ---

    def _search(self) -> None:
        if self._columns.current is self._columns.editor:
            self._columns.editor.widget.focus_search()
            return
        self._columns.show_right(self._columns.panel)
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self._columns.panel.widget.search:
            self._caret.keep(focused)
        self._columns.panel.widget.focus_search()

    def _take_handle(self, key: Key) -> None:
        """Shows the overlay of a handle, or closes it."""
        if self._columns.handles.marked is key:
            self._columns.leave_over()
            self._back_to_field()
        else:
            self._reasons.press(key)

    def _back_to_field(self) -> None:
        if self._columns.current is self._columns.message or self._columns.is_over:
            self._columns.show_usual_right()
        if self._caret.give_back():
            return
        if self._columns.current is self._columns.card:
            self._columns.card.widget.focus_content()
        else:
            # From the left column or a panel: shortcuts of the page work only within it.
            page = self._columns.current.widget
            inside = page.focusWidget()
            (inside if inside is not None and inside.isVisible() else page).setFocus()

    def _save(self) -> None:
        """Ctrl+Enter: confirms on the current page, otherwise saves the card."""
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
        """Closes the call; first shows an unregistered question of it, once."""
        columns = self._columns
        columns.card.widget.settle()
        if self._presenters.message.point_at_rest():
            self._turning.make_message()
        elif self._record_keys.may_save():
            self._presenters.desk.save()
            if self._presenters.desk.state.problems and columns.current is not columns.card:
                self._turning.show(columns.card)  # this page does not save
                columns.card.widget.focus_first_problem()

    def _point_at_card(self) -> None:
        """Focuses the first invalid field, unless another page covers the card."""
        if self._columns.current is self._columns.card:
            self._columns.card.widget.focus_first_problem()

    def _point_at_message(self) -> None:
        """Focuses the first invalid field, unless the operator left while photos were processed."""
        if self._columns.current is self._columns.message:
            self._columns.message.widget.focus_first_problem()

    def _save_technical(self) -> None:
        """Saves a technical call without asking about messages: the operator may be elsewhere."""
        if self._columns.current is self._columns.card:
            self._save_card()

    def _save_and_be_ready(self) -> None:
        """Ctrl+Shift+Enter: saves the record and sets the state to ready."""
        state = self._presenters.operator_state
        if self._presenters.desk.state.card is None:
            state.be_ready()
            return
        state.be_ready_when_saved()
        self._save_card()

    def _offer_ready(self, status: OperatorStatus) -> None:
        """Offers «save and ready» if saving would lead to a break or continue the wrap-up."""
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
        # A photo that is still being checked belongs to the message.
        self._presenters.photos.when_settled(self._presenters.message.register)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._columns.current in (self._columns.report, self._columns.handover):
                self._turning.to_work()
            else:
                self._back_to_field()
        else:
            super().keyPressEvent(event)

    # --- notices ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.follow_window()

    def showEvent(self, event: QShowEvent) -> None:
        """Applies the rights of the operator who has just signed in."""
        super().showEvent(event)
        self._card_in_front.forget_page()
        self._rights.show_rights()

    def _show_status(self, state: StatusState) -> None:
        if state.banner is None:
            self._banner.hide_banner()
        else:
            action = self.tr("Acknowledge, mute") if self._presenters.alarm.waits else ""
            banner = state.banner
            self._banner.show_banner(banner.kind, banner.head, banner.body, action)

    def _tell(self, notice: Notice) -> None:
        self._toast.show_toast(
            notice.head, notice.body, seconds=notice.seconds, problem=notice.problem
        )

    def _withdraw(self, notice: Notice) -> None:
        self._toast.withdraw(notice.head, notice.body)
