"""Query of the register of calls: filters, sort order, words of a search text (7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sync.register.numbering import RegistrationNumber

LEAST_WORD = 3
_ENDING = "аеёиоуыэюяйь"


class CallSort(StrEnum):
    """The column that the register is sorted by; calls of one value are sorted by time."""

    TIME = "time"
    NUMBER = "number"
    OPERATOR = "operator"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class CallQuery:
    """Calls that arrived at ``start`` or later and before ``end``; an empty filter takes all.

    ``number`` finds one call, whatever the period. ``phone`` is E.164. ``name`` is the beginning
    of a surname, of a given name and of a patronymic. ``workplace`` is the code of its numbers.
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
    """How many calls fit a query; ``is_least`` where counting ended at its bound."""

    count: int
    is_least: bool = False


def total_of(counted: int, most: int) -> CallTotal:
    """The total of a count that ended at ``most`` + 1."""
    return CallTotal(min(counted, most), counted > most)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search text in small letters, «ё» as «е», without what is too short."""
    small = text.lower().replace("ё", "е")
    spaced = "".join(letter if letter.isalnum() else " " for letter in small)
    return tuple(dict.fromkeys(word for word in spaced.split() if len(word) >= LEAST_WORD))


def stem_of(word: str) -> str:
    """The word without its ending, as far as it stays long enough to search for."""
    stem = word.rstrip(_ENDING)
    return stem if len(stem) >= LEAST_WORD else word
