"""The notes of hand-over sheets are reached by erasure and end with their term."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from sync.commands.person_documents import CITY_ZONE, Act, PersonDocuments
from sync.records.replicated_tables import audit
from sync.records.workplace_tables import handover_sheet
from sync.register.audit import AuditKind
from sync.register.people.persons import DataCategory, PersonQuery, RecordKind
from sync.register.people.shift import Line, Part, Sheet, SheetContent, part_of
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms, TermsPassed, end_terms
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore
from tests.fakes.persons import PHONE, WORD, save_call
from tests.fakes.records import OPERATOR, RANG_AT

ACT = UUID(int=77)
PERSON = PersonQuery(phone=PHONE)
PLAIN = "Ключ у старшей"


def leave(store: RegisterStore, note: str, at: datetime = RANG_AT) -> Sheet:
    lines = part_of((Line("2611-0001-00007-3", at=RANG_AT),))
    content = SheetContent({Part.MISSED: lines}, 2, (), note)
    sheet = Handovers(store, clock=lambda: at).leave(OPERATOR, content).result()
    assert isinstance(sheet, Sheet)
    return sheet


def notes(store: RegisterStore) -> dict[UUID, str]:
    rows = store.read(lambda c: c.execute(select(handover_sheet)).all())
    return {row.id: row.content["note"] for row in rows}


def erase(store: RegisterStore, query: PersonQuery = PERSON) -> set[UUID]:
    """The sheets whose notes went."""
    found = LocalPersons(store).erase(query, ACT, RANG_AT, lambda _found: None)
    return {one.id for one in found if one.kind is RecordKind.SHEET}


def test_an_erasure_empties_the_notes_that_tell_of_the_person_and_no_others(
    store: RegisterStore,
) -> None:
    call = save_call(store, 1)
    by_phone = leave(store, "Перезвонить: 8 900 555-01-01")
    by_name = leave(store, f"{WORD}ву обещали ответ. {PLAIN}")
    by_number = leave(store, f"По {call.number} лежит в больнице")
    others = leave(store, f"{PLAIN}. 555-01-02, Пробова")
    empty = leave(store, "")

    assert erase(store) == {by_phone.id, by_name.id, by_number.id}

    left = notes(store)
    assert {id for id, note in left.items() if not note} == {
        by_phone.id, by_name.id, by_number.id, empty.id
    }  # fmt: skip
    assert left[others.id] == others.content.note
    assert erase(store) == set()


def test_signatures_and_numbers_of_an_emptied_sheet_stay(store: RegisterStore) -> None:
    sheet = leave(store, "Перезвонить: 8 900 555-01-01")
    erase(store)
    kept = Handovers(store).last_sheet()
    assert kept is not None
    assert (kept.content.parts, kept.content.unsent) == (sheet.content.parts, 2)
    assert (kept.left, kept.content.note) == (sheet.left, "")
    store.check()


def test_words_that_nobody_can_search_for_are_named_by_the_time_of_their_sheet(
    store: RegisterStore,
) -> None:
    sheet = leave(store, "Тот, что вчера ругался, прав")
    leave(store, PLAIN, RANG_AT + timedelta(minutes=1))
    minute = datetime(2026, 11, 25, 12, 0, tzinfo=CITY_ZONE)
    assert erase(store) == set()
    assert erase(store, PersonQuery(phone=PHONE, sheets=frozenset({minute}))) == {sheet.id}


def test_act_and_copy_tell_of_the_sheet_and_the_copy_of_nobody_else(
    store: RegisterStore, tmp_path: Path
) -> None:
    leave(store, "Пробовой отказали. Перезвонить: 8 900 555-01-01! Мария ждёт.")
    persons, papers = LocalPersons(store), PersonDocuments()
    act = Act(ACT, RANG_AT, PERSON, "Проба П. П.", "Заявление")
    copy = papers.write_copy(act, persons.copy(PERSON, ACT, RANG_AT), tmp_path)
    assert "лист передачи смены от 25.11.2026 12:00" in copy[0].read_text()
    for paper in copy:
        assert "Перезвонить: 8 900 555-01-01!" in paper.read_text()
        assert "Мария" not in paper.read_text()
        assert "Пробов" not in paper.read_text()

    (found,) = persons.find(PERSON)
    assert found.categories == (DataCategory.SHEET_NOTE,)
    written = papers.write_act(act, (found,), tmp_path)
    line = "лист передачи смены от 25.11.2026 12:00: записка следующей смене"
    assert line in written[0].read_text()
    assert json.loads(written[1].read_text())["erased"][0]["kind"] == "sheet"


def test_a_note_ends_with_its_term(store: RegisterStore) -> None:
    old, new = leave(store, PLAIN), leave(store, PLAIN, RANG_AT + timedelta(days=30))
    later = RANG_AT + timedelta(days=91)
    assert end_terms(store, Terms(), later, has_central=False) == TermsPassed(0, 0)
    terms = Terms(notes_days=90)
    assert end_terms(store, terms, later - timedelta(days=2), has_central=True).notes == 0

    assert end_terms(store, terms, later, has_central=True) == TermsPassed(0, 0, 1)

    assert notes(store) == {old.id: "", new.id: PLAIN}
    told = store.read(lambda c: c.execute(select(audit.c.kind, audit.c.detail)).all())
    assert (AuditKind.TERM_PASSED, RecordKind.SHEET) in [tuple(row) for row in told]
    assert end_terms(store, terms, later, has_central=True) == TermsPassed(0, 0)


@pytest.mark.parametrize(
    "change",
    [
        update(handover_sheet).values(content={"note": ""}),
        update(handover_sheet).values(at=RANG_AT + timedelta(days=1)),
        text("UPDATE handover_sheet SET content = json_set(content, '$.note', 'новое')"),
        text("UPDATE handover_sheet SET content = json_set(content, '$.note', '', '$.unsent', 0)"),
        text("DELETE FROM handover_sheet"),
    ],
    ids=["content", "at", "note", "unsent", "delete"],
)
def test_nothing_else_of_a_sheet_is_ever_changed(store: RegisterStore, change: object) -> None:
    leave(store, PLAIN)
    with pytest.raises(DBAPIError, match="only added"):
        store.write(lambda c: c.execute(change).rowcount).result()  # type: ignore[call-overload]
