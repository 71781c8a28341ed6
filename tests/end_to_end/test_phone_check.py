"""The phone check by its keys, through an independent registrar; a killed phone process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.registered_line import LINE, line_settings
from tests.fakes.rtp_peer import wait_until

CITIZEN = "+79005550136"
CHECKS = 5


def ring(desk: ConsoleStage, proxy: KamailioProxy, caller: BaresipCaller) -> None:
    caller.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
    desk.wait_for("t_offer", RING_LIMIT_S)


def test_the_check_passes_and_leaves_no_trace_in_the_register(
    proxy: KamailioProxy, folder: Path
) -> None:
    with ConsoleStage(folder, settings=line_settings(proxy)) as desk:
        proxy.wait_until_registered(LINE)
        desk.press("F12")
        desk.press("Return")
        found = [desk.wait_for("phone_checked", STEP_LIMIT_S) for _ in range(CHECKS)]
        desk.picture("checked")
        assert {each["check"]: each["verdict"] for each in found} == {
            "registration": "passed",
            "call": "passed",
            "echo": "passed",
            "microphone": "passed",
            "ringer": "passed",
        }
        assert desk.look_for("t_offer") is None
        assert desk.calls_today() == []


def test_a_citizen_who_calls_during_the_check_is_answered(
    proxy: KamailioProxy, folder: Path
) -> None:
    with (
        ConsoleStage(folder, settings=line_settings(proxy)) as desk,
        BaresipCaller(CITIZEN) as caller,
    ):
        proxy.wait_until_registered(LINE)
        desk.press("F12")
        desk.press("Return")
        found = [desk.wait_for("phone_checked", STEP_LIMIT_S) for _ in range(2)]
        assert [each["check"] for each in found] == ["registration", "call"]
        ring(desk, proxy, caller)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        desk.press("ctrl+1")
        desk.type("Звонок во время проверки.")
        desk.hang_up()
        desk.save()
        # The ring ended the check: its later findings were not reported.
        assert desk.look_for("phone_checked") is None
        (call,) = desk.calls_today()

    assert call["content"] == "Звонок во время проверки."
    assert call["result"] == "answered"


def test_a_killed_phone_process_is_told_replaced_and_registered_within_seconds(
    proxy: KamailioProxy, folder: Path
) -> None:
    with (
        ConsoleStage(folder, settings=line_settings(proxy)) as desk,
        BaresipCaller(CITIZEN) as caller,
    ):
        proxy.wait_until_registered(LINE)
        desk.wait_for("registered", STEP_LIMIT_S)
        killed_pid, killed_s = desk.phone_pid, time.monotonic()
        os.kill(killed_pid, signal.SIGKILL)
        desk.wait_for("phone_lost", STEP_LIMIT_S)
        assert time.monotonic() - killed_s < 1.0
        desk.wait_for("registered", STEP_LIMIT_S)
        desk.adopt_phone()
        assert desk.phone_pid != killed_pid
        desk.press("F12")
        desk.picture("restarted")
        ring(desk, proxy, caller)
        caller.hang_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"],
            timeout_s=STEP_LIMIT_S,
        )
