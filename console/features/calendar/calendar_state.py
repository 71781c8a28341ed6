"""View state of the calendar page, and preview of the deadlines that a calendar edit moves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from console.core import formats
from console.core.view_data import HistoryRow
from console.features.calendar import words as calendar_words
from console.shared.messages import term_words
from sync.register.calendar.calendar import DayKind, WorkingCalendar
from sync.register.calendar.line_hours import Intervals
from sync.register.city import (
    City,
    CityEdit,
    LineChosen,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.handling.answers import AnswerTermRule
from sync.register.handling.clocks import WITH_TERM, MovedTerm, Reckoning, moved_terms
from sync.register.handling.standing import Standing
from sync.register.messages import MessageRecord, State


class Stage(StrEnum):
    """Stage of an edit; the page shows a different side panel for each."""

    LOOK = "look"
    FILE = "file"
    """The path of a calendar file is entered."""
    FORM = "form"
    """The change and its reason are entered."""
    CONFIRM = "confirm"
    """The deadlines that move are shown for confirmation."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the year grid; ``is_ordered`` if an order of the city set its type."""

    day: date
    kind: DayKind
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class DayState:
    """The selected day as text: ``kind`` is its type (working day, day off), ``lines`` the
    reasons.
    """

    title: str = ""
    kind: str = ""
    pill: str = "neutral"
    lines: tuple[str, ...] = ()
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class YearWarning:
    """Warning about a year; ``action`` is the label of the button that resolves it, or empty."""

    head: str
    body: str
    action: str


@dataclass(frozen=True, slots=True)
class Question:
    """Choice field of the edit form: key, label, and pairs of value and text."""

    key: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class TypedList:
    """Text field of the edit form for a list of values: key, label and text."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FormState:
    """View state of the edit form; ``lines`` describe the change."""

    title: str = ""
    lines: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    lists: tuple[TypedList, ...] = ()
    reason: str = ""
    document: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MovedState:
    """View state of the preview: deadlines that the edit moves, with a summary."""

    title: str = ""
    lead: str = ""
    rows: tuple[HistoryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarState:
    """View state of the calendar page.

    ``edit_lines`` are the regulations and maps of the edit selected in the list. ``form_key``
    changes when the form gets other fields. ``lacks_year`` is True if the calendar of a year that
    should be loaded by today is missing. ``found`` is the note about a draft of a previous session.
    """

    today: date
    chosen: date
    cells: tuple[DayCell, ...] = ()
    subtitle: str = ""
    warning: YearWarning | None = None
    lacks_year: bool = False
    day: DayState = DayState()
    edits: tuple[HistoryRow, ...] = ()
    edit_lines: tuple[str, ...] = ()
    stage: Stage = Stage.LOOK
    path: str = ""
    path_problem: str = ""
    form_key: int = 0
    form: FormState = FormState()
    moved: MovedState = MovedState()
    may_edit: bool = False
    is_busy: bool = False
    found: str = ""


class OpenMessage(Protocol):
    """A message with its current state."""

    @property
    def record(self) -> MessageRecord: ...

    @property
    def standing(self) -> Standing: ...


class OpenMessages(Protocol):
    """Source of the messages with running deadlines; called on a reader thread, raises
    StoreError.
    """

    def in_states(self, states: Collection[State]) -> Sequence[OpenMessage]: ...


@dataclass(frozen=True, slots=True)
class MovedTogether:
    """Deadlines that an edit moves; ``records`` are their messages by id."""

    terms: tuple[MovedTerm, ...]
    records: Mapping[UUID, MessageRecord]


def look_what_moves(
    messages: OpenMessages,
    rules: Sequence[AnswerTermRule],
    before: Reckoning,
    after: Reckoning,
    zone: ZoneInfo,
    rules_after: Sequence[AnswerTermRule] | None = None,
) -> MovedTogether:
    """Finds the running deadlines that an edit of calendar or rules moves.

    Blocks; call on a worker thread.
    """
    found = messages.in_states(WITH_TERM)
    terms = moved_terms([one.standing for one in found], rules, before, after, zone, rules_after)
    return MovedTogether(terms, {one.record.id: one.record for one in found})


def moved_state(looked: MovedTogether, today: date, *, shows_text: bool) -> MovedState:
    """Returns the view state of the preview.

    Deadlines that the edit makes overdue are listed first. ``shows_text`` is True for operators who
    may read the register.
    """
    overdue = sum(_runs_out(term, today) for term in looked.terms)
    lead = (
        calendar_words.moved_lead(overdue) if looked.terms else calendar_words.nothing_moves_lead()
    )
    ordered = sorted(looked.terms, key=lambda term: (not _runs_out(term, today), term.after))
    rows = tuple(
        _row(number, term, looked.records[term.message_id], today, shows_text)
        for number, term in enumerate(ordered, start=1)
    )
    return MovedState(calendar_words.moved_title(len(rows)), lead, rows)


def _runs_out(term: MovedTerm, today: date) -> bool:
    return term.after < today <= term.before


def _row(
    number: int, term: MovedTerm, record: MessageRecord, today: date, shows_text: bool
) -> HistoryRow:
    name = calendar_words.without_number() if record.number is None else str(record.number)
    about = formats.first_line(record.text) if shows_text else ""
    runs_out = _runs_out(term, today)
    return HistoryRow(
        number=number,
        what=f"{name} · {about}" if about else name,
        who=calendar_words.from_to(term.before, term.after),
        version=calendar_words.runs_out()
        if runs_out
        else calendar_words.shift(term.before, term.after),
        icon="warning-octagon-fill" if runs_out else "calendar-check",
        role="danger" if runs_out else "text-2",
    )


_PILLS = {
    DayKind.WORKING: "neutral",
    DayKind.SHORT: "warn",
    DayKind.WORKING_WEEKEND: "neutral",
    DayKind.WEEKEND: "outline",
    DayKind.HOLIDAY: "danger",
    DayKind.MOVED_DAY_OFF: "danger",
    DayKind.REGIONAL_HOLIDAY: "danger",
    DayKind.CITY_DAY_OFF: "accent",
    DayKind.CITY_WORKING_DAY: "accent",
}


def year_cells(year: int, calendar: WorkingCalendar) -> tuple[DayCell, ...]:
    """Returns the year grid cells of all days of the year."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=count) for count in range((date(year, 12, 31) - first).days + 1))
    return tuple(DayCell(day, calendar.kind_of(day), day in calendar.ordered_days) for day in days)


def year_subtitle(year: int, calendar: WorkingCalendar) -> str:
    """Returns the title of the government decree that moved days of the year.

    If the calendar of the year is missing, returns a note about it.
    """
    known = calendar.years.get(year)
    if known is None:
        return calendar_words.no_year(year)
    decree = calendar_words.decree(known)
    return f"{decree} · {calendar_words.provisional_mark()}" if known.provisional else decree


def year_warning(today: date, shown: int, calendar: WorkingCalendar) -> YearWarning | None:
    """Returns a warning about a calendar year, or None.

    The calendar of a year that should be loaded by today is missing, or the shown year is still
    provisional.
    """
    missing = calendar.missing_year(today)
    if missing is not None:
        return YearWarning(*calendar_words.missing_year(missing))
    if calendar.is_provisional(shown):
        return YearWarning(*calendar_words.provisional_year(shown))
    return None


def day_state(
    day: date, calendar: WorkingCalendar, city: City, zone: ZoneInfo, hours: Intervals
) -> DayState:
    """Returns the state of a day with the reasons for its type (working day, day off).

    ``hours`` are the opening hours of the phone line on that day.
    """
    kind = calendar.kind_of(day)
    edit = city.edit_of(day)
    ordered = calendar.ordered_days.get(day)
    if edit is None or ordered is None:
        lines = _by_calendar(day, kind, calendar)
    else:
        lines = (
            *calendar_words.ordered_because(ordered.reason, edit.document),
            calendar_words.settled_by(edit.by.name, edit.at.astimezone(zone)),
        )
    return DayState(
        calendar_words.day_title(day),
        term_words.kind_of_day(kind),
        "accent" if edit is not None else _PILLS[kind],
        (*lines, calendar_words.line_that_day(hours)),
        edit is not None,
    )


def _by_calendar(day: date, kind: DayKind, calendar: WorkingCalendar) -> tuple[str, ...]:
    year = calendar.years.get(day.year)
    match kind:
        case DayKind.HOLIDAY:
            return (calendar_words.by_law(),)
        case DayKind.REGIONAL_HOLIDAY:
            return (calendar_words.by_region(),)
        case DayKind.SHORT:
            return (calendar_words.an_hour_shorter(),)
        case DayKind.MOVED_DAY_OFF | DayKind.WORKING_WEEKEND if year is not None:
            return (calendar_words.decree(year),)
        case _:
            return ()


def edit_rows(city: City, zone: ZoneInfo) -> tuple[HistoryRow, ...]:
    """Returns the list rows of all edits, the latest first."""
    revoked = city.revoked
    changes = {edit.id: edit.change for edit in city.edits}

    def row(number: int, edit: CityEdit) -> HistoryRow:
        target = edit.change.edit_id if isinstance(edit.change, Revoked) else None
        what = calendar_words.change_text(edit.change, changes.get(target) if target else None)
        who = calendar_words.settled_by(edit.by.name, edit.at.astimezone(zone))
        return HistoryRow(
            number=number,
            what=what,
            who=f"{edit.reason} · {who}",
            version=calendar_words.is_revoked() if edit.id in revoked else "",
            icon=_icon(edit),
            role="text-3" if edit.id in revoked else "text-2",
        )

    return tuple(reversed([row(number, edit) for number, edit in enumerate(city.edits, 1)]))


def _icon(edit: CityEdit) -> str:
    match edit.change:
        case Revoked():
            return "arrow-counter-clockwise"
        case SettingsChosen():
            return "gear-six"
        case LineChosen():
            return "clock"
        case RegulationsGiven():
            return "file-text"
        case YearGiven():
            return "calendar-blank"
        case _:
            return "calendar-check"
