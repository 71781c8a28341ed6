"""Esc works everywhere, even if the focused widget was deleted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from console.features.call_card.card_rows_view import UsedEntries
from console.features.call_card.card_view import CallCard
from console.features.call_script.view import ScriptBlock
from console.features.directory_search.panel import DirectoryPanel
from console.ui.buttons import ActionButton
from kb.entries.entries import EntryKind
from tests.fakes.whole_desk import NO_SCREEN, Window, visible

pytestmark = NO_SCREEN


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _stand_on_an_answer_that_goes(window: Window, key: Qt.Key) -> None:
    """The caret was on a button of an inserted answer when the key was pressed."""
    window.talk()
    kinds = (EntryKind.QUESTION, EntryKind.UNIT)
    entry = next(one for one in window.entries.entries() if one.kind in kinds)
    assert window.desk.accept_entry(entry, "Вывоз по вторникам.")
    QCoreApplication.processEvents()
    (cross,) = visible(window.part(UsedEntries), ActionButton)
    cross.setFocus()
    window.press(key)
    assert not window.part(CallCard).isAncestorOf(_focused())
    window.presenters.card.remove_used(window.card.used_entries[0].key)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_esc_leads_back_to_the_card_where_its_button_is_gone(window: Window) -> None:
    _stand_on_an_answer_that_goes(window, Qt.Key.Key_F5)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Escape)
    assert window.part(CallCard).isAncestorOf(_focused())


def test_so_it_does_from_the_numbers_to_transfer_to(window: Window) -> None:
    _stand_on_an_answer_that_goes(window, Qt.Key.Key_F7)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Escape)
    assert window.part(CallCard).isAncestorOf(_focused())


def test_so_it_does_from_the_menu_of_states(window: Window) -> None:
    _stand_on_an_answer_that_goes(window, Qt.Key.Key_F9)
    window.press(Qt.Key.Key_Escape)
    window.press(Qt.Key.Key_Escape)
    assert window.part(CallCard).isAncestorOf(_focused())


def test_esc_leads_from_the_script_to_the_page_where_the_search_was_asked_from_there(
    window: Window,
) -> None:
    window.talk()
    step = visible(window.part(ScriptBlock), QAbstractButton)[0]
    step.setFocus()
    window.press(Qt.Key.Key_F5)
    assert window.part(DirectoryPanel).isAncestorOf(_focused())
    window.press(Qt.Key.Key_Escape)
    assert _focused() is step
    window.press(Qt.Key.Key_Escape)
    assert window.part(CallCard).isAncestorOf(_focused())
