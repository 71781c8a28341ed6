"""Complaint 15: a key that can do nothing says why, and does its work as soon as it can."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.sip_peers import BaresipCaller

CITIZEN = "+79005550115"
CONTENT = "Спросил, когда откроют каток."
AT_REST = {
    "F2": "F2",
    "F6": "F6",
    "F8": "F8",
    "ctrl+F2": "Ctrl+F2",
    "ctrl+1": "Ctrl+1",
    "ctrl+3": "Ctrl+3",
    "ctrl+d": "Ctrl+D",
    "ctrl+p": "Ctrl+P",
    "alt+Return": "Alt+Return",
    "ctrl+Return": "Ctrl+Return",
}


def test_a_key_with_nothing_to_do_says_so_and_the_same_key_works_in_a_call(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        for key, told in AT_REST.items():
            desk.press(key)
            assert desk.wait_for("key_refused", STEP_LIMIT_S)["key"] == told
        desk.picture("refused")
        assert desk.calls_today() == []

        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(CONTENT)
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        # No key of the call was refused: each did what it is for.
        assert desk.look_for("key_refused") is None
        (call,) = desk.calls_today()

    assert (call["content"], call["result"]) == (CONTENT, "answered")
