"""Out of hours (5.4): an announcement is selected in the window, and the phone plays it."""

from __future__ import annotations

from pathlib import Path

from telephony.media.wav import read_wav, write_wav
from tests.end_to_end.complaints.test_calls_nobody_took_are_all_one import never_open_now
from tests.fakes.audio_measure import align_and_correlate, speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage, Tables
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550159"
TABS_TO_REASON = 12


def test_a_caller_out_of_hours_hears_the_announcement_and_stands_among_the_missed(
    folder: Path,
) -> None:
    spoken = folder / "closed.wav"
    write_wav(spoken, speech_like(3.0), 8000)
    settings: Tables = {"line": {**never_open_now(), "announcement": str(spoken)}}
    with ConsoleStage(folder, settings=settings) as desk, BaresipCaller(CALLER) as caller:
        desk.wait_for_state("ready")
        desk.press("alt+k")
        desk.press("alt+w")
        desk.press("Right")
        desk.press("Tab", times=TABS_TO_REASON)
        desk.type("ночью операторов нет")
        desk.wait_until_still()
        desk.picture("01-line")
        desk.press("ctrl+Return")
        desk.wait_for("t_terms_looked_at", STEP_LIMIT_S)
        desk.press("ctrl+Return")
        desk.wait_for("t_city_changed", STEP_LIMIT_S)
        desk.press("Escape")
        desk.wait_until_still()
        desk.picture("02-closed")

        caller.dial(f"sip:301@{desk.address}")
        caller.wait_for("CALL_ESTABLISHED")
        caller.wait_for("CALL_CLOSED")
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"],
            timeout_s=STEP_LIMIT_S,
        )
        desk.press("ctrl+m")
        desk.wait_until_still()
        desk.picture("03-missed")
        (call,) = desk.calls_today()
        record = desk.record(call["number"])
        heard = align_and_correlate(read_wav(spoken), read_wav(caller.heard), 8000)
    assert record["caller_number_raw"] == CALLER
    assert record["end_cause"] == "announced_out_of_hours"
    assert record["out_of_hours"]
    assert (record["result"], record["answered_at"]) == ("not_answered", None)
    assert heard.correlation > 0.9
