"""Texts with marked findings, for tests and benchmarks of the rules.

A line is a text; «<phone>...</phone>» marks a place and its type. A line without marks has no
findings. Every second line is held out while the rules are tuned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MARK = re.compile(r"<(?P<type>[a-z_]+)>(?P<text>.*?)</(?P=type)>")
FOLDER = Path(__file__).resolve().parents[1] / "data" / "rules"


class Half(StrEnum):
    """Half of the lines: used for tuning, or held out for the report."""

    TUNE = "tune"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place; ``start`` and ``end`` are character offsets in the text without marks."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks, and the places that were marked."""

    text: str
    places: tuple[Place, ...]
    half: Half


def read_marked(name: str) -> list[MarkedText]:
    """Returns the marked texts of a file in tests/data/rules."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [read_marked_line(line, list(Half)[number % 2]) for number, line in enumerate(lines)]


def read_marked_line(line: str, half: Half) -> MarkedText:
    """Parses one marked text."""
    text, places, done = "", [], 0
    for match in MARK.finditer(line):
        text += line[done : match.start()]
        places.append(Place(match["type"], len(text), len(text) + len(match["text"])))
        text += match["text"]
        done = match.end()
    return MarkedText(text + line[done:], tuple(places), half)
