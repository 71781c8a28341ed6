"""Incidents in the register: validated by the rules, with their number of calls, and
append-only.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection, delete, update
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from sync.cli import main
from sync.records.replicated_tables import incident_event
from sync.records.table_rules import Entity
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.handling.reopening import ReopenProblem
from sync.register.incidents import (
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentState,
    IncidentStep,
    OutbreakRules,
    outbreaks,
)
from sync.register.people.operators import Operator, Role
from sync.register.people.values import Absence
from sync.store.local.incidents import Incidents, incidents_since
from sync.store.local.keys import StoreKey, write_key_file
from sync.store.local.register import RegisterStore
from sync.store.local.reopening import Reopened, SavedCalls
from tests.fakes.records import OPERATOR, new_call, registered_message

NOW = datetime.now(UTC)
SENIOR = Operator(UUID(int=2), "starshaya", "Старшая Нина", Role.SUPERVISOR)
ID = UUID(int=77)
TEXT = "На Лесной прорвало водовод. Воду дадут к 22 часам."
WATER = "water/off"


def step(act: IncidentAct, based_on: int = 0, text: str = TEXT) -> IncidentStep:
    return IncidentStep(act, ID, "ул. Лесная", WATER, text, based_on)


def declared(store: RegisterStore) -> Incidents:
    incidents = Incidents(store)
    assert isinstance(incidents.take(step(IncidentAct.DECLARED), SENIOR).result(), IncidentEvent)
    return incidents


def talked(store: RegisterStore, index: int, minutes_ago: float = 5) -> CallRecord:
    arrived = NOW - timedelta(minutes=minutes_ago)
    new = replace(new_call(index, arrived), caller_number=f"890055501{index:02}")
    card = calls.answered(store.open_card(new, OPERATOR).result(), arrived)
    return calls.ended(card, arrived + timedelta(seconds=40), "far_end")


def told(store: RegisterStore, index: int) -> CallRecord:
    card = by_hand.told_of_incident(talked(store, index), ID, "ул. Лесная: нет воды", TEXT)
    closed = calls.close(card, NOW, OPERATOR)
    assert isinstance(closed, CallRecord)
    return closed


def test_what_the_rules_take_comes_back_and_waits_for_the_centre(store: RegisterStore) -> None:
    incidents = declared(store)
    incidents.take(step(IncidentAct.EDITED, 1, "Воду дали."), SENIOR).result()
    incidents.take(step(IncidentAct.ENDED), SENIOR).result()

    (one,) = incidents.all()
    assert (one.state, one.text) == (IncidentState.ENDED, "Воду дали.")
    assert [version.by.name for version in one.versions] == [SENIOR.name] * 3
    rows = store.outbox_waiting(10)
    assert [row.entity for row in rows] == [Entity.INCIDENT_EVENT] * 3
    assert [row.payload["act"] for row in rows] == ["declared", "edited", "ended"]
    assert rows[0].payload["station_id"] == store.station().code


def test_a_step_that_is_refused_leaves_nothing(store: RegisterStore) -> None:
    incidents = Incidents(store)

    refused = incidents.take(step(IncidentAct.DECLARED), OPERATOR).result()

    assert refused is IncidentProblem.NOT_ALLOWED
    assert incidents.all() == ()
    assert store.outbox_waiting(10) == ()


def test_a_call_closed_with_the_text_is_answered_linked_and_counted_once(
    store: RegisterStore,
) -> None:
    incidents = declared(store)
    first = store.close(told(store, 1)).result()
    # closed again with more text, as after a concurrent edit
    store.close(calls_with(first, "и ещё слово")).result()
    store.close(told(store, 2)).result()

    (one,) = incidents.all()
    kept = store.call(first.id)
    assert one.calls == 2
    assert kept is not None
    assert kept.result is CallResult.ANSWERED
    assert by_hand.incidents_told(kept) == (ID,)
    assert TEXT in kept.content
    linked = [
        row.payload for row in store.outbox_waiting(20) if row.payload.get("act") == "call_linked"
    ]
    assert linked[0]["call_id"] == str(first.id)
    assert len(linked) == 2


def test_a_call_that_was_taken_back_is_counted_once_it_is_closed_with_the_text_again(
    store: RegisterStore,
) -> None:
    incidents = declared(store)
    saved = SavedCalls(store, clock=lambda: NOW)
    first, second = (store.close(told(store, index)).result() for index in (1, 2))

    def count() -> int:
        return incidents.all()[0].calls

    assert count() == 2
    draft = reopened_card(saved.reopen(first, OPERATOR).result())
    assert count() == 1, "a draft may yet lose the text"
    closed = calls.close(draft, NOW, OPERATOR)
    assert isinstance(closed, CallRecord)
    again = store.close(closed).result()
    assert count() == 2

    draft = reopened_card(saved.reopen(again, OPERATOR).result())
    without = by_hand.remove_entry(draft, f"{by_hand.INCIDENT_KEY}{ID}")
    closed = calls.close(calls.edit(without, content="Другое."), NOW, OPERATOR)
    assert isinstance(closed, CallRecord)
    store.close(closed).result()
    assert count() == 1
    store.close(calls_with(second, "и ещё слово")).result()
    assert count() == 1

    # events sent to workplaces and central databases of versions that cannot revoke a link
    of_first = [
        row.payload
        for row in store.outbox_waiting(50)
        if row.entity is Entity.INCIDENT_EVENT and row.payload["call_id"] == str(first.id)
    ]
    assert [row["act"] for row in of_first] == ["call_linked"] * 4
    assert [row["version"] for row in of_first] == [0, -1, 0, -1]
    assert {row["by_id"] for row in of_first} == {str(OPERATOR.id)}


def reopened_card(outcome: Reopened | ReopenProblem) -> CallRecord:
    assert isinstance(outcome, Reopened), outcome
    return outcome.card


def calls_with(card: CallRecord, words: str) -> CallRecord:
    return replace(card, content=f"{card.content} {words}")


def test_a_message_stays_the_result_of_a_call_that_was_told_too(store: RegisterStore) -> None:
    card = talked(store, 1)
    message = registered_message(card, uuid7())
    linked = calls.link_message(card, message.id, message.text)

    assert by_hand.told_of_incident(linked, ID, "ул. Лесная", TEXT).result is CallResult.MESSAGE


def test_sightings_are_those_who_were_answered_of_late_each_once(store: RegisterStore) -> None:
    for index, minutes_ago in ((1, 14.0), (2, 5.0), (3, 1.0), (4, 40.0)):
        card = talked(store, index, minutes_ago)
        typed = calls.edit(card, content=f"Нет воды, ул. Лесная, {index}", category=WATER)
        store.save_draft(typed).result()
    ringing = store.open_card(new_call(9, NOW), OPERATOR).result()
    store.save_draft(calls.edit(ringing, content="ул. Лесная, 9", category=WATER)).result()
    of_first = store.call_by_sip_id(new_call(1).sip_call_id)
    assert of_first is not None
    message = replace(
        registered_message(of_first, uuid7()), place="ул. Лесная, д. 1", category=WATER,
        phone=of_first.phone,
    )  # fmt: skip
    store.register_message(message, of_first).result()
    rules = OutbreakRules()

    seen = Incidents(store).sightings(NOW - rules.within)
    (found,) = outbreaks(seen, rules, NOW)

    assert found.callers == 3
    assert found.matter == WATER


def anonymous(store: RegisterStore, index: int, minutes_ago: float) -> CallRecord:
    """A call from a hidden number, about water in the street."""
    arrived = NOW - timedelta(minutes=minutes_ago)
    new = replace(new_call(index, arrived), caller_number="anonymous")
    card = calls.answered(store.open_card(new, OPERATOR).result(), arrived)
    return of_water(store, card, index)


def of_water(store: RegisterStore, card: CallRecord, house: int) -> CallRecord:
    typed = calls.edit(card, content=f"Нет воды, ул. Лесная, {house}", category=WATER)
    return store.save_draft(typed).result()


def test_what_one_caller_asks_further_makes_no_second_caller_of_him(store: RegisterStore) -> None:
    first = anonymous(store, 1, 9)
    second = anonymous(store, 2, 7)
    assert isinstance(first.phone, Absence)
    question = of_water(store, store.open_further(first, OPERATOR).result(), 3)
    of_water(store, store.open_further(question, OPERATOR).result(), 4)
    message = replace(
        registered_message(question, uuid7()),
        place="ул. Лесная, д. 1",
        category=WATER,
        phone=Absence.NOT_ASKED,
    )
    store.register_message(message, question).result()
    rules = OutbreakRules()

    def found() -> list[int]:
        seen = Incidents(store).sightings(NOW - rules.within)
        return [one.callers for one in outbreaks(seen, rules, NOW)]

    assert found() == []
    anonymous(store, 3, 5)
    assert found() == [3]
    # the second caller gives a phone number only with an additional question
    named = replace(store.open_further(second, OPERATOR).result(), phone="+79005550177")
    of_water(store, named, 5)
    assert found() == [3]


def test_an_incident_that_began_before_the_time_looked_at_is_what_it_is(
    path: Path, key: StoreKey, store: RegisterStore, capsys: pytest.CaptureFixture[str]
) -> None:
    incidents = Incidents(store)
    long_ago = NOW - timedelta(days=100)
    incidents.take(step(IncidentAct.DECLARED), SENIOR, long_ago).result()
    assert incidents.all() == (), "of it nothing was heard for three months"
    lately = NOW - timedelta(days=2)
    with_street = replace(step(IncidentAct.DECLARED), incident_id=UUID(int=78), street="ул. Горная")
    incidents.take(with_street, SENIOR, NOW - timedelta(days=20)).result()
    edited = replace(with_street, act=IncidentAct.EDITED, based_on=1, text="Воду дадут завтра.")
    assert isinstance(incidents.take(edited, SENIOR, lately).result(), IncidentEvent)

    (one,) = incidents_since(store, NOW - timedelta(days=7))
    write_key_file(key, path)
    assert main(["incidents", "--days", "7", "--store", str(path)]) == 0

    assert (one.state, one.text) == (IncidentState.DECLARED, "Воду дадут завтра.")
    assert one.begun_at == NOW - timedelta(days=20)
    assert len(one.versions) == 2
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["state"] == "declared"


def test_what_happened_is_not_written_anew(store: RegisterStore) -> None:
    declared(store)

    def rewrite(connection: Connection) -> None:
        connection.execute(update(incident_event).values(text="другое"))

    def remove(connection: Connection) -> None:
        connection.execute(delete(incident_event))

    for forbidden in (rewrite, remove):
        with pytest.raises(IntegrityError, match="only added"):
            store.write(forbidden).result()


def test_the_command_tells_each_incident_with_its_texts(
    path: Path, key: StoreKey, store: RegisterStore, capsys: pytest.CaptureFixture[str]
) -> None:
    declared(store)
    store.close(told(store, 1)).result()
    write_key_file(key, path)

    assert main(["incidents", "--store", str(path)]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    shown = json.loads(line)
    assert (shown["state"], shown["street"], shown["calls"]) == ("declared", "ул. Лесная", 1)
    assert [one["text"] for one in shown["versions"]] == [TEXT]
