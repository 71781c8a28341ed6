"""A report in words and typed cells: one content for the screen, for paper and for a table.

Every form is made from ``ReportContent``, so that screen and file cannot differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import assert_never

from console import words
from sync.register.message_statistics.counted import CountedMessage
from sync.register.message_statistics.figures import MessageFigures
from sync.register.statistics import CallFigures


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
        return words.formats.period_text(self.first, self.last)

    @property
    def made_at(self) -> str:
        return words.formats.date_and_time(self.heading.made_at)


def cell_text(cell: Cell) -> str:
    """What a person reads in the cell."""
    match cell:
        case str():
            return cell
        case int():
            return str(cell)
        case date():
            return words.formats.day_text(cell)
        case Share(part):
            return words.formats.percent_text(part)
        case Days(days):
            return words.formats.NO_VALUE if days is None else words.formats.number_text(days)
        case Duration(time):
            return words.formats.duration_text(None if time is None else time.total_seconds())
        case Moment(at):
            return words.formats.NO_VALUE if at is None else words.formats.date_and_time(at)
        case _ as unreachable:
            assert_never(unreachable)
