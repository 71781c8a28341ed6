"""The window's own thread asks no store and no server, from the desk's first moment to the save."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550161"
QUESTION = "когда вывозят мусор"
PAGES = (
    "F1", "F10", "F11", "shift+F11", "ctrl+m", "ctrl+shift+d", "ctrl+h", "ctrl+o", "ctrl+r",
    "alt+m", "alt+s", "alt+k", "shift+F5", "alt+u", "alt+p", "ctrl+shift+i", "F4",
)  # fmt: skip


class ListenedStage(ConsoleStage):
    """The console tells what its window waits for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.desk_at = datetime.now(UTC)
        self._waits = folder / "waits.jsonl"
        self.program = ("-m", "tests.fakes.waits_of_the_window", str(self._waits))

    def _wait_for_phone(self) -> None:
        super()._wait_for_phone()
        self.desk_at = datetime.now(UTC)

    def waits(self) -> list[dict[str, Any]]:
        lines = self._waits.read_text(encoding="utf-8").split("\n")[:-1]
        return [json.loads(line) for line in lines]


def test_no_call_page_or_search_makes_the_window_wait_for_a_store(folder: Path) -> None:
    with ListenedStage(folder) as desk, BaresipCaller(CALLER) as caller:
        for page in PAGES:
            desk.press(page)
        desk.press("Escape", 2)
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(QUESTION)
        wanted = [str(hit["id"]) for hit in desk.search(QUESTION)[:3]]
        while str(desk.wait_for("t_search", STEP_LIMIT_S)["hits"]).split() != wanted:
            pass
        desk.press("alt+1")
        desk.wait_for("t_hit_accepted", STEP_LIMIT_S)
        desk.hang_up()
        desk.save()
        told = desk.waits()

    # The store is opened before there is a desk: that much the window waits for, and is told.
    assert "statement" in {each["kind"] for each in told}
    late = [each for each in told if datetime.fromisoformat(each["at"]) >= desk.desk_at]
    assert late == []
