"""Every code of a message's steps has a Russian text, and every refusal states its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from console.shared.messages import step_words
from console.ui.paint import draw_icon
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, AnswerLack
from sync.register.handling.events import Source, Step
from sync.register.handling.history import RefusalCode, StepRefused
from sync.register.handling.needs import Need
from sync.register.messages import State
from sync.register.people.operators import Role
from tests.unit.sync.register.handling.way import (
    MODERATOR,
    NUMBERED,
    OBSERVER,
    answered,
    published,
    under_review,
)

C = TypeVar("C")


@pytest.mark.parametrize(
    ("codes", "say"),
    [
        pytest.param(State, step_words.state_name, id="states"),
        pytest.param(Step, step_words.step_name, id="steps"),
        pytest.param(Step, step_words.step_done, id="steps done"),
        pytest.param(Need, step_words.need, id="needs"),
        pytest.param(AnswerLack, step_words.answer_lack, id="lacks"),
        pytest.param(RefusalCode, step_words.refusal_code, id="refusals"),
        pytest.param(Role, step_words.role_name, id="roles"),
        pytest.param((MODERATOR, *Source), step_words.doer, id="doers"),
    ],
)
def test_every_code_has_russian_words(codes: Iterable[C], say: Callable[[C], str]) -> None:
    said = [say(code) for code in codes]

    assert [words for words in said if not re.search("[а-яё]", words)] == []
    assert [words for words in said if re.search("[a-z]{4}", words)] == []
    assert len(set(said)) == len(said)


def test_every_state_has_an_icon_of_the_font() -> None:
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    for state in State:
        icon, _role = step_words.state_mark(state)
        draw_icon(painter, icon, QRectF(image.rect()), 14, QColor("black"))  # KeyError if missing
    painter.end()


def refused(outcome: object) -> StepRefused:
    assert isinstance(outcome, StepRefused), outcome
    return outcome


def test_what_is_missing_is_said_thing_by_thing_with_its_paragraph() -> None:
    plan = step_facts.AnswerGiven(Answer(AnswerKind.PLANNED, "", "lighting"))
    outcome = refused(published().try_step(Step.RECEIVE_ANSWER, plan))
    assert outcome.code is RefusalCode.NOT_FROM_HERE

    way = answered().step(Step.RETURN_ANSWER, step_facts.Explained("Нет срока."))
    head, body = step_words.refused(refused(way.try_step(Step.RECEIVE_ANSWER, plan)))

    assert head == "Не сделано: «Принять ответ органа»"
    assert body.split("\n") == [
        "Напишите текст ответа (п. 9.4)",
        "Укажите обещанный срок: ДД.ММ.ГГГГ (п. 9.4)",
        "Напишите, какие меры будут приняты (п. 9.4)",
    ]


def test_an_incomplete_message_is_told_once_with_its_paragraph() -> None:
    way = under_review()
    contents = replace(way.standing.contents, place="")
    way.step(Step.CORRECT, step_facts.Told(contents))
    _head, body = step_words.refused(refused(way.try_step(Step.REGISTER, NUMBERED)))

    assert body == ("Укажите дом или ориентир: без места сообщение не зарегистрировать (п. 6.1)")


def test_a_step_that_is_not_possible_tells_where_the_message_stands() -> None:
    _head, body = step_words.refused(refused(published().try_step(Step.SEND_ANSWER)))
    assert body == "Сейчас этого сделать нельзя: зарегистрировано и опубликовано (п. 9.5)"

    _head, body = step_words.refused(
        refused(published().try_step(Step.WITHHOLD, step_facts.Explained("Просьба."), OBSERVER))
    )
    assert body == "Ваша роль этого не позволяет (п. 6.11)"
