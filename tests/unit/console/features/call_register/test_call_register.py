"""The register of calls: query, pages, sources, permissions, export, and the page with its keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.call_register import words as register_words
from console.features.call_register.page import CallRegisterPage, RegisterTable
from console.features.call_register.presenter import PAGE, CallRegisterPresenter, CallSource
from console.features.call_register.rows import NUMBER
from console.features.history.page import ShownRecordPage
from console.shared.messages.classifier import Classifier
from sync.register.calls.call_search import CallSort
from sync.register.calls.calls import CallRecord
from sync.register.people.operators import Operator, Role
from tests.fakes.call_register import FakeCallSource
from tests.fakes.central_rows import random_calls
from tests.fakes.console_fakes import AREA_CODE, OPERATOR, SUPERVISOR, HeldExecutor, Told
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window, cut_words

pytestmark = NO_SCREEN

NOW = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)
FIRST = datetime(2026, 11, 1, 6, tzinfo=UTC)


def cards(count: int) -> tuple[CallRecord, ...]:
    """Calls of this November, before the time of the test clock, oldest first."""
    made = random_calls(2, count, FIRST, 20)
    return tuple(sorted(made, key=lambda one: (one.arrived_at, one.id)))


class Bench:
    """A presenter over two registers; reads are pending until ``settle``."""

    def __init__(self, owner: QObject, deliveries: Deliveries, folder: Path) -> None:
        self.here = FakeCallSource(cards(120))
        self.centre = FakeCallSource(cards(130))
        self.has_centre = False
        self.who: Operator = SUPERVISOR
        self.readers, self.writers = HeldExecutor(), HeldExecutor()
        self.presenter = CallRegisterPresenter(
            self.here,
            self._everywhere,
            Classifier((), (), owner),
            self.readers,
            self.writers,
            deliveries,
            operator=lambda: self.who,
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            folder=folder,
            clock=lambda: NOW,
            parent=owner,
        )
        self.told = Told(self.presenter.told)

    def _everywhere(self) -> CallSource | None:
        return self.centre if self.has_centre else None

    def settle(self) -> None:
        """Runs the submitted jobs and delivers their results."""
        while jobs := [*self.readers.jobs, *self.writers.jobs]:
            self.readers.jobs, self.writers.jobs = [], []
            for job in jobs:
                job()
            QCoreApplication.processEvents()

    def open(self) -> None:
        self.presenter.open()
        self.settle()


@pytest.fixture
def bench(owner: QObject, deliveries: Deliveries, tmp_path: Path) -> Bench:
    return Bench(owner, deliveries, tmp_path)


def test_it_opens_with_this_month_the_newest_first_and_a_page_of_it(bench: Bench) -> None:
    bench.open()
    state = bench.presenter.state
    assert (state.first, state.last) == ("01.11.2026", "24.11.2026")
    newest = bench.here.cards[::-1]
    assert [row.id for row in state.rows] == [card.id for card in newest[:PAGE]]
    assert state.has_more
    assert state.source == register_words.this_workplace()
    assert [most for _query, _after, most, _stop in bench.here.asked] == [PAGE + 1]


def test_further_pages_follow_the_last_row_until_there_are_none(bench: Bench) -> None:
    bench.open()
    for _page in range(4):
        bench.presenter.read_more()
        bench.settle()
    state = bench.presenter.state
    assert [row.id for row in state.rows] == [card.id for card in bench.here.cards[::-1]]
    assert not state.has_more
    assert len(bench.here.asked) == 3  # no request after the last row


def test_a_query_that_another_one_follows_is_cancelled_and_never_shown(bench: Bench) -> None:
    bench.presenter.open()
    bench.presenter.set_search("+7 900 555-01-01")
    bench.presenter.read()
    bench.presenter.set_search("ничего такого")
    bench.presenter.read()
    bench.settle()
    assert [stop.is_stopped for *_rest, stop in bench.here.asked] == [True, True, False]
    assert bench.presenter.state.rows == ()
    assert bench.presenter.state.empty == register_words.nothing_found()


def test_the_search_tells_a_number_from_a_telephone_and_from_words(bench: Bench) -> None:
    bench.open()
    number = bench.here.cards[3].number

    def asked(text: str) -> tuple[object, str, str]:
        bench.presenter.set_search(text)
        bench.presenter.read()
        bench.settle()
        query = bench.here.asked[-1][0]
        return query.number, query.phone, query.words

    assert asked(str(number)) == (number, "", "")
    assert asked("8 900 555-01-01") == (None, "+79005550101", "")
    assert asked("Мира 5") == (None, "", "Мира 5")
    before = len(bench.here.asked)
    bench.presenter.set_search("123456789")
    bench.presenter.read()
    bench.settle()
    assert len(bench.here.asked) == before
    assert bench.presenter.state.problem == register_words.not_a_number()


def test_a_period_that_is_none_is_named_and_not_asked_for(bench: Bench) -> None:
    bench.open()
    before = len(bench.here.asked)
    for first, last in (("30.02.2026", "01.03.2026"), ("02.11.2026", "01.11.2026"), ("", "")):
        bench.presenter.set_period(first, last)
        bench.presenter.read()
        bench.settle()
        assert bench.presenter.state.problem == register_words.not_a_period()
    assert len(bench.here.asked) == before
    bench.presenter.set_period("05.11.2026", "05.11.2026")
    bench.presenter.read()
    bench.settle()
    assert bench.presenter.state.problem == ""
    query = bench.here.asked[-1][0]
    assert query.end - query.start == timedelta(days=1)
    assert query.start.astimezone(CITY_ZONE) == datetime(2026, 11, 5, tzinfo=CITY_ZONE)


def test_a_column_sorts_and_once_more_turns_the_order(bench: Bench) -> None:
    bench.open()
    sorts = []
    for sort in (CallSort.TIME, CallSort.OPERATOR, CallSort.OPERATOR, CallSort.TIME):
        bench.presenter.sort_by(sort)
        bench.settle()
        query = bench.here.asked[-1][0]
        sorts.append((query.sort, query.is_descending))
    assert sorts == [
        (CallSort.TIME, False),
        (CallSort.OPERATOR, False),
        (CallSort.OPERATOR, True),
        (CallSort.TIME, True),
    ]


def test_a_supervisor_sees_all_workplaces_and_this_one_while_the_centre_is_away(
    bench: Bench,
) -> None:
    bench.has_centre = True
    bench.open()
    assert bench.presenter.state.source == register_words.all_workplaces()
    assert bench.here.asked == []

    bench.centre.is_away = True
    bench.presenter.read()
    bench.settle()
    state = bench.presenter.state
    assert state.source == register_words.this_workplace()
    assert state.warning == register_words.centre_away()
    assert [row.id for row in state.rows] == [card.id for card in bench.here.cards[::-1]][:PAGE]

    bench.centre.is_away = False  # the next page still belongs to the list on the screen
    bench.presenter.read_more()
    bench.settle()
    assert len(bench.presenter.state.rows) == 2 * PAGE
    assert {row.id for row in bench.presenter.state.rows} <= {one.id for one in bench.here.cards}


def test_nobody_without_the_right_sees_a_row_or_asks_for_one(bench: Bench) -> None:
    bench.open()
    bench.who = replace(OPERATOR, id=UUID(int=77), role=Role.OBSERVER)
    before = len(bench.here.asked)
    bench.open()
    assert bench.presenter.state.rows == ()
    assert len(bench.here.asked) == before


def test_the_file_has_all_fields_of_the_regulation_and_every_call(
    bench: Bench, tmp_path: Path
) -> None:
    exported: list[tuple[Operator, int]] = []
    bench.presenter.exported.connect(lambda by, count: exported.append((by, count)))
    bench.here.cards[0] = replace(bench.here.cards[0], content="=1+1")
    bench.open()
    bench.presenter.export()
    bench.settle()
    (file,) = tmp_path.glob("*.xlsx")
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == register_words.file_heads()
    assert len(rows) == 121
    oldest = bench.here.cards[0]
    local = oldest.arrived_at.astimezone(CITY_ZONE)
    assert rows[-1][0] == str(oldest.number)
    day = rows[-1][1]
    assert isinstance(day, datetime)
    assert day.date() == local.date()
    assert rows[-1][2] == local.time().replace(microsecond=0)
    assert rows[-1][3] == "=1+1"
    assert rows[-1][7] == (oldest.phone if isinstance(oldest.phone, str) else None)
    assert exported == [(SUPERVISOR, 120)]


def test_an_operator_has_no_export_and_writes_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.who = OPERATOR
    bench.open()
    assert bench.presenter.state.rows
    assert not bench.presenter.state.may_export
    bench.presenter.export()
    bench.settle()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_key_opens_the_page_and_enter_a_record_from_which_esc_leads_back(
    window: Window,
) -> None:
    made = cards(60)
    window.register_calls.cards = [
        replace(card, arrived_at=window.clock.now - timedelta(minutes=index))
        for index, card in enumerate(made)
    ]
    window.presenters.call_register.forget()
    window.press(Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.shows(CallRegisterPage)
    table = window.part(CallRegisterPage).findChild(RegisterTable)
    assert isinstance(table, RegisterTable)
    assert table.model().rowCount() == PAGE
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_End, CTRL)
    QCoreApplication.processEvents()
    assert table.model().rowCount() == len(made)
    window.press(Qt.Key.Key_Return)
    assert window.shows(ShownRecordPage)
    window.press(Qt.Key.Key_Escape)
    assert window.shows(CallRegisterPage)
    assert table.hasFocus()
    window.press(Qt.Key.Key_Escape)
    assert not window.shows(CallRegisterPage)
    window.presenters.shown_record.forget()


def test_a_click_on_a_heading_sorts_and_the_heading_says_so(window: Window) -> None:
    window.register_calls.cards = list(cards(5))
    window.presenters.call_register.forget()
    window.press(Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    table = window.part(CallRegisterPage).findChild(RegisterTable)
    assert isinstance(table, RegisterTable)
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(NUMBER) + header.sectionSize(NUMBER) // 2
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
    )
    assert window.register_calls.asked[-1][0].sort is CallSort.NUMBER
    assert "\u2191" in str(table.model().headerData(NUMBER, Qt.Orientation.Horizontal))


def test_no_word_of_the_page_is_cut_on_a_small_screen(window: Window) -> None:
    window.register_calls.cards = list(cards(40))
    window.presenters.call_register.forget()
    window.press(Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.shows(CallRegisterPage)
    assert cut_words(window.part(CallRegisterPage)) == []


@pytest.mark.usefixtures("russian")
def test_the_columns_of_the_file_are_named_as_in_the_regulation() -> None:
    assert register_words.file_heads()[:5] == (
        "Регистрационный номер",
        "Дата",
        "Время",
        "Содержание телефонного вызова",
        "Итог",
    )
