"""Detectors of e-mail addresses and phone numbers, also spelled out in words (Regulation 6.12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sync.register.checks.personal.piece import (
    DataType,
    Piece,
    before,
    digits_of,
    is_of_a_thing,
)
from sync.register.people.spoken_numbers import spoken_numbers

LOCAL = r"[\w.%+-]{1,64}"
TOP_DOMAIN = r"(?:ru|рф|com|net|org|su|info|biz|by|kz|ua|am|az|ge|me|io|pro|online|рус)"
ADDRESS = re.compile(
    r"(?<![\w.@])" + LOCAL + r"\s?@\s?(?:[\w-]+\.)+[^\W\d_]{2,10}(?![\w@])", re.IGNORECASE
)
# «ivanov собака mail точка ru»; a real dog («собака») is not followed by a domain.
DOG = r"\s*[\(\[«\"]?\s*(?:собака|собачка|собакой|\bат\b|\bэт\b|\bat\b|dog)\s*[\)\]»\"]?\s*"
SIGN = re.compile(r"@|соба[кч]|\bат\b|\bэт\b|\bat\b|dog", re.IGNORECASE)
POINT = r"\s*[\(\[]?\s*(?:точка|\.|dot|тчк)\s*[\)\]]?\s*"
PROVIDER = (
    r"(?:mail|gmail|yandex|ya|rambler|bk|list|inbox|icloud|hotmail|outlook|yahoo|vk|"
    r"мейл|мэйл|майл|емейл|жмейл|джимейл|гмейл|гмайл|гугл|яндекс|я|рамблер|бк|лист|инбокс|"
    r"айклауд|хотмейл|аутлук)"
)
WORDED_TOP = r"(?:ру|ком|нет|орг|ком|рф|су|" + TOP_DOMAIN + ")"
WORDED = re.compile(
    r"(?<![\w.@])(?P<local>"
    + LOCAL
    + r"(?:\s+(?:точка|тире|дефис|подчёркивание|подчеркивание|нижнее подчёркивание"
    + r"|нижнее подчеркивание)\s+"
    + LOCAL
    + r")*)(?:"
    + DOG
    + r"|\s?@\s?)(?:"
    + PROVIDER
    + r"|[a-z0-9-]+)"
    + POINT
    + WORDED_TOP
    + r"(?![\w@])",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Piece]:
    """Yields the e-mail addresses of a text.

    A fast search for «@» or its spoken names precedes the slower patterns.
    """
    if SIGN.search(text) is None:
        return
    for pattern in (ADDRESS, WORDED):
        for match in pattern.finditer(text):
            yield Piece(DataType.EMAIL, match.start(), match.end())


NATIONAL_DIGITS = 10
FREE_CODES = ("800", "804", "809")

APART = r"[\s.()\-–—‑/]{0,3}"
RUSSIAN = re.compile(
    r"(?<![\d+])(?<!\d[.,/-])(?:\+\s?7|8|7)" + APART + r"\d(?:" + APART + r"\d){9}(?!\d|[-/.,]\d)"
)
WITHOUT_PREFIX = re.compile(
    r"(?<![\d+])(?<!\d[.,/\s()-])\(?9\d{2}\)?[\s\-–—.]{0,2}\d{3}[\s\-–—.]?\d{2}[\s\-–—.]?\d{2}"
    r"(?!\d|[-/.,]\d)"
)
FOREIGN = re.compile(r"(?<!\d)\+\s?(?!7)[1-9]\d{0,2}(?:" + APART + r"\d){7,11}(?!\d)")
CITY = re.compile(r"(?<![\d+])\(\s?8?-?\d{3,5}(?:-\d)?\s?\)\s?\d(?:[\s-]?\d){4,6}(?!\d|-\d)")
CITY_NUMBER = re.compile(
    r"(?<![\d+])(?<!\d[.,/-])(?:\d{1,3}[-–\s]\d{2}[-–\s]\d{2}|\d{5,7}|\d{3}-\d{3})(?!\d|[-/.,:]\d|\s?[-–]\d)"
)
PHONE_WORD = re.compile(
    r"(?:\bтел\b\.?|\bт\.|телефон\w*|\bконт(?:акт\w*)?\b\.?|позвон\w*|перезвон\w*|звон\w+|наб(?:ери|ирай)\w*"
    r"|мобил\w*|сотов\w*|домашн\w+|whats\s?app|ватсап\w*|вотсап\w*|вацап\w*|viber|вайбер\w*|telegram"
    r"|телеграм\w*|трубк\w+|симк\w+|связ\w+|факс\w*)(?P<gap>[^\d\n]{0,40})$",
    re.IGNORECASE,
)
MONEY_OR_MEASURE = re.compile(
    r"\s*(?:руб|₽|р\.|тыс|коп|квт|куб|гкал|мест|человек|жител|шт|кв\.?\s?м|метр|год|г\.|час|%|км\b|м\b)",
    re.IGNORECASE,
)
LOCAL_WORD = re.compile(
    r"(?:\bтел\b\.?|\bтлф\b\.?|\bт\.|\bдом\.|телефон\w*|позвон\w*|перезвон\w*|звонит\w*|набирайт\w*|домашн\w+)"
    r"[\s:№–—-]*(?:(?:\w+[\s:№–—,-]+){0,3}?)$",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"(?:администраци|управляющ\w+\s+компани|\bук\b|\bтсж\b|\bжэк|диспетч|регистратур|поликлиник|больниц"
    r"|при[её]мн|горяч\w+\s+лини|справочн|аварийн|едд?с|водоканал|энерго|газов|горгаз|теплосет|школ|детск"
    r"|сад\w*|мфц|полици|дежурн|оператор|служб|организаци|предприяти|магазин|аптек|депутат|министерств"
    r"|прокуратур|суд\w{0,2}\b|отдел|управлени|учреждени|почт|банк|ростелеком|контакт-?центр|колл-?центр"
    r"|call|комитет|фонд|санатори|гостиниц|вокзал|расклейщик|реклам|объявлени|вывеск)",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:мой|моему?|моего|мо[яию]|мне|меня|нам|нас|наш\w*|свой|своего|своему|личн\w+|сотов\w+|мобильн\w+"
    r"|сосед\w*|муж\w*|жен[аыеу]|мам\w*|сын\w*|доч\w*|домашн\w+)\b",
    re.IGNORECASE,
)
ORGANISATION_REACH = 70
SPOKEN_LEAST = 10


def phone_digits(number: str, city_code: str = "") -> str:
    """Returns the ten national digits of a Russian phone number, or all digits of a foreign one."""
    digits = city_code + digits_of(number)
    return digits[1:] if len(digits) == NATIONAL_DIGITS + 1 and digits[0] in "78" else digits


def find_phones(text: str, known: Iterable[str]) -> Iterator[Piece]:
    """Yields private phone numbers; ``known`` are public numbers in the form of ``phone_digits``.

    Toll-free numbers (8-800) are public, and so are landlines that the text attributes to an
    organisation.
    """
    public = tuple(known)
    for match in _candidates(text):
        digits = phone_digits(match[0])
        local = len(digits) < NATIONAL_DIGITS
        if digits.startswith(FREE_CODES) or _is_known(digits, public):
            continue
        if MONEY_OR_MEASURE.match(text, match.end()) or _is_other_number(text, match):
            continue
        if not digits.startswith("9") and _is_organisations(text, match.start()):
            continue
        if local and not LOCAL_WORD.search(before(text, match.start())) and match.re is CITY_NUMBER:
            continue
        yield Piece(DataType.PHONE, match.start(), match.end())
    for spoken in spoken_numbers(text):
        digits = phone_digits(spoken.digits)
        if len(digits) == SPOKEN_LEAST and digits[0] in "3489" and not digits.startswith("80"):
            yield Piece(DataType.PHONE, spoken.start, spoken.end)


def _candidates(text: str) -> Iterator[re.Match[str]]:
    for pattern in (RUSSIAN, WITHOUT_PREFIX, FOREIGN, CITY, CITY_NUMBER):
        for match in pattern.finditer(text):
            digits = phone_digits(match[0])
            if pattern is RUSSIAN and digits[0] not in "3489":
                continue
            yield match


def _is_known(digits: str, public: tuple[str, ...]) -> bool:
    return any(
        digits == other or (len(digits) < len(other) and other.endswith(digits)) for other in public
    )


def _is_other_number(text: str, match: re.Match[str]) -> bool:
    """Whether the text attributes the number to a thing such as a meter, and not to a phone."""
    phone_word = PHONE_WORD.search(before(text, match.start()))
    return phone_word is None and is_of_a_thing(text, match.start())


def _is_organisations(text: str, start: int) -> bool:
    said = before(text, start, ORGANISATION_REACH)
    return ORGANISATION.search(said) is not None and OWN.search(said) is None
