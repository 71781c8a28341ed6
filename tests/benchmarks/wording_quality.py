"""Quality of the wording checks of 6.3 on marked texts; a part of rules_quality."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sync.register.checks.check import Rules, check
from sync.register.checks.finding import FindingKind
from tests.benchmarks.marked_texts import FOLDER, Half

LEAST_PRECISION = 0.95
LEAST_RECALL = 0.8
UNSEEN = "unseen_"
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
    """Returns the cases of a file in tests/data/rules; every second one is held out while
    tuning.
    """
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Case(**json.loads(line))
        for number, line in enumerate(lines)
        if half in (None, list(Half)[number % 2])
    ]


def wording_quality(rules: Rules, half: Half | None, *, misses: bool) -> bool:
    """Prints recall and precision of each kind; returns whether they are sufficient.

    The held-out texts written before the rules were read are printed too, without a limit: their
    misses must not be inspected.
    """
    sound = True
    ordinary = read_cases("ordinary", half)
    for kind in KINDS:
        own = _counted(rules, kind, read_cases(kind.value, half) + ordinary, misses=misses)
        unseen = _counted(rules, kind, read_cases(UNSEEN + kind.value, Half.REPORT), misses=False)
        print(f"{kind.value:<18} {own}; unseen: {unseen}")
        sound = sound and own.recall >= LEAST_RECALL and own.precision >= LEAST_PRECISION
    return sound


@dataclass(frozen=True, slots=True)
class _Count:
    right: int
    wrong: int
    missed: int

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    def __str__(self) -> str:
        return f"recall {self.recall:.3f}, precision {self.precision:.3f}, {self.wrong} false"


def _counted(rules: Rules, kind: FindingKind, cases: list[Case], *, misses: bool) -> _Count:
    right = wrong = missed = 0
    for case in cases:
        found = [each for each in check(case.text, rules) if each.kind is kind]
        right += bool(found and case.found)
        wrong += bool(found and not case.found)
        missed += bool(not found and case.found)
        if misses and bool(found) is not case.found:
            print(f"  {[(each.type, each.text) for each in found]}: {case.text}")
    return _Count(right, wrong, missed)
