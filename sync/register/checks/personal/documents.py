"""Passports and other papers, insurance and tax numbers (СНИЛС, ИНН), policies (ОМС)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.finding import Level
from sync.register.checks.personal.check_digits import is_inn, is_luhn, is_snils
from sync.register.checks.personal.context import before, digits_of, is_of_a_thing
from sync.register.checks.personal.piece import DataType, Piece

SIGN = r"(?:№|N|No|номер\w*|#)"
GAP = r"[\s:;,.()=№#–—-]*"
FEW_WORDS = r"(?:(?!\d)[\w./()-]+[\s:,]+){0,4}?"

PAPER = (
    r"(?:загран\w*|паспорт\w*|удостоверени\w*\s+личности|водительск\w+\s+удостоверени\w*"
    r"|водительск\w+\s+прав\w*|свидетельств\w*\s+о\s+рождении|военн\w+\s+билет\w*|вид\w*\s+на\s+"
    r"жительство|пенсионн\w+\s+удостоверени\w*)"
)
SERIES = r"(?:сери\w*|сер\.)"
PAPER_NUMBER = (
    r"(?:\d{2}[\s-]?\d{2}[\s,;:-]*(?:и\s+)?(?:" + SIGN + r"\.?[\s:-]*)?\d{3}[\s-]?\d{3}"
    r"|\d{2}[\s,-]*(?:" + SIGN + r"\.?[\s:]*)?\d{7}"
    r"|[IVXLC]{1,5}[\s-]*[А-ЯЁ]{2}[\s,-]*(?:" + SIGN + r"\.?[\s:]*)?\d{6}"
    r"|[А-ЯЁ]{2}[\s,-]*(?:" + SIGN + r"\.?[\s:]*)?\d{6,7})(?![\d-]*\d)"
)
PASSPORT_LABELLED = re.compile(
    r"(?:" + PAPER + r"\b" + GAP + FEW_WORDS + r"|" + SERIES + r"\b" + GAP + r")"
    r"(?:" + SIGN + r"\.?" + GAP + r")?(?P<number>" + PAPER_NUMBER + r")",
    re.IGNORECASE,
)
PASSPORT_BARE = re.compile(
    r"(?<![\d№#.,/-])(?<!\d )(?P<number>\d{2}\s\d{2}\s?(?:" + SIGN + r"\s?)?\d{6}"
    r"|\d{4}\s(?:" + SIGN + r"\s?)?\d{6})(?![\d-]|[.,]\d|\s\d|\s*(?:руб|₽|р\.|тыс|коп))",
    re.IGNORECASE,
)
YEAR_LIKE = re.compile(r"(?:19|20)\d\d\s")
ISSUE_YEARS = frozenset({*range(31), *range(97, 100)})
DEPARTMENT_CODE = re.compile(
    r"код\w*\s+подр(?:азделени\w*|\.)?[\s:№–—-]*(?P<number>\d{3}\s?[-–—]?\s?\d{3})(?!\d)",
    re.IGNORECASE,
)
ISSUED = re.compile(
    r"\bвыдан\w*[\s:]+(?:\d[\d.]+\s*(?:г\.|года)?\s*)?"
    r"(?P<issuer>(?:отдел\w*|оуфмс|уфмс|фмс|мвд|гу\s+мвд|увд|овд|ровд|умвд|омвд|паспортн\w+)"
    r"(?:\s+(?:внутренних\s+дел|по|в|г\.|гор\.|россии|рф|края|город\w*|район\w*|[А-ЯЁ][\w-]+))*)",
    re.IGNORECASE,
)

SNILS_LABEL = re.compile(
    r"(?:снилс\w*|страхов\w+\s+(?:номер|свидетельств)\w*|пенсионн\w+\s+страхов\w+)[^\d\n]{0,30}$",
    re.IGNORECASE,
)
SNILS = re.compile(r"(?<![\d-])\d{3}[\s.-]?\d{3}[\s.-]?\d{3}[\s.-]?\d{2}(?!-?\d)")
SNILS_SHAPE = re.compile(r"\d{3}-\d{3}-\d{3}[\s-]\d{2}")

INN_LABEL = re.compile(r"\bинн\b[^\d\n]{0,24}$", re.IGNORECASE)
INN = re.compile(
    r"(?<![\d-])\d{4}\s?\d{4}\s?\d{4}(?![\d-]|\s\d)|(?<![\d-])\d{12}(?![\d-])"
    r"|(?<![\d-])\d{2}\s\d{2}\s\d{6}\s\d{2}(?![\d-]|\s\d)"
)

POLICY_LABEL = (
    r"(?:\bомс\b|\bенп\b|мед(?:ицинск\w+)?\.?\s*полис\w*|полис\w*(?!\s+(?:осаго|каско|дмс)))"
)
POLICY = re.compile(
    POLICY_LABEL
    + GAP
    + FEW_WORDS
    + GAP
    + r"(?P<number>\d(?:[\s-]?\d){15}(?!\d)|\d{2,6}[\s-]*(?:"
    + SIGN
    + r"\.?\s*)?\d{6,10}(?!\d)"
    r"|\d{6,16}(?!\d))",
    re.IGNORECASE,
)
POLICY_DIGITS = 16


def find_documents(text: str) -> Iterator[Piece]:
    """Papers and numbers that stand for one person; their own label or check digits tell them.

    A labelled number whose check digits are wrong is a warning.
    """
    yield from _snils(text)
    yield from _inn(text)
    for match in POLICY.finditer(text):
        digits = digits_of(match["number"])
        sound = len(digits) != POLICY_DIGITS or is_luhn(digits)
        yield _numbered(DataType.OMS, match, sound)
    yield from _passports(text)


def _snils(text: str) -> Iterator[Piece]:
    for match in SNILS.finditer(text):
        sound = is_snils(digits_of(match[0]))
        shaped = SNILS_SHAPE.fullmatch(match[0]) is not None
        labelled = SNILS_LABEL.search(before(text, match.start())) is not None
        if labelled or (shaped and not is_of_a_thing(text, match.start())):
            level = Level.BLOCK if sound else Level.WARN
            yield Piece(DataType.SNILS, match.start(), match.end(), level)


def _inn(text: str) -> Iterator[Piece]:
    for match in INN.finditer(text):
        sound = is_inn(digits_of(match[0]))
        labelled = INN_LABEL.search(before(text, match.start())) is not None
        if labelled or (sound and match[0].isdecimal() and not is_of_a_thing(text, match.start())):
            level = Level.BLOCK if sound else Level.WARN
            yield Piece(DataType.INN, match.start(), match.end(), level)


def _passports(text: str) -> Iterator[Piece]:
    for match in PASSPORT_LABELLED.finditer(text):
        yield _numbered(DataType.PASSPORT, match, True)
    for match in PASSPORT_BARE.finditer(text):
        likely = int(digits_of(match[0])[2:4]) in ISSUE_YEARS and not YEAR_LIKE.match(match[0])
        if likely and not is_of_a_thing(text, match.start()):
            yield _numbered(DataType.PASSPORT, match, True)
    for match in DEPARTMENT_CODE.finditer(text):
        yield _numbered(DataType.PASSPORT, match, True)
    for match in ISSUED.finditer(text):
        yield Piece(DataType.PASSPORT, match.start(), match.end())


def _numbered(type_: DataType, match: re.Match[str], sound: bool) -> Piece:
    level = Level.BLOCK if sound else Level.WARN
    return Piece(type_, match.start("number"), match.end("number"), level)
