"""An organ's answer becomes a typical question (Regulation 9.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kb.entries import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class PersonalDataMark:
    """A range of a text that tells of a person; ``what`` is the finder's code for the kind."""

    start: int
    end: int
    what: str


class PersonalDataFinder(Protocol):
    """Points out personal data, which a typical question must not keep."""

    def find(self, text: str) -> Sequence[PersonalDataMark]: ...


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question made of an answer, not published; ``marks`` are ranges of its body."""

    entry: Entry
    marks: tuple[PersonalDataMark, ...]


def question_of_answer(
    answer: str,
    *,
    entry_id: str,
    organ: str,
    source: str,
    answered_on: date,
    author: str,
    finder: PersonalDataFinder,
) -> QuestionDraft:
    """A question whose text to send is the answer word for word, with its source kept.

    The organ is its owner and the day of the answer the day it was checked. The title is left to
    the editor: an answer does not say what was asked. Raises ValueError for an empty answer.
    """
    body = answer.strip()
    if not body:
        raise ValueError("an empty answer is no typical question")
    entry = Entry(
        entry_id,
        EntryKind.QUESTION,
        "",
        body,
        owner=organ,
        author=author,
        source=source,
        checked_on=answered_on,
    )
    return QuestionDraft(entry, tuple(finder.find(body)))
