"""Topic proposals over a real directory: permissions to propose and to decide, and the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_editor.proposals import ProposalsPresenter
from kb.store import Directory
from sync.register.people.operators import Role
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, InlineExecutor, Told, new_ids

EDITOR = replace(SUPERVISOR, name="Редактор Проба", role=Role.EDITOR)
PARTS = {
    "name": "Мосты",
    "owner": "road-service",
    "participants": "road-service",
    "route": "в отдел мостов",
    "organ": "road-service",
}


class Desk:
    def __init__(self, owner: QObject, directory: Directory) -> None:
        self.directory = directory
        self.operator = EDITOR
        at_once = InlineExecutor()
        self.presenter = ProposalsPresenter(
            directory,
            at_once,
            at_once,
            Deliveries(owner),
            operator=lambda: self.operator,
            new_id=new_ids(),
            zone=CITY_ZONE,
            parent=owner,
        )
        self.told = Told(self.presenter.told)
        self.stored = Told(self.presenter.stored)
        self.settle(self.presenter.reload)

    def settle(self, action: object = None) -> None:
        if callable(action):
            action()
        for _round in range(4):
            QCoreApplication.processEvents()

    def type(self, parts: dict[str, str]) -> None:
        for name, text in parts.items():
            self.presenter.set_field(name, text)
        self.settle()

    def propose(self, parts: dict[str, str]) -> None:
        self.type(parts)
        self.settle(self.presenter.propose)

    def decide(self, *, accepted: bool, reason: str = "") -> None:
        if reason:
            self.presenter.set_reason(reason)
        self.presenter.decide(accepted=accepted)
        self.settle()


@pytest.fixture
def desk(owner: QObject, tmp_path: Path) -> Iterator[Desk]:
    opened = Directory.open(tmp_path / "directory.db", starters=None)
    opened.replace_all((*TOPICS, *CATEGORIES, sample_unit()))
    yield Desk(owner, opened)
    opened.close()


def test_an_editor_writes_down_and_the_supervisor_accepts(desk: Desk) -> None:
    desk.propose(PARTS)
    state = desk.presenter.state
    assert (state.rows[0].what, state.rows[0].version) == ("Мосты", "ждёт решения")
    assert (state.chosen, state.fields["name"]) == ("", "")
    desk.presenter.choose(state.ids[0])
    assert not desk.presenter.state.may_decide
    desk.decide(accepted=True)
    assert desk.directory.proposals()[0].decision is None

    desk.operator = SUPERVISOR
    desk.presenter.choose(state.ids[0])
    assert desk.presenter.state.may_decide
    desk.decide(accepted=True)

    assert "Мосты" in [topic.title for topic in desk.directory.topics()]
    assert desk.presenter.state.rows[0].version == "принято"
    assert desk.presenter.state.status.startswith("Принято")
    assert not desk.presenter.state.may_decide
    assert len(desk.stored.values) == 1


def test_declining_asks_for_a_reason(desk: Desk) -> None:
    desk.propose(PARTS)
    desk.operator = SUPERVISOR
    desk.presenter.choose(desk.presenter.state.ids[0])
    desk.decide(accepted=False, reason=" ")
    assert desk.presenter.state.problems == {"reason": "Напишите причину: орган должен её знать"}

    desk.decide(accepted=False, reason="Есть тема «Дороги»")

    assert desk.presenter.state.status.startswith("Отклонено · ")
    assert desk.presenter.state.status.endswith(": Есть тема «Дороги»")
    assert "Мосты" not in [topic.title for topic in desk.directory.topics()]


def test_the_parts_of_4_2_and_the_organ_are_asked_for(desk: Desk) -> None:
    desk.propose({"name": " "})

    assert set(desk.presenter.state.problems) == {"name", "owner", "route", "organ"}
    assert desk.directory.proposals() == ()


def test_a_change_begins_with_what_the_topic_is_now(desk: Desk) -> None:
    desk.type({"entry": "roads-pits"})
    fields = desk.presenter.state.fields
    assert (fields["name"], fields["parent"], fields["owner"]) == ("Ямы", "roads", "road-service")

    desk.propose({"name": "Ямы и выбоины", "route": "в отдел", "organ": "road-service"})
    desk.operator = SUPERVISOR
    desk.presenter.choose(desk.presenter.state.ids[0])
    desk.decide(accepted=True)

    entry = desk.directory.entry("roads-pits")
    assert entry is not None
    assert (entry.title, entry.parent) == ("Ямы и выбоины", "roads")
    assert len(desk.directory.history("roads-pits")) == 2


def test_an_operator_proposes_nothing(desk: Desk) -> None:
    desk.operator = OPERATOR
    desk.propose(PARTS)

    assert desk.directory.proposals() == ()
