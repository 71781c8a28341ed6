"""The city's calendar and rules in the register: append-only, by permission, and read back
completely.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from sync.records.feed_values import UNREADABLE
from sync.records.replicated_tables import city_edit
from sync.register.calendar.calendar import OrderedDay, OrderedKind, read_calendar
from sync.register.calendar.line_hours import ClosedAct, Interval, LineHours, SingleDay
from sync.register.calendar.terms import DayOfSending
from sync.register.checks.obscene import WordLists
from sync.register.checks.photo_formats import FileFormat
from sync.register.city import (
    City,
    CityEdit,
    CitySettings,
    DaysOrdered,
    EditProblem,
    LineChosen,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import person
from sync.register.people.operators import Action, Operator, Refusal, Role
from sync.store.local.city import CityStore, change_of, change_row, city_row
from sync.store.local.register import RegisterStore
from tests.fakes.regulations import MAP, REGULATION
from tests.fakes.store_template import StoreTemplate

BUILT_IN = read_calendar(Path(__file__).parents[5] / "resources" / "calendars", "stavropol")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SUPERVISOR = Operator(UUID(int=2), "starshaya", "Старшая Нина", Role.SUPERVISOR)
OPERATOR = Operator(UUID(int=1), "probova", "Пробова Анна", Role.OPERATOR)
DAY_OFF = DaysOrdered((OrderedDay(date(2026, 11, 25), OrderedKind.OFF, ""),))

LUNCH = (Interval(time(8), time(12)), Interval(time(13), time(0)))
LINE = LineHours(
    week=(*(LUNCH,) * 5, (), ()),
    moved_working_day=LUNCH,
    single_days=(SingleDay(date(2026, 12, 31), LUNCH[:1]), SingleDay(date(2027, 1, 9))),
    open_on_holidays=True,
)
CHOSEN = LineChosen(LINE, ClosedAct.REDIRECT, "112")


def settling(store: RegisterStore) -> CityStore:
    return CityStore(store, BUILT_IN, clock=lambda: AT)


def test_every_kind_of_edit_comes_back_from_the_disk_as_it_was(
    path: Path, store_template: StoreTemplate
) -> None:
    store = store_template.open_copy(path)
    city_store = settling(store)
    assert city_store.city() == City()
    moved = (MovedTerm(UUID(int=5), date(2026, 11, 26), date(2026, 11, 27)),)
    chosen = CitySettings(
        DayOfSending.COUNTED,
        True,
        False,
        True,
        frozenset({FileFormat.PDF, FileFormat.PNG}),
        WordLists(frozenset({"херня"}), frozenset({"чебурек"})),
    )
    year = replace(BUILT_IN.years[2027], provisional=False)
    first = city_store.edit(
        DAY_OFF, SUPERVISOR, reason=" авария ", document="№ 5-р", moved=moved
    ).result()
    assert isinstance(first, CityEdit)
    assert first == CityEdit(first.id, DAY_OFF, "авария", "№ 5-р", person(SUPERVISOR), AT, moved)
    given = RegulationsGiven((REGULATION,), (MAP,))
    for change in (YearGiven(year), SettingsChosen(chosen), CHOSEN, given, Revoked(first.id)):
        assert isinstance(city_store.edit(change, SUPERVISOR, reason="сверено").result(), CityEdit)
    before = city_store.city()
    assert store.close_store()

    again = RegisterStore.open(path, store_template.key)
    read = settling(again).city()
    assert again.close_store()
    assert read == before
    assert read.edits[0] == first
    assert read.settings == chosen
    assert read.line == CHOSEN
    assert read.records == (REGULATION, MAP)
    assert not read.calendar(BUILT_IN).is_provisional(2027)
    assert read.calendar(BUILT_IN).ordered_days == {}


def test_rules_of_a_time_without_the_words_of_the_city_are_read(store: RegisterStore) -> None:
    city_store = settling(store)
    settings = CitySettings(turns_photos=True)
    made = CityEdit(UUID(int=7), SettingsChosen(settings), "решение", "", person(SUPERVISOR), AT)
    row = city_row(made)
    del row["change"]["settings"]["obscene_words"]
    store.write(lambda connection: connection.execute(insert(city_edit).values(row))).result()
    assert city_store.city() == City((made,))


def test_hours_of_the_line_are_written_as_a_reader_of_the_store_expects() -> None:
    row = change_row(CHOSEN)
    assert row["kind"] == "line"
    assert (row["act"], row["redirect_to"]) == ("redirect", "112")
    assert row["hours"]["week"][0] == [
        {"opens": "08:00", "closes": "12:00"},
        {"opens": "13:00", "closes": "00:00"},
    ]
    assert row["hours"]["single_days"][1] == {"day": "2027-01-09", "hours": []}


@pytest.mark.parametrize("clock", ["07:00", "25:00"])
def test_hours_that_cannot_be_are_not_taken_from_another_workplace(clock: str) -> None:
    row = change_row(LineChosen(LINE))
    row["hours"]["week"][0][0]["closes"] = clock
    with pytest.raises(UNREADABLE):
        change_of(row)


def test_an_edit_without_a_right_or_a_reason_changes_nothing(store: RegisterStore) -> None:
    city_store = settling(store)
    settings = SettingsChosen(CitySettings(turns_photos=True))

    assert city_store.edit(DAY_OFF, OPERATOR, reason="авария").result() == Refusal(
        Role.OPERATOR, Action.EDIT_CALENDAR
    )
    assert city_store.edit(settings, OPERATOR, reason="так").result() == Refusal(
        Role.OPERATOR, Action.CONFIGURE
    )
    assert city_store.edit(DAY_OFF, SUPERVISOR, reason=" ").result() is EditProblem.REASON_MISSING
    assert city_store.city() == City()


def test_an_edit_is_never_written_over(store: RegisterStore) -> None:
    city_store = settling(store)
    made = city_store.edit(DAY_OFF, SUPERVISOR, reason="авария").result()

    def overwrite(connection: Connection) -> None:
        connection.execute(update(city_edit).values(reason="другая"))

    def remove(connection: Connection) -> None:
        connection.execute(delete(city_edit))

    for change in (overwrite, remove):
        with pytest.raises(IntegrityError, match="only added"):
            store.write(change).result()
    assert city_store.city().edits == (made,)


def test_what_has_no_order_is_written_in_one() -> None:
    """The iteration order of sets differs between processes, so a stored draft would always
    differ.
    """
    words = frozenset(f"слово-{number}" for number in range(10))
    settings = replace(CitySettings(), obscene_words=WordLists(allowed=words))
    row = change_row(SettingsChosen(settings))["settings"]
    assert row["obscene_words"]["allowed"] == sorted(words)
    assert row["attachment_formats"] == sorted(row["attachment_formats"])
