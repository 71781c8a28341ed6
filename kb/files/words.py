"""Translates field names and codes of a table to headings and words of a language, and back.

A word file has ``headings`` (field: words), ``values`` (field: code: words), ``hints`` (field:
help text) and ``day_format``. The first of several words is written; all are accepted.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kb.entries.entries import Entry, EntryKind
from kb.files.columns import DAYS, KNOWN, cells_of

_WHOLE_CELLS = frozenset({"kind", "unit_kind"})  # elsewhere a code is one of a cell's words


class TableWords:
    """What columns and codes are called; the program's own names are understood besides."""

    def __init__(
        self,
        headings: Mapping[str, Iterable[str]],
        values: Mapping[str, Mapping[str, Iterable[str]]],
        hints: Mapping[str, str],
        day_format: str,
    ) -> None:
        """Raises ValueError for a column that is unknown or a word that says two things."""
        self._headings = _Dictionary(headings)
        self._values = {column: _Dictionary(codes) for column, codes in values.items()}
        self._hints = hints
        self._day_format = day_format
        unknown = {*headings, *values, *hints} - KNOWN
        if unknown:
            raise ValueError(f"there is no column {min(unknown)!r}")

    def heading(self, column: str) -> str:
        """What stands above the column."""
        return self._headings.word(column)

    def hint(self, column: str) -> str:
        """What to write into the column; empty where its heading says it."""
        return self._hints.get(column, "")

    def column(self, heading: str) -> str:
        """The column of a heading, however it is written; of an unknown one the heading itself."""
        text = heading.strip()
        return text.casefold() if text.casefold() in KNOWN else self._headings.code(text)

    def value(self, column: str, code: str) -> str:
        """The word of a code, such as that of a kind."""
        return self._values[column].word(code) if column in self._values else code

    def values(self, column: str) -> tuple[str, ...]:
        """The words that a column's codes are written with."""
        return self._values[column].words if column in self._values else ()

    def kind_of(self, text: str) -> EntryKind | None:
        """The kind that a word names."""
        code = self.read("kind", text.strip()).casefold()
        return EntryKind(code) if code in set(EntryKind) else None

    def read(self, column: str, cell: str) -> str:
        """The cell with codes in the place of their words."""
        known = self._values.get(column)
        if known is None:
            return cell
        if column in _WHOLE_CELLS:
            code = known.code(cell)
            return cell if code == cell else code
        return known.codes_in(cell)

    def cells(self, entry: Entry) -> dict[str, str]:
        """The cells of an entry that are not empty, by their columns, in these words."""
        return {column: self.shown(column, cell) for column, cell in cells_of(entry).items()}

    def shown(self, column: str, text: str) -> str:
        """A cell as ``cells_of`` gives it, in these words."""
        if column in DAYS:
            return date.fromisoformat(text).strftime(self._day_format)
        known = self._values.get(column)
        if known is None:
            return text
        return known.word(text) if column in _WHOLE_CELLS else known.words_in(text)


class _Dictionary:
    """Codes and the words for them, both ways."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        for code, several in words.items():
            for word in several:
                self._words.setdefault(code, word)
                if self._codes.setdefault(_folded(word), code) != code:
                    raise ValueError(f"{word!r} says two things")

    # Made when a table is read or written: 20 ms that no start has to wait for.

    @cached_property
    def _written(self) -> re.Pattern[str]:
        return _any_of(self._words)

    @cached_property
    def _understood(self) -> re.Pattern[str]:
        return _any_of(self._codes)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._words.values())

    def word(self, code: str) -> str:
        return self._words.get(code, code)

    def code(self, word: str) -> str:
        return self._codes.get(_folded(word), word)

    def words_in(self, text: str) -> str:
        return self._written.sub(lambda found: self.word(found[0]), text)

    def codes_in(self, text: str) -> str:
        return self._understood.sub(lambda found: self.code(found[0]), text)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    found = "|".join(re.escape(word) for word in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").split())


FIELD_NAMES = TableWords({}, {}, {}, "%Y-%m-%d")
"""Tables with the program's own names."""


def read_words(path: Path) -> TableWords:
    """The words of a file; raises OSError, and ValueError for one that is no such file."""
    record: Any = json.loads(path.read_text(encoding="utf-8"))
    try:
        return TableWords(
            record["headings"], record["values"], record["hints"], record["day_format"]
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: no words of a table") from error
