"""SQL conditions on names and texts: prefixes of names, and words contained in a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_

from sync.register.calls.call_search import stem_of

_LAST_CHARACTER = "\U0010ffff"
_SPELT_WITH_IO = 3  # the first occurrences of «е» also searched as «ё»


def begins_with(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Builds the condition that a part of a name starts with the word; uses the column's index."""
    forms = {form for one in _spellings(word) for form in (_capitalised(one), one.upper())}
    return or_(*(and_(column >= form, column < form + _LAST_CHARACTER) for form in sorted(forms)))


def _capitalised(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _spellings(word: str) -> Iterator[str]:
    small = word.lower().replace("ё", "е")
    places = [place for place, letter in enumerate(small) if letter == "е"][:_SPELT_WITH_IO]
    for letters in product("её", repeat=len(places)):
        spelt = list(small)
        for place, letter in zip(places, letters, strict=True):
            spelt[place] = letter
        yield "".join(spelt)


def says(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Builds the condition that a text contains the word: lower case, capitalized or upper case."""
    stem, content = stem_of(word), func.replace(column, "ё", "е")
    forms = (stem, stem.capitalize(), stem.upper())
    return or_(*(func.instr(content, literal(form)) > 0 for form in forms))
