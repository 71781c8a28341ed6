"""Without a responding window the phone continues: callers are sent to another desk, and none is
lost.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from telephony.link.attendance import LEAST_LOOKS
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.fakes.raw_caller import RawCaller
from tests.fakes.rtp_peer import wait_until

FIRST, SECOND = "+79005550157", "+79005550158"
RINGS, GIVEN_BACK = 180, 480


def test_who_calls_a_desk_without_its_window_is_given_back_and_stands_among_the_missed(
    folder: Path,
) -> None:
    with (
        ConsoleStage(folder, settings={"phone": {"console_wait_s": 1}}) as desk,
        RawCaller(desk.address, FIRST) as first,
        RawCaller(desk.address, SECOND) as second,
    ):
        desk.wait_for_state("ready")
        desk.kill_console()
        assert first.call() == RINGS
        assert first.answered() == GIVEN_BACK
        assert second.call() == GIVEN_BACK

        desk.start_again()
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"] * 2,
            timeout_s=STEP_LIMIT_S,
        )
        desk.press("ctrl+m")
        desk.wait_until_still()
        desk.picture("missed")
        records = [desk.record(call["number"]) for call in desk.calls_today()]
    told = [(record["caller_number_raw"], record["end_cause"]) for record in records]
    assert told == [(FIRST, "nobody_there"), (SECOND, "nobody_there")]
    assert {record["result"] for record in records} == {"not_answered"}


def test_a_window_that_hangs_gives_its_callers_back_and_has_them_when_it_wakes(
    folder: Path,
) -> None:
    with (
        ConsoleStage(folder, settings={"phone": {"console_wait_s": 1}}) as desk,
        RawCaller(desk.address, FIRST) as first,
        RawCaller(desk.address, SECOND) as second,
    ):
        desk.wait_for_state("ready")
        assert second.call() == RINGS
        desk.wait_for("t_offer", STEP_LIMIT_S)
        os.kill(desk.console_pid, signal.SIGSTOP)
        try:
            assert second.answered() == GIVEN_BACK
            assert [first.call() for _try in range(3)] == [GIVEN_BACK] * 3
        finally:
            os.kill(desk.console_pid, signal.SIGCONT)
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"] * 2,
            timeout_s=STEP_LIMIT_S,
        )
        desk.press("ctrl+m")
        desk.wait_until_still()
        desk.picture("missed-while-it-hung")
        records = {
            record["caller_number_raw"]: record
            for record in (desk.record(call["number"]) for call in desk.calls_today())
        }
        assert {record["end_cause"] for record in records.values()} == {"nobody_there"}
        assert records[SECOND]["content"] == ""
        assert records[FIRST]["content"].startswith("Ещё 2 попытки дозвониться, последняя в ")
        # and the desk accepts new calls again, for longer than a hanging one would
        assert first.call() == RINGS
        rang_s = time.monotonic()
        wait_until(lambda: time.monotonic() - rang_s > LEAST_LOOKS + 2, timeout_s=STEP_LIMIT_S)
        first.give_up()
