"""Two operators edit one incident: no text is lost, and each sees the text in force."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.features.incidents.page import IncidentsPage
from sync.register.incidents import IncidentAct, IncidentEvent, IncidentStep, taken
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.incident_hands import (
    SECOND,
    TEXT,
    callers,
    declare,
    edit_elsewhere,
    open_page,
    settle,
    text_field,
)
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


def read(window: Window, kind: type[QWidget], words: str) -> bool:
    """Whether the page shows the text outside of its fields."""
    return any(
        label.text() == words and label.isVisible()
        for label in window.part(kind).findChildren(QLabel)
    )


def begin_edit(window: Window, words: str) -> None:
    """An operator has typed this text into the official text and not confirmed it."""
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter(words)


def test_of_two_supervisors_the_second_is_told_and_keeps_what_she_typed(own_window: Window) -> None:
    window = own_window
    declare(window)
    open_page(window)
    window.press(Qt.Key.Key_Return)
    text_field(window).selectAll()
    window.enter("Откроют утром")
    edit_elsewhere(window, "Откроют к 23 часам.")
    state = window.presenters.incident_page.state
    assert state.theirs == "Откроют к 23 часам."
    assert SECOND.name in state.meanwhile
    assert text_field(window).toPlainText() == "Откроют утром"
    window.enter(".")

    window.press(Qt.Key.Key_Return, CTRL)
    assert window.incidents.all()[0].text == "Откроют к 23 часам."
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    (one,) = window.incidents.all()
    assert one.text == "Откроют утром."
    assert one.current.by.name == SUPERVISOR.name
    assert window.presenters.incident_page.state.meanwhile == ""


def test_the_other_text_stays_beside_hers_until_hers_is_in_its_place(own_window: Window) -> None:
    window = own_window
    declare(window)
    begin_edit(window, "Утром. ")
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.press(Qt.Key.Key_Return, CTRL)
    window.enter("Или днём. ")
    assert read(window, IncidentsPage, "Откроют к 23 часам.")

    edit_elsewhere(window, "Откроют к полуночи.")
    window.press(Qt.Key.Key_Return, CTRL)  # a text that was not pointed out to the operator yet
    assert window.incidents.all()[0].text == "Откроют к полуночи."
    assert read(window, IncidentsPage, "Откроют к полуночи.")
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert window.incidents.all()[0].text == f"{TEXT}Утром. Или днём."
    assert not read(window, IncidentsPage, "Откроют к полуночи.")


def test_what_others_declared_at_once_is_one_with_hers_and_she_sees_the_text_that_holds(
    own_window: Window,
) -> None:
    window = own_window
    declare(window)
    begin_edit(window, "Утром. ")
    # Two more were declared concurrently, a minute before and after, and arrive only now.
    for number, minutes, text in ((800, -1, "Разбираемся."), (801, 1, "Чинят.")):
        step = IncidentStep(IncidentAct.DECLARED, UUID(int=number), "Лесная", "", text, 0)
        at = window.clock.now + timedelta(minutes=minutes)
        event = taken(step, (), SECOND, at, UUID(int=number))
        assert isinstance(event, IncidentEvent)
        window.incidents.events.append(event)
    settle(window)

    state = window.presenters.incident_page.state
    assert [row.version for row in state.rows] == ["идёт"]
    assert text_field(window).toPlainText() == f"{TEXT}Утром. "
    assert (state.theirs, SECOND.name in state.meanwhile) == ("Чинят.", True)
    window.press(Qt.Key.Key_Return, CTRL)
    assert [one.text for one in window.incidents.all()] == ["Чинят."]
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert [one.text for one in window.incidents.all()] == [f"{TEXT}Утром."]


def test_what_is_typed_and_what_may_be_done_is_of_who_sits_there(own_window: Window) -> None:
    window = own_window
    declare(window)
    begin_edit(window, "Мой текст. ")
    window.sit_down(OPERATOR)
    state = window.presenters.incident_page.state
    assert (state.act, state.may_end, state.text) == (None, False, TEXT)
    assert text_field(window).isReadOnly()
    window.press(Qt.Key.Key_Insert)
    window.presenters.incident_page.set_street("Горная")

    window.sit_down(SUPERVISOR)
    state = window.presenters.incident_page.state
    assert state.text == f"{TEXT}Мой текст. "
    assert state.act is IncidentAct.EDITED
    assert len(state.rows) == 1  # without the draft of the operator in between
    window.sit_down(OPERATOR)
    assert window.presenters.incident_page.state.street == "Горная"


def test_what_is_written_when_somebody_else_has_signed_in_leaves_hers_alone(
    own_window: Window,
) -> None:
    window = own_window
    page = window.presenters.incident_page
    window.desk.set_operator(OPERATOR)
    callers(window, 3)
    open_page(window)
    window.incidents.holds = True
    window.press(Qt.Key.Key_Return, CTRL)
    window.sit_down(SUPERVISOR)
    told: list[str] = []
    page.told.connect(lambda notice: told.append(notice.head))
    page.set_text("Мой текст")
    window.incidents.let_go()
    settle(window)

    assert told == []
    assert page.state.text == "Мой текст"
    assert page.state.act is IncidentAct.DECLARED
    assert window.shows(IncidentsPage)


def test_hers_can_be_left_for_the_text_of_the_other(own_window: Window) -> None:
    window = own_window
    declare(window)
    begin_edit(window, "Ой")
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.press(Qt.Key.Key_R, ALT)

    assert text_field(window).toPlainText() == "Откроют к 23 часам."
    assert window.presenters.incident_page.state.theirs == ""


def test_a_text_of_here_that_another_one_overtook_apart_is_told(own_window: Window) -> None:
    window = own_window
    declare(window)
    told: list[str] = []
    window.presenters.incidents.told.connect(lambda notice: told.append(notice.head))
    begin_edit(window, "Новое. ")
    before = list(window.incidents.events)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    mine = window.incidents.events[-1]
    # The other text was entered without knowledge of the first one, and is received with the feed.
    window.incidents.events[:] = before
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.incidents.events.append(mine)
    settle(window)

    assert told == [f"Действует текст, который ввёл другой: {SECOND.name}"]
    assert window.incidents.all()[0].text == "Откроют к 23 часам."
