"""Streets with the houses they have, and landmarks without an address of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, order=True)
class HouseRange:
    """Houses from ``first`` to ``last``, both of them, each ``step``-th: 2 is one side alone."""

    first: int
    last: int
    step: int = 1

    def has(self, number: int) -> bool:
        return self.first <= number <= self.last and (number - self.first) % self.step == 0

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1, self.step)


@dataclass(frozen=True, slots=True)
class Street:
    """``kind`` is shortened («ул.»); ``houses`` are those with a letter, a stroke or a block."""

    kind: str
    name: str
    ranges: tuple[HouseRange, ...] = ()
    houses: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def has_houses(self) -> bool:
        """Whether the list knows any house of it; of one without, no house can be wrong."""
        return bool(self.ranges or self.houses)

    def knows(self, house: str) -> bool:
        """Whether there is such a house; a letter behind a number that there is, is believed."""
        if house in self.houses:
            return True
        number = _NUMBER.match(house)
        if number is None:
            return False
        is_there = any(each.has(int(number[0])) for each in self.ranges)
        return is_there or (number[0] != house and number[0] in self.houses)

    def houses_from(self, beginning: str, limit: int) -> tuple[str, ...]:
        """The houses that begin so, in the order of a street."""
        found = {house for house in self.houses if house.startswith(beginning)}
        found.update(
            str(number)
            for each in self.ranges
            for number in each.numbers
            if str(number).startswith(beginning)
        )
        return tuple(sorted(found, key=house_order)[:limit])


@dataclass(frozen=True, slots=True)
class Landmark:
    """A thing that people tell a place by; ``at`` is its address, where it has one."""

    name: str
    at: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} ({self.at})" if self.at else self.name


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Everything that an administrator has brought, in the order of the alphabet."""

    streets: tuple[Street, ...] = ()
    landmarks: tuple[Landmark, ...] = ()

    @property
    def house_count(self) -> int:
        return sum(
            len(street.houses) + sum(len(each.numbers) for each in street.ranges)
            for street in self.streets
        )


def house_order(house: str) -> tuple[int, str]:
    """7, 7а, 7/2, 12: by the number first."""
    number = _NUMBER.match(house)
    return (int(number[0]) if number else 0), house
