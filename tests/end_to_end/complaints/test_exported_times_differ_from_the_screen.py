"""Complaint: exports have other times than the screen, and minutes are shown as hours.

The console runs with the time zone of the computer set to UTC and New York; screen, paper and Excel
show the city's time and the same minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.numbering import MOSCOW
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import OPERATOR_NAME, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, stopped_store
from tests.fakes.records import new_call
from tests.fakes.screen_reader import Node, ScreenReader

ZONES = ("UTC", "America/New_York")
# In the city's time zone; in UTC the first is on the previous day, in New York both are.
ANSWERED_AT, MISSED_AT = time(0, 20, 10), time(23, 50, 40)
WAITED, TALKED, WRAPPED_UP, GAVE_UP = (timedelta(seconds=one) for one in (5, 65, 17, 31))
SHORTLY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Rang:
    """The two calls of yesterday."""

    answered: CallRecord
    missed: CallRecord


def bring(store: RegisterStore) -> Rang:
    operator = store.operators()[0]
    yesterday = (datetime.now(MOSCOW) - timedelta(days=1)).date()

    def opened(index: int, at: time) -> CallRecord:
        rang_at = datetime.combine(yesterday, at, MOSCOW).astimezone(UTC)
        return store.open_card(new_call(index, rang_at), operator).result(LIMIT_S)

    rang = opened(1, ANSWERED_AT)
    card = calls.answered(rang, rang.arrived_at + WAITED)
    assert card.answered_at is not None
    card = calls.ended(card, card.answered_at + TALKED, "far_end", 200)
    card = calls.edit(card, content="Справка", result=CallResult.ANSWERED)
    assert card.ended_at is not None
    closed = calls.close(card, card.ended_at + WRAPPED_UP, operator)
    assert isinstance(closed, CallRecord)
    missed = opened(2, MISSED_AT)
    missed = calls.missed(missed, missed.arrived_at + GAVE_UP, "caller_gave_up")
    return Rang(store.close(closed).result(LIMIT_S), store.close(missed).result(LIMIT_S))


def local(at: datetime | None) -> datetime:
    """Returns the time in the city's time zone."""
    assert at is not None
    return at.astimezone(MOSCOW).replace(tzinfo=None)


def shows(*names: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: all of these names are shown; a cell has its row, heading and text."""
    return lambda nodes: set(names) <= {node.name for node in nodes}


def written(desk: ConsoleStage, key: str) -> Path:
    desk.press(key)
    return desk.reports_folder / str(desk.wait_for("t_report_written", STEP_LIMIT_S)["file"])


def rows(book: Any, title: str) -> list[tuple[Any, ...]]:
    """Returns the rows below the headings of a sheet."""
    return list(book[title].iter_rows(min_row=2, values_only=True))


def check(desk: ConsoleStage, reader: ScreenReader, rang: Rang) -> None:
    """Checks the lists and the report of yesterday, then its files."""
    answered, missed = rang.answered, rang.missed
    day = local(answered.arrived_at).date()
    opened_at = datetime.now(MOSCOW).replace(tzinfo=None)
    clock = {f"{opened_at + timedelta(minutes=late):%H:%M}" for late in (0, 1)}
    desk.press("ctrl+m")
    reader.wait_for(desk.console_pid, shows(f"{day:%d.%m.%Y} 23:50", str(missed.number)), "missed")
    reader.wait_for(
        desk.console_pid,
        lambda nodes: bool(clock & {node.name for node in nodes}),
        "the clock of the city",
    )

    desk.press("ctrl+r")
    desk.wait_for("t_report_shown", STEP_LIMIT_S)
    desk.press("alt+Left")
    desk.wait_for("t_report_shown", STEP_LIMIT_S)
    reader.wait_for(
        desk.console_pid,
        shows(
            "0:00–1:00. Принято: 1",
            "0:00–1:00. Разговор: 1:05",
            "23:00–24:00. Пропущено: 1",
            f"{OPERATOR_NAME}. Ожидание: 0:05",
            f"{OPERATOR_NAME}. Оформление: 0:17",
        ),
        "the report of yesterday",
    )
    desk.picture("report")
    on_paper = desk.pdf_text(written(desk, "ctrl+p"))
    for told in ("0:00–1:00", "23:00–24:00", "1:05", "0:17", f"{day:%d.%m.%Y}"):
        assert told in on_paper
    assert any(f"Составлено {opened_at:%d.%m.%Y} {minute}" in on_paper for minute in clock)

    book = openpyxl.load_workbook(written(desk, "alt+w"))
    hours = {row[0]: row for row in rows(book, "По часам")}
    assert hours["0:00–1:00"][2:4] == (1, 0)
    assert hours["0:00–1:00"][6:] == (WAITED, TALKED, WRAPPED_UP)
    assert hours["23:00–24:00"][2:4] == (0, 1)
    assert rows(book, "По дням")[0][0] == datetime.combine(day, time())
    first, second = rows(book, "Каждая запись")
    assert (first[0], second[0]) == (str(answered.number), str(missed.number))
    moments = (answered.arrived_at, answered.answered_at, answered.ended_at, answered.saved_at)
    assert first[5:9] == tuple(map(local, moments))
    assert first[9:] == (WAITED, TALKED, WRAPPED_UP)
    assert (second[5], second[7]) == (local(missed.arrived_at), local(missed.ended_at))
    assert f"{first[5]:%H:%M:%S} {second[5]:%H:%M:%S}" == f"{ANSWERED_AT} {MISSED_AT}"
    parameters = {row[0].value: row[1].value for row in book["Параметры"].iter_rows()}
    assert parameters["Часовой пояс"] == "Europe/Moscow"
    made_at = parameters["Составлено"]
    assert isinstance(made_at, datetime)
    assert timedelta(0) <= made_at - opened_at.replace(microsecond=0) < SHORTLY


def test_screen_paper_and_table_tell_the_city_s_time_wherever_the_computer_is(
    folder: Path, reader: ScreenReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        rang = bring(store)
    monkeypatch.setenv("TZ", ZONES[0])
    with desk:
        check(desk, reader, rang)
        desk.kill_console()
        monkeypatch.setenv("TZ", ZONES[1])
        desk.start_again()
        check(desk, reader, rang)
        kept = desk.record(str(rang.answered.number))

    # Machine-readable times include their zone.
    assert datetime.fromisoformat(kept["arrived_at"]) == rang.answered.arrived_at
