"""A script: its steps in the order of the talk, and for which calls it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

END = "end"
"""Where a step leads to that nothing of the script follows."""


class CallerKind(StrEnum):
    """Who calls, as far as it can be told from the number."""

    NEW = "new"
    REPEATED = "repeated"
    MEDIA = "media"
    OFFICIAL = "official"


class Way(StrEnum):
    """What became of a step: done, or how its question was answered."""

    DONE = "done"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; with ``yes`` or ``no`` a question, whose answer leads to that step.

    ``then``, ``yes`` and ``no`` are keys of later steps or END; an empty one is the next step in
    order. ``say`` is word for word. ``is_danger``: 112 comes before everything else here.
    """

    key: str
    text: str
    say: str = ""
    is_danger: bool = False
    then: str = ""
    yes: str = ""
    no: str = ""

    @property
    def is_question(self) -> bool:
        return bool(self.yes or self.no)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every key it names."""
        return tuple(key for key in (self.then, self.yes, self.no) if key)


@dataclass(frozen=True, slots=True)
class Script:
    """Steps for calls to these lines, about these topics or categories, of these callers.

    An empty tuple means all of them. Every step leads to a later one only, and can be come to.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    lines: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    callers: tuple[CallerKind, ...] = ()


def follower(script: Script, place: int, way: Way | None) -> int | None:
    """The place of the step behind the one of this place, or None at the end.

    An open question counts as answered with no: what is ahead is then the usual way.
    """
    step = script.steps[place]
    target = step.then
    if step.is_question:
        target = step.yes if way is Way.YES else step.no
    if target == END:
        return None
    if target:
        return next(at for at, each in enumerate(script.steps) if each.key == target)
    return place + 1 if place + 1 < len(script.steps) else None
