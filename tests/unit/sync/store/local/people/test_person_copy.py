"""The copy given to a person contains all stored data about that person as text, and none about
others.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.commands.person_documents import Act, PersonDocuments
from sync.records.workplace_tables import outbox
from sync.register.calls import calls
from sync.register.calls.missed import MissedOutcome
from sync.register.calls.planned import PlannedCall
from sync.register.calls.scripts import TickedStep, Way
from sync.register.people.persons import DataCategory, Left, PersonQuery
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.calls.planned import PlannedCalls
from sync.store.local.calls.recordings import CallRecordings
from sync.store.local.calls.script_steps import ScriptSteps
from sync.store.local.people.persons import LocalPersons
from sync.store.local.register import RegisterStore
from tests.fakes.persons import (
    PHONE,
    STRANGER,
    WORD,
    save_call,
    save_forwarded,
    save_met,
    save_refused,
)
from tests.fakes.records import OPERATOR, RANG_AT, new_call

ACT = UUID(int=77)
PERSON = PersonQuery(phone=PHONE)


def copied(store: RegisterStore, folder: Path, query: PersonQuery = PERSON) -> tuple[str, str]:
    """The copy as it is read, and as JSON."""
    copies = LocalPersons(store).copy(query, ACT, RANG_AT)
    act = Act(ACT, RANG_AT, query, "Проба П. П.")
    files = PersonDocuments().write_copy(act, copies, folder)
    return files[0].read_text(), files[1].read_text()


def test_what_came_with_later_versions_is_told_in_words(
    store: RegisterStore, tmp_path: Path
) -> None:
    call = save_call(store, 1)
    save_met(store)
    ticked = TickedStep("call", "danger", "Есть ли опасность?", Way.NO, RANG_AT)
    ScriptSteps(store).keep(call.id, ticked, OPERATOR).result()
    CallRecordings(store).note(call.sip_call_id, "20261125-one.flac", RANG_AT).result()
    later = RANG_AT + timedelta(days=1)
    promised = PlannedCall(uuid7(), later, PHONE, f"{WORD}: узнать", None, RANG_AT, "Проба П. П.")
    PlannedCalls(store).add(promised).result()
    rang = store.open_card(new_call(9), OPERATOR).result()
    missed = store.close(calls.missed(rang, RANG_AT, "caller_gave_up")).result()
    MissedCalls(store).handle([missed.id], OPERATOR, MissedOutcome.NOT_REACHED).result()

    readable, data = copied(store, tmp_path)

    for line in (
        f"кого касается: {WORD}, мать",
        f"кто перевёл вызов: {WORD} 112",
        f"с какого номера переадресован: {WORD} 01",
        "как поступил без вызова: личный приём",
        "направление: входящий",
        "поступил: 25.11.2026 12:00",
        "записи справочника для ответа: Когда вывозят мусор?",
        "слова шага: Есть ли опасность?; отметка: нет",
        "\n  запись разговора: 20261125-one.flac",
        "обещанный звонок без номера на 26.11.2026 12:00",
        f"заметка: {WORD}: узнать",
        "итог: не дозвонились",
    ):
        assert line in readable, readable
    records = {one["number"]: one for one in json.loads(data)["records"]}
    own = records[str(call.number)]
    assert own["script_steps"][0]["text"] == "Есть ли опасность?"
    assert own["recordings"][0]["file"] == "20261125-one.flac"
    assert records[str(missed.number)]["handled"][0]["by_name"] == OPERATOR.name


def test_steps_and_notices_of_a_message_are_told_in_words(
    store: RegisterStore, tmp_path: Path
) -> None:
    save_refused(store, 1)

    readable, data = copied(store, tmp_path)

    assert f"в регистрации отказано ({OPERATOR.name}): {WORD}, назовите дом." in readable
    assert "уведомление: отказ в регистрации; кому: пользователь" in readable
    assert "состояние: отказано в регистрации" in readable
    assert "время события: 07:30\n" in readable
    assert "refused" not in readable
    assert [len(one["notices"]) for one in json.loads(data)["records"] if "notices" in one] == [1]


def test_a_call_of_another_tells_the_way_alone_and_loses_the_telephone_alone(
    store: RegisterStore, tmp_path: Path
) -> None:
    other = save_forwarded(store, 1)
    rang = replace(new_call(2), caller_number=STRANGER, route=other.route)
    draft = store.open_card(rang, OPERATOR).result()
    persons = LocalPersons(store)
    found = {one.id: one for one in persons.find(PERSON)}
    assert {id: one.left for id, one in found.items()} == {other.id: None, draft.id: Left.OPEN}
    assert found[other.id].categories == (DataCategory.ROUTE,)

    readable, data = copied(store, tmp_path)
    assert "с какого номера переадресован: 79005550101" in readable
    for word in ("Чужое", "Иная", STRANGER, "555-01-02"):
        assert word not in readable + data

    persons.erase(PERSON, ACT, RANG_AT, lambda _found: None)

    kept = store.call(other.id)
    assert kept == replace(other, route=replace(other.route, diverted_from=""))
    assert store.call(draft.id) == draft
    payloads = store.read(
        lambda connection: connection.scalars(
            select(outbox.c.payload).where(outbox.c.entity_id == other.id)
        ).all()
    )
    assert [one["diverted_from"] for one in payloads] == [""]
    assert [one.id for one in persons.find(PERSON)] == [draft.id]
