"""Sizes measured by the theme are measured again when the text size changes at run time."""

from __future__ import annotations

import ast
from pathlib import Path

CONSOLE = Path(__file__).resolve().parents[3] / "console"
MEASURES = {"font", "grown", "line_px", "size"}


def measured_once(source: str) -> list[tuple[str, str]]:
    """Sizes that are set only while a widget is built: function and call.

    Calls in a lambda are left out, because ``fit`` repeats them. Functions that handle a resize or
    show a state are repeated too.
    """
    found = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and _builds(function.name):
            found += [
                (function.name, ast.unparse(call))
                for call in _calls(function)
                if isinstance(call.func, ast.Attribute)
                and call.func.attr.startswith(("set", "addSpacing"))
                and any(_is_measure(part) for argument in call.args for part in ast.walk(argument))
            ]
    return found


def _builds(name: str) -> bool:
    return name == "__init__" or name.startswith(("_build", "_make", "_lay_out", "_add"))


def _calls(node: ast.AST) -> list[ast.Call]:
    """Calls in a function, except those in its lambdas."""
    found: list[ast.Call] = []
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            found += _calls(child)
            if isinstance(child, ast.Call):
                found.append(child)
    return found


def _is_measure(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in MEASURES
        and ast.unparse(node.func.value) in ("theme", "self._theme")
    )


def test_no_widget_keeps_the_size_it_was_made_with() -> None:
    assert {
        file.relative_to(CONSOLE).as_posix(): calls
        for file in sorted(CONSOLE.rglob("*.py"))
        if (calls := measured_once(file.read_text(encoding="utf-8")))
    } == {}


def test_a_size_given_once_is_found_and_one_that_is_fitted_allowed() -> None:
    assert measured_once(
        "class Field:\n"
        "    def __init__(self, theme):\n"
        "        self.setFixedHeight(theme.size('field') + 2)\n"
        "        theme.fit(self, lambda it: it.setFont(theme.font('field')))\n"
        "    def resizeEvent(self, event):\n"
        "        self.setFixedWidth(self._theme.size('left'))\n"
    ) == [("__init__", "self.setFixedHeight(theme.size('field') + 2)")]
