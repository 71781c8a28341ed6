"""Working hours are read, written and understood at a moment."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.hours import Opening, OpeningState, Span, WeekHours, opening

ZONE = ZoneInfo("Europe/Moscow")
OFFICE = WeekHours.parse(
    {day: ["08:30-13:00", "14:00-17:30"] for day in ("mon", "tue", "wed", "thu", "fri")}
)
SHOP = WeekHours.parse({day: ["10:00-18:00"] for day in ("tue", "wed", "thu", "fri", "sat")})


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def _weekdays(day: date) -> bool:
    return day.weekday() < 5


WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (
            _at(WEDNESDAY, 8),
            Opening(OpeningState.CLOSED, opens_at=_at(WEDNESDAY, 8, 30)),
        ),
        (_at(WEDNESDAY, 8, 30), Opening(OpeningState.OPEN, until=_at(WEDNESDAY, 13))),
        (_at(WEDNESDAY, 13), Opening(OpeningState.LUNCH, opens_at=_at(WEDNESDAY, 14))),
        (_at(WEDNESDAY, 14), Opening(OpeningState.OPEN, until=_at(WEDNESDAY, 17, 30))),
        (
            _at(WEDNESDAY, 17, 30),
            Opening(OpeningState.CLOSED, opens_at=_at(date(2026, 11, 26), 8, 30)),
        ),
        (_at(FRIDAY, 20), Opening(OpeningState.CLOSED, opens_at=_at(MONDAY, 8, 30))),
        (_at(SATURDAY, 12), Opening(OpeningState.CLOSED, opens_at=_at(MONDAY, 8, 30))),
    ],
)
def test_an_office_opens_lunches_and_closes(at: datetime, expected: Opening) -> None:
    assert opening(OFFICE, at, _weekdays) == expected


def test_a_day_off_of_the_calendar_closes_an_office() -> None:
    new_year = {date(2026, 12, 31) + timedelta(days=days) for days in range(11)}
    at = _at(date(2026, 12, 31), 12)

    found = opening(OFFICE, at, lambda day: day not in new_year and _weekdays(day))

    assert found == Opening(OpeningState.CLOSED, opens_at=_at(date(2027, 1, 11), 8, 30))


def test_a_working_saturday_has_the_hours_of_a_friday() -> None:
    found = opening(OFFICE, _at(SATURDAY, 12), lambda day: True)

    assert found == Opening(OpeningState.OPEN, until=_at(SATURDAY, 13))


def test_a_unit_that_names_its_saturday_works_on_it() -> None:
    assert opening(SHOP, _at(SATURDAY, 12), _weekdays).state is OpeningState.OPEN
    assert opening(SHOP, _at(MONDAY, 12), lambda day: True) == Opening(
        OpeningState.CLOSED, opens_at=_at(date(2026, 12, 1), 10)
    )


def test_a_unit_that_names_its_saturday_is_closed_in_a_row_of_days_off() -> None:
    def is_working_day(day: date) -> bool:
        return _weekdays(day) and day not in (FRIDAY, MONDAY)

    assert opening(SHOP, _at(FRIDAY, 12), is_working_day) == Opening(
        OpeningState.CLOSED, opens_at=_at(date(2026, 12, 1), 10)
    )
    assert opening(SHOP, _at(SATURDAY, 12), is_working_day).state is OpeningState.CLOSED


def test_a_unit_of_seven_days_works_whatever_the_calendar_says() -> None:
    pool = WeekHours(tuple(((time(7), time(22)),) for _day in range(7)))

    assert opening(pool, _at(WEDNESDAY, 12), lambda day: False).state is OpeningState.OPEN


def test_around_the_clock_and_unstated_hours_need_no_calendar() -> None:
    def no_calendar(day: date) -> bool:
        raise AssertionError(f"asked for {day}")

    always = WeekHours.parse({"around_the_clock": True})
    assert opening(always, _at(SATURDAY, 3), no_calendar).state is OpeningState.AROUND_THE_CLOCK
    assert opening(WeekHours.parse({}), _at(SATURDAY, 3), no_calendar) == Opening(
        OpeningState.UNKNOWN
    )


def test_an_office_without_a_working_day_ahead_just_stays_closed() -> None:
    assert opening(OFFICE, _at(WEDNESDAY, 12), lambda day: False) == Opening(OpeningState.CLOSED)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"mond": ["09:00-18:00"]}, "mond"),
        ({"mon": "09:00-18:00"}, "mon"),
        ({"tue": ["9-18"]}, "tue"),
        ({"wed": ["18:00-09:00"]}, "wed"),
        ({"thu": ["09:00-13:00", "12:00-18:00"]}, "thu"),
        ({"fri": ["14:00-18:00", "09:00-13:00"]}, "fri"),
        ({"sat": ["09:00-25:00"]}, "sat"),
    ],
)
def test_wrong_hours_are_refused_by_the_name_of_their_day(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(ValueError, match=place):
        WeekHours.parse(raw)


def _spans(moments: list[time]) -> tuple[Span, ...]:
    ordered = sorted(set(moments))
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


minutes = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
weeks = st.lists(
    st.lists(minutes, max_size=6).map(_spans), min_size=7, max_size=7
).map(lambda days: WeekHours(tuple(days)))  # fmt: skip


@given(weeks)
def test_hours_written_as_json_are_read_back(hours: WeekHours) -> None:
    assert WeekHours.parse(hours.as_json()) == hours


@given(weeks, st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1)))
def test_what_is_said_of_the_next_change_is_true(hours: WeekHours, at: datetime) -> None:
    """What is open closes at the moment named, what is not opens then."""
    at_local = at.replace(tzinfo=ZONE)
    found = opening(hours, at_local, _weekdays)

    if found.until is not None:
        assert found.state is OpeningState.OPEN
        assert found.until > at_local
        before = found.until - timedelta(minutes=1)
        assert opening(hours, max(before, at_local), _weekdays).state is OpeningState.OPEN
    if found.opens_at is not None:
        assert found.state in {OpeningState.CLOSED, OpeningState.LUNCH}
        assert found.opens_at > at_local
        assert opening(hours, found.opens_at, _weekdays).state is OpeningState.OPEN
