"""JSON Lines input and output: one answer for each line, valid or not."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from sync.commands.rules import BadLine, answer_lines


def upper(entered: dict[str, Any]) -> dict[str, Any] | BadLine:
    text = entered.get("text")
    return {"upper": text.upper()} if isinstance(text, str) else BadLine("no_text")


def answered(*lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    output = io.BytesIO()
    code = answer_lines(lines, output, upper)
    return code, [json.loads(line) for line in output.getvalue().splitlines()]


def test_each_line_is_answered_in_order_and_empty_ones_are_passed_over() -> None:
    first = '\ufeff{"id": "а", "text": "яма"}\n'.encode()

    assert answered(first, b"\n", b'{"text": "b"}\n') == (
        0,
        [{"id": "а", "upper": "ЯМА"}, {"id": None, "upper": "B"}],
    )


@pytest.mark.parametrize(
    ("line", "identifier", "error"),
    [
        (b"\xff{}", None, "not_utf8"),
        (b"{", None, "not_json"),
        (b"[" * 100_000, None, "not_json"),
        (b"[1]", None, "not_an_object"),
        (b'{"id": 7}', 7, "no_text"),
    ],
)
def test_a_bad_line_is_told_by_a_code_and_the_next_is_answered(
    line: bytes, identifier: object, error: str
) -> None:
    code, rows = answered(line, b'{"id": 8, "text": "c"}')

    assert code == 2
    assert rows == [{"id": identifier, "error": error}, {"id": 8, "upper": "C"}]


def test_half_a_character_goes_out_as_it_came() -> None:
    assert answered(b'{"id": "\\ud83d", "text": "d"}') == (0, [{"id": "\ud83d", "upper": "D"}])
