"""The sentence to read out before the end of a call: the number in groups, the days as words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.by_hand import Promise
from console.shared.messages.term_words import number_aloud, until_aloud
from console.shared.messages.terms import CityCalendar
from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import DayOfSending, DaysOf
from sync.register.city import CitySettings, SettingsChosen
from sync.register.handling.answers import AnswerTermRule
from sync.register.messages import State
from sync.register.numbering import RegistrationNumber, parse
from tests.fakes.city import settled
from tests.fakes.records import answered_message

CALENDARS = Path(__file__).resolve().parents[5] / "resources" / "calendars"
TITLES = {"road-service": "Дорожная служба"}
SATURDAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (
            "2611-0417-00188-1",
            "двадцать шесть одиннадцать, ноль четыре семнадцать, ноль ноль,"
            " сто восемьдесят восемь, один",
        ),
        (
            "2601-0000-99999-3",
            "двадцать шесть ноль один, ноль ноль ноль ноль, девяносто девять,"
            " девятьсот девяносто девять, три",
        ),
        (
            "2612-1010-01005-5",
            "двадцать шесть двенадцать, десять десять, ноль один, ноль ноль пять, пять",
        ),
    ],
)
def test_a_number_is_said_with_every_zero(number: str, said: str) -> None:
    parsed = parse(number)
    assert isinstance(parsed, RegistrationNumber)
    assert number_aloud(parsed) == said


def test_every_day_of_a_year_can_be_said() -> None:
    said = {day: until_aloud(date(2026, 12, day)) for day in range(1, 32)}
    assert said[1] == "до вторника, первого декабря"
    assert said[20] == "до воскресенья, двадцатого декабря"
    assert said[26] == "до субботы, двадцать шестого декабря"
    assert (said[30], said[31]) == (
        "до среды, тридцатого декабря",
        "до четверга, тридцать первого декабря",
    )
    assert len(set(said.values())) == 31
    months = [until_aloud(date(2026, month, 1)).split()[-1] for month in range(1, 13)]
    assert (months[0], months[-1], len(set(months))) == ("января", "декабря", 12)


def test_the_promise_has_the_day_of_the_answer_where_a_term_is_set() -> None:
    message = replace(answered_message("Сделают"), submitted_at=SATURDAY, state=State.AT_ORGAN)
    city = CityCalendar(read_calendar(CALENDARS))
    rules: list[AnswerTermRule] = []
    promise = Promise(city, lambda: rules, CITY_ZONE, lambda: TITLES)

    told = promise.of(message)
    assert told.startswith(
        "«Ваше сообщение зарегистрировано и направлено ответственному органу: Дорожная служба."
        " Запишите его номер: двадцать шесть"
    )
    assert told.endswith("Ответственный орган подготовит письменный ответ.»")
    rules.append(AnswerTermRule(None, message.category, None, 10, DaysOf.CALENDAR))
    assert promise.of(message).endswith("Ответ подготовят до вторника, первого декабря.»")
    known = promise.of_known(message)
    assert known.startswith("«Об этом уже известно: ваш вызов связан с сообщением двадцать шесть")
    assert known.endswith("Ответ подготовят до вторника, первого декабря.»")
    draft = replace(message, number=None)
    assert (promise.of(draft), promise.of_known(draft)) == ("", "")


@pytest.mark.parametrize("state", [State.REGISTERED, State.PUBLISHED])
def test_one_that_was_sent_to_no_body_is_not_said_to_be(state: State) -> None:
    """Regulation 7.9."""
    message = replace(answered_message("Сделают"), submitted_at=SATURDAY, state=state, unit=None)
    rules: list[AnswerTermRule] = []
    city = CityCalendar(read_calendar(CALENDARS))
    promise = Promise(city, lambda: rules, CITY_ZONE, lambda: TITLES)

    told = promise.of(message)
    assert told.startswith("«Ваше сообщение зарегистрировано. Запишите его номер: двадцать шесть")
    assert told.endswith(", девять. Ответственный орган мы определим дополнительно.»")
    rules.append(AnswerTermRule(None, message.category, None, 10, DaysOf.CALENDAR))
    assert promise.of(message).endswith(
        "мы определим дополнительно. Ответ подготовят до вторника, первого декабря.»"
    )


def test_a_body_whose_name_is_not_read_yet_is_not_named() -> None:
    message = replace(answered_message("Сделают"), submitted_at=SATURDAY, state=State.AT_ORGAN)
    promise = Promise(CityCalendar(read_calendar(CALENDARS)), tuple, CITY_ZONE, dict)
    assert promise.of(message).startswith(
        "«Ваше сообщение зарегистрировано и направлено ответственному органу. Запишите"
    )


def test_one_that_another_person_decides_has_the_day_of_the_decision() -> None:
    message = replace(answered_message("Сделают"), submitted_at=SATURDAY, registered_at=None)
    city = CityCalendar(read_calendar(CALENDARS))
    promise = Promise(city, tuple, CITY_ZONE, dict)
    # Sent on a Saturday: counted as Monday, so the second working day after it is Wednesday (7.12).
    assert promise.of(message).endswith(
        "Решение о регистрации примем до среды, двадцать пятого ноября.»"
    )
    city.use(settled(SettingsChosen(CitySettings(sending=DayOfSending.COUNTED))))
    assert "примем до вторника, двадцать четвёртого ноября." in promise.of(message)
