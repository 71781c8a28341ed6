"""The calls' report: which period, its figures, and its forms on paper and in a table."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.notices import Notice, NoticesPresenter
from console.reports.call_report import (
    ReportContent,
    neighbour,
    period_of,
    report_content,
    write_pdf,
)
from console.reports.call_report_xlsx import write_xlsx
from sync.register.calls import CallRecord
from sync.register.operators import Operator
from sync.register.rights import Action, may
from sync.register.statistics import CallReport, call_report

NOTICE_S = 12


class CallsPort(Protocol):
    """Where the report's calls come from; called on a reader thread."""

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]: ...


@dataclass(frozen=True, slots=True)
class ReportState:
    """All that the page of reports shows."""

    period: str = "day"
    content: ReportContent | None = None
    refused: str = ""


class ReportPresenter(QObject):
    """Reads a period off the GUI thread and writes files where the settings say."""

    changed = Signal(object)  # ReportState

    def __init__(
        self,
        calls: CallsPort,
        readers: Executor,
        deliveries: Deliveries,
        notices: NoticesPresenter,
        milestones: Milestones,
        *,
        folder: Path,
        templates: Path,
        city: str,
        line_hours: str,
        zone: ZoneInfo,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._readers = readers
        self._deliveries = deliveries
        self._notices = notices
        self._milestones = milestones
        self._folder = folder
        self._templates = templates
        self._city = city
        self._line_hours = line_hours
        self._zone = zone
        self._operator = operator
        self._state = ReportState()
        self._asked = 0
        self._anchor = datetime.now(zone).date()

    @property
    def state(self) -> ReportState:
        return self._state

    def open(self) -> None:
        """Show the period around today."""
        self.choose_period(self._state.period)

    def choose_period(self, name: str) -> None:
        """Show the day, week or month around today."""
        self._anchor = datetime.now(self._zone).date()
        self._read(name)

    def move(self, steps: int) -> None:
        """Show the period before or after the one shown; never one that has not begun."""
        name = self._state.period
        wanted = neighbour(name, self._anchor, steps)
        if wanted <= datetime.now(self._zone).date():
            self._anchor = wanted
            self._read(name)

    def _read(self, name: str) -> None:
        if not may(self._operator().role, Action.SEE_REPORTS):
            self._show(ReportState(name, None, words.reports.reports_refused()))
            return
        self._asked += 1
        asked = self._asked
        first, last = period_of(name, self._anchor)
        start = datetime.combine(first, time(), self._zone).astimezone(UTC)
        end = datetime.combine(last + timedelta(days=1), time(), self._zone).astimezone(UTC)
        zone, calls = self._zone, self._calls

        def read() -> CallReport:
            return call_report(calls.calls_between(start, end), first, last, zone)

        def show(report: CallReport) -> None:
            if asked != self._asked:
                return  # Another period has been chosen meanwhile.
            content = report_content(
                report,
                city=self._city,
                line_hours=self._line_hours,
                made_at=datetime.now(self._zone),
                made_by=words.formats.short_name(self._operator().name),
            )
            self._show(ReportState(name, content))

        self._show(replace(self._state, period=name, refused=""))
        self._deliveries.deliver(self._readers.submit(read), show)

    def write_pdf(self) -> None:
        """Write the shown report as PDF into the reports' folder and say where it is."""
        self._write("pdf", lambda content, file: write_pdf(content, file, self._templates))

    def write_xlsx(self) -> None:
        """Write the shown report as an Excel file into the reports' folder."""
        self._write("xlsx", write_xlsx)

    def _write(self, ending: str, write: Callable[[ReportContent, Path], object]) -> None:
        content = self._state.content
        if content is None:
            return
        if not may(self._operator().role, Action.EXPORT_REPORTS):
            self._notices.tell(Notice(words.reports.export_refused(), problem=True))
            return
        report = content.report
        span = f"{report.first:%Y-%m-%d}"
        if report.last != report.first:
            span += f"_{report.last:%Y-%m-%d}"
        file = self._folder / f"{words.reports.report_file_name()}_{span}.{ending}"
        try:
            write(content, file)
        except OSError:
            self._notices.tell(
                Notice(
                    words.reports.report_not_written(), str(self._folder), NOTICE_S, problem=True
                )
            )
            return
        self._milestones.note(Milestone.REPORT_WRITTEN, file=file.name)
        self._notices.tell(
            Notice(words.reports.report_written(file.name), str(self._folder), NOTICE_S)
        )

    def _show(self, state: ReportState) -> None:
        self._state = state
        self.changed.emit(state)
