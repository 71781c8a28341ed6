"""Whether a free-text note mentions a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.names import is_begun, mentions
from sync.register.people.persons import PersonQuery
from sync.register.people.values import PersonName

PHONE = "+79005550137"
BY_PHONE = PersonQuery(phone=PHONE)
ANNA = PersonQuery(name=PersonName("Пробова", "Анна", "Петровна"))


@pytest.mark.parametrize(
    "text",
    [
        "Перезвонить на +7 (900) 555-01-37.",
        "8 900 555 01 37",
        "89005550137,89005550138",
        "тел. 555-01-37",
        "555\u201101\u201137",
        "9005550137",
    ],
)
def test_a_telephone_is_found_however_it_is_written(text: str) -> None:
    assert mentions(text, BY_PHONE)


@pytest.mark.parametrize(
    "text",
    [
        "Номер 2611-0001-00007-3",
        "8 900 555-01-38",
        "8 900 555-01-379",
        "8 495 555-01-37",  # same last digits, another area code
        "1555-01-37",
        "",
    ],
)
def test_other_digits_are_nobodys_telephone(text: str) -> None:
    assert not mentions(text, BY_PHONE)


@pytest.mark.parametrize(
    "text",
    [
        "Пробова просила перезвонить",
        "Обещали Пробовой А. П. ответ",
        "для ПРОБОВОЙ Анны",
        "Звонила Пробова: ждёт. Позвонить.",
        "Пробову, Дом 5",
    ],
)
def test_a_surname_is_found_in_its_cases(text: str) -> None:
    assert mentions(text, ANNA)


@pytest.mark.parametrize(
    "text", ["Пробова Мария ждёт", "Пробову М. П.", "Проба пера", "Пробовательная", "Анна ждёт"]
)
def test_another_given_name_or_word_is_another_persons(text: str) -> None:
    assert not mentions(text, ANNA)


def test_letters_of_a_double_surname_and_yo_are_read_alike() -> None:
    double = PersonQuery(name=PersonName("Пробная-Вторая", "", ""))
    assert mentions("Пробной-Второй отказали", double)
    assert mentions("Семёнов", PersonQuery(name=PersonName("Семенов", "", "")))
    assert not mentions("кто угодно", PersonQuery(name=PersonName("", "Анна", "")))


def test_an_address_and_the_number_of_a_record_tell_of_the_person() -> None:
    asked = PersonQuery(email="Anna@test.invalid")
    assert mentions("писать на anna@TEST.invalid", asked)
    assert mentions("по 2611-0001-00007-3 лежит в больнице", asked, ["2611-0001-00007-3"])
    assert not mentions("по 2611-0001-00008-1", asked, ["2611-0001-00007-3", ""])


@given(
    st.text("абв. ,\n", max_size=8),
    st.lists(st.sampled_from(["", " ", "-", ") ", " ("]), min_size=9, max_size=9),
    st.sampled_from(["+7", "8 ", "7(", "", "т. "]),
)
def test_no_way_of_writing_hides_a_telephone(before: str, between: list[str], code: str) -> None:
    digits = "9005550137"
    written = digits[0] + "".join(
        sign + digit for sign, digit in zip(between, digits[1:], strict=True)
    )
    assert mentions(f"{before} {code}{written}.", BY_PHONE)


def test_a_number_abroad_is_looked_for_whole() -> None:
    abroad = PersonQuery(phone="+4930123456")
    assert mentions("перезвонить: +49 30 123-456", abroad)
    assert not mentions("перезвонить: 30 123-456", abroad)


@pytest.mark.parametrize(
    "typed", ["8 900 555-01", "+7 (900) 555-01-3", "900 55501", "8 (900) 555-01-37"]
)
def test_most_of_a_telephone_is_taken_for_it(typed: str) -> None:
    assert is_begun(typed, PHONE)


@pytest.mark.parametrize("typed", ["", "8 900 555", "8 900 555-02", "8 900 555-01-379", "нет"])
def test_less_of_it_or_another_one_is_not(typed: str) -> None:
    assert not is_begun(typed, PHONE)


def test_a_number_abroad_is_begun_with_its_own_code() -> None:
    assert is_begun("374 10 55 50", "+37410555013")
    assert not is_begun("810 374 10 55", "+37410555013")
