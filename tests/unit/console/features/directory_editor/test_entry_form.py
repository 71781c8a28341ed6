"""Conversion of an entry to the texts of its form, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry_form import (
    changed_fields,
    fields_of,
    merged,
    read_form,
)
from console.shared.directory import words as directory_words
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)
from kb.entries.hours import UNSTATED, WeekHours
from tests.fakes.console_directory import sample_person, sample_question, sample_unit

WEEK = WeekHours.parse(
    {day: ["08:30-13:00", "14:00-17:45"] for day in ("mon", "tue", "wed", "thu")}
    | {"fri": ["08:30-16:30"]}
)
UNIT = replace(
    sample_unit(),
    details=UnitDetails(
        parent="administration",
        unit_kind="enterprise",
        short_title="Служба",
        address="ул. Пробная, 1",
        phones=(Phone("+7 900 555-01-50", "12-34", "приёмная"), Phone("112")),
        email="probe@city.example",
        hours=WEEK,
        answer_term=AnswerTerm(5, "working"),
    ),
)
SERVICE = Entry(
    "p-1",
    EntryKind.SERVICE,
    "Бункер",
    "Ставят по заявке.",
    names=("лодка для мусора",),
    details=ServiceDetails(("Заявка", "Договор"), ("Паспорт",), "два дня", "бесплатно"),
)
TOPIC = Entry(
    "roads-pits",
    EntryKind.TOPIC,
    "Ямы",
    "",
    owner="road-service",
    details=TopicDetails(
        "roads", ("waste-service",), "в отдел", AnswerTerm(30, "calendar"), ("Номер дома", "Фото")
    ),
)


def _keep(place: str) -> tuple[str, str]:
    return place, ""


@pytest.mark.parametrize("entry", [sample_question(), UNIT, SERVICE, sample_person(), TOPIC])
def test_what_is_shown_reads_back_to_the_same_entry(entry: Entry) -> None:
    reading = read_form(fields_of(entry), entry, _keep)

    assert reading.entry == entry
    assert reading.problems == ()


def test_a_new_entry_is_made_of_what_is_typed() -> None:
    blank = Entry("q-new", EntryKind.QUESTION, "", "")
    typed = {
        "title": " Куда деть диван ",
        "place": "waste-yard",
        "names": "старая мебель\n\nхлам\nхлам",
        "checked_on": "24 11 26",
    }

    entry = read_form(typed, blank, lambda place: ("waste", place)).entry

    assert entry == replace(
        blank,
        title="Куда деть диван",
        topic="waste",
        section="waste-yard",
        names=("старая мебель", "хлам"),
        checked_on=date(2026, 11, 24),
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("checked_on", "вчера"),
        ("valid_to", "31.12.2025"),
        ("phones", "приёмная"),
        ("hours", "по настроению"),
        ("hours", "пн 9-18; пн 10-12"),
        ("hours", "пн 18-9"),
        ("parent", "road-service"),
        ("answer_days", "0"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(field: str, text: str) -> None:
    reading = read_form(fields_of(UNIT) | {field: text, "title": "Другое"}, UNIT, _keep)

    assert reading.problems == (field,)
    assert reading.entry.title == "Другое"
    if field != "valid_to":
        assert replace(reading.entry, title=UNIT.title) == UNIT


def test_days_of_an_answer_are_a_number() -> None:
    fields = fields_of(TOPIC)

    assert read_form(fields | {"answer_days": "месяц"}, TOPIC, _keep).problems == ("answer_days",)
    details = read_form(fields | {"answer_days": ""}, TOPIC, _keep).entry.details
    assert isinstance(details, TopicDetails)
    assert details.answer_term is None


def test_changed_fields_are_named() -> None:
    later = replace(UNIT, title="Иначе", checked_on=date(2026, 11, 25))

    assert changed_fields(UNIT, later) == ("title", "checked_on")


def test_two_editors_changes_are_put_together_field_by_field() -> None:
    old = {"title": "а", "body": "б", "spoken": "в"}

    both = merged(old, old | {"title": "моё"}, old | {"title": "их", "body": "их"})

    assert both == {"title": "моё", "body": "их", "spoken": "в"}


# --- parsing of hours and phone numbers ---


def test_hours_are_written_as_people_write_them() -> None:
    text = directory_words.hours_text(WEEK)

    assert text == "пн–чт 8:30–17:45, обед 13:00–14:00\nпт 8:30–16:30"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("пн-пт 8-18", {day: ["08:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}),
        (
            "Пн, ср 9.30–12; сб 10-11",
            {"mon": ["09:30-12:00"], "wed": ["09:30-12:00"], "sat": ["10:00-11:00"]},
        ),
        ("чт 18-0", {"thu": ["18:00-24:00"]}),
        ("вт 9-12, перерыв 10-10:15\nсб, вс выходной", {"tue": ["09:00-10:00", "10:15-12:00"]}),
        (
            "пн 9-18\nв предпраздничные дни без сокращения",
            {"mon": ["09:00-18:00"], "keeps_short_days": True},
        ),
        ("вторник 9-18, обед 13-14", {"tue": ["09:00-13:00", "14:00-18:00"]}),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, meant: dict[str, object]) -> None:
    assert directory_words.read_hours(typed) == WeekHours.parse(meant)


@pytest.mark.parametrize(
    "hours",
    [
        UNSTATED,
        WEEK,
        WeekHours(UNSTATED.days, around_the_clock=True),
        WeekHours.parse(
            {day: ["09:00-21:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
        ),
        WeekHours.parse({"sun": ["10:00-11:00", "12:00-13:00", "15:00-24:00"]}),
        WeekHours.parse({"mon": ["00:00-24:00"], "keeps_short_days": True}),
    ],
)
def test_hours_survive_the_form(hours: WeekHours) -> None:
    assert directory_words.read_hours(directory_words.hours_text(hours)) == hours


@pytest.mark.parametrize("typed", ["обед 13-14", "пн 9-18, обед 8-9", "пн", "пт-пн 9-18", "пн 9"])
def test_hours_that_mean_nothing_are_refused(typed: str) -> None:
    assert directory_words.read_hours(typed) is None


def test_phones_are_read_line_by_line() -> None:
    phones = directory_editor_words.read_phones(
        "+7 (900) 555-02-20, доб. 12-34 — приёмная\n\n2-10-00 доб 5"
    )

    assert phones == (Phone("+7 (900) 555-02-20", "12-34", "приёмная"), Phone("2-10-00", "5"))
    assert directory_editor_words.phones_text(phones) == (
        "+7 (900) 555-02-20, доб. 12-34 — приёмная\n2-10-00, доб. 5"
    )


def test_the_reading_time_says_whether_it_is_short_enough() -> None:
    assert directory_words.speaking("слово " * 24) == (
        "10 секунд вслух · 24 слова",
        "до 20 секунд — хорошо",
        True,
    )
    assert directory_words.speaking("слово " * 80)[1:] == ("дольше 20 секунд: сократите", False)
