"""An organ's answer as a typical question: word for word, its source kept, personal data shown."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from kb.answers import PersonalDataMark, QuestionDraft, question_of_answer
from kb.entries import EntryKind


class Phones:
    """Finds seven digits in a row."""

    def find(self, text: str) -> Sequence[PersonalDataMark]:
        return [PersonalDataMark(*one.span(), "phone") for one in re.finditer(r"\d{7}", text)]


def _draft(answer: str) -> QuestionDraft:
    return question_of_answer(
        answer,
        entry_id="q-new",
        organ="road-service",
        source="Ответ от 20.11.2026",
        answered_on=date(2026, 11, 20),
        author="Редактор",
        finder=Phones(),
    )


def test_the_answer_is_kept_word_for_word_with_its_source() -> None:
    entry = _draft("  Яму заделают до 1 декабря.\n").entry

    assert (entry.kind, entry.title) == (EntryKind.QUESTION, "")
    assert entry.body == "Яму заделают до 1 декабря."
    assert (entry.owner, entry.source) == ("road-service", "Ответ от 20.11.2026")
    assert (entry.checked_on, entry.author) == (date(2026, 11, 20), "Редактор")


def test_personal_data_are_pointed_out_in_the_text_that_is_kept() -> None:
    draft = _draft("\n Звоните 5550137.")

    assert [draft.entry.body[mark.start : mark.end] for mark in draft.marks] == ["5550137"]


def test_an_empty_answer_makes_no_question() -> None:
    with pytest.raises(ValueError, match="empty"):
        _draft(" \n")
