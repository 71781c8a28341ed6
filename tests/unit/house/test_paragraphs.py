"""Each paragraph of the regulation that the product names exists, and has a summary line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from console.core import regulation_words
from sync.register.regulation import PARAGRAPHS, is_named

ROOT = Path(__file__).resolve().parents[3]
# In texts and documents a number follows «п.» or is in brackets; in docstrings it follows the name.
ONE = r"\d{1,2}\.\d{1,2}(?:-\d{1,2}(?!\d|\.\d))?"
SEVERAL = rf"({ONE}(?:(?:, | and | и |\u2013|-){ONE})*)"
NAMED = re.compile(
    rf"(?:\bпп?\.|\bпункт(?:а|ам|ами)?|\bpar\.|\bRegulation|§)\s*{SEVERAL}|\({SEVERAL}\)"
)
NUMBER = re.compile(ONE)
# Displayed texts, their source files, and the rules that refer to paragraphs.
SPOKEN = (
    *("console/core/**/*.py", "console/ui/**/*.py", "console/shared/**/*.py"),
    *("console/shell/**/*.py", "console/features/**/*.py"),
    *("sync/register/**/*.py", "resources/translations/console_ru.ts"),
    *("resources/scripts/*.toml", "resources/templates/**/*", "resources/training/**/*.json"),
)


def _files() -> Iterator[Path]:
    for pattern in SPOKEN:
        found = [file for file in sorted(ROOT.glob(pattern)) if file.is_file()]
        assert found, pattern
        yield from found


def named_in(text: str) -> list[str]:
    """Paragraph numbers in a text, as written."""
    found = (match[1] or match[2] for match in NAMED.finditer(text))
    return [number for group in found for number in NUMBER.findall(group)]


def test_the_reader_of_names_sees_them() -> None:
    text = "Отказ по п. 7.7 и 6.3-2 (7.11, 7.99); Regulation 6.13. До 26.11.2026 (12.11.2026)."

    assert named_in(text) == ["7.7", "6.3-2", "7.11", "7.99", "6.13"]


def test_no_paragraph_is_named_that_there_is_not() -> None:
    wrong = {
        f"{file.relative_to(ROOT)}: {number}"
        for file in _files()
        for number in named_in(file.read_text(encoding="utf-8"))
        if not is_named(number)
    }

    assert wrong == set()


def test_each_paragraph_has_a_line_of_its_own_words() -> None:
    lines = {number: regulation_words.summary(number) for number in PARAGRAPHS}

    assert not [number for number, line in lines.items() if not line or "\n" in line]
    assert len(set(lines.values())) == len(lines)
    assert max(map(len, lines.values())) <= 130
