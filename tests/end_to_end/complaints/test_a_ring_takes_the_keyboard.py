"""Complaint: an incoming call takes the keyboard focus from the text field."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550139"
TEXT = "когда отключат горячую воду на улице Садовой и сколько дней её не будет"
RINGS = 20


class SteadyTyping:
    """Types words on a thread until stopped, and stores the typed text."""

    def __init__(self, type_text: Callable[[str], None]) -> None:
        self._type = type_text
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="typing")
        self.text = ""

    def _run(self) -> None:
        for word in cycle(TEXT.split()):
            if self._stop.is_set():
                return
            more = f" {word}" if self.text else word
            self._type(more)
            self.text += more

    def wait_for_more(self) -> None:
        """Returns after another word."""
        before = len(self.text)
        wait_until(lambda: len(self.text) > before, timeout_s=STEP_LIMIT_S)

    def __enter__(self) -> SteadyTyping:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def test_text_typed_through_twenty_rings_loses_no_letter_and_answers_no_call(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        desk.press("F5")
        with SteadyTyping(desk.type) as typing:
            desk.wait_for("t_search")
            for _ring in range(RINGS):
                caller.dial(f"sip:100@{desk.address}")
                desk.wait_for("t_offer", RING_LIMIT_S)
                typing.wait_for_more()  # keys are pressed during every ring
                caller.hang_up()
                desk.wait_for("t_hangup", STEP_LIMIT_S)
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        # The complete text is still in the field: it is copied into the card and saved there.
        desk.press("ctrl+a")
        desk.press("ctrl+c")
        desk.answer()
        desk.press("ctrl+v")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        *rung, answered = desk.calls_today()

    assert len(rung) == RINGS
    assert {(call["answered_at"], call["content"]) for call in rung} == {(None, "")}
    assert answered["content"] == typing.text
    assert answered["result"] == "answered"
