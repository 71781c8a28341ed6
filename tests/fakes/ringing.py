"""Calls to a console whose operator has just become ready."""

from __future__ import annotations

import pytest

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.sip_peers import BaresipCaller, PeerFailed

ATTEMPTS = 3
RINGS_WITHIN_S = 4.0


def call_until_it_rings(desk: ConsoleStage, caller: BaresipCaller) -> None:
    """For some ms after she has become ready the phone has not heard of it, and refuses."""
    for _attempt in range(ATTEMPTS):
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        try:
            caller.wait_for("CALL_RINGING", timeout_s=RINGS_WITHIN_S)
        except PeerFailed:
            desk.wait_for("t_hangup", STEP_LIMIT_S)
        else:
            return
    pytest.fail("the phone goes on refusing calls")
