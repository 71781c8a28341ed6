"""Check digits of documents and bank numbers."""

from __future__ import annotations

import pytest

from sync.register.checks.personal.documents import is_account, is_inn, is_luhn, is_snils


@pytest.mark.parametrize(
    ("digits", "sound"),
    [
        ("11223344595", True),
        ("08765430300", True),
        ("11223344596", False),
        ("00100199899", True),
    ],
)
def test_insurance_number(digits: str, sound: bool) -> None:
    assert is_snils(digits) is sound


@pytest.mark.parametrize(
    ("digits", "sound"), [("500100732259", True), ("500100732258", False), ("500100732269", False)]
)
def test_tax_number_of_a_person(digits: str, sound: bool) -> None:
    assert is_inn(digits) is sound


@pytest.mark.parametrize(("digits", "sound"), [("4276600012345670", True), ("79927398714", False)])
def test_last_digit_of_a_card(digits: str, sound: bool) -> None:
    assert is_luhn(digits) is sound


@pytest.mark.parametrize(("bank", "readings"), [("044525225", 1), ("040702000", 2)])
def test_one_key_fits_each_reading_of_the_banks_code(bank: str, readings: int) -> None:
    keys = [key for key in range(10) if is_account(f"40817810{key}60001234567", bank)]

    assert len(keys) == readings
