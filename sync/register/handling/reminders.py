"""What the days bring: planned dates that near or come, review terms that run out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar import WorkingCalendar
from sync.register.handling.events import Event, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import History, in_force
from sync.register.terms import LONGEST_REST_DAYS, DayOfSending, review_term

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReviewsDue:
    """Messages whose term of review ends today or tomorrow, and those whose term is over (7.11).

    "Tomorrow" is the next working day, by the reading of the day of sending that the city follows.
    """

    near: tuple[UUID, ...]
    over: tuple[UUID, ...]


def working_days_before(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The day that is so many working days before; at most two months of rest are looked over."""
    earlier, left = day, count
    for _ in range(LONGEST_REST_DAYS):
        if left == 0:
            break
        earlier -= ONE_DAY
        left -= calendar.is_working_day(earlier)
    return earlier


def plan_in_force(history: History) -> Event | None:
    """The event that sent the plan whose date is awaited (9.6)."""
    if history.standing.planned_on is None:
        return None
    sent = [event for event in in_force(history.events) if event.step is Step.SEND_PLAN]
    return sent[-1] if sent else None


def reviews_due(
    waiting: Iterable[HandledMessage],
    at: datetime,
    calendar: WorkingCalendar,
    sending: DayOfSending,
    zone: ZoneInfo,
) -> ReviewsDue:
    """Which of the messages under review want a decision soon; ``zone`` is the city's clock."""
    today = at.astimezone(zone).date()
    near: list[UUID] = []
    over: list[UUID] = []
    for message in waiting:
        sent_at = message.standing.submitted_at
        if sent_at is None:
            continue
        last = review_term(sent_at.astimezone(zone).date(), calendar).last_day(sending)
        if today > last:
            over.append(message.id)
        elif today >= working_days_before(last, 1, calendar):
            near.append(message.id)
    return ReviewsDue(tuple(near), tuple(over))
