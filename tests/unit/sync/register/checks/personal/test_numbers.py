"""Personal numbers and similar numbers, in cases that the marked texts do not cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sync.register.checks.personal.addresses import find_addresses
from sync.register.checks.personal.contacts import find_phones, phone_digits
from sync.register.checks.personal.documents import (
    find_bank_numbers,
    find_birth_dates,
    find_documents,
)
from sync.register.checks.personal.health import find_health
from sync.register.checks.personal.piece import Piece
from sync.register.people.spoken_numbers import spoken_numbers

Finder = Callable[[str], Iterator[Piece]]


def phones_of_strangers(text: str) -> Iterator[Piece]:
    return find_phones(text, ())


@pytest.mark.parametrize(
    ("finder", "text", "expected"),
    [
        (find_addresses, "из квартиры 5, дом 12, течёт", ["квартиры 5, дом 12"]),
        (find_addresses, "кв. 7, улица Лесная 3, холодно", ["кв. 7, улица Лесная 3"]),
        (find_addresses, "дом 5 стоит давно и его красили. Шум из квартиры 9", ["квартиры 9"]),
        (find_addresses, "шум из квартиры 9", []),
        (find_addresses, "в квартире 12, 5 лет нет тепла", []),
        (find_addresses, "дома по ул. Лесной 5-12", []),
        (find_addresses, "вчера Лесная 5-12 пустая", []),
        (find_bank_numbers, "счёт 40702810500000012345 ТСЖ", []),
        (find_bank_numbers, "лицевой счёт 40702810500000012345", []),
        (find_bank_numbers, "4276600012345671 не карта", []),
        (find_bank_numbers, "заказ 4276600012345670", []),
        (find_birth_dates, "день рождения города 20 сентября 1803 года", []),
        (find_birth_dates, "день рождения мамы 20.09.1950", ["20.09.1950"]),
        (find_documents, "счётчик 07 12 345678", []),
        (find_documents, "доход 2023 150000", []),
        (find_documents, "12 55 345678", []),
        (find_documents, "прибор учёта 112-233-445 95", []),
        (find_documents, "заказ 500100732259", []),
        (find_documents, "123456789012", []),
        (find_health, "Город болеет гриппом", []),
        (find_health, "Больной вопрос: у меня диабет", []),
        (find_health, "Диабет опасен", []),
        (find_health, "У меня собака, у неё диабет", []),
        (find_health, "Мы просим площадку для больных диабетом", []),
        (phones_of_strangers, "тел. 2-10-15 руб", []),
        (phones_of_strangers, "число 2-10-15 большое", []),
        (phones_of_strangers, "договор 89005550101", []),
        (phones_of_strangers, "договор 5, тел. 89005550101", ["89005550101"]),
        (phones_of_strangers, "код 81234567890", []),
        (phones_of_strangers, "восемь ям и двадцать три люка", []),
    ],
)
def test_numbers_and_their_look_alikes(finder: Finder, text: str, expected: list[str]) -> None:
    assert [text[piece.start : piece.end] for piece in finder(text)] == expected


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("плюс семь девятьсот пятьсот пятьдесят пять ноль один двадцать", "79005550120"),
        ("сорок один", "41"),
        ("сто пять", "105"),
        ("сто двадцать пятнадцать", "12015"),
        ("один два", "12"),
    ],
)
def test_said_numbers_are_digits_group_by_group(text: str, digits: str) -> None:
    assert [spoken.digits for spoken in spoken_numbers(text)] == [digits]


def test_national_digits_leave_the_prefix_out() -> None:
    assert phone_digits("+7 (900) 555-01-01") == "9005550101"
    assert phone_digits("2-10-15", "87999") == "8799921015"
