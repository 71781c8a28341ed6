"""Next registration numbers after a store was restored from a backup."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.register.numbering import (
    COUNTER_MAX,
    MOSCOW,
    NUMBERS_AT_LEAST,
    NUMBERS_PER_HOUR,
    counters_past_gap,
)

DAY = timedelta(days=1)
HOURS = NUMBERS_PER_HOUR


def test_all_that_may_have_been_spoken_since_the_copy_is_passed_over() -> None:
    taken = datetime(2026, 11, 10, 12, tzinfo=MOSCOW)
    past = counters_past_gap({"2610": 900, "2611": 120}, taken, taken + timedelta(minutes=61))
    # an hour and a minute, plus a day of clock error on either side
    assert past == {"2611": 120 + NUMBERS_AT_LEAST + 50 * HOURS}


def test_each_month_of_the_gap_has_its_own_part_of_it() -> None:
    taken = datetime(2026, 11, 30, 12, tzinfo=MOSCOW)
    past = counters_past_gap(
        {"2611": 5, "2703": 2}, taken, datetime(2026, 12, 1, 12, tzinfo=MOSCOW)
    )
    assert past == {
        "2611": 5 + NUMBERS_AT_LEAST + 36 * HOURS,
        "2612": NUMBERS_AT_LEAST + 36 * HOURS,
        # an incorrect clock issued numbers of a future month
        "2703": 2 + NUMBERS_AT_LEAST,
    }


def test_a_month_has_no_more_numbers_than_its_digits() -> None:
    taken = datetime(2026, 11, 1, 12, tzinfo=MOSCOW)
    past = counters_past_gap({"2611": 99_000}, taken, taken + 3 * DAY)
    assert past["2611"] == COUNTER_MAX
