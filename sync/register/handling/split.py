"""Several questions told in one draft made into linked messages (Regulation 6.3, 6.3-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.handling.states import State
from sync.register.messages import MessageRecord, edit


@dataclass(frozen=True, slots=True)
class Question:
    """One of the questions; ``topic`` and ``category`` are directory keys."""

    text: str
    topic: str | None
    category: str | None


class SplitProblem(StrEnum):
    """Why a draft is not split."""

    NOT_A_DRAFT = "not_a_draft"
    """What a user has sent is not the operator's to change: it is refused on 6.3-10."""
    ONE_QUESTION = "one_question"
    EMPTY_QUESTION = "empty_question"


def split(
    draft: MessageRecord, questions: Sequence[Question], ids: Sequence[UUID], at: datetime
) -> tuple[MessageRecord, ...] | SplitProblem:
    """One draft for each question, the first of them being the one that was split.

    The others are new, under ``ids`` (UUIDv7, one fewer than there are questions), and have the
    call, author, place, time and publicity of the first: they are asked once.
    """
    if draft.state is not State.DRAFT:
        return SplitProblem.NOT_A_DRAFT
    if len(questions) < 2:
        return SplitProblem.ONE_QUESTION
    if not all(question.text.strip() for question in questions):
        return SplitProblem.EMPTY_QUESTION
    others = (replace(draft, id=id, revision=1, created_at=at) for id in ids)
    return tuple(
        edit(message, text=question.text, topic=question.topic, category=question.category)
        for message, question in zip((draft, *others), questions, strict=True)
    )
