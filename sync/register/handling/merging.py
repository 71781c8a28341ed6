"""What happened to one message at two places at once, brought into one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sync.register.handling.events import Event, Person, Step
from sync.register.handling.history import (
    DEFAULT_RULES,
    History,
    StepTaken,
    recalled,
    take,
)
from sync.register.handling.needs import CityRules

ADDED = frozenset({Step.LINK, Step.LINK_CALL, Step.ASK_COLLEAGUE, Step.MARK_CONFIDENTIAL})
"""Steps that hold whatever else was decided: they only add to what is known."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A step taken here that does not hold, since ``by`` had happened elsewhere before it."""

    event: Event
    by: Event


@dataclass(frozen=True, slots=True)
class Merged:
    """The one history; ``again`` are the steps of here that hold, in their new order."""

    history: History
    again: tuple[Event, ...]
    overtaken: tuple[Overtaken, ...]


def merged(
    message_id: UUID,
    held: Sequence[Event],
    own: Sequence[Event],
    city: CityRules = DEFAULT_RULES,
) -> Merged:
    """The events that the centre holds, in its order, and behind them those of here that hold.

    ``own`` is the history as it stands here, ``held`` that of the centre. What a person decided
    here without knowing of another's decision does not hold, even where the table of steps would
    let it: they read another message. What only adds does, and so does what users and organs did.
    The first event that the centre has and this place had not is what has overtaken. A step that
    holds is not older than what came before it; its moment moves on where it was.
    """
    known, there = {event.id for event in own}, {event.id for event in held}
    unknown = [event for event in held if event.id not in known]
    only_here = [event for event in own if event.id not in there]
    if not unknown:
        return Merged(recalled(message_id, (*held, *only_here)), tuple(only_here), ())
    decided = [event for event in unknown if event.step not in ADDED]
    history = recalled(message_id, held)
    again: list[Event] = []
    overtaken: list[Overtaken] = []
    for event in only_here:
        moved = replace(event, at=max(event.at, held[-1].at))
        is_decision = event.step not in ADDED and isinstance(event.by, Person)
        outcome = take(history, moved, city)
        if isinstance(outcome, StepTaken) and not (is_decision and (decided or overtaken)):
            history = outcome.history
            again.append(moved)
        else:
            overtaken.append(Overtaken(event, (decided or unknown)[0]))
    return Merged(history, tuple(again), tuple(overtaken))
