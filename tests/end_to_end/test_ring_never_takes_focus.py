"""A ring while the operator types: every letter stays where she types it."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550139"
TEXT = "когда отключат горячую воду на улице Садовой и сколько дней её не будет"


def test_a_ring_leaves_the_letters_in_the_search_field(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        desk.press("F5")
        typing = threading.Thread(target=desk.type, args=(TEXT,))
        typing.start()
        try:
            desk.wait_for("t_search")
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            # It rang while letters were still to come.
            assert typing.is_alive()
            desk.wait_for("t_search")
        finally:
            typing.join()
        (ringing,) = desk.calls_today()
        assert ringing["content"] == ""
        # The text as a whole is still in the field: it is carried into the card and saved there.
        desk.press("ctrl+a")
        desk.press("ctrl+c")
        desk.answer()
        desk.press("ctrl+v")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        (call,) = desk.calls_today()

    assert call["content"] == TEXT
    assert call["result"] == "answered"
