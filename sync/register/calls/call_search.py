"""Query of the call register: filters, sort order, words of a search text (7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.register.numbering import RegistrationNumber

LEAST_WORD = 3
_ENDING = "аеёиоуыэюяйь"


class CallSort(StrEnum):
    """Sort column of the call register; records with equal values are sorted by time."""

    TIME = "time"
    NUMBER = "number"
    OPERATOR = "operator"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class CallQuery:
    """Filters for calls that arrived from ``start`` up to but excluding ``end``.

    An empty filter matches all calls. ``number`` finds one call regardless of the period. ``phone``
    is E.164. ``name`` has prefixes of surname, given name and patronymic. ``workplace`` is the code
    in the registration numbers.
    """

    start: datetime
    end: datetime
    number: RegistrationNumber | None = None
    phone: str = ""
    name: str = ""
    words: str = ""
    operator: str = ""
    workplace: str = ""
    topic: str = ""
    result: str = ""
    sort: CallSort = CallSort.TIME
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class CallTotal:
    """Number of calls that match a query; a lower bound if ``is_least``."""

    count: int
    is_least: bool = False


def total_of(counted: int, most: int) -> CallTotal:
    """Returns the total for a count that stopped at ``most`` + 1 matches."""
    return CallTotal(min(counted, most), counted > most)


def words_of(text: str) -> tuple[str, ...]:
    """Splits a search text into distinct lower-case words, «ё» as «е»; too short words are
    dropped.
    """
    small = text.lower().replace("ё", "е")
    spaced = "".join(letter if letter.isalnum() else " " for letter in small)
    return tuple(dict.fromkeys(word for word in spaced.split() if len(word) >= LEAST_WORD))


def stem_of(word: str) -> str:
    """Returns the word without its ending, or the word if the rest is too short to search for."""
    stem = word.rstrip(_ENDING)
    return stem if len(stem) >= LEAST_WORD else word
