"""Streets that a text speaks of, and whether two texts speak of one street."""

from __future__ import annotations

import re
from functools import lru_cache

from sync.register.likeness.place import Place, agrees, is_named, place_of

Streets = frozenset[str]
"""Streets by the beginning of their names, which is one for all cases of a word."""

_WORD = re.compile(r"[А-Яа-яЁё-]{3,}")


@lru_cache(maxsize=512)
def streets_in(text: str) -> Streets:
    """The streets that the text names; a corner has two."""
    return place_of(text)[0].streets


@lru_cache(maxsize=512)
def streets_of(place: str) -> Streets:
    """The streets of a place that names them; one without «ул.» is taken for a street."""
    found = streets_in(place)
    if found or not place.strip():
        return found
    name = place.strip()
    return streets_in(f"ул. {name[:1].upper()}{name[1:]}")


def is_one_street(one: Streets, other: Streets) -> bool:
    """Whether the two have a street in common, also misspelt or told by a part of its name."""
    return agrees(_place(one), _place(other))


def speaks_of(told: str, streets: Streets) -> bool:
    """Whether a text names one of the streets, also as a bare word in any case."""
    if not streets:
        return False
    if is_one_street(streets_in(told), streets):
        return True
    return is_named(_place(streets), frozenset(_WORD.findall(told)))


def name_in(told: str, streets: Streets) -> str:
    """The words of a text that name one of the streets, as they stand there; empty without any."""
    found = [word for word in _WORD.findall(told) if is_named(_place(streets), frozenset({word}))]
    return " ".join(dict.fromkeys(found))


def _place(streets: Streets) -> Place:
    return Place(streets, frozenset(), frozenset())
