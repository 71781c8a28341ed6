"""Complaint: missed, rejected, failed calls and those answered by a colleague look the same."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

from console.core.settings.workplace import CITY_ZONE
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage, Tables
from tests.fakes.raw_caller import G729, RawCaller
from tests.fakes.rtp_peer import wait_until

FIRST, SECOND = "+79005550155", "+79005550156"
MESSAGES = "2"  # the digit of the menu
ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"'
QUEUE_LIMIT = 'SIP;cause=408;text="Request Timeout"'
RINGS, REFUSED, NOTHING_IN_COMMON = 180, (480, 486, 603), 488


def ring(desk: ConsoleStage, caller: RawCaller) -> None:
    assert caller.call() == RINGS
    desk.wait_for("t_offer", RING_LIMIT_S)


def never_open_now() -> dict[str, str | int]:
    """Returns service hours half a day from now."""
    hour = (datetime.now(CITY_ZONE) + timedelta(hours=12)).hour
    return {"opens": f"{hour:02}:00", "closes": f"{hour:02}:01"}


def test_what_became_of_a_call_that_nobody_took_is_told_apart(folder: Path) -> None:
    settings: Tables = {
        "phone": {"call_limit": 1},
        "states": {"unanswered_ring_s": 0},
        "line": never_open_now(),
    }
    with (
        ConsoleStage(folder, settings=settings) as desk,
        RawCaller(desk.address, FIRST) as first,
        RawCaller(desk.address, SECOND) as second,
    ):
        desk.wait_for_state("ready")
        ring(desk, first)
        first.give_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        ring(desk, first)
        first.give_up(ELSEWHERE)
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        ring(desk, first)
        first.give_up(QUEUE_LIMIT)
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # While it rings a second call is refused; then the operator rejects it.
        ring(desk, first)
        assert second.call() in REFUSED
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.press("F8")
        assert first.answered() in REFUSED
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # The PBX offers a codec that this phone does not support: it cannot ring.
        assert second.call(G729) == NOTHING_IN_COMMON
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # The phone process dies while it rings: a technical failure, recorded as such.
        ring(desk, first)
        os.kill(desk.phone_pid, signal.SIGKILL)
        address = str(desk.wait_for("phone_connected", RING_LIMIT_S)["address"])
        desk.adopt_phone()
        desk.wait_for("t_hangup", STEP_LIMIT_S)

        # At other work she gets no calls.
        desk.press("F9")
        desk.press(MESSAGES)
        desk.wait_for_state("not_ready")
        with RawCaller(address, FIRST) as third:
            assert third.call() in REFUSED
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"] * 8,
            timeout_s=STEP_LIMIT_S,
        )
        desk.press("ctrl+m")
        desk.pause(0.5)
        desk.picture("missed")
        records = [desk.record(call["number"]) for call in desk.calls_today()]

    assert [record["end_cause"] for record in records] == [
        "caller_gave_up",
        "answered_elsewhere",
        "not_answered",
        "rejected",
        "busy",  # it arrived while the previous one rang
        "no_common_codec",
        "failed",
        "do_not_disturb",
    ]
    assert [record["caller_number_raw"] for record in records].count(SECOND) == 2
    # None was answered here, each is one record, and each records that the line was closed.
    assert {record["result"] for record in records} == {"not_answered"}
    assert {record["answered_at"] for record in records} == {None}
    assert {record["out_of_hours"] for record in records} == {True}
