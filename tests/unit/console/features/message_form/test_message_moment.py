"""Time of the event as people type it into a message: a day, an hour, or words."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from tests.fakes.console_fakes import OPERATOR, Clock
from tests.fakes.console_phone import Call
from tests.fakes.led_form import LedForm


@pytest.fixture
def form(owner: QObject, milestones: Milestones, clock: Clock) -> LedForm:
    made = LedForm(owner, milestones, clock)
    made.talk(Call(), "Яма на дороге")
    made.presenter.begin(OPERATOR)
    made.fill()
    return made


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        (" 24/11/2026 ", date(2026, 11, 24)),
        ("24 11 2026", date(2026, 11, 24)),
        ("24-11-26", date(2026, 11, 24)),
        ("1.2.26", date(2026, 2, 1)),
    ],
)
def test_a_day_is_read_in_the_ways_people_type_it(form: LedForm, typed: str, read: date) -> None:
    form.presenter.set_date_text(typed)
    form.register_message()

    assert form.registered.values[0].event_on == read


def test_the_day_begins_as_that_of_the_call(
    owner: QObject, milestones: Milestones, clock: Clock
) -> None:
    form = LedForm(owner, milestones, clock)
    clock.now = datetime(2026, 11, 24, 23, 50, tzinfo=CITY_ZONE)
    form.talk(Call(rang_at=clock.now), "Яма на дороге")
    clock.now = datetime(2026, 11, 25, 9, 0, tzinfo=CITY_ZONE)
    form.presenter.begin(OPERATOR)
    form.fill()

    assert form.presenter.state.date_text == "24.11.2026"
    form.register_message()
    message = form.registered.values[0]
    assert (message.event_on, message.event_time) == (date(2026, 11, 24), time(8, 30))


@pytest.mark.parametrize("typed", ["", "31.02.2026", "когда-то", "2026"])
def test_what_is_no_day_is_a_problem(form: LedForm, typed: str) -> None:
    form.presenter.set_date_text(typed)
    form.register_message()

    assert set(form.presenter.state.problems) == {"when"}
    assert form.presenter.state.date_text == typed


def test_of_a_day_and_an_hour_that_are_missing_the_day_is_told_first(form: LedForm) -> None:
    form.presenter.set_date_text("ул. Заречная, 12")  # slipped into the wrong field
    form.presenter.set_time_text("")
    form.register_message()
    assert form.presenter.state.problems == {"when": "Укажите день: ДД.ММ.ГГГГ (п. 6.1)"}

    form.presenter.set_date_text("24.11.2026")
    assert form.presenter.state.problems["when"].startswith("Укажите время")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:30", time(8, 30)),
        ("08.30", time(8, 30)),
        ("8 30", time(8, 30)),
        ("0830", time(8, 30)),
        ("830", time(8, 30)),
        (" 23-59 ", time(23, 59)),
        ("0:00", time(0, 0)),
    ],
)
def test_an_hour_is_read_in_the_ways_people_type_it(form: LedForm, typed: str, read: time) -> None:
    form.presenter.set_time_text(typed)
    form.register_message()

    assert form.registered.values[0].event_time == read


@pytest.mark.parametrize("typed", ["", "25:00", "8:61", "скоро", "12345"])
def test_what_is_no_hour_is_a_problem(form: LedForm, typed: str) -> None:
    form.presenter.set_time_text(typed)
    form.register_message()

    assert set(form.presenter.state.problems) == {"when"}


def test_a_moment_in_words_is_read_back_and_written_in_figures(form: LedForm) -> None:
    form.presenter.set_date_text("вчера вечером")
    state = form.presenter.state
    assert (state.date_text, state.when_note) == (
        "вчера вечером",
        "вчера, вторник 24 ноября, 19:00",
    )
    form.presenter.settle_moment()
    state = form.presenter.state
    assert (state.date_text, state.time_text) == ("24.11.2026", "19:00")
    form.presenter.choose_moment("сейчас")
    assert form.presenter.state.time_text == "12:00"
    form.register_message()
    message = form.registered.values[0]
    assert (message.event_on, message.event_time) == (date(2026, 11, 25), time(12, 0))


def test_a_moment_that_has_not_come_is_pointed_out_and_not_refused(form: LedForm) -> None:
    form.presenter.set_time_text("12:01")
    assert form.presenter.state.when_is_ahead
    assert form.presenter.state.when_note.endswith("ещё не наступил, переспросите")
    form.register_message()
    assert form.registered.values[0].event_time == time(12, 1)
