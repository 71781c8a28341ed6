"""Span of personal data in a text, its data type, and the text around a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sync.register.checks.finding import Level

REACH = 48
# A full stop after an abbreviation does not end a sentence: «им. Героя», «ул. Лесная».
SENTENCE_END = re.compile(
    r"(?:(?<!им)(?<!ул)(?<!пр)(?<!пл)(?<!пер)(?<!тел)(?<!\bт)(?<!\bг)(?<!\bд)(?<!кв)(?<!гр)(?<!св)\."
    r"|[!?;…])\s+(?=[А-ЯЁA-Z])|\n"
)
DIGIT = re.compile(r"\d")

# Words for things, works and organisations that have numbers.
OF_A_THING = re.compile(
    r"(?:сч[её]тчик\w*|прибор\w*\s+уч[её]та|показани\w+|заявк\w*|заявлени\w*|квитанци\w*"
    r"|договор\w*|накладн\w*|артикул\w*|кадастр\w*|штрих-?\s?код\w*|огрн(?:ип)?|бик|кпп|окпо|октмо"
    r"|уин|протокол\w*|постановлени\w*|штраф\w*|исх(?:одящ\w+)?|вх(?:одящ\w+)?|инв(?:ентарн\w+)?"
    r"|трек-?\w*|заказ\w*|чек\w*|билет\w*|опор\w+|столб\w*|контейнер\w*|серийн\w+|заводск\w+|пломб\w*"
    r"|лицензи\w*|тендер\w*|закупк\w*|контракт\w*|регистрационн\w+|обращени\w*|дел[оау])"
    r"[^\d.!?;\n]{0,24}$",
    re.IGNORECASE,
)


def before(text: str, position: int, reach: int = REACH) -> str:
    """Returns up to ``reach`` characters before a position, within the same sentence."""
    part = text[max(0, position - reach) : position]
    ends = [match.end() for match in SENTENCE_END.finditer(part)]
    return part[ends[-1] :] if ends else part


def after(text: str, position: int, reach: int = REACH) -> str:
    """Returns up to ``reach`` characters after a position, within the same sentence."""
    part = text[position : position + reach]
    end = SENTENCE_END.search(part)
    return part[: end.start()] if end else part


def is_of_a_thing(text: str, start: int) -> bool:
    """Whether the text attributes the number at ``start`` to a thing: a meter, an order, a plot."""
    return OF_A_THING.search(before(text, start)) is not None


def digits_of(text: str) -> str:
    return "".join(DIGIT.findall(text))


class DataType(StrEnum):
    """Kind of personal data; the ``type`` of a finding."""

    NAME = "fio"
    PHONE = "phone"
    EMAIL = "email"
    PASSPORT = "passport"
    SNILS = "snils"
    INN = "inn"
    OMS = "oms"
    CARD = "card"
    ACCOUNT = "account"
    BIRTH_DATE = "birth_date"
    PLATE = "plate"
    ADDRESS = "address"
    HEALTH = "health"
    ACCOUNT_NAME = "account_name"
    """A page or user name in a social network or messenger."""
    BY_LAW = "by_law"
    """Confidential by law: official, bank, tax or adoption secrets."""
    CLASSIFIED = "classified"


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of personal data; ``start`` and ``end`` are character offsets in the text."""

    type: DataType
    start: int
    end: int
    level: Level = Level.BLOCK
