"""E-mail addresses taken down by ear: errors, proposed corrections, and correct addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.people.email_reading import USUAL_DOMAINS, EmailSlip, read_email
from sync.register.people.values import EmailProblem, email_problem


@pytest.mark.parametrize(
    ("text", "slip", "proposal"),
    [
        ("anna@gmial.com", EmailSlip.DOMAIN, "anna@gmail.com"),
        ("anna@gmail.ru", EmailSlip.DOMAIN, "anna@gmail.com"),
        ("anna@yandx.ru", EmailSlip.DOMAIN, "anna@yandex.ru"),
        ("anna@ramblerr.ru", EmailSlip.DOMAIN, "anna@rambler.ru"),
        ("anna@mail.ry", EmailSlip.DOMAIN, "anna@mail.ru"),
        ("anna@mailru", EmailSlip.DOMAIN, "anna@mail.ru"),
        ("anna@yandex", EmailSlip.DOMAIN, "anna@yandex.ru"),
        ("anna@mail,ru", EmailSlip.SIGNS, "anna@mail.ru"),
        ("anna@mail.ru.", EmailSlip.SIGNS, "anna@mail.ru"),
        ("an na@mail.ru", EmailSlip.SIGNS, "anna@mail.ru"),
        ("anna@@mail..ru", EmailSlip.SIGNS, "anna@mail.ru"),
        ("anna mail.ru", EmailSlip.SIGNS, "anna@mail.ru"),
        ("anna собака mail точка ru", EmailSlip.SIGNS, "anna@mail.ru"),
        ("anna дефис p собака bk точка ru", EmailSlip.SIGNS, "anna-p@bk.ru"),
        ("аnna@mail.ru", EmailSlip.CYRILLIC_LETTERS, "anna@mail.ru"),
        ("anna@mаil.ru", EmailSlip.CYRILLIC_LETTERS, "anna@mail.ru"),
        ("фттф@ьфшдюкг", EmailSlip.OTHER_LAYOUT, "anna@mail.ru"),
        ('фттф"ьфшдюкг', EmailSlip.OTHER_LAYOUT, "anna@mail.ru"),
    ],
)
def test_a_slip_has_a_proposal(text: str, slip: EmailSlip, proposal: str) -> None:
    reading = read_email(text)

    assert (reading.slip, reading.proposal) == (slip, proposal)
    assert reading.address == text  # nothing is changed automatically


@pytest.mark.parametrize(
    "text",
    [
        *(f"anna@{domain}" for domain in USUAL_DOMAINS),
        *("anna@example.test", "anna@почта.рф", "a.p+city@sub.example.test", "anna@mk.ru"),
    ],
)
def test_an_address_without_a_slip_is_left_alone(text: str) -> None:
    reading = read_email(text)

    assert (reading.problem, reading.slip, reading.proposal) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", EmailProblem.EMPTY),
        ("anna", EmailProblem.NO_AT_SIGN),
        ("иван@почта.рф", EmailProblem.CYRILLIC_IN_NAME),
        ("@mail.ru", EmailProblem.NO_NAME),
    ],
)
def test_where_nothing_can_be_proposed_the_problem_alone_is_told(
    text: str, problem: EmailProblem
) -> None:
    reading = read_email(text)

    assert (reading.problem, reading.proposal) == (problem, None)


@given(st.text(alphabet='annaмаil@.ru,; "фт', max_size=24))
def test_a_proposal_is_an_address_and_needs_no_other(text: str) -> None:
    proposal = read_email(text).proposal
    if proposal is not None:
        assert email_problem(proposal) is None
        assert read_email(proposal).proposal is None


@given(
    st.sampled_from([domain for domain in USUAL_DOMAINS if len(domain) > 7]),
    st.data(),
)
def test_two_letters_that_changed_places_in_a_usual_domain_are_found(
    domain: str, data: st.DataObject
) -> None:
    dot = domain.index(".")
    place = data.draw(st.integers(0, dot - 2))
    slipped = domain[:place] + domain[place : place + 2][::-1] + domain[place + 2 :]
    if slipped not in USUAL_DOMAINS:
        assert read_email(f"anna@{slipped}").proposal == f"anna@{domain}"
