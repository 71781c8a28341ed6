"""Problems of the directory file are shown to the operator where they matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from kb.errors import (
    DamagedFileRemoved,
    DirectoryEvent,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from tests.fakes.console_fakes import OPERATOR, Told
from tests.fakes.console_phone import FakePhone
from tests.fakes.console_register import FakeRegister


@pytest.fixture
def notices(owner: QObject, milestones: Milestones) -> NoticesPresenter:
    desk = DeskPresenter(
        FakePhone(),
        FakeRegister(),
        Deliveries(owner),
        milestones,
        operator=OPERATOR,
        is_out_of_hours=lambda _at: False,
        parent=owner,
    )
    return NoticesPresenter(desk, owner)


def test_a_mended_directory_is_told_with_the_file_that_was_kept(notices: NoticesPresenter) -> None:
    told = Told(notices.told)
    kept = Path("/somewhere/directory.db.damaged-1")

    notices.receive_directory(IndexRebuilt(RebuildReason.DAMAGED, kept))

    (notice,) = told.values
    assert notice.head == "Справочник был повреждён и восстановлен"
    assert "directory.db.damaged-1" in notice.body
    assert "somewhere" not in notice.body
    assert not notice.problem


def test_an_index_that_could_not_be_made_is_a_problem(notices: NoticesPresenter) -> None:
    told = Told(notices.told)

    notices.receive_directory(IndexRebuildFailed(RebuildReason.NORMALISER, "SQLITE_FULL"))
    notices.receive_directory(IndexRebuildFailed(RebuildReason.DAMAGED, "SQLITE_CORRUPT"))

    assert [(notice.head, notice.problem) for notice in told.values] == [
        ("Не удалось обновить указатель справочника", True),
        ("Справочник повреждён, и восстановить его не удалось", True),
    ]


@pytest.mark.parametrize(
    "event",
    [
        IndexRebuildStarted(RebuildReason.WORN),
        IndexRebuilt(RebuildReason.NORMALISER),
        DamagedFileRemoved(Path("directory.db.damaged-1")),
    ],
)
def test_what_goes_on_behind_is_not_told(notices: NoticesPresenter, event: DirectoryEvent) -> None:
    told = Told(notices.told)

    notices.receive_directory(event)

    assert told.values == []
