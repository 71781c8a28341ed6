"""Working hours as an editor writes and reads them: «пн–пт 8:30–17:30, обед 13:00–14:00»."""

import re
from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QCoreApplication, QLocale

from kb.hours import MIDNIGHT, UNSTATED, WEEKDAYS, Span, WeekHours, clock_text

ONE_BREAK = 2  # spans of work

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
    if hours.keeps_short_days:
        lines.append(_short_days_kept())
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
        line = line.strip()
        if not line:
            continue
        if line == _short_days_kept():
            week["keeps_short_days"] = True
            continue
        if line.endswith(_day_off()) and _read_days(line.removesuffix(_day_off())):
            continue
        found = _LINE.fullmatch(line)
        days = _read_days(found["days"]) if found else None
        spans = _read_spans(found["spans"] or "") if found else None
        if not days or not spans:
            return None
        for day in days:
            if WEEKDAYS[day] in week:
                return None
            week[WEEKDAYS[day]] = spans
    try:
        hours = WeekHours.parse(week)
        return hours if any(hours.days) else None
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
    word = _lunch() if len(spans) == ONE_BREAK else _break()
    for earlier, later in zip(spans, spans[1:], strict=False):
        text += f", {word} {_span_text(earlier[1], later[0])}"
    return text


def _span_text(start: time, end: time) -> str:
    return f"{start.hour}:{start:%M}–{clock_text(end).removeprefix('0')}"


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
        is_break = part.startswith((_lunch(), _break()))
        found = _SPAN.fullmatch(part.removeprefix(_lunch()).removeprefix(_break()).strip())
        if found is None:
            return None
        start = f"{int(found[1]):02}:{found[2] or '00'}"
        end = f"{int(found[3]):02}:{found[4] or '00'}"
        if end == "00:00":
            end = clock_text(MIDNIGHT)
        if not is_break:
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


def _break() -> str:
    return QCoreApplication.translate("Words", "break")


def _day_off() -> str:
    return QCoreApplication.translate("Words", "day off")


def _short_days_kept() -> str:
    """The line of a unit that works to its usual hour on the eve of a holiday."""
    return QCoreApplication.translate("Words", "no shorter on the eve of a holiday")
