"""The official text during a call: offered, read out, changed or withdrawn in the meantime."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.features.call_card.card_view import CallCard
from console.features.incidents import words as incidents_words
from console.features.incidents.page import IncidentStrip
from console.ui.buttons import ActionButton
from console.ui.notices import Toast
from sync.register.calls import by_hand
from sync.register.calls.calls import CallResult, CallState
from sync.register.incidents import IncidentState
from tests.fakes.console_fakes import OPERATOR, Told
from tests.fakes.console_phone import Call
from tests.fakes.incident_hands import (
    TEXT,
    WATER,
    callers,
    declare,
    edit_elsewhere,
    end_elsewhere,
    open_page,
    say,
    settle,
    spoken,
    text_field,
)
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN


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
    assert by_hand.incidents_told(card) == (declared.id,)
    assert window.desk.state.closes_at_end
    offered = window.part(IncidentStrip).findChildren(ActionButton)
    assert [button.text() for button in offered if button.isVisible()] == []
    assert "Ответ дан: карточка закроется с вызовом." in spoken(window)
    window.tell(Call().ended())
    QCoreApplication.processEvents()
    saved = window.register.records[card.id]
    assert saved.state is CallState.CLOSED
    assert by_hand.incidents_told(saved) == (declared.id,)


def test_a_text_that_changes_while_it_is_said_is_pointed_at_also_after_the_key(
    window: Window, qtbot: QtBot
) -> None:
    declare(window)
    window.talk()
    say(window, qtbot)
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

    # The next caller gets only this text: nothing has changed for that caller.
    window.tell(Call().ended())
    QCoreApplication.processEvents()
    window.talk(Call("two@test.invalid", rang_at=window.clock.now + timedelta(minutes=1)))
    say(window, qtbot)
    assert "Текст изменён: прочитайте новый." not in spoken(window)


@pytest.mark.parametrize("said", ["", "яма на лесной"], ids=["not a word yet", "known by words"])
def test_what_is_ended_while_it_is_said_stays_until_the_call_is_closed_with_it(
    window: Window, qtbot: QtBot, said: str
) -> None:
    declare(window)
    window.talk()
    if said:
        say(window, qtbot, said)
    end_elsewhere(window)
    assert "Завершён в" in spoken(window)
    assert TEXT in spoken(window)
    window.press(Qt.Key.Key_I, CTRL)
    assert by_hand.incidents_told(window.card) == (WATER,)
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
    say(window, qtbot)
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
    told = Told(window.presenters.incidents.told)
    window.talk()
    window.enter("ям")
    window.press(Qt.Key.Key_I, CTRL)

    assert [notice.head for notice in told.values] == [incidents_words.nothing_to_tell(False)]
    assert window.part(Toast).accessibleName().startswith(told.values[0].head)
    assert window.card.result is None
    assert window.card.content == "ям"

    window.desk.change_card(replace(window.card, result=CallResult.ANSWERED))
    window.desk.save()
    window.tell(Call().ended())
    settle(window)
    declare(window)
    window.press(Qt.Key.Key_I, CTRL)
    assert [notice.head for notice in told.values[1:]] == [incidents_words.nothing_to_tell(True)]


def test_the_text_shown_is_of_the_incident_that_the_caller_speaks_of(
    window: Window, qtbot: QtBot
) -> None:
    declare(window)
    declare(window, "ул. Горная", "На Горной гололёд, песок везут.", UUID(int=902))
    watch = window.presenters.incidents
    window.talk()
    assert watch.state.said is not None
    assert watch.state.said.title.startswith("ул. Горная")
    say(window, qtbot)

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
    # An operator may not declare or end an incident that awaits the supervisor's decision.
    open_page(window)
    window.press(Qt.Key.Key_Return, CTRL)
    window.press(Qt.Key.Key_E, ALT)
    settle(window)
    assert window.incidents.all()[0].state is IncidentState.PROPOSED


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
