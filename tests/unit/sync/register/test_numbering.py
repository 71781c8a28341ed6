"""Registration numbers: unique, readable, and protected against misreading."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from sync.errors import CountersUsedUp
from sync.register.numbering import (
    COUNTER_MAX,
    NumberProblem,
    RegistrationNumber,
    next_number,
    parse,
    period_of,
)

periods = st.builds("{:02d}{:02d}".format, st.integers(0, 99), st.integers(1, 12))
stations = st.builds("{:04d}".format, st.integers(0, 9999))
counters = st.integers(0, COUNTER_MAX - 1)
numbers = st.builds(next_number, periods, stations, counters)


def test_the_form_is_the_one_that_is_read_out() -> None:
    given_out = next_number("2611", "0417", 186)
    assert str(given_out) == f"2611-0417-00187-{given_out.check}"
    assert damm.is_valid(f"2611041700187{given_out.check}")


@given(numbers)
def test_reading_a_number_back_gives_the_number(given_out: RegistrationNumber) -> None:
    assert parse(str(given_out)) == given_out


@given(numbers, st.lists(st.sampled_from(["", " ", "-", "–", " — ", ". ", "\n", "/"]), min_size=15))
def test_separators_may_stand_anywhere(
    given_out: RegistrationNumber, separators: list[str]
) -> None:
    digits = str(given_out).replace("-", "")
    spoken = "".join(f"{gap}{digit}" for gap, digit in zip(separators, digits, strict=False))
    assert parse(f"№ {spoken}") == given_out


@given(
    st.lists(st.tuples(periods, stations, counters), unique=True, min_size=2, max_size=50),
)
def test_numbers_of_different_parts_never_collide(parts: list[tuple[str, str, int]]) -> None:
    given_out = {str(next_number(*part)) for part in parts}
    assert len(given_out) == len(parts)


def test_a_whole_month_of_one_workplace_has_no_collision() -> None:
    given_out = {str(next_number("2611", "0417", counter)) for counter in range(COUNTER_MAX)}
    assert len(given_out) == COUNTER_MAX


@given(numbers, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_found(given_out: RegistrationNumber, place: int, shift: int) -> None:
    digits = list(str(given_out).replace("-", ""))
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert parse("".join(digits)) is NumberProblem.CHECK_DIGIT


@given(numbers, st.integers(0, 12))
def test_a_swap_of_neighbours_is_found(given_out: RegistrationNumber, place: int) -> None:
    digits = list(str(given_out).replace("-", ""))
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    swapped = parse("".join(digits))
    if digits[place] == digits[place + 1]:
        assert swapped == given_out
    else:
        assert swapped is NumberProblem.CHECK_DIGIT


def checked(digits: str) -> str:
    return digits + damm.calc_check_digit(digits)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NumberProblem.NOT_DIGITS),
        ("2611-0417-00187-x", NumberProblem.NOT_DIGITS),
        ("٢٦١١-0417-00187-8", NumberProblem.NOT_DIGITS),
        ("2611-0417-0187-8", NumberProblem.WRONG_LENGTH),
        (checked("2600041700187"), NumberProblem.NO_SUCH_MONTH),
        (checked("2613041700187"), NumberProblem.NO_SUCH_MONTH),
        (checked("2611041700000"), NumberProblem.NO_SUCH_COUNTER),
    ],
)
def test_what_is_no_number_says_why(text: str, problem: NumberProblem) -> None:
    assert parse(text) is problem


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    found = parse(text)
    assert isinstance(found, NumberProblem) or parse(str(found)) == found


def test_the_counter_ends_in_a_known_error() -> None:
    assert next_number("2611", "0417", COUNTER_MAX - 1).counter == COUNTER_MAX
    with pytest.raises(CountersUsedUp) as caught:
        next_number("2611", "0417", COUNTER_MAX)
    assert (caught.value.period, caught.value.station) == ("2611", "0417")


@pytest.mark.parametrize(
    ("period", "station", "counter"),
    [("2613", "0417", 0), ("261", "0417", 0), ("2611", "417", 0), ("2611", "0417", -1)],
)
def test_parts_of_another_form_are_refused(period: str, station: str, counter: int) -> None:
    with pytest.raises(ValueError, match="not a"):
        next_number(period, station, counter)


@pytest.mark.parametrize(
    ("arrived_at", "period"),
    [
        (datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC), "2610"),
        (datetime(2026, 10, 31, 21, 0, tzinfo=UTC), "2611"),
        (datetime(2026, 12, 31, 21, 0, tzinfo=UTC), "2701"),
    ],
)
def test_the_month_is_that_of_moscow(arrived_at: datetime, period: str) -> None:
    assert period_of(arrived_at) == period
