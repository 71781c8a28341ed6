"""How well the checks of 6.3 for wording tell what is marked; a part of rules_quality."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sync.register.checks.check import Rules, check
from sync.register.checks.finding import FindingKind
from tests.benchmarks.marked_texts import FOLDER, Half

LEAST_PRECISION = 0.95
LEAST_RECALL = 0.8
KINDS = (
    FindingKind.NOT_RUSSIAN,
    FindingKind.INSULT,
    FindingKind.THREAT,
    FindingKind.EMERGENCY,
    FindingKind.ADVERTISING,
    FindingKind.PERSONAL_MATTER,
    FindingKind.SEVERAL_QUESTIONS,
    FindingKind.NO_PLACE,
    FindingKind.FEDERAL,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and whether a finding of the file's kind is wanted."""

    text: str
    found: bool


def read_cases(name: str, half: Half | None = None) -> list[Case]:
    """The cases of a file in tests/data/rules; every second one is kept back while tuning."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Case(**json.loads(line))
        for number, line in enumerate(lines)
        if half in (None, list(Half)[number % 2])
    ]


def wording_quality(rules: Rules, half: Half | None, *, misses: bool) -> bool:
    """Print recall and precision of each kind; whether they are good enough."""
    sound = True
    ordinary = read_cases("ordinary", half)
    for kind in KINDS:
        right = wrong = missed = 0
        for case in read_cases(kind.value, half) + ordinary:
            found = [each for each in check(case.text, rules) if each.kind is kind]
            right += bool(found and case.found)
            wrong += bool(found and not case.found)
            missed += bool(not found and case.found)
            if misses and bool(found) is not case.found:
                print(f"  {[(each.type, each.text) for each in found]}: {case.text}")
        recall, precision = right / (right + missed), right / max(1, right + wrong)
        print(f"{kind.value:<18} recall {recall:.3f}, precision {precision:.3f}, {wrong} false")
        sound = sound and recall >= LEAST_RECALL and precision >= LEAST_PRECISION
    return sound
