"""Names typed in one line: parts, alternative readings, typing errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.name_reading import NameDoubt, read_name, readings, split_name
from sync.register.people.persons import name_text
from sync.register.people.values import PersonName


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", PersonName("", "", "")),
        ("иванова", PersonName("Иванова", "", "")),
        ("Иванова Анна", PersonName("Иванова", "Анна", "")),
        ("Иванова Анна Петровна", PersonName("Иванова", "Анна", "Петровна")),
        ("анна петровна", PersonName("", "Анна", "Петровна")),
        ("Илья Ильич", PersonName("", "Илья", "Ильич")),
        ("Анна Петровна Иванова", PersonName("Иванова", "Анна", "Петровна")),
        ("Анна Петровна Иванова Смирнова", PersonName("Иванова Смирнова", "Анна", "Петровна")),
        ("Гарсиа Лопес Анна Сергеевна", PersonName("Гарсиа Лопес", "Анна", "Сергеевна")),
        ("Пётр Ильич Абрамович", PersonName("Пётр", "Ильич", "Абрамович")),
        ("петрова-водкина Анна Петровна", PersonName("Петрова-Водкина", "Анна", "Петровна")),
        ("ПЕТРОВА-ВОДКИНА АННА", PersonName("Петрова-Водкина", "Анна", "")),
        ("иВАНОВА аННА", PersonName("Иванова", "Анна", "")),
        ("Алиев Рашид Мамед оглы", PersonName("Алиев", "Рашид", "Мамед оглы")),
        ("рашид мамед ОГЛЫ", PersonName("", "Рашид", "Мамед оглы")),
        ("Лейла Мамед кызы Алиева", PersonName("Алиева", "Лейла", "Мамед кызы")),
        ("д'Артаньян  Шарль", PersonName("д'Артаньян", "Шарль", "")),
        ("о’нил мар’яна", PersonName("О'Нил", "Мар'яна", "")),
        ("фон Берг Карл", PersonName("фон Берг", "Карл", "")),
        ("МакГрегор Эван", PersonName("МакГрегор", "Эван", "")),
        ("Ли", PersonName("Ли", "", "")),
    ],
)
def test_a_name_in_one_line_is_shared_out(text: str, name: PersonName) -> None:
    assert split_name(text) == name


def kept_words(name: PersonName) -> list[str]:
    return sorted(f"{name.surname} {name.given_name} {name.patronymic}".lower().split())


@given(st.text(alphabet="абвАБВ -'", max_size=40))
def test_no_word_of_a_name_is_lost_in_any_reading(text: str) -> None:
    ways = readings(text)

    assert all(kept_words(way) == sorted(text.lower().split()) for way in ways)
    assert len(set(ways)) == len(ways)
    assert ways[0] == split_name(text) == read_name(text).name


@given(st.lists(st.sampled_from(["анна", "проба", "петровна", "оглы", "Фон"]), max_size=5))
def test_a_name_that_was_put_in_order_keeps_its_capitals(words: list[str]) -> None:
    once = name_text(split_name(" ".join(words)))

    assert kept_words(split_name(once)) == kept_words(split_name(" ".join(words)))
    assert all(way.surname == way.surname.strip() for way in readings(once))


def test_a_misread_name_has_the_right_reading_among_the_others() -> None:
    assert PersonName("Иванова", "Анна Мария", "") in readings("Анна Мария Иванова")
    assert PersonName("Абрамович", "Пётр", "Ильич") in readings("Пётр Ильич Абрамович")
    assert PersonName("Иванова", "Анна", "") in readings("Анна Иванова")
    assert readings("Анна") == (PersonName("Анна", "", ""), PersonName("", "Анна", ""))


@pytest.mark.parametrize(
    ("text", "doubt", "mended"),
    [
        ("Ивaнова Анна", NameDoubt.LATIN_LOOK_ALIKES, "Иванова Анна"),
        ("COBA Анна", NameDoubt.LATIN_LOOK_ALIKES, "СОВА Анна"),
        ("bdfyjdf fyyf gtnhjdyf", NameDoubt.OTHER_LAYOUT, "иванова анна петровна"),
        ("gtnhjd", NameDoubt.OTHER_LAYOUT, "петров"),
    ],
)
def test_slips_of_the_keyboard_are_pointed_out(text: str, doubt: NameDoubt, mended: str) -> None:
    reading = read_name(text)

    assert (reading.doubt, reading.mended) == (doubt, mended)
    assert read_name(mended).doubt is None


@pytest.mark.parametrize("text", ["John Smith", "Анна Smith", "Иванова", "Ли", "Li", "", "Ng"])
def test_a_foreign_name_is_no_slip(text: str) -> None:
    assert read_name(text).doubt is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Исаев Магомед Башир Алиевич", PersonName("Исаев", "Магомед Башир", "Алиевич")),
        ("Гарсия Лопес Анна Петровна", PersonName("Гарсия Лопес", "Анна", "Петровна")),
        ("Алиева Севда Мамед Кызы", PersonName("Алиева", "Севда", "Мамед кызы")),
    ],
)
def test_two_given_names_or_two_surnames(typed: str, name: PersonName) -> None:
    assert split_name(typed) == name
