"""Long-lived signals do not call into deleted widgets: Qt disconnects methods, but never a
lambda.
"""

from __future__ import annotations

import ast
from pathlib import Path

CONSOLE = Path(__file__).resolve().parents[3] / "console"
# Keys and theme exist once per process; widgets are created and deleted.
LASTING = {"KEYS.changed.connect", "theme.changed.connect", "self._theme.changed.connect"}


def lambdas_for_good(source: str) -> list[int]:
    """Lines that connect a lambda to a signal that exists until the process ends."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and any(isinstance(heard, ast.Lambda) for heard in node.args)
        and ast.unparse(node.func) in LASTING
    ]


def test_no_widget_is_called_after_its_end() -> None:
    assert {
        str(file.relative_to(CONSOLE)): lines
        for file in sorted(CONSOLE.rglob("*.py"))
        if (lines := lambdas_for_good(file.read_text(encoding="utf-8")))
    } == {}


def test_a_lambda_is_found_and_a_method_allowed() -> None:
    assert lambdas_for_good(
        "KEYS.changed.connect(lambda: self._show(1))\ntheme.changed.connect(self._show)"
    ) == [1]
