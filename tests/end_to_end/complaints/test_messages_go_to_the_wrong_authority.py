"""Complaint: messages reach the wrong authority, including federal, utility and emergency subjects.

For subjects outside the city's authority the right contacts are shown, and 112 precedes every
record.
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550162"
FEDERAL = "налоговая прислала неверное уведомление по налогу на квартиру"
TAX_OFFICE = "инспекция налоговой службы"
DANGER = "в подъезде пахнет газом"
UTILITY, CATEGORY, GAS_COMPANY = "не работает газовая плита", "обслуживание плит", "газовая служба"


def ring(desk: ConsoleStage, caller: BaresipCaller) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()


def hint(desk: ConsoleStage, text: str) -> str:
    """Returns the desk's hint for the caller's words as soon as it is shown."""
    desk.type(text)
    return str(desk.wait_for("t_call_hint", STEP_LIMIT_S)["kind"])


def test_anothers_matter_gets_contacts_and_a_danger_112_first(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        ring(desk, caller)
        assert hint(desk, FEDERAL) == "other_body"
        desk.picture("01-not-ours")
        office = desk.take_first_hit(TAX_OFFICE)
        desk.hang_up()
        desk.save()
        federal = desk.newest_record()

        ring(desk, caller)
        assert hint(desk, DANGER) == "danger"
        desk.picture("02-danger")
        desk.press("ctrl+7", times=2)  # greeted, and yes, there is danger
        desk.press("ctrl+7")  # 112 was given
        while desk.wait_for("t_script_step", STEP_LIMIT_S)["script_step"] != "call-112":
            pass
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        urgent = desk.record(desk.newest_record()["number"])

        ring(desk, caller)
        desk.type(UTILITY)
        desk.press("Tab")
        desk.type(CATEGORY)
        desk.press("Tab")  # the gas script replaces the general one
        desk.press("ctrl+8")
        assert desk.wait_for("t_script_step", STEP_LIMIT_S)["script_step"] == "danger"
        company = desk.take_first_hit(GAS_COMPANY)
        desk.hang_up()
        desk.save()
        utility = desk.record(desk.newest_record()["number"])

    assert (federal["state"], federal["result"]) == ("closed", "contacts")
    assert [used["key"] for used in federal["used_entries"]] == [office]
    assert federal["used_entries"][0]["kind"] == "unit"
    assert (urgent["state"], urgent["result"]) == ("closed", "answered")
    ways = {each["step"]: each["way"] for each in urgent["script_steps"]}
    assert ways == {"greet": "done", "danger": "yes", "call-112": "done"}
    assert (utility["result"], utility["topic"]) == ("contacts", "gas")
    assert [used["key"] for used in utility["used_entries"]] == [company] == ["gas-company"]
    assert [each["script"] for each in utility["script_steps"]] == ["04-gas"]
    # no message was sent to a body without authority
    assert [record["message_id"] for record in (federal, urgent, utility)] == [None] * 3
