"""Greeting for the time of day, and the form of address of a person."""

from __future__ import annotations

from datetime import time

import pytest

from sync.register.calls.phrases import PartOfDay, part_of_day
from sync.register.people.values import PersonName


@pytest.mark.parametrize(
    ("at", "part"),
    [
        (time(4, 59), PartOfDay.NIGHT),
        (time(5), PartOfDay.MORNING),
        (time(10, 59, 59), PartOfDay.MORNING),
        (time(11), PartOfDay.DAY),
        (time(17), PartOfDay.EVENING),
        (time(22, 59), PartOfDay.EVENING),
        (time(23), PartOfDay.NIGHT),
        (time(0), PartOfDay.NIGHT),
    ],
)
def test_each_hour_has_its_part_of_the_day(at: time, part: PartOfDay) -> None:
    assert part_of_day(at) is part


@pytest.mark.parametrize(
    ("name", "called"),
    [
        (PersonName("Иванова", "Анна", "Петровна"), "Анна Петровна"),
        (PersonName("", "Анна", ""), "Анна"),
        (PersonName("Иванова", "", "Петровна"), ""),
        (PersonName("Иванова", " ", ""), ""),
    ],
)
def test_a_person_is_spoken_to_by_name_and_patronymic(name: PersonName, called: str) -> None:
    assert name.called == called
