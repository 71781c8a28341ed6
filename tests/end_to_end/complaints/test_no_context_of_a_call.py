"""Complaint: the dialled line, the queue and the transferring party of a call are unknown."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.screen_reader import Node, ScreenReader
from tests.fakes.sipp_peer import SippCaller, answer, expect

LINE, QUEUE, COLLEAGUE, FIRST_CALLED = "301", "ЖКХ", "205", "+79005550190"
HEADERS = (
    f"X-Queue-Name: {QUEUE}",
    f"Referred-By: <sip:{COLLEAGUE}@127.0.0.1>",
    f"Diversion: <sip:{FIRST_CALLED}@127.0.0.1>;reason=no-answer",
)
ASKED, ASKED_TOO = "Вопрос об отоплении", "и о горячей воде"
FURTHER = "Ещё вопрос того же человека"
END = (expect("BYE"), answer("200 OK"))
SHOWN = (f"линия {LINE}", f"очередь «{QUEUE}»", f"передал {COLLEAGUE}", "с +7 (900) 555-01-90")


def shows_further_question(nodes: list[Node]) -> bool:
    return any(node.name == FURTHER for node in nodes)


def shows_the_way(nodes: list[Node]) -> bool:
    return all(any(words in node.name for node in nodes) for words in SHOWN)


def test_the_way_of_a_call_is_shown_at_its_ring_and_kept_with_its_record(
    folder: Path, reader: ScreenReader
) -> None:
    with ConsoleStage(folder) as desk:
        host, _colon, port = desk.address.rpartition(":")
        with SippCaller(host, int(port), END, HEADERS, limit_s=40) as caller:
            desk.wait_for("t_offer", RING_LIMIT_S)
            reader.wait_for(desk.console_pid, shows_the_way, "the way, while it rings")
            assert desk.look_for("t_answer") is None
            desk.picture("ringing")
            desk.answer()
            reader.wait_for(desk.console_pid, shows_the_way, "the way, in the call")
            desk.type(ASKED)
            reader.wait_until_written(ASKED)
            desk.press("ctrl+1")
            desk.picture("talking")
            desk.hang_up()
            caller.wait()
        desk.save()
        # A further question of the call has the same route.
        desk.press("ctrl+shift+n")
        reader.wait_for(desk.console_pid, shows_further_question, FURTHER)
        desk.type(ASKED_TOO)
        reader.wait_until_written(ASKED_TOO)
        desk.press("ctrl+1")
        desk.press("ctrl+Return")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        shown = [desk.record(str(one["number"])) for one in desk.calls_today()]

    assert {record["content"] for record in shown} == {ASKED, ASKED_TOO}
    for record in shown:
        assert record["dialled_line"] == LINE
        assert record["queue"] == QUEUE
        assert record["transferred_by"] == COLLEAGUE
        assert record["diverted_from"] == FIRST_CALLED
