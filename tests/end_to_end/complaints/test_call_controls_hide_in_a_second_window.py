"""Complaint: the call buttons are in a second window, which is hidden, or disabled in the first.

One window has them all on every page; two calls run in parallel, each in its card.
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

SLOWLY_MS = 250  # for a key: a second switch within a second would count as one press
FIRST, SECOND = "+79005550137", "+79005550139"


def test_two_calls_are_led_by_keys_in_one_window(folder: Path) -> None:
    with (
        ConsoleStage(folder) as desk,
        BaresipCaller(FIRST) as first,
        BaresipCaller(SECOND) as second,
    ):
        desk.press("F1")  # another page than the call's
        first.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        first.wait_for("CALL_ESTABLISHED")
        desk.type("Первый вызов")
        desk.press("F6")
        desk.press("F6")

        second.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.picture("second-call")
        assert desk.windows() == 1
        desk.press("shift+F9")
        desk.wait_for("t_answer", STEP_LIMIT_S)
        second.wait_for("CALL_ESTABLISHED")
        first.wait_for_log(r"a=sendonly")
        desk.type("Второй вызов", key_ms=SLOWLY_MS)
        desk.press("shift+F9")
        desk.wait_for("t_resumed", STEP_LIMIT_S)
        desk.type(" продолжен")
        assert desk.windows() == 1

        desk.press("ctrl+1")
        desk.press("ctrl+Return")  # saved with its call
        desk.press("F8")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        first.wait_for("CALL_CLOSED")
        desk.press("F3")  # the second one still waits
        desk.wait_for("t_resumed", STEP_LIMIT_S)
        desk.press("ctrl+1")
        second.hang_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.save()
        records = [desk.record(call["number"]) for call in desk.calls_today()]

    assert [record["content"] for record in records] == ["Первый вызов продолжен", "Второй вызов"]
    assert {record["state"] for record in records} == {"closed"}
    assert [record["end_cause"] for record in records] == ["near_end", "far_end"]
