"""The street of a message's place, without the house: where matters gather in the city."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.register.likeness.place import place_of

_HOUSE = re.compile(r"\s+(?:(?:дом|д)\b\.?\s*)?№?\s*\d+\s?[а-я]?(?:/\d+[а-я]?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Street:
    """``key`` is one for all the ways to write it, ``name`` as it was written here."""

    key: str
    name: str


def street_of(place: str) -> Street | None:
    """The street, or the two of a corner; None where the place names none."""
    found, _rest = place_of(place)
    if not found.streets:
        return None
    name = _HOUSE.sub("", place.split(",")[0].strip())
    return Street(" / ".join(sorted(found.streets)), name)
