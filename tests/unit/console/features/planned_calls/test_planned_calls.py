"""Scheduled callbacks of other operators, over a real store: notifications and conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot
from uuid_utils.compat import uuid7

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.planned_calls.presenter import PlannedCallsPresenter
from sync.register.calls.missed import ClaimHolder, ClaimStage
from sync.register.calls.planned import (
    HERS,
    PATIENCE,
    PlannedCall,
    PlannedOutcome,
    PlannedOvertaken,
    plan,
    step_of,
)
from sync.register.people.operators import Operator, Role
from sync.store.local.calls.planned import PlannedCalls
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.records import RANG_AT
from tests.fakes.store_template import StoreTemplate

ANNA = Operator(UUID(int=1), "anna", "Аннина Анна Ивановна", Role.OPERATOR)
BORIS = Operator(UUID(int=2), "boris", "Борисов Борис Ильич", Role.OPERATOR)
WATCHER = Operator(UUID(int=3), "kontrol", "Смотров Семён Ильич", Role.OBSERVER)
DUE_AT = RANG_AT + timedelta(hours=1)
WAIT_S = 10


class Desk:
    """A workplace with a signed-in operator and a central database; the test sets its clock."""

    def __init__(self, store: RegisterStore, owner: QObject) -> None:
        self.now, self.operator, self.is_there = RANG_AT, BORIS, True
        self.calls = PlannedCalls(store, clock=self.clock)
        self.told: list[Notice] = []
        self.presenter = PlannedCallsPresenter(
            self.calls,
            InlineExecutor(),
            Deliveries(owner),
            operator=lambda: self.operator,
            new_id=uuid7,
            zone=CITY_ZONE,
            area_code="8652",
            is_there=lambda: self.is_there,
            clock=self.clock,
            parent=owner,
        )
        self.presenter.told.connect(self.told.append)

    def clock(self) -> datetime:
        return self.now

    def promise(self, *, is_mine: bool = True, by: Operator = ANNA) -> PlannedCall:
        """Schedules a callback at some workplace, as it is received here."""
        made = plan(
            "+79005550131", DUE_AT, "о тепле", is_mine=is_mine, id=uuid7(), now=self.now, by=by
        )
        assert isinstance(made, PlannedCall)
        self.calls.add(made).result(WAIT_S)
        self.read()
        return made

    def read(self) -> None:
        self.presenter.reload()
        QCoreApplication.processEvents()

    def at(self, moment: datetime) -> list[str]:
        """New notifications since the previous time."""
        self.told.clear()
        self.now = moment
        self.read()
        return [notice.head for notice in self.told]


@pytest.fixture
def desk(tmp_path: Path, store_template: StoreTemplate, qapp: object) -> Iterator[Desk]:
    store = store_template.open_copy(tmp_path / "register.db")
    owner = QObject()
    yield Desk(store, owner)
    owner.deleteLater()
    assert store.close_store()


TIME = "Пришло время обещанного звонка"


def test_what_who_is_not_there_promised_is_told_to_who_is(desk: Desk) -> None:
    desk.promise()
    assert desk.presenter.state.rows[0].version == "Аннина А. И."
    assert desk.at(DUE_AT) == []
    assert desk.presenter.state.due == 0
    heard: list[None] = []
    desk.presenter.time_has_come.connect(lambda: heard.append(None))
    assert desk.at(DUE_AT + PATIENCE) == [TIME]
    assert (desk.presenter.state.due, desk.presenter.state.can_note) == (1, True)
    assert desk.at(DUE_AT + HERS) == [], "it is told once"
    assert len(heard) == 1, "and heard as often as it is told"
    (left,) = desk.calls.still_open()
    assert left.reminded_at is None, "he is not who promised it"


def test_who_promised_is_told_at_once_and_the_others_hear_of_it(desk: Desk, qtbot: QtBot) -> None:
    call = desk.promise()
    desk.operator = ANNA
    assert desk.at(DUE_AT) == [TIME]
    qtbot.waitUntil(lambda: desk.calls.still_open()[0].reminded_at == call.at)
    desk.operator = BORIS
    assert desk.at(DUE_AT + PATIENCE) == []
    assert desk.at(DUE_AT + HERS) == [TIME], "she has left it"


def test_an_empty_desk_is_told_nothing_and_says_nothing_for_who_promised(desk: Desk) -> None:
    desk.promise()
    desk.operator, desk.is_there = ANNA, False
    assert desk.at(DUE_AT) == []
    assert desk.calls.still_open()[0].reminded_at is None
    desk.is_there = True
    assert desk.at(DUE_AT + timedelta(minutes=1)) == [TIME]


def test_who_takes_no_calls_is_told_of_none(desk: Desk) -> None:
    desk.promise(is_mine=False)
    desk.operator = WATCHER
    assert desk.at(DUE_AT + HERS) == []
    assert not desk.presenter.state.can_note


def test_what_a_colleague_has_ended_before_is_said_and_leaves_the_list(
    desk: Desk, qtbot: QtBot
) -> None:
    call = desk.promise()
    desk.calls.note(call.id, PlannedOutcome.TALKED, ANNA).result(WAIT_S)
    desk.told.clear()
    desk.presenter.note(PlannedOutcome.NOT_NEEDED)
    qtbot.waitUntil(lambda: bool(desk.told))
    qtbot.waitUntil(lambda: not desk.presenter.state.rows)
    assert desk.told[0].head == "Коллега успел раньше: звонок уже закрыт"
    assert desk.told[0].body == "Отмечено: поговорили."


def test_who_was_second_elsewhere_is_told(desk: Desk) -> None:
    call = desk.promise()
    over = replace(call, outcome=PlannedOutcome.NOT_NEEDED)
    lost = step_of(call, PlannedOutcome.TALKED, DUE_AT, BORIS, uuid7())
    desk.presenter.overtaken(PlannedOvertaken(over, lost))
    assert [(notice.head, notice.body) for notice in desk.told] == [
        ("Коллега успел раньше: звонок уже закрыт", "Отмечено: звонить не нужно.")
    ]


def test_a_call_that_is_gone_is_said_to_be(desk: Desk, qtbot: QtBot) -> None:
    call = desk.promise()
    desk.calls.note(call.id, PlannedOutcome.TALKED, ANNA).result(WAIT_S)
    desk.now += timedelta(days=100)
    desk.told.clear()
    desk.presenter.note(PlannedOutcome.TALKED)
    qtbot.waitUntil(lambda: bool(desk.told))
    assert [notice.head for notice in desk.told] == ["Этого звонка в списке уже нет"]


def test_a_key_that_was_meant_for_a_call_that_went_away_is_not_taken_for_the_next(
    desk: Desk, qtbot: QtBot
) -> None:
    first = desk.promise()
    desk.now += timedelta(seconds=1)
    second = desk.promise()
    desk.calls.note(first.id, PlannedOutcome.TALKED, ANNA).result(WAIT_S)
    desk.read()
    desk.told.clear()
    desk.presenter.note(PlannedOutcome.NOT_NEEDED)
    assert [notice.head for notice in desk.told] == ["Выбранного звонка в списке уже нет"]
    assert [one.id for one in desk.calls.still_open()] == [second.id]
    desk.presenter.note(PlannedOutcome.NOT_NEEDED)
    qtbot.waitUntil(lambda: not desk.calls.still_open())


def test_after_her_own_key_the_next_call_is_hers_to_close(desk: Desk, qtbot: QtBot) -> None:
    for _twice in range(2):
        desk.promise()
        desk.now += timedelta(seconds=1)
    desk.presenter.note(PlannedOutcome.TALKED)
    qtbot.waitUntil(lambda: len(desk.presenter.state.rows) == 1)
    desk.presenter.note(PlannedOutcome.TALKED)
    qtbot.waitUntil(lambda: not desk.presenter.state.rows)


def test_who_of_the_team_is_calling_stands_in_the_row(desk: Desk) -> None:
    desk.promise()
    desk.presenter.show_claims((("+79005550131", ClaimHolder(ANNA.name, ClaimStage.CALLING)),))
    (row,) = desk.presenter.state.rows
    assert (row.version, row.icon) == ("звонит Аннина А. И.", "phone-outgoing")
    for minutes, is_theirs in ((1, True), (-1, False)):
        # A callback scheduled during or after the talk is unrelated to the record being written.
        talked_at = desk.now + timedelta(minutes=minutes)
        holder = ClaimHolder(ANNA.name, ClaimStage.WRITING, talked_at)
        desk.presenter.show_claims((("+79005550131", holder),))
        (row,) = desk.presenter.state.rows
        assert (row.version == "пишет запись Аннина А. И.") is is_theirs
    assert desk.presenter.promised_at == desk.now
    desk.presenter.show_claims(())
    (row,) = desk.presenter.state.rows
    assert (row.version, row.icon) == ("Аннина А. И.", "clock")
