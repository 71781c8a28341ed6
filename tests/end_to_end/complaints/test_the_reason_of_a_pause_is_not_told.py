"""Complaint 21: a supervisor sees who pauses, why and for how long, and each one's averages."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import (
    OPERATOR_NAME,
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller

CITIZEN = "+79005550121"
LUNCH = "7"  # in the menu of F9, after ready, four kinds of work and the rest


def test_the_report_names_state_reason_and_time_and_the_store_has_them(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Спросили номер приёмной.")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        desk.wait_for_state("ready")
        desk.press("F9")
        desk.press(LUNCH)
        desk.wait_for_state("break")

        desk.press("ctrl+r")
        desk.wait_for("t_report_shown", STEP_LIMIT_S)
        desk.press("alt+s")
        shown = desk.wait_for("t_report_shown", STEP_LIMIT_S)
        assert shown["report"] == "operators"
        desk.picture("operators")
        desk.press("ctrl+p")
        wait_until(lambda: bool(list(desk.reports_folder.glob("*.pdf"))), timeout_s=STEP_LIMIT_S)
        desk.wait_for("t_report_written", STEP_LIMIT_S)
        (paper,) = desk.reports_folder.glob("*.pdf")
        on_paper = desk.pdf_text(paper)
        states = desk.states()

    assert states[-1][:2] == ("break", "lunch")
    for told in (OPERATOR_NAME, "Перерыв: Обед", "Без вызовов, по причинам", "Дольше всех ждали"):
        assert told in on_paper.replace("\n", " ")
