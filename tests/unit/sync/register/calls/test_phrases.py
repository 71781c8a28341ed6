"""Canned texts: parsing, filling in, search by a short word."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls.phrases import (
    BLANK,
    FoundPhraseFault,
    Phrase,
    PhraseFault,
    Variable,
    filled,
    matching_phrases,
    read_phrases,
    triggered,
    word_before,
)

HELLO = Phrase("здр", "Приветствие", "{приветствие}, {имя_отчество}.")
TERM = Phrase("срок", "Когда ответят", "Ответ до {срок}.")


def faults(*phrases: Any, **fields: Any) -> set[tuple[PhraseFault, str, str]]:
    read = read_phrases({"phrases": list(phrases), **fields})
    found = [each for each in read if isinstance(each, FoundPhraseFault)]
    assert len(found) == len(read)
    return {(each.fault, each.phrase, each.detail) for each in found}


def test_texts_are_read_and_one_without_a_title_is_called_by_its_word() -> None:
    read = read_phrases({"phrases": [{"trigger": " срок ", "text": "До {срок}.\n"}]})

    assert read == (Phrase("срок", "срок", "До {срок}."),)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ({"text": "x"}, (PhraseFault.NO_TRIGGER, "1", "")),
        ({"trigger": "два слова", "text": "x"},
         (PhraseFault.TRIGGER_OF_SEVERAL_WORDS, "два слова", "")),
        ({"trigger": "a", "text": " "}, (PhraseFault.NO_TEXT, "a", "")),
        ({"trigger": "a", "text": "{фамилия}"}, (PhraseFault.UNKNOWN_VARIABLE, "a", "фамилия")),
        ({"trigger": "a", "text": 5}, (PhraseFault.WRONG_TYPE, "a", "text")),
        ({"trigger": "a", "text": "x", "word": "b"}, (PhraseFault.UNKNOWN_FIELD, "a", "word")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    phrase: dict[str, Any], fault: tuple[PhraseFault, str, str]
) -> None:
    assert faults(phrase) == {fault}


def test_two_texts_of_one_word_and_an_empty_file_are_wrong() -> None:
    one = {"trigger": "Ёж", "text": "x"}
    assert faults(one, {**one, "trigger": "еж"}) == {(PhraseFault.TRIGGER_TWICE, "еж", "")}
    assert faults() == {(PhraseFault.NO_PHRASES, "", "")}
    assert faults({**one, "trigger": "a"}, texts=[]) == {(PhraseFault.UNKNOWN_FIELD, "", "texts")}
    assert read_phrases({"phrases": "x"}) == (
        FoundPhraseFault(PhraseFault.WRONG_TYPE, detail="phrases"),
    )


def test_what_is_known_is_filled_in() -> None:
    values = {Variable.GREETING: "Добрый день", Variable.CALLED: "Анна Петровна"}

    assert filled(HELLO, values).text == "Добрый день, Анна Петровна."
    assert filled(HELLO, values).blank is None


def test_what_is_not_known_is_marked_for_a_person_to_fill_in() -> None:
    shown = filled(HELLO, {Variable.GREETING: "Добрый день", Variable.CALLED: " "})

    assert shown.text == "Добрый день, ‹имя отчество›."
    assert shown.blank is not None
    assert shown.text[slice(*shown.blank)] == "‹имя отчество›"


@given(
    st.lists(st.sampled_from([*(f"{{{each.value}}}" for each in Variable), "текст ", "\n"])),
    st.dictionaries(st.sampled_from(Variable), st.sampled_from(["", "А", "Анна {x}"])),
)
def test_no_variable_is_left_and_nothing_is_none(
    parts: list[str], values: dict[Variable, str]
) -> None:
    shown = filled(Phrase("a", "a", "".join(parts)), values)

    assert "None" not in shown.text
    blanks = [part for part in parts if part[0] == "{" and not values.get(Variable(part[1:-1]))]
    assert shown.text.count(BLANK[0]) == len(blanks)
    if blanks:
        assert shown.blank is not None
        assert shown.text[shown.blank[0] :].startswith(BLANK[0])
        assert shown.text.index(BLANK[0]) == shown.blank[0]
        assert shown.text[shown.blank[1] - 1] == BLANK[1]
    else:
        assert shown.blank is None


def test_a_short_word_calls_its_text_whatever_its_case() -> None:
    assert triggered((HELLO, TERM), "СРОК") == TERM
    assert triggered((HELLO, TERM), "сро") is None
    assert triggered((HELLO, TERM), "") is None


def test_beginnings_of_words_find_texts_and_the_short_word_comes_first() -> None:
    other = Phrase("ном", "Номер", "Срок назван")

    assert matching_phrases((other, TERM), "сро") == (TERM, other)
    assert matching_phrases((HELLO, TERM), "") == (HELLO, TERM)
    assert matching_phrases((HELLO, TERM), "когда отв") == (TERM,)
    assert matching_phrases((HELLO, TERM), "лифт") == ()


def test_the_word_before_the_caret_ends_at_it() -> None:
    assert [word_before(text) for text in ("нет срок", "срок", "срок ", "")] == [
        "срок",
        "срок",
        "",
        "",
    ]
