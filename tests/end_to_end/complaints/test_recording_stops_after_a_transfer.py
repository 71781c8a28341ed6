"""Complaint: the recording stops with a transfer, its parts belong to nothing, and no sign is seen.

The sign itself, in words, is proved with the call bar; here it is the sound that is looked at.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import soundfile

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller
from tests.fakes.sipp_peer import SippCaller, answer, expect

AFTER_S = 2.0  # what is talked once the caller is back
SPARE_S = 1.0  # the recording begins with the sound, and a busy machine begins it late
STEPS = (
    *SippCaller.agree_to_hold(),  # held for the consultation
    *SippCaller.agree_to_hold(),  # and taken up again
    expect("BYE"),
    answer("200 OK"),
)


def length_s(file: Path) -> float:
    return float(soundfile.info(file).duration)


def test_a_call_is_recorded_through_a_consultation_and_all_its_parts_are_its_own(
    folder: Path,
) -> None:
    sounds = folder / "sounds"
    sounds.mkdir()
    recording: dict[str, str | int] = {"automatic": True, "directory": str(sounds)}
    with (
        ConsoleStage(folder, settings={"recording": recording}) as desk,
        BaresipCaller("302", auto_answer=True) as colleague,
    ):
        host, _, port = desk.address.rpartition(":")
        with SippCaller(host, int(port), STEPS, limit_s=60) as caller:
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("Просит соединить")
            desk.picture("recording")
            desk.press("F7")
            desk.type(colleague.uri)
            desk.press("Return")
            desk.wait_for("t_held", STEP_LIMIT_S)
            colleague.wait_for("CALL_ESTABLISHED")
            desk.wait_for("t_answer", STEP_LIMIT_S)
            desk.press("F3")
            desk.wait_for("t_resumed", STEP_LIMIT_S)
            colleague.wait_for("CALL_CLOSED")
            desk.pause(AFTER_S)
            desk.hang_up()
            caller.wait()
        desk.press("ctrl+1")
        desk.save()
        (call,) = desk.calls_today()
        wait_until(
            lambda: len(desk.record(call["number"])["recordings"]) == 2, timeout_s=STEP_LIMIT_S
        )
        record = desk.record(call["number"])

    whole, asked = (sounds / name for name in record["recordings"])
    assert {file.name for file in sounds.iterdir()} == {whole.name, asked.name}
    answered, ended = (datetime.fromisoformat(record[at]) for at in ("answered_at", "ended_at"))
    assert length_s(whole) > (ended - answered).total_seconds() - SPARE_S
    assert length_s(whole) > length_s(asked) + AFTER_S - SPARE_S
