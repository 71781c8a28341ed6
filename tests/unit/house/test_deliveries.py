"""Every delivery of work to the window names the errors that it may report instead of a result."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CONSOLE = ROOT / "console"
# Work in memory only. Every read of a store, a file or a network is delivered.
CANNOT_FAIL = {
    "console/assembly/directory_part.py": 1,  # the dictionary of words is made
    "console/core/spelling.py": 5,
    "console/features/directory_editor/entry_list.py": 1,  # filters loaded entries
}
_EXPECTED = 3  # its place among the arguments of ``deliver``


def without_errors(source: str) -> list[int]:
    """Lines with calls of ``deliver`` that name no expected error."""
    return [
        node.lineno
        for node in _calls(source, "deliver")
        if not _names_errors(node) and not any(keyword.arg is None for keyword in node.keywords)
    ]


def _calls(source: str, method: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
    ]


def _names_errors(call: ast.Call) -> bool:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "expected"]
    named += call.args[_EXPECTED : _EXPECTED + 1]
    return bool(named) and not (isinstance(named[0], ast.Tuple) and not named[0].elts)


def _sources() -> dict[str, str]:
    return {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for file in sorted(CONSOLE.rglob("*.py"))
    }


def test_every_delivery_names_its_errors() -> None:
    found = {name: lines for name, text in _sources().items() if (lines := without_errors(text))}

    assert found == {}


def test_only_work_that_reads_nothing_is_delivered_without() -> None:
    counted: Counter[str] = Counter()
    for name, text in _sources().items():
        counted[name] += len(_calls(text, "deliver_sure"))

    assert dict(+counted) == CANNOT_FAIL


def test_a_delivery_without_errors_is_found() -> None:
    source = """
deliveries.deliver(future, show)
deliveries.deliver(future, show, failed)
deliveries.deliver(future, show, failed, expected=())
deliveries.deliver(future, show, failed, ())
deliveries.deliver(future, show, failed, expected=(StoreError,))
deliveries.deliver(future, show, failed, _UNREAD)
"""
    assert without_errors(source) == [2, 3, 4, 5]
