"""Text without a request, and an event without its date (6.1), by text and by form."""

from __future__ import annotations

import pytest

from sync.commands.rules import make_rules
from sync.register.checks.check import Rules, check, check_message
from sync.register.checks.finding import FindingKind
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import Known


@pytest.fixture(scope="module")
def rules(morphology: Morphology) -> Rules:
    return make_rules(Known(), morphology=morphology)


def types_of_text(text: str, rules: Rules) -> list[str]:
    return [each.type for each in check(text, rules) if each.kind is FindingKind.INCOMPLETE]


def types_of_form(text: str, place: str, rules: Rules) -> list[str]:
    found = check_message(text, place, rules)
    return [each.type for each in found if each.kind is FindingKind.INCOMPLETE]


def test_a_blank_text_has_no_matter(rules: Rules) -> None:
    assert types_of_text("", rules) == ["no_matter"]


def test_the_form_asks_for_a_blank_text_by_itself(rules: Rules) -> None:
    assert types_of_form(" ", "Мира, 5", rules) == []


def test_a_place_in_the_form_is_no_matter(rules: Rules) -> None:
    assert types_of_form("Прошу принять меры.", "возле рынка, Мира, 5", rules) == ["no_matter"]


def test_one_word_can_be_a_matter(rules: Rules) -> None:
    assert types_of_text("Горит!", rules) == []


def test_the_form_has_a_field_for_the_day(rules: Rules) -> None:
    told = "Водитель автобуса 4 нахамил бабушке."
    assert types_of_text(told, rules) == ["no_date"]
    assert types_of_form(told, "остановка «Рынок»", rules) == []


@pytest.mark.parametrize(
    "when", ["вчера", "14 мая", "в 7 утра", "в 18:30", "в субботу", "на прошлой неделе"]
)
def test_a_day_or_an_hour_is_enough(when: str, rules: Rules) -> None:
    assert types_of_text(f"Водитель автобуса 4 {when} нахамил бабушке.", rules) == []


def test_what_lasts_needs_no_day(rules: Rules) -> None:
    assert types_of_text("Водитель автобуса 4 постоянно хамит пассажирам.", rules) == []


def test_a_long_text_is_never_without_a_matter(rules: Rules) -> None:
    """A long appeal always states its reason."""
    assert types_of_text("Прошу принять меры. " * 20, rules) == []
