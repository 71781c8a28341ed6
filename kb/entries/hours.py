"""Current time of the city (Europe/Moscow), weekly hours, and whether a unit is open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Europe/Moscow")


def city_now() -> datetime:
    """Returns the current time in the city. Entries expire at midnight of the city, not of the
    server.
    """
    return datetime.now(CITY_ZONE)


FRIDAY = 4  # value of weekday()
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_LOOKED_AHEAD = 31  # exceeds the longest series of days off
MIDNIGHT = time(0)
SHORT_BY = timedelta(hours=1)  # Labour Code, article 95

Span = tuple[time, time]
"""Start and end of working hours on one day; an end of 00:00 means 24:00."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Working hours by weekday, Monday first; gaps between the spans of a day are breaks.

    ``around_the_clock`` overrides the spans. If no day has a span, the hours are unknown. With
    ``keeps_short_days`` the unit does not close earlier on the eve of a holiday.
    """

    days: tuple[tuple[Span, ...], ...]
    around_the_clock: bool = False
    keeps_short_days: bool = False

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> "WeekHours":
        """Parses hours such as ``{"mon": ["08:30-13:00", "14:00-24:00"], ...}``.

        ``{"around_the_clock": true}`` replaces the days; ``"keeps_short_days": true`` is an
        additional key. Raises ValueError that names the invalid part.
        """
        if raw.get("around_the_clock") is True:
            return cls(tuple(() for _ in WEEKDAYS), around_the_clock=True)
        unknown = raw.keys() - set(WEEKDAYS) - {"around_the_clock", "keeps_short_days"}
        if unknown:
            raise ValueError(f"hours: unknown day {sorted(unknown)[0]!r}")
        days = tuple(_spans(day, raw.get(day, [])) for day in WEEKDAYS)
        return cls(days, keeps_short_days=raw.get("keeps_short_days") is True and any(days))

    def as_json(self) -> dict[str, object]:
        if self.around_the_clock:
            return {"around_the_clock": True}
        if not any(self.days):
            return {}
        record: dict[str, object] = {
            day: [f"{start:%H:%M}-{clock_text(end)}" for start, end in spans]
            for day, spans in zip(WEEKDAYS, self.days, strict=True)
        }
        return record | {"keeps_short_days": True} if self.keeps_short_days else record


UNSTATED = WeekHours(tuple(() for _ in WEEKDAYS))


def clock_text(end: time) -> str:
    """Returns the text of the end of a span; midnight is 24:00."""
    return "24:00" if end == MIDNIGHT else f"{end:%H:%M}"


def _spans(day: str, raw: object) -> tuple[Span, ...]:
    if not isinstance(raw, list):
        raise ValueError(f"hours.{day}: expected a list of time spans")
    spans = []
    for text in raw:
        try:
            start_text, end_text = str(text).split("-")
            start, end = time.fromisoformat(start_text.strip()), _end(end_text.strip())
        except ValueError as error:
            raise ValueError(f"hours.{day}: {text!r} is not a time span HH:MM-HH:MM") from error
        if start >= end != MIDNIGHT:
            raise ValueError(f"hours.{day}: {text!r} ends before it starts")
        spans.append((start, end))
    if any(
        earlier[1] > later[0] or earlier[1] == MIDNIGHT
        for earlier, later in zip(spans, spans[1:], strict=False)
    ):
        raise ValueError(f"hours.{day}: time spans overlap or are not in order")
    return tuple(spans)


def _end(text: str) -> time:
    return MIDNIGHT if text == "24:00" else time.fromisoformat(text)


class OpeningState(StrEnum):
    """State of a unit at a given time."""

    OPEN = "open"
    BREAK = "break"
    CLOSED = "closed"
    AROUND_THE_CLOCK = "around_the_clock"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening state of a unit at a given time; ``until`` is the closing time, ``opens_at`` the next
    opening time.
    """

    state: OpeningState
    until: datetime | None = None
    opens_at: datetime | None = None


def opening(
    hours: WeekHours,
    at_local: datetime,
    is_working_day: Callable[[date], bool],
    is_short_day: Callable[[date], bool],
) -> Opening:
    """Returns the opening state at a local time, considering days off, moved working days and short
    days.

    A unit is closed on days off of the calendar, unless its hours include all seven days: such a
    unit ignores the calendar. A Saturday or Sunday in the hours is a working day, unless both the
    Friday before and the Monday after are days off. If a working day was moved to a Saturday or
    Sunday that is not in the hours, the hours of Friday apply. A short day ends an hour earlier,
    unless ``keeps_short_days``.
    """
    if hours.around_the_clock:
        return Opening(OpeningState.AROUND_THE_CLOCK)
    if not any(hours.days):
        return Opening(OpeningState.UNKNOWN)
    plan = _Plan(hours, is_working_day, is_short_day, at_local.tzinfo)
    today = at_local.date()
    spans = plan.on(today)
    for start, end in spans:
        if start <= at_local < end:
            return plan.open_until(end)
    later = [start for start, _end in spans if start > at_local]
    if later:
        begun = any(end <= at_local for _start, end in spans)
        return Opening(OpeningState.BREAK if begun else OpeningState.CLOSED, opens_at=later[0])
    for days in range(1, DAYS_LOOKED_AHEAD + 1):
        spans = plan.on(today + timedelta(days=days))
        if spans:
            return Opening(OpeningState.CLOSED, opens_at=spans[0][0])
    return Opening(OpeningState.CLOSED)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Working spans of calendar days as datetimes."""

    hours: WeekHours
    is_working_day: Callable[[date], bool]
    is_short_day: Callable[[date], bool]
    zone: tzinfo | None

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        spans = [(self._at(day, start), self._end_at(day, end)) for start, end in self._stated(day)]
        follows_calendar = not (all(self.hours.days) or self.hours.keeps_short_days)
        if not spans or not follows_calendar or not self.is_short_day(day):
            return spans
        # The day ends earlier as a whole: spans after its new end are dropped.
        last = spans[-1][1] - SHORT_BY
        return [(start, min(end, last)) for start, end in spans if start < last]

    def open_until(self, end: datetime) -> Opening:
        """Returns the state of a unit that is open at least until the end of this span; the next
        span may continue after midnight.
        """
        for _day in range(DAYS_LOOKED_AHEAD):
            if end.time() != MIDNIGHT:
                return Opening(OpeningState.OPEN, until=end)
            following = [last for start, last in self.on(end.date()) if start == end]
            if not following:
                return Opening(OpeningState.OPEN, until=end)
            end = following[0]
        return Opening(OpeningState.AROUND_THE_CLOCK)

    def _stated(self, day: date) -> tuple[Span, ...]:
        days, weekday = self.hours.days, day.weekday()
        stated = days[weekday]
        if all(days):
            return stated
        if weekday <= FRIDAY:
            return stated if self.is_working_day(day) else ()
        if not stated:
            return days[FRIDAY] if self.is_working_day(day) else ()
        friday, monday = day - timedelta(days=weekday - FRIDAY), day + timedelta(days=7 - weekday)
        in_a_row_of_days_off = not (self.is_working_day(friday) or self.is_working_day(monday))
        return () if in_a_row_of_days_off else stated

    def _end_at(self, day: date, end: time) -> datetime:
        return self._at(day + timedelta(days=1) if end == MIDNIGHT else day, end)

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, tzinfo=self.zone)
