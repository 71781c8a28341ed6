"""Training scenarios from ``lessons.json``, and the file of results with their statistics."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sync.register.training import Expected, read_expected


@dataclass(frozen=True, slots=True)
class Voice:
    """How espeak-ng speaks the lines: its voice with the variant, pitch 0 to 99, and speed."""

    name: str
    pitch: int
    words_per_minute: int


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One turn of the caller: its speech and its words.

    ``spoken`` is what was given to the synthesis where that is not ``text``.
    """

    file: Path
    text: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One training call. ``ring_s`` ends the call of one who gives up; ``talk_s`` a silent one.

    ``after`` is the lesson whose record this one speaks of. A lesson whose speech is not made by
    the script has no ``voice``.
    """

    key: str
    title: str
    caller_number: str
    caller_name: str
    hint: str
    expected: Expected
    lines: tuple[SpokenLine, ...]
    voice: Voice | None = None
    after: str = ""
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
            hint=entry["hint"],
            expected=read_expected(entry["expected"]),
            lines=tuple(
                SpokenLine(folder / line["file"], line["text"], line.get("spoken", ""))
                for line in entry["lines"]
            ),
            voice=_voice(entry.get("voice")),
            after=entry.get("after", ""),
            ring_s=entry.get("ring_s"),
            talk_s=entry.get("talk_s"),
        )
        for entry in raw
    )


def _voice(raw: dict[str, object] | None) -> Voice | None:
    if raw is None:
        return None
    return Voice(str(raw["voice"]), int(str(raw["pitch"])), int(str(raw["words_per_minute"])))


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
