"""A message and its answers name the notified official of the body (Regulation 12.3)."""

from __future__ import annotations

from datetime import date

from console.core.settings.workplace import CITY_ZONE
from console.shared.messages.message_detail import Naming, answer_blocks, detail_of, listed
from sync.register.handling.answers import AnswerKind
from sync.register.handling.events import Step
from sync.register.handling.step_facts import Official, Routed
from tests.fakes.message_ways import MADE_AT, ROADS, SENT, UP, WASTE, answered, led, registered

CHIEF = Official("Пробова Анна Петровна, начальник отдела", date(2026, 11, 3))
LINE = (
    "Ответственное должностное лицо: Пробова Анна Петровна, начальник отдела, сообщено 03.11.2026"
)
NAMING = Naming(lambda key: key, dict, CITY_ZONE, lambda: MADE_AT)
TO_CHIEF = (Step.SEND_TO_ORGAN, Routed(ROADS, ROADS, "", CHIEF))


def test_the_official_who_was_told_stands_at_the_message_and_at_the_answer() -> None:
    handled = led(1, (UP, registered(1), TO_CHIEF, answered(AnswerKind.SOLVED, ROADS)))
    shown = listed(handled, None)
    assert shown is not None
    assert detail_of(shown, NAMING).notes == (LINE,)
    (block,) = answer_blocks(handled, NAMING)
    assert LINE in block.lines


def test_another_body_has_not_the_official_of_the_first() -> None:
    away = (Step.REDIRECT, Routed(WASTE, ROADS, "Мусор"))
    handled = led(1, (UP, registered(1), TO_CHIEF, away, answered(AnswerKind.SOLVED, WASTE), SENT))
    (block,) = answer_blocks(handled, NAMING)
    assert handled.standing.official is None
    assert LINE not in block.lines


def test_an_answer_of_the_operator_names_no_official() -> None:
    handled = led(1, (UP, registered(1), answered(AnswerKind.SOLVED, None)))
    (block,) = answer_blocks(handled, NAMING)
    assert LINE not in block.lines
