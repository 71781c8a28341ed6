"""The rules' commands as an administrator runs them: JSON lines in and out."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def answers_of(command: str, lines: list[dict[str, Any]], *options: str) -> list[dict[str, Any]]:
    """Returns the replies of ``python -m sync COMMAND`` to each line in order."""
    asked = "".join(
        json.dumps({**line, "id": number}, ensure_ascii=False) + "\n"
        for number, line in enumerate(lines)
    )
    done = subprocess.run(  # our own command
        [sys.executable, "-m", "sync", command, "--json", *options],
        input=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    return [answers[number] for number in range(len(lines))]
