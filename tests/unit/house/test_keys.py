"""All keys are defined in one map: no other console module names a chord."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from console.core.default_keys import DEFAULTS, FIXED, Key, meet
from console.core.keymap import ChosenKeys, as_shown
from console.features.own_desk import keys_words

ROOT = Path(__file__).resolve().parents[3]
# The map itself, and the tour, which presses keys as an operator does, by the X server's names.
MAP = {ROOT / "console" / "core" / name for name in ("default_keys.py", "keymap.py")}
TOUR = ROOT / "console" / "training"
CHORD = re.compile(
    r"(?<![\w+])((?:(?:Ctrl|Alt|Shift)\+)+(?:F\d{1,2}|Enter|Return|Ins|Space|[A-Z0-9←→])"
    r"|F(?:1[0-2]|[1-9])|Ins)(?![\w+…])"
)
# For a single panel: next to Enter, and for the kinds of search results.
ALLOWED = {*map(as_shown, FIXED), "Shift+Enter", "Alt+←"}
# Excludes the standard chords for copying and undoing, which a field may handle itself.
COMPARED = re.compile(r"Key_(?:F\d+|[BD-UW])")


def _files() -> Iterator[Path]:
    for file in sorted((ROOT / "console").rglob("*.py")):
        if file not in MAP and TOUR not in file.parents:
            yield file


def _docstrings(tree: ast.Module) -> set[int]:
    """Docstrings and other standalone strings."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _told_to_follow(tree: ast.Module) -> dict[int, set[str]]:
    """For each text of ``with_keys`` or a ``KeyLabel``, the chords of the keys passed with it."""
    found: dict[int, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name_of(node) in ("with_keys", "KeyLabel"):
            text, *keys = node.args[_name_of(node) == "KeyLabel" :]
            chords = {
                as_shown(DEFAULTS[Key[key.attr]].chord)
                for key in keys
                if isinstance(key, ast.Attribute)
            }
            for inside in ast.walk(text):
                found[id(inside)] = chords
    return found


def named_outside(source: str) -> list[str]:
    """Chords that a module names literally."""
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


# Texts for the workplace only: other files may name keys of a spreadsheet or a web page.
SAID_AT_THE_DESK = ("scripts/*.toml", "phrases/*.toml", "training/*.json", "rules/*.txt")


def test_no_script_text_or_lesson_names_a_chord() -> None:
    """These files do not follow the map: they state the action, and the screen shows the key."""
    files = [file for kind in SAID_AT_THE_DESK for file in (ROOT / "resources").glob(kind)]
    found = {
        file.name: chords
        for file in files
        if (chords := CHORD.findall(file.read_text("utf-8").replace("пробел", "Space")))
    }

    assert len(files) > len(SAID_AT_THE_DESK)
    assert found == {}


def test_a_chord_outside_of_the_map_would_be_found() -> None:
    assert named_outside('button(key="Alt+N")') == ["Alt+N"]
    assert named_outside('tr("F3 goes back")') == ["F3"]
    assert named_outside('hint("Alt+→")') == ["Alt+→"]
    assert named_outside('with_keys(tr("F3 goes back"), Key.HOLD)') == []
    assert named_outside('with_keys(tr("F4 goes back"), Key.HOLD)') == ["F4"]
    assert named_outside('KeyLabel(theme, tr("F3 goes back"), Key.HOLD)') == []
    assert named_outside('KeyLabel(theme, tr("F4 goes back"), Key.HOLD)') == ["F4"]
    assert named_outside("if event.key() == Qt.Key.Key_F7: pass") == ["Key_F7"]
    assert named_outside('def f():\n    """F3: hold."""') == []


# Their texts are displayed; a key's name in the map is not printed on any keyboard.
SHOWS = {
    *("setText", "set_text", "setToolTip", "setPlaceholderText", "setStatusTip"),
    *("setAccessibleName", "setAccessibleDescription"),
}


def _key_names(tree: ast.Module) -> set[str]:
    """Constants of a module that are keys of the map, and those it imports."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Key."):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            names |= {one.name for one in node.names if one.name.endswith("_KEY")}
    return names


def _bare_keys(node: ast.AST, names: set[str]) -> Iterator[str]:
    """Keys in a displayed expression, except those within ``shown`` and similar functions."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("shown", "with_keys"):
        return
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Key":
        yield ast.unparse(node)
    elif isinstance(node, ast.Name) and node.id in names:
        yield node.id
    for inside in ast.iter_child_nodes(node):
        yield from _bare_keys(inside, names)


def shown_bare(source: str) -> list[str]:
    """Keys of the map that a module displays by their internal names."""
    tree = ast.parse(source)
    names = _key_names(tree)
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            found += _bare_keys(node.value, names)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in SHOWS
        ):
            found += [
                key
                for text in node.args
                if not isinstance(text, ast.JoinedStr)
                for key in _bare_keys(text, names)
            ]
    return found


def test_no_module_shows_the_name_of_a_key_in_place_of_its_chord() -> None:
    """Write ``shown(Key.HOLD)``: the name «hold» is internal."""
    found = {
        str(file.relative_to(ROOT)): keys
        for file in _files()
        if (keys := shown_bare(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_a_key_shown_by_its_name_would_be_found() -> None:
    assert shown_bare("button.setToolTip(Key.HOLD)") == ["Key.HOLD"]
    assert shown_bare('label.setText(text.replace("%1", Key.HOLD))') == ["Key.HOLD"]
    assert shown_bare('title = f"{word}, {Key.HOLD}"') == ["Key.HOLD"]
    assert shown_bare('from desk import STATE_KEY\ntitle = f"{STATE_KEY}"') == ["STATE_KEY"]
    assert shown_bare('FIRST = Key.HOLD\nlabel.setText(f"{FIRST}: hold")') == ["FIRST"]
    assert shown_bare("button.setToolTip(shown(Key.HOLD))") == []
    assert shown_bare('title = f"{word}, {shown(Key.HOLD)}"') == []
    assert shown_bare('label.setText(with_keys(tr("F3 goes back"), Key.HOLD))') == []


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
    assert set(keys_words.purposes()) == set(Key)
