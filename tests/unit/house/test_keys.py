"""Every key stands in the one map: nothing else in the console names a chord."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from console.keys.chosen import ChosenKeys, as_shown
from console.keys.defaults import DEFAULTS, FIXED, Key, meet
from console.words import keys as key_words

ROOT = Path(__file__).resolve().parents[3]
# The map itself, and the tour, which presses keys as a person does, by X's names of them.
MAP = ROOT / "console" / "keys"
TOUR = ROOT / "console" / "training"
CHORD = re.compile(
    r"(?<![\w+])((?:(?:Ctrl|Alt|Shift)\+)+(?:F\d{1,2}|Enter|Return|Ins|Space|[A-Z0-9])"
    r"|F(?:1[0-2]|[1-9])|Ins)(?![\w+…])"
)
# Of one panel alone, where it stands beside Enter.
ALLOWED = {*FIXED, "Shift+Enter"}
# Not those that every program has for copying and undoing: a field may have a say in them.
COMPARED = re.compile(r"Key_(?:F\d+|[BD-UW])")


def _files() -> Iterator[Path]:
    for file in sorted((ROOT / "console").rglob("*.py")):
        if MAP not in file.parents and TOUR not in file.parents:
            yield file


def _docstrings(tree: ast.Module) -> set[int]:
    """Texts that stand by themselves."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _told_to_follow(tree: ast.Module) -> dict[int, set[str]]:
    """For each text inside of ``with_keys``, the chords of the keys that are named beside it."""
    found: dict[int, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "with_keys":
            text, *keys = node.args
            chords = {
                as_shown(DEFAULTS[Key[key.attr]].chord)
                for key in keys
                if isinstance(key, ast.Attribute)
            }
            for inside in ast.walk(text):
                found[id(inside)] = chords
    return found


def named_outside(source: str) -> list[str]:
    """The chords that a module names by itself."""
    tree = ast.parse(source)
    docstrings, follow = _docstrings(tree), _told_to_follow(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                allowed = ALLOWED | follow.get(id(node), set())
                found += [one for one in CHORD.findall(node.value) if one not in allowed]
        elif isinstance(node, ast.Attribute) and COMPARED.fullmatch(node.attr):
            found.append(node.attr)
    return found


def test_no_module_names_a_chord_outside_of_the_map() -> None:
    """Write ``Key.HOLD``; in a sentence ``with_keys(self.tr("F3 goes back"), Key.HOLD)``."""
    found = {
        str(file.relative_to(ROOT)): chords
        for file in _files()
        if (chords := named_outside(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_a_chord_outside_of_the_map_would_be_found() -> None:
    assert named_outside('button(key="Alt+N")') == ["Alt+N"]
    assert named_outside('tr("F3 goes back")') == ["F3"]
    assert named_outside('with_keys(tr("F3 goes back"), Key.HOLD)') == []
    assert named_outside('with_keys(tr("F4 goes back"), Key.HOLD)') == ["F4"]
    assert named_outside("if event.key() == Qt.Key.Key_F7: pass") == ["Key_F7"]
    assert named_outside('def f():\n    """F3: hold."""') == []


def test_no_two_keys_have_one_chord_at_one_place() -> None:
    chosen = ChosenKeys()
    refused = {
        key: found
        for key, default in DEFAULTS.items()
        if (found := chosen.refused(key, default.chord)) is not None
    }

    assert set(DEFAULTS) == set(Key)
    assert refused == {}
    assert meet(DEFAULTS[Key.ANSWER].scopes, DEFAULTS[Key.SPLIT].scopes)


def test_every_key_stands_on_the_sheet() -> None:
    assert set(key_words.in_order()) == set(Key)
