"""Phone numbers as stored and as displayed (Regulation 7.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.phones import (
    Phone,
    PhoneProblem,
    PhoneReading,
    canonical_phone,
    display_phone,
    read_phone,
)

HOME = "87937"


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("89005550107", "+79005550107"),
        ("79005550107", "+79005550107"),
        ("+7 900 555-01-07", "+79005550107"),
        ("+7 (900) 555 01 07", "+79005550107"),
        ("9005550107", "+79005550107"),
        ("8-900-555-01-07", "+79005550107"),
        ("sip:+79005550107@proxy.example.test;user=phone", "+79005550107"),
        ("SIP:89005550107@192.0.2.7:5060", "+79005550107"),
        ("tel:+78793723456;ext=12", "+78793723456;ext=12"),
        ("23456", "+78793723456"),
        ("2-34-56", "+78793723456"),
        ("8 (87937) 2-34-56", "+78793723456"),
        ("8 (87937) 2-34-56 доб. 12", "+78793723456;ext=12"),
        ("2-34-56 доб 7", "+78793723456;ext=7"),
        ("8 87937 23456, вн. 105", "+78793723456;ext=105"),
        ("8 87937 23456 (добавочный № 3)", "+78793723456;ext=3"),
        ("8 800 555-35-35", "+78005553535"),
        ("+49 30 123456", "+4930123456"),
        ("8 10 49 30 123456", "+4930123456"),
        ("375291234567", "+375291234567"),
        ("восемь девятьсот пятьсот пятьдесят пять ноль один ноль семь", "+79005550107"),
        ("плюс семь девятьсот пятьсот пятьдесят пять ноль один ноль семь", "+79005550107"),
        ("Девятьсот, пятьсот пятьдесят пять, ноль один, ноль семь", "+79005550107"),
        ("8 девятьсот 555 ноль один 07", "+79005550107"),
        ("восемь девять ноль ноль пять пять пять ноль один ноль семь", "+79005550107"),
        ("восемь девять два нуля три пятёрки ноль один ноль семь", "+79005550107"),
        ("восемь - девятсот - пятсот пятдесят пять - ноль один - ноль семь", "+79005550107"),
        ("номер мой девятьсот, потом пятьсот пейсят пять, ноль один, ноль семь", "+79005550107"),
        ("два тридцать четыре пятьдесят шесть", "+78793723456"),
        ("городской: двойка, тридцать четыре, пятьдесят шесть", "+78793723456"),
        ("два тридцать четыре пятьдесят шесть добавочный двенадцать", "+78793723456;ext=12"),
        ("восемь восемьсот пятьсот пятьдесят пять тридцать пять тридцать пять", "+78005553535"),
    ],
)
def test_a_number_as_written_gets_one_form(raw: str, canonical: str) -> None:
    assert canonical_phone(raw, HOME) == canonical


@pytest.mark.parametrize(
    "raw",
    ["", "112", "anonymous", "Аноним", "sip:anonymous@anonymous.invalid", "0000000000"]
    + ["123456", "900555010", "890055501078", "+7 900 555", "12345678901234567890"],
)
def test_what_is_no_number_has_no_canonical_form(raw: str) -> None:
    assert canonical_phone(raw, HOME) is None


def test_six_local_digits_need_an_area_code_of_four() -> None:
    assert canonical_phone("72-34-56", "8793") == "+78793723456"


@given(
    st.one_of(
        st.text(alphabet="+0123456789 ()-.;доб@", max_size=24),
        st.builds(
            "{}{:010d}".format, st.sampled_from(["", "7", "8", "+7"]), st.integers(0, 10**10)
        ),
        st.builds("+79005550{:03d} доб {}".format, st.integers(0, 999), st.integers(0, 9999)),
        st.text(),
    )
)
def test_the_canonical_form_stays_as_it_is(raw: str) -> None:
    canonical = canonical_phone(raw, HOME)
    if canonical is not None:
        assert canonical.startswith("+")
        assert canonical_phone(canonical, HOME) == canonical


@pytest.mark.parametrize(
    ("raw", "canonical", "reading"),
    [
        ("+7 900 555-01-07", "+79005550107", PhoneReading.INTERNATIONAL),
        ("0049 30 123456", "+4930123456", PhoneReading.INTERNATIONAL),
        ("375291234567", "+375291234567", PhoneReading.INTERNATIONAL),
        ("8 900 555-01-07", "+79005550107", PhoneReading.NATIONAL),
        ("900 555 01 07", "+79005550107", PhoneReading.NATIONAL),
        ("2-34-56", "+78793723456", PhoneReading.CITY_CODE_ADDED),
        ("+8 900 555-01-07", "+79005550107", PhoneReading.SLIP_MENDED),
        ("+7 8 (900) 555-01-07", "+79005550107", PhoneReading.SLIP_MENDED),
        ("７ ９００ ５５５ ０１ ０７", "+79005550107", PhoneReading.NATIONAL),
        ("+7 307 000-00-00", "+73070000000", PhoneReading.UNASSIGNED),
        ("307 000 00 00", "+73070000000", PhoneReading.UNASSIGNED),
    ],
)
def test_it_is_told_how_a_number_was_read(raw: str, canonical: str, reading: PhoneReading) -> None:
    assert read_phone(raw, HOME) == Phone(canonical, reading)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", PhoneProblem.EMPTY),
        ("  ", PhoneProblem.EMPTY),
        ("нет телефона", PhoneProblem.NO_DIGITS),
        ("112", PhoneProblem.SERVICE_NUMBER),
        ("12-34", PhoneProblem.SERVICE_NUMBER),
        ("123-45-67", PhoneProblem.TOO_SHORT),
        ("72-34-56", PhoneProblem.TOO_SHORT),
        ("+7 000 555-01-07", PhoneProblem.NO_SUCH_NUMBER),
        ("8 900 555-01-07-8", PhoneProblem.NO_SUCH_NUMBER),
        ("8900555010", PhoneProblem.NO_SUCH_NUMBER),
        ("12345678901234567890", PhoneProblem.TOO_LONG),
        ("89005550107, 89005550108", PhoneProblem.SEVERAL),
        ("2-34-56 или 89005550107", PhoneProblem.SEVERAL),
    ],
)
def test_what_is_no_number_says_why(raw: str, problem: PhoneProblem) -> None:
    assert read_phone(raw, HOME) is problem


def test_a_number_without_its_extension() -> None:
    phone = read_phone("8 (87937) 2-34-56 доб. 12", HOME)
    assert isinstance(phone, Phone)
    assert (phone.canonical, phone.e164) == ("+78793723456;ext=12", "+78793723456")


@pytest.mark.parametrize(
    ("canonical", "shown"),
    [
        ("+79005550107", "+7 (900) 555-01-07"),
        ("+78793723456", "+7 (87937) 2-34-56"),
        ("+78793723456;ext=12", "+7 (87937) 2-34-56, доб. 12"),
        ("+77012345678", "+7 (701) 234-56-78"),
        ("+375291234567", "+375 (29) 123-45-67"),
        ("+4930123456", "+49 (30) 123456"),
        ("+37412345678", "+374 (12) 345678"),
        ("+81312345678", "+81 3-1234-5678"),
        ("112", "112"),
    ],
)
def test_a_number_is_shown_as_people_read_it(canonical: str, shown: str) -> None:
    assert display_phone(canonical, HOME) == shown


def test_a_home_number_of_an_odd_length_is_shown_by_the_country() -> None:
    assert display_phone("+78793723456", "879372345") == "+7 (879) 372-34-56"
