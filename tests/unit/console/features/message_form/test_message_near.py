"""Known messages at the place of a message, and linking the call to one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from console.core.milestones import Milestones
from sync.register.calls.calls import CallResult
from sync.register.checks.finding import Ground
from sync.register.handling.handled import HandledMessage, projected
from tests.fakes.console_fakes import OPERATOR, Clock
from tests.fakes.console_phone import Call
from tests.fakes.led_form import LedForm
from tests.fakes.message_ways import UP, led, refused, registered, sent_to


@pytest.fixture
def form(owner: QObject, milestones: Milestones, clock: Clock) -> LedForm:
    made = LedForm(owner, milestones, clock)
    made.talk(Call(), "Яма на дороге")
    return made


def known_message() -> HandledMessage:
    way = led(
        7, (UP, registered(7), sent_to("road-service", "road-service")), place="ул. Пробная, 5"
    )
    return HandledMessage(projected(way.record, way.standing, way.history.events), way.history)


def test_the_newest_place_is_looked_for_when_the_search_before_it_is_over(
    form: LedForm, qtbot: QtBot
) -> None:
    known = known_message()
    form.handling.messages[known.id] = known
    form.finder.held = True
    pause = form.near.findChild(QTimer)
    assert isinstance(pause, QTimer)
    form.presenter.begin(OPERATOR)
    for place in ("ул. Другая, 1", "ул. Пробная, 5"):
        form.presenter.set_place(place)
        assert pause.isActive()
        qtbot.waitUntil(lambda: not pause.isActive(), timeout=5000)
    assert form.finder.asked == ["ул. Другая, 1"]
    form.finder.held = False
    form.finder.release()
    qtbot.waitUntil(lambda: len(form.near.rows) == 1, timeout=5000)
    assert form.finder.asked == ["ул. Другая, 1", "ул. Пробная, 5"]


def test_what_is_known_at_the_place_is_listed_and_the_call_is_tied_to_it(
    form: LedForm, qtbot: QtBot
) -> None:
    known = known_message()
    form.handling.messages[known.id] = known
    form.presenter.begin(OPERATOR)
    form.presenter.set_place("ул. Пробная, 5")
    qtbot.waitUntil(lambda: len(form.near.rows) == 1, timeout=5000)
    (row,) = form.near.rows
    assert row.title == f"№ {known.record.number} · с 02.11.2026"
    assert row.text == "Яма на дороге."
    assert row.place == "ул. Пробная, 5 · тот же дом"
    assert row.meta == "у органа · срок не задан"

    # A message of this very call is not known already: it was made a minute ago.
    card = form.desk.state.card
    assert card is not None
    own = HandledMessage(replace(known.record, call_id=card.id), known.history)
    form.handling.messages[known.id] = own
    form.presenter.set_text("Яма.")
    qtbot.waitUntil(lambda: form.near.rows == (), timeout=5000)
    form.handling.messages[known.id] = known

    form.presenter.join(row.id)
    QCoreApplication.processEvents()
    card = form.desk.state.card
    assert card is not None
    assert form.handling.steps_of(known.id)[-1] == "link_call"
    assert form.handling.messages[known.id].standing.call_ids == (card.id,)
    (draft,) = form.register.messages.values()
    assert form.handling.steps_of(draft.id) == ["join"]
    assert (card.message_id, card.result, card.content) == (
        known.id,
        CallResult.MESSAGE,
        "Яма на дороге",
    )
    assert [one.id for one in form.joined.values] == [known.id]
    assert not form.presenter.begin(OPERATOR)
    assert form.registered.values == []


def test_a_message_that_came_to_its_end_is_not_tied_and_the_form_stays(form: LedForm) -> None:
    known = led(8, (UP, refused(Ground.NO_PLACE)))
    form.handling.messages[known.id] = known
    form.presenter.begin(OPERATOR)
    form.fill()
    form.presenter.join(known.id)
    QCoreApplication.processEvents()
    assert form.told.values[-1].problem
    form.handling.refusing = True
    form.presenter.join(known.id)
    QCoreApplication.processEvents()
    assert form.told.values[-1].head == "Диск не принимает: ничего не изменено"
    assert form.joined.values == []
    form.register_message()
    assert len(form.registered.values) == 1
