"""Generates docs/message-steps.md from the transition table of messages."""

from __future__ import annotations

from collections.abc import Iterable

from sync.register.handling.events import Step
from sync.register.handling.steps import STEPS, StepRule
from sync.register.messages import OPEN, State

HEAD = """# Steps of a message

Generated from `sync/register/handling/steps.py`; a test keeps it up to date. To generate it:

    .venv/bin/python -c "from sync.register.handling.steps_page import page
    print(page(), end='')" > docs/message-steps.md

Column "who": `register messages` is a right of a person (`sync/register/people/operators.py`),
`system` a timer or a check, `platform` an act of a user or authority on the platform. Paragraphs
are those of the Regulation. The codes are explained in `State` (`sync/register/messages.py`) and in
`needs.py` and `notices.py` of `sync/register/handling`.

| step | from | to | who | needs | notices | § |
|---|---|---|---|---|---|---|
"""

_ALL_BUT = {
    OPEN: "any non-final state",
    OPEN | {State.CLOSED}: "any except refused and removed as duplicate",
}


def page() -> str:
    """Returns the page of the transition table as Markdown, one row per transition."""
    return HEAD + "".join(f"{_line(rule)}\n" for rule in STEPS)


def _line(rule: StepRule) -> str:
    cells = (
        rule.step,
        _ALL_BUT.get(rule.sources) or _listed(_in_order(rule.sources)),
        "previous state" if rule.step is Step.TAKE_BACK else rule.target or "unchanged",
        _listed(sorted(rule.who)),
        _listed(rule.needs),
        _listed(rule.notices),
        rule.paragraph,
    )
    return f"| {' | '.join(cells)} |".replace("_", " ")


def _in_order(states: frozenset[State]) -> tuple[State, ...]:
    return tuple(state for state in State if state in states)


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(codes) or "–"
