"""Locked during a call: a real call is muted, held, answered and ended from the lock page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import (
    OPERATOR_PASSWORD,
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.screen_reader import Node, ScreenReader, announces

CALLER = "+79005550161"
TEXT = "не горит фонарь"
TALKS, IS_HELD = "Идёт разговор", "Абонент на удержании"
HEARD, UNHEARD = "Микрофон включён: вас слышно", "Микрофон выключен: вас не слышно"
LOCKED = "Рабочее место заблокировано"
SLIP_S = 1.1  # a repeated key within a second is ignored


def names(words: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: any shown node has these words in its name."""
    return lambda nodes: any(words in node.name for node in nodes)


def test_the_call_goes_on_behind_the_lock_and_its_keys_lead_it(
    folder: Path, reader: ScreenReader
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        desk.type(TEXT)
        desk.press("ctrl+l")
        reader.wait_for(desk.console_pid, names(TALKS), TALKS)
        nodes = reader.wait_for(desk.console_pid, names(HEARD), HEARD)
        desk.picture("01-locked")
        told = " ".join(f"{node.name} {node.description}" for node in nodes)
        assert TEXT not in told
        assert CALLER[-4:] not in told

        desk.press("F6")
        reader.wait_for(desk.console_pid, names(UNHEARD), UNHEARD)
        desk.press("F3")
        reader.wait_for(desk.console_pid, names(IS_HELD), IS_HELD)
        desk.picture("02-held")
        desk.pause(SLIP_S)
        desk.press("F3")
        reader.wait_for(desk.console_pid, names(TALKS), TALKS)
        desk.press("F6")
        reader.wait_for(desk.console_pid, names(HEARD), HEARD)

        desk.press("F2")  # the desk's other keys do nothing here
        desk.press("F8")
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        caller.wait_for("CALL_CLOSED")
        reader.wait_to_hear(announces("Разговор закончен в "))
        desk.picture("03-over")

        desk.type_and_press(OPERATOR_PASSWORD, "Return")
        reader.wait_for(desk.console_pid, lambda nodes: not names(LOCKED)(nodes), "the desk")
        desk.press("ctrl+1")
        desk.save()
        record = desk.newest_record()

    assert record["content"] == TEXT
    assert record["end_cause"] == "near_end"
