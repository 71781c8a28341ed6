"""How far two places are from each other, as far as words and house numbers tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sync.register.likeness.place import Place, agrees, place_of

_NUMBER = re.compile(r"\d+")


class Nearness(StrEnum):
    """What the two places have in common, the nearest first."""

    SAME_HOUSE = "same_house"
    SAME_THING = "same_thing"
    """A school, a stop or a bus of one number or name."""
    SAME_STREET = "same_street"


@dataclass(frozen=True, slots=True)
class Distance:
    """``numbers_apart`` is by how much the house numbers differ; None where a house is missing."""

    nearness: Nearness
    numbers_apart: int | None = None


def distance(one: str, other: str) -> Distance | None:
    """How near the places of two texts are; None where they have none in common."""
    mine, yours = place_of(one)[0], place_of(other)[0]
    none = frozenset[str]()
    if agrees(Place(mine.streets, none, frozenset()), Place(yours.streets, none, frozenset())):
        if mine.houses & yours.houses:
            return Distance(Nearness.SAME_HOUSE, 0)
        return Distance(Nearness.SAME_STREET, _apart(mine.houses, yours.houses))
    if mine.numbered & yours.numbered:
        return Distance(Nearness.SAME_THING)
    return None


def _apart(mine: frozenset[str], yours: frozenset[str]) -> int | None:
    """The least difference of any two house numbers; «14а» and «14/2» are at one number."""
    numbers = [
        abs(int(one[0]) - int(other[0]))
        for house in mine
        for of_other in yours
        if (one := _NUMBER.match(house)) and (other := _NUMBER.match(of_other))
    ]
    return min(numbers, default=None)
