"""A plain JSON file beside the register, of nothing personal, replaced as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sync.store.folders import whole_file

Refusal = Callable[[str], Exception]
"""The error of whose file it is, of a code: "unreadable", "damaged" or "unwritable"."""


def read_json(file: Path, refusal: Refusal) -> Any:
    """What the file holds; raises FileNotFoundError, and the refusal where it cannot be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise refusal("unreadable") from error
    except ValueError as error:
        raise refusal("damaged") from error


def write_json(file: Path, stored: Any, refusal: Refusal) -> None:
    """Put this in the file's place, at once or not at all; raises the refusal."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(file) as unfinished:
            unfinished.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise refusal("unwritable") from error
