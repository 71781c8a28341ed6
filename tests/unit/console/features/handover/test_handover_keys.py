"""The shift handover report by keyboard: created, signed, accepted, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.features.handover.page import HandoverPage
from console.features.handover.presenter import SheetMode
from console.ui.text_field import TextField
from sync.errors import StoreUnavailable
from sync.register.people.operators import Operator, Role
from sync.register.people.shift import Line, Part, Sheet, SheetContent, Signature, part_of
from tests.fakes.console_fakes import SUPERVISOR, Told
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window

pytestmark = NO_SCREEN

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)
MISSED, DUE = "2611-0001-00007-3", "2611-0001-00008-1"
COLLEAGUE = Signature(UUID(int=88), "Вторая Проба Ивановна", AT)
OBSERVER = Operator(UUID(int=5), "observer", "Третья Проба", Role.OBSERVER)


@pytest.fixture
def desk(window: Window) -> Iterator[Window]:
    """A workspace with two open items; reset without reports."""
    window.sheets.parts = {
        Part.MISSED: (Line(MISSED, at=AT),),
        Part.DUE_TODAY: (Line(DUE, on=date(2026, 11, 25)),),
    }
    yield window
    window.sheets.parts, window.sheets.last, window.sheets.trouble = {}, None, None
    window.presenters.handover.set_note("")


def settle() -> None:
    for _round in range(8):
        QCoreApplication.processEvents()


def open_sheet(window: Window) -> None:
    window.press(Qt.Key.Key_H, CTRL)
    settle()


def shown(window: Window) -> str:
    labels = window.part(HandoverPage).findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def waiting(note: str = "") -> Sheet:
    content = SheetContent({Part.MISSED: part_of((Line(MISSED, at=AT),))}, 2, (), note)
    return Sheet(UUID(int=40), content, COLLEAGUE)


def test_the_sheet_names_records_and_nobody_and_is_signed_with_a_note(desk: Window) -> None:
    told = Told(desk.presenters.handover.told)

    open_sheet(desk)
    assert desk.shows(HandoverPage)
    assert isinstance(QApplication.focusWidget(), TextField)
    assert desk.sheets.asked_on == date(2026, 11, 25)
    text = shown(desk)
    assert MISSED in text
    assert f"{DUE} · до 25.11.2026" in text
    desk.enter("Ключ у старшей.")
    desk.press(Qt.Key.Key_Return, CTRL)
    settle()

    sheet = desk.sheets.last
    assert sheet is not None
    assert sheet.content.note == "Ключ у старшей."
    assert sheet.content.parts[Part.MISSED].lines[0].number == MISSED
    assert sheet.left.by_id == SUPERVISOR.id
    assert told.values[-1].head == "Лист подписан"
    assert desk.presenters.handover.state.mode is SheetMode.SIGNED
    assert "Принято: пока никем" in shown(desk)


def test_a_note_that_names_a_telephone_is_asked_about_once(desk: Window) -> None:
    told = Told(desk.presenters.handover.told)
    open_sheet(desk)
    desk.enter("Позвонить на 555-01-37")

    desk.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert desk.sheets.last is None
    assert told.values[-1].problem
    assert "555-01-37" in told.values[-1].head

    desk.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert desk.sheets.last is not None


def test_who_signs_in_sees_the_sheet_at_once_and_takes_it_over(desk: Window) -> None:
    desk.sheets.last = waiting("Смотрите черновики.")

    desk.presenters.handover.signed_in()
    settle()

    assert desk.shows(HandoverPage)
    assert "Смотрите черновики." in shown(desk)
    desk.press(Qt.Key.Key_Return, CTRL)
    settle()
    assert desk.sheets.last.accepted is not None
    assert desk.sheets.last.accepted.by_id == SUPERVISOR.id
    assert "Подписано обеими сторонами" in shown(desk)


def test_a_sheet_waits_for_the_end_of_a_call(desk: Window) -> None:
    desk.sheets.last = waiting()
    desk.talk()
    told = Told(desk.presenters.notices.told)

    desk.presenters.handover.signed_in()
    settle()

    assert not desk.shows(HandoverPage)
    assert [notice.head for notice in told.values][-1] == "Вас ждёт лист прошлой смены"


def test_nobody_takes_over_from_himself(desk: Window) -> None:
    own = Signature(SUPERVISOR.id, SUPERVISOR.name, AT)
    desk.sheets.last = Sheet(UUID(int=40), waiting().content, own)

    desk.presenters.handover.signed_in()
    settle()

    assert not desk.shows(HandoverPage)
    open_sheet(desk)
    assert desk.presenters.handover.state.mode is SheetMode.NEW


def test_who_takes_no_calls_has_no_sheet_and_is_told_so(own_window: Window) -> None:
    own_window.sheets.last = waiting()
    own_window.sit_down(OBSERVER)
    told = Told(own_window.presenters.handover.told)

    open_sheet(own_window)
    assert own_window.presenters.handover.state.mode is SheetMode.REFUSED
    own_window.presenters.handover.sign()

    assert told.values[-1].problem
    assert own_window.sheets.last.accepted is None


def test_a_disk_that_refuses_is_told_and_the_note_stays(desk: Window) -> None:
    told = Told(desk.presenters.handover.told)
    open_sheet(desk)
    desk.enter("Не потерять")
    desk.sheets.trouble = StoreUnavailable("SQLITE_FULL")

    desk.press(Qt.Key.Key_Return, CTRL)
    settle()

    assert told.values[-1].head == "Не сохранено."
    assert desk.presenters.handover.state.note == "Не потерять"
    assert desk.sheets.last is None


def test_the_sheet_is_printed_with_its_note(desk: Window) -> None:
    told = Told(desk.presenters.handover.told)
    open_sheet(desk)
    desk.enter("Номер 7")

    desk.press(Qt.Key.Key_P, CTRL)
    settle()

    files = list(desk.handover_folder.glob("*.pdf"))
    assert [file.name[:8] for file in files] == ["передача"]
    assert files[0].read_bytes()[:5] == b"%PDF-"
    assert not told.values[-1].problem


def test_every_part_of_the_sheet_is_read_out(desk: Window) -> None:
    open_sheet(desk)

    names = [child.accessibleName() for child in desk.part(HandoverPage).findChildren(QWidget)]

    assert any(name.startswith("Пропущенные, не разобраны. 1. ") for name in names)
    assert "Записка следующей смене" in names


def test_a_part_that_is_not_told_of_takes_no_card(desk: Window) -> None:
    open_sheet(desk)
    presenter, page = desk.presenters.handover, desk.part(HandoverPage)

    def cards() -> list[str]:
        parts = page.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
        heads = {block.title for block in presenter.state.blocks}
        names = [part.accessibleName().split(". ")[0] for part in parts if part.isVisible()]
        return [name for name in names if name in heads]

    whole = presenter.state
    assert len(cards()) == len(whole.blocks)
    presenter.changed.emit(replace(whole, blocks=whole.blocks[:-1]))
    settle()
    assert len(cards()) == len(whole.blocks) - 1
    presenter.changed.emit(whole)
    settle()
    assert len(cards()) == len(whole.blocks)
