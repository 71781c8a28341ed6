"""Complaint: a failed hold is shown as hold, and the caller hears private speech.

The remote party rejects the first hold: the same key requests it again and does not end a hold.
"""

from __future__ import annotations

import time
from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.sipp_peer import SippCaller, answer, expect

CONTENT = "Ждёт ответа диспетчера"


def test_a_refused_hold_is_told_and_the_key_holds_again(folder: Path) -> None:
    steps = (
        expect("INVITE"),
        answer("488 Not Acceptable Here"),
        expect("ACK"),
        *SippCaller.agree_to_hold(),
        expect("BYE"),
        answer("200 OK"),
    )
    with ConsoleStage(folder) as desk:
        host, _, port = desk.address.rpartition(":")
        with SippCaller(host, int(port), steps, limit_s=60) as caller:
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type(CONTENT)
            desk.press("F3")
            told = desk.wait_for("call_not_done", STEP_LIMIT_S)
            assert (told["command"], told["code"]) == ("hold", "refused")
            assert desk.look_for("t_held") is None
            # Within a second of the first press a second press counts as accidental.
            until_s = time.monotonic() + STEP_LIMIT_S
            while desk.look_for("t_held") is None:
                assert time.monotonic() < until_s, "the caller was not held"
                desk.press("F3")
            desk.picture("on-hold")
            desk.press("F8")
            desk.wait_for("t_hangup", STEP_LIMIT_S)
            caller.wait()
        desk.press("ctrl+1")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert (record["content"], record["end_cause"]) == (CONTENT, "near_end")
