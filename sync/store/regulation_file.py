"""The editions of the city's regulation on this workplace: one file beside the register.

It is plain JSON, of a document that is public.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sync.errors import RegulationUnreadable
from sync.register.regulation.edition import Edition, Editions, Provision
from sync.store.json_file import read_json, write_json

FILE_NAME = "regulation.json"
_VERSION = 1
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")


def read_editions(file: Path) -> Editions:
    """The stored editions, none where nothing was imported; raises RegulationUnreadable."""
    try:
        return editions_of(read_json(file, RegulationUnreadable))
    except FileNotFoundError:
        return Editions()


def editions_of(stored: Mapping[str, Any]) -> Editions:
    """The editions of the file's JSON object; raises RegulationUnreadable."""
    try:
        read = Editions()
        for each in stored["editions"]:
            provisions = tuple(_provision(str(no), str(text)) for no, text in each["paragraphs"])
            day = date.fromisoformat(each["in_force_from"])
            read = read.with_edition(Edition(str(each["name"]), day, provisions))
    except (ValueError, KeyError, TypeError) as error:
        raise RegulationUnreadable("damaged") from error
    return read


def _provision(number: str, text: str) -> Provision:
    if not _NUMBER.fullmatch(number):
        raise ValueError("not the number of a paragraph")
    return Provision(number, text)


def write_editions(file: Path, editions: Editions) -> None:
    """Put these in place of the stored ones, at once or not at all; raises RegulationUnreadable."""
    stored = {
        "version": _VERSION,
        "editions": [
            {
                "name": each.name,
                "in_force_from": each.in_force_from.isoformat(),
                "paragraphs": [[one.number, one.text] for one in each.provisions],
            }
            for each in editions.editions
        ],
    }
    write_json(file, stored, RegulationUnreadable)
