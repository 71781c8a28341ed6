"""What a text tells of somebody's health, illness, treatment or medicines (6.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.health_words import (
    ALONE_PATTERN,
    METAPHOR,
    NO_PERSON,
    OF_SOMEBODY_PATTERN,
    OF_THE_CITY,
    PERSON,
    PLANTS,
)
from sync.register.checks.personal.piece import DataType, Piece

SENTENCE = re.compile(r"[^.!?;\n…]+(?:[.](?=\S)[^.!?;\n…]+)*")
CITY_AS_PATIENT = re.compile(
    r"(?:город|район|двор|край|парк|дом|дорог|улиц|транспорт|бизнес|экономик)\w*\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def find_health(text: str) -> Iterator[Piece]:
    """Illness, injury, treatment and medicines of a person; not of the city, a tree or a clinic."""
    for sentence in SENTENCE.finditer(text):
        said = sentence[0]
        if METAPHOR.search(said):
            continue
        for match in ALONE_PATTERN.finditer(said):
            if not CITY_AS_PATIENT.search(said[: match.start()]):
                yield _piece(sentence.start(), match)
        if PERSON.search(said) is None or PLANTS.search(said):
            continue
        for match in OF_SOMEBODY_PATTERN.finditer(said):
            general = (
                CITY_AS_PATIENT.search(said[: match.start()])
                or NO_PERSON.search(said[: match.start()])
                or OF_THE_CITY.match(said, match.end())
            )
            if general is None:
                yield _piece(sentence.start(), match)


def _piece(offset: int, match: re.Match[str]) -> Piece:
    end = match.start() + len(match[0].rstrip())
    return Piece(DataType.HEALTH, offset + match.start(), offset + end)
