"""The list of places out of the rows of a table; every row that is wrong is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sync.register.places.place_list import HouseRange, Landmark, PlaceList, Street
from sync.register.places.wording import KIND_OF, USUAL_KIND, words_of

MOST_HOUSES = 2000  # of one range: more is a slip of the keyboard
_PARTS = re.compile(r"[^,;]+")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)(?:\s+(чет|нечет)[а-я]*\.?)?")
_HOUSE = re.compile(r"\d+[а-я]?(?:/\d+[а-я]?)?(?:к\d+)?")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row of the table; ``line`` is its number in the file, from 1."""

    line: int
    street: str
    houses: str
    landmark: str


class RowFault(StrEnum):
    """What is wrong with a row."""

    EMPTY = "empty"
    """Neither a street nor a landmark."""
    NO_NAME = "no_name"
    """The kind of a street alone."""
    HOUSE_WITHOUT_STREET = "house_without_street"
    NO_HOUSE = "no_house"
    """What stands there is neither a house nor a range of houses."""
    BACKWARDS = "backwards"
    """The range ends before it begins."""
    OTHER_SIDE = "other_side"
    """A range of even houses that begins with an odd one, or the other way."""
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be taken; ``text`` are the letters that are wrong."""

    line: int
    fault: RowFault
    text: str = ""


@dataclass
class _Begun:
    kind: str
    name: str
    ranges: set[HouseRange]
    houses: set[str]


def read_rows(rows: Iterable[PlaceRow]) -> PlaceList | tuple[RowProblem, ...]:
    """The list of all the rows, or all that is wrong; rows of one street are put together."""
    streets: dict[tuple[str, ...], _Begun] = {}
    landmarks: dict[str, Landmark] = {}
    problems: list[RowProblem] = []
    for row in rows:
        try:
            _take(row, streets, landmarks)
        except _Wrong as wrong:
            problems.append(RowProblem(row.line, wrong.fault, wrong.text))
    if problems:
        return tuple(problems)
    return PlaceList(
        tuple(
            Street(each.kind, each.name, tuple(sorted(each.ranges)), frozenset(each.houses))
            for each in sorted(streets.values(), key=lambda each: (each.name.lower(), each.kind))
        ),
        tuple(sorted(landmarks.values(), key=lambda each: each.name.lower())),
    )


class _Wrong(Exception):
    """Ends the reading of a row."""

    def __init__(self, fault: RowFault, text: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.text = text


def _take(
    row: PlaceRow, streets: dict[tuple[str, ...], _Begun], landmarks: dict[str, Landmark]
) -> None:
    street, houses, landmark = (
        " ".join(cell.split()) for cell in (row.street, row.houses, row.landmark)
    )
    if not street and not landmark:
        raise _Wrong(RowFault.HOUSE_WITHOUT_STREET if houses else RowFault.EMPTY, houses)
    if not street and houses:
        raise _Wrong(RowFault.HOUSE_WITHOUT_STREET, houses)
    kind, name = street_of(street) if street else ("", "")
    if street and not name:
        raise _Wrong(RowFault.NO_NAME, street)
    ranges, single = _houses(houses)
    if street:
        key = (kind, *words_of(name))
        begun = streets.setdefault(key, _Begun(kind, name, set(), set()))
        begun.ranges |= ranges
        begun.houses |= single
    if landmark:
        at = f"{kind} {name}" if street else ""
        if at and houses:
            at = f"{at}, д. {houses}"
        landmarks[" ".join(words_of(landmark))] = Landmark(landmark, at)


def street_of(text: str) -> tuple[str, str]:
    """The kind of a street, shortened, and its name; a street without a kind is «ул.»."""
    words = text.split()
    for place in (0, -1):
        kind = KIND_OF.get("".join(words_of(words[place])))
        if kind is not None:
            del words[place]
            return kind, " ".join(words)
    return USUAL_KIND, " ".join(words)


def _houses(text: str) -> tuple[set[HouseRange], set[str]]:
    ranges: set[HouseRange] = set()
    single: set[str] = set()
    small = text.lower().replace("ё", "е")
    for part in (match[0].strip() for match in _PARTS.finditer(small)):
        if not part:
            continue
        found = _RANGE.fullmatch(part)
        if found is not None:
            ranges.add(_range(part, int(found[1]), int(found[2]), found[3]))
        elif part.isdigit():
            ranges.add(HouseRange(int(part), int(part)))
        elif _HOUSE.fullmatch(part):
            single.add(part)
        else:
            raise _Wrong(RowFault.NO_HOUSE, part)
    return ranges, single


def _range(text: str, first: int, last: int, side: str | None) -> HouseRange:
    if last < first:
        raise _Wrong(RowFault.BACKWARDS, text)
    if last - first > MOST_HOUSES:
        raise _Wrong(RowFault.TOO_LONG, text)
    if side is None:
        return HouseRange(first, last)
    if first % 2 != (side == "нечет"):
        raise _Wrong(RowFault.OTHER_SIDE, text)
    return HouseRange(first, last - (last - first) % 2, 2)
