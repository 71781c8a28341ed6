"""The hand-over sheet: whose note it is, and what was typed while a sheet was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.milestones import Milestones
from console.presenters.handover import SheetMode
from sync.errors import StoreUnavailable
from sync.register.handover import Line, Part
from sync.register.operators import Operator, Role
from tests.fakes.console_fakes import SUPERVISOR, Clock, Told
from tests.fakes.faked_desk import FakedDesk
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN

COLLEAGUE = Operator(UUID(int=88), "vtoraya", "Вторая Проба Ивановна", Role.OPERATOR)
AT = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.fixture
def desk(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[FakedDesk]:
    made = FakedDesk(owner, milestones, clock, tmp_path)
    made.sheets.parts = {Part.MISSED: (Line("2611-0001-00007-3", at=AT),)}
    made.presenters.handover.signed_in()
    settle()
    yield made
    made.entries.close()


def settle() -> None:
    for _round in range(8):
        QCoreApplication.processEvents()


def unlock(desk: FakedDesk, operator: Operator) -> None:
    desk.desk.set_operator(operator)
    desk.presenters.handover.signed_in()
    settle()


def begin(desk: FakedDesk, note: str) -> None:
    desk.presenters.handover.open()
    settle()
    desk.presenters.handover.set_note(note)


def test_who_unlocks_her_own_desk_signs_the_note_that_the_page_still_shows(
    desk: FakedDesk,
) -> None:
    begin(desk, "Ключ у старшей")
    unlock(desk, SUPERVISOR)
    desk.presenters.handover.sign()
    settle()

    assert desk.sheets.last is not None
    assert desk.sheets.last.content.note == "Ключ у старшей"


def test_nobody_signs_what_was_put_together_for_somebody_else(desk: FakedDesk) -> None:
    told = Told(desk.presenters.handover.told)
    begin(desk, "Записка первой")
    unlock(desk, COLLEAGUE)

    state = desk.presenters.handover.state
    assert (state.blocks, state.note) == ((), "")
    desk.presenters.handover.sign()
    desk.presenters.handover.write_pdf()
    settle()
    assert desk.sheets.last is None
    assert not list(desk.handover_folder.glob("*"))
    assert [notice.head for notice in told.values] == ["Подписывать здесь нечего"] * 2

    begin(desk, "Записка второй")
    unlock(desk, SUPERVISOR)
    desk.presenters.handover.open()
    settle()
    assert desk.presenters.handover.state.note == "Записка первой"


def test_what_is_typed_while_the_sheet_is_written_stands_in_the_next_one(desk: FakedDesk) -> None:
    told = Told(desk.presenters.handover.told)
    begin(desk, "Ключ")
    desk.sheets.held = True
    desk.presenters.handover.sign()
    desk.presenters.handover.set_note("Ключ у старшей")
    desk.presenters.handover.sign()  # pressed twice it is one sheet
    assert [notice.head for notice in told.values] == ["Предыдущее ещё записывается"]
    desk.sheets.write()
    settle()

    assert desk.sheets.last is not None
    assert desk.sheets.last.content.note == "Ключ"
    assert desk.presenters.handover.state.mode is SheetMode.SIGNED
    assert "не вошло" in told.values[-1].body
    desk.presenters.handover.open()
    settle()
    assert desk.presenters.handover.state.note == "Ключ у старшей"


def test_what_is_typed_while_a_disk_refuses_stays_on_the_page(desk: FakedDesk) -> None:
    begin(desk, "Ключ")
    desk.sheets.held, desk.sheets.trouble = True, StoreUnavailable("SQLITE_FULL")
    desk.presenters.handover.sign()
    desk.presenters.handover.set_note("Ключ у старшей")
    desk.sheets.write()
    settle()

    state = desk.presenters.handover.state
    assert (state.note, state.is_busy) == ("Ключ у старшей", False)


def test_a_sheet_that_is_written_late_is_hers_who_signed_it(desk: FakedDesk) -> None:
    arrived = Told(desk.presenters.handover.arrived)
    begin(desk, "Ключ у старшей")
    desk.sheets.held = True
    desk.presenters.handover.sign()
    unlock(desk, COLLEAGUE)
    desk.sheets.write()
    settle()

    assert desk.sheets.last is not None
    assert desk.sheets.last.left.by_id == SUPERVISOR.id
    assert desk.presenters.handover.state.mode is SheetMode.WAITING
    assert len(arrived.values) == 1
