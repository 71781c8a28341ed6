"""Folders have few modules, and each package has a docstring."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("console", "telephony", "kb", "sync")
MOST_MODULES = 25


def modules() -> list[Path]:
    """Every module but the migrations, one for each schema change."""
    return [
        file.relative_to(ROOT)
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        if "versions" not in file.parts
    ]


def test_no_folder_has_more_modules_than_a_reader_takes_in() -> None:
    counted = Counter(file.parent.as_posix() for file in modules() if file.name != "__init__.py")

    assert {folder: count for folder, count in counted.items() if count > MOST_MODULES} == {}


def test_every_folder_is_described_in_its_package() -> None:
    folders = {file.parent for file in modules()}
    without = [
        folder.as_posix()
        for folder in sorted(folders)
        if not ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text("utf-8")))
    ]

    assert without == []
