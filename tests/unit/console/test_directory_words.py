"""What is said and sent of each kind of entry, and how its hours stand now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.words.directory import entry_texts
from kb.entries import AnswerTerm, Entry, EntryKind, TopicDetails
from tests.fakes.console_fakes import CATEGORIES, sample_person, sample_question, sample_unit


def test_of_a_question_the_short_text_is_said_and_the_full_one_sent() -> None:
    question = sample_question()

    assert entry_texts(question) == (question.spoken, question.body)
    assert entry_texts(replace(question, spoken=""))[0] == question.body


def test_of_a_unit_its_phones_and_address_are_said() -> None:
    spoken, written = entry_texts(sample_unit())

    assert spoken == "Дорожная служба. Телефон: +79005550150 (приёмная). Адрес: ул. Пробная, 1."
    assert written == f"Дорожная служба\nСодержание дорог.\n{spoken}"


def test_of_an_official_post_hours_and_phone_are_said() -> None:
    spoken, written = entry_texts(sample_person())

    assert spoken == (
        "Начальник службы: Пробный Пётр Петрович. Приём: среда с 15:00."
        " Телефон: +79005550150, доб. 7 (приёмная)."
    )
    assert written == f"{spoken}\nПочта: probny@city.example"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (None, "Ямы."),
        (AnswerTerm(1, "working"), "Ямы. Срок ответа — 1 рабочий день."),
        (AnswerTerm(3, "calendar"), "Ямы. Срок ответа — 3 календарных дня."),
        (AnswerTerm(10, "working"), "Ямы. Срок ответа — 10 рабочих дней."),
    ],
)
def test_of_a_category_its_answer_term_is_said(term: AnswerTerm | None, said: str) -> None:
    category = replace(CATEGORIES[0], details=TopicDetails("roads", answer_term=term))

    assert entry_texts(category) == (said, said)


def test_an_entry_without_details_has_its_own_texts() -> None:
    for kind in EntryKind:
        assert entry_texts(Entry("one", kind, "Название", "Текст")) == ("Текст", "Текст")
