"""Complaint: nobody knows which line was dialled, which queue it was and who handed it over."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sipp_peer import SippCaller, answer, expect

LINE, QUEUE, COLLEAGUE, FIRST_CALLED = "301", "ЖКХ", "205", "+79005550190"
HEADERS = (
    f"X-Queue-Name: {QUEUE}",
    f"Referred-By: <sip:{COLLEAGUE}@127.0.0.1>",
    f"Diversion: <sip:{FIRST_CALLED}@127.0.0.1>;reason=no-answer",
)
END = (expect("BYE"), answer("200 OK"))


def test_the_way_of_a_call_is_shown_at_its_ring_and_kept_with_its_record(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        host, _colon, port = desk.address.rpartition(":")
        with SippCaller(host, int(port), END, HEADERS, limit_s=40) as caller:
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.pause(0.5)
            desk.picture("ringing")
            desk.answer()
            desk.type("Вопрос об отоплении")
            desk.press("ctrl+1")
            desk.picture("talking")
            desk.hang_up()
            caller.wait()
        desk.save()
        # A further question of the call came on the same way.
        desk.press("ctrl+shift+n")
        wait_until(
            lambda: [one["state"] for one in desk.calls_today()].count("draft") == 1,
            timeout_s=STEP_LIMIT_S,
        )
        desk.pause(0.5)
        desk.type("Ещё вопрос")
        desk.press("ctrl+1")
        desk.press("ctrl+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        shown = [desk.record(str(one["number"])) for one in desk.calls_today()]

    assert len(shown) == 2
    for record in shown:
        assert record["dialled_line"] == LINE
        assert record["queue"] == QUEUE
        assert record["transferred_by"] == COLLEAGUE
        assert record["diverted_from"] == FIRST_CALLED
