"""A broken water main: three callers, one official text, and a call closed by one key."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from console.training.stage import StageFailure
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import (
    POLL_S,
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
    run_command_line,
)

STREET = "Родниковая"
MATTER = "water/outage"
TEXT = "На Родниковой прорвало водовод. Воду дадут к 22 часам."
LATER = "На Родниковой меняют трубу. Воду дадут к полуночи."


def wait_for_incidents(desk: ConsoleStage, *, limit_s: float = STEP_LIMIT_S, **wanted: int) -> None:
    """Returns when the console shows these numbers of candidates, incidents, calls, and this
    version.
    """
    file = desk.data_folder / "log" / "milestones.jsonl"
    until_s = time.monotonic() + limit_s
    told: dict[str, Any] = {}
    while time.monotonic() < until_s:
        lines = file.read_text(encoding="utf-8").split("\n")[:-1]
        read = [line for line in lines if '"t_incidents_read"' in line]
        told = json.loads(read[-1]) if read else {}
        if all(told.get(name) == value for name, value in wanted.items()):
            return
        time.sleep(POLL_S)
    raise StageFailure("incidents", f"{told} and not {wanted}")


def incidents(desk: ConsoleStage) -> list[dict[str, Any]]:
    """Returns the incidents of the store, by the command line."""
    code, told = run_command_line("incidents", "--store", str(desk.data_folder / "register.db"))
    assert code == 0
    return [json.loads(line) for line in told.splitlines()]


def take_up(desk: ConsoleStage, caller: BaresipCaller, words: str) -> None:
    """Answers a call and types the caller's words."""
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()
    desk.type(words)


def test_three_calls_become_an_incident_and_the_next_one_is_closed_by_one_key(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk:
        for house in (5, 12, 30):
            with BaresipCaller(f"+790055501{house:02}") as caller:
                take_up(desk, caller, f"{STREET}, {house}. ")
                desk.take_first_hit("нет холодной воды")
                desk.hang_up()
                desk.save()
                desk.wait_for_state("ready")
        wait_for_incidents(desk, offers=1, declared=0)
        desk.picture("01-offered")

        # the form already has a text, and the supervisor rewords it
        desk.press("ctrl+shift+i")
        desk.press("ctrl+a")
        desk.type(TEXT)
        desk.picture("02-declaring")
        desk.press("ctrl+Return")
        wait_for_incidents(desk, offers=0, declared=1, version=1)
        desk.press("Escape")

        with BaresipCaller("+79005550141") as caller:
            take_up(desk, caller, "на родниковой опять сухой кран")
            desk.picture("03-said")
            desk.press("ctrl+i")
            desk.press("F8")
            desk.wait_for("t_saved", STEP_LIMIT_S)
        closed = desk.newest_record()
        wait_for_incidents(desk, declared=1, calls=1)

        desk.press("ctrl+shift+i")
        desk.press("Return")
        desk.press("ctrl+a")
        desk.type(LATER)
        desk.press("ctrl+Return")
        wait_for_incidents(desk, declared=1, version=2)
        desk.picture("04-edited")
        desk.press("alt+e")
        wait_for_incidents(desk, declared=0)
        desk.picture("05-ended")
        (incident,) = incidents(desk)

    assert (closed["state"], closed["result"], closed["category"]) == ("closed", "answered", MATTER)
    assert closed["content"].startswith("на родниковой опять сухой кран\n")
    assert closed["content"].endswith(f"\n{TEXT}")
    (used,) = closed["used_entries"]
    assert used["key"] == f"incident/{incident['id']}"
    assert (incident["state"], incident["matter"], incident["calls"]) == ("ended", MATTER, 1)
    assert STREET in incident["street"]
    assert [version["text"] for version in incident["versions"]] == [TEXT, LATER, LATER]
    assert incident["declared_at"] < incident["ended_at"]
