"""Binds keys to the main page, and shows a reason when a key has no effect.

Also contains the display texts of all reasons.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.core.default_keys import ANYWHERE, Key
from console.core.keymap import with_keys
from console.core.view_data import Notice
from console.features.journal.presenter import JournalList
from console.shared.session import control_words
from console.shared.session.call_control import others_of, pair_of
from console.shared.session.live_calls import LineState
from console.shell.column_layout import DeskColumns
from console.shell.page_presenters import DeskPresenters
from console.ui.keyboard import KeyShortcut
from console.ui.text_field import typed_place
from sync.register.people.operator_states import READY

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
    """Binds keys to the main page and explains why a key has no effect."""

    told = Signal(object)  # Notice
    refused = Signal(str)  # key without effect

    def __init__(self, page: QWidget, presenters: DeskPresenters, columns: DeskColumns) -> None:
        super().__init__(page)
        self._page = page
        self._presenters = presenters
        self._columns = columns
        self._actions: dict[str, Callable[[], object]] = {}

    def bind(self, key: str, action: Callable[[], object]) -> QShortcut:
        """Binds an action to the key; it runs once while the key is held down."""
        self._actions[key] = action
        pressed = partial(self.press, key)
        if isinstance(key, Key):
            return KeyShortcut(key, self._page, pressed)
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(pressed)
        return shortcut

    def press(self, key: str) -> None:
        """Acts as if this bound key was pressed in the window."""
        reason = self.of(key)
        if reason is None:
            self._actions[key]()
        else:
            self.told.emit(Notice(*reason, problem=True))
            self.refused.emit(key)

    def of(self, key: str) -> Words | None:
        """Reason why the key has no effect; None if it has one or reports the reason elsewhere."""
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
                return nothing_rings()
            case Key.ANSWER if (
                not rings and state.call is not None and state.call.held_since is None
            ):
                return holds_him()
            case Key.SWITCH if not rings and not (state.waiting or others_of(state)):
                return no_second_call()
            case Key.HOLD if not is_up and self._presenters.operator_state.status.wrap_up is None:
                return no_wrap_up()
            case Key.JOIN | Key.TRANSFER if not is_up:
                return no_call()
            case Key.HANG_UP if not is_up and not rings:
                return no_call()
            case _ if key in _CALL_KEYS and key != Key.HANG_UP and not is_up:
                return no_call()
            case Key.ALARM_HEARD if not self._presenters.alarm.waits:
                return no_alarm()
            case _:
                return None

    def _of_talk(self, key: str) -> Words | None:
        """Reasons for keys that need a connected or dialled party."""
        state = self._presenters.desk.state
        call, pair = state.call, pair_of(state)
        if call is None or state.line not in (LineState.TALKING, LineState.DIALLING):
            return None
        match key:
            case Key.JOIN if call.call_id in state.conference:
                return joined_already()
            case Key.JOIN if pair is None:
                return no_consultation()
            case Key.DIAL | Key.CALL if pair is not None:
                return control_words.asked_about_already()
            case Key.HOLD | Key.TRANSFER if not call.is_up and pair is None:
                return not_answered()
            case Key.MUTE | Key.PAUSE_RECORDING | Key.KEYPAD if not call.is_up:
                return not_answered()
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
            Key.CALL_REGISTER: presenters.call_register.may_see,
            Key.REVIEW: presenters.reviews.queue.may_see,
            Key.ANSWERS: presenters.answers.answers.may_see,
            Key.CALENDAR: presenters.calendar.may_edit,
            Key.QUESTION_OF_ANSWER: presenters.editor.may_edit,
            Key.INCIDENTS: presenters.incident_page.may_propose,
        }
        if key in allowed and not allowed[key]():
            return no_right()
        return None

    def _of_card(self, key: str) -> Words | None:
        presenters, page = self._presenters, self._columns.current
        forms = (self._columns.card, self._columns.message)
        if not self._has_card:
            is_shown = bool(presenters.formal_appeal.state.text)
            is_ready = presenters.operator_state.status.standing == READY
            match key:
                case _ if key in _RESULTS:
                    return no_card()
                case Key.FORMAL_APPEAL if not is_shown:
                    return no_card()
                case Key.SAVE if self._saves_card:
                    return no_card()
                case Key.SAVE_AND_READY if is_ready:
                    return ready_already()
        match key:
            case Key.PUT_ASIDE if page not in forms or not self._has_card:
                return no_card()
            case Key.CONCERNED | Key.WHO_CALLS if page is not self._columns.card:
                return no_card()
            case _ if key in _SCRIPT_KEYS:
                return self._of_script(key)
            case _ if key in _TYPING_KEYS and typed_place() is None:
                return no_field()
            case Key.NEXT_INCIDENT if not presenters.incidents.state.has_further:
                return no_other_incident()
            case _:
                return None

    def _of_script(self, key: str) -> Words | None:
        state = self._presenters.script.state
        if not state.title:
            return no_script()
        match key:
            case Key.SCRIPT_BACK if not state.may_go_back:
                return no_tick()
            case Key.SCRIPT_DONE if state.current is None:
                return script_done()
            case _:
                return None

    def _of_pages(self, key: str) -> Words | None:
        columns, page = self._columns, self._columns.current
        match key:
            case Key.MAKE_MESSAGE if page is not columns.message:
                return self._of_new_message()
            case Key.HAND_IN if page is not columns.message:
                return no_message_form()
            case Key.HISTORY if page not in (columns.answers, columns.look_up, columns.review):
                return no_message_shown()
            case Key.NEXT_FINDING if not (
                columns.checks.is_shown or (columns.is_over and page is columns.message)
            ):
                return no_finding()
            case Key.LINK if page not in (columns.look_up, columns.review, columns.message):
                return no_known_message()
            case Key.DOCUMENT if page not in (columns.message, columns.review, columns.answers):
                return None if columns.panel.widget.has_document else no_document()
            case _ if key.startswith("Alt+") and key[4:].isdecimal():
                return self._of_digit(int(key[4:]))
            case _:
                return None

    @property
    def _has_card(self) -> bool:
        """Also True while the record of an active call is still being loaded."""
        state = self._presenters.desk.state
        return state.card is not None or state.line is LineState.TALKING

    @property
    def _saves_card(self) -> bool:
        """Whether Ctrl+Enter saves the card and not the current page."""
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
            return no_card()
        is_done = card.message_id is not None and not self._presenters.message.has_more
        return has_message() if is_done else None

    def _of_digit(self, digit: int) -> Words | None:
        columns = self._columns
        is_list = columns.current not in (columns.review, columns.answers, columns.settings)
        if not is_list or columns.checks.is_shown:
            return None
        if columns.is_over and not columns.panel.is_shown:
            return hits_unseen()
        if digit <= len(self._presenters.directory.state.rows):
            return None
        return no_hit(digit)


def no_card() -> Words:
    return (
        QCoreApplication.translate("Words", "No open record"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "It opens with a call; Ctrl+N opens one without a call, Enter opens a draft.",
            ),
            Key.NEW_RECORD,
        ),
    )


def has_message() -> Words:
    return (
        QCoreApplication.translate("Words", "The call already has a message"),
        with_keys(
            QCoreApplication.translate("Words", "F4 and its number show its status."),
            Key.LOOK_UP,
        ),
    )


def no_right() -> Words:
    return (
        QCoreApplication.translate("Words", "Your role does not permit this"),
        QCoreApplication.translate("Words", "Ask a supervisor or the administrator."),
    )


def nothing_rings() -> Words:
    return (
        QCoreApplication.translate("Words", "No call ringing"),
        with_keys(QCoreApplication.translate("Words", "Shift+F4: make a call."), Key.DIAL),
    )


def no_call() -> Words:
    return (
        QCoreApplication.translate("Words", "No one is on the line"),
        QCoreApplication.translate("Words", "This key works during a call."),
    )


def no_second_call() -> Words:
    return (
        QCoreApplication.translate("Words", "No second call"),
        QCoreApplication.translate("Words", "This key answers it or switches to it."),
    )


def no_consultation() -> Words:
    return (
        QCoreApplication.translate("Words", "No one was consulted about the caller"),
        with_keys(
            QCoreApplication.translate("Words", "F7 and Enter: consult an authority first."),
            Key.TRANSFER,
        ),
    )


def joined_already() -> Words:
    return (
        QCoreApplication.translate("Words", "All three already hear each other"),
        with_keys(
            QCoreApplication.translate(
                "Words", "F3 returns to the caller alone, F7 leaves the other two talking."
            ),
            Key.HOLD,
            Key.TRANSFER,
        ),
    )


def not_answered() -> Words:
    return (
        QCoreApplication.translate("Words", "Wait for an answer"),
        QCoreApplication.translate("Words", "This key works during a call."),
    )


def holds_him() -> Words:
    return (
        QCoreApplication.translate("Words", "You are already in a call"),
        with_keys(
            QCoreApplication.translate("Words", "Shift+F9 switches to the other one."), Key.SWITCH
        ),
    )


def no_message_form() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is being written"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+3 creates one from the call."),
            Key.MAKE_MESSAGE,
        ),
    )


def no_message_shown() -> Words:
    return (
        QCoreApplication.translate("Words", "No message is shown"),
        with_keys(QCoreApplication.translate("Words", "F4 and its number show one."), Key.LOOK_UP),
    )


def no_finding() -> Words:
    return (
        QCoreApplication.translate("Words", "No remarks on text here"),
        QCoreApplication.translate("Words", "They appear next to a message being written."),
    )


def no_known_message() -> Words:
    return (
        QCoreApplication.translate("Words", "No known messages to choose from"),
        QCoreApplication.translate("Words", "Known ones appear next to a message being written."),
    )


def no_hit(number: int) -> Words:
    text = QCoreApplication.translate("Words", "No line with digit %1")
    return (
        text.replace("%1", str(number)),
        with_keys(QCoreApplication.translate("Words", "F5 searches the directory."), Key.SEARCH),
    )


def hits_unseen() -> Words:
    """With large text the search is an overlay, shown only on request."""
    return (
        QCoreApplication.translate("Words", "Search results are not visible now"),
        with_keys(
            QCoreApplication.translate("Words", "F5 shows them over the page, Esc hides them."),
            Key.SEARCH,
        ),
    )


def no_alarm() -> Words:
    return (
        QCoreApplication.translate("Words", "No alarm"),
        QCoreApplication.translate(
            "Words", "The indicators at the bottom of the window show the status."
        ),
    )


def no_document() -> Words:
    return (
        QCoreApplication.translate("Words", "No documents for what is shown"),
        with_keys(QCoreApplication.translate("Words", "F5 searches the directory."), Key.SEARCH),
    )


def no_wrap_up() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing to hold or extend"),
        with_keys(
            QCoreApplication.translate("Words", "F3 works during a call and wrap-up."),
            Key.HOLD,
        ),
    )


def ready_already() -> Words:
    return (
        QCoreApplication.translate("Words", "No record to save, and you are taking calls"),
        with_keys(QCoreApplication.translate("Words", "F9: not ready, or a break."), Key.STATE),
    )


def no_script() -> Words:
    return (
        QCoreApplication.translate("Words", "No script here"),
        QCoreApplication.translate("Words", "It appears next to the call record."),
    )


def no_tick() -> Words:
    return (
        QCoreApplication.translate("Words", "Nothing checked in the script yet"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+7 checks the next step."),
            Key.SCRIPT_DONE,
        ),
    )


def script_done() -> Words:
    return (
        QCoreApplication.translate("Words", "Script completed"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+6 unchecks the last step."), Key.SCRIPT_BACK
        ),
    )


def no_field() -> Words:
    return (
        QCoreApplication.translate("Words", "The cursor is not in a field"),
        QCoreApplication.translate("Words", "This key works where text is typed."),
    )


def no_other_incident() -> Words:
    return (
        QCoreApplication.translate("Words", "No other incidents"),
        with_keys(
            QCoreApplication.translate("Words", "Ctrl+Shift+I shows incidents."),
            Key.INCIDENTS,
        ),
    )
