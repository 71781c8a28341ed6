"""Methods that subclasses must implement are abstract: mypy rejects a subclass without one."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_no_method_waits_until_it_is_called_to_say_that_it_is_missing() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for part in ("console", "sync", "kb")
        for file in sorted((ROOT / part).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node)
    ]

    assert found == []
