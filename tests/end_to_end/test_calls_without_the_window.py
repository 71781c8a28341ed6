"""The window is gone and its phone is not: callers go on to another desk, and none is forgotten."""

from __future__ import annotations

from pathlib import Path

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
