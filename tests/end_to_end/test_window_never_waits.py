"""The GUI thread blocks on no store, server or thread, from the start to the save."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550161"
QUESTION = "когда вывозят мусор"
PAGES = (
    "F1", "F10", "F11", "shift+F11", "ctrl+m", "ctrl+shift+d", "ctrl+h", "ctrl+o", "ctrl+r",
    "alt+m", "alt+s", "alt+k", "shift+F5", "alt+u", "alt+p", "ctrl+shift+i", "F4",
)  # fmt: skip


class ListenedStage(ConsoleStage):
    """The console records the waits of its GUI thread."""

    def __init__(self, folder: Path, dsn: str | None = None) -> None:
        super().__init__(folder, dsn=dsn)
        self._waits = folder / "waits.jsonl"
        self.program = ("-m", "tests.fakes.waits_of_the_window", str(self._waits))

    def waits(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Returns the listener's own waits, which prove that it works, and those of the console."""
        lines = self._waits.read_text(encoding="utf-8").split("\n")[:-1]
        waits = [json.loads(line) for line in lines]
        return (
            [each for each in waits if not each["stack"]],
            [each for each in waits if each["stack"]],
        )


def test_who_signs_in_makes_the_window_wait_neither_for_a_store_nor_for_the_centre(
    folder: Path, dsn: str
) -> None:
    with ListenedStage(folder, dsn) as desk:
        desk.kill_console()
        desk.start_again()
        desk.wait_until_still()
        heard, waited = desk.waits()

    assert {each["kind"] for each in heard} >= {"statement", "wait"}
    assert waited == []


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
        heard, waited = desk.waits()

    assert {each["kind"] for each in heard} >= {"statement", "wait"}
    assert waited == []
