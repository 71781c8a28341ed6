"""Report content: typed cells, tables and headings for screen, PDF and Excel; report periods.

All three outputs are created from ``ReportContent`` and therefore show the same data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import assert_never

from console.core import formats
from sync.register.figures.call_statistics import CallFigures
from sync.register.figures.figures import MessageFigures
from sync.register.figures.tables import CountedMessage


@dataclass(frozen=True, slots=True)
class Share:
    """Ratio from 0 to 1 as a table cell; None if the total is zero."""

    part: float | None


@dataclass(frozen=True, slots=True)
class Days:
    """Number of days as a table cell, shown with one decimal digit; None without data."""

    days: float | None


@dataclass(frozen=True, slots=True)
class Duration:
    """Duration as a table cell, shown as minutes and seconds; None without data."""

    time: timedelta | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Local date and time as a table cell, to the minute; None if the event has not
    happened yet.
    """

    at_local: datetime | None


Cell = str | int | date | Share | Days | Duration | Moment
"""Value of a table cell; text is shown unchanged."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure of a report: name, value and remark."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; ``messages`` are the messages that its numbers count.

    The messages are selected by ``counts`` only when the operator opens a number. ``proposal`` has
    prefilled fields for a proposal of a new topic based on this row (2.6, 4.2).
    """

    cells: tuple[Cell, ...]
    messages: Sequence[CountedMessage] = ()
    is_total: bool = False
    proposal: Mapping[str, str] | None = None
    counts: Callable[[MessageFigures], int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One table: the first ``texts`` columns contain text and may be narrowed; the others contain
    numbers.

    ``counts`` has one counting function per column, None if the column counts all messages; it
    allows opening every number as a list of messages. ``code`` is a stable id of the column set,
    under which the operator's column widths are stored. A different column set needs a different
    code; a table that appears only in the PDF has none.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: int = 1
    counts: tuple[Callable[[MessageFigures], int] | None, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Information above every report: city, local creation time and author."""

    city: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Report for the days from ``first`` to ``last``, inclusive.

    ``lead`` describes the data, ``notes`` the formulas. ``by_hour`` has the hourly figures of the
    chart; empty without a chart. ``file_name`` has no date and no suffix. ``read_listing`` reads
    the individual records on the thread that writes the Excel file. They are not printed, and
    reading a month's 40,000 calls would block the window.
    """

    title: str
    lead: str
    notes: tuple[str, ...]
    file_name: str
    heading: Heading
    first: date
    last: date
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    by_hour: tuple[CallFigures, ...] = ()
    read_listing: Callable[[], Section] | None = field(default=None, compare=False)
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def period(self) -> str:
        return formats.period_text(self.first, self.last)

    @property
    def made_at(self) -> str:
        return formats.date_and_time(self.heading.made_at)


def cell_text(cell: Cell) -> str:
    """Returns the display text of the cell."""
    match cell:
        case str():
            return cell
        case int():
            return str(cell)
        case date():
            return formats.day_text(cell)
        case Share(part):
            return formats.percent_text(part)
        case Days(days):
            return formats.NO_VALUE if days is None else formats.number_text(days)
        case Duration(time):
            return formats.duration_text(None if time is None else time.total_seconds())
        case Moment(at):
            return formats.NO_VALUE if at is None else formats.date_and_time(at)
        case _ as unreachable:
            assert_never(unreachable)


def period_of(name: str, today: date) -> tuple[date, date]:
    """Returns the first and last day of the «day», «week» (from Monday) or «month» that includes
    today.
    """
    match name:
        case "day":
            return today, today
        case "week":
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            first = today.replace(day=1)
            next_first = (first + timedelta(days=32)).replace(day=1)
            return first, next_first - timedelta(days=1)
        case _:
            raise ValueError(f"no such period: {name}")


def neighbour(name: str, day: date, steps: int) -> date:
    """Returns the first day of the period that is ``steps`` periods after the one of ``day``;
    negative for earlier.
    """
    first, last = period_of(name, day)
    for _ in range(abs(steps)):
        first, last = period_of(
            name, last + timedelta(days=1) if steps > 0 else first - timedelta(days=1)
        )
    return first
