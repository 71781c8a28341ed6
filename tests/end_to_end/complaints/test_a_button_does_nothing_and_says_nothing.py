"""Complaint 15: a key without effect shows the reason, and works as soon as it can."""

from __future__ import annotations

from pathlib import Path

from console.core.default_keys import Key
from console.features.call_card.persons_view import PERSON_KEY
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CITIZEN = "+79005550115"
CONTENT = "Спросил, когда откроют каток."
AT_REST = {
    "F2": Key.ANSWER,
    "F6": Key.MUTE,
    "F8": Key.HANG_UP,
    "shift+F9": Key.SWITCH,
    "ctrl+1": Key.RESULT_ANSWERED,
    "ctrl+3": Key.MAKE_MESSAGE,
    "ctrl+d": Key.PUT_ASIDE,
    "ctrl+p": PERSON_KEY,
    "alt+Return": Key.HAND_IN,
    "ctrl+Return": Key.SAVE,
}


def test_a_key_with_nothing_to_do_says_so_and_the_same_key_works_in_a_call(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        for key, told in AT_REST.items():
            desk.press(key)
            assert desk.wait_for("key_refused", STEP_LIMIT_S)["key"] == told.value
        desk.picture("refused")
        assert desk.calls_today() == []

        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(CONTENT)
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        # No key of the call was refused.
        assert desk.look_for("key_refused") is None
        (call,) = desk.calls_today()

    assert (call["content"], call["result"]) == (CONTENT, "answered")
