"""One row of the table of steps."""

from __future__ import annotations

from dataclasses import dataclass

from sync.register.handling.events import Source, Step
from sync.register.handling.facts import Facts
from sync.register.handling.needs import Need
from sync.register.handling.notices import Notice
from sync.register.handling.states import State
from sync.register.rights import Action

Who = frozenset[Action | Source]


@dataclass(frozen=True, slots=True)
class StepRule:
    """One row: a step from some states.

    ``target`` is None where the message stays in its state. ``who`` has the right a person needs
    and the sources that may do it without one. ``facts`` is what the event must carry.
    """

    step: Step
    sources: frozenset[State]
    target: State | None
    who: Who
    facts: type[Facts]
    needs: tuple[Need, ...]
    notices: tuple[Notice, ...]
    paragraph: str


DESK: Who = frozenset({Action.REGISTER_MESSAGES})
SYSTEM: Who = frozenset({Source.SYSTEM})
PLATFORM: Who = frozenset({Source.PLATFORM})


def row(
    step: Step,
    sources: frozenset[State] | set[State],
    target: State | None,
    facts: type[Facts],
    paragraph: str,
    *needs: Need,
    who: Who = DESK,
    notices: tuple[Notice, ...] = (),
) -> StepRule:
    """The row; a step that is for nobody else is for those who register messages."""
    return StepRule(step, frozenset(sources), target, who, facts, needs, notices, paragraph)
