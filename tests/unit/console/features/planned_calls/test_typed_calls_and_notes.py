"""An unsaved callback and an unsaved note of a handover report are restored after a crash."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.features.handover.presenter import HandoverPresenter, SheetMode
from console.features.planned_calls.presenter import PlanForm, PlannedCallsPresenter
from sync.register.people.shift import Line, Part
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle


def test_a_promised_call_that_is_being_typed_is_found_again(start: Start) -> None:
    first = start()
    planned = first.presenters.planned
    planned.begin("+79005550101")
    first.write()
    assert first.on_disk() == {}  # prefilled, not typed
    planned.set_moment("завтра 9:00")
    planned.set_note("о счёте")
    planned.set_mine("mine")
    first.write()

    again = start(first)
    form = again.presenters.planned.state.form
    assert (form.phone, form.moment) == ("+7 (900) 555-01-01", "завтра 9:00")
    assert (form.note, form.is_mine) == ("о счёте", True)
    assert again.presenters.planned.state.found == FOUND
    assert [notice.body for notice in again.told.values] == ["Ещё не отправлено: обещанные звонки."]
    again.sit_down(OPERATOR)
    assert again.presenters.planned.state.form == PlanForm()
    again.sit_down(SUPERVISOR)

    again.presenters.planned.plan()
    settle()
    again.write()
    assert again.on_disk() == {}
    assert again.presenters.planned.state.found == ""
    assert len(again.planned.calls) == 1


def test_the_note_of_a_sheet_is_found_again_until_it_is_signed(start: Start) -> None:
    first = start()
    first.presenters.handover.set_note("Ключ у старшей")
    first.write()

    again = start(first)
    again.sheets.parts = {Part.MISSED: (Line("2611-0001-00007-3", at=again.clock.now),)}
    handover = again.presenters.handover
    again.sit_down(OPERATOR)
    assert (handover.state.note, handover.state.found) == ("", "")
    again.sit_down(SUPERVISOR)
    handover.open()
    settle()
    assert (handover.state.note, handover.state.found) == ("Ключ у старшей", FOUND)

    handover.sign()
    settle()
    assert handover.state.mode is SheetMode.SIGNED
    assert handover.state.found == ""
    again.write()
    assert again.on_disk() == {}


@pytest.mark.parametrize(
    "page_of",
    [lambda desk: desk.presenters.planned, lambda desk: desk.presenters.handover],
    ids=["promised call", "note of a sheet"],
)
def test_what_was_emptied_is_found_no_more(
    start: Start, page_of: Callable[[KeptDesk], PlannedCallsPresenter | HandoverPresenter]
) -> None:
    first = start()
    page_of(first).set_note("Ключ у старшей")
    first.write()
    again = start(first)
    page = page_of(again)
    if isinstance(page, HandoverPresenter):
        page.open()
        settle()
    assert page.state.found == FOUND
    page.set_note(" ")
    assert page.state.found == ""
    again.write()
    assert again.on_disk() == {}


def test_what_was_sent_leaves_the_disk_without_waiting(start: Start) -> None:
    desk = start()
    planned, handover = desk.presenters.planned, desk.presenters.handover
    planned.set_phone("8 900 555-01-01")
    planned.set_moment("завтра 9:00")
    handover.open()
    settle()
    handover.set_note("Ключ у старшей")
    desk.write()
    assert len(desk.on_disk()) == 2
    planned.plan()
    handover.sign()
    settle()
    desk.store.try_disk().result()
    assert desk.on_disk() == {}
