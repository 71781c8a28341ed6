"""A thematic regulation and a technological map, as records and as their import file."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sync.register.calendar.terms import DaysOf
from sync.register.thematic import Agreed, TechnologicalMap, TermSet, ThematicRegulation

REGULATION = ThematicRegulation(
    id="light-2026",
    number="12-р",
    dated=date(2026, 1, 12),
    approved_by="МКУ «Единый диспетчерский центр»",
    valid_from=date(2026, 2, 1),
    valid_to=date(2026, 12, 31),
    topics=("light",),
    categories=(),
    agreed=(
        Agreed("light-service", date(2025, 12, 20)),
        Agreed("waste-service", date(2025, 12, 22)),
    ),
    file="regl-12.pdf",
    term=TermSet(10, DaysOf.WORKING),
    body="light-service",
)
MAP = TechnologicalMap(
    id="lamp-at-light-service",
    number="3",
    dated=date(2026, 3, 1),
    valid_from=date(2026, 3, 15),
    valid_to=None,
    topic=None,
    category="light/lamp",
    body="light-service",
    term=TermSet(2, DaysOf.WORKING),
    file="karta-3.pdf",
)


def _row(one: ThematicRegulation | TechnologicalMap) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id,
        "number": one.number,
        "dated": one.dated.isoformat(),
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "file": one.file,
        "body": one.body,
    }
    if one.term is not None:
        row["term"] = {"days": one.term.days, "days_of": one.term.days_of.value}
    if isinstance(one, TechnologicalMap):
        return {**row, "topic": one.topic, "category": one.category}
    agreed = [{"body": each.body, "on": each.on.isoformat()} for each in one.agreed]
    return {
        **row,
        "approved_by": one.approved_by,
        "topics": list(one.topics),
        "categories": list(one.categories),
        "agreed": agreed,
    }


def rows_of(*records: ThematicRegulation | TechnologicalMap) -> dict[str, list[dict[str, Any]]]:
    """Returns the content of the import file of the records."""
    return {
        "regulations": [_row(one) for one in records if isinstance(one, ThematicRegulation)],
        "maps": [_row(one) for one in records if isinstance(one, TechnologicalMap)],
    }


def file_of(*records: ThematicRegulation | TechnologicalMap) -> str:
    """Returns the import file as text."""
    return json.dumps(rows_of(*records), ensure_ascii=False)
