"""Call scripts: parsing, selection by line, topic and caller, and progress through the steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

END = "end"
"""Target key that ends the script."""


class CallerKind(StrEnum):
    """Kind of caller, derived from the phone number."""

    NEW = "new"
    REPEATED = "repeated"
    MEDIA = "media"
    OFFICIAL = "official"


class Way(StrEnum):
    """Outcome of a step: done, or the caller's answer to its question."""

    DONE = "done"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Step:
    """Step of a call script; with ``yes`` or ``no`` it is a question whose answer selects the next
    step.

    ``then``, ``yes`` and ``no`` are keys of later steps or END; empty means the next step in order.
    ``say`` is read out verbatim. ``is_danger``: the caller must be referred to 112 first.
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
        """Keys of the steps that may follow this step, as far as named."""
        return tuple(key for key in (self.then, self.yes, self.no) if key)


@dataclass(frozen=True, slots=True)
class Script:
    """Call script for certain phone lines, topics or categories, and kinds of callers.

    An empty tuple means no restriction. Every step leads to later steps only, and is reachable.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    lines: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    callers: tuple[CallerKind, ...] = ()


def follower(script: Script, place: int, way: Way | None) -> int | None:
    """Returns the index of the step that follows ``place``; None at the end of the script.

    ``way`` is the outcome of the step. An unanswered question counts as "no", which shows the usual
    continuation.
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


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Criteria for selecting a script: dialled line, topic and category, kind of caller."""

    line: str = ""
    topic: str | None = None
    category: str | None = None
    caller: CallerKind = CallerKind.NEW


@dataclass(frozen=True, slots=True)
class MarkedNumbers:
    """Phone numbers (E.164) that the city has marked as media and officials."""

    media: frozenset[str] = frozenset()
    official: frozenset[str] = frozenset()


def caller_kind(phone: str | None, *, is_known: bool, marked: MarkedNumbers) -> CallerKind:
    """Returns the kind of caller of this number.

    A number marked by the city keeps its kind even if it called before; ``is_known`` means earlier
    calls.
    """
    if phone in marked.media:
        return CallerKind.MEDIA
    if phone in marked.official:
        return CallerKind.OFFICIAL
    return CallerKind.REPEATED if is_known else CallerKind.NEW


def fitting_script(scripts: Iterable[Script], facts: CallFacts) -> Script | None:
    """Returns the most specific matching script, the first of equals; None if none matches.

    All criteria of a script must match. A match by category is more specific than one by topic,
    then follow the kind of caller and the line.
    """
    fitting = [script for script in scripts if _fits(script, facts)]
    return max(fitting, key=lambda script: _closeness(script, facts), default=None)


def _fits(script: Script, facts: CallFacts) -> bool:
    named = {key for key in (facts.topic, facts.category) if key}
    return (
        (not script.lines or facts.line in script.lines)
        and (not script.topics or bool(named & set(script.topics)))
        and (not script.callers or facts.caller in script.callers)
    )


def _closeness(script: Script, facts: CallFacts) -> tuple[int, bool, bool]:
    about = 0
    if script.topics:
        about = 2 if facts.category in script.topics else 1
    return about, bool(script.callers), bool(script.lines)


@dataclass(frozen=True, slots=True)
class TickedStep:
    """A step completed in a call, with its text at that time."""

    script: str
    step: str
    text: str
    way: Way
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownStep:
    """Step on the path through the script, and its outcome if completed."""

    step: Step
    way: Way | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Path through a script for the given answers; ``current`` is the first step not completed.

    ``danger`` is the step that refers the caller to 112, if it is on the path and not completed.
    ``done`` is the number of completed steps.
    """

    steps: tuple[ShownStep, ...]
    current: Step | None
    danger: Step | None
    done: int


def course(script: Script, ticked: Mapping[str, Way]) -> Course:
    """Returns the path through the script; ``ticked`` are the outcomes of completed steps by key.

    Steps with the same key in another script of the call count as completed.
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
    """Returns the outcome of a step from the operator's tick; None if the step is not completed.

    A question needs an answer, any other step is done with any tick.
    """
    if ticked is None:
        return None
    if step.is_question:
        return ticked if ticked is not Way.DONE else None
    return Way.DONE


def last_ticked(shown: Course, ticks: Mapping[str, datetime]) -> str | None:
    """Returns the key of the step on the path that was completed last; None if none was."""
    done = [each.step.key for each in shown.steps if each.way is not None]
    return max(done, key=lambda key: (ticks[key], done.index(key)), default=None)


_SCRIPT_FIELDS = {"key", "title", "lines", "topics", "callers", "steps"}
_STEP_FIELDS = {"key", "text", "say", "danger", "then", "yes", "no"}
_TEXTS = ("key", "text", "say", "then", "yes", "no")


class ScriptFault(StrEnum):
    """Error in the file of a call script."""

    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    NO_TITLE = "no_title"
    NO_STEPS = "no_steps"
    UNKNOWN_CALLER = "unknown_caller"
    STEP_WITHOUT_KEY = "step_without_key"
    STEP_WITHOUT_TEXT = "step_without_text"
    KEY_TWICE = "key_twice"
    THEN_AND_ANSWER = "then_and_answer"
    """A question continues by its answers and must have no ``then``."""
    NO_SUCH_STEP = "no_such_step"
    LEADS_BACK = "leads_back"
    NEVER_COME_TO = "never_come_to"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """Error in the file of a call script.

    ``step`` is the key or number of the step, empty for the whole script. ``detail`` is the invalid
    part of the file.
    """

    fault: ScriptFault
    step: str = ""
    detail: str = ""


def read_script(name: str, table: Mapping[str, Any]) -> Script | tuple[FoundFault, ...]:
    """Parses a script from a TOML table, or returns all errors; ``name`` is the default key."""
    faults = _shape_faults(table)
    if faults:
        return tuple(faults)
    steps = tuple(_step(raw) for raw in table["steps"])
    faults = [*_step_faults(steps), *_caller_faults(table)]
    if faults:
        return tuple(faults)
    script = Script(
        key=table.get("key", "") or name,
        title=table["title"].strip(),
        steps=steps,
        lines=tuple(table.get("lines", ())),
        topics=tuple(table.get("topics", ())),
        callers=tuple(CallerKind(kind) for kind in table.get("callers", ())),
    )
    return script if not (left := _unreachable(script)) else left


def _shape_faults(table: Mapping[str, Any]) -> list[FoundFault]:
    """Returns the structural errors of a script table.

    The further checks require a correct structure.
    """
    faults = [
        FoundFault(ScriptFault.UNKNOWN_FIELD, detail=key) for key in table.keys() - _SCRIPT_FIELDS
    ]
    faults += [
        FoundFault(ScriptFault.WRONG_TYPE, detail=key)
        for key in ("key", "title")
        if not isinstance(table.get(key, ""), str)
    ]
    faults += [
        FoundFault(ScriptFault.WRONG_TYPE, detail=key)
        for key in ("lines", "topics", "callers")
        if not _are_texts(table.get(key, []))
    ]
    if not faults and not table.get("title", "").strip():
        faults.append(FoundFault(ScriptFault.NO_TITLE))
    steps = table.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        faults.append(FoundFault(ScriptFault.WRONG_TYPE, detail="steps"))
    elif not steps:
        faults.append(FoundFault(ScriptFault.NO_STEPS))
    else:
        for number, step in enumerate(steps, 1):
            faults += _raw_step_faults(step, str(step.get("key", "") or number))
    return faults


def _raw_step_faults(step: Mapping[str, Any], name: str) -> list[FoundFault]:
    faults = [
        FoundFault(ScriptFault.UNKNOWN_FIELD, name, key)
        for key in sorted(step.keys() - _STEP_FIELDS)
    ]
    faults += [
        FoundFault(ScriptFault.WRONG_TYPE, name, key)
        for key in _TEXTS
        if not isinstance(step.get(key, ""), str)
    ]
    if not isinstance(step.get("danger", False), bool):
        faults.append(FoundFault(ScriptFault.WRONG_TYPE, name, "danger"))
    return faults


def _step(raw: Mapping[str, Any]) -> Step:
    texts = {key: raw.get(key, "").strip() for key in _TEXTS}
    return Step(is_danger=raw.get("danger", False), **texts)


def _step_faults(steps: tuple[Step, ...]) -> list[FoundFault]:
    faults: list[FoundFault] = []
    places = {step.key: place for place, step in reversed(list(enumerate(steps)))}
    for place, step in enumerate(steps):
        name = step.key or str(place + 1)
        if not step.key or step.key == END:
            faults.append(FoundFault(ScriptFault.STEP_WITHOUT_KEY, name))
        elif places[step.key] != place:
            faults.append(FoundFault(ScriptFault.KEY_TWICE, name))
        if not step.text:
            faults.append(FoundFault(ScriptFault.STEP_WITHOUT_TEXT, name))
        if step.then and step.is_question:
            faults.append(FoundFault(ScriptFault.THEN_AND_ANSWER, name))
        for target in step.targets:
            if target != END and target not in places:
                faults.append(FoundFault(ScriptFault.NO_SUCH_STEP, name, target))
            elif target != END and places[target] <= place:
                faults.append(FoundFault(ScriptFault.LEADS_BACK, name, target))
    return faults


def _caller_faults(table: Mapping[str, Any]) -> list[FoundFault]:
    known = {kind.value for kind in CallerKind}
    return [
        FoundFault(ScriptFault.UNKNOWN_CALLER, detail=kind)
        for kind in table.get("callers", ())
        if kind not in known
    ]


def _unreachable(script: Script) -> tuple[FoundFault, ...]:
    """Returns an error for each step that no answer leads to; such a step is a mistake in
    the file.
    """
    come_to: set[int] = set()
    ahead = [0]
    while ahead:
        place = ahead.pop()
        if place in come_to:
            continue
        come_to.add(place)
        ways = {follower(script, place, way) for way in (Way.YES, Way.NO)}
        ahead += [each for each in ways if each is not None]
    return tuple(
        FoundFault(ScriptFault.NEVER_COME_TO, step.key)
        for place, step in enumerate(script.steps)
        if place not in come_to
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
