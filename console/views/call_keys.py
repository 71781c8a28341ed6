"""The keys of calls and the panels they open; what a key does to a call is call control's."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from console.keys.defaults import ANYWHERE, Key
from console.presenters.call_partners import pair_of
from console.presenters.desk import NO_PURPOSE
from console.presenters.desk_state import CallPurpose, DeskState
from console.presenters.entry_phones import phones_of
from console.presenters.live_calls import LineState
from console.presenters.number_choice import NumberUse
from console.views.components.kept_caret import KeptCaret
from console.views.desk_columns import DeskColumns
from console.views.desk_presenters import DeskPresenters
from console.views.key_reasons import KeyReasons
from kb.entries import Entry


class CallKeys(QObject):
    """Binds the keys to the page; whoever opens a panel gets the caret back when it closes."""

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
        columns.call_backs.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.planned.when_made(lambda page: page.call_asked.connect(self.call_shown))
        columns.panel.when_made(lambda panel: panel.call_asked.connect(self.call_shown))

    # --- what the keys do ---

    def hold_or_extend(self) -> None:
        """F3: hold or take up again; after the call, make the wrap-up longer."""
        if self._presenters.desk.state.line in (LineState.TALKING, LineState.DIALLING):
            self._presenters.calls.toggle_hold()
        else:
            self._presenters.operator_state.extend()

    def hand_over(self) -> None:
        """F7: connect the caller with the one who was asked, or choose whom to transfer to."""
        presenters = self._presenters
        desk = presenters.desk.state
        if pair_of(desk) is not None:
            presenters.calls.complete()
        elif desk.line is LineState.TALKING:
            presenters.numbers.open(NumberUse.TRANSFER, entry=self._shown_entry())

    def dial(self) -> None:
        """Shift+F4: a number of one's own, or of a unit; with a caller on the line, for him."""
        if self._presenters.desk.state.line is LineState.TALKING:
            self.hand_over()
        else:
            self._presenters.numbers.open(NumberUse.DIAL)

    def redial(self) -> None:
        """The button of a headset: the last number once more; where buttons are tried, nothing."""
        if self._columns.current not in (self._columns.check, self._columns.settings):
            self._presenters.numbers.offer_last()

    def call_shown(self) -> None:
        """Shift+F2: call the number that is shown where one works; without one, ask for it."""
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
            return  # the call it was meant for has left the list at this moment
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
        """Call somebody of a list, unless a colleague is calling him at this moment.

        ``came_at``: when the call came, or was promised, that is to be made.
        """

        def dial() -> None:
            called()
            self._presenters.numbers.call_number(number, purpose=purpose)

        self._presenters.claims.call(number, dial, came_at)

    def _is_of_journal(self) -> bool:
        return self._columns.current is self._columns.journal

    def call_back(self) -> None:
        """Call the one whose call has just ended; a hidden number is asked for."""
        call, numbers = self._presenters.desk.state.call, self._presenters.numbers
        if call is not None and call.number:
            numbers.call_number(call.number)
        else:
            numbers.open(NumberUse.DIAL)

    def offer(self, text: str) -> None:
        """A link asks for a call: its number stands in the panel, and Enter dials it."""
        talks = self._presenters.desk.state.line is LineState.TALKING
        use = NumberUse.TRANSFER if talks else NumberUse.DIAL
        self._presenters.numbers.offer(text, use)

    def open_keypad(self) -> None:
        call = self._presenters.desk.state.call
        if call is not None and call.is_up:
            self._keep_caret()
            self._columns.show_right(self._columns.keypad)
            self._columns.keypad.widget.setFocus()

    # --- the number that is shown ---

    def _shown_entry(self) -> Entry | None:
        """The unit or official that was searched for, while the search is in use."""
        panel = self._columns.panel
        if not panel.is_shown or not self._presenters.directory.state.query:
            return None
        entry = self._presenters.directory.chosen_entry
        return entry if entry is not None and phones_of(entry) else None

    def _shown_number(self) -> str:
        page = self._columns.current
        if self._is_of_journal():
            return self._columns.journal.widget.chosen_phone()
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
        """Whether this is one of the panels of calls, or stands in it."""
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
