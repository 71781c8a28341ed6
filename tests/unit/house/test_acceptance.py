"""The acceptance page names tests that exist, for every section of the regulation."""

import ast
import re
from functools import cache
from pathlib import Path

from sync.register.regulation import PARAGRAPHS

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "acceptance.md"
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
# A configuration without a test states its reason as text.
UNTESTED = ("same tests", "—")
# Purpose of the regulation, and what users and guests do on the platform itself.
NOT_OF_THE_PRODUCT = {"1.1", "2.4", "2.5"}


def rows() -> list[list[str]]:
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| §"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@cache
def functions_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(PAGE.read_text(encoding="utf-8"))

    assert len(named) > 200
    missing = {
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / file).is_file() or name not in functions_of(ROOT / "tests" / file)
    }
    assert missing == set()


def test_every_row_has_a_test_or_says_why_it_has_none() -> None:
    for paragraph, what, *cells in rows():
        assert len(cells) == 3, (paragraph, what)
        assert all(cell for cell in cells), (paragraph, what)
        tested = [cell for cell in cells if TEST.search(cell)]
        reasons = [c for c in cells if c not in UNTESTED and not TEST.search(c)]
        assert tested or reasons, (paragraph, what)


def test_every_paragraph_has_its_rows() -> None:
    named = {paragraph.split(" ")[0] for paragraph, *_ in rows()}

    assert named == set(PARAGRAPHS) - NOT_OF_THE_PRODUCT
