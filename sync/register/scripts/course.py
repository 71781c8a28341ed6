"""How far a call has come in its script: which steps are ahead, which is next, is there danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sync.register.scripts.script import Script, Step, Way, follower


@dataclass(frozen=True, slots=True)
class TickedStep:
    """A step that the operator has done in a call, with its words as they stood then."""

    script: str
    step: str
    text: str
    way: Way
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step on the way of the call, and what became of it."""

    step: Step
    way: Way | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The steps on the way of a call; ``current`` is the first that is not done.

    ``danger`` is the step that says 112 first, from when the answers lead to it until it is done.
    """

    steps: tuple[ShownStep, ...]
    current: Step | None
    danger: Step | None
    done: int


def course(script: Script, ticked: Mapping[str, Way]) -> Course:
    """The way through the script that the ticks of its steps (by key) make.

    Steps are known by their keys: what was done in another script of the same call is done here.
    """
    steps: list[ShownStep] = []
    current: Step | None = None
    danger: Step | None = None
    place: int | None = 0
    while place is not None:
        step = script.steps[place]
        way = way_of(step, ticked.get(step.key))
        is_current = way is None and current is None
        if is_current:
            current = step
        if step.is_danger and way is None and danger is None:
            danger = step
        steps.append(ShownStep(step, way, is_current))
        place = follower(script, place, way)
    done = sum(each.way is not None for each in steps)
    return Course(tuple(steps), current, danger, done)


def way_of(step: Step, ticked: Way | None) -> Way | None:
    """What a tick means for this step: a question is answered, anything else is done."""
    if ticked is None:
        return None
    if step.is_question:
        return ticked if ticked is not Way.DONE else None
    return Way.DONE


def last_ticked(shown: Course, ticks: Mapping[str, datetime]) -> str | None:
    """The key of the step that was done last, of those on the way."""
    done = [each.step.key for each in shown.steps if each.way is not None]
    return max(done, key=lambda key: (ticks[key], done.index(key)), default=None)
