"""A link of another program is forwarded to the running console, dialled by a key, and recorded."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage


def test_a_second_start_hands_over_its_link_and_the_call_is_a_record(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller("302", auto_answer=True) as citizen:
        assert desk.start_once_more(citizen.uri) == 0
        assert desk.look_for("t_dial") is None  # a link alone makes no call
        desk.press("Return")
        desk.wait_for("t_dial", STEP_LIMIT_S)
        desk.wait_for("t_answer", STEP_LIMIT_S)
        desk.type("Перезвонили: воду дали")
        desk.press("ctrl+1")
        desk.hang_up()
        citizen.wait_for("CALL_CLOSED")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert (record["direction"], record["result"]) == ("outgoing", "answered")
    assert record["content"] == "Перезвонили: воду дали"
    assert record["end_cause"] == "near_end"
