"""Bank cards, and accounts of persons with a bank or a supplier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.finding import Level
from sync.register.checks.personal.check_digits import is_account, is_luhn
from sync.register.checks.personal.context import before, digits_of, is_of_a_thing
from sync.register.checks.personal.piece import DataType, Piece

CARD = re.compile(
    r"(?<![\d-])(?<!\d )(?:(?:\d{4}[\s.-]{0,3}){3}\d{4}(?:[\s-]?\d{2,3})?"
    r"|\d{4}[\s-]?\d{6}[\s-]?\d{5})"
    r"(?![\d-]|\s\d)"
)
CARD_LABEL = re.compile(
    r"(?:\bкарт[аыуео]\w{0,2}|\bвиза\b|\bvisa\b|\bmastercard\b|сбер\w*|тинькофф|т-банк\w*|\bпереведит\w+"
    r"|\bперевод\w*)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
# The rest of 16 digits with Luhn's last one are policies (ОМС), whose region comes first.
CARD_START = re.compile(r"220[0-4]|2[2-7]\d\d|3[4-7]|4|5[0-8]|6")
BANK_CODE = re.compile(r"\bбик\b[\s:№–—-]*(\d{9})(?!\d)", re.IGNORECASE)
BANK_ACCOUNT = re.compile(r"(?<!\d)\d{5}[\s.]?\d{3}[\s.]?\d[\s.]?\d{4}[\s.]?\d{7}(?!\d)")
# Chart of accounts of the Bank of Russia: persons, sole proprietors, deposits of persons.
OF_A_PERSON = re.compile(r"408(?:17|20|02|03|13)|42[36]|455|457")
ANY_ACCOUNT = r"(?P<number>\d(?:[\s-]?\d){5,19})(?![\d-]*\d)"
WORDS = r"[\s:№#.,()–—=-]*(?:(?!\d)[\w./-]+[\s:№#.,–—-]+){0,4}?"
SUPPLIER_ACCOUNT = re.compile(
    r"(?:лиц(?:ев\w+|\.|/)?\s*сч[её]т\w*|лицев\w+|\bл\s?[/.\\]\s?сч?[её]?т?\w*|\bл/?сч[её]т\w*|\bлс\b)"
    + WORDS
    + ANY_ACCOUNT,
    re.IGNORECASE,
)
OWN_ACCOUNT = re.compile(
    r"(?:\bсч[её]т(?:а|у|е|ом)?|сбер\w*книжк\w*|\bвклад\w*)\b(?!\s*(?:-?\s?фактур|за\s|на\s+оплату))"
    r"[\s:№#.,–—-]*(?:(?:банк\w*|мой|моего|номер\w*|карт\w+|в|сбер\w*|втб|№)[\s:№#.,–—-]+){0,4}"
    r"(?P<number>\d(?:[\s-]?\d){9,19})(?![\d-]*\d)",
    re.IGNORECASE,
)
BANK_DIGITS = 20
CARD_DIGITS = 16


def find_bank_numbers(text: str) -> Iterator[Piece]:
    """Cards and accounts of persons; accounts of organisations are public."""
    yield from _bank_accounts(text)
    yield from _cards(text)
    for pattern in (SUPPLIER_ACCOUNT, OWN_ACCOUNT):
        for match in pattern.finditer(text):
            digits = digits_of(match["number"])
            if len(digits) != BANK_DIGITS or OF_A_PERSON.match(digits):
                yield Piece(DataType.ACCOUNT, match.start("number"), match.end("number"))


def _bank_accounts(text: str) -> Iterator[Piece]:
    code = BANK_CODE.search(text)
    for match in BANK_ACCOUNT.finditer(text):
        digits = digits_of(match[0])
        if OF_A_PERSON.match(digits):
            sound = code is None or is_account(digits, code[1])
            level = Level.BLOCK if sound else Level.WARN
            yield Piece(DataType.ACCOUNT, match.start(), match.end(), level)


def _cards(text: str) -> Iterator[Piece]:
    for match in CARD.finditer(text):
        digits = digits_of(match[0])
        sound = is_luhn(digits)
        labelled = CARD_LABEL.search(before(text, match.start())) is not None
        if not labelled and (not sound or is_of_a_thing(text, match.start())):
            continue
        policy = not labelled and len(digits) == CARD_DIGITS and not CARD_START.match(digits)
        level = Level.BLOCK if sound else Level.WARN
        yield Piece(DataType.OMS if policy else DataType.CARD, match.start(), match.end(), level)
