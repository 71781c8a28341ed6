"""The lessons of the training caller: who calls, what is said, what the operator is to do."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One turn of the caller: recorded speech and its words."""

    file: Path
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One training call. ``ring_s`` ends the call of one who gives up; ``talk_s`` a silent one."""

    key: str
    title: str
    caller_number: str
    caller_name: str
    expectation: str  # answered | contacts | message | missed | silent
    hint: str
    lines: tuple[SpokenLine, ...]
    ring_s: float | None = None
    talk_s: float | None = None


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """All lessons of ``lessons.json`` in the order they are offered."""
    raw = json.loads((folder / "lessons.json").read_text(encoding="utf-8"))
    return tuple(
        Lesson(
            key=entry["key"],
            title=entry["title"],
            caller_number=entry["caller_number"],
            caller_name=entry["caller_name"],
            expectation=entry["expectation"],
            hint=entry["hint"],
            lines=tuple(SpokenLine(folder / line["file"], line["text"]) for line in entry["lines"]),
            ring_s=entry.get("ring_s"),
            talk_s=entry.get("talk_s"),
        )
        for entry in raw
    )
