"""The phone check by keys and buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from console.features.call_card.card_view import CallCard
from console.features.journal.page import JournalPage
from console.features.shift_check.page import PhoneCheckPage
from telephony.events import EndCause
from tests.fakes.console_phone import Call
from tests.fakes.whole_desk import NO_SCREEN, SMALL_SCREEN, Window, begin_check, fail_everything

pytestmark = NO_SCREEN
PAGES = 9  # more than the rows need on any screen


def test_f12_shows_the_check_enter_starts_it_esc_stops_and_leaves(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    assert window.shows(PhoneCheckPage)
    begin_check(window)
    assert window.self_test.runs
    window.press(Qt.Key.Key_Escape)
    assert not window.self_test.runs
    assert window.shows(PhoneCheckPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_arrows_and_page_keys_scroll_what_is_too_long(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    fail_everything(window)
    window.page.resize(SMALL_SCREEN[0], 400)
    QCoreApplication.processEvents()
    area = window.part(PhoneCheckPage).findChildren(QScrollArea)[0]
    places = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        for _page in range(PAGES if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else 1):
            window.press(key)
        places.append(area.verticalScrollBar().value())

    longest = area.verticalScrollBar().maximum()
    assert longest > 0
    assert places[0] > 0
    assert places[1] == longest
    assert places[2] < longest
    assert places[3] == 0


def test_nothing_that_happens_to_the_call_ends_the_look_at_the_check(window: Window) -> None:
    """An operator with poor sound checks it during the talk; the next call is shown anyway."""
    call = Call()
    window.talk(call)
    window.press(Qt.Key.Key_F12)
    assert window.shows(PhoneCheckPage)
    window.hear(call.muted())
    assert window.shows(PhoneCheckPage)
    window.hear(call.ended())
    assert window.shows(PhoneCheckPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(CallCard)

    window.press(Qt.Key.Key_F12)
    window.talk(Call("two@test.invalid", "89005550102"))
    assert window.shows(CallCard)
    assert not window.shows(PhoneCheckPage)


def test_the_buttons_of_the_check_do_the_same(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    button(window, "Начать проверку").click()
    assert window.presenters.phone_check.state.running
    button(window, "Остановить").click()
    assert not window.presenters.phone_check.state.running
    assert not button(window, "Зарегистрировать заново").isEnabled()


def button(window: Window, text: str) -> QAbstractButton:
    (found,) = (
        child
        for child in window.part(PhoneCheckPage).findChildren(QAbstractButton)
        if child.text() == text and child.isVisible()
    )
    return found


def test_each_row_of_the_check_says_its_state_in_words(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    fail_everything(window)

    names = [
        child.accessibleName()
        for child in window.part(PhoneCheckPage).findChildren(QWidget)
        if child.accessibleName().startswith("Микрофон: ")
    ]
    assert names == [
        "Микрофон: неисправно. Микрофон не передаёт звук. Проверьте выключатель на гарнитуре и"
        " говорите, пока идёт проверка микрофона."
    ]


def test_a_ring_during_the_check_brings_the_call(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    begin_check(window)
    window.hear(Call().ringing())

    assert not window.self_test.runs
    assert window.shows(CallCard)
    window.press(Qt.Key.Key_F2)
    assert ("answer", Call().call_id) in window.phone.commands


@pytest.mark.parametrize("cause", [EndCause.DO_NOT_DISTURB, EndCause.NO_COMMON_CODEC])
def test_a_call_that_nobody_answers_gives_the_check_back(window: Window, cause: EndCause) -> None:
    window.press(Qt.Key.Key_F12)
    caret = QApplication.focusWidget()
    window.hear(Call().ringing())
    assert window.shows(CallCard)
    window.hear(Call().ended(cause))

    assert window.shows(PhoneCheckPage)
    assert QApplication.focusWidget() is caret
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)


def test_a_call_that_was_answered_does_not_lead_back_to_the_check(window: Window) -> None:
    window.press(Qt.Key.Key_F12)
    window.hear(Call().ringing(), Call().answered(), Call().ended())
    window.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    assert window.shows(JournalPage)
