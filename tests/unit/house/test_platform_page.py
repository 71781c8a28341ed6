"""docs/platform.md names every step and every detail that is reported to the platform."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from sync.register.handling import notices

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "platform.md").read_text(encoding="utf-8")


def details_by_name() -> set[str]:
    """The keys of the dictionaries in ``_details``."""
    tree = ast.parse(inspect.getsource(notices))
    function = next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "_details"
    )
    names = {
        key.value
        for node in ast.walk(function)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    names |= {
        node.slice.value
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    }
    return {str(name) for name in names}


def test_the_page_names_every_detail() -> None:
    names = details_by_name()

    assert {"step", "body", "grounds", "remarks", "answer_kind", "planned_on"} <= names
    assert {name for name in names if f"attribute[{name}]" not in PAGE} == set()


def test_the_page_names_every_step_that_is_reported() -> None:
    steps = {step.value for step in notices.REPORTED}

    assert "mark_confidential" in steps
    assert {step for step in steps if f"`{step}`" not in PAGE} == set()
