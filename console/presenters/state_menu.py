"""What an operator may choose to be, and her state in words: the menu of F9 and the call bar."""

from dataclasses import dataclass
from datetime import datetime

from console import words
from sync.register.operator_states import READY, Doing, OperatorStatus, Standing
from sync.register.operators import Operator

MOST_CHOICES = 9  # as many as there are digits


@dataclass(frozen=True, slots=True)
class StateChoices:
    """What an operator may choose to be beside ready, and when an unanswered ring counts.

    Reasons are codes or words of the city. ``unanswered_ring_s`` is how long it has to ring for
    that; 0: it never does.
    """

    work: tuple[str, ...] = ("messages", "directory", "lesson", "other")
    breaks: tuple[str, ...] = ("rest", "lunch")
    unanswered_ring_s: int = 20

    def standings(self) -> tuple[Standing, ...]:
        """In the order of the menu's digits."""
        work = (Standing(Doing.NOT_READY, reason) for reason in self.work)
        breaks = (Standing(Doing.BREAK, reason) for reason in self.breaks)
        return (READY, *work, *breaks)[:MOST_CHOICES]


@dataclass(frozen=True, slots=True)
class StatePill:
    """The operator's state in words; ``since`` makes its timer run."""

    word: str
    icon: str
    role: str
    below: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class StateRow:
    """One line of the menu of F9."""

    standing: Standing
    text: str
    icon: str
    role: str
    is_chosen: bool


def pill_of(status: OperatorStatus, operator: Operator) -> StatePill:
    """What is so; below it what comes next, or why, or who sits here."""
    icon, role = words.operator_states.mark(status.doing)
    below = words.formats.short_name(operator.name)
    if status.asked is not None or status.doing is Doing.WRAP_UP:
        below = words.operator_states.comes_next(status.next)
    elif status.reason:
        below = words.operator_states.reason(status.reason)
    return StatePill(words.operator_states.doing(status.doing), icon, role, below, status.since)


def rows_of(choices: StateChoices, chosen: Standing) -> tuple[StateRow, ...]:
    """A line for each choice, in the order of the digits."""
    return tuple(
        StateRow(
            standing,
            _row_text(standing),
            *words.operator_states.mark(standing.doing),
            standing == chosen,
        )
        for standing in choices.standings()
    )


def _row_text(standing: Standing) -> str:
    if standing.doing is Doing.READY:
        return words.operator_states.ready_row()
    if standing.doing is Doing.BREAK:
        told = words.operator_states.standing(standing)
        return told[:1].upper() + told[1:]
    return words.operator_states.reason(standing.reason)
