"""Incidents by keys: offered, declared, said to callers, edited by two, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.views.call_card import CallCard
from console.views.components.buttons import ActionButton
from console.views.components.fields import TextField
from console.views.components.navigation import NavRow
from console.views.components.notices import Toast
from console.views.incidents.page import IncidentsPage
from console.views.incidents.strip import IncidentStrip
from console.views.journal import JournalPage
from console.views.navigation import NavigationColumn
from sync.errors import StoreUnavailable
from sync.register import calls
from sync.register.calls import CallResult, CallState
from sync.register.incidents.incident import (
    IncidentAct,
    IncidentEvent,
    IncidentState,
    IncidentStep,
    taken,
)
from sync.register.incidents.outbreak import Sighting
from sync.register.operators import Operator, Role
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.console_phone import Call
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

SHIFT = Qt.KeyboardModifier.ShiftModifier
SECOND = Operator(UUID(int=5), "vtoraya", "Вторая Вера", Role.SUPERVISOR)
TEXT = "На Лесной размыло дорогу. Проезд откроют к 22 часам."
WATER = UUID(int=901)


def settle(window: Window) -> None:
    window.presenters.incidents.reload()
    for _round in range(6):
        QCoreApplication.processEvents()


def callers(window: Window, count: int, street: str = "ул. Лесная") -> None:
    """So many told of holes in the road there in the last minutes."""
    window.incidents.seen += [
        Sighting(
            f"{street} {number}",
            window.clock.now - timedelta(minutes=number),
            f"яма, {street}, {number}",
            "roads-pits",
        )
        for number in range(1, count + 1)
    ]
    settle(window)


def declare(window: Window, street: str = "ул. Лесная", text: str = TEXT, id: UUID = WATER) -> None:
    step = IncidentStep(IncidentAct.DECLARED, id, street, "roads-pits", text, 0)
    window.incidents.take(step, SECOND).result()
    settle(window)


def edit_elsewhere(window: Window, text: str) -> None:
    lead_elsewhere(window, IncidentAct.EDITED, text)


def end_elsewhere(window: Window) -> None:
    lead_elsewhere(window, IncidentAct.ENDED, "")


def lead_elsewhere(window: Window, act: IncidentAct, text: str) -> None:
    (one,) = (one for one in window.incidents.all() if one.is_open)
    step = IncidentStep(act, one.id, one.street, one.matter, text, one.version)
    window.incidents.take(step, SECOND).result()
    settle(window)


def spoken(window: Window) -> str:
    """What a screen reader says of the strip."""
    parts = window.part(IncidentStrip).findChildren(QWidget)
    return " ".join(part.accessibleName() for part in parts if part.isVisible())


def text_field(window: Window) -> QTextEdit:
    field = window.field(IncidentsPage, "Единый текст")
    assert isinstance(field, QTextEdit)
    return field


def read(window: Window, kind: type[QWidget], words: str) -> bool:
    """Whether the words are to be read on the page, in no field."""
    return any(
        label.text() == words and label.isVisible()
        for label in window.part(kind).findChildren(QLabel)
    )


def _fits(window: Window) -> bool:
    said = window.presenters.incidents.state.said
    return said is not None and said.fits


def open_page(window: Window) -> None:
    window.press(Qt.Key.Key_I, CTRL | SHIFT)
    for _round in range(6):
        QCoreApplication.processEvents()


def test_an_offer_takes_no_focus_and_loses_no_letter(window: Window) -> None:
    window.talk()
    window.enter("нет про")
    callers(window, 2)
    assert not window.shows(IncidentStrip)
    callers(window, 3)
    assert window.shows(IncidentStrip)
    window.enter("езда")

    assert window.card.content == "нет проезда"
    assert "Возможно, инцидент — Лесная: ямы" in spoken(window)
    assert window.shows(CallCard)


def test_a_supervisor_declares_what_is_offered_and_one_key_closes_the_next_call(
    own_window: Window,
) -> None:
    window = own_window
    callers(window, 3)
    open_page(window)
    assert QApplication.focusWidget() is text_field(window)
    assert "лесн" in text_field(window).toPlainText().lower()
    text_field(window).selectAll()
    window.enter(TEXT)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    (declared,) = window.incidents.all()
    assert (declared.state, declared.text) == (IncidentState.DECLARED, TEXT)

    window.press(Qt.Key.Key_Escape)
    window.talk()
    window.enter("дорога на лесной провалилась")
    window.press(Qt.Key.Key_I, CTRL)
    card = window.card
    assert card.result is CallResult.ANSWERED
    assert card.category == "roads-pits"
    assert card.content == f"дорога на лесной провалилась\nЛесная: ямы\n{TEXT}"
    assert calls.incidents_told(card) == (declared.id,)
    assert window.desk.state.closes_at_end
    offered = window.part(IncidentStrip).findChildren(ActionButton)
    assert [button.text() for button in offered if button.isVisible()] == []
    assert "Ответ дан: карточка закроется с вызовом." in spoken(window)
    window.tell(Call().ended())
    QCoreApplication.processEvents()
    saved = window.register.records[card.id]
    assert saved.state is CallState.CLOSED
    assert calls.incidents_told(saved) == (declared.id,)


def test_a_text_that_changes_while_it_is_said_is_pointed_at_also_after_the_key(
    window: Window, qtbot: QtBot
) -> None:
    declare(window)
    window.talk()
    window.enter("яма на лесной")
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)
    assert "Текст изменён: прочитайте новый." not in spoken(window)
    edit_elsewhere(window, "Проезд откроют к полуночи.")
    assert "Текст изменён: прочитайте новый." in spoken(window)
    window.press(Qt.Key.Key_I, CTRL)
    assert "Ответ дан: карточка закроется с вызовом." in spoken(window)

    edit_elsewhere(window, "Проезд открыт.")
    assert "Текст изменён: прочитайте новый." in spoken(window)
    window.press(Qt.Key.Key_I, CTRL)
    assert "Ответ дан: карточка закроется с вызовом." in spoken(window)
    assert window.card.content == (
        "яма на лесной\nул. Лесная: ямы\nПроезд откроют к полуночи.\n"
        "ул. Лесная: ямы\nПроезд открыт."
    )
    assert window.desk.said_by_caller(window.card) == "яма на лесной"

    # the next caller is told this text and no other: nothing has changed for him
    window.tell(Call().ended())
    QCoreApplication.processEvents()
    window.talk(Call("two@test.invalid", rang_at=window.clock.now + timedelta(minutes=1)))
    window.enter("яма на лесной")
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)
    assert "Текст изменён: прочитайте новый." not in spoken(window)


@pytest.mark.parametrize("said", ["", "яма на лесной"], ids=["not a word yet", "known by words"])
def test_what_is_ended_while_it_is_said_stays_until_the_call_is_closed_with_it(
    window: Window, qtbot: QtBot, said: str
) -> None:
    declare(window)
    window.talk()
    window.enter(said)
    if said:
        qtbot.waitUntil(lambda: _fits(window), timeout=10_000)
    end_elsewhere(window)
    assert "Завершён в" in spoken(window)
    assert TEXT in spoken(window)
    window.press(Qt.Key.Key_I, CTRL)
    assert calls.incidents_told(window.card) == (WATER,)
    assert window.desk.state.closes_at_end
    card = window.card.id
    window.tell(Call().ended())
    QCoreApplication.processEvents()

    assert window.register.records[card].state is CallState.CLOSED
    assert not window.shows(IncidentStrip)


def test_what_is_ended_beside_a_call_about_something_else_goes_at_once(window: Window) -> None:
    declare(window)
    window.talk()
    window.enter("где получить паспорт")
    end_elsewhere(window)

    assert not window.shows(IncidentStrip)


def test_from_what_was_ended_the_key_leads_to_the_next_that_is_on(
    window: Window, qtbot: QtBot
) -> None:
    declare(window)
    window.talk()
    window.enter("яма на лесной")
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)
    end_elsewhere(window)
    declare(window, "ул. Горная", "На Горной гололёд.", UUID(int=902))
    assert TEXT in spoken(window)

    window.press(Qt.Key.Key_U, CTRL)
    assert "На Горной гололёд." in spoken(window)
    assert TEXT not in spoken(window)


def test_a_call_that_is_not_closed_by_the_key_keeps_the_key_in_sight(window: Window) -> None:
    declare(window)
    window.talk()
    window.enter("яма")
    window.press(Qt.Key.Key_I, CTRL)
    window.desk.change_card(replace(window.card, result=None))
    window.desk.save()
    assert not window.desk.state.closes_at_end

    assert any(
        button.isVisible() and button.text() == "Ответ дан, закрыть вызов"
        for button in window.part(IncidentStrip).findChildren(ActionButton)
    )


def test_without_an_incident_or_a_card_the_key_says_so_and_does_nothing(window: Window) -> None:
    window.talk()
    window.enter("ям")
    window.press(Qt.Key.Key_I, CTRL)

    assert window.card.result is None
    assert window.card.content == "ям"


def test_the_text_shown_is_of_the_incident_that_the_caller_speaks_of(
    window: Window, qtbot: QtBot
) -> None:
    declare(window)
    declare(window, "ул. Горная", "На Горной гололёд, песок везут.", UUID(int=902))
    watch = window.presenters.incidents
    window.talk()
    assert watch.state.said is not None
    assert watch.state.said.title.startswith("ул. Горная")
    window.enter("яма на лесной")
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)

    assert watch.state.said.title.startswith("ул. Лесная")
    assert watch.state.said.fits
    window.press(Qt.Key.Key_U, CTRL)
    assert watch.state.said.title.startswith("ул. Горная")
    window.press(Qt.Key.Key_I, CTRL)
    assert "На Горной гололёд" in window.card.content


def test_an_operator_proposes_and_is_back_at_the_call(own_window: Window) -> None:
    window = own_window
    window.desk.set_operator(OPERATOR)
    window.talk()
    window.enter("яма")
    callers(window, 3)
    open_page(window)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)

    (one,) = window.incidents.all()
    assert one.state is IncidentState.PROPOSED
    assert one.current.by.name == OPERATOR.name
    assert window.shows(CallCard)
    assert "Предложен инцидент" in spoken(window)
    window.enter(" на дороге")
    assert window.card.content == "яма на дороге"
    # what waits for the supervisor is not hers to declare or to end
    open_page(window)
    window.press(Qt.Key.Key_Return, CTRL)
    window.press(Qt.Key.Key_E, ALT)
    settle(window)
    assert window.incidents.all()[0].state is IncidentState.PROPOSED


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
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter("Утром. ")
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.press(Qt.Key.Key_Return, CTRL)
    window.enter("Или днём. ")
    assert read(window, IncidentsPage, "Откроют к 23 часам.")

    edit_elsewhere(window, "Откроют к полуночи.")
    window.press(Qt.Key.Key_Return, CTRL)  # a text that she was not pointed at yet
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
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter("Утром. ")
    # two more were begun beside it, a minute before and a minute after, and come only now
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
    callers(window, 4)  # offered again: it is the same
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
    declare(window)  # a colleague was first
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


def test_what_is_typed_and_what_may_be_done_is_of_who_sits_there(own_window: Window) -> None:
    window = own_window
    declare(window)
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter("Мой текст. ")
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
    assert len(state.rows) == 1  # hers who sat there between is not shown
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


def test_who_may_not_propose_finds_the_page_closed(own_window: Window) -> None:
    open_page(own_window)
    own_window.sit_down(Operator(UUID(int=6), "pravka", "Правкина Ева", Role.EDITOR))
    assert not own_window.shows(IncidentsPage)


def test_hers_can_be_left_for_the_text_of_the_other(own_window: Window) -> None:
    window = own_window
    declare(window)
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter("Ой")
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.press(Qt.Key.Key_R, ALT)

    assert text_field(window).toPlainText() == "Откроют к 23 часам."
    assert window.presenters.incident_page.state.theirs == ""


def test_a_text_of_here_that_another_one_overtook_apart_is_told(own_window: Window) -> None:
    window = own_window
    declare(window)
    told: list[str] = []
    window.presenters.incidents.told.connect(lambda notice: told.append(notice.head))
    open_page(window)
    window.press(Qt.Key.Key_Return)
    window.enter("Новое. ")
    before = list(window.incidents.events)
    window.press(Qt.Key.Key_Return, CTRL)
    settle(window)
    mine = window.incidents.events[-1]
    # the other one was written by who did not know of mine, and came with the feed
    window.incidents.events[:] = before
    edit_elsewhere(window, "Откроют к 23 часам.")
    window.incidents.events.append(mine)
    settle(window)

    assert told == [f"Действует текст, который ввёл другой: {SECOND.name}"]
    assert window.incidents.all()[0].text == "Откроют к 23 часам."


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
    """Behind the last field Tab goes on to it, where Alt+E and Esc did nothing."""
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
    window.enter("яма на лесной")
    qtbot.waitUntil(lambda: _fits(window), timeout=10_000)
    assert cut_words(window.part(IncidentStrip), may_elide=True) == []
    open_page(window)
    assert cut_words(window.part(IncidentsPage)) == []
    window.press(Qt.Key.Key_Escape)


def test_the_whole_text_is_read_and_the_page_asks_for_no_room_beside_the_directory(
    window: Window,
) -> None:
    declare(window, text=" ".join(["Бригада на месте, воду дадут к двадцати двум часам."] * 9))
    window.page.resize(1280, 720)
    window.talk()
    open_page(window)
    window.press(Qt.Key.Key_Escape)
    said = next(
        label
        for label in window.part(IncidentStrip).findChildren(QLabel)
        if label.text().startswith("Бригада")
    )
    assert said.height() >= said.heightForWidth(said.width()) > 3 * said.fontMetrics().height()
    assert window.page.size() == QSize(1280, 720)


def test_the_page_is_left_to_the_list(window: Window) -> None:
    open_page(window)
    assert window.shows(IncidentsPage)
    assert window.part(IncidentsPage).findChild(TextField) is not None
    window.press(Qt.Key.Key_Escape)
    assert window.shows(JournalPage)
