"""Complaint 21: a supervisor sees each pause with reason and duration, and averages per
operator.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import OPERATOR_NAME, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CITIZEN = "+79005550121"
LUNCH = "7"  # in the menu of F9, after ready, four kinds of work and the rest
PAUSE, REASONS = "Перерыв: Обед", "Без вызовов, по причинам"
ROUNDED = timedelta(seconds=1)


def at(told: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(told["at"]))


def written(desk: ConsoleStage, key: str) -> Path:
    desk.press(key)
    return desk.reports_folder / str(desk.wait_for("t_report_written", STEP_LIMIT_S)["file"])


def rows(file: Path, title: str) -> list[tuple[Any, ...]]:
    """Returns the rows below the headings of the sheet."""
    book = openpyxl.load_workbook(file)
    return list(book[title].iter_rows(min_row=2, values_only=True))


def test_the_report_names_state_reason_and_time_as_the_store_has_them(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Спросили номер приёмной.")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        desk.wait_for_state("ready")
        desk.press("F9")
        desk.press(LUNCH)
        began = at(desk.wait_for("state_changed", STEP_LIMIT_S))

        desk.press("ctrl+r")
        desk.wait_for("t_report_shown", STEP_LIMIT_S)
        desk.press("alt+s")
        shown = desk.wait_for("t_report_shown", STEP_LIMIT_S)
        assert shown["report"] == "operators"
        desk.picture("operators")
        on_paper = desk.pdf_text(written(desk, "ctrl+p")).replace("\n", " ")
        table = written(desk, "alt+w")
        going_on = at(shown) - began
        ((_name, state, so_far),) = rows(table, "Сейчас")
        ((_name, reason, times, in_all, longest),) = rows(table, REASONS)
        assert (state, reason, times) == (PAUSE, PAUSE, 1)
        for told in (so_far, in_all, longest):
            assert abs(told - going_on) <= ROUNDED

        # It ends, and its duration is unchanged.
        desk.press("Escape")
        desk.press("F9")
        ended = at(desk.wait_for("state_changed", STEP_LIMIT_S))
        desk.press("ctrl+r")
        desk.wait_for("t_report_shown", STEP_LIMIT_S)
        table = written(desk, "alt+w")
        states = desk.states()
        (call,) = desk.calls_today()

    assert [state[:2] for state in states[-2:]] == [("break", "lunch"), ("ready", "")]
    seconds = round(so_far.total_seconds())
    for words in (OPERATOR_NAME, PAUSE, REASONS, "Дольше всех ждали", f"0:{seconds:02}"):
        assert words in on_paper

    ((name, reason, count, in_all, longest),) = rows(table, REASONS)
    assert (name, reason, count) == (OPERATOR_NAME, PAUSE, 1)
    assert in_all == longest
    assert abs(in_all - (ended - began)) <= ROUNDED
    ((name, answered, waited, talked, wrapped_up),) = rows(table, "Вызовов")
    moments = [
        datetime.fromisoformat(call[step])
        for step in ("arrived_at", "answered_at", "ended_at", "saved_at")
    ]
    measured = [after - before for before, after in zip(moments, moments[1:], strict=False)]
    assert (name, answered) == (OPERATOR_NAME, 1)
    for told, truth in zip((waited, talked, wrapped_up), measured, strict=True):
        assert abs(told - truth) <= ROUNDED
