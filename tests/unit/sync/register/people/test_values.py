"""Values stated by callers: phone numbers, e-mail addresses, names."""

from __future__ import annotations

import pytest

from sync.register.people.values import EmailProblem, PersonName, canonical_email, email_problem


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


def test_a_name_of_blanks_is_empty() -> None:
    assert PersonName(" ", "", " ").is_empty
    assert not PersonName("", "Анна", "").is_empty
