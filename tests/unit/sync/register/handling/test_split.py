"""Several questions of one call become linked messages (Regulation 6.3-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from sync.register import messages
from sync.register.handling.handled import Question, SplitProblem, split
from sync.register.messages import MessageRecord, Publicity, State
from tests.unit.sync.register.handling.way import BEGAN, MESSAGE, MINUTE, OTHER
from tests.unit.sync.register.records import ARRIVED, card, operator

LAMP = Question("Не горит фонарь.", "light", "light/lamp")
HOLE = Question("Яма у дома.", "roads", None)


def draft() -> MessageRecord:
    made = messages.message_from_call(card(), MESSAGE, ARRIVED, operator())
    return messages.edit(
        made,
        text="Не горит фонарь. И яма у дома.",
        place="улица Садовая, 5",
        event_on=date(2026, 11, 23),
        event_time=time(19, 30),
        publicity=Publicity.PUBLIC,
    )


def test_each_question_has_a_draft_and_nothing_else_is_asked_twice() -> None:
    whole = draft()
    parts = split(whole, (LAMP, HOLE), (OTHER,), BEGAN + MINUTE)
    assert isinstance(parts, tuple)
    first, second = parts
    assert first == replace(whole, text=LAMP.text, topic="light", category="light/lamp")
    assert second == replace(
        whole, id=OTHER, text=HOLE.text, topic="roads", category=None, created_at=BEGAN + MINUTE
    )


def test_every_new_draft_has_an_identity() -> None:
    with pytest.raises(ValueError, match="zip"):
        split(draft(), (LAMP, HOLE), (OTHER, UUID(int=79)), BEGAN)


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ((LAMP,), SplitProblem.ONE_QUESTION),
        ((), SplitProblem.ONE_QUESTION),
        ((LAMP, replace(HOLE, text=" ")), SplitProblem.EMPTY_QUESTION),
    ],
)
def test_a_draft_is_split_into_questions(
    questions: tuple[Question, ...], problem: SplitProblem
) -> None:
    assert split(draft(), questions, (OTHER,), BEGAN) is problem


def test_what_was_sent_is_not_split() -> None:
    sent = replace(draft(), state=State.SUBMITTED)
    assert split(sent, (LAMP, HOLE), (OTHER,), BEGAN) is SplitProblem.NOT_A_DRAFT
