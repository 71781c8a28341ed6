"""Saved records are opened from the list of the day, by keyboard only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from console.features.call_card.card_view import CallCard
from console.features.history.page import ShownRecordPage
from console.features.journal.page import JournalPage, JournalTable
from console.features.journal.presenter import JournalList
from console.features.lookup.page import LookUpPage
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from tests.fakes.console_phone import Call
from tests.fakes.records import answered_message
from tests.fakes.review_fakes import settle
from tests.fakes.whole_desk import NO_SCREEN, Window, visible

pytestmark = NO_SCREEN
SHIFT = Qt.KeyboardModifier.ShiftModifier


def saved_call(window: Window) -> None:
    """A call with a saved record; the list of today has the keyboard focus."""
    window.clock.now = window.register.now()
    window.hear(*(Call().ringing(), Call().answered(), Call().ended()))
    filled = calls.edit(window.card, content="Яма у дома", result=CallResult.ANSWERED)
    window.desk.change_card(filled)
    window.desk.save()
    settle()


def test_enter_on_a_saved_call_shows_what_was_written(own_window: Window) -> None:
    saved_call(own_window)
    own_window.presenters.journal.show_list(JournalList.CALLS)
    table = own_window.part(JournalTable)
    table.setFocus()
    own_window.press(Qt.Key.Key_Down)
    own_window.press(Qt.Key.Key_Return)
    settle()

    assert own_window.shows(ShownRecordPage)
    page = own_window.part(ShownRecordPage)
    told = [label.text() for label in visible(page, QLabel) if isinstance(label, QLabel)]
    assert {"Яма у дома", "ответил", "+7 (900) 555-01-01"} <= set(told)
    assert "Что?: Яма у дома" in page.accessibleName()

    own_window.press(Qt.Key.Key_F2, SHIFT)
    assert own_window.phone.commands[-1] == ("call", "+79005550101")
    page.setFocus()
    own_window.press(Qt.Key.Key_Escape)
    assert own_window.shows(JournalPage)
    assert QApplication.focusWidget() is table


def test_enter_on_a_call_found_by_f4_shows_it_and_esc_goes_back_to_the_search(
    own_window: Window,
) -> None:
    saved_call(own_window)
    (record,) = own_window.register.records.values()
    own_window.press(Qt.Key.Key_F4)
    own_window.enter(str(record.number))
    settle()
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert own_window.shows(ShownRecordPage)
    assert "Что?: Яма у дома" in own_window.part(ShownRecordPage).accessibleName()

    own_window.press(Qt.Key.Key_Escape)
    assert own_window.shows(LookUpPage)
    assert own_window.presenters.look_up.state.query == str(record.number)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert own_window.part(LookUpPage).isAncestorOf(focused)


def test_enter_on_an_own_draft_found_by_f4_brings_its_card(own_window: Window) -> None:
    own_window.clock.now = own_window.register.now()
    own_window.hear(*(Call().ringing(), Call().answered(), Call().ended()))
    own_window.desk.put_aside()
    settle()
    (record,) = own_window.register.records.values()
    own_window.press(Qt.Key.Key_F4)
    own_window.enter(str(record.number))
    settle()
    own_window.press(Qt.Key.Key_Return)
    settle()
    assert own_window.shows(CallCard)
    assert own_window.card.id == record.id


def test_enter_on_a_message_looks_its_number_up(own_window: Window) -> None:
    answered = answered_message("Засыпано.", own_window.clock.now)
    own_window.register.messages[answered.id] = answered
    own_window.presenters.journal.reload()
    settle()
    own_window.presenters.journal.show_list(JournalList.ANSWERS)
    own_window.part(JournalTable).setFocus()
    own_window.press(Qt.Key.Key_Return)

    assert own_window.shows(LookUpPage)
    assert own_window.presenters.look_up.state.query == str(answered.number)
