"""The page of incidents by keyboard: declared, proposed, created manually, ended and left."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.features.incidents.page import IncidentsPage, IncidentStrip
from console.features.journal.page import JournalPage
from console.shell.navigation import NavigationColumn, NavRow
from console.ui.buttons import ActionButton
from console.ui.notices import Toast
from console.ui.text_field import TextField
from sync.errors import StoreUnavailable
from sync.register.incidents import IncidentState
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.incident_hands import (
    TEXT,
    WATER,
    callers,
    declare,
    open_page,
    say,
    settle,
    text_field,
)
from tests.fakes.whole_desk import (
    ALT,
    CTRL,
    NO_SCREEN,
    SMALL_SCREEN,
    Window,
    cut_words,
    spoken_name,
    visible,
)

pytestmark = NO_SCREEN


def test_an_offer_that_goes_away_leaves_what_is_typed_of_it_and_no_other_is_edited(
    own_window: Window,
) -> None:
    window = own_window
    declare(window, "ул. Горная", "На Горной гололёд.", UUID(int=902))
    callers(window, 3)
    open_page(window)
    text_field(window).selectAll()
    window.enter("Лесную раз")
    window.incidents.seen.clear()  # the calls are too long ago
    settle(window)
    window.enter("мыло.")

    assert text_field(window).toPlainText() == "Лесную размыло."
    assert "больше не предлагается" in window.presenters.incident_page.state.about.lower()
    callers(window, 4)  # offered again, as the same incident
    assert [row.version for row in window.presenters.incident_page.state.rows] == [
        "возможно",
        "идёт",
    ]
    window.incidents.seen.clear()
    settle(window)
    window.press(Qt.Key.Key_Escape)
    open_page(window)
    assert text_field(window).toPlainText() == "Лесную размыло."
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert {one.text for one in window.incidents.all()} == {"На Горной гололёд.", "Лесную размыло."}


def test_an_offer_that_goes_away_before_a_letter_was_typed_leaves_no_other_in_its_place(
    own_window: Window,
) -> None:
    window = own_window
    callers(window, 3)
    open_page(window)
    declare(window)  # a colleague declares it first
    text_field(window).selectAll()
    window.enter("Мой текст")
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert [one.text for one in window.incidents.all()] == [TEXT]
    assert text_field(window).toPlainText() == "Мой текст"

    window.press(Qt.Key.Key_E, ALT)
    assert len(window.presenters.incident_page.state.rows) == 1


def test_an_offer_that_nobody_looked_at_goes_away_whole(own_window: Window) -> None:
    window = own_window
    callers(window, 3)
    open_page(window)
    window.press(Qt.Key.Key_Escape)
    window.incidents.seen.clear()
    settle(window)
    assert window.presenters.incident_page.state.rows == ()


def test_a_category_chosen_while_it_is_written_is_kept_for_the_next_step(
    own_window: Window,
) -> None:
    window = own_window
    page = window.presenters.incident_page
    open_page(window)
    window.press(Qt.Key.Key_Insert)
    page.set_street("Лесная")
    page.set_text(TEXT)
    window.incidents.holds = True
    page.confirm()
    page.set_matter("roads-pits")
    window.incidents.let_go()
    settle(window)

    assert page.state.matter == "roads-pits"
    assert page.state.is_changed


def test_who_may_not_propose_finds_the_page_closed(own_window: Window) -> None:
    open_page(own_window)
    own_window.sit_down(Operator(UUID(int=6), "pravka", "Правкина Ева", Role.EDITOR))
    assert not own_window.shows(IncidentsPage)


def test_the_supervisor_ends_it_and_its_calls_and_time_are_listed(own_window: Window) -> None:
    window = own_window
    declare(window)
    for call in range(1, 13):
        window.incidents.link(WATER, UUID(int=call), OPERATOR)
    window.clock.now += timedelta(hours=2, minutes=5)
    settle(window)
    open_page(window)
    window.press(Qt.Key.Key_E, ALT)
    settle(window)

    assert not window.shows(IncidentStrip)
    (row,) = window.presenters.incident_page.state.rows
    assert row.version == "завершён"
    assert "2 ч 5 мин" in row.who
    assert "ответ дан на 12 вызовов" in row.who
    assert text_field(window).isReadOnly()


def test_from_the_left_column_escape_leads_back_to_the_keys_of_the_page(
    own_window: Window,
) -> None:
    """From the last field Tab moves to the column, where Alt+E and Esc did nothing."""
    window = own_window
    declare(window)
    open_page(window)
    (column,) = window.page.findChildren(NavigationColumn)
    row = column.findChildren(NavRow)[0]
    row.setFocus()
    window.press(Qt.Key.Key_Escape)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.part(IncidentsPage).isAncestorOf(focused)
    window.press(Qt.Key.Key_E, ALT)
    settle(window)

    assert not window.shows(IncidentStrip)
    (listed,) = window.presenters.incident_page.state.rows
    assert "меньше минуты" in listed.who


def test_a_text_that_is_as_it_was_is_said_to_be_so(own_window: Window) -> None:
    window = own_window
    declare(window)
    open_page(window)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)

    assert window.part(Toast).isVisible()
    assert window.part(Toast).accessibleName().startswith("Этот текст уже показан всем")
    assert len(window.incidents.events) == 1


def test_what_was_begun_by_hand_is_dropped_and_no_incident_denied(own_window: Window) -> None:
    window = own_window
    open_page(window)
    window.press(Qt.Key.Key_Insert)
    shown = [spoken_name(button) for button in visible(window.part(IncidentsPage), ActionButton)]
    assert any(name.startswith("Убрать форму") for name in shown), shown
    window.press(Qt.Key.Key_E, ALT)
    assert window.presenters.incident_page.state.rows == ()


def test_what_is_no_incident_is_not_offered_again_for_these_calls(window: Window) -> None:
    callers(window, 3)
    open_page(window)
    window.press(Qt.Key.Key_E, ALT)
    settle(window)
    assert not window.shows(IncidentStrip)
    callers(window, 3, "ул. Горная")
    assert window.shows(IncidentStrip)


def test_one_is_written_down_before_anybody_calls(own_window: Window) -> None:
    window = own_window
    open_page(window)
    window.press(Qt.Key.Key_Insert)
    window.enter("Лесная")
    text_field(window).setFocus()
    window.enter(TEXT)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)

    (one,) = window.incidents.all()
    assert (one.state, one.street, one.matter) == (IncidentState.DECLARED, "Лесная", "")


def test_what_is_missing_is_said_and_what_was_typed_stays(own_window: Window) -> None:
    window = own_window
    open_page(window)
    window.press(Qt.Key.Key_Insert)
    text_field(window).setFocus()
    window.enter(TEXT)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert window.presenters.incident_page.state.problems == {"street": "Назовите улицу"}

    window.incidents.fails = StoreUnavailable("SQLITE_FULL")
    window.field(IncidentsPage, "Улица или несколько через запятую").setFocus()
    window.enter("Лесная")
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert window.incidents.events == []
    assert text_field(window).toPlainText() == TEXT
    window.incidents.fails = None
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert len(window.incidents.events) == 1


def test_all_words_have_room_on_a_small_screen(window: Window, qtbot: QtBot) -> None:
    declare(window)
    callers(window, 3, "ул. Горная")
    window.page.resize(*SMALL_SCREEN)
    window.talk()
    say(window, qtbot)
    assert cut_words(window.part(IncidentStrip), may_elide=True) == []
    open_page(window)
    assert cut_words(window.part(IncidentsPage)) == []
    window.press(Qt.Key.Key_Escape)


def test_the_page_is_left_to_the_list(window: Window) -> None:
    open_page(window)
    assert window.shows(IncidentsPage)
    assert window.part(IncidentsPage).findChild(TextField) is not None
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)
