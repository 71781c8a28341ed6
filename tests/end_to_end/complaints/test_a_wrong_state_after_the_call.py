"""Complaint: after a call the operator is in an unwanted state, without an explanation."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550141"
ALARM_LIMIT_S = 20.0
LUNCH, MESSAGES = "7", "2"  # the digits of the menu


def _ring(desk: ConsoleStage, caller: BaresipCaller) -> None:
    """Makes a call: the telephone rings as soon as the operator is ready."""
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    caller.wait_for("CALL_RINGING")


def test_every_change_is_wanted_or_told_with_its_cause_and_what_was_before_comes_back(
    folder: Path,
) -> None:
    settings = {"states": {"wrap_up_s": 8, "extension_s": 2}}
    with ConsoleStage(folder, settings=settings) as desk, BaresipCaller(CALLER) as caller:
        assert desk.wait_for_state("ready") == "phone_back"

        # At other work: the telephone does not ring, and the caller gets busy.
        desk.press("F9")
        desk.press(MESSAGES)
        assert desk.wait_for_state("not_ready") == "chosen"
        caller.dial(f"sip:100@{desk.address}")
        caller.wait_for("CALL_CLOSED", where=lambda event: "486" in str(event["param"]))
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # Ready; a break requested during the call starts after the record.
        desk.press("F9")
        assert desk.wait_for_state("ready") == "chosen"
        _ring(desk, caller)
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

        # The wrap-up time expires: she gets calls, and her record is still open.
        desk.press("F9")
        assert desk.wait_for_state("ready") == "chosen"
        caller.wait_for("CALL_CLOSED")
        _ring(desk, caller)
        desk.answer()
        desk.type("Не дописано")
        desk.hang_up()
        assert desk.wait_for_state("ready") == "wrap_up_over"
        desk.picture("time-out")
        desk.press("ctrl+0")
        desk.press("ctrl+shift+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)

        # A killed program leaves no operator signed in for the night.
        desk.kill_console()
        desk.start_again()
        desk.wait_for_state("ready")
        states = desk.states()
        told = desk.calls_today()
        (refused,) = (call for call in told if call["result"] == "not_answered")
        first, second = (call for call in told if call != refused)

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
    assert refused["end_cause"] == "do_not_disturb"
    assert (first["content"], first["state"]) == ("Спросил про график", "closed")
    assert (second["content"], second["state"]) == ("Не дописано", "closed")


def test_nobody_is_shown_as_ready_whose_phone_does_not_say_so(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        assert desk.wait_for_state("ready") == "phone_back"
        desk.press("F9")
        desk.press(MESSAGES)
        assert desk.wait_for_state("not_ready") == "chosen"

        # The phone process hangs: her chosen state is not effective yet, and soon she is notified
        # of the lost phone.
        phone = desk.phone_pid
        os.kill(phone, signal.SIGSTOP)
        try:
            desk.press("F9")
            assert desk.wait_for_state("offline", ALARM_LIMIT_S) == "phone_lost"
            desk.wait_for("alarm_sounded", ALARM_LIMIT_S)
            desk.picture("hangs")
            desk.press("shift+F12")
        finally:
            os.kill(phone, signal.SIGCONT)
        assert desk.wait_for_state("ready") == "phone_back"
        _ring(desk, caller)
        desk.answer()
        desk.type("Слышно")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.press("ctrl+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        states = desk.states()
        (call,) = desk.calls_today()

    assert states[:4] == [
        ("ready", "", "phone_back"),
        ("not_ready", "messages", "chosen"),
        ("offline", "", "phone_lost"),
        ("ready", "", "phone_back"),
    ]
    assert call["content"] == "Слышно"
