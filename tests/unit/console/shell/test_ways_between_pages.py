"""Navigation between the pages of the workspace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.features.answers.page import AnswersPage
from console.features.call_backs.page import CallBacksPage
from console.features.call_card.card_view import CallCard
from console.features.history.page import MessageHistoryPage
from console.features.journal.page import JournalPage, JournalTable
from console.features.journal.presenter import JournalList
from console.features.lookup.page import LookUpPage
from console.features.reports.page import ReportPage
from console.features.review.page import ReviewPage
from console.features.review.queue_page import QueuePage
from console.shell.navigation import NavigationColumn, NavRow
from console.ui.labels import KeyHint
from tests.fakes.answer_messages import registered
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.message_ways import dozen
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


def test_a_message_behind_a_number_is_looked_at_and_left(window: Window) -> None:
    window.press(Qt.Key.Key_R, CTRL)
    window.presenters.report.message_asked.emit(dozen()[0])
    QCoreApplication.processEvents()
    assert window.shows(MessageHistoryPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(ReportPage)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.part(ReportPage).isAncestorOf(focused)


def test_the_calendar_is_marked_once_the_next_year_should_be_there(own_window: Window) -> None:
    rows = own_window.part(NavigationColumn).findChildren(NavRow)
    calendar = next(row for row in rows if row.text() == "Календарь")
    assert calendar.accessibleName() == "Календарь"
    own_window.clock.now = datetime(2027, 10, 1, 9, 0, tzinfo=UTC)
    own_window.calendars.terms.look_at_day()
    assert calendar.accessibleName() == "Календарь: 1"


def test_what_a_card_lacks_is_shown_where_saving_was_asked_for_on_another_page(
    window: Window,
) -> None:
    window.talk()
    window.press(Qt.Key.Key_R, CTRL)
    window.press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    QCoreApplication.processEvents()
    assert window.shows(CallCard)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert window.part(CallCard).isAncestorOf(focused)


def marked(window: Window) -> list[str]:
    rows = window.part(NavigationColumn).findChildren(NavRow)
    return [row.text() for row in rows if row.isChecked()]


def test_the_left_column_marks_no_other_place_than_the_one_that_is_shown(window: Window) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    assert marked(window) == ["Вызовы сегодня"]
    for key, modifier, place in (
        (Qt.Key.Key_R, CTRL, ["Отчёты"]),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, []),
        (Qt.Key.Key_B, CTRL | shift, ["Настройки"]),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, []),
    ):
        window.press(key, modifier)
        window.presenters.journal.reload()  # which notifies about lists, not about the page
        settle()
        assert marked(window) == place
    window.press(Qt.Key.Key_Escape)
    assert marked(window) == ["Вызовы сегодня"]


def test_a_message_behind_a_number_is_marked_as_the_page_it_was_looked_at_from(
    window: Window,
) -> None:
    window.press(Qt.Key.Key_R, CTRL)
    window.presenters.report.message_asked.emit(dozen()[0])
    QCoreApplication.processEvents()

    assert marked(window) == ["Отчёты"]
    window.press(Qt.Key.Key_Escape)


def test_a_click_that_leads_nowhere_marks_nothing(own_window: Window) -> None:
    rows = own_window.part(NavigationColumn).findChildren(NavRow)
    calendar = next(row for row in rows if row.text() == "Календарь")
    own_window.sit_down(OPERATOR)
    calendar.click()  # a click that was pending during sign-in

    assert marked(own_window) == ["Вызовы сегодня"]


def test_answers_that_wait_are_counted_as_their_page_says(own_window: Window) -> None:
    registered(own_window.handling)  # not yet sent to a body
    own_window.press(Qt.Key.Key_O, CTRL)
    settle()
    rows = own_window.part(NavigationColumn).findChildren(NavRow)
    answers = next(row for row in rows if row.text() == "Ответы и сроки")
    page = own_window.part(AnswersPage)

    assert answers.accessibleName() == "Ответы и сроки: 1"
    assert answers.accessibleDescription() == "1 ждёт вас"
    assert "1 ждёт вас" in [label.text() for label in page.findChildren(QLabel)]


def test_no_key_of_the_desk_is_also_one_of_a_page(window: Window) -> None:
    """Qt activates neither of two shortcuts with the same key."""
    shortcuts = window.page.findChildren(QShortcut)
    of_desk = {one.key().toString() for one in shortcuts if one.parent() is window.page}
    of_pages = {one.key().toString() for one in shortcuts if one.parent() is not window.page}

    assert of_desk & of_pages == set()


def test_a_page_that_was_opened_stays_when_nothing_is_left_to_review(own_window: Window) -> None:
    own_window.bench.city.submit(message_record(1, "Яма у дома"))
    for key in (Qt.Key.Key_F10, Qt.Key.Key_Return):
        own_window.press(key)
        settle()
    assert own_window.shows(ReviewPage)
    own_window.press(Qt.Key.Key_F4)
    own_window.presenters.reviews.release()  # as a decision does that is saved only now
    settle()
    assert own_window.shows(LookUpPage)

    own_window.press(Qt.Key.Key_F10)
    settle()
    assert own_window.shows(QueuePage)


def test_a_page_that_was_opened_stays_when_the_next_message_comes_to_review(
    own_window: Window,
) -> None:
    for number, text in enumerate(("Яма у дома", "Не горит фонарь"), start=1):
        own_window.bench.city.submit(message_record(number, text))
    for key in (Qt.Key.Key_F10, Qt.Key.Key_Return):
        own_window.press(key)
        settle()
    first = own_window.bench.review.message
    own_window.press(Qt.Key.Key_F4)
    own_window.presenters.reviews.skip()  # as a decision does that is saved only now
    settle()
    assert own_window.shows(LookUpPage)

    own_window.press(Qt.Key.Key_F10)
    settle()
    assert own_window.shows(ReviewPage)
    assert own_window.bench.review.message not in (None, first)


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier, CallBacksPage),
        (Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier, JournalPage),
    ],
)
def test_whoever_looks_at_a_list_in_a_call_stays_there_until_she_goes_back(
    own_window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier, page: type[QWidget]
) -> None:
    """Every change of the card, such as a finished save, once activated it."""
    own_window.talk()
    own_window.enter("Яма у дома")
    own_window.press(key, modifier)
    own_window.presenters.card.choose_result("contacts")
    settle()
    assert own_window.shows(page)

    own_window.press(Qt.Key.Key_Escape)
    assert own_window.shows(CallCard)
    assert own_window.card.content == "Яма у дома"


def test_the_record_of_a_call_that_goes_on_is_opened_from_the_list_of_calls(
    own_window: Window,
) -> None:
    own_window.talk()
    own_window.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    page = own_window.part(JournalPage)
    hints = [hint.accessibleName() for hint in page.findChildren(KeyHint) if hint.isVisible()]
    assert any("назад к записи" in hint for hint in hints), hints
    own_window.presenters.journal.reload()
    own_window.presenters.journal.show_list(JournalList.CALLS)
    settle()
    own_window.part(JournalTable).setFocus()
    own_window.press(Qt.Key.Key_Home, CTRL)
    own_window.press(Qt.Key.Key_Return)
    settle()

    assert own_window.shows(CallCard)
