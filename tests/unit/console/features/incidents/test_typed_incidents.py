"""Unsaved text of an incident is restored after a crash, next to newer changes."""

from __future__ import annotations

from uuid import UUID

from console.features.incidents.incident_rows import IncidentPageState
from sync.register.incidents import IncidentAct, IncidentStep
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.incident_hands import SECOND
from tests.fakes.incidents import sightings
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle

WATER = UUID(int=901)


def declare(desk: KeptDesk, text: str, act: IncidentAct = IncidentAct.DECLARED) -> None:
    version = desk.incidents.all()[0].version if desk.incidents.all() else 0
    step = IncidentStep(act, WATER, "ул. Лесная", "roads-pits", text, version)
    desk.incidents.take(step, SECOND).result()
    desk.presenters.incidents.reload()
    settle()


def of_incident(desk: KeptDesk) -> IncidentPageState:
    desk.presenters.incident_page.open()
    settle()
    return desk.presenters.incident_page.state


def test_the_text_of_an_incident_is_found_again_beside_what_came_meanwhile(start: Start) -> None:
    first = start()
    declare(first, "Проезд откроют к 22 часам.")
    assert of_incident(first).text == "Проезд откроют к 22 часам."
    first.presenters.incident_page.set_text("Проезд откроют утром.")
    first.write()
    declare(first, "Проезд откроют к 23 часам.", IncidentAct.EDITED)

    again = start(first)
    state = of_incident(again)
    assert (state.text, state.found) == ("Проезд откроют утром.", FOUND)
    assert state.theirs == "Проезд откроют к 23 часам."
    assert [notice.body for notice in again.told.values] == ["Ещё не отправлено: инциденты."]
    page = again.presenters.incident_page
    page.confirm()  # it points at the other text first
    settle()
    assert again.incidents.all()[0].text == "Проезд откроют к 23 часам."
    again.write()
    assert len(again.on_disk()) == 1
    page.confirm()
    settle()
    assert again.incidents.all()[0].text == "Проезд откроют утром."
    assert of_incident(again).found == ""
    again.write()
    assert again.on_disk() == {}


def test_who_takes_the_other_text_leaves_nothing_of_hers(start: Start) -> None:
    first = start()
    declare(first, "Проезд откроют к 22 часам.")
    of_incident(first)
    first.presenters.incident_page.set_text("Проезд откроют утром.")
    first.write()
    again = start(first)
    of_incident(again)
    again.presenters.incident_page.take_theirs()
    assert again.presenters.incident_page.state.found == ""
    again.write()
    assert again.on_disk() == {}


def test_one_begun_by_hand_and_one_that_was_offered_go_on_by_hand(start: Start) -> None:
    first = start()
    first.incidents.seen += sightings(first.clock.now, "ул. Лесная", 3)
    first.presenters.incidents.reload()
    settle()
    assert of_incident(first).street == "Лесная"
    first.presenters.incident_page.set_text("Ремонтируют.")
    first.presenters.incident_page.begin()
    first.presenters.incident_page.set_street("ул. Садовая")
    first.write()

    again = start(first)
    state = of_incident(again)
    assert [row.version for row in state.rows] == ["новый", "новый", "возможно"]
    texts = set()
    for place in range(2):
        again.presenters.incident_page.choose(place)
        shown = again.presenters.incident_page.state
        texts.add((shown.street, shown.text, shown.found))
    assert texts == {("ул. Садовая", "", FOUND), ("Лесная", "Ремонтируют.", FOUND)}
    again.sit_down(OPERATOR)
    rows = again.presenters.incident_page.state.rows
    assert [row.version for row in rows] == ["возможно"]
    again.sit_down(SUPERVISOR)
    for _form in range(2):
        again.presenters.incident_page.end()
    again.write()
    assert again.on_disk() == {}


def test_an_offer_that_nobody_has_typed_in_is_no_words_of_hers(start: Start) -> None:
    first = start()
    first.incidents.seen += sightings(first.clock.now, "ул. Лесная", 3)
    first.presenters.incidents.reload()
    settle()
    page = first.presenters.incident_page
    text = of_incident(first).text
    page.set_text(f"{text}!")
    page.set_text(text)
    first.incidents.seen.clear()
    first.presenters.incidents.reload()
    settle()
    first.write()
    assert first.on_disk() == {}
