"""Scheduled callbacks in the store: persistent over restarts, closed once, erased with the
person.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from sync.commands.person_documents import Act, PersonDocuments
from sync.records.replicated_tables import audit, planned_step
from sync.records.table_rules import Entity
from sync.records.workplace_tables import planned_call
from sync.register.audit import AuditKind
from sync.register.calls.planned import PlannedCall, PlannedOutcome, plan
from sync.register.people.persons import FoundRecord, Left, PersonQuery, RecordKind
from sync.store.local.calls.planned import KEPT, PlannedCalls
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms, end_terms
from sync.store.local.register import RegisterStore
from tests.fakes import persons
from tests.fakes.persons import save_call
from tests.fakes.records import OPERATOR

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PHONE = "+79005550171"


def planned(low: int, after: timedelta, phone: str = PHONE) -> PlannedCall:
    made = plan(
        phone, NOW + after, "о мусоре", is_mine=True, id=UUID(int=low), now=NOW, by=OPERATOR
    )
    assert isinstance(made, PlannedCall)
    return made


def test_they_are_read_as_they_were_planned_the_earliest_first(store: RegisterStore) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    late, soon = planned(1, timedelta(hours=2)), planned(2, timedelta(hours=1))
    for one in (late, soon):
        assert calls.add(one).result() == one
    assert calls.still_open() == (soon, late)

    noted = calls.note(soon.id, PlannedOutcome.NOT_REACHED, OPERATOR).result()
    assert noted is not None
    again = noted.call
    assert (again.tries, again.at) == (1, NOW + timedelta(minutes=30))
    assert calls.note(late.id, PlannedOutcome.TALKED, OPERATOR).result() is not None
    assert calls.still_open() == (again,)
    second = calls.note(late.id, PlannedOutcome.NOT_NEEDED, OPERATOR).result()
    assert second is not None
    assert (second.is_taken, second.call.outcome) == (False, PlannedOutcome.TALKED)
    assert calls.note(UUID(int=99), PlannedOutcome.TALKED, OPERATOR).result() is None


def test_what_is_over_is_kept_for_a_while(store: RegisterStore) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    old, other = planned(1, timedelta(0)), planned(2, timedelta(0), "+79005550172")
    for one in (old, other):
        calls.add(one).result()
    calls.note(old.id, PlannedOutcome.TALKED, OPERATOR).result()
    later = PlannedCalls(store, clock=lambda: NOW + KEPT + timedelta(seconds=1))
    later.note(other.id, PlannedOutcome.NOT_REACHED, OPERATOR).result()
    assert later.note(old.id, PlannedOutcome.TALKED, OPERATOR).result() is None


def test_what_is_over_goes_without_anybody_at_the_desk(store: RegisterStore) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    over, still = planned(1, timedelta(0)), planned(2, timedelta(0))
    for one in (over, still):
        calls.add(one).result()
    calls.note(over.id, PlannedOutcome.TALKED, OPERATOR).result()

    end_terms(store, Terms(), NOW + KEPT - timedelta(seconds=1), has_central=False)
    assert kept(store) == {over.id, still.id}
    end_terms(store, Terms(), NOW + KEPT + timedelta(seconds=1), has_central=False)
    assert kept(store) == {still.id}
    rows = store.read(lambda connection: connection.scalars(select(planned_call.c.id)).all())
    assert rows == [still.id]
    steps = store.read(lambda connection: connection.scalars(select(planned_step.c.call_id)).all())
    assert steps == []
    assert telephones_queued(store) == {PHONE}


def kept(store: RegisterStore) -> set[UUID]:
    """Callbacks that still contain personal data."""
    told = select(planned_call.c.id).where(planned_call.c.phone != "")
    return set(store.read(lambda connection: connection.scalars(told).all()))


def telephones_queued(store: RegisterStore) -> set[str]:
    """Phone numbers of callbacks in the outbox."""
    rows = store.outbox_waiting(100)
    promises = [row.payload for row in rows if row.entity is Entity.PLANNED_CALL]
    return {promise["phone"] for promise in promises if promise["phone"] or promise["note"]}


def promise(
    store: RegisterStore, low: int, outcome: PlannedOutcome | None, phone: str
) -> PlannedCall:
    calls = PlannedCalls(store, clock=lambda: NOW)
    made = calls.add(planned(low, timedelta(days=1), phone)).result()
    if outcome is not None:
        calls.note(made.id, outcome, OPERATOR).result()
    return made


@pytest.mark.parametrize(
    "query",
    [
        PersonQuery(phone=persons.PHONE),
        PersonQuery(phone=persons.PHONE, name=persons.NAME),
        PersonQuery(email=persons.EMAIL),
        PersonQuery(name=persons.NAME),
    ],
)
def test_an_erasure_takes_the_promises_that_are_over_and_tells_of_all(
    store: RegisterStore, query: PersonQuery
) -> None:
    save_call(store, 1)
    over = promise(store, 1, PlannedOutcome.TALKED, persons.PHONE)
    typed = promise(store, 2, PlannedOutcome.NOT_NEEDED, "89005550101")
    still = promise(store, 3, None, persons.PHONE)
    other = promise(store, 4, PlannedOutcome.TALKED, PHONE)
    local = LocalPersons(store)

    copies = {one.found.id: one for one in local.copy(query, UUID(int=6), NOW)}
    assert {over.id, typed.id, still.id} < copies.keys()
    assert other.id not in copies
    assert copies[still.id].values["note"] == "о мусоре"

    told: list[FoundRecord] = []
    found = local.erase(query, UUID(int=7), NOW, told.extend)
    promised = {one.id: one.left for one in found if one.kind is RecordKind.PROMISED}
    assert promised == {over.id: None, typed.id: None, still.id: Left.PROMISED}
    assert told == list(found)
    assert kept(store) == {still.id, other.id}
    assert telephones_queued(store) == {persons.PHONE, PHONE}
    count = store.read(
        lambda connection: connection.scalar(
            select(audit.c.count).where(audit.c.kind == AuditKind.PERSON_ERASED.value)
        )
    )
    assert count == 3, "the call and two promises"


def test_a_promise_alone_is_found_by_its_telephone(store: RegisterStore, tmp_path: Path) -> None:
    over = promise(store, 1, PlannedOutcome.TALKED, PHONE)
    promise(store, 2, None, PHONE)
    act = Act(UUID(int=7), NOW, PersonQuery(phone=PHONE), "Проба П. П.", "Заявление")
    local, papers = LocalPersons(store), PersonDocuments()

    copied = local.copy(act.query, act.id, NOW)
    readable = papers.write_copy(act, copied, tmp_path)[0].read_text()
    assert "обещанный звонок без номера на 26.11.2026 12:00" in readable
    assert "  заметка: о мусоре\n" in readable

    written: list[Path] = []
    local.erase(
        act.query, act.id, NOW, lambda found: written.extend(papers.write_act(act, found, tmp_path))
    )
    paper, log = (file.read_text() for file in written if file.suffix == ".txt")
    assert "  обещанный звонок без номера: телефон, заметка к обещанному звонку\n" in paper
    assert "  обещанный звонок без номера: звонок обещан и ещё не состоялся\n" in paper
    assert f"обещанный звонок {over.id}  без номера" in log


def test_that_she_was_told_is_noted_once_for_each_time(store: RegisterStore) -> None:
    calls = PlannedCalls(store, clock=lambda: NOW)
    call = calls.add(planned(1, timedelta(0))).result()
    for _twice in range(2):
        calls.remind(call.id, OPERATOR).result()
    (told,) = calls.still_open()
    assert told.reminded_at == call.at
    assert acts(store) == ["reminded"]

    calls.note(call.id, PlannedOutcome.NOT_REACHED, OPERATOR).result()
    (again,) = calls.still_open()
    assert again.reminded_at != again.at
    calls.remind(call.id, OPERATOR).result()
    calls.note(call.id, PlannedOutcome.TALKED, OPERATOR).result()
    calls.remind(call.id, OPERATOR).result()
    calls.remind(UUID(int=99), OPERATOR).result()
    assert acts(store) == ["reminded", "not_reached", "reminded", "talked"]


def acts(store: RegisterStore) -> list[str]:
    told = select(planned_step.c.act).order_by(planned_step.c.at)
    return list(store.read(lambda connection: connection.scalars(told).all()))
