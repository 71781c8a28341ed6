"""What happened to a message in the end: without the decisions that were taken back."""

from __future__ import annotations

from dataclasses import dataclass

from sync.register.handling.events import Event
from sync.register.handling.history import History, in_force, led
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
    for event in in_force(history.events):
        moved = led(standing, event)
        passages.append(Passage(standing, event, moved))
        standing = moved
    return tuple(passages)
