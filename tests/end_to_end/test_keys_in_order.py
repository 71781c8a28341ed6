"""With a screen reader, a busy console handles keys in the order of their presses."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.screen_reader import ScreenReader, shows

CALLER = "+79005550146"
CONTENT = "yama u shkoly"


@contextmanager
def standing_still(pid: int) -> Iterator[None]:
    """Stops the process, so all keys arrive together when it continues."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_card_is_saved_with_the_last_letters_before_its_key(
    folder: Path, reader: ScreenReader
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.hang_up()
        # a program must be read before it is notified of its keys
        reader.wait_for(desk.console_pid, shows("Телефонный вызов"), "the card")
        with standing_still(desk.console_pid):
            desk.type_and_press(CONTENT, "ctrl+1")
            desk.press("ctrl+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)

        assert desk.newest_record()["content"] == CONTENT
