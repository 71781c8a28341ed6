"""Working hours as an editor writes and reads them: «пн–пт 8:30–17:30, обед 13:00–14:00»."""

import re
from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QCoreApplication, QLocale

from kb.hours import UNSTATED, WEEKDAYS, Span, WeekHours

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?")
_LINE = re.compile(r"(?P<days>\D*)(?P<spans>\d.*)?")


def hours_text(hours: WeekHours) -> str:
    """One line for each row of days with the same hours; empty where they are not stated."""
    if hours.around_the_clock:
        return _around_the_clock()
    lines = []
    day = 0
    while day < len(hours.days):
        last = day
        while last + 1 < len(hours.days) and hours.days[last + 1] == hours.days[day]:
            last += 1
        if hours.days[day]:
            lines.append(f"{_days_text(day, last)} {_spans_text(hours.days[day])}")
        day = last + 1
    return "\n".join(lines)


def read_hours(text: str) -> WeekHours | None:
    """The hours that were written; None where they cannot be understood. Empty: not stated."""
    cleaned = text.strip().casefold()
    if not cleaned:
        return UNSTATED
    if cleaned == _around_the_clock():
        return WeekHours(UNSTATED.days, around_the_clock=True)
    week: dict[str, object] = {}
    for line in re.split(r"[;\n]", cleaned):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        days = _read_days(found["days"]) if found else None
        spans = _read_spans(found["spans"] or "") if found else None
        if not days or not spans:
            return None
        for day in days:
            if WEEKDAYS[day] in week:
                return None
            week[WEEKDAYS[day]] = spans
    try:
        return WeekHours.parse(week)
    except ValueError:
        return None


def _days_text(first: int, last: int) -> str:
    names = _short_days()
    if (first, last) == (0, 6):
        return _every_day()
    if first == last:
        return names[first]
    return f"{names[first]}–{names[last]}"


def _spans_text(spans: Sequence[Span]) -> str:
    text = _span_text(spans[0][0], spans[-1][1])
    for earlier, later in zip(spans, spans[1:], strict=False):
        text += f", {_lunch()} {_span_text(earlier[1], later[0])}"
    return text


def _span_text(start: time, end: time) -> str:
    return f"{start.hour}:{start:%M}–{end.hour}:{end:%M}"


def _read_days(text: str) -> list[int] | None:
    numbers: dict[str, int] = {}
    for number, short in enumerate(_short_days()):
        numbers[short] = number
        long = QLocale().dayName(number + 1, QLocale.FormatType.LongFormat)
        numbers[long.casefold()] = number
    found: list[int] = []
    for part in text.strip(" ,:.").split(","):
        if part.strip(" :.") == _every_day():
            return list(range(7))
        ends = [numbers.get(end.strip(" :.")) for end in re.split(r"[-–—]", part)]
        match ends:
            case [int(only)]:
                found.append(only)
            case [int(first), int(last)] if first < last:
                found.extend(range(first, last + 1))
            case _:
                return None
    return found


def _read_spans(text: str) -> list[str] | None:
    """Spans of work with the lunches cut out."""
    work: list[tuple[str, str]] = []
    for part in text.split(","):
        part = part.strip()
        is_lunch = part.startswith(_lunch())
        found = _SPAN.fullmatch(part.removeprefix(_lunch()).strip())
        if found is None:
            return None
        start = f"{int(found[1]):02}:{found[2] or '00'}"
        end = f"{int(found[3]):02}:{found[4] or '00'}"
        if not is_lunch:
            work.append((start, end))
            continue
        if not work or not work[-1][0] < start < end < work[-1][1]:
            return None
        work[-1:] = [(work[-1][0], start), (end, work[-1][1])]
    return [f"{start}-{end}" for start, end in work]


def _short_days() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("Words", "mon"),
        QCoreApplication.translate("Words", "tue"),
        QCoreApplication.translate("Words", "wed"),
        QCoreApplication.translate("Words", "thu"),
        QCoreApplication.translate("Words", "fri"),
        QCoreApplication.translate("Words", "sat"),
        QCoreApplication.translate("Words", "sun"),
    )


def _every_day() -> str:
    return QCoreApplication.translate("Words", "daily")


def _around_the_clock() -> str:
    return QCoreApplication.translate("Words", "round the clock")


def _lunch() -> str:
    return QCoreApplication.translate("Words", "lunch")
