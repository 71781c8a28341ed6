"""Locations named in a text (streets, houses, numbered objects), and their comparison (6.1,
6.4).
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

_KIND = (
    r"(?:ул(?:иц[а-я]*|\.)?|пр(?:осп(?:ект[а-я]*|\.)|-к?т[а-я]*|\.)|пер(?:еул[а-я]+|\.)?"
    r"|бул(?:ьвар[а-я]*|\.)|б-р[а-я]*|шоссе|площад(?:ь|и|ью|ей)(?![а-яё])|пл\.|проезд[а-я]*|набережн[а-я]+"
    r"|микрорайон[а-я]*|мкр\.?|тупик[а-я]*|алле[а-я]+|переезд[а-я]*)"
)
_ENDS = r"(?![А-Яа-яЁё])"
_FIRST = r"(?:\d{1,3}(?:-[а-я]{1,3})?\s+)?"
_CAPITAL = r"[А-ЯЁ][А-Яа-яЁё-]{2,}"
_NAME = rf"{_FIRST}{_CAPITAL}(?:\s+{_CAPITAL})?"
_SMALL_NAME = rf"{_FIRST}[а-яё][а-яё-]{{2,}}(?:\s+[а-яё]{{2,}}(?:ой|ого|ых|ова|ева|ина){_ENDS})?"
_HOUSE = (
    r"(?P<house>\d{1,4}(?:(?:[А-Яа-я]|\s[бгдежз]|\sа(?=\s*(?:[,.;:)]|$)))(?![А-Яа-яЁё]))?(?:\s?/\s?\d{1,3}[а-я]?)?)"
    r"(?:[\s,]*(?:к|корп|корпус)[\s.]*(?P<block>\d{1,2}))?"
)
_HOUSE_WORD = r"(?:(?i:д(?:ом[а-я]*|\.)?)\s*)?(?:№\s*)?"
_NO_LETTER_BEFORE = r"(?<![А-Яа-яЁё])"
_BEFORE_STREET = rf"{_NO_LETTER_BEFORE}(?i:{_KIND})\s+"
_STREET = re.compile(rf"{_BEFORE_STREET}(?P<name>{_NAME})(?:[\s,]+{_HOUSE_WORD}{_HOUSE})?")
# A lower-case name is a street name only before a house number: «на улице темно» has none.
_SMALL_STREET = re.compile(rf"{_BEFORE_STREET}(?P<name>{_SMALL_NAME})[\s,]+{_HOUSE_WORD}{_HOUSE}")
_ADJECTIVE = r"[а-яё-]{2,}(?:ой|ая|ую|ий|ый|ом|ого)"
_KIND_BEHIND = (
    r"(?:улиц[а-я]*|проспект[а-я]*|переул[а-я]+|бульвар[а-я]*|площад(?:ь|и|ью|ей)|шоссе"
    r"|набережн[а-я]+)"
)
_STREET_BEHIND = re.compile(
    rf"{_NO_LETTER_BEFORE}(?P<name>[А-ЯЁ]{_ADJECTIVE})\s+{_KIND_BEHIND}{_ENDS}(?!\s+[А-ЯЁ])"
    rf"(?:[\s,]+{_HOUSE_WORD}{_HOUSE})?"
)
_SMALL_STREET_BEHIND = re.compile(
    rf"{_NO_LETTER_BEFORE}(?P<name>[а-яё]{_ADJECTIVE})\s+{_KIND_BEHIND}[\s,]+{_HOUSE_WORD}{_HOUSE}"
)
_THING = (
    r"(?:Автобус|Маршрут|Троллейбус|Школ|Сад |Дом|Подъезд|Квартир|Контейнер|Детск|Лице|Гимнази"
    r"|Поликлин|Больниц|Этаж|Участ|Гараж|Опор|Светофор|Телефон|Номер"
    r"|Возле |Около |Напротив |Перед |Вдоль |Вблизи )"
)
# «перекрёсток Мира и Кирова», «Мира угол Кирова»
_CROSSING = re.compile(
    r"(?P<one>[А-ЯЁ][а-яё]{2,})\s*(?:и|с|угол|[-–—/])\s*(?:ул[а-я.]*\s*)?(?P<two>[А-ЯЁ][а-яё]{2,})"
)
_CROSSING_WORD = re.compile(r"перекр[её]ст|угол|углу|светофор|пересечени", re.I)
_NO_COUNT = (
    r"(?!\d|-(?:го|й|я|м)(?![а-яё])|\s*(?:дн|день|час|мин|недел|месяц|год|лет|раз|штук|метр|руб|человек|октябр|ноябр|декабр"
    r"|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|[:.]\d))"
)
# «на Мира, 5»: a capitalised name followed by a number that is not a count.
_BARE = re.compile(
    rf"(?:^|(?<=[а-яё,.:;!] ))(?!{_THING})(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?),?\s+"
    rf"{_HOUSE_WORD}{_HOUSE}"
    rf"{_NO_COUNT}"
)
# «на Подгорной», «по Кирова», «Нагорная: нет воды»: a street name without the word "street".
_UNCALLED = re.compile(
    rf"{_NO_LETTER_BEFORE}(?:[Нн]а|[Пп]о|[Вв]озле|[Оо]коло)\s+(?P<name>Мира|Победы|[А-ЯЁ][а-яё-]+"
    rf"(?:ой|[оеё]ва|ина|[кн]ого)){_ENDS}"
    rf"|(?:^|(?<=[.!?] ))(?P<first>[А-ЯЁ][а-яё-]{{2,}}(?:ая|ская))\s?(?:[:–—]|-\s)"
)
_HOUSE_ALONE = re.compile(rf"(?<![а-яё])(?:дом[а-я]*|д\.)\s*(?:№\s*)?{_HOUSE}(?!\d|[.:]\d)")
# «10-го дома», from «десятого дома»
_HOUSE_BEHIND = re.compile(r"(?<![\d.,/-])(?P<house>\d{1,3})-?(?:го|й|м|му)\s+дом[ауе]?(?![а-яё])")
# In a text without capitals a name is recognised by its ending and the number after it.
_SMALL_ENDING = r"(?:ой|ая|ого|[оеё]ва|ина|мира|победы|октября|мая)"
_SMALL_CALLED = re.compile(rf"{_BEFORE_STREET}(?P<name>{_FIRST}[а-яё-]*{_SMALL_ENDING}){_ENDS}")
_SMALL_BARE = re.compile(
    rf"(?:^|(?<=[а-яё,.:;!] ))(?P<name>[а-яё-]*{_SMALL_ENDING}),?\s+"
    rf"{_HOUSE_WORD}{_HOUSE}{_NO_COUNT}"
)
_KINDS = {
    "автобус": "маршрут",
    "троллейбус": "маршрут",
    "трамва": "маршрут",
    "дошкольн": "сад",
    "детсад": "сад",
}
_BUS = r"автобус|маршрут|троллейбус|трамва"
_NUMBERED = re.compile(
    rf"(?<![а-яё])(?P<kind>школ|сад|детсад|дошкольн|лице|гимнази|поликлиник|больниц|подъезд|{_BUS}"
    r"|квартир|участ|гараж|опор|контейнер|светофор|аптек|корпус|этаж|микрорайон)"
    r"[а-яё]*\.?\s*(?:№\s*|номер\s+)?(?P<number>\d{1,4}[а-я]?)(?!\d|[.:]\d)"
)
_NUMBERED_BEFORE = re.compile(
    r"(?<![\d.,/-])(?P<number>\d{1,3})(?:-?(?:й|го|м|ом|ему|му|я|ой|ю|ая|ый|е))?\s+"
    rf"(?P<kind>школ|сад|детсад|подъезд|{_BUS}|поликлиник|больниц|лице|гимнази|микрорайон|этаж)"
)
_ORDINALS = (
    *("перв", "втор", "трет", "четв[её]рт", "пят", "шест", "седьм", "восьм", "девят", "десят"),
    *("одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат"),
    *("семнадцат", "восемнадцат", "девятнадцат", "двадцат"),
)
_ORDINAL = re.compile(
    # Not the last word of «двадцать первый».
    r"(?<![а-яё])(?<!двадцать )(?<!тридцать )(?<!сорок )(?<!десят )"
    rf"(?P<stem>{'|'.join(_ORDINALS)})"
    r"(?:ый|ой|ий|ая|ья|ое|ье|ого|ьего|ому|ьему|ым|ьим|ом|ьем|ую|ью|ьей)\s+"
    rf"(?=школ|садик|детсад|подъезд|{_BUS}|поликлиник|больниц|лице|гимнази|микрорайон|этаж|дом[ауе]?(?![а-яё]))",
    re.I,
)
# «парк Победы», «остановка «Рынок»»: named objects of which a city has many.
_NAMED = re.compile(
    r"(?<![А-Яа-яЁё])(?i:(?P<kind>парк|сквер|остановк|бассейн|хутор|пос[её]лок|микрорайон|станци)"
    r"[а-яё]{0,3})\s+(?:(?i:имени|им\.)\s*)?[«\"“]?(?P<name>[А-ЯЁ][а-яё-]{2,})"
)
# «на 8 Марта, 3»: a street named after a date starts with a digit.
_DATED = re.compile(
    rf"(?<![\d.,/-])(?P<name>\d{{1,3}}(?:-(?:го|й|я|ти|летия))?\s+(?:лет\s+)?"
    r"(?:Января|Февраля|Марта|Апреля|Мая|Июня|Июля|Августа|Сентября|Октября|Ноября|Декабря|Победы"
    r"|ВЛКСМ|СССР|Комсомола|Бакинских\s+Комиссаров))(?![а-яё])"
    rf"(?:[\s,]+{_HOUSE_WORD}{_HOUSE}{_NO_COUNT})?"
)
_PATTERNS = (_DATED, _BARE, _STREET_BEHIND, _STREET, _SMALL_STREET_BEHIND, _SMALL_STREET, _UNCALLED)
_FLAT_PATTERNS = (_SMALL_BARE, _SMALL_CALLED)
_GONE = " § "  # replaces a location; separates the text around it
_ALIKE_NAMES = 86.0
_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ой|ая|ую|ый|ий|ом|ых|их|ым|ах|ам|ы|и|а|я|у|ю|е|о)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Locations named in a text.

    Streets are word stems, houses have the form «5а/2», numbered objects are (kind, number).
    """

    streets: frozenset[str]
    houses: frozenset[str]
    numbered: frozenset[tuple[str, str]]


@lru_cache(4)  # the checks process the same text one after another
def place_of(text: str) -> tuple[Place, str]:
    """Returns the locations of a text, and the text without them."""
    streets: set[str] = set()
    houses: set[str] = set()
    numbered: set[tuple[str, str]] = set()
    is_flat = text in (text.lower(), text.upper())
    rest = _ORDINAL.sub(_in_figures, text.lower() if is_flat else text)
    if _CROSSING_WORD.search(rest):
        for found in _CROSSING.finditer(rest):
            streets.update(_street_of(found[name]) for name in ("one", "two"))
        rest = _CROSSING.sub(_GONE, rest)
    for found in _NAMED.finditer(rest):
        numbered.add((found["kind"].lower(), _street_of(found["name"])))
    for pattern in (*_PATTERNS, *(_FLAT_PATTERNS if is_flat else ())):
        for found in pattern.finditer(rest):
            groups = found.groupdict()
            streets.add(_street_of(groups.get("name") or groups["first"]))
            if groups.get("house"):
                houses.add(_house_of(groups["house"], groups.get("block")))
        rest = pattern.sub(_GONE, rest)
    rest = rest.lower()
    for pattern in (_HOUSE_ALONE, _HOUSE_BEHIND):
        houses.update(
            _house_of(found["house"], found.groupdict().get("block"))
            for found in pattern.finditer(rest)
        )
        rest = pattern.sub(_GONE, rest)
    for pattern in (_NUMBERED, _NUMBERED_BEFORE):
        for found in pattern.finditer(rest):
            numbered.add((_KINDS.get(found["kind"], found["kind"]), found["number"]))
    return Place(frozenset(streets), frozenset(houses), frozenset(numbered)), rest


@dataclass(frozen=True, slots=True)
class Address:
    """A street named at offset ``start`` of a text, with its house if given."""

    start: int
    street: str
    house: str | None


@lru_cache(4)
def addresses_of(text: str) -> tuple[Address, ...]:
    """Returns the streets named in a text, including repetitions."""
    found: list[Address] = []
    rest = text
    for pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            groups = match.groupdict()
            house = _house_of(groups["house"], groups["block"]) if groups.get("house") else None
            name = groups.get("name") or groups["first"]
            found.append(Address(match.start(), _street_of(name), house))
        rest = pattern.sub(_blank, rest)
    return tuple(found)


def _blank(found: re.Match[str]) -> str:
    """Returns a filler as long as the match, so later offsets do not change."""
    return "§" * len(found[0])


def _in_figures(found: re.Match[str]) -> str:
    stem = found["stem"].lower()
    number = next(at for at, each in enumerate(_ORDINALS, start=1) if re.fullmatch(each, stem))
    return f"{number}-го "


def contradicts(one: Place, other: Place) -> bool:
    """Whether the locations differ in street, house or number and therefore cannot be the same."""
    if one.streets and other.streets and not _meet(one.streets, other.streets):
        return True
    if _is_another_corner(one.streets, other.streets):
        return True
    if one.houses and other.houses and not one.houses & other.houses:
        return True
    kinds = {kind for kind, _ in one.numbered} & {kind for kind, _ in other.numbered}
    return any(not _meet(_numbers(one, kind), _numbers(other, kind)) for kind in kinds)


def agrees(one: Place, other: Place) -> bool:
    """Whether both locations have a street, house or numbered object in common."""
    return bool(
        _meet(one.streets, other.streets)
        or one.houses & other.houses
        or one.numbered & other.numbered
    )


def is_named(place: Place, words: frozenset[str]) -> bool:
    """Whether one of the words names a street of the location."""
    stems = frozenset(_street_of(word) for word in words)
    return _meet(place.streets, stems)


def _is_another_corner(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both are street corners that share one street and differ in the other."""
    return (
        len(one) == len(other) == 2  # a corner has two streets
        and any(not _meet({name}, other) for name in one)
        and any(not _meet({name}, one) for name in other)
    )


def _meet(one: Set[str], other: Set[str]) -> bool:
    return any(_are_one(mine, yours) for mine in one for yours in other)


def _are_one(mine: str, yours: str) -> bool:
    """Whether two street names or numbers are equal; a name may be shortened or misspelt."""
    if mine == yours:
        return True
    if mine.isdigit() or yours.isdigit():
        return False
    shorter, longer = sorted((mine.split(), yours.split()), key=len)
    return all(
        any(word == each or fuzz.ratio(word, each) >= _ALIKE_NAMES for each in longer)
        for word in shorter
    )


def _numbers(place: Place, wanted: str) -> set[str]:
    return {number for kind, number in place.numbered if kind == wanted}


def _street_of(name: str) -> str:
    words = name.lower().replace("ё", "е").split()
    return " ".join(_ENDING.sub("", word) if len(word) > 4 else word for word in words)


def _house_of(house: str, block: str | None) -> str:
    plain = re.sub(r"\s", "", house).lower()
    return f"{plain}/{block}" if block else plain
