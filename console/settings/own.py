"""The window's own file of settings: below the administrator's, for its owner's eyes alone.

It holds passwords, so it has the mode of the store's key, and is whole or not there.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path

from console.settings.file import SettingsProblem, read_own_tables
from sync.store.folders import sync_folder

LOG = logging.getLogger(__name__)

OwnValue = str | int
Choices = Mapping[tuple[str, str], OwnValue | None]
"""Table and key with what was chosen; None takes the choice back."""


def write_choices(path: Path, choices: Choices) -> None:
    """Write these choices beside those that stand in the file; OSError where the disk refuses.

    A file that does not hold is put aside and not written over: kept beside a new choice, what is
    wrong in it would take that choice with it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        tables = read_own_tables(path)
    except SettingsProblem as problem:
        LOG.warning("own settings: %s", problem.key)
        os.replace(path, _free_name(path))
        tables = {}
    for (table, key), value in choices.items():
        if value is None:
            tables.get(table, {}).pop(key, None)
        else:
            tables.setdefault(table, {})[key] = value
    _replace(path, toml_text(tables))


def _free_name(path: Path) -> Path:
    """Beside the file, a name that no file put aside before has."""
    first = path.with_suffix(".toml.bad")
    others = (first.with_name(f"{first.name}.{number}") for number in count(2))
    return next(name for name in chain((first,), others) if not name.exists())


def toml_text(tables: Mapping[str, Mapping[str, OwnValue]]) -> str:
    """The tables as TOML, whose basic strings are JSON's but for one character."""
    lines = ["# Chosen on the pages of settings; the administrator's file wins over it."]
    for table, values in tables.items():
        if values:
            lines.append(f"[{table}]")
            lines += [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _value(value: OwnValue) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """Put the text in the file's place, on the disk before it is there."""
    unnamed = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unnamed, path)
        sync_folder(path.parent)
    finally:
        unnamed.unlink(missing_ok=True)  # where it has not become the file
