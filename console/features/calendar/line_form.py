"""Opening hours of the phone line as texts of form fields, and the parser of these texts (5.4)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time

from console.core.formats import date_text, hours_text
from console.features.calendar import words as calendar_words
from sync.register.calendar.line_hours import (
    DAYS_OF_WEEK,
    MIDNIGHT,
    Interval,
    Intervals,
    LineHours,
    SingleDay,
)
from sync.register.city import LineChosen

ACT, HOLIDAYS = "act", "holidays"
REDIRECT, MOVED_DAY, SINGLE_DAYS = "redirect", "moved-day", "single-days"
WEEK = tuple(f"weekday-{number}" for number in range(DAYS_OF_WEEK))

_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"([^\W\d]*)\s*{_CLOCK}\s*[-–—]\s*{_CLOCK}")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b\s*[:,]?\s*(.*)")


def typed_lists(line: LineChosen) -> dict[str, str]:
    """Returns the initial texts of the form fields by key."""
    hours = line.hours
    return {
        REDIRECT: line.redirect_to,
        **{key: _field(day) for key, day in zip(WEEK, hours.week, strict=True)},
        MOVED_DAY: _field(hours.moved_working_day),
        SINGLE_DAYS: "; ".join(
            f"{date_text(single.day)} {hours_text(single.hours)}" for single in hours.single_days
        ),
    }


def _field(intervals: Intervals) -> str:
    return hours_text(intervals) if intervals else ""


def read_line(typed: Mapping[str, str], line: LineChosen) -> LineChosen | str:
    """Parses the form fields; returns an error text if the input is invalid."""
    hours = _read_hours(typed, line.hours)
    if isinstance(hours, str):
        return hours
    number = "".join(sign for sign in typed[REDIRECT] if sign not in " ()-–")
    return replace(line, hours=hours, redirect_to=number)


def _read_hours(typed: Mapping[str, str], hours: LineHours) -> LineHours | str:
    """Parses the fields with hours; returns an error text if the input is invalid."""
    days: list[Intervals] = []
    for key in (*WEEK, MOVED_DAY):
        read = _intervals(typed[key])
        if read is None:
            return calendar_words.no_hours(calendar_words.list_names()[key], typed[key].strip())
        days.append(read)
    singles: list[SingleDay] = []
    for item in filter(None, map(str.strip, typed[SINGLE_DAYS].split(";"))):
        single = _single(item)
        if single is None:
            return calendar_words.no_single_day(item)
        singles.append(single)
    return LineHours(
        week=tuple(days[:DAYS_OF_WEEK]),
        moved_working_day=days[DAYS_OF_WEEK],
        single_days=tuple(sorted(singles, key=lambda one: one.day)),
        open_on_holidays=hours.open_on_holidays,
    )


def _single(item: str) -> SingleDay | None:
    found = _DAY.fullmatch(item)
    if found is None:
        return None
    number, month, year, rest = found.groups()
    hours = _intervals(rest)
    # A date without hours may be incomplete input; a closed day must be written as closed.
    if hours is None or not rest:
        return None
    try:
        return SingleDay(date(int(year), int(month), int(number)), hours)
    except ValueError:
        return None


def _intervals(text: str) -> Intervals | None:
    """Parses "08:00–20:00, break 12:00–13:00" or "8-12, 13-20"; a text without digits means
    closed.
    """
    if not any(map(str.isdigit, text)):
        return ()
    open_at: list[Interval] = []
    breaks: list[Interval] = []
    for part in text.split(","):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            return None
        word, *clocks = found.groups()
        span = _span(*clocks)
        if span is None:
            return None
        (breaks if word else open_at).append(span)
    for pause in breaks:
        cut = _without(open_at, pause)
        if cut is None:
            return None
        open_at = cut
    return tuple(sorted(open_at, key=lambda one: one.opens))


def _without(open_at: Iterable[Interval], pause: Interval) -> list[Interval] | None:
    """Removes a break from the intervals; returns None if no interval contains the break."""
    cut: list[Interval] = []
    is_inside = False
    for one in open_at:
        ends_before = one.closes == MIDNIGHT or (pause.closes < one.closes)
        if one.opens < pause.opens and pause.closes != MIDNIGHT and ends_before:
            cut += [Interval(one.opens, pause.opens), Interval(pause.closes, one.closes)]
            is_inside = True
        else:
            cut.append(one)
    return cut if is_inside else None


def _span(hour: str, minute: str | None, to_hour: str, to_minute: str | None) -> Interval | None:
    opens, closes = int(hour) * 60 + int(minute or 0), int(to_hour) * 60 + int(to_minute or 0)
    day = 24 * 60
    is_clock = int(minute or 0) < 60 and int(to_minute or 0) < 60
    if not is_clock or not opens < (closes or day) <= day:
        return None
    return Interval(time(*divmod(opens, 60)), time(*divmod(closes % day, 60)))
