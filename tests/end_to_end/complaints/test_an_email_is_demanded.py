"""Complaint: an e-mail is required from a caller without one, and operators invent one."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550152"
QUESTION, PLACE, WHEN = "когда вывозят мусор", "ул. Родниковая, д. 14", "вчера 18:30"


def test_calls_and_messages_are_saved_without_name_and_email(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(QUESTION)
        desk.press("ctrl+1")
        desk.press("ctrl+e")  # he was asked, and has none
        desk.hang_up()
        desk.save()
        desk.wait_for_state("ready")
        refused = desk.newest_record()

        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("не горит фонарь")
        desk.press("ctrl+3")
        desk.type(PLACE)
        desk.press("Tab")
        desk.type(WHEN)
        desk.press("Tab", times=2)
        desk.type("фонар")
        desk.press("Tab")
        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.hang_up()
        desk.save()
        unasked = desk.newest_record()
        message = desk.message_of(unasked)

    assert refused["state"] == unasked["state"] == "closed"
    assert [record["email"] for record in (refused, unasked, message)] == [None] * 3
    # having none is an answer, different from a field that was not asked
    assert refused["email_absence"] == "not_given"
    assert unasked["email_absence"] == message["email_absence"] == "not_asked"
    assert refused["name_absence"] == message["name_absence"] == "not_asked"
