"""A text is split into paragraphs, and every unrecognised part is reported."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.regulation import (
    PARAGRAPHS,
    Edition,
    Editions,
    FoundReadingFault,
    Provision,
    ReadingFault,
    ReadRegulation,
    read_regulation,
)
from tests.fakes.regulation import own_text, regulation_text

MOST_S = 8.0
"""CPU time in seconds; a quadratic parser takes minutes."""


def texts(read: ReadRegulation) -> dict[str, str]:
    return {one.number: one.text for one in read.provisions}


def told(read: ReadRegulation) -> list[tuple[ReadingFault, int, str]]:
    """Faults of the text alone, without differences from the built-in paragraphs."""
    apart = (ReadingFault.NOT_IN_TEXT, ReadingFault.NEW_IN_TEXT, ReadingFault.LIST_DIFFERS)
    return [(one.fault, one.line, one.number) for one in read.faults if one.fault not in apart]


def test_a_whole_document_is_read_paragraph_by_paragraph() -> None:
    read = read_regulation(regulation_text())

    assert [one.number for one in read.provisions] == list(PARAGRAPHS)
    assert texts(read)["7.3"] == own_text("7.3")
    assert texts(read)["11"] == f"Итоги работы\n{own_text('11')}"
    place = regulation_text().splitlines().index("Приложение") + 1
    assert read.faults == (
        FoundReadingFault(ReadingFault.BEFORE_FIRST, count=2),
        FoundReadingFault(ReadingFault.APPENDIX, place),
    )
    assert "должностных" not in texts(read)["12.4"]


def test_spaces_of_any_kind_and_no_space_behind_the_number_are_all_the_same() -> None:
    read = read_regulation("1.Начало\n \u00a01.1.Первое\u00a0правило\n\t1.2  Второе\n")

    assert texts(read) == {"1.1": "Первое правило", "1.2": "Второе"}
    assert told(read) == []


def test_a_line_broken_off_goes_on_and_a_list_stays_a_list() -> None:
    read = read_regulation("1. Начало\n1.1. Вопрос решает\nоператор:\nсам;\nили никто.\n")

    assert texts(read)["1.1"] == "Вопрос решает оператор:\nсам;\nили никто."


def test_a_number_that_does_not_follow_stays_text_and_is_told() -> None:
    read = read_regulation(
        "1. Обработка\n"
        "1.1. Первое, в силу\n"
        "27.11.2026 и далее;\n"
        "2.1 настоящего порядка;\n"
        "1.2. Второе\n"
        "1.1. Снова первое\n"
        "1.2.1. подпункт второго\n"
    )

    assert list(texts(read)) == ["1.1", "1.2"]
    assert texts(read)["1.1"].startswith("Первое, в силу\n27.11.2026")
    assert "2.1 настоящего порядка;" in texts(read)["1.1"]
    assert texts(read)["1.2"].splitlines()[-1] == "1.2.1. подпункт второго"
    assert told(read) == [
        (ReadingFault.OUT_OF_ORDER, 4, "2.1"),
        (ReadingFault.OUT_OF_ORDER, 6, "1.1"),
    ]


def test_items_of_a_list_are_no_sections() -> None:
    lines = ["1. Обработка", "1.1. Указывают:", *(f"{n}. сведение {n};" for n in range(1, 10))]
    read = read_regulation("\n".join([*lines, "1.2. Ещё", "2. Ответы", "2.1. Дают ответ"]))

    assert list(texts(read)) == ["1.1", "1.2", "2.1"]
    assert "9. сведение 9;" in texts(read)["1.1"]


def test_a_number_may_stand_on_a_line_of_its_own() -> None:
    read = read_regulation("1.\nОбработка\n1.1.\nПервое правило\n1.2\nВторое\n")

    assert texts(read) == {"1.1": "Первое правило", "1.2": "Второе"}


def test_what_is_skipped_or_empty_is_told() -> None:
    lines = ("1. Начало", "1.1. Есть", "1.4. Есть тоже", "1.5.", "1.6. Есть и это", "3.1. Далее")
    read = read_regulation("\n".join(lines))

    assert list(texts(read)) == ["1.1", "1.4", "1.6", "3.1"]
    assert told(read) == [
        (ReadingFault.LEFT_OUT, 3, "1.2"),
        (ReadingFault.LEFT_OUT, 3, "1.3"),
        (ReadingFault.EMPTY, 4, "1.5"),
        (ReadingFault.LEFT_OUT, 6, "2"),
    ]
    named = {one.number for one in read.faults if one.fault is ReadingFault.NOT_IN_TEXT}
    assert named.isdisjoint({"1.2", "1.3"})  # reported once
    assert {"7.3", "12.4"} <= named


def test_a_list_of_grounds_of_another_length_is_told() -> None:
    lines = regulation_text().splitlines()
    lines.remove("Нет строки 4;")
    read = read_regulation("\n".join(lines))

    assert FoundReadingFault(ReadingFault.LIST_DIFFERS, 0, "6.3", 10) in read.faults


def test_paragraphs_that_the_program_does_not_know_are_kept_and_told() -> None:
    read = read_regulation("1. А\n1.1. Б\n1.2. В\n1.3. Г\n1.4. Новое правило\n")

    assert texts(read)["1.4"] == "Новое правило"
    assert FoundReadingFault(ReadingFault.NEW_IN_TEXT, 0, "1.4") in read.faults


def test_a_text_without_numbers_has_nothing() -> None:
    read = read_regulation("Просто письмо.\n\nБез пунктов, от 26.11.2026.\n")

    assert read.provisions == ()
    assert read.faults == (FoundReadingFault(ReadingFault.BEFORE_FIRST, count=2),)


LINES = st.lists(
    st.sampled_from(["слово", "Слово.", "", "27.11.2026", "7.3.1. часть", "8. восьмое", "5.5 там"]),
    max_size=6,
)


@given(st.lists(LINES, min_size=3, max_size=3))
def test_no_word_is_lost_from_the_first_number_on(parts: list[list[str]]) -> None:
    lines = ["1. Начало"]
    for number, part in enumerate(parts, start=1):
        lines += [f"1.{number}. Правило {number}", *part]
    read = read_regulation("\n".join([*lines, "2. Далее", "2.1. Конец"]))

    got = texts(read)
    assert list(got) == ["1.1", "1.2", "1.3", "2.1"]
    for number, part in enumerate(parts, start=1):
        assert got[f"1.{number}"].split() == f"Правило {number} {' '.join(part)}".split()


@given(
    st.lists(st.integers(0, 40).map(lambda days: date(2026, 1, 1) + timedelta(days)), unique=True),
    st.integers(-5, 45),
)
def test_an_edition_holds_from_its_day_until_the_next(days: list[date], asked: int) -> None:
    editions = Editions()
    for day in days:
        edition = Edition(day.isoformat(), day, (Provision("7.3", day.isoformat()),))
        editions = editions.with_edition(edition)
    at = date(2026, 1, 1) + timedelta(asked)

    found = editions.on(at)

    begun = [day for day in days if day <= at]
    assert (found.in_force_from if found else None) == (max(begun) if begun else None)
    assert [one.in_force_from for one in editions.editions] == sorted(days)


def test_an_edition_of_the_same_day_takes_the_place_of_the_other() -> None:
    day = date(2026, 2, 1)
    first, second = Edition("первая", day, ()), Edition("исправленная", day, ())
    both = Editions().with_edition(first).with_edition(second)

    assert both.editions == (second,)
    assert both.named("первая") is None
    assert both.named("исправленная") is second
    assert both.without(day) == Editions()


def test_the_text_of_an_item_is_its_line_where_the_list_has_all_of_them() -> None:
    lines = ["Нельзя:", *(f"строка {number};" for number in range(1, 12))]
    whole = Edition("первая", date(2026, 2, 1), (Provision("6.3", "\n".join(lines)),))
    shorter = Edition("вторая", date(2026, 3, 1), (Provision("6.3", "\n".join(lines[:-1])),))

    assert whole.text_of("6.3-2") == "Нельзя:\nстрока 2;"
    assert whole.text_of("6.3-11") == "Нельзя:\nстрока 11;"
    assert whole.text_of("6.3-0") == whole.text_of("6.3") == "\n".join(lines)
    assert shorter.text_of("6.3-2") == "\n".join(lines[:-1])
    assert whole.text_of("6.4") == ""


@pytest.mark.parametrize(
    "line", ["слово за словом без точки в конце", "2. ещё один пункт списка", "2.9 ссылка на пункт"]
)
def test_a_huge_text_takes_as_much_longer_as_it_is_longer(line: str) -> None:
    text = "\n".join(("1. Общие", "1.1. Начало", *[line] * 60_000, "1.2. Конец"))
    began_s = time.process_time()
    read = read_regulation(text)

    assert time.process_time() - began_s < MOST_S
    assert [one.number for one in read.provisions] == ["1.1", "1.2"]
    assert len(read.provisions[0].text) > 60_000 * len(line)
