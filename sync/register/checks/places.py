"""A trouble told without the place where it is (Regulation 6.1, 6.3, item 11)."""

from __future__ import annotations

import re

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile
from sync.register.checks.wording import finding, sentences
from sync.register.likeness.place import Place, place_of

# They tell where in a house or in a street, not in which.
_PARTS_OF_PLACES = frozenset({"подъезд", "этаж", "квартир", "корпус", "контейнер", "участ", "опор"})
_NAME = re.compile(
    r"(?<=[а-яё,«\"] )[«\"]?(?P<name>[А-ЯЁ][а-яё]{2,}|[А-ЯЁ]{2,}\b|\d+-(?:й|я|го|м) )|«"
)
_WHOSE_STREET = re.compile(r"(?:наш|мо|этой|соседн|одной|друг)[а-яё]*\s+улиц[а-яё]*", re.IGNORECASE)
_NO_PLACE_NAMES = re.compile(
    r"(?:Ваш|Вам|Вас|Здравств|Добр|Прошу|Уважаем|Спасибо|Глав|Мэр|Администр|Помогите|Управляющ|ЖКХ|УК|ТСЖ"
    r"|ТБО|ТКО|МУП|ЖЭК|СРОЧНО|НЕ\b|Пожалуйста|Господ|Владимир|Иван|Александр)"
)


def no_place_detector(file: PhraseFile) -> Detector:
    """The check for a trouble that has a place and does not tell it; it spans the text.

    Type is "no_street" where only a house is told, "unsure" where the author says that he does not
    know it, else "none". Questions of rules, terms and papers need no place.
    """
    trouble, no_need, landmark, unsure, house_alone = (
        file.parts[name]
        for name in ("<trouble>", "<no-need>", "<landmark>", "<unsure>", "<house-alone>")
    )

    def type_of(text: str) -> str | None:
        said = [sentence.text for sentence in sentences(text)]
        if not any(trouble.search(each) for each in said):
            return None
        if any(no_need.search(each) for each in said):
            return None
        place, _ = place_of(_WHOSE_STREET.sub(" ", text))
        is_unsure = any(unsure.search(each) for each in said)
        if is_unsure and not (place.streets and place.houses):
            return "unsure"
        if any(landmark.search(each) for each in said) or _has_name(text):
            return None
        if not place.streets and place.houses and any(house_alone.search(each) for each in said):
            return "no_street"
        return None if _is_definite(place) else "none"

    def detect(text: str) -> tuple[Finding, ...]:
        type_ = type_of(text)
        if type_ is None:
            return ()
        return (finding(FindingKind.NO_PLACE, Level.WARN, type_, text, 0, len(text)),)

    return detect


def _is_definite(place: Place) -> bool:
    numbered = {kind for kind, _ in place.numbered} - _PARTS_OF_PLACES
    return bool(place.streets or place.houses or numbered)


def _has_name(text: str) -> bool:
    """Whether something within a sentence is called by a name: it may be that of the place."""
    return any(not _NO_PLACE_NAMES.match(match["name"] or "") for match in _NAME.finditer(text))
