"""Commands that read and write JSON Lines in UTF-8, whatever the locale."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

EXIT_OK = 0
EXIT_BAD_LINE = 2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be answered, by a code."""

    code: str


Answer = Callable[[dict[str, Any]], dict[str, Any] | BadLine]


def answer_standard_input(answer: Answer) -> int:
    """Answer standard input on standard output; the exit code."""
    return answer_lines(sys.stdin.buffer, sys.stdout.buffer, answer)


def answer_lines(lines: Iterable[bytes], output: BinaryIO, answer: Answer) -> int:
    """Write one object for each object read, in order, each at once; the exit code.

    What ``answer`` returns follows the line's ``id``. A bad line gives its ``id`` (null where it
    has none) and an ``error``: ``not_utf8``, ``not_json``, ``not_an_object`` or a code of the
    command's own; the others are answered all the same, and the exit code is 2. Empty lines are
    passed over.
    """
    exit_code = EXIT_OK
    for line in lines:
        content = line.removeprefix(BYTE_ORDER_MARK).strip()
        if not content:
            continue
        entered = _read(content)
        answered = entered if isinstance(entered, BadLine) else answer(entered)
        identifier = None if isinstance(entered, BadLine) else entered.get("id")
        if isinstance(answered, BadLine):
            exit_code = EXIT_BAD_LINE
            _write(output, {"id": identifier, "error": answered.code})
        else:
            _write(output, {"id": identifier, **answered})
    return exit_code


def print_object(value: dict[str, Any]) -> None:
    """Write one object on standard output at once."""
    _write(sys.stdout.buffer, value)


def _read(content: bytes) -> dict[str, Any] | BadLine:
    try:
        entered = json.loads(content.decode())
    except UnicodeDecodeError:
        return BadLine("not_utf8")
    except (ValueError, RecursionError):  # also a number or a nesting beyond Python's limits
        return BadLine("not_json")
    return entered if isinstance(entered, dict) else BadLine("not_an_object")


def _write(output: BinaryIO, value: dict[str, Any]) -> None:
    # A lone surrogate has no UTF-8; escaped, it is the JSON that it came as.
    line = json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")
    output.write(line + b"\n")
    output.flush()
