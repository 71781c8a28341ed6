"""Complaint: after a call the operator is in another state than she wants, and nobody says why."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.fakes.ringing import call_until_it_rings
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550141"
LUNCH, MESSAGES = "7", "2"  # the digits of the menu


def test_every_change_is_wanted_or_told_with_its_cause_and_what_was_before_comes_back(
    folder: Path,
) -> None:
    settings = {"states": {"wrap_up_s": 8, "extension_s": 2}}
    with ConsoleStage(folder, settings=settings) as desk, BaresipCaller(CALLER) as caller:
        assert desk.wait_for_state("ready") == "phone_back"

        # At other work: the telephone does not ring, and the caller hears that it is busy.
        desk.press("F9")
        desk.press(MESSAGES)
        assert desk.wait_for_state("not_ready") == "chosen"
        caller.dial(f"sip:100@{desk.address}")
        caller.wait_for("CALL_CLOSED", where=lambda event: "486" in str(event["param"]))
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # Ready; in the call a break is asked for, and comes after the record.
        desk.press("F9")
        assert desk.wait_for_state("ready") == "chosen"
        call_until_it_rings(desk, caller)
        desk.answer()
        desk.press("F9")
        desk.press(LUNCH)
        desk.type("Спросил про график")
        desk.press("ctrl+1")
        desk.press("F8")
        assert desk.wait_for_state("wrap_up") == "call_over"
        desk.press("F3")
        desk.picture("wrap-up")
        desk.press("ctrl+Return")
        assert desk.wait_for_state("break") == "record_saved"

        # The time of a wrap-up runs out: she takes calls, and her record waits.
        desk.press("F9")
        caller.wait_for("CALL_CLOSED")
        call_until_it_rings(desk, caller)
        desk.answer()
        desk.type("Не дописано")
        desk.hang_up()
        assert desk.wait_for_state("ready") == "wrap_up_over"
        desk.picture("time-out")
        desk.press("ctrl+0")
        desk.press("ctrl+shift+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)

        # A program that dies leaves nobody at work for the night.
        desk.kill_console()
        desk.start_again()
        desk.wait_for_state("ready")
        states = desk.states()
        told = desk.calls_today()
        refused = [call for call in told if call["result"] == "not_answered"]
        first, second = (call for call in told if call not in refused)

    assert states == [
        ("ready", "", "phone_back"),
        ("not_ready", "messages", "chosen"),
        ("ready", "", "chosen"),
        ("talking", "", "call_taken"),
        ("wrap_up", "", "call_over"),
        ("break", "lunch", "record_saved"),
        ("ready", "", "chosen"),
        ("talking", "", "call_taken"),
        ("wrap_up", "", "call_over"),
        ("ready", "", "wrap_up_over"),
        ("offline", "", "program_ended"),
        ("ready", "", "phone_back"),
    ]
    # where she was called before the telephone had heard that she is ready, it refused that too
    assert {call["end_cause"] for call in refused} == {"do_not_disturb"}
    assert (first["content"], first["state"]) == ("Спросил про график", "closed")
    assert (second["content"], second["state"]) == ("Не дописано", "closed")
