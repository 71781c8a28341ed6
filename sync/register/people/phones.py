"""Phone numbers as written, dictated or sent by trunks: parsing to E.164 and display.

Source: Regulation 7.3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers

from sync.register.people.spoken_numbers import in_figures

RUSSIA = "RU"
LOCAL_NUMBER_DIGITS = (5, 6)
FOREIGN_NUMBER_DIGITS = 11  # without a plus, fewer digits would be a guess

_RUSSIAN_CODE = 7
_NATIONAL_DIGITS = 10
# Area codes of Russia start with 3, 4 and 8, mobile codes with 9; 6 and 7 are Kazakhstan's, which
# shares the country code.
_NATIONAL_BEGINNINGS = "346789"
_SERVICE_NUMBER_DIGITS = 4
_FEWEST_DIGITS = 5
_MOST_DIGITS = 15

# A word before the digits of an extension.
_EXTENSION = re.compile(
    r"[\s,(]*(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?)[\s.:№]*(\d{1,7})\D*$", re.I
)
_SIP_ADDRESS = re.compile(r"^\s*(?:sips?|tel):([^@;?]*)(;ext=\d+)?.*$", re.I | re.S)
# 00 is the prefix abroad for the Russian 8 10; "+8 900 ..." is a Russian number with a typo.
_INTERNATIONAL_PREFIX = re.compile(r"^\D*00(?=[1-9])")
_PLUS_EIGHT = re.compile(r"^\D*\+\D*8(?=(?:\D*\d){10}\D*$)")
_SEVEN_AND_EIGHT = re.compile(r"^\D*\+?\D*7\D*8(?=(?:\D*\d){10}\D*$)")
_SEVERAL = re.compile(r"[,;/\n]|\sили\s")


class PhoneReading(StrEnum):
    """Interpretation that led to the number."""

    INTERNATIONAL = "international"
    """With a country code."""
    NATIONAL = "national"
    """With the 8 of a call within Russia, or without a prefix."""
    CITY_CODE_ADDED = "city_code_added"
    SLIP_MENDED = "slip_mended"
    """Two prefixes in a row, or an incorrect one after a plus."""
    UNASSIGNED = "unassigned"
    """Form of a Russian number, but its range is not assigned to a known network."""


class PhoneProblem(StrEnum):
    """Reason why the text is not a phone number."""

    EMPTY = "empty"
    NO_DIGITS = "no_digits"
    SERVICE_NUMBER = "service_number"
    """One to four digits, such as 112: dialled unchanged, without an international form."""
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SEVERAL = "several"
    """More than one number."""
    NO_SUCH_NUMBER = "no_such_number"


@dataclass(frozen=True, slots=True)
class Phone:
    """A parsed phone number.

    ``canonical`` is E.164, with ``;ext=NN`` (RFC 3966) for an extension.
    """

    canonical: str
    reading: PhoneReading

    @property
    def e164(self) -> str:
        return self.canonical.partition(";")[0]


@lru_cache(maxsize=64)  # a number is parsed at each keystroke in a card
def read_phone(raw: str, home_area_code: str) -> Phone | PhoneProblem:
    """Parses a phone number, or returns the problem.

    Accepts written, spoken and trunk formats: 8…, 7…, +7…, ten digits, 8~10…, 00…, SIP addresses,
    and five or six local digits if they make ten with ``home_area_code``. The caller of this
    function should store ``raw``; a canonical number is returned unchanged.
    """
    given = unicodedata.normalize("NFKC", raw.replace("№", " ")).strip()
    address = _SIP_ADDRESS.match(given)
    text = in_figures(given) if address is None else address[1] + (address[2] or "")
    extension = _EXTENSION.search(text)
    if extension is not None:
        text = f"{text[: extension.start()]};ext={extension[1]}"
    main, mark, rest = text.partition(";ext=")
    phone = _read_main(main, home_area_code)
    if phone is None:
        return _problem_of(in_figures(given), main, home_area_code)
    digits = re.match(r"\d{1,7}", rest)
    if not mark or digits is None:
        return phone
    return Phone(f"{phone.canonical};ext={digits[0]}", phone.reading)


def canonical_phone(raw: str, home_area_code: str) -> str | None:
    """Returns the number in E.164 with its extension, or None; see ``read_phone``."""
    phone = read_phone(raw, home_area_code)
    return phone.canonical if isinstance(phone, Phone) else None


@lru_cache(maxsize=1024)  # the lists of a day show the same numbers at each change
def display_phone(canonical: str, home_area_code: str = "", extension: str = "доб. %1") -> str:
    """Formats a number as ``+7 (900) 555-01-37``; other text is returned unchanged.

    A number of the home area shows its area code, ``+7 (87937) 2-34-56``. ``extension`` has ``%1``
    for the digits.
    """
    main, _, digits = canonical.partition(";ext=")
    try:
        parsed = phonenumbers.parse(main, None)
    except phonenumbers.NumberParseException:
        return canonical
    shown = _at_home(main, home_area_code) or _abroad_or_mobile(parsed)
    return f"{shown}, {extension.replace('%1', digits)}" if digits else shown


def _read_main(text: str, home_area_code: str) -> Phone | None:
    digits = re.sub(r"\D", "", text)
    has_plus = "+" in text
    if not has_plus and len(digits) in LOCAL_NUMBER_DIGITS:
        return _of_russia(home_area_code + digits, PhoneReading.CITY_CODE_ADDED)
    for slip in (_PLUS_EIGHT, _SEVEN_AND_EIGHT):
        if slip.match(text):
            return _of_russia(digits[-_NATIONAL_DIGITS:], PhoneReading.SLIP_MENDED)
    abroad = _INTERNATIONAL_PREFIX.match(text)
    if abroad is not None and not has_plus:
        text, has_plus = "+" + text[abroad.end() :], True
    way = PhoneReading.INTERNATIONAL if has_plus else PhoneReading.NATIONAL
    number = _valid_number(text)
    is_foreign = len(digits) >= FOREIGN_NUMBER_DIGITS and not _looks_russian(digits)
    if number is None and not has_plus and is_foreign:
        number, way = _valid_number(f"+{text}"), PhoneReading.INTERNATIONAL
    if number is not None:
        return Phone(number, way)
    return _unassigned(digits, has_plus)


def _looks_russian(digits: str) -> bool:
    """Whether there are eleven digits that start with 8 or 7, as in Russian numbers."""
    return len(digits) == _NATIONAL_DIGITS + 1 and digits[0] in "78"


def _unassigned(digits: str, has_plus: bool) -> Phone | None:
    """Returns a Russian number of the correct length in an unassigned range, or None."""
    if len(digits) == _NATIONAL_DIGITS and digits.startswith("89"):
        # A mobile number after the 8 with a missing digit: no area code starts like this.
        return None
    if len(digits) == _NATIONAL_DIGITS and not has_plus:
        national = digits
    elif len(digits) == _NATIONAL_DIGITS + 1 and digits[0] in ("7" if has_plus else "78"):
        national = digits[1:]
    else:
        return None
    return _of_russia(national, PhoneReading.UNASSIGNED)


def _of_russia(national: str, way: PhoneReading) -> Phone | None:
    number = _valid_number(f"+{_RUSSIAN_CODE}{national}")
    if number is not None:
        return Phone(number, way)
    if len(national) == _NATIONAL_DIGITS and national[0] in _NATIONAL_BEGINNINGS:
        return Phone(f"+{_RUSSIAN_CODE}{national}", PhoneReading.UNASSIGNED)
    return None


def _valid_number(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, RUSSIA)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _problem_of(given: str, main: str, home_area_code: str) -> PhoneProblem:
    digits = re.sub(r"\D", "", main)
    parts = [part for part in _SEVERAL.split(given) if re.search(r"\d", part)]
    if len(parts) > 1 and all(_read_main(part, home_area_code) is not None for part in parts):
        return PhoneProblem.SEVERAL
    if not given:
        return PhoneProblem.EMPTY
    if not digits:
        return PhoneProblem.NO_DIGITS
    if len(digits) <= _SERVICE_NUMBER_DIGITS:
        return PhoneProblem.SERVICE_NUMBER
    if len(digits) > _MOST_DIGITS:
        return PhoneProblem.TOO_LONG
    if len(digits) < _NATIONAL_DIGITS:
        return PhoneProblem.TOO_SHORT
    return PhoneProblem.NO_SUCH_NUMBER


def _at_home(main: str, home_area_code: str) -> str | None:
    national = main.removeprefix(f"+{_RUSSIAN_CODE}")
    if not home_area_code or not national.startswith(home_area_code):
        return None
    local = national[len(home_area_code) :]
    if len(local) not in LOCAL_NUMBER_DIGITS:
        return None
    return f"+{_RUSSIAN_CODE} ({home_area_code}) {local[:-4]}-{local[-4:-2]}-{local[-2:]}"


def _abroad_or_mobile(parsed: phonenumbers.PhoneNumber) -> str:
    national = phonenumbers.national_significant_number(parsed)
    if parsed.country_code == _RUSSIAN_CODE and len(national) == _NATIONAL_DIGITS:
        code, local = national[:3], national[3:]
        return f"+{_RUSSIAN_CODE} ({code}) {local[:3]}-{local[3:5]}-{local[5:]}"
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    parts = shown.split(" ", 2)
    if len(parts) == 3:
        # The local part has hyphens, as is usual in Russia.
        return f"{parts[0]} ({parts[1]}) {parts[2].replace(' ', '-')}"
    return shown
