"""Detectors of document, bank and licence plate numbers and of birth dates; check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from sync.register.checks.finding import Level
from sync.register.checks.personal.piece import (
    DataType,
    Piece,
    before,
    digits_of,
    is_of_a_thing,
)
from sync.register.people.spoken_numbers import spoken_numbers

SNILS_FIRST_CHECKED = 1_001_998
INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
ACCOUNT_WEIGHTS = (7, 1, 3)


def is_snils(digits: str) -> bool:
    """Whether eleven digits are a valid SNILS; numbers up to one million have no check digits."""
    number, control = digits[:9], int(digits[9:])
    if int(number) <= SNILS_FIRST_CHECKED:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=True))
    return total % 101 % 100 == control


def is_inn(digits: str) -> bool:
    """Whether twelve digits are a valid INN of a person."""
    return _inn_digit(digits[:10]) == digits[10] and _inn_digit(digits[:11]) == digits[11]


def _inn_digit(digits: str) -> str:
    weights = INN_WEIGHTS[-len(digits) :]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return str(total % 11 % 10)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is a valid Luhn digit, as in bank cards and policies of 16 digits."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_account(digits: str, bank_code: str) -> bool:
    """Whether the check digit of a twenty-digit account fits the bank's nine-digit code (БИК).

    Order 515 of the Bank of Russia, 08.09.1997: the account is prefixed with the last three digits
    of the bank code; for a settlement centre, with a zero and the fifth and sixth digits of the
    code.
    """
    offices = {"0" + bank_code[4:6]} if bank_code[-3:] in ("000", "001", "002") else set()
    return any(_account_sum(office + digits) for office in {bank_code[-3:], *offices})


def _account_sum(digits: str) -> bool:
    weights = cycle(ACCOUNT_WEIGHTS)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return total % 10 == 0


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
# Other numbers of 16 digits with a Luhn digit are medical policies (ОМС), which start with the
# region.
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
    """Yields numbers of bank cards and of accounts of persons; accounts of organisations are
    public.
    """
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


MONTH = (
    r"(?:январ\w+|феврал\w+|марта|апрел\w+|мая|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+"
    r"|декабр\w+|янв\.?|фев\.?|мар\.?|апр\.?|авг\.?|сен\.?|окт\.?|ноя\.?|дек\.?)"
)
YEAR = r"(?:19|20)\d\d"
ORDINAL = (
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\w{3,9}надцат|двадцат|тридцат|сороков"
    r"|пятидесят|шестидесят|семидесят|восьмидесят|девяност|двухтысячн)\w{1,4}"
)
SPOKEN_DAY = r"(?:(?:двадцать|тридцать)\s+)?" + ORDINAL
SPOKEN_YEAR = (
    r"(?:тысяча\s+девятьсот|две\s+тысячи|двухтысячн\w+)(?:\s+(?:двадцать|тридцать|сорок|пятьдесят"
    r"|шестьдесят|семьдесят|восемьдесят|девяносто))?(?:\s+" + ORDINAL + r")?"
)
DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:" + YEAR + r"|\d\d)(?!\d)"
    r"|" + YEAR + r"[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|\d{1,2}(?:-?(?:го|ое))?\s+" + MONTH + r"(?:\s+" + YEAR + r")?"
    r"|(?:январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре)\s+"
    + YEAR
    + r"|\b"
    + SPOKEN_DAY
    + r"\s+"
    + MONTH
    + r"(?:\s+"
    + SPOKEN_YEAR
    + r"|\s+"
    + YEAR
    + r")?)"
)
OF_YEAR = r"(?:\s*(?:года?|году|г\b\.?))?"
BORN = (
    r"(?:дат\w+\s+рожден\w+|день\s+рожден\w+|род(?:ил(?:ся|ась|ись)|\.)|рожден\w*|\bд\.?\s?/?\s?р\b\.?"
    r"|\bрожд\.|(?<![\w.]\s)(?<![\w.])р\.(?=\s*\d))"
)
AFTER_BORN = re.compile(
    r"(?<!\w)"
    + BORN
    + r"[\s:(,–—-]*(?:(?:я|он|она|мо[йея]\w*|мамы|отца|сына|дочери|у\s+\w+|в|была?)[\s:]+){0,3}"
    r"(?P<date>"
    + DATE
    + OF_YEAR
    + r"|(?:"
    + YEAR
    + r"|"
    + SPOKEN_YEAR
    + r")(?=\s*(?:г|$|[.,;)])))",
    re.IGNORECASE,
)
BEFORE_BORN = re.compile(
    r"(?<![\d.])(?P<date>(?:" + DATE + r"|" + YEAR + r"|(?<!\d)\d\d|\b" + SPOKEN_YEAR + r")"
    r"\s*[-–,(]?\s*(?:г\.?\s?/?р\b\.?|г\s?\.\s?рожд\w*\.?|год[а]?\s+рожден\w+|г\.?\s+рожден\w+"
    r"|года?\s+р\.|рожден\w+\b|д\.\s?р\.|гр\b))",
    re.IGNORECASE,
)
DATE_THEN_BORN = re.compile(
    r"(?P<date>" + DATE + OF_YEAR + r")[\s,]*(?:я\s+|он\s+|она\s+)?родил(?:ся|ась)\b", re.IGNORECASE
)
# Searching for a date at each position is slow, and most texts contain no birth date.
IS_BORN = re.compile(r"родил(?:ся|ась)\b", re.IGNORECASE)
# «родился» about a house or a car does not introduce a birth date.
BUILT = re.compile(
    r"(?:дом|здани|школ|машин|автобус|лифт|мост|парк|котельн|труб)\w*\s*$", re.IGNORECASE
)


def find_birth_dates(text: str) -> Iterator[Piece]:
    """Yields dates that the text describes as a birth date; a year alone is enough."""
    then_born = (DATE_THEN_BORN,) if IS_BORN.search(text) else ()
    for pattern in (BEFORE_BORN, AFTER_BORN, *then_born):
        for match in pattern.finditer(text):
            if BUILT.search(text[: match.start()]) is None:
                yield Piece(DataType.BIRTH_DATE, match.start("date"), match.end("date"))


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
    r"(?:\bомс\b|\bенп\b|мед(?:ицинск\w+)?\.?\s*полис\w*|полис\w*(?!\s+(?:осаго|каско|дмс))"
    r"|страхов\w+\s+медицинск\w+|медицинск\w+\s+страх\w+)"
)
CAR_POLICY = re.compile(
    r"(?:осаго|каско|полис\w*|страховк\w*)[^.!?\n]{0,30}?(?<!\w)(?P<number>[А-ЯЁ]{3}\s?(?:№\s?)?\d{10})(?!\d)",
    re.IGNORECASE,
)
SPOKEN_POLICY_LABEL = re.compile(POLICY_LABEL + r"[^.!?\n]{0,40}$", re.IGNORECASE)
PASSPORT_LABEL = re.compile(r"паспорт\w*[^.!?\n]{0,40}$", re.IGNORECASE)
FEWEST_SPOKEN = 8
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
    """Yields numbers of personal documents, recognised by their label or check digits.

    A labelled number with invalid check digits is only a warning.
    """
    yield from _snils(text)
    yield from _inn(text)
    for match in POLICY.finditer(text):
        digits = digits_of(match["number"])
        sound = len(digits) != POLICY_DIGITS or is_luhn(digits)
        yield _numbered(DataType.OMS, match, sound)
    for match in CAR_POLICY.finditer(text):
        yield _numbered(DataType.OMS, match, True)
    yield from _passports(text)
    for spoken in spoken_numbers(text):
        type_ = _spoken_type(before(text, spoken.start))
        if type_ is not None and len(spoken.digits) >= FEWEST_SPOKEN:
            yield Piece(type_, spoken.start, spoken.end)


def _spoken_type(said: str) -> DataType | None:
    """Returns the type of a number spelled out in words, according to the text before the
    number.
    """
    for type_, label in (
        (DataType.SNILS, SNILS_LABEL),
        (DataType.OMS, SPOKEN_POLICY_LABEL),
        (DataType.PASSPORT, PASSPORT_LABEL),
    ):
        if label.search(said) is not None:
            return type_
    return None


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


LETTER = "[АВЕКМНОРСТУХABEKMHOPCTYX]"
REGION = r"(?:[1-9]?\d{2})(?:\s?(?:rus|рус))?"
END = r"(?![\w-])"
START = r"(?<![\w-])"
SOLID = re.compile(rf"{START}{LETTER}\d{{3}}{LETTER}{{2}}(?:[\s/|]?{REGION})?{END}", re.IGNORECASE)
SPACED = re.compile(
    rf"{START}{LETTER}[\s-]?\d{{3}}[\s-]?{LETTER}{{2}}[\s/,-]{{0,2}}(?:рег(?:ион)?\.?\s*)?{REGION}{END}"
)
# «в 100 км 26»: lower-case plates with gaps, and rare formats, need a car named before them.
LABELLED = re.compile(
    rf"{START}(?:{LETTER}[\s-]?\d{{3}}[\s-]?{LETTER}{{2}}|{LETTER}{{2}}\s?\d{{3,4}}"
    rf"|\d{{4}}\s?{LETTER}{{2}}|{LETTER}\s?\d{{4}})"
    rf"(?:[\s/,-]{{0,2}}(?:рег(?:ион)?\.?\s*)?{REGION})?{END}",
    re.IGNORECASE,
)
CAR = re.compile(
    r"(?:номер\w*|\bгос\w*|\bг\.?\s?/?\s?н\b\.?|\bг\.?р\.?з\b\.?|машин\w*|автомоб\w+|\bавто\b|\bа/м\b|такси"
    r"|мотоцикл\w*|мопед\w*|скутер\w*|прицеп\w*|\bгрз\b|водител\w+|тонирован\w+|джип\w*|фур\w+"
    r"|\bлад[аыуе]\b|ваз|жигул\w+|приор\w+|грант\w+|нив\w+|газел\w+|камаз\w*|тойот\w+|киа|хенд[аэ]й\w*"
    r"|хюнда\w+|солярис\w*|рено|логан\w*|бмв|мерседес\w*|ауди|фольксваген\w*|поло|шкод\w+|ниссан\w*"
    r"|форд\w*|мазд\w+|хонд\w+|лексус\w*|опел\w+|шевроле|датсун|чери|хавал\w*|джили|уаз\w*|bmw"
    r"|toyota|kia|lada|hyundai|audi|mercedes|nissan|ford|mazda|honda|lexus|volkswagen|skoda)"
    r"[^\n]{0,30}$",
    re.IGNORECASE,
)
KILOMETRES = re.compile(r"\d\s*[кk][мm]$", re.IGNORECASE)


def find_plates(text: str) -> Iterator[Piece]:
    """Yields licence plates; a plate with gaps and no region counts only after the mention of a
    car.
    """
    for pattern in (SOLID, SPACED):
        for match in pattern.finditer(text):
            yield Piece(DataType.PLATE, match.start(), match.end())
    for match in LABELLED.finditer(text):
        if CAR.search(before(text, match.start())) and not KILOMETRES.search(match[0]):
            yield Piece(DataType.PLATE, match.start(), match.end())
