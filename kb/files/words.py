"""Translates field names and codes of a table to headings and words of a language, and back.

A word file has ``headings`` (field: words), ``values`` (field: code: words), ``hints`` (field: help
text) and ``day_format``. Of several words for one item the first is written; all are accepted.
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

_WHOLE_CELLS = frozenset({"kind", "unit_kind"})  # in other columns a cell may contain several words


class TableWords:
    """Translation of headings and codes to words of a language; on reading, field names and codes
    are accepted too.
    """

    def __init__(
        self,
        headings: Mapping[str, Iterable[str]],
        values: Mapping[str, Mapping[str, Iterable[str]]],
        hints: Mapping[str, str],
        day_format: str,
    ) -> None:
        """Raises ValueError for an unknown column or an ambiguous word."""
        self._headings = _Dictionary(headings)
        self._values = {column: _Dictionary(codes) for column, codes in values.items()}
        self._hints = hints
        self._day_format = day_format
        unknown = {*headings, *values, *hints} - KNOWN
        if unknown:
            raise ValueError(f"unknown column {min(unknown)!r}")

    def heading(self, column: str) -> str:
        """Heading of the column."""
        return self._headings.word(column)

    def hint(self, column: str) -> str:
        """Help text of the column; empty if the heading is sufficient."""
        return self._hints.get(column, "")

    def column(self, heading: str) -> str:
        """Returns the column with this heading, ignoring case; an unknown heading is returned
        unchanged.
        """
        text = heading.strip()
        return text.casefold() if text.casefold() in KNOWN else self._headings.code(text)

    def value(self, column: str, code: str) -> str:
        """Returns the word for a code in this column."""
        return self._values[column].word(code) if column in self._values else code

    def values(self, column: str) -> tuple[str, ...]:
        """Returns the words for all codes of a column."""
        return self._values[column].words if column in self._values else ()

    def kind_of(self, text: str) -> EntryKind | None:
        """Returns the kind of entries with this name, or None."""
        code = self.read("kind", text.strip()).casefold()
        return EntryKind(code) if code in set(EntryKind) else None

    def read(self, column: str, cell: str) -> str:
        """Replaces the words in a cell with codes."""
        known = self._values.get(column)
        if known is None:
            return cell
        if column in _WHOLE_CELLS:
            code = known.code(cell)
            return cell if code == cell else code
        return known.codes_in(cell)

    def cells(self, entry: Entry) -> dict[str, str]:
        """Non-empty cells of an entry by column, with translated codes."""
        return {column: self.shown(column, cell) for column, cell in cells_of(entry).items()}

    def shown(self, column: str, text: str) -> str:
        """Returns a cell value of ``cells_of`` with its codes translated."""
        if column in DAYS:
            return date.fromisoformat(text).strftime(self._day_format)
        known = self._values.get(column)
        if known is None:
            return text
        return known.word(text) if column in _WHOLE_CELLS else known.words_in(text)


class _Dictionary:
    """Two-way map of codes and words."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        for code, several in words.items():
            for word in several:
                self._words.setdefault(code, word)
                if self._codes.setdefault(_folded(word), code) != code:
                    raise ValueError(f"{word!r} is ambiguous")

    # Compiled on first use, because compilation takes 20 ms.

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
"""Tables with field names and codes, without translation."""


def read_words(path: Path) -> TableWords:
    """Reads a word file. Raises OSError, or ValueError for an invalid file."""
    record: Any = json.loads(path.read_text(encoding="utf-8"))
    try:
        return TableWords(
            record["headings"], record["values"], record["hints"], record["day_format"]
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: not a file of column headings") from error
