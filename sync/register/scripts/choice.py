"""Which of the city's scripts a call is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.register.scripts.script import CallerKind, Script


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a script is chosen by: line that was dialled, topic and category, kind of caller."""

    line: str = ""
    topic: str | None = None
    category: str | None = None
    caller: CallerKind = CallerKind.NEW


@dataclass(frozen=True, slots=True)
class MarkedNumbers:
    """Telephones (E.164) that the city has marked as those of media and of officials."""

    media: frozenset[str] = frozenset()
    official: frozenset[str] = frozenset()


def caller_kind(phone: str | None, *, is_known: bool, marked: MarkedNumbers) -> CallerKind:
    """What kind of caller has this telephone; a mark counts more than earlier calls."""
    if phone in marked.media:
        return CallerKind.MEDIA
    if phone in marked.official:
        return CallerKind.OFFICIAL
    return CallerKind.REPEATED if is_known else CallerKind.NEW


def fitting_script(scripts: Iterable[Script], facts: CallFacts) -> Script | None:
    """The script that names most exactly what the call is, the first of equals; None without one.

    What a script names must be so. A category counts more than a topic, a topic more than the
    caller, the caller more than the line.
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
