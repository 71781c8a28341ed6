"""Readers of the operator's input: internal notes never look like texts for the author."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.features.answers.presenter import AnswerAction, reader_of_note
from console.shared.messages import audience_words
from console.shared.messages.audience_words import INSIDE, Audience, Reader
from console.shared.messages.fields_view import AudienceLine
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.register.people.values import Absence
from tests.fakes.faked_parts.shared import RESOURCES


@pytest.mark.parametrize(
    ("action", "has_organ", "expected"),
    [
        (AnswerAction.RETURN, True, Audience.ORGAN),
        (AnswerAction.RETURN, False, Audience.COLLEAGUES),
        (AnswerAction.RATE, True, Audience.ORGAN_AND_AUTHOR),
        (AnswerAction.WITHHOLD, True, Audience.COLLEAGUES),
        (AnswerAction.ROUTE, True, Audience.COLLEAGUES),
    ],
)
def test_the_note_of_a_decision_goes_to_who_is_named(
    action: AnswerAction, has_organ: bool, expected: Audience
) -> None:
    assert reader_of_note(action, has_organ=has_organ).audience is expected


def test_each_reader_has_words_of_his_own() -> None:
    told = [audience_words.line(Reader(one))[0] for one in Audience]
    assert len(set(told)) == len(told)
    assert audience_words.line(INSIDE)[0] == "Служебное: автор и орган этого не увидят"


@pytest.mark.parametrize(
    ("email", "way"),
    [
        ("anna@test.invalid", "Прочтёт автор: письмом на anna@test.invalid"),
        (Absence.NOT_GIVEN, "Прочтёт автор: почты нет, скажут по телефону"),
    ],
)
def test_the_author_is_named_with_the_way_to_him(email: str | Absence, way: str) -> None:
    assert (
        audience_words.line(Reader(Audience.AUTHOR, audience_words.way_to_author(email)))[0] == way
    )


def test_an_inside_note_has_another_ground_and_says_so_aloud(qtbot: QtBot) -> None:
    theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
    field = QLineEdit()
    qtbot.addWidget(field)
    line = AudienceLine(theme, field, INSIDE)
    qtbot.addWidget(line)
    assert field.property("inside") is True
    assert field.accessibleDescription() == "Служебное: автор и орган этого не увидят"

    line.show_reader(Reader(Audience.ORGAN))
    assert field.property("inside") is False
    assert field.accessibleDescription() == "Прочтёт орган"
