"""Column widths set by mouse and keys: applied immediately, stored, and restored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.features.own_desk.page import OwnDeskPage
from console.features.reports.page import ReportPage
from console.features.review.queue_page import QueuePage
from console.ui.figures_table import FiguresTable
from console.ui.table_columns import ColumnsPanel
from console.ui.theme import Theme
from sync.register.people.own_desk import LEAST_COLUMN_PX, OwnDesk
from telephony.events import EndCause
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.console_phone import Call
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SMALL_SCREEN, Window, cut_words, visible

pytestmark = NO_SCREEN
TIME, NUMBER, PHONE, ABOUT, RESULT = range(5)
LARGE_SCREEN = (1600, 900)
WHY_NOT = "Список пуст: ширину столбцов можно менять, когда в нём что-то есть"
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window: Window) -> Iterator[Window]:
    """A workspace with the list of calls, whose operator has changed no preference yet."""
    window.presenters.own_desk.sign_in(OPERATOR, OwnDesk())
    missed = Call("missed@test.invalid", rang_at=window.clock.now)
    window.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP, 5))
    window.page.resize(*LARGE_SCREEN)
    settle()
    assert window.shows(JournalPage)
    yield window
    window.presenters.own_desk.sign_in(SUPERVISOR, OwnDesk())
    window.own_desks.kept.clear()
    window.own_desks.times = 0
    window.presenters.journal.show_list(JournalList.CALLS)


def calls(desk: Window) -> QTableView:
    page = desk.part(JournalPage)
    assert isinstance(page, JournalPage)
    return page.table


def widths(table: QTableView) -> list[int]:
    return [table.columnWidth(column) for column in range(table.model().columnCount())]


def draw(table: QTableView, edge_px: int, by_px: int) -> None:
    """Drags an edge of the header by small steps, as with a mouse."""
    head = table.horizontalHeader().viewport()
    at = QPoint(edge_px, head.height() // 2)
    QTest.mousePress(head, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for part in (3, 2, 1):
        QTest.mouseMove(head, at + QPoint(round(by_px / part), 0))
        settle()
    QTest.mouseRelease(
        head, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(by_px, 0)
    )
    settle()


def edge(table: QTableView, column: int) -> int:
    return table.columnViewportPosition(column)


def kept(desk: Window) -> OwnDesk:
    desk.presenters.own_desk.keep_now()
    return desk.own_desks.kept.get(OPERATOR.id, OwnDesk())


def test_a_hand_draws_an_edge_and_it_stays_under_the_hand(desk: Window) -> None:
    table = calls(desk)
    made = widths(table)
    draw(table, edge(table, ABOUT), 40)  # the right edge of the previous column
    assert widths(table)[PHONE] == made[PHONE] + 40
    assert widths(table)[ABOUT] == made[ABOUT] - 40
    draw(table, edge(table, RESULT), -30)  # the left edge of a later column
    assert widths(table)[RESULT] == made[RESULT] + 30
    assert sum(widths(table)) == sum(made)
    assert kept(desk).widths == {
        "journal.calls": {"phone": made[PHONE] + 40, "result": made[RESULT] + 30}
    }

    head = table.horizontalHeader().viewport()
    at = QPoint(edge(table, ABOUT), 5)
    QTest.mouseDClick(head, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    settle()
    assert widths(table)[PHONE] == made[PHONE]
    assert kept(desk).widths == {"journal.calls": {"result": made[RESULT] + 30}}


def test_a_press_on_an_edge_or_beside_it_chooses_nothing(desk: Window) -> None:
    table = calls(desk)
    made = widths(table)
    draw(table, edge(table, ABOUT), 0)
    draw(table, edge(table, ABOUT) + 30, 40)

    assert widths(table) == made
    assert kept(desk) == OwnDesk()


def test_no_column_takes_the_room_of_the_words(desk: Window) -> None:
    table = calls(desk)
    draw(table, edge(table, ABOUT), 5000)
    assert widths(table)[ABOUT] == 120
    assert sum(widths(table)) == table.viewport().width()
    draw(table, edge(table, ABOUT), -5000)
    assert widths(table)[PHONE] == LEAST_COLUMN_PX


def test_what_was_chosen_is_not_forgotten_in_a_small_window(desk: Window) -> None:
    table = calls(desk)
    desk.page.resize(1900, 900)
    settle()
    draw(table, edge(table, ABOUT), 500)
    wide = widths(table)
    desk.page.resize(1100, 700)
    settle()
    assert sum(widths(table)) == table.viewport().width()
    assert widths(table)[PHONE] < wide[PHONE]
    desk.page.resize(1900, 900)
    settle()
    assert widths(table) == wide


def test_columns_by_keys_alone(desk: Window, qtbot: QtBot) -> None:
    table = calls(desk)
    made = widths(table)
    table.setFocus()
    desk.press(Qt.Key.Key_Menu)
    [panel] = visible(desk.page, ColumnsPanel)
    assert QApplication.focusWidget() is panel
    assert cut_words(desk.page) == []
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert panel.accessibleDescription() == f"Телефон, {made[PHONE]}"
    for _time in range(3):
        desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Left)
    assert widths(table)[PHONE] == made[PHONE] + 32
    assert panel.accessibleDescription() == f"Телефон, {made[PHONE] + 32}, своя"
    assert desk.own_desks.kept == {}
    qtbot.waitUntil(lambda: OPERATOR.id in desk.own_desks.kept)  # automatically, and once
    assert desk.own_desks.times == 1

    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Right)  # «Итог»: it grows to the left
    assert widths(table)[RESULT] == made[RESULT] + 16
    desk.press(Qt.Key.Key_Delete)
    assert widths(table)[RESULT] == made[RESULT]
    desk.press(Qt.Key.Key_Down)  # all columns
    desk.press(Qt.Key.Key_Return)
    assert widths(table) == made
    assert kept(desk) == OwnDesk()
    desk.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table
    assert desk.shows(JournalPage)


def test_a_list_without_rows_says_why_its_columns_are_not_to_be_changed(desk: Window) -> None:
    told = Told(desk.presenters.own_desk.told)
    desk.presenters.journal.show_list(JournalList.DRAFTS)
    calls(desk).setFocus()
    settle()
    for key, modifier in ((Qt.Key.Key_Menu, PLAIN), (Qt.Key.Key_F10, SHIFT)):
        desk.press(key, modifier)
        assert told.values.pop().head == WHY_NOT
    assert told.values == []
    assert visible(desk.page, ColumnsPanel) == []


def test_an_empty_queue_says_it_too(own_window: Window) -> None:
    told = Told(own_window.presenters.own_desk.told)
    own_window.press(Qt.Key.Key_F10)
    settle()
    assert own_window.shows(QueuePage)
    own_window.press(Qt.Key.Key_Menu)

    assert [notice.head for notice in told.values] == [WHY_NOT]


def test_shift_f10_opens_it_too_and_another_page_closes_it(desk: Window) -> None:
    calls(desk).setFocus()
    desk.press(Qt.Key.Key_F10, SHIFT)
    assert len(visible(desk.page, ColumnsPanel)) == 1
    desk.press(Qt.Key.Key_R, CTRL)
    settle()
    assert desk.shows(ReportPage)
    assert visible(desk.page, ColumnsPanel) == []


def test_each_list_has_widths_of_its_own(desk: Window) -> None:
    table = calls(desk)
    draw(table, edge(table, ABOUT), 40)
    of_calls = widths(table)
    desk.presenters.journal.show_list(JournalList.MISSED)
    settle()
    assert widths(table)[PHONE] == of_calls[PHONE] - 40
    desk.presenters.journal.show_list(JournalList.CALLS)
    settle()
    assert widths(table) == of_calls


def test_letters_of_another_size_have_the_columns_grow_with_them(
    desk: Window, theme: Theme
) -> None:
    table = calls(desk)
    draw(table, edge(table, ABOUT), 40)
    width = widths(table)[PHONE]
    desk.presenters.own_desk.choose_text(125)
    settle()
    assert widths(table)[PHONE] == round(width * 1.25)
    draw(table, edge(table, ABOUT), -25)
    assert kept(desk).widths == {"journal.calls": {"phone": width - 20}}
    desk.presenters.own_desk.choose_text(100)
    settle()
    assert widths(table)[PHONE] == width - 20


def test_each_person_has_her_own_columns_at_once(desk: Window) -> None:
    table = calls(desk)
    made = widths(table)
    draw(table, edge(table, ABOUT), 40)
    hers = widths(table)
    own_desk = desk.presenters.own_desk
    own_desk.sign_in(SUPERVISOR, OwnDesk())
    assert widths(table) == made
    own_desk.sign_in(OPERATOR, kept(desk))
    assert widths(table) == hers

    # widths set at another workplace since then
    own_desk.take(
        OPERATOR.id,
        OwnDesk(widths={"journal.calls": {"number": 120, "later": 90}}),
        own_desk.state.own,
    )
    assert (widths(table)[NUMBER], widths(table)[PHONE]) == (120, made[PHONE])


def test_the_queue_keeps_its_columns(desk: Window) -> None:
    desk.bench.city.submit(message_record(1, "Яма у дома"))
    desk.press(Qt.Key.Key_F10)
    settle()
    page = desk.part(QueuePage)
    assert isinstance(page, QueuePage)
    made = widths(page.table)
    draw(page.table, edge(page.table, 1), -40)

    assert widths(page.table)[0] == made[0] - 40
    assert kept(desk).widths == {"queue": {"term": made[0] - 40}}


def test_tables_of_one_report_with_the_same_columns_share_their_widths(
    desk: Window, theme: Theme
) -> None:
    desk.press(Qt.Key.Key_R, CTRL)
    settle()
    page = desk.part(ReportPage)
    by_day, by_hour = [
        table
        for table in page.findChildren(FiguresTable)
        if table.accessibleName() in ("По дням", "По часам")
    ]
    made = widths(by_day)
    draw(by_day, edge(by_day, 2), -50)
    assert widths(by_day)[2] == made[2] + 50
    assert widths(by_hour)[2] == widths(by_day)[2]
    assert kept(desk).widths == {"calls.figures": {"2": made[2] + 50}}

    by_day.setFocus()
    desk.press(Qt.Key.Key_Menu)
    assert cut_words(desk.page) == []
    # the selected cell has no coloured background while the focus is elsewhere
    cell = by_day.visualRect(by_day.currentIndex())
    ground = by_day.viewport().grab(cell).toImage().pixelColor(cell.width() - 4, 4)
    assert ground == theme.colour("surface")
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Space)
    assert widths(by_day) == made


def test_the_page_of_appearance_puts_all_tables_back(desk: Window) -> None:
    table = calls(desk)
    made = widths(table)
    draw(table, edge(table, ABOUT), 40)
    desk.presenters.own_desk.choose_width("queue", "term", 90)
    desk.press(Qt.Key.Key_B, CTRL | SHIFT)
    assert cut_words(desk.page) == []
    back = desk.field(OwnDeskPage, "Все как были сначала")
    assert back.isEnabled()
    back.setFocus()
    desk.press(Qt.Key.Key_Space)

    assert not back.isEnabled()
    assert kept(desk) == OwnDesk()
    desk.press(Qt.Key.Key_Escape)
    settle()
    assert widths(table) == made


def test_with_large_letters_a_column_gives_way_before_the_last_is_pushed_out(
    desk: Window, qtbot: QtBot
) -> None:
    table = calls(desk)

    def hidden() -> list[int]:
        return [at for at in range(5) if table.isColumnHidden(at)]

    assert hidden() == []
    desk.page.resize(*SMALL_SCREEN)
    desk.presenters.own_desk.choose_text(150)
    qtbot.waitUntil(lambda: hidden() == [NUMBER])
    last_px = table.columnViewportPosition(RESULT) + table.columnWidth(RESULT)
    assert last_px <= table.viewport().width()
    desk.presenters.journal.show_list(JournalList.MESSAGES)
    qtbot.waitUntil(lambda: hidden() == [PHONE])

    desk.presenters.own_desk.choose_text(100)
    desk.page.resize(*LARGE_SCREEN)
    qtbot.waitUntil(lambda: hidden() == [])


def test_a_missed_call_keeps_its_number_in_a_small_window(desk: Window, qtbot: QtBot) -> None:
    """The subject of a missed call is unknown anyway."""
    table = calls(desk)

    def hidden() -> list[int]:
        return [at for at in range(5) if table.isColumnHidden(at)]

    desk.presenters.journal.show_list(JournalList.MISSED)
    desk.page.resize(*SMALL_SCREEN)
    qtbot.waitUntil(lambda: hidden() == [ABOUT])
    last_px = table.columnViewportPosition(RESULT) + table.columnWidth(RESULT)
    assert last_px == table.viewport().width()
    desk.page.resize(*LARGE_SCREEN)
    qtbot.waitUntil(lambda: hidden() == [])
