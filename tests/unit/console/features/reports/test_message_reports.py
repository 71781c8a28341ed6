"""Message statistics, missing categories, other bodies: figures, files, keys (2.6, 7.9, 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.report_content import ReportContent, Section, cell_text
from console.core.settings.workplace import CITY_ZONE
from console.features.reports.page import ReportPage
from console.features.reports.presenter import ReportPresenter
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from console.ui.figures_table import FiguresTable
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import SUPERVISOR, Clock, InlineExecutor, Told
from tests.fakes.console_phone import FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.message_ways import (
    MADE_AT,
    MADE_CATEGORIES,
    MADE_TOPICS,
    SEARCHES,
    TITLES,
    dozen,
)
from tests.fakes.own_desks import desk_as_made
from tests.fakes.reports import FakeMessages, FakeTitles, message_sources, report_sources

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
ALT = Qt.KeyboardModifier.AltModifier
OBSERVER = Operator(SUPERVISOR.id, "observer", "Наблюдатель Проба", Role.OBSERVER)


class Reports:
    """The presenter over a dozen messages of November, on its last day."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock, folder: Path) -> None:
        self.operator = SUPERVISOR
        self.now = MADE_AT
        self.folder = folder
        deliveries, register = Deliveries(owner), FakeRegister()
        desk = DeskPresenter(
            FakePhone(),
            register,
            deliveries,
            milestones,
            operator=SUPERVISOR,
            is_out_of_hours=lambda _at: False,
            clock=clock,
            parent=owner,
        )
        notices = NoticesPresenter(desk, owner)
        self.told = Told(notices.told)
        self.messages = FakeMessages(dozen())
        sources = message_sources(
            owner,
            self.messages,
            FakeTitles(TITLES, SEARCHES),
            topics=MADE_TOPICS,
            categories=MADE_CATEGORIES,
            now=lambda: self.now,
        )
        self.presenter = ReportPresenter(
            report_sources(register, sources),
            sources.names,
            self.messages.handled,
            InlineExecutor(),
            InlineExecutor(),
            deliveries,
            notices.tell,
            milestones,
            folder=folder,
            templates=RESOURCES / "templates",
            city="Белоключевск",
            zone=CITY_ZONE,
            operator=lambda: self.operator,
            now=lambda: self.now,
            parent=owner,
        )
        self.asked = Told(self.presenter.proposal_asked)
        self.presenter.choose_period("month")
        QCoreApplication.processEvents()

    def show(self, kind: str) -> ReportContent:
        self.presenter.choose_kind(kind)
        QCoreApplication.processEvents()
        content = self.presenter.state.content
        assert content is not None
        return content


@pytest.fixture
def reports(owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path) -> Reports:
    return Reports(owner, milestones, clock, tmp_path / "reports")


def test_what_is_overdue_is_counted_by_the_day_of_the_question(reports: Reports) -> None:
    def overdue_at(now: datetime) -> tuple[date, str]:
        reports.now = now
        content = reports.show("messages")
        (figure,) = [one.value for one in content.figures if one.name == "Просрочено сейчас"]
        return content.first, figure

    new_year = datetime(2027, 1, 1, tzinfo=CITY_ZONE)
    assert overdue_at(MADE_AT) == (date(2026, 11, 1), "1")
    assert overdue_at(new_year - timedelta(seconds=1)) == (date(2026, 12, 1), "6")
    assert overdue_at(new_year) == (date(2027, 1, 1), "6")
    reports.presenter.move(-1)
    assert overdue_at(new_year) == (date(2026, 12, 1), "6")
    assert overdue_at(MADE_AT) == (date(2026, 12, 1), "1")


def section(content: ReportContent, title: str) -> Section:
    return next(one for one in content.sections if one.title.startswith(title))


def lines(table: Section) -> list[list[str]]:
    return [[cell_text(cell) for cell in row.cells] for row in table.rows]


def test_the_figures_of_a_month(reports: Reports) -> None:
    content = reports.show("messages")

    assert [(one.name, one.value) for one in content.figures] == [
        ("Поступило", "12"),
        ("Зарегистрировано", "8"),
        ("Отказано", "2"),
        ("Отвечено в срок", "75,0 %"),
        ("Просрочено сейчас", "1"),
        ("Недовольны", "50,0 %"),
    ]
    topics = section(content, "По темам")
    assert topics.heads[1:6] == ("Поступило", "Принято", "Отказано", "Повторы", "Ответы")
    assert [line[:6] for line in lines(topics)] == [
        ["Дороги", "7", "6", "1", "0", "4"],
        ["Мусор", "5", "2", "1", "1", "0"],
        ["Итого", "12", "8", "2", "1", "4"],
    ]
    assert lines(section(content, "Основания отказа")) == [
        ["п. 6.3-11: неясное место", "1", "50,0 %"],
        ["п. 7.7: нет подходящей категории", "1", "50,0 %"],
    ]
    reviewed = dict(line[:2] for line in lines(section(content, "Рассмотрение")))
    assert (reviewed["Решено в срок"], reviewed["Решено с опозданием"]) == ("10", "1")
    assert reviewed["Рабочих дней до решения: у девяти из десяти не больше"] == "0,0"
    assert lines(section(content, "Просрочено сейчас")) == [
        ["Дорожная служба", "0", "1"],
        ["Итого", "0", "1"],
    ]
    promised = dict(line[:2] for line in lines(section(content, "Обещанные сроки")))
    assert (promised["Обещано"], promised["Срок ещё не наступил"]) == ("1", "1")
    streets = [line[0] for line in lines(section(content, "По улицам"))]
    assert streets == ["ул. Мира", "улицы с одним-двумя сообщениями", "место без улицы", "Итого"]
    channels = {line[0]: line[1] for line in lines(section(content, "По способу"))}
    assert (channels["телефонный вызов"], channels["платформа"]) == ("8", "3")
    assert [line[1:3] for line in lines(section(content, "По операторам"))] == [["11", "8"]]


def test_no_side_tells_what_a_message_says_or_of_whom_it_is(reports: Reports) -> None:
    for kind in ("messages", "categories", "other_organs"):
        told = str(lines_of(reports.show(kind)))
        for text in ("Яма на дороге", "Ветки", "ул. Мира, 5", "Кирова, 3", "+7"):
            assert text not in told


def lines_of(content: ReportContent) -> list[list[list[str]]]:
    return [lines(table) for table in content.sections]


def test_a_number_opens_the_messages_it_is_made_of(reports: Reports) -> None:
    content = reports.show("messages")
    topics = content.sections.index(section(content, "По темам"))
    reports.presenter.open_number(topics, 0, 5)
    behind = reports.presenter.state.behind
    assert behind is not None
    assert behind.title == "Дороги · Ответы · 4 сообщения"
    assert [line[2] for line in lines(behind)] == [
        "ответ оценён",
        "на доработке",
        "ответ направлен",
        "ждёт обещанного срока",
    ]
    assert reports.presenter.close_number()
    assert not reports.presenter.close_number()
    reports.presenter.open_message(0)  # no report is open
    reports.presenter.open_number(topics, 0, 4)  # no repeated messages about roads
    assert reports.presenter.state.behind is None
    assert [notice.head for notice in reports.told.values] == ["За этим числом нет сообщений"]


@pytest.mark.parametrize("kind", ["messages", "categories", "other_organs"])
def test_the_files_hold_what_the_screen_shows(reports: Reports, kind: str) -> None:
    content = reports.show(kind)
    reports.presenter.write_xlsx()
    reports.presenter.write_pdf()
    QCoreApplication.processEvents()

    files = {file.suffix: file for file in reports.folder.iterdir()}
    assert files[".pdf"].stat().st_size > 0
    book = openpyxl.load_workbook(files[".xlsx"])
    for table, sheet in zip(content.sections, book.worksheets[:-1], strict=True):
        found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for line, row in zip(found, table.rows, strict=True):
            for value, cell in zip(line, row.cells, strict=True):
                if isinstance(cell, str | int):
                    assert value == cell or (value is None and cell == "")
    assert book.worksheets[-1]["B2"].value == "Белоключевск"


def test_missing_categories_propose_what_they_tell(reports: Reports) -> None:
    content = reports.show("categories")
    assert [line[0] for line in lines(content.sections[0])] == [
        "Категорию исправили",
        "Категория «Другое»",
        "Отказ: нет категории (п. 7.7)",
    ]
    reports.presenter.propose(0, 1)
    reports.presenter.propose(1, 0)
    of_messages, of_search = reports.asked.values
    assert of_messages["parent"] == "waste"
    assert of_messages["owner"] == "waste-service"
    assert of_messages["route"].endswith("Служба вывоза мусора")
    assert of_search["name"] == "Самокаты на тротуаре"

    reports.operator = OBSERVER
    reports.presenter.propose(0, 1)
    assert len(reports.asked.values) == 2


def test_another_body_is_told_with_its_reason(reports: Reports) -> None:
    content = reports.show("other_organs")
    assert [line[3:6] for line in lines(content.sections[0])] == [
        ["Дорожная служба", "Управление парков и скверов", "Дорожка в парке."]
    ]
    reports.presenter.open_number(0, 0, 0)
    assert reports.presenter.state.behind is None


def test_a_disk_that_gives_nothing_is_told(reports: Reports) -> None:
    reports.messages.failing = True
    reports.presenter.choose_kind("messages")
    QCoreApplication.processEvents()
    assert reports.presenter.state.content is None
    assert reports.presenter.state.refused == "Отчёт сейчас не прочитать"


@pytest.mark.parametrize("kind", ["calls", "messages", "categories", "other_organs", "operators"])
def test_widths_of_every_table_on_the_screen_are_kept_by_a_code(
    reports: Reports, kind: str
) -> None:
    """Tables with the same code have the same columns, because they share the stored widths."""
    reports.presenter.choose_kind(kind)
    QCoreApplication.processEvents()
    content = reports.presenter.state.content
    assert content is not None
    heads: dict[str, tuple[str, ...]] = {}
    for section in content.sections:
        assert section.code, section.title
        assert heads.setdefault(section.code, section.heads[1:]) == section.heads[1:]


def test_the_page_is_worked_by_keys(owner: QObject, reports: Reports, qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(
        Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT, parent=owner
    )
    theme.install(application)
    page = ReportPage(theme, reports.presenter, desk_as_made(owner))
    qtbot.addWidget(page)
    page.resize(1146, 680)
    page.show()
    QTest.qWaitForWindowActive(page)
    page.focus_first()

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(page.focusWidget(), key, modifier)
        QCoreApplication.processEvents()

    def shown() -> list[FiguresTable]:
        return [one for one in page.findChildren(FiguresTable) if one.isVisible()]

    def is_whole() -> bool:
        """Tables further down are built when the window is idle."""
        content = reports.presenter.state.content
        return content is not None and len(shown()) == len(content.sections)

    press(Qt.Key.Key_M, ALT)
    assert page.focusWidget() is shown()[0]
    looked_at = Told(reports.presenter.message_asked)
    qtbot.waitUntil(is_whole)
    first, second = shown()[:2]
    first.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(key)
    behind = reports.presenter.state.behind
    assert behind is not None
    assert behind.title.startswith("Зарегистрировано, не для всех")
    press(Qt.Key.Key_Return)
    (opened,) = looked_at.values
    assert opened.record.number is not None
    page.focus_again()
    press(Qt.Key.Key_Escape)
    assert reports.presenter.state.behind is None
    assert page.focusWidget() is first
    for _row in range(2, first.model().rowCount()):
        press(Qt.Key.Key_Down)
    assert page.focusWidget() is second
    press(Qt.Key.Key_Up)
    assert page.focusWidget() is first

    press(Qt.Key.Key_T, ALT)
    qtbot.waitUntil(is_whole)
    shown()[-1].setFocus()
    press(Qt.Key.Key_N, ALT)
    assert reports.asked.values[0]["name"] == "Самокаты на тротуаре"
    press(Qt.Key.Key_W, ALT)
    assert [file.suffix for file in reports.folder.iterdir()] == [".xlsx"]
    before = reports.presenter.state.content
    press(Qt.Key.Key_Left, ALT)
    assert reports.presenter.state.content != before
    assert isinstance(page.focusWidget(), FiguresTable)
    assert replace(reports.presenter.state, content=None).period == "month"
