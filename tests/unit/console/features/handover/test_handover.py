"""The shift handover report: the owner of its note, and text typed while a report is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject, qInstallMessageHandler

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.paper import Drawing
from console.core.settings.workplace import CITY_ZONE
from console.features.handover.presenter import HandoverPresenter, SheetMode
from kb.errors import DirectoryUnusable
from sync.errors import StoreUnavailable
from sync.register.people.operators import Operator, Role
from sync.register.people.shift import Line, Part
from tests.fakes.console_fakes import SUPERVISOR, Clock, InlineExecutor, Told
from tests.fakes.faked_desk import FakedDesk
from tests.fakes.faked_parts.shared import RESOURCES
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN

COLLEAGUE = Operator(UUID(int=88), "vtoraya", "Вторая Проба Ивановна", Role.OPERATOR)
OBSERVER = Operator(UUID(int=5), "observer", "Третья Проба", Role.OBSERVER)
LIMIT_S = 20.0
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


def wait_until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + LIMIT_S
    while not is_so():
        assert monotonic() < end
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


def test_a_sheet_of_yesterday_is_read_again_before_it_is_signed_or_printed(
    desk: FakedDesk, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 25, 23, 55, tzinfo=CITY_ZONE)
    handover = desk.presenters.handover
    begin(desk, "Ключ у старшей")
    notices = Told(handover.told)
    clock.advance(600)
    desk.sheets.parts = {Part.OVERDUE: (Line("2611-0001-00009-1", on=date(2026, 11, 25)),)}

    handover.sign()
    settle()

    assert desk.sheets.last is None
    assert desk.sheets.asked_on == date(2026, 11, 26)
    assert [notice.head for notice in notices.values] == [handover.state.lead]
    assert handover.state.note == "Ключ у старшей"
    clock.now += timedelta(days=1)
    handover.write_pdf()
    settle()
    assert desk.sheets.asked_on == date(2026, 11, 27)
    assert not list(desk.handover_folder.glob("*"))
    handover.sign()
    settle()
    assert desk.sheets.last is not None
    assert desk.sheets.last.content.parts[Part.OVERDUE].count == 1
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


def beside(
    desk: FakedDesk,
    drawing: Executor,
    owner: QObject,
    find_people: Callable[[str], Future[tuple[str, ...]]] = lambda _note: Future(),
) -> HandoverPresenter:
    """The presenter of this workspace with a separate thread for PDF files."""
    return HandoverPresenter(
        desk.sheets,
        desk.sheets,
        desk.presenters.shift_check,
        find_people,
        InlineExecutor(),
        drawing,
        Deliveries(owner),
        operator=lambda: desk.desk.operator,
        has_centre=True,
        workplace="0001",
        city="Белоключевск",
        folder=desk.handover_folder,
        templates=RESOURCES / "templates",
        zone=CITY_ZONE,
        clock=lambda: AT,
        parent=owner,
    )


def test_a_note_that_cannot_be_checked_is_signed_at_the_second_press(
    desk: FakedDesk, owner: QObject
) -> None:
    def unread(_note: str) -> Future[tuple[str, ...]]:
        refused: Future[tuple[str, ...]] = Future()
        refused.set_exception(DirectoryUnusable(Path("directory.db"), "SQLITE_IOERR"))
        return refused

    presenter = beside(desk, InlineExecutor(), owner, unread)
    told = Told(presenter.told)
    presenter.open()
    settle()
    presenter.set_note("Ключ у старшей")
    presenter.sign()
    settle()

    assert [notice.head for notice in told.values] == ["Записка не проверена на имена людей"]
    assert told.values[0].problem
    assert not presenter.state.is_busy
    assert desk.sheets.last is None

    presenter.sign()
    settle()
    assert presenter.state.mode is SheetMode.SIGNED
    assert desk.sheets.last is not None
    assert desk.sheets.last.content.note == "Ключ у старшей"


def test_a_sheet_is_put_on_paper_beside_the_window_once_and_told_of(
    desk: FakedDesk, owner: QObject
) -> None:
    held, complained = Event(), list[str]()
    former = qInstallMessageHandler(lambda _type, _where, text: complained.append(text))
    drawing = Drawing()
    try:
        presenter = beside(desk, drawing, owner)
        told, printed = Told(presenter.told), Told(presenter.printed)
        presenter.open()
        wait_until(lambda: bool(presenter.state.blocks))
        drawing.submit(held.wait, LIMIT_S)

        presenter.write_pdf()
        presenter.write_pdf()  # pressed twice, one file
        settle()
        assert [notice.head for notice in told.values] == ["Предыдущее ещё записывается"]
        assert not list(desk.handover_folder.glob("*"))
        desk.desk.set_operator(COLLEAGUE)  # the result belongs to the operator who requested it
        held.set()
        wait_until(lambda: len(printed.values) > 0)
    finally:
        held.set()
        assert drawing.stop(LIMIT_S)
        qInstallMessageHandler(former)

    assert [text for text in complained if "Timer" in text] == []
    (paper,) = desk.handover_folder.glob("*.pdf")
    assert paper.read_bytes()[:5] == b"%PDF-"
    assert printed.values == [(SUPERVISOR, None)]
    assert told.values[-1].head.endswith(paper.name)


def test_a_folder_that_takes_no_paper_is_told_and_nothing_is_noted(desk: FakedDesk) -> None:
    presenter = desk.presenters.handover
    told, printed = Told(presenter.told), Told(presenter.printed)
    begin(desk, "Ключ")
    desk.handover_folder.write_text("")
    for _press in range(2):
        presenter.write_pdf()
        settle()

    assert [notice.problem for notice in told.values] == [True, True]
    assert printed.values == []


def test_who_takes_no_calls_prints_no_sheet(desk: FakedDesk) -> None:
    presenter = desk.presenters.handover
    told, printed = Told(presenter.told), Told(presenter.printed)
    begin(desk, "Ключ")
    desk.desk.set_operator(OBSERVER)  # the page still exists

    presenter.write_pdf()
    settle()

    assert told.values[0].problem
    assert told.values[0].body.startswith("Ваша роль")
    assert (printed.values, list(desk.handover_folder.glob("*"))) == ([], [])


def test_what_is_typed_while_the_sheet_is_written_stands_in_the_next_one(desk: FakedDesk) -> None:
    told = Told(desk.presenters.handover.told)
    begin(desk, "Ключ")
    desk.sheets.held = True
    desk.presenters.handover.sign()
    desk.presenters.handover.set_note("Ключ у старшей")
    desk.presenters.handover.sign()  # pressed twice, one report
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
