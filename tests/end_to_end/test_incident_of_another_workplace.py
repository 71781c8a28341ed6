"""Two workplaces: an incident declared at one is used at the other and counted at both."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sync.exchange.feed import catch_up
from sync.register.incidents import IncidentAct, IncidentEvent, IncidentStep
from sync.register.people.operators import Operator, Role
from sync.store.local.incidents import IncidentFeed, Incidents
from sync.store.local.keys import make_key
from sync.store.local.register import RegisterStore
from tests.end_to_end.test_feed import wait_until
from tests.end_to_end.test_incident import incidents, take_up, wait_for_incidents
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.integration.sync.exchange.test_feed import connected as feed_of
from tests.integration.sync.store.central.test_central import connected

ELSEWHERE = Operator(UUID(int=7), "vtoraya", "Вторая Вера Павловна", Role.SUPERVISOR)
ID = UUID(int=77)
TEXT = "На Родниковой прорвало водовод. Воду дадут к 22 часам."
LATER = "Воду на Родниковой дадут к полуночи."
WAIT_S = 10


def lead(other: RegisterStore, dsn: str, act: IncidentAct, text: str, based_on: int) -> None:
    """Applies an action of a supervisor at the second workplace and sends it to the central
    database.
    """
    step = IncidentStep(act, ID, "ул. Родниковая", "water/outage", text, based_on)
    assert isinstance(Incidents(other).take(step, ELSEWHERE).result(WAIT_S), IncidentEvent)
    rows = other.outbox_waiting(100)
    with connected(dsn, other) as central:
        assert central.push(rows) == {row.seq for row in rows}
    other.mark_sent(rows, datetime.now(UTC), 1).result(WAIT_S)


def calls_known(other: RegisterStore, dsn: str) -> int:
    with feed_of(dsn, station=other.station().code) as central:
        catch_up(central, IncidentFeed(other))
    return Incidents(other).all()[0].calls


def test_a_text_of_another_workplace_is_said_here_and_its_edit_comes_by_itself(
    folder: Path, dsn: str
) -> None:
    with ConsoleStage(folder, dsn=dsn) as desk:
        other = RegisterStore.open(folder / "other.db", make_key(), first_station="0002")
        try:
            lead(other, dsn, IncidentAct.DECLARED, TEXT, 0)
            wait_for_incidents(desk, declared=1, version=1)
            with BaresipCaller("+79005550142") as caller:
                take_up(desk, caller, "кран сухой, родниковая 8")
                lead(other, dsn, IncidentAct.EDITED, LATER, 1)
                wait_for_incidents(desk, declared=1, version=2)
                desk.picture("01-edited-in-a-call")
                desk.press("ctrl+i")
                desk.press("F8")
                desk.wait_for("t_saved", STEP_LIMIT_S)
            saved = desk.newest_record()
            wait_until(lambda: calls_known(other, dsn) == 1)
            lead(other, dsn, IncidentAct.ENDED, LATER, 2)
            wait_for_incidents(desk, declared=0)
            (incident,) = incidents(desk)
        finally:
            assert other.close_store()

    assert (
        saved["content"] == f"кран сухой, родниковая 8\nул. Родниковая: нет холодной воды\n{LATER}"
    )
    assert (incident["id"], incident["state"], incident["calls"]) == (str(ID), "ended", 1)
    assert {version["by_name"] for version in incident["versions"]} == {ELSEWHERE.name}
