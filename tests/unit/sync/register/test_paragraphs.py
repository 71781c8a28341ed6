"""Paragraphs of the regulation, and references to them in texts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.checks.finding import Ground
from sync.register.handling.needs import PARAGRAPHS as ASKED_BY
from sync.register.handling.steps import STEPS
from sync.register.regulation import (
    PARAGRAPHS,
    in_order,
    is_named,
    is_paragraph,
    numbers_in,
    order_of,
    paragraph_of,
)


def test_the_paragraphs_stand_in_their_order_each_once() -> None:
    assert PARAGRAPHS[0] == "1.1"
    assert PARAGRAPHS[-1] == "12.4"
    assert PARAGRAPHS.index("6.12") + 1 == PARAGRAPHS.index("7.1")
    assert PARAGRAPHS[PARAGRAPHS.index("10.6") + 1] == "11"
    assert len(PARAGRAPHS) == len(set(PARAGRAPHS)) == 69


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("п. 7.3", ("7.3",)),
        ("Отказ только по п. 7.7, 7.10.", ("7.7", "7.10")),
        ("срока нет (3.1–3.3).", ("3.1", "3.2", "3.3")),
        ("п. 6.5—6.7", ("6.5", "6.6", "6.7")),
        ("п. 6.3-2. Не личного характера", ("6.3-2",)),
        ("п. 6.3-12", ()),  # the list has eleven
        ("п. 7.3 и ещё раз 7.3", ("7.3",)),
        ("до чт 26.11.2026, 9:41", ()),
        ("12.11, 09.10 и 7.11.2026", ()),
        ("в 10.30, цена 6.50, версия 1.2.3", ()),
        ("п. 13.1 и 7.13", ()),
        ("", ()),
    ],
)
def test_words_name_paragraphs_and_dates_do_not(text: str, named: tuple[str, ...]) -> None:
    assert numbers_in(text) == named


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_no_day_is_taken_for_a_paragraph(day: date) -> None:
    whole, short = day.strftime("%d.%m.%Y"), day.strftime("%d.%m")
    end = (day + timedelta(days=3)).strftime("%d.%m.%Y")

    assert numbers_in(f"до чт {whole}, с {whole} по {end}, {whole}–{end}") == ()
    # a short date from the tenth to the twelfth could be read as a nonexistent paragraph
    assert not [number for number in numbers_in(f"до {short}") if number != short]


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=4))
def test_what_is_named_is_found_as_it_was_named(numbers: list[str]) -> None:
    asked = [number for number in numbers if "." in number]

    assert numbers_in(f"п. {', '.join(asked)}") == in_order(asked)


def test_items_of_the_list_of_grounds_belong_to_their_paragraph() -> None:
    assert [paragraph_of(ground.value) for ground in Ground][:3] == ["6.1", "6.3", "6.3"]
    assert all(is_named(ground.value) for ground in Ground)
    assert not is_named("7.7-1")
    assert not is_named("6.3-x")
    assert not is_paragraph("6.3-1")


def test_every_step_and_lack_rests_on_a_paragraph_that_there_is() -> None:
    named = {rule.paragraph for rule in STEPS} | set(ASKED_BY.values())

    assert {number for number in named if not is_named(number)} == set()


def test_paragraphs_stand_by_section_and_then_by_place() -> None:
    assert sorted(["10.1", "9.11", "6.3-1", "9.2", "11"], key=order_of) == [
        "6.3-1",
        "9.2",
        "9.11",
        "10.1",
        "11",
    ]


def test_a_span_names_what_lies_in_it_or_its_ends() -> None:
    assert numbers_in("п. 3.1\u20133.3") == ("3.1", "3.2", "3.3")
    assert numbers_in("п. 3.3\u20133.1") == ("3.3", "3.1")
    assert numbers_in("п. 3.3\u20134.1") == ("3.3", "4.1")
