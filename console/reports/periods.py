"""The periods that a report can be of: a day, a week, a month."""

from datetime import date, timedelta


def period_of(name: str, today: date) -> tuple[date, date]:
    """First and last day of «day», «week» (Monday first) or «month» around today."""
    match name:
        case "day":
            return today, today
        case "week":
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            first = today.replace(day=1)
            next_first = (first + timedelta(days=32)).replace(day=1)
            return first, next_first - timedelta(days=1)
        case _:
            raise ValueError(f"no such period: {name}")


def neighbour(name: str, day: date, steps: int) -> date:
    """A day in the period so many periods later, or earlier for a negative number."""
    first, last = period_of(name, day)
    for _ in range(abs(steps)):
        first, last = period_of(
            name, last + timedelta(days=1) if steps > 0 else first - timedelta(days=1)
        )
    return first
