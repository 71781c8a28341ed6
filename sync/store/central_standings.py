"""Where messages of other workplaces stand after steps that were taken here, told to the centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from sync.register.handling.handled import HandledMessage
from sync.register.numbering import NumberProblem, parse
from sync.store.outbox import OutboxRow
from sync.store.rows import message_row, plain

TELL_STANDINGS = text("SELECT public.tell_standings(:told)")

_TOLD = (
    "state",
    "text",
    "topic",
    "category",
    "unit",
    "event_on",
    "event_time",
    "place",
    "publicity",
    "submitted_at",
    "registered_at",
    "answer_text",
    "schema_version",
)


def standing_payload(handled: HandledMessage) -> Mapping[str, Any]:
    """What is told of the message: what its steps leave of it, and which is the last of them."""
    number = handled.record.number
    if number is None:
        raise ValueError("a draft is its own workplace's")
    row = plain(message_row(handled.record))
    told = {name: row[name] for name in _TOLD}
    return {"number": str(number), "last_step": str(handled.history.events[-1].id), **told}


def told_standings(rows: Sequence[OutboxRow]) -> Sequence[Mapping[str, Any]]:
    """What ``TELL_STANDINGS`` takes as JSON.

    One whose last step is not the last one in the centre changes nothing.
    """
    return [_with_key(row) for row in sorted(rows, key=lambda row: row.entity_id)]


def _with_key(row: OutboxRow) -> dict[str, Any]:
    number = parse(row.payload["number"])
    if isinstance(number, NumberProblem):
        raise ValueError(number.value)
    key = {"station_id": number.station, "period": number.period, "id": str(row.entity_id)}
    return {**row.payload, **key}
