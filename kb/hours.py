"""Working hours of a unit and what they mean at a given moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

FRIDAY = 4  # as datetime counts the days of a week
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_LOOKED_AHEAD = 31  # past the longest row of days off of the production calendar

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Spans of work for each weekday, Monday first; several spans have breaks between them.

    ``around_the_clock`` overrides the spans. A week without any span means: not stated.
    """

    days: tuple[tuple[Span, ...], ...]
    around_the_clock: bool = False

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> "WeekHours":
        """Hours of the form ``{"mon": ["08:30-13:00", "14:00-17:30"], ...}``.

        ``{"around_the_clock": true}`` stands for every hour. Raises ValueError with the place.
        """
        if raw.get("around_the_clock") is True:
            return cls(tuple(() for _ in WEEKDAYS), around_the_clock=True)
        unknown = raw.keys() - set(WEEKDAYS) - {"around_the_clock"}
        if unknown:
            raise ValueError(f"hours: unknown day {sorted(unknown)[0]!r}")
        return cls(tuple(_spans(day, raw.get(day, [])) for day in WEEKDAYS))

    def as_json(self) -> dict[str, object]:
        if self.around_the_clock:
            return {"around_the_clock": True}
        if self == UNSTATED:
            return {}
        return {
            day: [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans]
            for day, spans in zip(WEEKDAYS, self.days, strict=True)
        }


UNSTATED = WeekHours(tuple(() for _ in WEEKDAYS))


def _spans(day: str, raw: object) -> tuple[Span, ...]:
    if not isinstance(raw, list):
        raise ValueError(f"hours.{day}: a list of spans is needed")
    spans = []
    for text in raw:
        try:
            start_text, end_text = str(text).split("-")
            start, end = (
                time.fromisoformat(start_text.strip()),
                time.fromisoformat(end_text.strip()),
            )
        except ValueError as error:
            raise ValueError(f"hours.{day}: {text!r} is no span of hours") from error
        if start >= end:
            raise ValueError(f"hours.{day}: {text!r} ends before it begins")
        spans.append((start, end))
    if any(earlier[1] > later[0] for earlier, later in zip(spans, spans[1:], strict=False)):
        raise ValueError(f"hours.{day}: spans overlap or stand out of order")
    return tuple(spans)


class OpeningState(StrEnum):
    """What a caller would find now."""

    OPEN = "open"
    LUNCH = "lunch"
    CLOSED = "closed"
    AROUND_THE_CLOCK = "around_the_clock"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Opening:
    """The state at a moment; ``until`` ends what is open, ``opens_at`` what is not."""

    state: OpeningState
    until: datetime | None = None
    opens_at: datetime | None = None


def opening(
    hours: WeekHours, at_local: datetime, is_working_day: Callable[[date], bool]
) -> Opening:
    """What the hours mean at a local moment, with the calendar's days off and moved days.

    A day off of the calendar closes a unit, unless its hours name all seven days: such a one
    works whatever the calendar says. A Saturday or Sunday that the hours name is kept, but not
    within a row of days off, where neither the Friday before nor the Monday after is worked. A
    working weekend day (a moved day) that they do not name takes Friday's hours.
    """
    if hours.around_the_clock:
        return Opening(OpeningState.AROUND_THE_CLOCK)
    if not any(hours.days):
        return Opening(OpeningState.UNKNOWN)
    spans = _spans_on(hours, at_local.date(), is_working_day)
    now = at_local.time()
    for start, end in spans:
        if start <= now < end:
            return Opening(OpeningState.OPEN, until=_at(at_local, at_local.date(), end))
    later = [start for start, _end in spans if start > now]
    if later:
        begun = any(end <= now for _start, end in spans)
        state = OpeningState.LUNCH if begun else OpeningState.CLOSED
        return Opening(state, opens_at=_at(at_local, at_local.date(), later[0]))
    for days in range(1, DAYS_LOOKED_AHEAD + 1):
        day = at_local.date() + timedelta(days=days)
        spans = _spans_on(hours, day, is_working_day)
        if spans:
            return Opening(OpeningState.CLOSED, opens_at=_at(at_local, day, spans[0][0]))
    return Opening(OpeningState.CLOSED)


def _spans_on(
    hours: WeekHours, day: date, is_working_day: Callable[[date], bool]
) -> tuple[Span, ...]:
    weekday = day.weekday()
    stated = hours.days[weekday]
    if all(hours.days):
        return stated
    if weekday <= FRIDAY:
        return stated if is_working_day(day) else ()
    if not stated:
        return hours.days[FRIDAY] if is_working_day(day) else ()
    friday, monday = day - timedelta(days=weekday - FRIDAY), day + timedelta(days=7 - weekday)
    in_a_row_of_days_off = not (is_working_day(friday) or is_working_day(monday))
    return () if in_a_row_of_days_off else stated


def _at(like: datetime, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=like.tzinfo)
