"""Message counts from the stored summaries: the same figures as from their events."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from sync.records.central_tables import message, message_event
from sync.records.message_event_codec import event_row
from sync.records.row_codec import message_row, plain
from sync.register.calendar.calendar import OrderedDay, OrderedKind, read_calendar
from sync.register.calendar.terms import DayOfSending, DaysOf
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.report import message_report, overdue_now
from sync.register.figures.tables import CountedTable, counted_all
from sync.register.handling.answers import AnswerTermRule
from sync.register.handling.handled import HandledMessage
from sync.register.messages import State
from sync.register.people.operators import Role
from sync.register.people.persons import RecordKind
from sync.store.central.connection import central_transaction
from sync.store.central.courses import (
    add_courses,
    counted_between,
    counted_in_states,
    keep_courses,
)
from sync.store.central.logins import enrol_worker, enrol_workplace
from sync.store.central.reading import CentralRegister, settle
from sync.store.central.standings import messages_between, messages_in_states
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.central_rows import central_row, enrol, put_messages
from tests.fakes.postgres import PostgresServer
from tests.fakes.random_ways import CATEGORIES, ORGANS, TOPICS, random_ways
from tests.integration.sync.store.central.test_central import query

CALENDAR = read_calendar(Path(__file__).parents[5] / "resources" / "calendars")
MOSCOW = ZoneInfo("Europe/Moscow")
BEGAN = datetime(2025, 2, 1, tzinfo=UTC)
DAYS = 40
SPAN = (BEGAN - timedelta(days=1), BEGAN + timedelta(days=DAYS + 1))
STATIONS = ("0001", "0002", "0003")
LONG_S = 60.0
NO_TERMS = CountingRules((), CALENDAR, DayOfSending.LEFT_OUT, MOSCOW, date(2025, 4, 1))


@st.composite
def rules(draw: st.DrawFn) -> CountingRules:
    """Deadlines, days off, a time zone and a current day, which no summary may depend on."""
    maybe = st.none()
    terms = st.builds(
        AnswerTermRule,
        maybe | st.sampled_from(TOPICS),
        maybe | st.sampled_from(CATEGORIES),
        maybe | st.sampled_from(ORGANS),
        st.integers(1, 20),
        st.sampled_from(DaysOf),
    )
    ordered = st.builds(
        OrderedDay,
        st.dates(date(2025, 2, 1), date(2025, 4, 30)),
        st.sampled_from(OrderedKind),
        st.just("Указ"),
    )
    return CountingRules(
        draw(st.lists(terms, max_size=4)),
        CALENDAR.with_orders(draw(st.lists(ordered, max_size=20))),
        draw(st.sampled_from(DayOfSending)),
        ZoneInfo(draw(st.sampled_from(["Europe/Moscow", "Asia/Kathmandu", "America/New_York"]))),
        draw(st.dates(date(2025, 2, 1), date(2025, 8, 1))),
    )


def shown(table: CountedTable) -> list[Any]:
    """Returns the messages and all breakdowns of the report of a table."""
    messages = sorted((table.made(row) for row in range(len(table))), key=lambda one: one.id)
    return [
        *messages,
        message_report(table, date(2025, 2, 5), date(2025, 3, 1)),
        overdue_now(table),
    ]


def assert_the_same(dsn: str, by: CountingRules) -> None:
    """Counts from stored summaries equal counts from events."""
    with central_transaction(dsn) as connection:
        settle(connection)
        for table, handled in (
            (counted_between(connection, *SPAN, by), messages_between(connection, *SPAN)),
            (
                counted_in_states(connection, list(State), by),
                messages_in_states(connection, list(State)),
            ),
        ):
            anew = sorted(counted_all(handled, by), key=lambda one: one.id)
            found = shown(table)
            assert found[: len(anew)] == anew
            report = message_report(anew, date(2025, 2, 5), date(2025, 3, 1))
            assert found[len(anew) :] == [report, overdue_now(anew)]


def stale(dsn: str) -> int:
    """Returns the number of messages that a report must count from their events."""
    (row,) = query(
        dsn,
        "SELECT count(*) AS n FROM message AS m LEFT JOIN message_course AS c"
        " ON c.message_id = m.id AND c.counted = c.changed WHERE c.message_id IS NULL",
    )
    return int(row["n"])


class Sending:
    """Messages that reach the central database in parts, as from late senders."""

    def __init__(self, dsn: str, ways: Iterable[HandledMessage]) -> None:
        self._dsn = dsn
        self._left = {one.id: (one, 0) for one in ways}

    def send(self, dice: random.Random, count: int) -> None:
        """Sends further events of ``count`` messages in one transaction."""
        with central_transaction(self._dsn) as connection:
            for id in dice.sample(sorted(self._left), min(count, len(self._left))):
                handled, sent = self._left[id]
                events = handled.history.events
                more = dice.randrange(1, len(events) + 1)
                if sent == 0:
                    row = central_row(plain(message_row(handled.record)), message)
                    connection.execute(insert(message), [row])
                self._put(connection, handled, sent, sent + more)
                self._left[id] = (handled, sent + more)
                if sent + more >= len(events):
                    del self._left[id]

    @staticmethod
    def _put(connection: Connection, handled: HandledMessage, start: int, end: int) -> None:
        number = str(handled.record.number)
        rows = [
            central_row(
                {**plain(event_row(event, seq)), "number": number, "revision": 1}, message_event
            )
            for seq, event in enumerate(handled.history.events, 1)
            if start < seq <= end
        ]
        if rows:
            connection.execute(insert(message_event), rows)


def erase(dsn: str, dice: random.Random) -> None:
    """Ends the retention period of a few messages; their texts and streets are deleted."""
    before = BEGAN + timedelta(days=dice.randrange(DAYS * 2))
    query(dsn, f"SELECT end_terms('{RecordKind.MESSAGE}', '{before.isoformat()}', 3)")


@given(
    seed=st.integers(0, 10**6),
    works=st.lists(st.sampled_from(["send", "send", "keep", "erase", "add"]), max_size=8),
    by=st.lists(rules(), min_size=2, max_size=2),
)
@settings(max_examples=5, deadline=None)
def test_figures_are_the_same_whatever_is_kept(
    postgres: PostgresServer,
    central_template: str,
    seed: int,
    works: list[str],
    by: list[CountingRules],
) -> None:
    dice = random.Random(seed)  # noqa: S311
    with postgres.database(central_template) as dsn:
        with central_transaction(dsn) as connection:
            for code in STATIONS:
                enrol(connection, code)
        sending = Sending(dsn, random_ways(seed, 30, BEGAN, DAYS))
        for work in works:
            match work:
                case "send":
                    sending.send(dice, 20)
                case "keep":
                    keep_courses(dsn, LONG_S)
                case "erase":
                    erase(dsn, dice)
                case _:
                    add_courses(dsn, LONG_S)
            assert_the_same(dsn, by[0])
        keep_courses(dsn, LONG_S)
        add_courses(dsn, LONG_S)
        # an edited calendar shifts deadlines and invalidates no summary
        for one in by:
            assert_the_same(dsn, one)
        keep_courses(dsn, LONG_S)
        assert stale(dsn) == 0
        assert_the_same(dsn, by[1])


@pytest.fixture
def sent_dsn(dsn: str) -> str:
    with central_transaction(dsn) as connection:
        for code in STATIONS:
            enrol(connection, code)
        put_messages(connection, random_ways(1, 60, BEGAN, DAYS))
    return dsn


def test_what_was_there_before_is_made_in_portions(sent_dsn: str) -> None:
    query(sent_dsn, "DELETE FROM message_course")
    assert_the_same(sent_dsn, NO_TERMS)
    assert add_courses(sent_dsn, LONG_S) == 60
    assert add_courses(sent_dsn, LONG_S) == 0
    assert_the_same(sent_dsn, NO_TERMS)
    assert keep_courses(sent_dsn, LONG_S) == 60
    assert keep_courses(sent_dsn, LONG_S) == 0
    # summaries of an older version are rebuilt by this one
    query(sent_dsn, "UPDATE message_course SET made_by = 0, state = 'draft' WHERE told <> '{}'")
    assert_the_same(sent_dsn, NO_TERMS)
    older = add_courses(sent_dsn, LONG_S)
    assert older > 20
    assert keep_courses(sent_dsn, LONG_S) == older
    assert_the_same(sent_dsn, NO_TERMS)


def test_kept_rows_are_what_is_counted_by(sent_dsn: str) -> None:
    """Without this the tests above could pass by counting only from events."""
    keep_courses(sent_dsn, LONG_S)
    query(sent_dsn, "UPDATE message_course SET topic = 'moved' WHERE topic IS NOT NULL")
    with central_transaction(sent_dsn) as connection:
        table = counted_between(connection, *SPAN, NO_TERMS)
    assert set(table.topic) == {"moved"}


@contextmanager
def half_sent(dsn: str, handled: HandledMessage) -> Iterator[Any]:
    """A sender that has inserted an event of a message without commit."""
    number = handled.record.number
    assert number is not None
    with closing(psycopg2.connect(dsn)) as driver, driver.cursor() as cursor:
        cursor.execute(
            "INSERT INTO message_event (station_id, period, id, message_id, seq, step, at, source,"
            " by_id, by_name, by_role, facts, schema_version, rev)"
            " SELECT station_id, period, gen_random_uuid(), message_id, seq + 1, step, at, source,"
            " by_id, by_name, by_role, facts, schema_version, rev FROM message_event"
            " WHERE station_id = %s AND period = %s AND message_id = %s ORDER BY seq DESC LIMIT 1",
            (number.station, number.period, str(handled.id)),
        )
        yield driver


def test_an_event_that_comes_while_courses_are_made_is_not_lost(sent_dsn: str) -> None:
    handled = random_ways(1, 60, BEGAN, DAYS)[0]
    with half_sent(sent_dsn, handled) as driver:
        # does not block: messages being sent are skipped
        assert keep_courses(sent_dsn, LONG_S) == 59
        driver.commit()
    assert stale(sent_dsn) == 1
    assert_the_same(sent_dsn, NO_TERMS)
    with half_sent(sent_dsn, handled) as driver:
        driver.rollback()
    assert keep_courses(sent_dsn, LONG_S) == 1
    assert stale(sent_dsn) == 0


def test_who_may_keep_and_who_may_read(centre: str) -> None:
    worker, workplace = enrol_worker(centre, "worker-1").dsn, enrol_workplace(centre, "0001").dsn
    people = {role: new_person(centre, f"p-{role.value}", role).login for role in Role}
    with central_transaction(centre) as connection:
        for code in STATIONS[1:]:
            enrol(connection, code)
        put_messages(connection, random_ways(1, 30, BEGAN, DAYS))
    query(centre, "DELETE FROM message_course WHERE station_id = '0002'")
    assert add_courses(worker, LONG_S) == 10
    assert keep_courses(worker, LONG_S) == 30
    owner = CentralRegister(centre)
    begun = owner.counted_between(*SPAN, NO_TERMS)
    standing = owner.counted_in_states(list(State), NO_TERMS)
    assert len(standing) == 30 > len(begun) > 20
    for role in (Role.SUPERVISOR, Role.MODERATOR):
        register = CentralRegister(dsn_as(centre, people[role]))
        assert shown(register.counted_between(*SPAN, NO_TERMS)) == shown(begun)
        assert shown(register.counted_in_states(list(State), NO_TERMS)) == shown(standing)
    # without the right to read summaries, only own messages are counted: none here
    own = CentralRegister(dsn_as(centre, people[Role.OPERATOR]))
    assert len(own.counted_between(*SPAN, NO_TERMS)) == 0
    for login in (worker, workplace, *(dsn_as(centre, login) for login in people.values())):
        for attack in (
            "DELETE FROM message_course",
            "UPDATE message_course SET changed = 1",
            "UPDATE message_course SET message_id = gen_random_uuid()",
            *(
                ()
                if login == worker
                else (
                    "UPDATE message_course SET told = '{}'",
                    "INSERT INTO message_course (station_id, period, message_id)"
                    " VALUES ('0001', '2502', gen_random_uuid())",
                )
            ),
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                query(login, attack)
    for login in (workplace, dsn_as(centre, people[Role.OBSERVER])):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            query(login, "SELECT topic FROM message_course")


def test_a_street_is_gone_with_the_words(sent_dsn: str) -> None:
    keep_courses(sent_dsn, LONG_S)
    count = (
        "SELECT count(*) AS n FROM message_course AS c JOIN message AS m ON m.id = c.message_id"
        " WHERE m.state = 'closed' AND street_key IS NOT NULL"
    )
    assert query(sent_dsn, count)[0]["n"] > 0
    query(sent_dsn, f"SELECT end_terms('message', '{datetime(2027, 1, 1)}', 1000)")
    assert query(sent_dsn, count)[0]["n"] == 0
    assert_the_same(sent_dsn, NO_TERMS)


def test_an_older_centre_and_an_older_worker_are_counted_from_events(sent_dsn: str) -> None:
    assert_the_same(sent_dsn, NO_TERMS)  # no summaries are stored
    query(sent_dsn, "DROP TABLE message_course; DROP TRIGGER mark_courses ON message_event")
    with central_transaction(sent_dsn) as connection:
        table = counted_between(connection, *SPAN, NO_TERMS)
        anew = list(counted_all(messages_between(connection, *SPAN), NO_TERMS))
    assert len(table) == len(anew) > 30
    assert (keep_courses(sent_dsn, LONG_S), add_courses(sent_dsn, LONG_S)) == (0, 0)
