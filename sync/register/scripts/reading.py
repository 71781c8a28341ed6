"""A script as an administrator has written it, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sync.register.scripts.script import END, CallerKind, Script, Step, Way, follower

_SCRIPT_FIELDS = {"key", "title", "lines", "topics", "callers", "steps"}
_STEP_FIELDS = {"key", "text", "say", "danger", "then", "yes", "no"}
_TEXTS = ("key", "text", "say", "then", "yes", "no")


class ScriptFault(StrEnum):
    """What is wrong with a script."""

    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    NO_TITLE = "no_title"
    NO_STEPS = "no_steps"
    UNKNOWN_CALLER = "unknown_caller"
    STEP_WITHOUT_KEY = "step_without_key"
    STEP_WITHOUT_TEXT = "step_without_text"
    KEY_TWICE = "key_twice"
    THEN_AND_ANSWER = "then_and_answer"
    """A question leads by its answers; where it leads else is not said too."""
    NO_SUCH_STEP = "no_such_step"
    LEADS_BACK = "leads_back"
    NEVER_COME_TO = "never_come_to"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """One fault; ``step`` is the key or the number of the step, empty for the whole script.

    ``detail`` is the word in the file that it is about.
    """

    fault: ScriptFault
    step: str = ""
    detail: str = ""


def read_script(name: str, table: Mapping[str, Any]) -> Script | tuple[FoundFault, ...]:
    """The script of a table as TOML gives it; ``name`` is its key where the table has none."""
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
    """What is no script at all: further checks need all of this."""
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
    """Steps that no answer leads to: the administrator has meant something else."""
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
