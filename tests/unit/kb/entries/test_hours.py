"""Working hours are parsed, formatted and evaluated at a given time."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.entries.hours import Opening, OpeningState, Span, WeekHours
from kb.entries.hours import opening as opening_by

ZONE = ZoneInfo("Europe/Moscow")
OFFICE = WeekHours.parse(
    {day: ["08:30-13:00", "14:00-17:30"] for day in ("mon", "tue", "wed", "thu", "fri")}
)
SHOP = WeekHours.parse({day: ["10:00-18:00"] for day in ("tue", "wed", "thu", "fri", "sat")})


def opening(
    hours: WeekHours,
    at_local: datetime,
    is_working_day: Callable[[date], bool],
    is_short_day: Callable[[date], bool] = lambda _day: False,
) -> Opening:
    return opening_by(hours, at_local, is_working_day, is_short_day)


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
        (_at(WEDNESDAY, 13), Opening(OpeningState.BREAK, opens_at=_at(WEDNESDAY, 14))),
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
        ({"sun": ["09:00-24:00", "10:00-11:00"]}, "sun"),
    ],
)
def test_wrong_hours_are_refused_by_the_name_of_their_day(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(ValueError, match=place):
        WeekHours.parse(raw)


def _spans(moments: list[time]) -> tuple[Span, ...]:
    """Spans of these moments in turn; the last may end at midnight."""
    ordered = sorted({moment for moment in moments if moment != time(0)})
    if len(ordered) % 2:
        ordered.append(time(0))
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


minutes = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
from_midnight = st.just(((time(0), time(6)), (time(22), time(0))))
days = st.lists(minutes, max_size=6).map(_spans) | from_midnight
weeks = st.builds(
    lambda spans, keeps: WeekHours(tuple(spans), keeps_short_days=keeps and any(spans)),
    st.lists(days, min_size=7, max_size=7),
    st.booleans(),
)
moments = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1))
short_days = st.sets(st.integers(0, 6)).map(
    lambda weekdays: lambda day: day.weekday() in weekdays and _weekdays(day)
)


@given(weeks)
def test_hours_written_as_json_are_read_back(hours: WeekHours) -> None:
    assert WeekHours.parse(hours.as_json()) == hours


@given(weeks, moments, short_days)
def test_what_is_said_of_the_next_change_is_true(
    hours: WeekHours, at: datetime, is_short_day: Callable[[date], bool]
) -> None:
    """An open unit closes at the stated time and not before; a closed one opens then."""
    at_local = at.replace(tzinfo=ZONE)
    found = opening(hours, at_local, _weekdays, is_short_day)

    def state(moment: datetime) -> OpeningState:
        return opening(hours, moment, _weekdays, is_short_day).state

    if found.until is not None:
        assert found.state is OpeningState.OPEN
        assert found.until > at_local
        assert state(max(found.until - timedelta(minutes=1), at_local)) is OpeningState.OPEN
        assert state(found.until) in {OpeningState.CLOSED, OpeningState.BREAK}
    if found.opens_at is not None:
        assert found.state in {OpeningState.CLOSED, OpeningState.BREAK}
        assert found.opens_at > at_local
        still_shut = {OpeningState.CLOSED, OpeningState.BREAK}
        assert state(max(found.opens_at - timedelta(minutes=1), at_local)) in still_shut
        open_then = {OpeningState.OPEN, OpeningState.AROUND_THE_CLOCK}
        assert state(found.opens_at) in open_then
        is_break = found.state is OpeningState.BREAK
        assert not is_break or found.opens_at.date() == at_local.date()


@given(weeks, moments)
def test_a_short_day_takes_an_hour_of_its_end_and_nothing_else(
    hours: WeekHours, at: datetime
) -> None:
    at_local = at.replace(tzinfo=ZONE)
    follows = not (all(hours.days) or hours.keeps_short_days)

    usual = opening(hours, at_local, _weekdays)
    short = opening(hours, at_local, _weekdays, _weekdays)

    if not follows:
        assert short == usual
    elif usual.state is OpeningState.OPEN and short.state is OpeningState.OPEN:
        assert usual.until is not None
        assert short.until is not None
        assert short.until <= usual.until
    else:
        assert short.state is not OpeningState.OPEN or usual.state is OpeningState.OPEN


def test_a_short_day_ends_an_hour_earlier_as_a_whole() -> None:
    half = WeekHours.parse({"wed": ["08:00-12:00", "13:00-13:30", "14:00-14:40"]})
    eve = _at(WEDNESDAY, 0).date()

    def on(hour: int, minute: int = 0) -> Opening:
        return opening(half, _at(WEDNESDAY, hour, minute), _weekdays, lambda day: day == eve)

    assert on(11) == Opening(OpeningState.OPEN, until=_at(WEDNESDAY, 12))
    assert on(13, 10) == Opening(OpeningState.OPEN, until=_at(WEDNESDAY, 13, 30))
    assert on(13, 35).state is OpeningState.CLOSED
    assert on(14, 10).state is OpeningState.CLOSED


def test_who_works_past_midnight_is_open_until_the_morning() -> None:
    night = WeekHours.parse({"wed": ["20:00-24:00"], "thu": ["00:00-06:00", "20:00-24:00"]})
    thursday = WEDNESDAY + timedelta(days=1)

    assert opening(night, _at(WEDNESDAY, 23), _weekdays).until == _at(thursday, 6)
    assert opening(night, _at(thursday, 23), _weekdays).until == _at(FRIDAY, 0)


def test_every_day_from_midnight_to_midnight_is_around_the_clock() -> None:
    always = WeekHours(tuple(((time(0), time(0)),) for _day in range(7)))

    found = opening(always, _at(WEDNESDAY, 12), _weekdays)

    assert found == Opening(OpeningState.AROUND_THE_CLOCK)
