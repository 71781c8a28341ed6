"""What happened to a message in the end: without the decisions that were taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.register.handling.events import Event
from sync.register.handling.facts import TakenBack
from sync.register.handling.history import History, led
from sync.register.handling.standing import Standing


@dataclass(frozen=True, slots=True)
class Passage:
    """One step that stands, with the message before and after it."""

    before: Standing
    event: Event
    after: Standing


def way_of(history: History) -> tuple[Passage, ...]:
    """The steps that stand, in their order."""
    passages: list[Passage] = []
    standing = Standing(history.standing.message_id)
    for event in standing_events(history.events):
        moved = led(standing, event)
        passages.append(Passage(standing, event, moved))
        standing = moved
    return tuple(passages)


def standing_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those taken back: the one that is named, and all that followed from it."""
    kept: list[Event] = []
    for event in events:
        if isinstance(event.facts, TakenBack):
            undone = event.facts.event_id
            first = next((at for at, one in enumerate(kept) if one.id == undone), len(kept))
            del kept[first:]
        else:
            kept.append(event)
    return tuple(kept)
