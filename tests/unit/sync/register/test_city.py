"""Settings of the city: append-only edits, and the resulting values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sync.register.calendar.calendar import DayKind, OrderedDay, OrderedKind, read_calendar
from sync.register.calendar.line_hours import (
    ClosedAct,
    Interval,
    LineHours,
    SingleDay,
    working_week,
)
from sync.register.calendar.terms import DayOfSending
from sync.register.checks.obscene import WordLists
from sync.register.checks.photo_formats import FileFormat
from sync.register.city import (
    City,
    CityChange,
    CityEdit,
    CitySettings,
    DaysOrdered,
    EditProblem,
    LineChosen,
    Revoked,
    SettingsChosen,
    YearGiven,
    problem_of,
    right_for,
)
from sync.register.people.operators import Action, Person, Role

BUILT_IN = read_calendar(Path(__file__).parents[4] / "resources" / "calendars", "stavropol")
SUPERVISOR = Person(UUID(int=7), "Старшая Нина", Role.SUPERVISOR)
WEDNESDAY = date(2026, 11, 25)
RADONITSA = date(2026, 4, 21)
OFF, WORKING, SHORT = OrderedKind.OFF, OrderedKind.WORKING, OrderedKind.SHORT


def edit(number: int, change: CityChange, reason: str = "авария на водоводе") -> CityEdit:
    at = datetime(2026, 11, 24, 9, number, tzinfo=UTC)
    return CityEdit(UUID(int=number), change, reason, "распоряжение № 5-р", SUPERVISOR, at)


def order(kind: OrderedKind, *days: date, reason: str = "") -> DaysOrdered:
    return DaysOrdered(tuple(OrderedDay(day, kind, reason) for day in days))


def city(*changes: CityChange) -> City:
    return City(tuple(edit(number, change) for number, change in enumerate(changes, start=1)))


def kind_of(settled: City, day: date) -> DayKind:
    return settled.calendar(BUILT_IN).kind_of(day)


WEEK_OF_LINE = working_week(time(9), time(18))
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SATURDAYS = LineHours((*WEEK_OF_LINE.week[:5], (Interval(time(9), time(15)),), ()))
SENT_ON = LineChosen(SATURDAYS, ClosedAct.REDIRECT, "112")


def test_the_newest_hours_of_the_line_count_until_they_are_revoked() -> None:
    assert City().line is None
    settled = city(LineChosen(WEEK_OF_LINE), SENT_ON)
    assert settled.line == SENT_ON
    assert settled.edit_of_line() == settled.edits[1]
    assert settled.settings == CitySettings()
    assert settled.calendar(BUILT_IN) == City().calendar(BUILT_IN)
    assert settled.with_edit(edit(3, Revoked(UUID(int=2)))).line == LineChosen(WEEK_OF_LINE)


def test_the_hours_of_the_line_in_a_period_are_those_of_each_moment() -> None:
    edits = (
        replace(edit(1, LineChosen(WEEK_OF_LINE)), at=AT),
        replace(edit(2, LineChosen(SATURDAYS)), at=AT + timedelta(days=2)),
        replace(edit(3, Revoked(UUID(int=2))), at=AT + timedelta(days=4)),
    )
    settled = City(edits)
    day = timedelta(days=1)
    assert settled.lines_between(AT - 2 * day, AT) == ((AT - 2 * day, None),)
    assert settled.lines_between(AT - day, AT + 9 * day) == (
        (AT - day, None),
        (AT, WEEK_OF_LINE),
        (AT + 2 * day, SATURDAYS),
        (AT + 4 * day, WEEK_OF_LINE),
    )
    assert settled.lines_between(AT + day, AT + 2 * day) == ((AT + day, WEEK_OF_LINE),)


def test_a_city_without_edits_lives_by_the_federal_calendar() -> None:
    assert City().settings == CitySettings()
    assert kind_of(City(), RADONITSA) is DayKind.WORKING
    assert kind_of(City(), date(2026, 12, 31)) is DayKind.MOVED_DAY_OFF
    assert City().settings.rules.tells_of_registration
    assert City().edit_of(WEDNESDAY) is None


def test_the_newest_calendar_of_a_year_counts_until_it_is_revoked() -> None:
    year = BUILT_IN.years[2027]
    given = city(
        YearGiven(year), YearGiven(replace(year, provisional=False)), order(OFF, WEDNESDAY)
    )
    assert given.edit_of_year(2027) == given.edits[1]
    assert given.edit_of_year(2026) is None
    assert given.with_edit(edit(4, Revoked(UUID(int=2)))).edit_of_year(2027) == given.edits[0]


def test_the_newest_order_of_a_day_counts_until_it_is_revoked() -> None:
    settled = city(order(OFF, WEDNESDAY), order(SHORT, WEDNESDAY, reason="ремонт"))
    assert kind_of(settled, WEDNESDAY) is DayKind.SHORT
    assert settled.calendar(BUILT_IN).ordered_days[WEDNESDAY].reason == "ремонт"
    assert settled.edit_of(WEDNESDAY) == settled.edits[1]

    once = settled.with_edit(edit(3, Revoked(UUID(int=2))))
    assert kind_of(once, WEDNESDAY) is DayKind.CITY_DAY_OFF
    assert once.calendar(BUILT_IN).ordered_days[WEDNESDAY].reason == "авария на водоводе"
    assert once.edit_of(WEDNESDAY) == settled.edits[0]

    twice = once.with_edit(edit(4, Revoked(UUID(int=1))))
    assert kind_of(twice, WEDNESDAY) is DayKind.WORKING
    assert twice.in_force == ()
    assert len(twice.edits) == 4


def test_a_year_and_the_rules_come_from_their_newest_edits() -> None:
    year = replace(BUILT_IN.years[2027], provisional=False, days_off=frozenset())
    chosen = CitySettings(
        sending=DayOfSending.COUNTED,
        counts_regional_days=True,
        tells_of_registration=False,
        attachment_formats=frozenset({FileFormat.PDF}),
    )
    settled = city(YearGiven(year), SettingsChosen(CitySettings()), SettingsChosen(chosen))
    calendar = settled.calendar(BUILT_IN)
    assert not calendar.is_provisional(2027)
    assert calendar.kind_of(date(2027, 11, 5)) is DayKind.WORKING
    assert calendar.kind_of(RADONITSA) is DayKind.REGIONAL_HOLIDAY
    assert settled.settings == chosen
    assert settled.edit_of(RADONITSA) is None
    assert settled.settings.rules.attachment_formats == {FileFormat.PDF}


def test_days_are_of_those_who_keep_the_calendar_and_rules_of_those_who_configure() -> None:
    assert right_for(order(OFF, WEDNESDAY)) is Action.EDIT_CALENDAR
    assert right_for(SettingsChosen(CitySettings())) is Action.CONFIGURE
    assert right_for(LineChosen(SATURDAYS)) is Action.CONFIGURE


LOCAL = frozenset({"чебурек"})
LONG_REST = tuple(date(2026, 12, 1) + timedelta(days=count) for count in range(70))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (order(OFF, WEDNESDAY), None),
        (SettingsChosen(CitySettings(turns_photos=True)), None),
        (LineChosen(SATURDAYS), None),
        (SENT_ON, None),
        (replace(SENT_ON, redirect_to="+79005550112"), None),
        (replace(SENT_ON, act=ClosedAct.ANNOUNCE, redirect_to=""), None),
        (replace(SENT_ON, redirect_to=""), EditProblem.NO_REDIRECT_NUMBER),
        (replace(SENT_ON, redirect_to="1" * 16), EditProblem.NO_REDIRECT_NUMBER),
        (replace(SENT_ON, redirect_to="дежурный"), EditProblem.NO_REDIRECT_NUMBER),
        (LineChosen(LineHours(((),) * 7)), EditProblem.LINE_NEVER_OPEN),
        (
            LineChosen(replace(SATURDAYS, single_days=(SingleDay(WEDNESDAY),) * 2)),
            EditProblem.HOURS_DAY_TWICE,
        ),
        (
            LineChosen(replace(SATURDAYS, moved_working_day=SATURDAYS.week[0] * 2)),
            EditProblem.HOURS_OVERLAP,
        ),
        (Revoked(UUID(int=1)), None),
        (YearGiven(replace(BUILT_IN.years[2027], provisional=False)), None),
        (YearGiven(BUILT_IN.years[2027]), EditProblem.NOTHING_CHANGES),
        (SettingsChosen(CitySettings()), EditProblem.NOTHING_CHANGES),
        (SettingsChosen(CitySettings(obscene_words=WordLists(denied=LOCAL))), None),
        (
            SettingsChosen(CitySettings(obscene_words=WordLists(LOCAL, LOCAL))),
            EditProblem.WORD_IN_BOTH_LISTS,
        ),
        (DaysOrdered(()), EditProblem.NO_DAYS),
        (Revoked(UUID(int=9)), EditProblem.UNKNOWN_EDIT),
        (Revoked(UUID(int=3)), EditProblem.UNKNOWN_EDIT),
        (Revoked(UUID(int=2)), EditProblem.ALREADY_REVOKED),
        (order(OFF, *LONG_REST), EditProblem.NO_WORKING_DAYS),
    ],
)
def test_an_edit_that_cannot_be_taken_says_why(
    change: CityChange, problem: EditProblem | None
) -> None:
    settled = city(
        order(OFF, date(2026, 11, 27)), order(SHORT, date(2026, 11, 27)), Revoked(UUID(int=2))
    )
    assert problem_of(settled, edit(4, change), BUILT_IN) is problem
    assert problem_of(settled, edit(4, change, " "), BUILT_IN) is EditProblem.REASON_MISSING


def test_an_edit_that_changes_no_hours_starts_no_new_period() -> None:
    line = LineChosen(WEEK_OF_LINE)
    edits = (
        replace(edit(1, line), at=AT),
        replace(edit(2, line), at=AT + timedelta(days=2)),
    )
    start, end = AT - timedelta(days=1), AT + timedelta(days=9)
    assert City(edits).lines_between(start, end) == ((start, None), (AT, WEEK_OF_LINE))
