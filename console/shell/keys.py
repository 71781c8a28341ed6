"""Key bindings of the main page, a class per topic, and the panels that these keys open.

Topics: calls, incidents, regulation, persons, printing, records, current page, typing, undo.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from console.core.default_keys import ANYWHERE, Key
from console.features.call_card.card_view import CallCard
from console.features.call_card.persons import CallerPersonsPresenter
from console.features.call_script.phrases import PhrasesPresenter
from console.features.call_script.view import PhraseList
from console.features.dialing.presenter import NumberUse
from console.features.history.message import HistoryState, MessageHistoryPresenter
from console.features.incidents.page import NEXT_KEY, OPEN_KEY, TELL_KEY
from console.features.regulation.presenter import ParagraphsPresenter
from console.features.review.page import ReviewPage
from console.shared.directory.hits import phones_of
from console.shared.messages.photo_strip_view import PhotoStrip
from console.shared.session.call_control import pair_of
from console.shared.session.desk import NO_PURPOSE
from console.shared.session.live_calls import CallPurpose, DeskState, LineState
from console.shared.session.undo import Undo, UndoState
from console.shared.session.undo_view import UndoStrip
from console.shell.column_layout import DeskColumns, Page
from console.shell.key_reasons import KeyReasons
from console.shell.page_presenters import DeskPresenters
from console.ui.keyboard import KeptCaret, chord_of, sequences
from console.ui.paragraphs import ParagraphPlace, paragraphs_at
from console.ui.text_field import typed_place
from console.ui.theme import Theme
from kb.entries.entries import Entry
from kb.search.rewording import last_word, mended
from sync.register.calls.calls import CallRecord


class CallKeys(QObject):
    """Keys of calls; restores the keyboard focus when a panel closes."""

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
        self._caret = KeptCaret()
        calls = presenters.calls
        keys: dict[Key, Callable[[], object]] = {
            Key.ANSWER: calls.answer,
            Key.SWITCH: calls.switch,
            Key.CALL: self.call_shown,
            Key.HOLD: self.hold_or_extend,
            Key.JOIN: calls.join,
            Key.PAUSE_RECORDING: calls.toggle_recording,
            Key.DIAL: self.dial,
            Key.MUTE: calls.toggle_mute,
            Key.KEYPAD: self.open_keypad,
            Key.HANG_UP: calls.hang_up,
            Key.TRANSFER: self.hand_over,
        }
        for anywhere, same in ANYWHERE.items():
            keys[anywhere] = keys[same]
        for key, action in keys.items():
            reasons.bind(key, action)
        self._connect()

    def _connect(self) -> None:
        presenters, columns = self._presenters, self._columns
        bar = presenters.call_bar
        bar.dial_asked.connect(self.dial)
        bar.transfer_asked.connect(self.hand_over)
        bar.keypad_asked.connect(self.open_keypad)
        bar.call_back_asked.connect(self.call_back)
        presenters.desk.changed.connect(presenters.keypad.follow)
        presenters.desk.changed.connect(presenters.numbers.follow)
        presenters.desk.changed.connect(self._desk_changed)
        presenters.numbers.opened.connect(self._show_numbers)
        presenters.numbers.closed.connect(self._leave_panel)
        presenters.numbers.last_asked.connect(self.redial)
        columns.keypad.when_made(lambda panel: panel.closed.connect(self._leave_panel))
        columns.journal.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.record.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.call_register.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.call_backs.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.planned.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.panel.when_made(lambda panel: panel.call_asked.connect(self.call_shown))

    # --- key actions ---

    def hold_or_extend(self) -> None:
        """F3: hold or resume; after the call, extend the wrap-up."""
        if self._presenters.desk.state.line in (LineState.TALKING, LineState.DIALLING):
            self._presenters.calls.toggle_hold()
        else:
            self._presenters.operator_state.extend()

    def hand_over(self) -> None:
        """F7: complete the transfer to the consulted party, or choose a transfer target."""
        presenters = self._presenters
        desk = presenters.desk.state
        if pair_of(desk) is not None:
            presenters.calls.complete()
        elif desk.line is LineState.TALKING:
            presenters.numbers.open(NumberUse.TRANSFER, entry=self._shown_entry())

    def dial(self) -> None:
        """Shift+F4: dial any number; during a call, choose a transfer target."""
        if self._presenters.desk.state.line is LineState.TALKING:
            self.hand_over()
        else:
            self._presenters.numbers.open(NumberUse.DIAL)

    def redial(self) -> None:
        """Headset button: redial the last number; ignored on pages that test buttons."""
        if self._columns.current not in (self._columns.check, self._columns.settings):
            self._presenters.numbers.offer_last()

    def call_shown(self) -> None:
        """Shift+F2: call the displayed number; if there is none, ask for it."""
        numbers = self._presenters.numbers
        entry = self._shown_entry()
        if self._presenters.desk.state.line is LineState.WRAP_UP and entry is None:
            self.call_back()
        elif self._presenters.desk.state.line is LineState.TALKING:
            text = "" if entry is not None else self._shown_number()
            numbers.open(NumberUse.TRANSFER, entry=entry, text=text)
        elif entry is not None:
            phones = phones_of(entry)
            if len(phones) == 1 and not phones[0].extension:
                numbers.call_number(phones[0].number, entry.short_title)
            else:
                numbers.open(NumberUse.DIAL, entry=entry)
        elif self._columns.current is self._columns.call_backs:
            call_backs = self._presenters.call_backs
            self._call_back_citizen(call_backs.chosen_number, call_backs.purpose)
        elif self._columns.current is self._columns.planned:
            planned = self._presenters.planned
            if not planned.refuses_moved():
                self._call_back_citizen(
                    planned.chosen_number, planned.purpose, came_at=planned.promised_at
                )
        elif self._is_of_journal() and self._columns.journal.widget.refuses_moved():
            return  # its call has just left the list
        elif (number := self._shown_number()) and self._is_of_journal():
            journal = self._columns.journal.widget
            self._call_back_citizen(
                number, called=journal.note_called, came_at=journal.chosen_missed_at()
            )
        elif number:
            numbers.call_number(number)
        else:
            numbers.open(NumberUse.DIAL)

    def _call_back_citizen(
        self,
        number: str,
        purpose: CallPurpose = NO_PURPOSE,
        called: Callable[[], object] = lambda: None,
        came_at: datetime | None = None,
    ) -> None:
        """Calls a citizen from a list, unless another operator is calling the same number.

        ``came_at`` is the time of the original call, or of the scheduled callback.
        """

        def dial() -> None:
            called()
            self._presenters.numbers.call_number(number, purpose=purpose)

        self._presenters.claims.call(number, dial, came_at)

    def _is_of_journal(self) -> bool:
        return self._columns.current is self._columns.journal

    def call_back(self) -> None:
        """Calls the last caller; asks for the number if it was withheld."""
        call, numbers = self._presenters.desk.state.call, self._presenters.numbers
        if call is not None and call.number:
            numbers.call_number(call.number)
        else:
            numbers.open(NumberUse.DIAL)

    def offer(self, text: str) -> None:
        """Shows the number of a clicked link in the panel; Enter dials it."""
        talks = self._presenters.desk.state.line is LineState.TALKING
        use = NumberUse.TRANSFER if talks else NumberUse.DIAL
        self._presenters.numbers.offer(text, use)

    def open_keypad(self) -> None:
        call = self._presenters.desk.state.call
        if call is not None and call.is_up:
            self._keep_caret()
            self._columns.show_right(self._columns.keypad)
            self._columns.keypad.widget.setFocus()

    # --- displayed number ---

    def _shown_entry(self) -> Entry | None:
        """The selected directory entry with a phone number, if a search is active."""
        panel = self._columns.panel
        if not panel.is_shown or not self._presenters.directory.state.query:
            return None
        entry = self._presenters.directory.chosen_entry
        return entry if entry is not None and phones_of(entry) else None

    def _shown_number(self) -> str:
        page = self._columns.current
        if self._is_of_journal():
            return self._columns.journal.widget.chosen_phone()
        if page is self._columns.call_register:
            return self._columns.call_register.widget.chosen_phone()
        if page is self._columns.record:
            return self._presenters.shown_record.state.phone
        if page is self._columns.call_backs:
            return self._presenters.call_backs.chosen_number
        card = self._presenters.desk.state.card
        if page is self._columns.card and card is not None:
            return card.caller_number_raw
        return ""

    # --- panels ---

    def _show_numbers(self) -> None:
        self._keep_caret()
        self._columns.show_right(self._columns.numbers)
        self._columns.numbers.widget.focus_search()

    def _keep_caret(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self._is_in_panel(focused):
            self._caret.keep(focused)

    def _is_in_panel(self, focused: QWidget) -> bool:
        """Whether the widget is one of the call panels or inside one."""
        panels = (self._columns.numbers.made, self._columns.keypad.made)
        return any(
            panel is not None and (focused is panel or panel.isAncestorOf(focused))
            for panel in panels
        )

    def _leave_panel(self) -> None:
        if not (self._columns.numbers.is_shown or self._columns.keypad.is_shown):
            return
        focused = QApplication.focusWidget()
        had_caret = focused is not None and self._is_in_panel(focused)
        self._columns.show_usual_right()
        if not had_caret or self._caret.give_back():
            return
        if self._columns.current is self._columns.card:
            self._columns.card.widget.focus_content()
        else:
            self._columns.current.widget.setFocus()

    def _desk_changed(self, desk: DeskState) -> None:
        call = desk.call
        if self._columns.keypad.is_shown and (call is None or not call.is_up):
            self._leave_panel()


class IncidentKeys(QObject):
    """Keys of incidents: inform the caller, open the page, next incident."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        *,
        show: Callable[[Page], None],
        leave: Callable[[], None],
        save: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._show = show
        self._save = save
        keys: dict[Key, Callable[[], object]] = {
            TELL_KEY: self.tell_caller,
            OPEN_KEY: self.open_page,
            NEXT_KEY: presenters.incidents.show_next,
        }
        for key, action in keys.items():
            reasons.bind(key, action)
        columns.incident_strip.tell_asked.connect(self.tell_caller)
        columns.incident_strip.open_asked.connect(self.open_page)
        columns.navigation.incidents_asked.connect(self.open_page)
        columns.incidents.when_made(lambda page: page.closed.connect(leave))
        presenters.incident_page.proposed.connect(leave)

    def tell_caller(self) -> None:
        """Records that the caller heard the text, and saves the call now or at its end."""
        self._columns.card.widget.settle()
        if self._presenters.incidents.tell_caller():
            self._save()

    def open_page(self) -> None:
        if self._presenters.incident_page.may_propose():
            self._show(self._columns.incidents)
            self._columns.incidents.widget.open_page()


class ParagraphKeys(QObject):
    """Opens and closes the panel of clauses; restores the focus when it closes."""

    def __init__(
        self,
        page: ParagraphPlace,
        presenter: ParagraphsPresenter,
        history: MessageHistoryPresenter,
        columns: DeskColumns,
    ) -> None:
        """Clauses cited in a history open in the version that was valid at the decision."""
        super().__init__(page)
        self._history = history
        self._waits_for_history = False
        history.changed.connect(self._history_changed)
        self._presenter = presenter
        self._columns = columns
        self._caret = KeptCaret()
        presenter.opened.connect(self._show)
        presenter.closed.connect(self._leave)
        columns.review.when_made(self._show_editions)
        page.paragraphs_asked.connect(presenter.open)

    def _show_editions(self, review: ReviewPage) -> None:
        self._presenter.edition_changed.connect(review.show_edition)
        review.show_edition(self._presenter.edition_text)

    def press(self) -> None:
        """Opens the clauses of the focused widget; closes the panel if it has the focus."""
        focused = QApplication.focusWidget()
        if focused is not None and focused is self._columns.paragraphs.made:
            self._presenter.close()
        elif self._has_history_caret():
            self._open_history(self._history.state)
        else:
            self._presenter.open(paragraphs_at(focused))

    def _open_history(self, state: HistoryState) -> None:
        """Opens all clauses of the history; waits if they are still being loaded."""
        self._waits_for_history = not state.cited
        if state.cited:
            self._presenter.open_cited(state.cited)

    def _has_history_caret(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused is self._columns.history.made

    def _history_changed(self, state: HistoryState) -> None:
        if self._waits_for_history and self._has_history_caret():
            self._open_history(state)

    def _show(self) -> None:
        focused, panel = QApplication.focusWidget(), self._columns.paragraphs
        if focused is not panel.widget:
            self._caret.keep(focused)
        self._columns.show_right(panel)
        panel.widget.setFocus()

    def _leave(self) -> None:
        panel = self._columns.paragraphs
        if not panel.is_shown:
            return  # Another panel has replaced it.
        had_caret = QApplication.focusWidget() is panel.widget
        self._columns.show_usual_right()
        if had_caret and not self._caret.give_back():
            self._columns.current.widget.setFocus()


class PersonKeys(QObject):
    """Opens the panel of caller candidates; restores the focus when it closes."""

    def __init__(
        self, page: QWidget, presenter: CallerPersonsPresenter, columns: DeskColumns
    ) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._columns = columns
        self._caret = KeptCaret()
        presenter.opened.connect(self._show)
        presenter.closed.connect(self._leave)
        columns.card.when_made(self._connect_card)

    def _connect_card(self, card: CallCard) -> None:
        self._presenter.name_asked.connect(card.focus_name)
        card.person_asked.connect(self.ask)

    def ask(self) -> None:
        """Opens the candidates while the card is visible."""
        if self._columns.current is self._columns.card:
            self._presenter.open()

    def _show(self) -> None:
        focused, panel = QApplication.focusWidget(), self._columns.persons
        if focused is not None and not panel.widget.isAncestorOf(focused):
            self._caret.keep(focused)
        self._columns.show_right(panel)
        panel.widget.focus_first()

    def _leave(self) -> None:
        panel, focused = self._columns.persons, QApplication.focusWidget()
        if not panel.is_shown:
            return  # Another panel has replaced it.
        had_caret = focused is not None and panel.widget.isAncestorOf(focused)
        self._columns.show_usual_right()
        if not had_caret or self._caret.give_back():
            return
        if self._columns.current is self._columns.card:
            self._columns.card.widget.focus_content()


class PrintKeys(QObject):
    """Enables each key only on its own pages, so both may share a chord."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        *,
        ask_who: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._columns = columns
        self._papers: dict[Page, Callable[[], None]] = {
            columns.report: presenters.report.write_pdf,
            columns.handover: presenters.handover.write_pdf,
        }
        self._print = reasons.bind(Key.PRINT, self._write_pdf)
        self._who = reasons.bind(Key.WHO_CALLS, ask_who)
        columns.shown.connect(self._show)
        self._show(columns.current)

    def _write_pdf(self) -> None:
        self._papers[self._columns.current]()

    def _show(self, page: Page) -> None:
        is_paper = page in self._papers
        self._print.setEnabled(is_paper)
        self._who.setEnabled(not is_paper)


class RecordKeys(QObject):
    """Ctrl+N: manual record; Ctrl+Shift+N: additional question of the call."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        show_page: Callable[[Page], None],
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._show_page = show_page
        reasons.bind(Key.NEW_RECORD, self._open_by_hand)
        reasons.bind(Key.FURTHER_QUESTION, self._open_further)
        columns.card.when_made(lambda card: card.further_asked.connect(self._open_further))
        presenters.desk.record_opened.connect(self._show_record)

    def may_save(self) -> bool:
        """False, with the focus on the field, if a manual record has an invalid time."""
        if not self._presenters.by_hand.state.problem:
            return True
        self._show_page(self._columns.card)
        self._columns.by_hand.widget.focus_moment()
        return False

    def _open_by_hand(self) -> None:
        self._columns.card.widget.settle()
        self._presenters.by_hand.open()

    def _open_further(self) -> None:
        self._columns.card.widget.settle()
        self._presenters.by_hand.open_further()

    def _show_record(self, record: CallRecord) -> None:
        self._show_page(self._columns.card)
        if record.part_of is None:
            self._columns.by_hand.widget.focus_way()
        else:
            self._columns.card.widget.focus_content()


class ShownPageKeys(QObject):
    """Keys that act on the current page or on its right panel."""

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
        keys: dict[Key, Callable[[], object]] = {
            Key.NEXT_FINDING: self._next_finding,
            Key.DOCUMENT: self._open_document,
            Key.LINK: self._link_or_look,
            Key.CONCERNED: self._ask_concerned,
            Key.PUT_ASIDE: self._put_aside,
        }
        for key, action in keys.items():
            reasons.bind(key, action)
        for digit in range(1, 10):
            reasons.bind(f"Alt+{digit}", partial(self._choose_by_digit, digit - 1))

    def _choose_by_digit(self, place: int) -> None:
        """Selects a decision, list, finding or hit, depending on the page."""
        if self._columns.current is self._columns.review:
            self._columns.review.widget.press_digit(place + 1)
        elif self._columns.current is self._columns.answers:
            self._columns.answers.widget.go_to(place + 1)
        elif self._columns.current is self._columns.settings:
            self._columns.settings.widget.go_to(place + 1)
        elif self._columns.checks.is_shown:
            self._columns.checks.widget.choose(place)
        else:
            self._presenters.directory.accept(place)

    def _next_finding(self) -> None:
        if self._columns.current is self._columns.review:
            self._columns.review.widget.next_finding()
        else:
            if self._columns.is_over:
                self._columns.show_right(self._columns.checks)
            self._columns.checks.widget.choose_next()

    def _open_document(self) -> None:
        """Opens the document of the hit, or of the message's topic."""
        page = self._columns.current
        if self._columns.checks.is_shown:
            self._columns.checks.widget.open_document()
        elif page is self._columns.review:
            self._columns.review.widget.message.open_document()
        elif page is self._columns.answers:
            self._columns.answers.widget.open_document()
        else:
            self._columns.panel.widget.open_document()

    def _link_or_look(self) -> None:
        """Alt+L: link the call, show the notification of a review, or next related message."""
        page = self._columns.current
        if page is self._columns.look_up:
            self._presenters.look_up.link_call()
        elif page is self._columns.review:
            self._columns.review.widget.show_notice()
        else:
            self._columns.checks.widget.near.choose_next()

    def _ask_concerned(self) -> None:
        if self._columns.current is self._columns.card:
            self._columns.card.widget.ask_concerned()

    def _put_aside(self) -> None:
        """Ctrl+D: move the card to the drafts; on a message, join the call to a known message."""
        if self._columns.current is self._columns.message:
            self._columns.checks.widget.near.link()
        if self._columns.current is self._columns.card:
            self._presenters.desk.put_aside()


class TypingKeys(QObject):
    """Ctrl+Space, Ctrl+Shift+L and Pause. Ctrl+Z reverts their changes in one step."""

    def __init__(
        self, theme: Theme, presenter: PhrasesPresenter, page: QWidget, reasons: KeyReasons
    ) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._phrases = PhraseList(theme, presenter, page)
        keys: dict[str, Callable[[], object]] = {
            Key.CANNED_TEXT: self._phrases.press,
            Key.MEND_TYPING: self._mend,
            "Pause": self._mend,
        }
        for key, action in keys.items():
            reasons.bind(key, action)

    def _mend(self) -> None:
        """Corrects the selection, or the word before the cursor."""
        place = typed_place()
        if place is None:
            return
        selected = place.selected()
        if selected:
            changed = mended(selected)
            if changed != selected:
                place.put_for_selected(changed)
                self._presenter.slip_mended()
            return
        before = place.before()
        span = last_word(before)
        if span is None:
            return
        word, behind = before[span[0] : span[1]], before[span[1] :]
        changed = mended(word)
        if changed != word:
            place.put(changed + behind, instead_of_before=len(word) + len(behind))
            self._presenter.slip_mended()


KEY = "Ctrl+Z"
EVERYWHERE_KEY = "Ctrl+Shift+Z"


class UndoKeys(QObject):
    """Keys of the undo bar, enabled while it offers an undo.

    Ctrl+Z belongs to the focused field while the field has anything to undo or redo: an operator
    who undoes typing step by step must not revert a saved call. Ctrl+Shift+Z always reverts; the
    bar shows the key that works.
    """

    def __init__(self, page: QWidget, undo: Undo, strip: UndoStrip) -> None:
        super().__init__(page)
        self._strip = strip
        self._is_offered = False
        self._shortcuts = [self._shortcut(page, key, undo) for key in (KEY, EVERYWHERE_KEY)]
        undo.changed.connect(self._offer)
        self._offer(undo.state)

    def _shortcut(self, page: QWidget, key: str, undo: Undo) -> QShortcut:
        shortcut = QShortcut(page)
        shortcut.setKeys(sequences(key))
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(undo.undo)
        # if both letters of the key match
        shortcut.activatedAmbiguously.connect(undo.undo)
        return shortcut

    def _offer(self, state: UndoState | None) -> None:
        """Enables the keys only while there is something to revert."""
        is_offered = state is not None
        if is_offered is not self._is_offered:
            self._is_offered = is_offered
            application = QApplication.instance()
            if isinstance(application, QApplication):
                # Only the focused widget receives ShortcutOverride, so only that widget is
                # filtered: the application has thousands of other events.
                if is_offered:
                    application.focusChanged.connect(self._follow)
                    self._follow(None, application.focusWidget())
                else:
                    application.focusChanged.disconnect(self._follow)
                    self._follow(application.focusWidget(), None)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(is_offered)
        if is_offered:
            self._show_key()

    def _follow(self, left: QWidget | None, entered: QWidget | None) -> None:
        if left is not None:
            left.removeEventFilter(self)
        if entered is not None:
            entered.installEventFilter(self)
        if self._is_offered:
            self._show_key()

    def _show_key(self) -> None:
        focused = QApplication.focusWidget()
        self._strip.show_key(EVERYWHERE_KEY if _has_own_undo(focused) else KEY)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        chord = chord_of(event)
        if chord not in (KEY, EVERYWHERE_KEY):
            return False
        if chord == KEY and _has_own_undo(QApplication.focusWidget()):
            event.accept()
            return True
        # A field would accept the key even with nothing to undo.
        event.ignore()
        return True


def _has_own_undo(focused: QWidget | None) -> bool:
    match focused:
        case QLineEdit():
            typed = focused.isUndoAvailable() or focused.isRedoAvailable()
            return typed and not focused.isReadOnly()
        case QPlainTextEdit() | QTextEdit():
            text = focused.document()
            typed = text.isUndoAvailable() or text.isRedoAvailable()
            return typed and not focused.isReadOnly()
        case _:
            return _is_in_photos(focused)


def _is_in_photos(focused: QWidget | None) -> bool:
    """Whether the focus is among photos of which one can be restored."""
    while focused is not None:
        if isinstance(focused, PhotoStrip):
            return focused.may_put_back
        focused = focused.parentWidget()
    return False
