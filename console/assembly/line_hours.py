"""When the city answers its number, as the settings and the city's calendar say."""

from collections.abc import Callable
from datetime import datetime, time

from console.presenters.city_calendar import CityCalendar
from console.settings.workplace import CITY_ZONE, ConsoleSettings
from sync.register.hours import Interval, LineHours, is_out_of_hours


def out_of_hours(settings: ConsoleSettings, calendar: CityCalendar) -> Callable[[datetime], bool]:
    """Tells of a moment whether nobody answers then, by the calendar as it is when it is asked."""
    day = (
        Interval(time.fromisoformat(settings.line_opens), time.fromisoformat(settings.line_closes)),
    )
    week = tuple(day if weekday in settings.line_days else () for weekday in range(7))
    hours = LineHours(week=week, zone=CITY_ZONE, moved_working_day=day)
    return lambda at: is_out_of_hours(at, hours, calendar.is_working_day, calendar.is_short_day)
