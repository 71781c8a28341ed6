"""A row of a person's data as a reader has it: every column by its name, codes in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Europe/Moscow")


class RowWords:
    """The words of one table; ``told`` has its ``fields``, what is ``unsaid``, and ``values``.

    A column that has no word yet is told under its own name: nothing that is kept is left out.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._fields: Mapping[str, str] = told["fields"]
        self._unsaid = frozenset(told["unsaid"])
        self._values: Mapping[str, Mapping[str, str]] = told["values"]

    def lines(self, row: Mapping[str, Any]) -> list[dict[str, str]]:
        """What stands in the row (of ``plain`` values) as names and texts, in order."""
        return [
            {"name": self._fields.get(column, column), "text": text}
            for column in (*self._fields, *self._further(row))
            if (text := self._text(column, row.get(column)))
        ]

    def text(self, row: Mapping[str, Any], column: str) -> str:
        """What stands in one column."""
        return self._text(column, row.get(column))

    def _further(self, row: Mapping[str, Any]) -> Iterator[str]:
        return (name for name in row if name not in self._fields and name not in self._unsaid)

    def _text(self, column: str, value: Any) -> str:
        match value:
            case None | "" | [] | False:
                return ""
            case True:
                return "да"
            case list():
                return ", ".join(str(part["title"]) for part in value)
            case str() if column == "at" or column.endswith("_at"):
                return moment(value)
            case str() if column.endswith("_on"):
                return f"{date.fromisoformat(value):%d.%m.%Y}"
            case str() if column.endswith("_time"):
                return f"{time.fromisoformat(value):%H:%M}"
            case _:
                return self._values.get(column, {}).get(str(value), str(value))


def moment(text: str) -> str:
    """A moment of ``plain`` as the city's clock had it."""
    return datetime.fromisoformat(text).astimezone(CITY_ZONE).strftime("%d.%m.%Y %H:%M")
