"""The pages of reports and lessons: permissions, files, and notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.reports.presenter import ReportPresenter, ReportState, Scope
from console.features.reports.sources import ReportKind, ReportSource, central_call_source
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from sync.errors import CentreUnread
from sync.register.figures.call_statistics import CallReport, call_report
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import (
    OPERATOR,
    SUPERVISOR,
    Clock,
    HeldExecutor,
    InlineExecutor,
    Told,
)
from tests.fakes.console_phone import FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.reports import FakeMessages, FakeTitles, message_sources, report_sources

RESOURCES = Path(__file__).resolve().parents[5] / "resources"
EDITOR = Operator(OPERATOR.id, "editor", "Редактор Проба", Role.EDITOR)


class Page:
    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        folder: Path,
        by: Operator,
        readers: Executor | None = None,
        everywhere: Callable[[], Mapping[ReportKind, ReportSource] | None] = lambda: None,
    ) -> None:
        register, deliveries = FakeRegister(), Deliveries(owner)
        desk = DeskPresenter(
            FakePhone(),
            register,
            deliveries,
            milestones,
            operator=by,
            is_out_of_hours=lambda _at: False,
            clock=clock,
            parent=owner,
        )
        notices = NoticesPresenter(desk, owner)
        self.told = Told(notices.told)
        self.messages, self.titles = FakeMessages(), FakeTitles()
        sources = message_sources(owner, self.messages, self.titles)
        self.presenter = ReportPresenter(
            report_sources(register, sources),
            sources.names,
            self.messages.handled,
            readers or InlineExecutor(),
            InlineExecutor(),
            deliveries,
            notices.tell,
            milestones,
            folder=folder,
            templates=RESOURCES / "templates",
            city="Белоключевск",
            zone=CITY_ZONE,
            operator=lambda: desk.operator,
            everywhere=everywhere,
            now=clock,
            parent=owner,
        )

    def open(self) -> None:
        self.presenter.open()
        QCoreApplication.processEvents()

    def choose(self, kind: ReportKind) -> None:
        self.presenter.choose_kind(kind.value)
        QCoreApplication.processEvents()

    def day(self) -> date:
        """The only day that is shown."""
        content = self.presenter.state.content
        assert content is not None
        assert content.first == content.last
        return content.first


def test_a_supervisor_writes_both_files_and_is_told_where(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    page = Page(owner, milestones, clock, tmp_path / "reports", SUPERVISOR)
    page.presenter.write_pdf()  # without a report there is nothing to write
    page.open()
    page.presenter.write_pdf()
    page.presenter.write_xlsx()
    QCoreApplication.processEvents()

    files = sorted(file.suffix for file in (tmp_path / "reports").iterdir())
    assert files == [".pdf", ".xlsx"]
    assert [notice.problem for notice in page.told.values] == [False, False]
    assert all(notice.body == str(tmp_path / "reports") for notice in page.told.values)


def test_a_folder_that_takes_no_file_is_told(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    page = Page(owner, milestones, clock, tmp_path / "reports", SUPERVISOR)
    page.open()
    page.presenter.write_pdf()
    page.presenter.write_xlsx()
    QCoreApplication.processEvents()

    assert [notice.problem for notice in page.told.values] == [True, True]


def test_a_role_without_reports_sees_none(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    page = Page(owner, milestones, clock, tmp_path, EDITOR)
    page.open()
    page.presenter.write_pdf()

    assert page.presenter.state.content is None
    assert page.presenter.state.refused != ""
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_page_left_open_overnight_shows_the_period_of_the_new_day(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    page = Page(owner, milestones, clock, tmp_path, SUPERVISOR)
    day = clock().astimezone(CITY_ZONE).date()
    page.open()
    assert page.day() == day

    clock.now += timedelta(days=1)
    page.choose(ReportKind.MESSAGES)
    assert page.day() == day + timedelta(days=1)

    page.presenter.move(-1)
    clock.now += timedelta(days=1)
    page.choose(ReportKind.CALLS)
    assert page.day() == day  # the selected day, not a period around today

    page.presenter.move(2)
    clock.now += timedelta(days=1)
    page.presenter.choose_scope(Scope.HERE.value)
    QCoreApplication.processEvents()
    assert page.day() == day + timedelta(days=3)


@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_each_period_can_be_shown(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path, period: str
) -> None:
    page = Page(owner, milestones, clock, tmp_path, SUPERVISOR)
    page.presenter.choose_period(period)
    QCoreApplication.processEvents()

    assert page.presenter.state.period == period
    assert page.presenter.state.content is not None


def test_the_figures_of_all_workplaces_come_where_the_centre_lets_them(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    asked: list[tuple[date, date]] = []
    refusals = [CentreUnread("unreachable"), CentreUnread("rights_missing")]
    lets: list[bool] = [False]

    class Centre:
        def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport:
            asked.append((first, last))
            if len(asked) > 1:
                raise refusals[len(asked) - 2]
            return call_report((), first, last, zone)

    everywhere = {
        ReportKind.CALLS: central_call_source(
            Centre(), lambda _since: (), lambda _first, _last: "", CITY_ZONE
        )
    }
    page = Page(
        owner,
        milestones,
        clock,
        tmp_path,
        SUPERVISOR,
        everywhere=lambda: everywhere if lets[0] else None,
    )

    def shown() -> ReportState:
        QCoreApplication.processEvents()
        return page.presenter.state

    page.open()
    assert not shown().has_scopes
    page.presenter.choose_scope("everywhere")  # no central database, or no sign-in to it
    assert (shown().scope, asked) == (Scope.HERE, [])
    lets[0] = True
    page.presenter.choose_period("day")
    assert (shown().scope, shown().has_scopes) == (Scope.HERE, True)
    page.presenter.choose_scope("everywhere")
    content = shown().content
    assert content is not None
    assert content.lead.startswith("Все рабочие места. ")
    assert len(asked) == 1
    page.presenter.choose_period("day")
    assert (shown().content, shown().scope) == (None, Scope.EVERYWHERE)
    assert shown().refused.startswith("Центр не отвечает")
    page.presenter.choose_period("day")
    assert shown().refused == "Вашему логину эти показатели всех рабочих мест не видны"
    page.presenter.choose_scope("here")
    assert shown().content is not None


def test_the_period_chosen_last_is_the_one_shown(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    readers = HeldExecutor()
    page = Page(owner, milestones, clock, tmp_path, SUPERVISOR, readers)
    page.presenter.choose_period("day")
    page.presenter.choose_period("month")

    for late in (1, 0):
        readers.run(late)
        QCoreApplication.processEvents()

    content = page.presenter.state.content
    assert content is not None
    assert page.presenter.state.period == "month"
    assert content.first < content.last
