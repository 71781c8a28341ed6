"""Complaint: the phone loses its registration after a sleep or a fault without any notice."""

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

CALLER = "+79005550142"
SLEEP_S = 13.0  # the phone detects a sleep from ten seconds on
ALARM_LIMIT_S = 30.0


def registrations(proxy: KamailioProxy) -> int:
    """Returns the number of accepted REGISTERs of the line."""
    return proxy.log.count(f"registered: {LINE}\n")


def test_a_lost_server_is_an_alarm_and_a_sleep_ends_with_a_registration(
    proxy: KamailioProxy, folder: Path
) -> None:
    with (
        ConsoleStage(folder, settings=line_settings(proxy, keep_alive_s=2)) as desk,
        BaresipCaller(CALLER) as caller,
    ):
        proxy.wait_until_registered(LINE)
        assert desk.wait_for_state("ready") == "phone_back"

        # The server is down: the state shows it, and an alarm sounds until it is confirmed.
        proxy.stop()
        assert desk.wait_for_state("offline", ALARM_LIMIT_S) == "phone_lost"
        desk.wait_for("alarm_sounded", ALARM_LIMIT_S)
        desk.picture("no-calls")
        desk.press("shift+F12")
        proxy.start()
        desk.press("ctrl+g")
        assert desk.wait_for_state("ready", ALARM_LIMIT_S) == "phone_back"

        # During the computer's sleep the server loses the registration; the phone registers after
        # waking.
        phone, before = desk.phone_pid, registrations(proxy)
        os.kill(phone, signal.SIGSTOP)
        try:
            proxy.stop()
            proxy.start()
            time.sleep(SLEEP_S)  # the length of the simulated sleep
        finally:
            os.kill(phone, signal.SIGCONT)
        wait_until(lambda: registrations(proxy) > before, timeout_s=STEP_LIMIT_S)
        caller.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Слышно")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.press("ctrl+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        states = desk.states()
        (call,) = desk.calls_today()

    assert [(doing, cause) for doing, _reason, cause in states[:3]] == [
        ("ready", "phone_back"),
        ("offline", "phone_lost"),
        ("ready", "phone_back"),
    ]
    assert call["content"] == "Слышно"
