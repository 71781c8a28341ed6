"""Says why a key does nothing here: no press of a key of the desk ends without a sign."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console import words
from console.keys.defaults import ANYWHERE, Key
from console.presenters.call_partners import others_of, pair_of
from console.presenters.journal import JournalList
from console.presenters.live_calls import LineState
from console.presenters.notices import Notice
from console.views.components.shortcuts import KeyShortcut
from console.views.desk_columns import DeskColumns
from console.views.desk_presenters import DeskPresenters
from console.views.typed_place import typed_place
from sync.register.operator_states import READY

_RESULTS = (
    Key.RESULT_TECHNICAL,
    Key.RESULT_ANSWERED,
    Key.RESULT_CONTACTS,
    Key.NOT_GIVEN,
    Key.TAKE_OFFER,
)
_SCRIPT_KEYS = (Key.SCRIPT_FOLD, Key.SCRIPT_BACK, Key.SCRIPT_DONE, Key.SCRIPT_NO)
_TYPING_KEYS = (Key.CANNED_TEXT, Key.MEND_TYPING, "Pause")
_SAME: dict[str, str] = {anywhere.value: key.value for anywhere, key in ANYWHERE.items()}
_CALL_KEYS = (Key.MUTE, Key.HANG_UP, Key.PAUSE_RECORDING, Key.KEYPAD)
Words = tuple[str, str]


class KeyReasons(QObject):
    """Binds keys to a page, and tells the reason where what a key needs is not there."""

    told = Signal(object)  # Notice
    refused = Signal(str)  # the key that does nothing here

    def __init__(self, page: QWidget, presenters: DeskPresenters, columns: DeskColumns) -> None:
        super().__init__(page)
        self._page = page
        self._presenters = presenters
        self._columns = columns
        self._actions: dict[str, Callable[[], object]] = {}

    def bind(self, key: str, action: Callable[[], object]) -> QShortcut:
        """Do the action at the key, or say why not; a key held down is pressed once."""
        self._actions[key] = action
        pressed = partial(self.press, key)
        if isinstance(key, Key):
            return KeyShortcut(key, self._page, pressed)
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(pressed)
        return shortcut

    def press(self, key: str) -> None:
        """As if this key, which is bound here, was pressed in the window."""
        reason = self.of(key)
        if reason is None:
            self._actions[key]()
        else:
            self.told.emit(Notice(*reason, problem=True))
            self.refused.emit(key)

    def of(self, key: str) -> Words | None:
        """Why this key does nothing now; None where it does something, or says so itself."""
        key = _SAME.get(key, key)
        return (
            self._of_calls(key)
            or self._of_talk(key)
            or self._of_rights(key)
            or self._of_card(key)
            or self._of_pages(key)
        )

    def _of_calls(self, key: str) -> Words | None:
        state = self._presenters.desk.state
        is_up = state.line in (LineState.TALKING, LineState.DIALLING)
        rings = state.line is LineState.RINGING
        match key:
            case Key.ANSWER if not rings and not state.waiting:
                return words.nothing_done.nothing_rings()
            case Key.ANSWER if (
                not rings and state.call is not None and state.call.held_since is None
            ):
                return words.nothing_done.holds_him()
            case Key.SWITCH if not rings and not (state.waiting or others_of(state)):
                return words.nothing_done.no_second_call()
            case Key.HOLD if not is_up and self._presenters.operator_state.status.wrap_up is None:
                return words.nothing_done.no_wrap_up()
            case Key.JOIN | Key.TRANSFER if not is_up:
                return words.nothing_done.no_call()
            case Key.HANG_UP if not is_up and not rings:
                return words.nothing_done.no_call()
            case _ if key in _CALL_KEYS and key != Key.HANG_UP and not is_up:
                return words.nothing_done.no_call()
            case Key.ALARM_HEARD if not self._presenters.alarm.waits:
                return words.nothing_done.no_alarm()
            case _:
                return None

    def _of_talk(self, key: str) -> Words | None:
        """Of keys that are for who is on the line, or is called."""
        state = self._presenters.desk.state
        call, pair = state.call, pair_of(state)
        if call is None or state.line not in (LineState.TALKING, LineState.DIALLING):
            return None
        match key:
            case Key.JOIN if call.call_id in state.conference:
                return words.nothing_done.joined_already()
            case Key.JOIN if pair is None:
                return words.nothing_done.no_consultation()
            case Key.DIAL | Key.CALL if pair is not None:
                return words.call_control.asked_about_already()
            case Key.HOLD | Key.TRANSFER if not call.is_up and pair is None:
                return words.nothing_done.not_answered()
            case Key.MUTE | Key.PAUSE_RECORDING | Key.KEYPAD if not call.is_up:
                return words.nothing_done.not_answered()
            case _:
                return None

    def _of_rights(self, key: str) -> Words | None:
        presenters = self._presenters
        journal, state = presenters.journal, presenters.operator_state
        allowed: dict[str, Callable[[], bool]] = {
            Key.MISSED: lambda: journal.may_see(JournalList.MISSED),
            Key.DRAFTS: lambda: journal.may_see(JournalList.DRAFTS),
            Key.CALL_BACKS: lambda: journal.may_see_register,
            Key.PLANNED: lambda: journal.may_see_register,
            Key.DIAL: lambda: state.takes_calls,
            Key.NEW_RECORD: lambda: state.takes_calls,
            Key.FURTHER_QUESTION: lambda: state.takes_calls,
            Key.CALL: lambda: state.takes_calls,
            Key.LOOK_UP: presenters.look_up.may_see,
            Key.REVIEW: presenters.reviews.queue.may_see,
            Key.ANSWERS: presenters.answers.answers.may_see,
            Key.CALENDAR: presenters.calendar.may_edit,
            Key.QUESTION_OF_ANSWER: presenters.editor.may_edit,
            Key.INCIDENTS: presenters.incident_page.may_propose,
        }
        if key in allowed and not allowed[key]():
            return words.nothing_done.no_right()
        return None

    def _of_card(self, key: str) -> Words | None:
        presenters, page = self._presenters, self._columns.current
        forms = (self._columns.card, self._columns.message)
        if not self._has_card:
            is_shown = bool(presenters.formal_appeal.state.text)
            is_ready = presenters.operator_state.status.standing == READY
            match key:
                case _ if key in _RESULTS:
                    return words.nothing_done.no_card()
                case Key.FORMAL_APPEAL if not is_shown:
                    return words.nothing_done.no_card()
                case Key.SAVE if self._saves_card:
                    return words.nothing_done.no_card()
                case Key.SAVE_AND_READY if is_ready:
                    return words.nothing_done.ready_already()
        match key:
            case Key.PUT_ASIDE if page not in forms or not self._has_card:
                return words.nothing_done.no_card()
            case Key.CONCERNED | Key.WHO_CALLS if page is not self._columns.card:
                return words.nothing_done.no_card()
            case _ if key in _SCRIPT_KEYS:
                return self._of_script(key)
            case _ if key in _TYPING_KEYS and typed_place() is None:
                return words.nothing_done.no_field()
            case Key.NEXT_INCIDENT if not presenters.incidents.state.has_further:
                return words.nothing_done.no_other_incident()
            case _:
                return None

    def _of_script(self, key: str) -> Words | None:
        state = self._presenters.script.state
        if not state.title:
            return words.nothing_done.no_script()
        match key:
            case Key.SCRIPT_BACK if not state.may_go_back:
                return words.nothing_done.no_tick()
            case Key.SCRIPT_DONE if state.current is None:
                return words.nothing_done.script_done()
            case _:
                return None

    def _of_pages(self, key: str) -> Words | None:
        columns, page = self._columns, self._columns.current
        match key:
            case Key.MAKE_MESSAGE if page is not columns.message:
                return self._of_new_message()
            case Key.HAND_IN if page is not columns.message:
                return words.nothing_done.no_message_form()
            case Key.HISTORY if page not in (columns.answers, columns.look_up, columns.review):
                return words.nothing_done.no_message_shown()
            case Key.NEXT_FINDING if not (
                columns.checks.is_shown or (columns.is_over and page is columns.message)
            ):
                return words.nothing_done.no_finding()
            case Key.LINK if page not in (columns.look_up, columns.review, columns.message):
                return words.nothing_done.no_known_message()
            case Key.DOCUMENT if page not in (columns.message, columns.review, columns.answers):
                return (
                    None if columns.panel.widget.has_document else words.nothing_done.no_document()
                )
            case _ if key.startswith("Alt+") and key[4:].isdecimal():
                return self._of_digit(int(key[4:]))
            case _:
                return None

    @property
    def _has_card(self) -> bool:
        """Also while the record of the call that is up is still being read."""
        state = self._presenters.desk.state
        return state.card is not None or state.line is LineState.TALKING

    @property
    def _saves_card(self) -> bool:
        """Whether Ctrl+Enter is for the card, and not for what the page shown does."""
        columns = self._columns
        own = (
            columns.message,
            columns.review,
            columns.queue,
            columns.editor,
            columns.files,
            columns.calendar,
            columns.answers,
            columns.look_up,
            columns.handover,
            columns.incidents,
            columns.planned,
            columns.settings,
        )
        return columns.current not in own

    def _of_new_message(self) -> Words | None:
        card = self._presenters.desk.state.card
        if card is None:
            return words.nothing_done.no_card()
        is_done = card.message_id is not None and not self._presenters.message.has_more
        return words.nothing_done.has_message() if is_done else None

    def _of_digit(self, digit: int) -> Words | None:
        columns = self._columns
        is_list = columns.current not in (columns.review, columns.answers, columns.settings)
        if not is_list or columns.checks.is_shown:
            return None
        if columns.is_over and not columns.panel.is_shown:
            return words.nothing_done.hits_unseen()
        if digit <= len(self._presenters.directory.state.rows):
            return None
        return words.nothing_done.no_hit(digit)
