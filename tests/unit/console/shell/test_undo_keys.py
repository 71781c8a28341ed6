"""Undoing the save of a call by key, without replacing a field's own undo."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.features.answers.page import AnswerListView
from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.shared.directory.hits_view import SearchField
from console.shared.session.undo import Offer
from console.shared.session.undo_view import UndoStrip
from console.shell.column_layout import DeskColumns
from console.ui.buttons import ActionButton
from console.ui.notices import Toast
from sync.register.calls.calls import CallRecord, CallState
from sync.register.messages import State
from telephony.events import EndCause
from tests.fakes.answer_messages import registered
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.console_phone import Call
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def save(window: Window, call: Call | None = None) -> CallRecord:
    """A call that was answered, recorded and saved."""
    call = call or Call()
    window.talk(call)
    window.enter("Справка о графике")
    window.press(Qt.Key.Key_1, CTRL)
    window.hear(call.ended())
    window.press(Qt.Key.Key_Return, CTRL)
    return record(window, call)


def record(window: Window, call: Call | None = None) -> CallRecord:
    found = window.register.of_call((call or Call()).call_id)
    assert found is not None
    return found


def offered_key(window: Window) -> str:
    (button,) = window.part(UndoStrip).findChildren(ActionButton)
    return button.accessibleName().partition(", ")[2]


def search(window: Window) -> SearchField:
    found = window.part(SearchField)
    assert isinstance(found, SearchField)
    return found


def toast(window: Window) -> str:
    return window.part(Toast).accessibleName()


def test_ctrl_z_brings_the_card_back_with_everything_in_it(window: Window) -> None:
    saved = save(window)
    assert saved.state is CallState.CLOSED
    assert window.shows(UndoStrip)
    assert window.part(UndoStrip).accessibleName() == "Вызов сохранён. Ctrl+Z"
    window.press(Qt.Key.Key_Z, CTRL)

    assert window.shows(CallCard)
    assert not window.shows(UndoStrip)
    assert record(window).state is CallState.DRAFT
    assert record(window).number == saved.number
    assert window.card.content == "Справка о графике"
    # The cursor is in the content: typing continues there.
    window.enter(" автобусов")
    window.press(Qt.Key.Key_Return, CTRL)
    assert record(window).content == "Справка о графике автобусов"
    assert record(window).state is CallState.CLOSED
    assert record(window).number == saved.number


def press_russian(window: Window, modifiers: Qt.KeyboardModifier) -> None:
    """The key at the position of Z, as sent by a keyboard without a Latin layout."""
    target = QApplication.focusWidget() or window.page
    for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
        QTest.sendKeyEvent(action, target, Qt.Key(ord("Я")), "", modifiers)
    QCoreApplication.processEvents()


def test_without_a_latin_layout_the_same_places_take_it_back(window: Window) -> None:
    search(window).setText("")
    save(window)
    press_russian(window, CTRL)
    assert record(window).state is CallState.DRAFT

    window.press(Qt.Key.Key_Return, CTRL)
    assert record(window).state is CallState.CLOSED
    window.press(Qt.Key.Key_F5)
    window.enter("мусор")
    press_russian(window, CTRL)  # undo of the field
    assert record(window).state is CallState.CLOSED
    press_russian(window, CTRL_SHIFT)
    assert record(window).state is CallState.DRAFT


def test_a_field_keeps_ctrl_z_while_it_has_anything_to_undo_or_redo(window: Window) -> None:
    save(window)
    window.press(Qt.Key.Key_F5)
    window.enter("мусор")
    QCoreApplication.processEvents()
    window.presenters.answers.undo.changed.emit(window.presenters.answers.undo.state)
    assert offered_key(window) == "Ctrl+Shift+Z"
    for _step in range(8):  # more often than there are changes to undo
        window.press(Qt.Key.Key_Z, CTRL)

    assert search(window).text() == ""
    assert record(window).state is CallState.CLOSED
    window.press(Qt.Key.Key_Z, CTRL_SHIFT)
    assert record(window).state is CallState.DRAFT
    assert window.shows(CallCard)


def test_a_field_in_which_nothing_was_typed_needs_no_other_key(window: Window) -> None:
    search(window).setText("")  # regardless of earlier input
    save(window)
    window.press(Qt.Key.Key_F5)
    assert QApplication.focusWidget() is search(window)
    assert offered_key(window) == "Ctrl+Z"
    window.press(Qt.Key.Key_Z, CTRL)

    assert record(window).state is CallState.DRAFT


def test_after_fifteen_seconds_the_keys_are_nobodys(window: Window) -> None:
    save(window)
    window.clock.advance(16)
    window.presenters.answers.undo.tick()
    assert not window.shows(UndoStrip)
    window.press(Qt.Key.Key_Z, CTRL)
    window.press(Qt.Key.Key_Z, CTRL_SHIFT)

    assert record(window).state is CallState.CLOSED
    assert window.shows(JournalPage)


def test_while_somebody_talks_the_card_comes_back_among_the_drafts(window: Window) -> None:
    save(window)
    second = Call("two@test.invalid", "89005550102")
    window.talk(second)
    window.press(Qt.Key.Key_Z, CTRL_SHIFT)

    assert record(window).state is CallState.DRAFT
    assert window.card.id == record(window, second).id
    assert toast(window).startswith("Вызов № ")
    assert toast(window).endswith("снова черновик. Он ждёт в черновиках.")


def test_a_plus_is_typed_while_a_call_can_still_be_taken_back(window: Window) -> None:
    save(window)
    window.talk(Call("two@test.invalid", "89005550102"))
    window.press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    window.press(Qt.Key.Key_7)

    assert window.shows(UndoStrip)
    assert window.card.content == "+7"


def test_a_ring_leaves_the_card_in_front_and_its_answer_keeps_it_among_the_drafts(
    window: Window,
) -> None:
    save(window)
    second = Call("two@test.invalid", "89005550102")
    window.tell(second.ringing())
    window.press(Qt.Key.Key_Z, CTRL)
    assert window.card.id == record(window).id
    window.enter(" автобусов")
    window.tell(second.answered())

    assert window.card.id == record(window, second).id
    assert record(window).content == "Справка о графике автобусов"
    assert record(window).state is CallState.DRAFT


def test_a_missed_call_was_saved_by_nobody(window: Window) -> None:
    call = Call()
    window.hear(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    assert record(window).state is CallState.CLOSED
    window.press(Qt.Key.Key_Z, CTRL_SHIFT)

    assert record(window).state is CallState.CLOSED
    assert not window.shows(UndoStrip)


def test_a_record_that_changed_since_stays_and_says_so(window: Window) -> None:
    saved = save(window)
    window.register.close(saved)  # saved again, as if typed during the write
    window.press(Qt.Key.Key_Z, CTRL)

    assert record(window).state is CallState.CLOSED
    assert toast(window) == "Вызов остаётся сохранённым. Запись с тех пор изменилась."


def test_a_disk_that_refuses_leaves_the_call_saved(window: Window) -> None:
    save(window)
    window.register.refusing = True
    window.press(Qt.Key.Key_Z, CTRL)
    window.register.refusing = False

    assert record(window).state is CallState.CLOSED
    assert "не" in toast(window)


def test_a_message_that_was_just_registered_is_under_review_again(own_window: Window) -> None:
    own_window.desk.set_operator(OPERATOR)  # the operator who registered it
    led = registered(own_window.handling, 1)
    own_window.presenters.saved_call.message_registered(led.handled.record)
    QCoreApplication.processEvents()
    told = own_window.part(UndoStrip).accessibleName()
    assert told == "Сообщение зарегистрировано и опубликовано. Ctrl+Z"
    own_window.press(Qt.Key.Key_Z, CTRL)

    assert led.handled.standing.state is State.UNDER_REVIEW


def test_a_message_of_long_ago_is_not_offered(window: Window) -> None:
    led = registered(window.handling, 1)
    window.clock.advance(16)
    window.presenters.saved_call.message_registered(led.handled.record)
    QCoreApplication.processEvents()

    assert not window.shows(UndoStrip)


def test_what_can_be_taken_back_covers_nothing_and_hides_no_chosen_row(own_window: Window) -> None:
    for number in range(1, 31):
        registered(own_window.handling, number)
    own_window.press(Qt.Key.Key_O, CTRL)
    own_window.press(Qt.Key.Key_End)
    rows = own_window.part(AnswerListView)
    strip, columns = own_window.part(UndoStrip), own_window.part(DeskColumns)
    assert isinstance(rows, AnswerListView)
    assert in_sight(rows)
    now = own_window.clock.now
    own_window.presenters.answers.undo.show(
        Offer("Направлен", "2611-0417-00001-3", now, lambda: None)
    )
    QCoreApplication.processEvents()

    assert own_window.shows(UndoStrip)
    assert not strip.geometry().intersects(columns.geometry())
    assert in_sight(rows)


def in_sight(rows: AnswerListView) -> bool:
    """Whether the selected row is completely visible."""
    return rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
