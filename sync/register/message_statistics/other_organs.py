"""Messages that went to another organ than the one of their topic, and why (Regulation 7.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sync.register.handling.events import Doer
from sync.register.handling.facts import Routed
from sync.register.handling.handled import HandledMessage
from sync.register.message_statistics.course import is_other_organ
from sync.register.message_statistics.way import way_of
from sync.register.numbering import RegistrationNumber


@dataclass(frozen=True, slots=True)
class OtherOrgan:
    """One such sending; ``route_organ`` is None where topic and category point to none."""

    number: RegistrationNumber | None
    at: datetime
    by: Doer
    topic: str | None
    category: str | None
    organ: str
    route_organ: str | None
    reason: str


def other_organs(messages: Iterable[HandledMessage]) -> tuple[OtherOrgan, ...]:
    """All such sendings, the newest first."""
    found = [
        OtherOrgan(
            number=message.record.number,
            at=passage.event.at,
            by=passage.event.by,
            topic=passage.before.contents.topic,
            category=passage.before.contents.category,
            organ=facts.organ,
            route_organ=facts.route_organ,
            reason=facts.reason,
        )
        for message in messages
        for passage in way_of(message.history)
        if isinstance(facts := passage.event.facts, Routed) and is_other_organ(passage)
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))
