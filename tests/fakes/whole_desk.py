"""The complete desk on a screen, with simulated user input and checks, for the tests of its
window.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from console.core.milestones import Milestones
from console.core.own_desk import OwnDeskState
from console.core.settings.workplace import CITY_ZONE
from console.features.journal.page import JournalPage
from console.shell.column_layout import DeskColumns
from console.shell.main_page import DeskPage
from console.ui.buttons import ThemedButton
from console.ui.notices import Toast
from console.ui.theme import Theme, ThemeChoice
from sync.register.calls.calls import CallRecord
from sync.register.people.operators import Operator
from telephony.events import CallEnded, CallRinging, EndCause, PhoneEvent, SelfCallExpected
from telephony.findings import Check, Finding, Verdict
from tests.fakes.console_fakes import Clock, Told
from tests.fakes.console_phone import Call
from tests.fakes.faked_desk import FakedDesk
from tests.fakes.review_fakes import message_record, settle

# Qt's own warning on a virtual screen.
NO_SCREEN = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
SMALL_SCREEN = (1366, 768)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SECOND = Call("two@test.invalid", "89005550102")
# Their content remains until they are opened for another call, message or period.
MADE_ANEW = (
    "status",  # updates itself from clock and store
    "topic_route",
    "history",
    "message",
    "message_checks",
    "phone_check",
    "shift_check",
    "handover",
    "report",
    "call_register",
    "paragraphs",
)
STEPS_BACK = 5  # Esc, from the deepest level of any page


class Window(FakedDesk):
    """The page of a faked desk, shown at the smallest usual size, with simulated user input.

    One window serves many tests: ``begin_again`` resets it to its initial state, and fails if a
    test has left state behind that requires its own window.
    """

    def __init__(
        self, theme: Theme, owner: QObject, milestones: Milestones, clock: Clock, folder: Path
    ) -> None:
        super().__init__(owner, milestones, clock, folder)
        self._theme = theme
        self.presenters.own_desk.changed.connect(self._wear)
        columns = DeskColumns(theme, self.presenters)
        self.page = DeskPage(theme, self.presenters, columns, CITY_ZONE)
        for _part in self.page.first_parts():
            pass
        self.locks = Told(self.page.lock_asked)
        self.page.resize(*SMALL_SCREEN)
        self.page.show()
        QTest.qWaitForWindowActive(self.page)
        self.page.setFocus()
        self._first = self.desk.operator
        self._live: set[str] = set()
        self._made_at = clock.now
        self._rested: dict[str, object] = {}

    def _wear(self, state: OwnDeskState) -> None:
        """Applies the appearance, as the application does."""
        self._theme.choose(ThemeChoice(state.look.theme), state.look.text_scale)

    # --- one window for many tests ---

    def take_over(self) -> None:
        """Takes the keyboard focus from a window of another test."""
        self.page.activateWindow()
        QTest.qWaitForWindowActive(self.page)
        self.page.setFocus()

    def remember_rest(self) -> None:
        """Records the view state after a call as the initial state of every test."""
        self.talk()
        self._end()
        self._rested = self._states()

    def begin_again(self) -> None:
        """Returns to the list of calls; AssertionError if a test left state behind."""
        self._end()
        shown = self._states()
        left = {name: state for name, state in shown.items() if state != self._rested[name]}

        assert left == {}, left
        assert self.shows(JournalPage)

    def sit_down(self, operator: Operator) -> None:
        """Signs in as this operator: the open pages of the previous one are closed."""
        self.page.hide()
        self.desk.set_operator(operator)
        self.operator_state.sign_in(operator)
        self.presenters.journal.reload()
        self.presenters.incident_page.signed_in()
        self.page.show()
        QCoreApplication.processEvents()

    def _end(self) -> None:
        """Ends calls and tasks, and clears recorded data."""
        if self.desk.operator != self._first:
            self.sit_down(self._first)
        self.clock.now = self._made_at
        for call_id in tuple(self._live):
            self.hear(CallEnded(call_id, self._made_at, EndCause.FAR_END))
        self.desk.put_aside()
        self.operator_state.be_ready()
        self.presenters.answers.undo.forget()
        for kept in (self.register.records, self.register.messages, self.handling.messages):
            kept.clear()
        self.script_steps.kept.clear()
        for done in (self.phone.commands, self.register.writes, self.locks.values):
            done.clear()
        self.reader.finds.clear()
        self.incidents.clear()
        self.presenters.incidents.reload()
        self.people.clear()
        self.presenters.directory.set_query("")
        self.page.resize(*SMALL_SCREEN)
        for _step in range(STEPS_BACK):
            if self.shows(JournalPage):
                break
            self.press(Qt.Key.Key_Escape)
        # An error toast would delay the next test's toast until its display time is over.
        self.part(Toast).hide()
        self.page.setFocus()
        self.presenters.journal.reload()
        settle()

    def _states(self) -> dict[str, object]:
        """Returns the view state of every presenter, by its name."""
        named: dict[str, object] = {}
        for group in (self.presenters, self.presenters.answers, self.presenters.review):
            named |= {field.name: getattr(group, field.name) for field in fields(group)}
        states = {
            name: one.state
            for name, one in named.items()
            if hasattr(one, "state") and name not in MADE_ANEW
        }
        bar = self.presenters.call_bar.state
        # states are ordered by time, and the clock was set back
        timeless = replace(bar, operator=replace(bar.operator, since=None))
        desk = replace(self.desk.state, saved_at=None)
        return states | {"desk": desk, "call_bar": timeless}

    # --- events ---

    def tell(self, *events: object) -> None:
        for event in events:
            match event:
                case CallRinging(call_id=call_id):
                    self._live.add(call_id)
                case CallEnded(call_id=call_id):
                    self._live.discard(call_id)
                case _:
                    pass
            self.operator_state.receive_phone(event)  # type: ignore[arg-type]
            self.desk.receive(event)  # type: ignore[arg-type]
            QCoreApplication.processEvents()

    def hear(self, *events: PhoneEvent) -> None:
        """Passes the phone's events to all listeners in order, as the application does."""
        for event in events:
            self.presenters.status.receive_phone(event)
            self.tell(event)
            self.presenters.calls.receive(event)
            self.presenters.call_bar.receive_phone(event)
            self.presenters.notices.receive_phone(event)
            self.presenters.phone_check.receive(event)
            QCoreApplication.processEvents()

    def talk(self, call: Call | None = None) -> None:
        one = call or Call()
        self.tell(one.ringing(), one.answered())

    # --- user input ---

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        target = QApplication.focusWidget() or self.page
        QTest.keyClick(target, key, modifier)
        QCoreApplication.processEvents()

    def enter(self, text: str) -> None:
        """Types letters as a keyboard of any layout sends them: text without a reliable key
        code.
        """
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
        QCoreApplication.processEvents()

    # --- checks ---

    @property
    def card(self) -> CallRecord:
        card = self.desk.state.card
        assert card is not None
        return card

    def part(self, kind: type[QWidget]) -> QWidget:
        found = self.page.findChild(kind)
        assert isinstance(found, QWidget)
        return found

    def shows(self, kind: type[QWidget]) -> bool:
        found = self.page.findChild(kind)
        return isinstance(found, QWidget) and found.isVisible()

    def field(self, kind: type[QWidget], name: str) -> QWidget:
        """Returns the control of a page by its accessible name."""
        found = [
            child
            for child in self.part(kind).findChildren(QWidget)
            if child.accessibleName() == name and child.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ]
        assert len(found) == 1, (name, found)
        return found[0]


def visible(root: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [child for child in root.findChildren(kind) if child.isVisible()]


def in_sight(part: QWidget) -> QRect:
    """Returns the visible area of the widget and its children; Qt's region excludes opaque
    children.
    """
    seen = part.visibleRegion()
    for child in visible(part, QWidget):
        seen += child.visibleRegion().translated(child.mapTo(part, QPoint()))
    return seen.boundingRect()


SETTLED_S = 1.0


def cut_words(page: QWidget, *, may_elide: bool = False) -> list[str]:
    """Returns the clipped texts: buttons, and lines of text that do not wrap.

    ``may_elide`` exempts buttons designed to shorten their text. Unfinished layouts get time to
    settle; real clipping remains.
    """
    until_s = time.monotonic() + SETTLED_S
    while (cut := _cut_now(page, may_elide=may_elide)) and time.monotonic() < until_s:
        QTest.qWait(20)
    return cut


def _cut_now(page: QWidget, *, may_elide: bool) -> list[str]:
    cut = []
    for child in visible(page, ThemedButton):
        needed = child.minimumSizeHint() if may_elide else child.sizeHint()
        if child.width() < needed.width() or child.height() < needed.height():
            cut.append(f"{describe(child)}: {spoken_name(child)}")
    return cut + [
        child.text()
        for child in visible(page, QLabel)
        if isinstance(child, QLabel)
        and not child.wordWrap()
        and child.width() < child.sizeHint().width()
    ]


def spoken_name(control: QWidget) -> str:
    if control.accessibleName():
        return control.accessibleName()
    return control.text() if isinstance(control, QAbstractButton) else ""


def describe(control: QWidget) -> str:
    parents = []
    parent: QWidget | None = control
    while parent is not None:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(parents)


def begin_check(window: Window) -> None:
    """Starts the check and prepares the phone for its call."""
    window.press(Qt.Key.Key_Return)
    window.hear(SelfCallExpected(Call().rang_at, window.phone.commands[-1][1]))


def fail_everything(window: Window) -> None:
    """Makes every row show its longest text."""
    begin_check(window)
    for check, code in (
        (Check.CALL, "no_answer"),
        (Check.ECHO, "silent"),
        (Check.MICROPHONE, "silent"),
        (Check.RINGER, "missing"),
    ):
        window.self_test.found.emit(Finding(check, Verdict.FAILED, code))
    window.self_test.ended.emit(True)
    QCoreApplication.processEvents()


def open_editor(window: Window) -> None:
    window.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    for _round in range(6):
        QCoreApplication.processEvents()


def pages_of(window: Window) -> Iterator[str]:
    """Yields the names of the pages as they are opened in turn; a call is active from the
    card on.
    """
    yield "list"
    window.press(Qt.Key.Key_F12)
    yield "check"
    window.talk()
    yield "card"
    window.press(Qt.Key.Key_3, CTRL)
    window.presenters.message.set_text("Звоните +7 900 555-01-37")
    yield "message"
    for page, key, modifier in (
        ("report", Qt.Key.Key_R, CTRL),
        ("keys", Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        ("calendar", Qt.Key.Key_K, ALT),
        ("answers", Qt.Key.Key_O, CTRL),
        ("call-backs", Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        ("look-up", Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        ("hand-over", Qt.Key.Key_H, CTRL),
    ):
        window.press(key, modifier)
        yield page
    open_editor(window)
    window.presenters.editor.open("q-1")
    yield "editor"
    window.bench.city.submit(message_record(1, "Яма у дома"))
    window.press(Qt.Key.Key_F10)
    yield "queue"
    window.press(Qt.Key.Key_Return)
    yield "review"
