"""How the lessons went: a line for each call that was scored, in a file of the training mode."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One scored call: points earned of those that there were; ``at`` in ISO with its zone."""

    lesson: str
    at: str
    earned: int
    most: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The best and the last result of a lesson, in percent, and how often it was played."""

    best: int
    last: int
    times: int


def keep_result(file: Path, result: Result) -> None:
    """Add one line; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(result)) + "\n")


def read_results(file: Path) -> tuple[Result, ...]:
    """The results in the order of time; a line that was cut by a crash is left out."""
    if not file.exists():
        return ()
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            found.append(Result(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return tuple(found)


def standings(results: Iterable[Result]) -> dict[str, Standing]:
    """By lesson; a lesson that nobody played is not there."""
    by_lesson: dict[str, list[int]] = {}
    for result in results:
        share = round(100 * result.earned / result.most) if result.most else 0
        by_lesson.setdefault(result.lesson, []).append(share)
    return {
        lesson: Standing(max(shares), shares[-1], len(shares))
        for lesson, shares in by_lesson.items()
    }
