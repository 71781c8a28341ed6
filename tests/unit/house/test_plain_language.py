"""The language check finds words of the former dialect with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain_language import (
    INSTEAD,
    Passage,
    faults_of_subjects,
    findings_in,
    passages_of_code,
    passages_of_document,
    words_in,
)

PATH = Path("module.py")
SOURCE = '''"""Returns the rows."""

LIMIT = 3  # one that stands beside it


class Reader:
    """First line.

    Whoever reads `told` is notified, and told.
    """
'''


def test_docstrings_and_comments_are_searched_with_their_lines() -> None:
    found = [one for passage in passages_of_code(PATH, SOURCE) for one in findings_in(passage)]

    assert sorted((one.line, one.word) for one in found) == [
        (3, "beside"),
        (3, "stands"),
        (9, "Whoever"),
        (9, "told"),
    ]
    assert {one.word: one.instead for one in found}["beside"].startswith("next to")


def test_documents_are_searched_outside_of_code() -> None:
    text = "Text.\n\n```\ntold\n```\n\n    told\n\nIt is told.\n"
    found = [one for passage in passages_of_document(PATH, text) for one in findings_in(passage)]

    assert [(one.line, one.word) for one in found] == [(9, "told")]


def test_code_is_neither_searched_nor_counted() -> None:
    passage = Passage(PATH, 1, "The signal `told` carries\n`told` texts.")

    assert list(findings_in(passage)) == []
    assert words_in(passage) == 4


def test_the_list_has_forty_entries() -> None:
    assert len(INSTEAD) == 40


@pytest.mark.parametrize(
    ("subject", "is_plain"),
    [
        ("Add FTS index for the local call register", True),
        ("Let what is read ahead rest", False),
        ("Tell the supervisor", False),
        ("fixes a bug", False),
        ("Added", False),
        ("Rename " + "x" * 70, False),
    ],
)
def test_commit_subjects_start_with_an_imperative_verb(subject: str, is_plain: bool) -> None:
    assert (faults_of_subjects([subject]) == []) is is_plain
