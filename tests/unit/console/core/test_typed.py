"""Parsing of days and times as callers state them and operators type them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from console.core.typed_moment import Moment, read_ahead, read_moment

NOW = datetime(2026, 11, 25, 14, 5, 33)  # a Wednesday
NOVEMBER = {day: date(2026, 11, day) for day in range(1, 30)}

TOLD = {
    "сейчас": (NOVEMBER[25], time(14, 5)),
    "Только что": (NOVEMBER[25], time(14, 5)),
    "сегодня утром": (NOVEMBER[25], time(8, 0)),
    "с утра": (NOVEMBER[25], time(8, 0)),
    "вчера": (NOVEMBER[24], None),
    "вчера вечером": (NOVEMBER[24], time(19, 0)),
    "вчера 18:30": (NOVEMBER[24], time(18, 30)),
    "вчера, около 6 вечера": (NOVEMBER[24], time(18, 0)),
    "вчера в 7 утра": (NOVEMBER[24], time(7, 0)),
    "вчера в 12 дня": (NOVEMBER[24], time(12, 0)),
    "вчера в 12 ночи": (NOVEMBER[24], time(0, 0)),
    "сегодня ночью": (NOVEMBER[25], time(2, 0)),
    "вчера ночью": (NOVEMBER[24], time(23, 0)),
    "позавчера": (NOVEMBER[23], None),
    "позавчера днём": (NOVEMBER[23], time(13, 0)),
    "в воскресенье": (NOVEMBER[22], None),
    "в среду вечером": (NOVEMBER[18], time(19, 0)),  # not today: it is Wednesday
    "в прошлый понедельник": (NOVEMBER[23], None),
    "22 ноября": (NOVEMBER[22], None),
    "22 ноября в 18.30": (NOVEMBER[22], time(18, 30)),
    "22.11": (NOVEMBER[22], None),
    "22.11 в обед": (NOVEMBER[22], time(13, 0)),
    "22.11.2026 18:30": (NOVEMBER[22], time(18, 30)),
    "22.11.26": (NOVEMBER[22], None),
    "1 декабря": (date(2025, 12, 1), None),  # the most recent one
    "26.11": (NOVEMBER[26], None),  # reported as a typing error, not last year
    "2 марта": (date(2026, 3, 2), None),
    "9 мая": (date(2026, 5, 9), None),
    "час назад": (NOVEMBER[25], time(13, 5)),
    "полчаса назад": (NOVEMBER[25], time(13, 35)),
    "полтора часа назад": (NOVEMBER[25], time(12, 35)),
    "40 минут назад": (NOVEMBER[25], time(13, 25)),
    "3 дня назад": (NOVEMBER[22], None),
    "день назад": (NOVEMBER[24], None),
    "две недели назад": (NOVEMBER[11], None),
    "вечером": (None, time(19, 0)),
    "ночью": (None, time(2, 0)),
    "18:30": (None, time(18, 30)),
    "в полдень": (NOVEMBER[25], time(12, 0)),
}
NOT_TOLD = (
    *("", "  ", "31.02.2026", "31.02", "30 февраля", "2026", "вчера утром вечером", "вчера вчера"),
    *("когда-то", "вчера в 25:00", "вчера 8:61", "назад", "сто дней назад", "пять раз назад"),
    *("три больших дня назад", "вчера у дома 5", "завтра", "17 рублей"),
)


def test_moments_are_read_as_they_are_told() -> None:
    read = {text: read_moment(text, NOW) for text in TOLD}
    assert read == {text: Moment(*told) for text, told in TOLD.items()}


def test_what_is_not_understood_to_its_last_word_is_not_guessed() -> None:
    assert {text: read_moment(text, NOW) for text in NOT_TOLD} == dict.fromkeys(NOT_TOLD)


def test_a_leap_day_without_a_year_is_read_where_there_is_one() -> None:
    assert read_moment("29.02", datetime(2028, 3, 1)) == Moment(date(2028, 2, 29), None)
    assert read_moment("29.02", datetime(2029, 1, 10)) == Moment(date(2028, 2, 29), None)
    assert read_moment("29.02", datetime(2028, 2, 1)) is None


AHEAD_NOW = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Moscow"))  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("завтра 9:00", "2026-11-26 09:00"),
        ("послезавтра в 14-05", "2026-11-27 14:05"),
        ("сегодня 14:30", "2026-11-25 14:30"),
        ("14:30", "2026-11-25 14:30"),
        ("9:00", "2026-11-26 09:00"),  # already past today
        ("через час", "2026-11-25 10:30"),
        ("через 20 минут", "2026-11-25 09:50"),
        ("через полчаса", "2026-11-25 10:00"),
        ("через 2 дня", "2026-11-27 09:30"),
        ("в пятницу 16:00", "2026-11-27 16:00"),
        ("в среду утром", "2026-12-02 08:00"),  # the next one, not today
        ("27.11 16:00", "2026-11-27 16:00"),
        ("10.01 10:00", "2027-01-10 10:00"),
        ("28 ноября 11:00", "2026-11-28 11:00"),
        ("20.11.2026 10:00", "2026-11-20 10:00"),  # an explicit year is not changed
        ("01/02/2026 10:00", "2026-02-01 10:00"),
        ("вчера 10:00", None),
        ("29.02 10:00", None),  # neither this nor next year is a leap year
        ("завтра", None),
        ("через", None),
        ("через годик", None),
        ("31.02 10:00", None),
        ("как-нибудь завтра", None),
        ("", None),
    ],
)
def test_a_moment_to_come_is_read(text: str, expected: str | None) -> None:
    found = read_ahead(text, AHEAD_NOW)
    assert (None if found is None else f"{found:%Y-%m-%d %H:%M}") == expected


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        (datetime(2027, 12, 1, 9), "29.02 10:00", datetime(2028, 2, 29, 10)),
        (datetime(2028, 2, 1, 9), "29.02 10:00", datetime(2028, 2, 29, 10)),
        (datetime(2028, 2, 20, 9), "29 февраля 10:00", datetime(2028, 2, 29, 10)),
        (datetime(2028, 2, 29, 9), "29.02 10:00", datetime(2028, 2, 29, 10)),
        (datetime(2028, 3, 1, 9), "29.02 10:00", None),
        (datetime(2026, 12, 31, 9), "1 января 9:00", datetime(2027, 1, 1, 9)),
        (datetime(2026, 12, 28, 9), "02.01 10:00", datetime(2027, 1, 2, 10)),
        (datetime(2026, 12, 31, 23, 30), "через час", datetime(2027, 1, 1, 0, 30)),
        (datetime(2026, 12, 31, 23, 59), "0:10", datetime(2027, 1, 1, 0, 10)),
    ],
)
def test_a_moment_to_come_is_read_at_the_ends_of_months_and_years(
    now: datetime, text: str, expected: datetime | None
) -> None:
    assert read_ahead(text, now) == expected
