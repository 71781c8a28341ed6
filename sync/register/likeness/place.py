"""What place a text speaks of: streets, houses, and things that bear a number (6.1, 6.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

_KIND = (
    r"(?:ул(?:иц[а-я]*|\.)?|пр(?:осп(?:ект[а-я]*|\.)|-к?т[а-я]*|\.)|пер(?:еул[а-я]+|\.)?"
    r"|бул(?:ьвар[а-я]*|\.)|б-р[а-я]*|шоссе|площад(?:ь|и|ью|ей)(?![а-яё])|пл\.|проезд[а-я]*|набережн[а-я]+"
    r"|микрорайон[а-я]*|мкр\.?|тупик[а-я]*|алле[а-я]+|переезд[а-я]*)"
)
_NAME = (
    r"(?:\d{1,3}(?:-[а-я]{1,3})?\s+)?[а-яё][а-яё-]{2,}"
    r"(?:\s+[а-яё]{2,}(?:ой|ого|ых|ова|ева|ина)(?![а-яё]))?"
)
_HOUSE = (
    r"(?P<house>\d{1,4}(?:\s?[а-я](?![а-яё]))?(?:\s?/\s?\d{1,3}[а-я]?)?)"
    r"(?:[\s,]*(?:к|корп|корпус)[\s.]*(?P<block>\d{1,2}))?"
)
_HOUSE_WORD = r"(?:д(?:ом[а-я]*|\.)?\s*)?(?:№\s*)?"
_STREET = re.compile(rf"(?<![а-яё]){_KIND}\s+(?P<name>{_NAME})(?:[\s,]+{_HOUSE_WORD}{_HOUSE})?")
_STREET_BEHIND = re.compile(
    rf"(?<![а-яё])(?P<name>[а-яё-]{{4,}}(?:ой|ая|ую|ий|ый|ом|ого))\s+"
    rf"(?:улиц[а-я]*|проспект[а-я]*|переул[а-я]+|бульвар[а-я]*|площад(?:ь|и|ью|ей)(?![а-яё])|шоссе|набережн[а-я]+)"
    rf"(?:[\s,]+{_HOUSE_WORD}{_HOUSE})?"
)
_THING = (
    r"(?:Автобус|Маршрут|Троллейбус|Школ|Сад |Дом|Подъезд|Квартир|Контейнер|Детск|Лице|Гимнази"
    r"|Поликлин|Больниц|Этаж|Участ|Гараж|Опор|Светофор|Телефон|Номер)"
)
# «перекрёсток Мира и Кирова», «Мира угол Кирова»
_CROSSING = re.compile(
    r"(?P<one>[А-ЯЁ][а-яё]{2,})\s*(?:и|с|угол|[-–—/])\s*(?:ул[а-я.]*\s*)?(?P<two>[А-ЯЁ][а-яё]{2,})"
)
_CROSSING_WORD = re.compile(r"перекр[её]ст|угол|углу|светофор|пересечени", re.I)
# «на Мира, 5»: a capital and a number that is none of something.
_BARE = re.compile(
    rf"(?:^|(?<=[а-яё,.:;!] ))(?!{_THING})(?P<name>[А-ЯЁ][а-яё-]{{2,}}),?\s+{_HOUSE_WORD}{_HOUSE}"
    r"(?!\d|\s*(?:дн|день|час|мин|недел|месяц|год|лет|раз|штук|метр|руб|человек|[:.]\d))"
)
_HOUSE_ALONE = re.compile(rf"(?<![а-яё])(?:дом[а-я]*|д\.)\s*(?:№\s*)?{_HOUSE}(?!\d|[.:]\d)")
_NUMBERED = re.compile(
    r"(?<![а-яё])(?P<kind>школ|сад|дошкольн|лице|гимнази|поликлиник|больниц|подъезд|автобус"
    r"|маршрут|троллейбус|трамва|квартир|участ|гараж|опор|контейнер|светофор|аптек|корпус|этаж)"
    r"[а-яё]*\.?\s*(?:№\s*)?(?P<number>\d{1,4}[а-я]?)(?!\d|[.:]\d)"
)
_NUMBERED_BEFORE = re.compile(
    r"(?<![\d.,/-])(?P<number>\d{1,3})(?:-?(?:й|го|м|ом|ему|я|ой|ю|ая|ый))?\s+"
    r"(?P<kind>школ|подъезд|автобус|маршрут|троллейбус|поликлиник|лице|гимнази|микрорайон|этаж)"
)
_GONE = " § "  # stands where a place was: what was before it and behind is not one phrase
_ALIKE_NAMES = 86.0
_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ой|ая|ую|ый|ий|ом|ых|их|ым|ах|ам|ы|и|а|я|у|ю|е|о)$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Streets by the beginning of their names, houses as «5а/2», and numbers by their thing."""

    streets: frozenset[str]
    houses: frozenset[str]
    numbered: frozenset[tuple[str, str]]


def place_of(text: str) -> tuple[Place, str]:
    """The places of a text, and the text without them."""
    streets: set[str] = set()
    houses: set[str] = set()
    numbered: set[tuple[str, str]] = set()
    rest = text
    if _CROSSING_WORD.search(text):
        for found in _CROSSING.finditer(text):
            streets.update(_street_of(found[name]) for name in ("one", "two"))
        rest = _CROSSING.sub(_GONE, rest)
    for pattern in (_BARE, _STREET, _STREET_BEHIND, _HOUSE_ALONE):
        searched = rest if pattern is _BARE else rest.lower()
        for found in pattern.finditer(searched):
            groups = found.groupdict()
            if groups.get("name"):
                streets.add(_street_of(groups["name"]))
            if groups.get("house"):
                houses.add(_house_of(groups["house"], groups["block"]))
        rest = pattern.sub(_GONE, searched)
    for pattern in (_NUMBERED, _NUMBERED_BEFORE):
        for found in pattern.finditer(rest):
            numbered.add((found["kind"], found["number"]))
    return Place(frozenset(streets), frozenset(houses), frozenset(numbered)), rest


def contradicts(one: Place, other: Place) -> bool:
    """Whether the two cannot be the same place: another street, house or number."""
    if one.streets and other.streets and not _meet(one.streets, other.streets):
        return True
    if one.houses and other.houses and not one.houses & other.houses:
        return True
    return any(
        _numbers(one, kind).isdisjoint(_numbers(other, kind))
        for kind in {kind for kind, _ in one.numbered} & {kind for kind, _ in other.numbered}
    )


def agrees(one: Place, other: Place) -> bool:
    """Whether both tell the same street, house or number."""
    return bool(
        _meet(one.streets, other.streets)
        or one.houses & other.houses
        or one.numbered & other.numbered
    )


def is_named(place: Place, words: frozenset[str]) -> bool:
    """Whether a street of the place stands among the words, without being called a street."""
    stems = frozenset(_street_of(word) for word in words)
    return _meet(place.streets, stems)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(fuzz.ratio(mine, yours) >= _ALIKE_NAMES for mine in one for yours in other)


def _numbers(place: Place, wanted: str) -> set[str]:
    return {number for kind, number in place.numbered if kind == wanted}


def _street_of(name: str) -> str:
    words = name.lower().replace("ё", "е").split()
    return " ".join(_ENDING.sub("", word) if len(word) > 4 else word for word in words)


def _house_of(house: str, block: str | None) -> str:
    plain = re.sub(r"\s", "", house)
    return f"{plain}/{block}" if block else plain
