"""Presenter of reports: kind, period, scope, messages behind a figure, PDF and Excel files.

GUI thread only; records are read on a reader thread and PDF files are drawn on another thread.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.paper import write_pdf
from console.core.report_content import (
    Heading,
    ReportContent,
    Section,
    cell_text,
    neighbour,
    period_of,
)
from console.core.runtime_tuning import while_holding_much
from console.core.view_data import Notice
from console.core.workbook import write_xlsx
from console.features.reports import words as reports_words
from console.features.reports.messages import Names, message_list
from console.features.reports.sources import ReportKind, ReportSource, Worded
from kb.errors import DirectoryError
from sync.errors import CentreUnread, StoreError
from sync.register.handling.handled import HandledMessage
from sync.register.people.operators import Action, Operator, may

NOTICE_S = 12


class Scope(StrEnum):
    """Records that are counted: those of this workplace or of all."""

    HERE = "here"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class ReportState:
    """View state of the page; ``behind`` lists the messages counted in the opened figure, None if
    no figure is open.

    ``has_scopes``: the operator may also see the figures of all workplaces.
    """

    kind: ReportKind = ReportKind.CALLS
    period: str = "day"
    content: ReportContent | None = None
    refused: str = ""
    behind: Section | None = None
    scope: Scope = Scope.HERE
    has_scopes: bool = False


class ReportPresenter(QObject):
    """Reads the records of a period on a reader thread and writes report files to the configured
    folder.
    """

    changed = Signal(object)  # ReportState
    proposal_asked = Signal(object)  # Mapping[str, str]: fields of a proposal on topics
    message_asked = Signal(object)  # HandledMessage
    listed = Signal(str, int)  # kind of the report, number of messages behind a figure
    written = Signal(object, str, str)  # operator, kind of the report, file suffix

    def __init__(
        self,
        sources: Mapping[ReportKind, ReportSource],
        names: Callable[[], Names],
        message: Callable[[UUID], HandledMessage | None],
        readers: Executor,
        drawing: Executor,
        deliveries: Deliveries,
        notify: Callable[[Notice], None],
        milestones: Milestones,
        *,
        folder: Path,
        templates: Path,
        city: str,
        zone: ZoneInfo,
        operator: Callable[[], Operator],
        everywhere: Callable[[], Mapping[ReportKind, ReportSource] | None] = lambda: None,
        now: Callable[[], datetime] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = sources
        self._names = names
        self._message = message
        self._readers = readers
        self._drawing = drawing
        self._being_written: set[Path] = set()
        self._deliveries = deliveries
        self._notify = notify
        self._milestones = milestones
        self._folder = folder
        self._templates = templates
        self._city = city
        self._zone = zone
        self._operator = operator
        self._everywhere = everywhere
        self._state = ReportState()
        self._asked = 0
        self._now = now or (lambda: datetime.now(zone))
        self._anchor = self._today
        self._is_current = True  # the period around today is shown, and is updated at midnight

    @property
    def state(self) -> ReportState:
        return self._state

    @property
    def _today(self) -> date:
        return self._now().astimezone(self._zone).date()

    # --- view state ---

    def open(self) -> None:
        """Shows the period around today."""
        self.choose_period(self._state.period)

    def choose_kind(self, name: str) -> None:
        """Shows another report for the same period; the period around today first moves to the
        current day.
        """
        self._follow_day()
        self._state = replace(self._state, kind=ReportKind(name), content=None, behind=None)
        self._read(self._state.period)

    def choose_scope(self, name: str) -> None:
        """Shows the figures of this workplace or of all."""
        self._follow_day()
        self._state = replace(self._state, scope=Scope(name), content=None)
        self._read(self._state.period)

    def choose_period(self, name: str) -> None:
        """Shows the day, week or month around today."""
        self._anchor, self._is_current = self._today, True
        self._read(name)

    def _follow_day(self) -> None:
        """Moves the period to today if the page was left open overnight."""
        if self._is_current:
            self._anchor = self._today

    def move(self, steps: int) -> None:
        """Shows the previous or next period; future periods are refused."""
        name = self._state.period
        wanted = neighbour(name, self._anchor, steps)
        if wanted <= self._today:
            self._anchor = wanted
            self._is_current = period_of(name, wanted) == period_of(name, self._today)
            self._read(name)

    def _read(self, name: str) -> None:
        kind = self._state.kind
        if not may(self._operator().role, Action.SEE_REPORTS):
            self._show(ReportState(kind, name, None, reports_words.reports_refused()))
            return
        self._asked += 1
        asked = self._asked
        of_all = self._everywhere()
        if of_all is not None and kind not in of_all:
            of_all = None  # available for this workplace only
        scope = Scope.HERE if of_all is None else self._state.scope
        sources = self._sources if of_all is None or scope is Scope.HERE else of_all
        reading = sources[kind](*period_of(name, self._anchor))
        self._state = replace(self._state, scope=scope, has_scopes=of_all is not None)

        def show(worded: Worded) -> None:
            if asked == self._asked:  # otherwise another report was selected since
                content = worded(self._heading())
                if scope is Scope.EVERYWHERE:
                    lead = f"{reports_words.all_workplaces()} {content.lead}"
                    content = replace(content, lead=lead)
                self._show_read(name, content, "")
                self._milestones.note(Milestone.REPORT_SHOWN, report=kind.value, scope=scope.value)

        def not_read(error: Exception) -> None:
            if asked == self._asked:
                told = reports_words.not_read()
                if isinstance(error, CentreUnread):
                    told = reports_words.centre_unread(error.code)
                self._show_read(name, None, told)

        self._show(replace(self._state, period=name, refused="", behind=None))
        self._deliveries.deliver(
            self._readers.submit(while_holding_much(reading)),
            show,
            not_read,
            expected=(StoreError, DirectoryError, CentreUnread),
        )

    def _show_read(self, name: str, content: ReportContent | None, refused: str) -> None:
        self._show(replace(self._state, period=name, content=content, refused=refused, behind=None))

    def _heading(self) -> Heading:
        return Heading(
            self._city,
            self._now().astimezone(self._zone),
            formats.short_name(self._operator().name),
        )

    # --- messages counted in a figure ---

    def open_number(self, section: int, row: int, column: int) -> None:
        """Shows the messages counted in the figure at this position of the report."""
        content = self._state.content
        if content is None:
            return
        table = content.sections[section]
        if not table.counts:
            return
        line, count = table.rows[row], table.counts[column]
        counts = [one for one in (line.counts, count) if one is not None]
        found = [one for one in line.messages if all(each(one.figures) for each in counts)]
        if not found:
            self._notify(Notice(reports_words.nothing_to_list()))
            return
        head = table.heads[column] if column >= table.texts else ""
        title = reports_words.behind_number(cell_text(line.cells[0]), head, len(found))
        self._show(replace(self._state, behind=message_list(found, title, self._names())))
        self._milestones.note(Milestone.NUMBER_OPENED, messages=len(found))
        self.listed.emit(self._state.kind.value, len(found))

    def open_message(self, row: int) -> None:
        """Requests to open a message of the shown list, if the role may see the register."""
        behind = self._state.behind
        if behind is None or not may(self._operator().role, Action.SEE_REGISTER):
            return
        (shown,) = behind.rows[row].messages

        def ask(handled: HandledMessage | None) -> None:
            if handled is not None:
                self.message_asked.emit(handled)
            else:
                self._notify(Notice(reports_words.message_elsewhere()))

        self._deliveries.deliver(
            self._readers.submit(self._message, shown.id),
            ask,
            lambda _error: self._notify(Notice(reports_words.not_read(), problem=True)),
            expected=(StoreError,),
        )

    @property
    def may_open_messages(self) -> bool:
        return may(self._operator().role, Action.SEE_REGISTER)

    def close_number(self) -> bool:
        """Closes the list of messages; returns False if no figure is open."""
        if self._state.behind is None:
            return False
        self._show(replace(self._state, behind=None))
        return True

    def propose(self, section: int, row: int) -> None:
        """Starts the topic proposal that a row justifies, if the role permits it (2.6, 4.2)."""
        content = self._state.content
        proposal = None if content is None else content.sections[section].rows[row].proposal
        if proposal is not None and may(self._operator().role, Action.PROPOSE_TOPICS):
            self.proposal_asked.emit(proposal)
            self._milestones.note(Milestone.PROPOSAL_BEGUN)

    # --- files ---

    def write_pdf(self) -> None:
        """Writes the report as PDF into the report folder and shows its path."""
        self._write(
            "pdf",
            lambda content, file: self._drawing.submit(write_pdf, content, file, self._templates),
        )

    def write_xlsx(self) -> None:
        """Writes the report as an Excel file into the report folder."""
        self._write(
            "xlsx",
            lambda content, file: self._readers.submit(
                while_holding_much(lambda: write_xlsx(content, file))
            ),
        )

    def _write(self, ending: str, write: Callable[[ReportContent, Path], "Future[Any]"]) -> None:
        content, kind, by = self._state.content, self._state.kind, self._operator()
        if content is None:
            return
        if not may(by.role, Action.EXPORT_REPORTS):
            self._notify(Notice(reports_words.export_refused(), problem=True))
            return
        span = f"{content.first:%Y-%m-%d}"
        if content.last != content.first:
            span += f"_{content.last:%Y-%m-%d}"
        file = self._folder / f"{content.file_name}_{span}.{ending}"
        if file in self._being_written:
            self._notify(Notice(core_words.still_being_written()))
            return

        def written(_outcome: object) -> None:
            self._being_written.remove(file)
            self._milestones.note(Milestone.REPORT_WRITTEN, file=file.name)
            self.written.emit(by, kind.value, ending)
            head = core_words.report_written(file.name)
            self._notify(Notice(head, str(self._folder), NOTICE_S))

        def unwritten(_error: Exception) -> None:
            self._being_written.remove(file)
            head = core_words.report_not_written()
            self._notify(Notice(head, str(self._folder), NOTICE_S, problem=True))

        self._being_written.add(file)
        self._deliveries.deliver(
            write(content, file), written, unwritten, expected=(OSError, StoreError)
        )

    def _show(self, state: ReportState) -> None:
        self._state = state
        self.changed.emit(state)
