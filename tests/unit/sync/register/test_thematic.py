"""Thematic regulations and technological maps: selection of rules, and refusals (3.1-3.3)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from sync.errors import CalendarUnreadable
from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import DaysOf
from sync.register.city import (
    City,
    CityChange,
    CityEdit,
    EditProblem,
    RegulationsGiven,
    Revoked,
    problem_of,
    right_for,
)
from sync.register.handling.answers import AnswerTermRule, RuleSource, rule_for
from sync.register.people.operators import Action, Person, Role
from sync.register.thematic import (
    TechnologicalMap,
    TermSet,
    ThematicRegulation,
    body_for,
    rules_of,
)
from sync.register.thematic_file import city_content_of_file
from tests.fakes.regulations import MAP, REGULATION, file_of, rows_of

BUILT_IN = read_calendar(Path(__file__).parents[4] / "resources" / "calendars", "stavropol")
SUPERVISOR = Person(UUID(int=7), "Старшая Нина", Role.SUPERVISOR)
DAY = date(2026, 6, 1)
DIRECTORY = (
    AnswerTermRule("light", None, None, 30, DaysOf.CALENDAR),
    AnswerTermRule(None, "light/lamp", None, 20, DaysOf.CALENDAR),
    AnswerTermRule(None, None, "light-service", 15, DaysOf.CALENDAR),
)
ONE_DAY = timedelta(days=1)


def edit(number: int, change: CityChange) -> CityEdit:
    at = datetime(2026, 11, 24, 9, number, tzinfo=UTC)
    return CityEdit(UUID(int=number), change, "приказ", "", SUPERVISOR, at)


def city(*changes: CityChange) -> City:
    return City(tuple(edit(number, change) for number, change in enumerate(changes, start=1)))


def problem(change: CityChange, *before: CityChange) -> EditProblem | None:
    return problem_of(city(*before), edit(9, change), BUILT_IN)


def winner(
    on: date, *records: ThematicRegulation | TechnologicalMap, organ: str = "light-service"
) -> tuple[RuleSource, int]:
    rules = (*rules_of(records), *DIRECTORY)
    found = {rule_for(order, "light", "light/lamp", organ, on) for order in (rules, rules[::-1])}
    (rule,) = found
    assert rule is not None
    return rule.source, rule.days


def test_a_map_is_before_the_regulation_and_that_before_the_directory() -> None:
    assert winner(DAY) == (RuleSource.DIRECTORY, 20)
    assert winner(DAY, REGULATION) == (RuleSource.REGULATION, 10)
    assert winner(DAY, REGULATION, MAP) == (RuleSource.MAP, 2)
    assert winner(DAY, MAP) == (RuleSource.MAP, 2)


def test_a_map_is_of_one_body_only() -> None:
    assert winner(DAY, REGULATION, MAP, organ="waste-service") == (RuleSource.REGULATION, 10)


def test_a_map_of_a_topic_is_before_the_regulation_of_its_category() -> None:
    narrow = replace(REGULATION, topics=(), categories=("light/lamp",))
    wide = replace(MAP, topic="light", category=None)
    assert winner(DAY, narrow, wide) == (RuleSource.MAP, 2)


def test_the_rule_tells_its_document() -> None:
    found = rule_for(rules_of((REGULATION, MAP)), "light", "light/lamp", "light-service", DAY)
    assert found is not None
    assert (found.number, found.dated) == (MAP.number, MAP.dated)


@pytest.mark.parametrize(
    ("day", "source"),
    [
        (REGULATION.valid_from - ONE_DAY, RuleSource.DIRECTORY),
        (REGULATION.valid_from, RuleSource.REGULATION),
        (REGULATION.valid_to, RuleSource.REGULATION),
        (date(2027, 1, 1), RuleSource.DIRECTORY),
    ],
)
def test_what_is_not_in_force_on_the_day_of_registration_does_not_rule(
    day: date, source: RuleSource
) -> None:
    assert winner(day, REGULATION)[0] is source


def test_a_regulation_without_a_term_leaves_it_to_the_directory() -> None:
    assert winner(DAY, replace(REGULATION, term=None)) == (RuleSource.DIRECTORY, 20)


def test_messages_go_to_the_body_of_the_regulation_in_force() -> None:
    narrow = replace(
        REGULATION, id="lamp", topics=(), categories=("light/lamp",), body="waste-service"
    )
    silent = replace(narrow, body=None)
    assert body_for((REGULATION,), "light", "light/lamp", DAY) == "light-service"
    assert body_for((REGULATION, narrow), "light", "light/lamp", DAY) == "waste-service"
    assert body_for((REGULATION, silent), "light", "light/lamp", DAY) == "light-service"
    assert body_for((REGULATION,), "light", None, date(2027, 1, 1)) is None
    assert body_for((REGULATION,), "roads", None, DAY) is None


GIVEN = RegulationsGiven((REGULATION,), (MAP,))


def test_records_are_an_edit_of_who_may_change_the_calendar() -> None:
    assert problem(GIVEN) is None
    assert right_for(GIVEN) is Action.EDIT_CALENDAR
    assert problem(GIVEN, GIVEN) is EditProblem.NOTHING_CHANGES


def test_the_next_edition_holds_and_the_one_before_stays_and_comes_back() -> None:
    ended = replace(REGULATION, valid_to=date(2026, 6, 30))
    settled = city(GIVEN, RegulationsGiven((ended,)))
    assert set(settled.records) == {ended, MAP}
    assert [one.change for one in settled.edits] == [GIVEN, RegulationsGiven((ended,))]
    assert set(settled.with_edit(edit(3, Revoked(UUID(int=2)))).records) == {REGULATION, MAP}
    assert settled.edit_of_record(REGULATION) == settled.edits[1]
    assert settled.edit_of_record(MAP) == settled.edits[0]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (RegulationsGiven(), EditProblem.NO_RECORDS),
        (
            RegulationsGiven((replace(REGULATION, number=" "),)),
            EditProblem.RECORD_NUMBER_MISSING,
        ),
        (
            RegulationsGiven((replace(REGULATION, approved_by=""),)),
            EditProblem.RECORD_APPROVAL_MISSING,
        ),
        (
            RegulationsGiven((replace(REGULATION, valid_to=date(2026, 1, 31)),)),
            EditProblem.RECORD_ENDS_BEFORE,
        ),
        (RegulationsGiven((replace(REGULATION, topics=()),)), EditProblem.RECORD_WITHOUT_TOPIC),
        (
            RegulationsGiven(maps=(replace(MAP, topic="light"),)),
            EditProblem.RECORD_WITHOUT_TOPIC,
        ),
        (RegulationsGiven(maps=(replace(MAP, body=""),)), EditProblem.RECORD_WITHOUT_BODY),
        (
            RegulationsGiven(maps=(replace(MAP, term=TermSet(0, DaysOf.WORKING)),)),
            EditProblem.RECORD_TERM_TOO_SHORT,
        ),
        (RegulationsGiven((replace(REGULATION, file=""),)), EditProblem.RECORD_WITHOUT_FILE),
        (RegulationsGiven((REGULATION, REGULATION)), EditProblem.RECORD_TWICE),
    ],
)
def test_a_wrong_record_is_refused(wrong: RegulationsGiven, word: EditProblem) -> None:
    assert problem(wrong) is word


def test_two_regulations_of_one_topic_are_not_in_force_on_one_day() -> None:
    following = replace(
        REGULATION, id="next", number="40-р", valid_from=date(2026, 12, 31), valid_to=None
    )
    assert problem(RegulationsGiven((following,)), GIVEN) is EditProblem.REGULATIONS_OVERLAP
    later = replace(following, valid_from=date(2027, 1, 1))
    assert problem(RegulationsGiven((later,)), GIVEN) is None
    elsewhere = replace(following, topics=("roads",))
    assert problem(RegulationsGiven((elsewhere,)), GIVEN) is None
    # The next edition in the same file ends the earlier one.
    ended = replace(REGULATION, valid_to=date(2026, 12, 30))
    assert problem(RegulationsGiven((ended, following)), GIVEN) is None
    both = (GIVEN, RegulationsGiven((ended, following)))
    assert problem(Revoked(UUID(int=1)), *both) is None
    singly = (GIVEN, RegulationsGiven((ended,)), RegulationsGiven((following,)))
    assert problem(Revoked(UUID(int=2)), *singly) is EditProblem.REGULATIONS_OVERLAP


def test_two_maps_of_one_pair_are_not_in_force_on_one_day() -> None:
    second = replace(MAP, id="second")
    assert problem(RegulationsGiven(maps=(second,)), GIVEN) is EditProblem.REGULATIONS_OVERLAP
    other = replace(second, body="waste-service")
    assert problem(RegulationsGiven(maps=(other,)), GIVEN) is None


def test_a_file_brings_the_records(tmp_path: Path) -> None:
    file = tmp_path / "regulations.json"
    file.write_text(file_of(REGULATION, MAP), encoding="utf-8")
    assert city_content_of_file(file) == GIVEN


def _changed(**fields: Any) -> dict[str, Any]:
    rows = rows_of(REGULATION)
    rows["regulations"][0] |= fields
    return rows


@pytest.mark.parametrize(
    "rows",
    [
        _changed(dated="12.01.2026"),
        _changed(term={"days": "10", "days_of": "working"}),
        _changed(term={"days": 10, "days_of": "weeks"}),
        _changed(valid_til="2026-12-31"),
        _changed(agreed=[{"body": "light-service"}]),
        _changed(number=12),
    ],
)
def test_a_field_that_cannot_be_read_names_its_record(rows: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "regulations.json"
    file.write_text(json.dumps({**rows_of(MAP), **rows}), encoding="utf-8")
    with pytest.raises(CalendarUnreadable) as caught:
        city_content_of_file(file)
    assert (caught.value.code, caught.value.row) == ("bad_record", 1)


def test_other_files_are_still_calendars(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("25.11.2026;off;авария\n", encoding="utf-8")
    assert len(tuple(city_content_of_file(file))) == 1  # type: ignore[arg-type]  # days, no year


def test_a_record_that_no_edit_holds_has_no_edit() -> None:
    assert city(RegulationsGiven((REGULATION,), ())).edit_of_record(MAP) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "unreadable"),
        (b"\xff\xfe\xfd", "unreadable"),
        (b"{", "not_json"),
        (b'{"regulations": [], "others": []}', "bad_record"),
        (b'{"others": []}', "not_a_calendar"),
    ],
)
def test_a_file_that_cannot_be_parsed_is_refused_with_its_code(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "regulations.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CalendarUnreadable) as caught:
        city_content_of_file(path)
    assert caught.value.code == code


def test_a_file_of_regulations_only_has_no_maps(tmp_path: Path) -> None:
    path = tmp_path / "regulations.json"
    path.write_text('{"maps": []}', encoding="utf-8")
    assert city_content_of_file(path) == RegulationsGiven((), ())
