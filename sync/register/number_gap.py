"""Numbers that may have been spoken without a trace, and where to go on so that none comes twice.

A store that is restored from a copy does not know what was registered after the copy was taken:
those numbers were read out to callers, and the centre need not have heard of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sync.register.numbering import COUNTER_MAX, MOSCOW, period_of

NUMBERS_PER_HOUR = 120
"""More than one workplace can take, day and night: a ring every thirty seconds."""
NUMBERS_AT_LEAST = 1000
CLOCK_SLACK = timedelta(days=1)
"""How wrong the clock may have been, on either side of the gap."""

_HOUR = timedelta(hours=1)


def counters_past_gap(last: Mapping[str, int], since: datetime, until: datetime) -> dict[str, int]:
    """The counter to go on after, for each month that the gap touches, no higher than 99999.

    ``last`` has the counters known, by period (YYMM). Nothing is known from ``since``, when the
    copy was taken, to ``until``; both are aware.
    """
    begin, end = since - CLOCK_SLACK, until + CLOCK_SLACK
    touched = {period: 0 for period in last if period >= period_of(begin)}
    for start, stop in _months(begin, end):
        touched[period_of(start)] = -((start - stop) // _HOUR)
    return {
        period: min(COUNTER_MAX, last.get(period, 0) + NUMBERS_AT_LEAST + NUMBERS_PER_HOUR * hours)
        for period, hours in touched.items()
    }


def _months(begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The parts of a span that lie in one month of Moscow each."""
    start, end = begin.astimezone(MOSCOW), end.astimezone(MOSCOW)
    while start < end:
        following = (start.replace(day=1) + timedelta(days=32)).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        yield start, min(following, end)
        start = following
