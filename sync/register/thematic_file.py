"""Parses files imported for the city: a calendar, or regulations and maps as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from sync.errors import CalendarUnreadable
from sync.register.calendar.calendar import CalendarContent, content_of
from sync.register.calendar.terms import DaysOf
from sync.register.city import RegulationsGiven
from sync.register.thematic import Agreed, TechnologicalMap, TermSet, ThematicRegulation

_LISTS = ("regulations", "maps")


def city_content_of_file(path: Path) -> CalendarContent | RegulationsGiven:
    """Returns the content of an imported file: a calendar, or regulations and maps.

    Raises CalendarUnreadable (code ``bad_record`` for an invalid record).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CalendarUnreadable(path.name, "unreadable") from error
    if text.lstrip()[:1] == "{":
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise CalendarUnreadable(path.name, "not_json") from error
        if any(name in data for name in _LISTS):
            return _records(path.name, data)
    return content_of(path.name, text)


def _records(name: str, data: Mapping[str, Any]) -> RegulationsGiven:
    number = 0
    try:
        if set(data) - set(_LISTS):
            raise ValueError
        regulations = []
        for row in data.get("regulations", ()):
            number += 1
            regulations.append(_regulation(row))
        maps = []
        for row in data.get("maps", ()):
            number += 1
            maps.append(_map(row))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CalendarUnreadable(name, "bad_record", number) from error
    return RegulationsGiven(tuple(regulations), tuple(maps))


def _regulation(row: Mapping[str, Any]) -> ThematicRegulation:
    _has_only(row, {one.name for one in fields(ThematicRegulation)})
    return ThematicRegulation(
        id=_text(row["id"]),
        number=_text(row["number"]),
        dated=date.fromisoformat(row["dated"]),
        approved_by=_text(row["approved_by"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row.get("valid_to")),
        topics=tuple(map(_text, row.get("topics", []))),
        categories=tuple(map(_text, row.get("categories", []))),
        agreed=tuple(_agreed(row.get("agreed", []))),
        file=_text(row["file"]),
        term=_term(row["term"]) if row.get("term") else None,
        body=_text(row["body"]) if row.get("body") else None,
    )


def _map(row: Mapping[str, Any]) -> TechnologicalMap:
    _has_only(row, {one.name for one in fields(TechnologicalMap)})
    return TechnologicalMap(
        id=_text(row["id"]),
        number=_text(row["number"]),
        dated=date.fromisoformat(row["dated"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row.get("valid_to")),
        topic=_text(row["topic"]) if row.get("topic") else None,
        category=_text(row["category"]) if row.get("category") else None,
        body=_text(row["body"]),
        term=_term(row["term"]),
        file=_text(row["file"]),
    )


def _has_only(row: Mapping[str, Any], known: set[str]) -> None:
    """Raises ValueError for unknown fields, because a misspelt field would be ignored silently."""
    if set(row) - known:
        raise ValueError


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _agreed(rows: Iterable[Mapping[str, Any]]) -> Iterable[Agreed]:
    for row in rows:
        _has_only(row, {"body", "on"})
        yield Agreed(_text(row["body"]), date.fromisoformat(row["on"]))


def _term(row: Mapping[str, Any]) -> TermSet:
    _has_only(row, {"days", "days_of"})
    days = row["days"]
    if isinstance(days, bool) or not isinstance(days, int):
        raise TypeError
    return TermSet(days, DaysOf(row["days_of"]))
