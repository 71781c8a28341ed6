"""What callers state: phones, e-mail addresses, names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.values import (
    EmailProblem,
    PersonName,
    canonical_email,
    canonical_phone,
    email_problem,
    split_name,
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
    "address",
    [
        "anna@example.test",
        " anna.p+city@mail.example.test ",
        "anna@почта.рф",
        "a@xn--80a1acny.xn--p1ai",
    ],
)
def test_an_address_that_can_be_written_to(address: str) -> None:
    assert email_problem(address) is None


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("  ", EmailProblem.EMPTY),
        ("anna p@example.test", EmailProblem.SPACE),
        ("anna.example.test", EmailProblem.NO_AT_SIGN),
        ("anna@home@example.test", EmailProblem.SEVERAL_AT_SIGNS),
        ("@example.test", EmailProblem.NO_NAME),
        ("аnna@example.test", EmailProblem.CYRILLIC_IN_NAME),
        (".anna@example.test", EmailProblem.BAD_NAME),
        ("anna.@example.test", EmailProblem.BAD_NAME),
        ("an..na@example.test", EmailProblem.BAD_NAME),
        ("an(na)@example.test", EmailProblem.BAD_NAME),
        (f"{'a' * 65}@example.test", EmailProblem.BAD_NAME),
        (f"anna@{'a.' * 130}test", EmailProblem.TOO_LONG),
        ("anna@example", EmailProblem.BAD_DOMAIN),
        ("anna@", EmailProblem.BAD_DOMAIN),
        ("anna@example..test", EmailProblem.BAD_DOMAIN),
        ("anna@-example.test", EmailProblem.BAD_DOMAIN),
        ("anna@example-.test", EmailProblem.BAD_DOMAIN),
        ("anna@example.t", EmailProblem.BAD_DOMAIN),
        ("anna@192.0.2.7", EmailProblem.BAD_DOMAIN),
        ("anna@eхample.test", EmailProblem.MIXED_ALPHABETS),
    ],
)
def test_an_address_that_cannot_says_why(address: str, problem: EmailProblem) -> None:
    assert email_problem(address) is problem


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [(" Anna@Example.TEST ", "Anna@example.test"), ("Anna", "Anna"), ("", "")],
)
def test_only_the_domain_of_an_address_is_made_small(raw: str, canonical: str) -> None:
    assert canonical_email(raw) == canonical


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", PersonName("", "", "")),
        ("иванова", PersonName("Иванова", "", "")),
        ("Иванова Анна", PersonName("Иванова", "Анна", "")),
        ("Иванова Анна Петровна", PersonName("Иванова", "Анна", "Петровна")),
        ("анна петровна", PersonName("", "Анна", "Петровна")),
        ("Анна Петровна Иванова", PersonName("Иванова", "Анна", "Петровна")),
        ("Пётр Ильич Абрамович", PersonName("Пётр", "Ильич", "Абрамович")),
        ("петрова-водкина Анна Петровна", PersonName("Петрова-Водкина", "Анна", "Петровна")),
        ("Алиев Рашид Мамед оглы", PersonName("Алиев", "Рашид", "Мамед оглы")),
        ("д'Артаньян  Шарль", PersonName("д'Артаньян", "Шарль", "")),
    ],
)
def test_a_name_in_one_field_is_shared_out(text: str, name: PersonName) -> None:
    assert split_name(text) == name


@given(st.text(alphabet="абвАБВ -'", max_size=40))
def test_no_word_of_a_name_is_lost(text: str) -> None:
    name = split_name(text)
    kept = f"{name.surname} {name.given_name} {name.patronymic}".lower().split()
    assert sorted(kept) == sorted(text.lower().split())


def test_a_name_of_blanks_is_empty() -> None:
    assert PersonName(" ", "", " ").is_empty
    assert not PersonName("", "Анна", "").is_empty
