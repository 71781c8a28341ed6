"""Synchronisation of preferences with the central database over an unreliable network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.look import look_of
from console.core.own_desk import OwnDeskPresenter
from console.core.settings.workplace import ConsoleSettings
from console.features.own_desk.feature import RoamingDesk
from sync.errors import CentreUnwritten
from sync.register.people.own_desk import KeptDesk, OwnDesk
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.own_desks import FakeOwnDesks

AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DARK = OwnDesk(theme="dark")


class FakeCentre:
    """Returns its answers in order: preferences, or the code of a failure."""

    def __init__(self) -> None:
        self.answers: list[OwnDesk | str] = []
        self.asked: list[tuple[UUID, str]] = []

    def settle(self, operator_id: UUID, dsn: str) -> KeptDesk | None:
        self.asked.append((operator_id, dsn))
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise CentreUnwritten(answer)
        return KeptDesk(answer, AT)


class Bench:
    def __init__(self, owner: QObject, folder: Path) -> None:
        self.centre, self.session = FakeCentre(), "user=anna"
        settings = ConsoleSettings(folder)
        deliveries = Deliveries(owner)
        self.own_desk = OwnDeskPresenter(
            FakeOwnDesks(),
            deliveries,
            partial(look_of, settings=settings),
            spoken="ru",
            parent=owner,
        )
        self.roaming = RoamingDesk(
            self.own_desk,
            self.centre,
            deliveries,
            lambda _operator: self.session or None,
            owner,
        )
        self.own_desk.sign_in(OPERATOR, OwnDesk())

    @property
    def again(self) -> QTimer:
        (timer,) = self.roaming.findChildren(QTimer)
        return timer


@pytest.fixture
def bench(owner: QObject, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(owner, tmp_path)
    yield made
    made.roaming.close()


def settle() -> None:
    for _round in range(4):
        QCoreApplication.processEvents()


def test_a_centre_that_was_away_is_asked_again_while_she_sits_here(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.centre.answers = ["unreachable", DARK]
    bench.roaming.sign_in(OPERATOR)
    qtbot.waitUntil(bench.again.isActive)
    assert bench.own_desk.state.own == OwnDesk()
    bench.again.start(0)  # the minute is over

    qtbot.waitUntil(lambda: bench.own_desk.state.own == DARK)
    assert bench.centre.asked == [(OPERATOR.id, "user=anna")] * 2
    assert not bench.again.isActive()


def test_a_centre_that_refuses_is_not_asked_again_by_itself(bench: Bench, qtbot: QtBot) -> None:
    bench.centre.answers = ["timed_out", "refused", DARK]
    bench.roaming.sign_in(OPERATOR)
    qtbot.waitUntil(bench.again.isActive)
    bench.own_desk.choose_text(125)  # sent immediately, without waiting for the minute to end
    qtbot.waitUntil(lambda: len(bench.centre.asked) == 2)
    bench.roaming.close()
    settle()
    assert not bench.again.isActive()


def test_who_came_in_without_the_centre_waits_for_nothing(bench: Bench) -> None:
    bench.session = ""
    bench.roaming.sign_in(OPERATOR)
    bench.own_desk.choose_theme("dark")
    settle()

    assert bench.centre.asked == []
    assert not bench.again.isActive()


def test_what_she_changes_while_it_is_on_its_way_stays(bench: Bench, qtbot: QtBot) -> None:
    both = OwnDesk(theme="dark", left_folded=True)
    bench.centre.answers = [DARK, both, both]
    bench.roaming.sign_in(OPERATOR)
    bench.own_desk.fold_left(True)

    qtbot.waitUntil(lambda: bench.own_desk.state.own == both)


def test_nothing_is_asked_once_the_program_ends(bench: Bench) -> None:
    bench.roaming.close()
    bench.roaming.sign_in(OPERATOR)

    assert bench.centre.asked == []
