"""A year of the city's calendar as the page shows it, and its days in words."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from console import words
from console.presenters.calendar_state import DayCell, DayState, YearWarning
from console.presenters.entry_state import HistoryRow
from sync.register.calendar import DayKind, WorkingCalendar
from sync.register.city import City, CityEdit, Revoked, SettingsChosen, YearGiven

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
    """All days of the year."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=count) for count in range((date(year, 12, 31) - first).days + 1))
    return tuple(DayCell(day, calendar.kind_of(day), day in calendar.ordered_days) for day in days)


def year_subtitle(year: int, calendar: WorkingCalendar) -> str:
    """By which document the year's days were moved."""
    known = calendar.years.get(year)
    if known is None:
        return words.city.no_year(year)
    decree = words.city.decree(known)
    return f"{decree} · {words.city.provisional_mark()}" if known.provisional else decree


def year_warning(today: date, shown: int, calendar: WorkingCalendar) -> YearWarning | None:
    """A year that should be known by now, or the shown one that was not compared yet."""
    missing = calendar.missing_year(today)
    if missing is not None:
        return YearWarning(*words.city.missing_year(missing))
    if calendar.is_provisional(shown):
        return YearWarning(*words.city.provisional_year(shown))
    return None


def day_state(day: date, calendar: WorkingCalendar, city: City, zone: ZoneInfo) -> DayState:
    """The day and why it is what it is."""
    kind = calendar.kind_of(day)
    edit = city.edit_of(day)
    ordered = calendar.ordered_days.get(day)
    if edit is None or ordered is None:
        lines = _by_calendar(day, kind, calendar)
    else:
        lines = (
            *words.city.ordered_because(ordered.reason, edit.document),
            words.city.settled_by(edit.by.name, edit.at.astimezone(zone)),
        )
    return DayState(
        words.city.day_title(day),
        words.terms.kind_of_day(kind),
        "accent" if edit is not None else _PILLS[kind],
        lines,
        edit is not None,
    )


def _by_calendar(day: date, kind: DayKind, calendar: WorkingCalendar) -> tuple[str, ...]:
    year = calendar.years.get(day.year)
    match kind:
        case DayKind.HOLIDAY:
            return (words.city.by_law(),)
        case DayKind.REGIONAL_HOLIDAY:
            return (words.city.by_region(),)
        case DayKind.SHORT:
            return (words.city.an_hour_shorter(),)
        case DayKind.MOVED_DAY_OFF | DayKind.WORKING_WEEKEND if year is not None:
            return (words.city.decree(year),)
        case _:
            return ()


def edit_rows(city: City, zone: ZoneInfo) -> tuple[HistoryRow, ...]:
    """The edits, the newest first."""
    revoked = city.revoked
    changes = {edit.id: edit.change for edit in city.edits}

    def row(number: int, edit: CityEdit) -> HistoryRow:
        target = edit.change.edit_id if isinstance(edit.change, Revoked) else None
        what = words.city.change_text(edit.change, changes.get(target) if target else None)
        who = words.city.settled_by(edit.by.name, edit.at.astimezone(zone))
        return HistoryRow(
            number=number,
            what=what,
            who=f"{edit.reason} · {who}",
            version=words.city.is_revoked() if edit.id in revoked else "",
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
        case YearGiven():
            return "calendar-blank"
        case _:
            return "calendar-check"
