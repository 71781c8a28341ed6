"""Complaint: a number in another notation is treated as another caller."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage

PHONE = "+79005550153"
SPELLINGS = (PHONE, "89005550153", "79005550153", "9005550153")
TYPED = "8 (900) 555-01-53"
TABS_TO_PHONE = 2  # backwards from the content field


def test_one_telephone_is_one_however_it_is_spelt(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        for spelling in SPELLINGS:
            with BaresipCaller(spelling) as caller:
                caller.dial(f"sip:100@{desk.address}")
                desk.wait_for("t_offer", RING_LIMIT_S)
                desk.answer()
                desk.type("справка")
                desk.press("ctrl+1")
                desk.hang_up()
                desk.save()
                desk.wait_for_state("ready")  # during wrap-up the phone accepts no call
        with BaresipCaller("anonymous") as caller:
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("справка")
            desk.press("ctrl+1")
            desk.press("shift+Tab", times=TABS_TO_PHONE)
            desk.type(TYPED)
            desk.hang_up()
            desk.save()
        records = [desk.record(str(call["number"])) for call in desk.calls_today()]

    assert [record["phone"] for record in records] == [PHONE] * (len(SPELLINGS) + 1)
    # the number from the network is stored unchanged in addition
    assert [record["caller_number_raw"] for record in records[: len(SPELLINGS)]] == list(SPELLINGS)
