"""Detector of a problem reported without its location (Regulation 6.1, 6.3, item 11)."""

from __future__ import annotations

import re

from sync.register.checks.check import CONTRADICTION, Detector, finding, small_letters
from sync.register.checks.detectors import Sayings
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.likeness.place import Place, addresses_of, place_of

# Parts of a house or street, which do not identify a location.
_PARTS_OF_PLACES = frozenset({"подъезд", "этаж", "квартир", "корпус", "контейнер", "участ", "опор"})
_NAME = re.compile(
    r"(?<=[а-яё,«\"] )[«\"]?(?P<name>[А-ЯЁ][а-яё]{2,}|[А-ЯЁ]{2,}\b|\d+-(?:й|я|го|м) )|«"
    r"|^[А-ЯЁ][а-яё]{3,}(?:ого|ова|ева|ина|ая|ой),? (?:от |дом |д\.|\d)"
)
_TWO = 2
# «на Первомайской или на Октябрьской»
_PREPOSITION = r"(?:[Нн]а|[Пп]о|[Уу]|[Сс]|[Вв]|[Вв]озле|[Уу]лиц[аеы]|ул\.)"
_STREET_NAME = r"[А-ЯЁ][а-яё-]+(?:ой|ая|ого|ова|ева|ина|а|ую|и|ы)"
_EITHER_STREET = re.compile(
    rf"(?<![а-яё]){_PREPOSITION}\s+{_STREET_NAME}(?:,?\s+\d+[а-я]?)?,?\s+(?:или|либо|а\s+может)(?:\s+быть)?,?"
    rf"\s+(?:и\s+)?(?:{_PREPOSITION}\s+)?{_STREET_NAME}"
)
_WHOSE_STREET = re.compile(r"(?:наш|мо|этой|соседн|одной|друг)[а-яё]*\s+улиц[а-яё]*", re.IGNORECASE)
_NO_PLACE_NAMES = re.compile(
    r"(?:Ваш|Вам|Вас|Здравств|Добр|Прошу|Уважаем|Спасибо|Глав|Мэр|Администр|Помогите|Управляющ|ЖКХ|УК|ТСЖ"
    r"|ТБО|ТКО|МУП|ЖЭК|СРОЧНО|НЕ\b|Пожалуйста|Господ|Владимир|Иван|Александр)"
)


def no_place_detector(sayings: Sayings) -> Detector:
    """Builds a detector of problems reported without a location; the finding spans the text.

    The type is "no_street" if only a house is given, "unsure" if the author does not know the
    location or doubts it, "contradiction" if the text names two locations, otherwise "none".
    Questions about rules, deadlines and documents need no location. A school or shop without a name
    or number is not a location.
    """
    parts = sayings.phrases.parts
    trouble, no_need, unsure, doubt = (
        parts[name] for name in ("<trouble>", "<no-need>", "<unsure>", "<doubt>")
    )
    landmark, common_landmark, house_alone, street = (
        parts[name] for name in ("<landmark>", "<common-landmark>", "<house-alone>", "<street>")
    )
    two_addresses, way_or_list = parts["<two-addresses>"], parts["<way-or-list>"]
    chain, passed_by = parts["<chain>"], parts["<passed-by>"]

    def type_of(text: str) -> str | None:
        read = sayings.reader.sentences(text)
        said = [each.sentence.text for each in read]

        def has(pattern: re.Pattern[str]) -> bool:
            return any(pattern.search(each) for each in said)

        if has(doubt) or _EITHER_STREET.search(text):
            return "unsure"
        if has(two_addresses) and _houses(text) == _TWO and not has(way_or_list):
            return CONTRADICTION
        if not has(passed_by) and (
            has(no_need) or not (has(trouble) or any(sayings.said_in(each) for each in read))
        ):
            return None
        written = text.title() if text.isupper() else text
        place, _ = place_of(_WHOSE_STREET.sub(" ", written))
        if has(unsure) and not (place.streets and place.houses):
            return "unsure"
        if any(landmark.search(common_landmark.sub(" ", chain.sub(" ", each))) for each in said):
            return None
        if _has_name(_without(chain, text)):
            return None
        if place.houses and not place.streets and has(house_alone) and not has(street):
            return "no_street"
        return None if _is_definite(place) else "none"

    def detect(text: str) -> tuple[Finding, ...]:
        type_ = type_of(text)
        if type_ is None:
            return ()
        return (finding(FindingKind.NO_PLACE, Level.WARN, type_, text, 0, len(text)),)

    return detect


def _houses(text: str) -> int:
    """Returns the number of different addresses (street and house) in a text."""
    return len({(each.street, each.house) for each in addresses_of(text) if each.house})


def _without(names: re.Pattern[str], text: str) -> str:
    """Returns the text with the names replaced by blanks."""
    kept = list(text)
    for match in names.finditer(small_letters(text)):
        kept[match.start() : match.end()] = " " * len(match[0])
    return "".join(kept)


def _is_definite(place: Place) -> bool:
    numbered = {kind for kind, _ in place.numbered} - _PARTS_OF_PLACES
    return bool(place.streets or place.houses or numbered)


def _has_name(text: str) -> bool:
    """Whether a capitalised name occurs inside a sentence: it may be the name of the location."""
    return any(not _NO_PLACE_NAMES.match(match["name"] or "") for match in _NAME.finditer(text))
