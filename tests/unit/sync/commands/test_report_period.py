"""Period of ``central report`` if not both dates are given."""

from __future__ import annotations

from datetime import date

import pytest

from sync.commands.central import _period


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2027, 1, 1), date(2026, 12, 1), date(2026, 12, 31)),
        (date(2028, 3, 1), date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 3, 31), date(2027, 2, 1), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_without_days_it_is_the_last_month(today: date, first: date, last: date) -> None:
    assert _period(None, None, today) == (first, last)


def test_one_day_alone_is_that_day() -> None:
    day, today = date(2026, 12, 31), date(2027, 1, 1)
    assert _period(day, None, today) == _period(None, day, today) == (day, day)
