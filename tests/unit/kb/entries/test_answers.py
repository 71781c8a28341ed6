"""A body's answer as a typical question: verbatim, with its source."""

from datetime import date

import pytest

from kb.entries.changes import question_of_answer
from kb.entries.entries import Entry, EntryKind


def _question(answer: str) -> Entry:
    return question_of_answer(
        answer,
        entry_id="q-new",
        organ="road-service",
        topic="roads",
        section="roads-pits",
        source="Ответ от 20.11.2026",
        checked_on=date(2026, 11, 20),
        author="Редактор",
    )


def test_the_answer_is_kept_word_for_word_with_its_source() -> None:
    entry = _question("  Яму заделают до 1 декабря.\n")

    assert (entry.kind, entry.title) == (EntryKind.QUESTION, "")
    assert entry.body == "Яму заделают до 1 декабря."
    assert (entry.topic, entry.section) == ("roads", "roads-pits")
    assert (entry.owner, entry.source) == ("road-service", "Ответ от 20.11.2026")
    assert (entry.checked_on, entry.author) == (date(2026, 11, 20), "Редактор")


def test_an_empty_answer_makes_no_question() -> None:
    with pytest.raises(ValueError, match="empty"):
        _question(" \n")
