"""Texts built from values: phone numbers, durations, Russian plurals from the shipped
translation.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.core import formats
from console.core.formats import HOME_AREA, Counted
from console.shared.session import card_words
from sync.register.calls import calls
from sync.register.calls.calls import CallProblem, CallResult
from tests.fakes.console_register import FakeRegister
from tests.fakes.records import OPERATOR, RANG_AT, new_call


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+79005550137", "+7 (900) 555-01-37"),
        ("+78799955501", "+7 (879) 995-55-01"),
        ("+79005550137;ext=12", "+7 (900) 555-01-37, доб. 12"),
        ("+375291234567", "+375 (29) 123-45-67"),
        ("112", "112"),
        ("", ""),
        ("Аноним", "Аноним"),
    ],
)
def test_a_phone_is_shown_as_people_read_it(number: str, shown: str) -> None:
    assert formats.phone_text(number) == shown


def test_a_number_of_the_home_area_is_written_with_the_area_s_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A number appeared in two formats on one page: one in the directory, another in a transfer."""
    monkeypatch.setattr(HOME_AREA, "code", "87999")
    assert formats.phone_text("+78799923636") == "+7 (87999) 2-36-36"
    assert formats.phone_text("+78799923636;ext=12") == "+7 (87999) 2-36-36, доб. 12"
    assert formats.phone_text("+79005550137") == "+7 (900) 555-01-37"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, "—"),
        (0, "0:00"),
        (59.4, "0:59"),
        (59.6, "1:00"),
        (61, "1:01"),
        (3599.6, "1:00:00"),
        (3661, "1:01:01"),
    ],
)
def test_a_duration_is_minutes_and_seconds(seconds: float | None, shown: str) -> None:
    assert formats.duration_text(seconds) == shown


@pytest.mark.parametrize(
    ("count", "record", "second", "call"),
    [
        (1, "1 запись", "1 секунду", "1 звонок"),
        (2, "2 записи", "2 секунды", "2 звонка"),
        (5, "5 записей", "5 секунд", "5 звонков"),
        (11, "11 записей", "11 секунд", "11 звонков"),
        (21, "21 запись", "21 секунду", "21 звонок"),
        (104, "104 записи", "104 секунды", "104 звонка"),
        (112, "112 записей", "112 секунд", "112 звонков"),
    ],
)
def test_russian_has_three_forms_of_a_number(
    count: int, record: str, second: str, call: str
) -> None:
    counted = Counted()

    assert record in counted.refused(count)
    assert record in counted.will_go(count)
    assert second in counted.try_again(count)
    assert call.split()[1] in counted.calls_waiting(count) or "ещё" in counted.calls_waiting(count)
    assert str(count) in counted.calls_waiting(count)


@pytest.mark.parametrize(
    ("minutes", "past", "waits"),
    [
        (59, "59\u00a0минут назад", "самая старая ждёт 59 мин"),
        (60, "1\u00a0ч назад", "самая старая ждёт 1 ч"),
        (150, "2\u00a0ч назад", "самая старая ждёт 2 ч"),
        (1440, "1\u00a0день назад", "самая старая ждёт 1 день"),
        (3 * 1440 + 700, "3\u00a0дня назад", "самая старая ждёт 3 дня"),
    ],
)
def test_what_is_long_past_is_told_in_hours_and_days(
    russian: None, minutes: int, past: str, waits: str
) -> None:
    assert (Counted().ago(minutes), Counted().oldest(minutes)) == (past, waits)


def test_speaking_takes_at_least_a_second() -> None:
    assert formats.speaking_seconds("") == 1
    assert formats.speaking_seconds("слово " * 23) == 10


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Пробова Анна Петровна", "Пробова А. П."),
        ("Пробова Анна", "Пробова А."),
        ("Пробова", "Пробова"),
        ("", ""),
    ],
)
def test_a_short_name_has_initials(name: str, shown: str) -> None:
    assert formats.short_name(name) == shown


def test_a_share_has_one_digit_and_a_comma() -> None:
    assert formats.percent_text(0.125) == "12,5 %"
    assert formats.percent_text(None) == "—"


@pytest.mark.parametrize("problem", list(CallProblem))
def test_every_problem_of_a_card_has_words_and_a_field(problem: CallProblem) -> None:
    assert card_words.card_problem(problem) != ""
    assert card_words.problem_field(problem) in {"content", "used", "result"}


def test_every_result_has_a_name_of_its_own() -> None:
    names = [card_words.result_name(result) for result in CallResult]

    assert len(set(names)) == len(CallResult)


@pytest.mark.parametrize(
    ("cause", "words_told", "role"),
    [
        ("caller_gave_up", "не дождался", "danger"),
        ("not_answered", "не ответили", "danger"),
        ("rejected", "отклонён", "danger"),
        ("busy", "линия занята", "danger"),
        ("do_not_disturb", "не принимали", "danger"),
        ("announced_out_of_hours", "объявление", "danger"),
        ("redirected_out_of_hours", "переадресован", "danger"),
        ("failed", "технический сбой", "danger"),
        ("answered_elsewhere", "ответил коллега", "text-2"),
        ("of_a_newer_phone", "не отвечен", "danger"),
    ],
)
def test_what_became_of_a_call_that_nobody_took_is_told_apart(
    cause: str, words_told: str, role: str
) -> None:
    card = FakeRegister().open_card(new_call(1), OPERATOR).result()
    record = calls.missed(card, RANG_AT, cause)
    told, _icon, colour = card_words.result_mark(record)

    assert (told, colour) == (words_told, role)
    assert card_words.about(record, "") == ""
    at_night = replace(record, out_of_hours=True)
    assert card_words.about(at_night, "") == "вне часов"
    assert card_words.about(at_night, "Про график") == "Про график"
