"""Check digits of Russian documents and bank numbers; every argument holds digits alone."""

from __future__ import annotations

from itertools import cycle

SNILS_FIRST_CHECKED = 1_001_998
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
ACCOUNT_WEIGHTS = (7, 1, 3)


def is_snils(digits: str) -> bool:
    """Whether eleven digits are an insurance number; the first million had no check digits."""
    number, control = digits[:9], int(digits[9:])
    if int(number) <= SNILS_FIRST_CHECKED:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=True))
    return total % 101 % 100 == control


def is_inn(digits: str) -> bool:
    """Whether twelve digits are a person's tax number."""
    return _inn_digit(digits[:10]) == digits[10] and _inn_digit(digits[:11]) == digits[11]


def _inn_digit(digits: str) -> str:
    weights = INN_WEIGHTS[-len(digits) :]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return str(total % 11 % 10)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is Luhn's: bank cards, and policies of 16 digits."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_account(digits: str, bank_code: str) -> bool:
    """Whether the key of a twenty-digit account fits the bank's nine-digit code (БИК).

    Order 515 of the Bank of Russia, 08.09.1997: the code's last three digits stand before the
    account; of a settlement centre, a zero and its fifth and sixth.
    """
    offices = {"0" + bank_code[4:6]} if bank_code[-3:] in ("000", "001", "002") else set()
    return any(_account_sum(office + digits) for office in {bank_code[-3:], *offices})


def _account_sum(digits: str) -> bool:
    weights = cycle(ACCOUNT_WEIGHTS)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return total % 10 == 0
