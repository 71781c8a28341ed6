"""The persons found for a phone number are complete, although the store groups the records.

The store groups records with equal data before they are read; the reference reads all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import itemgetter
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, RowMapping, Table, insert, select

from sync.records.replicated_tables import call_record, message
from sync.records.row_codec import call_row, message_row
from sync.records.workplace_tables import known_call, known_message
from sync.register.messages import State
from sync.register.numbering import next_number
from sync.register.people.persons import MOST_PERSONS, KnownPerson, NamedRecord, persons_of
from sync.register.people.values import Absence, PersonName
from sync.store.local.callers import MOST_RECORDS, find_persons, persons_behind
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

PHONE, OTHER = "+79005550171", "+79005550172"
NAMES = (
    PersonName("Пробов", "Иван", "Ильич"),
    PersonName("Пробов", "Иван", ""),
    PersonName("ПРОБОВ", "иван", "ильич"),
    PersonName("Пробов", "", ""),
    PersonName("Прёбов", "Иван", "Ильич"),
    PersonName("Проба", "Анна", "Петровна"),
    PersonName("", "Анна", ""),
    PersonName(" ", "", ""),
    Absence.NOT_GIVEN,
)
PHONES = (PHONE, PHONE, PHONE, OTHER, Absence.NOT_GIVEN)
EMAILS = (Absence.NOT_GIVEN, Absence.NOT_GIVEN, "a@test.invalid", "b@test.invalid")
TOPICS = (None, "roads", "waste")


def fill(store: RegisterStore, random: Random, count: int) -> UUID:
    """Creates this number of calls and messages of this and of other workplaces; returns the id of
    a call.
    """
    call = closed(filled(store.open_card(new_call(0), OPERATOR).result()))
    told = registered_message(call, UUID(int=1))
    calls: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = []
    others: dict[str, list[dict[str, Any]]] = {"call": [], "message": []}
    for number in range(1, count + 1):
        said: dict[str, Any] = {
            "number": next_number("2611", "0001", number),
            "name": random.choice(NAMES),
            "phone": random.choice(PHONES),
            "email": random.choice(EMAILS),
            "topic": random.choice(TOPICS),
        }
        at = RANG_AT + timedelta(seconds=number if random.random() < 0.9 else number - 1)
        id = UUID(int=1000 + number)
        kind = random.random()
        if kind < 0.6:
            told_call = replace(
                call, id=id, sip_call_id=f"{number}@test.invalid", arrived_at=at,
                content=f"Слова {number}", **said,
            )  # fmt: skip
            calls.append(call_row(told_call))
        elif kind < 0.8:
            is_draft = random.random() < 0.2
            told_here = replace(
                told, id=id, created_at=at, text=f"Слова {number}",
                state=State.DRAFT if is_draft else told.state,
                call_id=random.choice(calls)["id"] if calls else None, **said,
            )  # fmt: skip
            messages.append(message_row(told_here))
        else:
            name = said["name"] if isinstance(said["name"], PersonName) else None
            row = {
                "id": id, "number": str(said["number"]), "at": at, "received_at": at,
                "phone": random.choice((PHONE, OTHER)), "topic": said["topic"],
                "about": f"Слова {number}", "surname": name and name.surname,
                "given_name": name and name.given_name, "patronymic": name and name.patronymic,
            }  # fmt: skip
            others[random.choice(("call", "message"))].append(row)
    of_others = [{**row, "state": "registered"} for row in others["message"]]

    def write(connection: Connection) -> None:
        for table, rows in ((call_record, calls), (message, messages),
                            (known_call, others["call"]), (known_message, of_others)):  # fmt: skip
            if rows:
                connection.execute(insert(table), rows)

    store.write(write).result()
    return UUID(str(random.choice(calls)["id"]))


def records_of(store: RegisterStore, phone: str, without: UUID | None) -> list[NamedRecord]:
    """Each record of the phone number with a name, the newest of each table."""
    tables = {
        call_record: ("arrived_at", "content", "id"),
        message: ("created_at", "text", "call_id"),
        known_call: ("at", "about", None),
        known_message: ("at", "about", None),
    }
    found: list[NamedRecord] = []
    for table, (at, about, own) in tables.items():
        every = store.read(partial(_rows, table))
        rows = [
            row
            for row in every
            if row["phone"] == phone
            and row["surname"] is not None
            and not (table is message and row["state"] == State.DRAFT.value)
            and (own is None or without is None or row[own] != without)
        ]
        newest = sorted(rows, key=itemgetter(at), reverse=True)[:MOST_RECORDS]
        found += [
            NamedRecord(
                row["number"], row[at],
                PersonName(row["surname"], row["given_name"] or "", row["patronymic"] or ""),
                row["phone"], row.get("email"), row["topic"], row["category"], row[about],
            )
            for row in newest
        ]  # fmt: skip
    return found


def _rows(table: Table, connection: Connection) -> Sequence[RowMapping]:
    return connection.execute(select(table)).mappings().all()


def told(people: tuple[KnownPerson, ...]) -> list[object]:
    """All values of the persons, without the number of records that equal the last one."""
    return [
        (one.name, one.phone, one.email, replace(one.last, records=1), one.records)
        for one in people
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_people_are_those_of_each_record(store: RegisterStore, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    own = fill(store, random, 120)

    for phone in (PHONE, OTHER, "+79005550199"):
        for without in (None, own):
            expected = persons_of(records_of(store, phone, without))[:MOST_PERSONS]
            assert told(persons_behind(store, phone, without=without)) == told(expected)


def test_of_thousands_of_records_the_newest_are_looked_at(store: RegisterStore) -> None:
    fill(store, Random(7), 1500)  # noqa: S311

    expected = records_of(store, PHONE, None)
    people = persons_behind(store, PHONE)

    assert len(expected) > MOST_RECORDS
    assert told(people) == told(persons_of(expected)[:MOST_PERSONS])


def test_who_left_neither_telephone_nor_address_is_a_person_in_each_record(
    store: RegisterStore,
) -> None:
    card = closed(filled(store.open_card(new_call(0), OPERATOR).result()))
    name = PersonName("Пробов", "Иван", "Ильич")
    nowhere = replace(card, name=name, phone=Absence.NOT_GIVEN, email=Absence.NOT_GIVEN)
    rows = [
        call_row(replace(nowhere, id=UUID(int=place), number=next_number("2611", "0001", place),
                         sip_call_id=f"{place}@test.invalid"))
        for place in (1, 2, 3)
    ]  # fmt: skip
    store.write(lambda connection: connection.execute(insert(call_record), rows)).result()

    assert [one.records for one in find_persons(store, "пробов", "87999")] == [1, 1, 1]
