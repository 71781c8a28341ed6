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
    """A part of a whole from 0 to 1; None where there is no whole."""

    part: float | None


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, with one digit after the comma; None where nothing was measured."""

    days: float | None


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes and seconds; None where nothing was measured."""

    time: timedelta | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute of the city's clock; None where it has not come."""

    at_local: datetime | None


Cell = str | int | date | Share | Days | Duration | Moment
"""What stands in one place of a table; words are told as they are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the head: its name, value and a remark."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``messages`` are those it counts, where ``counts`` is given by that.

    They are looked through when a number is opened, and not before. ``proposal`` has fields of a
    proposal on topics that the line gives reason for (2.6, 4.2).
    """

    cells: tuple[Cell, ...]
    messages: Sequence[CountedMessage] = ()
    is_total: bool = False
    proposal: Mapping[str, str] | None = None
    counts: Callable[[MessageFigures], int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its first ``texts`` columns are words, which give way; the others are numbers.

    ``counts`` has what each column counts of a message, None where it counts all; with it every
    number can be opened as the messages it is made of. ``code`` names tables of these columns for
    good, whatever they are called: the widths that a person gives them are kept by it. Other
    columns need another code; a table of paper alone has none.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: int = 1
    counts: tuple[Callable[[MessageFigures], int] | None, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What every report says of itself; ``made_at`` is local."""

    city: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report of the days from ``first`` to ``last``, both included.

    ``lead`` says what is counted, ``notes`` how. ``by_hour`` are the calls of a chart, none where
    the report has no chart. ``file_name`` is without day and ending. ``read_listing`` reads
    what the figures are made of, one by one, on the thread that writes the Excel file: nobody reads
    it on paper, and the window would stand still for the 40,000 calls of a month.
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
    """What a person reads in the cell."""
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
    """First and last day of «day», «week» (Monday first) or «month» around today."""
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
    """A day in the period so many periods later, or earlier for a negative number."""
    first, last = period_of(name, day)
    for _ in range(abs(steps)):
        first, last = period_of(
            name, last + timedelta(days=1) if steps > 0 else first - timedelta(days=1)
        )
    return first
