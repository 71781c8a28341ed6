"""People found in the register: behind a number, by the beginning of a name, by a telephone."""

from __future__ import annotations

import queue
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from sync.jobs.daily import DailyJob, DailyJobs
from sync.records.feed_values import FeedItem
from sync.records.workplace_tables import known_call, known_message
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult
from sync.register.messages import Publicity
from sync.register.people.persons import KnownPerson, PersonQuery, name_text
from sync.register.people.values import Absence, PersonName
from sync.store.local.callers import HistoryFeed, find_persons, persons_behind
from sync.store.local.people.persons import LocalPersons
from sync.store.local.people.retention import Terms, end_terms
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call, registered_message

PHONE, OTHER = "+79005550171", "+79005550172"
AREA = "87999"


def called(
    store: RegisterStore,
    index: int,
    name: PersonName | Absence,
    content: str,
    *,
    phone: str = PHONE,
    email: str | None = None,
) -> CallRecord:
    """A closed call of this person, each a day after the one before."""
    at = RANG_AT + timedelta(days=index)
    new = replace(new_call(index, at), caller_number=phone)
    card = calls.edit(
        store.open_card(new, OPERATOR).result(),
        name=name,
        email=email or Absence.NOT_GIVEN,
        content=content,
        result=CallResult.ANSWERED,
    )
    outcome = calls.close(card, at + timedelta(minutes=2), OPERATOR)
    assert isinstance(outcome, CallRecord)
    return store.close(outcome).result()


ANNA = PersonName("Проба-Вторая", "Анна", "Петровна")
IVAN = PersonName("Прёбов", "Иван", "Ильич")


@pytest.fixture
def family(store: RegisterStore) -> RegisterStore:
    called(store, 1, ANNA, "Яма", email="anna@test.invalid")
    called(store, 2, IVAN, "Мусор")
    called(store, 3, Absence.NOT_GIVEN, "Без имени")
    called(store, 4, ANNA, "Свет")
    called(store, 5, PersonName("", "Мария", ""), "Другой телефон", phone=OTHER)
    return store


def named(people: tuple[KnownPerson, ...]) -> list[tuple[str, str, int]]:
    return [(name_text(one.name), one.last.about, one.records) for one in people]


def test_a_number_has_the_people_its_calls_name(family: RegisterStore) -> None:
    people = persons_behind(family, PHONE)

    assert named(people) == [
        ("Проба-Вторая Анна Петровна", "Свет", 2),
        ("Прёбов Иван Ильич", "Мусор", 1),
    ]
    assert people[0].email == "anna@test.invalid"
    assert persons_behind(family, "+79005550199") == ()


def test_a_call_says_nothing_of_its_own_caller(family: RegisterStore) -> None:
    own = called(family, 6, PersonName("Сейчас", "", ""), "Этот вызов")
    message = registered_message(own, UUID(int=900))
    message = replace(message, phone=PHONE, publicity=Publicity.NON_PUBLIC)
    family.save_message(message).result()

    assert "Сейчас" in [one.name.surname for one in persons_behind(family, PHONE)]
    assert "Сейчас" not in [
        one.name.surname for one in persons_behind(family, PHONE, without=own.id)
    ]


@pytest.mark.parametrize(
    ("query", "surnames"),
    [
        ("проб", ["Проба-Вторая"]),
        ("ПРЕБ", ["Прёбов"]),
        ("прёбов ив", ["Прёбов"]),
        ("анна петр", ["Проба-Вторая"]),
        ("мария", [""]),
        ("8 900 555-01-71", ["Проба-Вторая", "Прёбов"]),
        ("+79005550172", [""]),
        ("п", []),
        ("петровна", []),  # a patronymic alone is everybody's
        ("900555", []),
        ("нет таких", []),
        ("проб7", []),
        (" ", []),
    ],
)
def test_people_are_found_by_name_or_whole_telephone(
    family: RegisterStore, query: str, surnames: list[str]
) -> None:
    assert [one.name.surname for one in find_persons(family, query, AREA)] == surnames


def test_a_search_reads_by_the_indexes(family: RegisterStore) -> None:
    asked = (
        "EXPLAIN QUERY PLAN SELECT number FROM call_record WHERE "
        "(surname >= 'А' AND surname < 'Б') OR (given_name >= 'А' AND given_name < 'Б')"
    )
    plan = family.read(lambda connection: connection.execute(text(asked)).all())

    assert {"ix_call_record_surname", "ix_call_record_given_name"} <= {
        word for row in plan for word in row.detail.split()
    }


def test_who_was_erased_is_known_no_more(family: RegisterStore) -> None:
    LocalPersons(family).erase(
        PersonQuery(PHONE, None, ANNA), UUID(int=7), RANG_AT, lambda _found: None
    )

    assert [one.name.surname for one in persons_behind(family, PHONE)] == ["Прёбов"]
    assert find_persons(family, "проба", AREA) == ()


def elsewhere(
    store: RegisterStore, low: int, name: PersonName | None, entity: str = "call"
) -> None:
    """A row that another workplace's record left here, by the feed."""
    parts = ("", "", "") if name is None else (name.surname, name.given_name, name.patronymic)
    surname, given_name, patronymic = (None if name is None else part for part in parts)
    document = {
        "number": f"2611-0002-{low:06}",
        "phone": PHONE,
        "at": RANG_AT.isoformat(),
        "topic": None,
        "category": None,
        "about": "Чужое рабочее место",
        "surname": surname,
        "given_name": given_name,
        "patronymic": patronymic,
        **({"result": "answered"} if entity == "call" else {"state": "registered", "unit": None}),
    }
    item = FeedItem(entity, f"0002/2611/{UUID(int=low)}", 1, document, None, None, "", RANG_AT)
    feed = HistoryFeed(store, lambda: RANG_AT)
    store.write(lambda connection: feed.take(connection, (item,))).result()


def left_of_others(store: RegisterStore) -> set[int]:
    tables = (known_call, known_message)
    return store.read(
        lambda connection: {
            id.int for table in tables for id in connection.scalars(select(table.c.id))
        }
    )


@pytest.mark.parametrize(
    ("query", "left"),
    [
        (PersonQuery(PHONE, None, ANNA), {2}),
        (PersonQuery(name=ANNA), {2, 3}),
        (PersonQuery(email="anna@test.invalid"), {2, 3}),
        (PersonQuery(PHONE), set()),
    ],
)
def test_what_others_wrote_of_who_was_erased_goes_too(
    family: RegisterStore, query: PersonQuery, left: set[int]
) -> None:
    elsewhere(family, 1, ANNA)
    elsewhere(family, 2, IVAN)
    elsewhere(family, 3, None)
    elsewhere(family, 4, ANNA, "message")
    assert left_of_others(family) == {1, 2, 3, 4}

    LocalPersons(family).erase(query, UUID(int=7), RANG_AT, lambda _found: None)

    assert left_of_others(family) == left


def test_what_others_wrote_goes_after_its_term_in_one_long_run(family: RegisterStore) -> None:
    """The console runs for three months, and its daily job looks each day."""
    elsewhere(family, 1, ANNA)
    now, terms = RANG_AT, Terms(synced_days=90)
    ran: queue.Queue[datetime] = queue.Queue()

    def run(at: datetime) -> tuple[()]:
        end_terms(family, terms, at, has_central=True)
        ran.put(at)
        return ()

    jobs = DailyJobs(
        [DailyJob("terms", run)],
        lambda _event: None,
        clock=lambda: now,
        awake_s=lambda: 0.0,
        look_s=0.01,
    )
    jobs.start()
    try:
        for day in range(92):
            assert ran.get(timeout=10) == RANG_AT + timedelta(days=day)
            assert left_of_others(family) == ({1} if day <= 90 else set())
            now += timedelta(days=1)
    finally:
        assert jobs.stop(10)


def test_what_others_wrote_is_kept_for_the_term_of_what_the_centre_has(
    family: RegisterStore,
) -> None:
    elsewhere(family, 1, ANNA)
    elsewhere(family, 2, IVAN, "message")
    terms = Terms(synced_days=90)

    end_terms(family, terms, RANG_AT + timedelta(days=89), has_central=True)
    end_terms(family, terms, RANG_AT + timedelta(days=91), has_central=False)
    end_terms(family, Terms(), RANG_AT + timedelta(days=91), has_central=True)
    assert left_of_others(family) == {1, 2}
    end_terms(family, terms, RANG_AT + timedelta(days=91), has_central=True)
    assert left_of_others(family) == set()
