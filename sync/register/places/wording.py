"""How streets and houses are written and typed: kinds of streets, short and long, ё and е."""

from __future__ import annotations

import re

# The form that is written, then the forms that are read.
_KIND_LINES = """
ул. ул улица улице улицы улицу
пр-т прт пркт просп проспект проспекте проспекта пр
пер. пер переулок переулке переулка
бул. бул бр бульвар бульваре бульвара
пл. пл площадь площади
ш. ш шоссе
пр-д прд проезд проезде проезда
наб. наб набережная набережной
туп. туп тупик тупике тупика
ал. ал аллея аллее аллеи
мкр. мкр мкрн микрорайон микрорайоне микрорайона
кв-л квл квартал квартале квартала
пос. пос поселок поселке поселка
"""
USUAL_KIND = "ул."
KIND_OF = {
    word: forms[0]
    for forms in (line.split() for line in _KIND_LINES.strip().splitlines())
    for word in forms[1:]
}
_SHORTENED = re.compile(r"(?<![а-я])(пр|б|кв|мкр)-(т|кт|р|д|л|н)(?![а-я])")
_WORD = re.compile(r"[а-яa-z0-9]+(?:/[а-яa-z0-9]+)?")
_HOUSE_WORDS = frozenset({"д", "дом", "дома", "доме", "у", "возле", "около"})
_BLOCK_WORDS = frozenset({"к", "корп", "корпус"})
_HOUSE = re.compile(r"\d+[а-я]?(?:/\d+[а-я]?)?")
_PLAIN_NUMBER = re.compile(r"\d+(?:/\d+)?")


def words_of(text: str) -> list[str]:
    """The words of a place in small letters: «пр-т» is one word, other hyphens part two."""
    small = text.lower().replace("ё", "е")
    return _WORD.findall(_SHORTENED.sub(r"\1\2", small))


def house_of(words: list[str]) -> str:
    """The house that the words behind a street tell: «14а», «15/2», «7к2»; empty for none."""
    rest = [word for word in words if word not in _HOUSE_WORDS]
    if not rest or not _HOUSE.fullmatch(rest[0]):
        return ""
    house, behind = rest[0], rest[1:]
    is_letter = bool(behind) and len(behind[0]) == 1 and behind[0].isalpha()
    is_block = len(behind) > 1 and behind[0] in _BLOCK_WORDS  # «14 к 2» and no «14к»
    if is_letter and not is_block and _PLAIN_NUMBER.fullmatch(house):
        house, behind = house + behind[0], behind[1:]
    if len(behind) > 1 and behind[0] in _BLOCK_WORDS and behind[1].isdigit():
        house = f"{house}к{behind[1]}"
    return house


def starts_house(words: list[str]) -> bool:
    """Whether the words can go on into a house: nothing, «д», or a number first."""
    rest = [word for word in words if word not in _HOUSE_WORDS]
    return not rest or _HOUSE.fullmatch(rest[0]) is not None
