"""Persons recorded for a phone number: one for each name, never merged by number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.persons import NamedRecord, is_named, name_text, persons_of
from sync.register.people.values import PersonName

PHONE = "+79005550171"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def record(
    hours: int,
    *parts: str,
    phone: str | None = PHONE,
    email: str | None = None,
    about: str = "Вопрос",
) -> NamedRecord:
    name = PersonName(*parts)
    at = AT + timedelta(hours=hours)
    return NamedRecord(f"n-{hours}", at, name, phone, email, "roads", None, about)


def told(*records: NamedRecord) -> list[tuple[str, int]]:
    return [(name_text(one.name), one.records) for one in persons_of(records)]


def test_a_family_telephone_has_a_person_for_each_name_the_newest_first() -> None:
    people = persons_of(
        (
            record(1, "Проба", "Анна", "Петровна", email="anna@test.invalid", about="Яма"),
            record(2, "Проба", "Иван", "Ильич", about="Мусор"),
            record(3, "Проба", "Анна", "Петровна", about="Свет"),
        )
    )

    assert [name_text(one.name) for one in people] == ["Проба Анна Петровна", "Проба Иван Ильич"]
    anna, ivan = people
    assert (anna.records, anna.last.about, anna.email) == (2, "Свет", "anna@test.invalid")
    assert (ivan.records, ivan.last.about, ivan.email) == (1, "Мусор", None)


def test_a_shorter_name_joins_the_one_person_it_fits_and_else_stays_apart() -> None:
    anna, maria = ("Проба", "Анна", "Петровна"), ("Проба", "Мария", "Петровна")

    assert told(record(1, *anna), record(2, "Проба", "Анна", "")) == [("Проба Анна Петровна", 2)]
    assert told(record(1, *anna), record(2, *maria), record(3, "Проба", "", "")) == [
        ("Проба", 1),
        ("Проба Мария Петровна", 1),
        ("Проба Анна Петровна", 1),
    ]


def test_two_short_names_do_not_meet_through_each_other() -> None:
    assert told(record(1, "Проба", "", ""), record(2, "", "Анна", "")) == [
        ("Анна", 1),
        ("Проба", 1),
    ]


def test_letters_of_one_name_may_differ_in_case_and_in_io() -> None:
    assert told(record(1, "Прёба", "Пётр", ""), record(2, "ПРЕБА", "петр", "")) == [
        ("ПРЕБА петр", 2)
    ]


def test_the_same_name_of_other_telephones_is_another_person() -> None:
    name = ("Проба", "Анна", "Петровна")

    assert len(persons_of((record(1, *name), record(2, *name, phone="+79005550172")))) == 2
    assert len(persons_of((record(1, *name, phone=None), record(2, *name, phone=None)))) == 2
    by_address = [record(hours, *name, phone=None, email="a@test.invalid") for hours in (1, 2)]
    assert len(persons_of(by_address)) == 1


def test_records_without_a_name_are_nobody_s() -> None:
    assert persons_of((record(1, "", " ", ""),)) == ()


@given(
    st.lists(
        st.tuples(*(st.sampled_from(["", "Анна", "Проба", "проба"]) for _part in range(3))),
        max_size=8,
    )
)
def test_every_named_record_is_counted_once_in_whatever_order(
    names: list[tuple[str, str, str]],
) -> None:
    records = [record(hours, *parts) for hours, parts in enumerate(names)]
    people = persons_of(records)

    assert sum(one.records for one in people) == sum(any(parts) for parts in names)
    assert {one.last.number for one in people} == {
        one.last.number for one in persons_of(reversed(records))
    }


@pytest.mark.parametrize("query", ["проба", "Анна проб", "петр анна", "ПРОБА-ВТ", "втор", ""])
def test_beginnings_of_words_in_any_order_find_a_name(query: str) -> None:
    (person,) = persons_of((record(1, "Проба-Вторая", "Анна", "Пётровна"),))

    assert is_named(person, query.replace("-", " "))
    assert not is_named(person, f"{query} иван")
