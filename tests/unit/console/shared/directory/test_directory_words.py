"""Texts read out and sent for each kind of entry, and its current opening hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from console.core.settings.workplace import CITY_ZONE
from console.shared.directory.words import entry_texts, opening_text
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    ServiceDetails,
    TopicDetails,
)
from kb.entries.hours import WeekHours, opening
from sync.register.calendar.calendar import read_calendar
from tests.fakes.console_directory import (
    CATEGORIES,
    sample_person,
    sample_question,
    sample_unit,
)


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


def test_of_an_official_the_unit_and_the_room_are_said_too() -> None:
    person = sample_person()
    assert isinstance(person.details, PersonDetails)
    person = replace(person, details=replace(person.details, room="14"))

    spoken, _written = entry_texts(person, "Дорожная служба")

    assert spoken.startswith(
        "Начальник службы, Дорожная служба: Пробный Пётр Петрович. Кабинет 14. Приём:"
    )


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


def test_of_a_service_documents_term_and_fee_are_sent_and_steps_stand_in_for_a_text() -> None:
    details = ServiceDetails(
        ("Заполните заявление.", "Принесите паспорт."), ("Паспорт", "СНИЛС"), "три дня", ""
    )
    service = Entry("s-1", EntryKind.SERVICE, "Справка", "Приходите.", details=details)

    assert entry_texts(service) == (
        "Приходите.",
        "Приходите.\nДокументы: Паспорт; СНИЛС\nСрок: три дня",
    )
    assert entry_texts(replace(service, body="", spoken="Коротко.")) == (
        "Коротко.",
        "1. Заполните заявление.\n2. Принесите паспорт.\nДокументы: Паспорт; СНИЛС\nСрок: три дня",
    )
    assert entry_texts(replace(service, body=""))[0] == "Заполните заявление. Принесите паспорт."


def test_an_entry_without_details_has_its_own_texts() -> None:
    for kind in EntryKind:
        assert entry_texts(Entry("one", kind, "Название", "Текст")) == ("Текст", "Текст")


CALENDARS = Path(__file__).resolve().parents[5] / "resources" / "calendars"
OFFICE = WeekHours.parse(
    {day: ["09:00-13:00", "14:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
)
CLINIC = WeekHours.parse(
    {day: ["08:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}
)
BAKERY = WeekHours.parse(
    {day: ["10:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
)
AMBULANCE = WeekHours.parse({"fri": ["18:00-24:00"], "sat": ["00:00-08:00"]})


@pytest.mark.parametrize(
    ("hours", "moment", "said"),
    [
        (OFFICE, "2026-11-25 10:00", "Открыто до 13:00"),
        (OFFICE, "2026-11-25 13:30", "Перерыв до 14:00"),
        (OFFICE, "2026-11-25 16:59", "Открыто до 17:00"),
        (OFFICE, "2026-11-25 08:00", "Закрыто, откроется в 09:00"),
        (OFFICE, "2026-11-25 17:00", "Закрыто, завтра с 09:00"),
        (OFFICE, "2026-11-27 17:00", "Закрыто, пн с 09:00"),
        # 4 November is a holiday in the middle of the week.
        (OFFICE, "2026-11-03 17:00", "Закрыто, чт с 09:00"),
        # The rest of 9 May 2026, a Saturday, was moved to Monday.
        (OFFICE, "2026-05-08 17:00", "Закрыто, вт с 09:00"),
        # 31 December 2026 is a day off by decree; the holidays end with Sunday, 10 January 2027.
        (OFFICE, "2026-12-30 17:00", "Закрыто, 11 января с 09:00"),
        # Monday, 29 April 2024, is a day off; Saturday, 27 April, was worked in its stead.
        (OFFICE, "2024-04-27 10:00", "Открыто до 13:00"),
        (OFFICE, "2024-04-29 10:00", "Закрыто, чт с 09:00"),
        # 30 April 2026 is a short day: the last hour of the afternoon falls away.
        (OFFICE, "2026-04-30 15:30", "Открыто до 16:00"),
        (OFFICE, "2026-04-30 16:00", "Закрыто, пн с 09:00"),
        (OFFICE, "2026-04-30 13:30", "Перерыв до 14:00"),
        (replace(OFFICE, keeps_short_days=True), "2026-04-30 16:30", "Открыто до 17:00"),
        (BAKERY, "2026-11-25 23:30", "Открыто до 24:00"),
        (BAKERY, "2026-11-26 00:00", "Закрыто, откроется в 10:00"),
        (AMBULANCE, "2026-11-27 20:00", "Открыто до сб, 08:00"),
        (CLINIC, "2026-11-28 10:00", "Открыто до 18:00"),
        (CLINIC, "2026-01-01 10:00", "Закрыто, 10 января с 08:00"),
        (CLINIC, "2026-01-03 10:00", "Закрыто, 10 января с 08:00"),
    ],
)
def test_hours_are_said_as_they_stand_by_the_production_calendar(
    hours: WeekHours, moment: str, said: str
) -> None:
    at_local = datetime.fromisoformat(moment).replace(tzinfo=CITY_ZONE)
    calendar = read_calendar(CALENDARS)
    state = opening(hours, at_local, calendar.is_working_day, calendar.is_short_day)

    assert opening_text(state, at_local)[0] == said
