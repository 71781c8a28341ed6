"""A workplace that reviews all messages: its decisions, and conflicts resolved by order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import psycopg2
import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.errors import LoginRefused
from sync.exchange.failures import Permanent, classify
from sync.exchange.feed import catch_up
from sync.records.table_rules import Entity
from sync.records.workplace_tables import outbox
from sync.register import messages
from sync.register.calendar.terms import DayOfSending
from sync.register.checks.finding import Ground
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.report import message_report
from sync.register.handling.events import Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import (
    Explained,
    Link,
    Linked,
    LinkKind,
    NoFacts,
    NoticeOutcome,
    Notified,
    Numbered,
    RefusedOn,
)
from sync.register.messages import Publicity, State
from sync.register.people.operators import Operator, Role
from sync.register.people.persons import PersonQuery
from sync.register.people.values import Absence, Stated
from sync.store.central.connection import central_transaction, initialise
from sync.store.central.courses import counted_between
from sync.store.central.feed import CentralFeed
from sync.store.central.logins import enrol_workplace, known_logins, set_reviews
from sync.store.central.persons import CentralPersons
from sync.store.central.reading import settle
from sync.store.central.told_erasures import take_erasures
from sync.store.local.keys import StoreKey
from sync.store.local.messages.handling import HandlingFeed, MessageHandling, StepsOvertaken
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.outbox import settled_ends
from sync.store.local.people.retention import Terms, TermsPassed, end_terms
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import owned_centre
from tests.fakes.notices import CALENDAR, ZONE, Clock, FewOrgans, make_composer
from tests.fakes.postgres import PostgresServer
from tests.fakes.ready_commands import run
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message
from tests.integration.sync.store.central.test_central import connected, query, rows_of

WAIT_S = 10
AT_HOME = person(OPERATOR)
MODERATOR = person(Operator(UUID(int=3), "moderator", "Модераторова Инна", Role.MODERATOR))
GROUNDS = frozenset({Ground.NO_PLACE})
RELATED = Linked(Link(LinkKind.SAME_MATTER, UUID(int=8)))


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(asks_passwords=True) as made:
        yield made


@pytest.fixture
def centre(server: PostgresServer) -> Iterator[str]:
    with owned_centre(server, "CREATEROLE") as dsn:
        assert initialise(dsn)
        yield dsn


class Workplace:
    """A store with its sender and feed under its own login, one step at a time."""

    def __init__(self, store: RegisterStore, dsn: str) -> None:
        self.store, self.dsn = store, dsn
        self.handling = MessageHandling(store)
        self.told: list[StepsOvertaken] = []
        self._feed = HandlingFeed(store, self.told.append)

    def send(self) -> None:
        """Sends the outbox; rejected rows are quarantined, as by the sender."""
        with connected(self.dsn, self.store) as central:
            for row in rows_of(self.store):
                try:
                    assert central.push([row]) == {row.seq}
                except psycopg2.Error as error:
                    refused = classify(error)
                    assert isinstance(refused, Permanent), refused
                    self.store.mark_poison(row, refused.code).result(WAIT_S)
                else:
                    self.store.mark_sent([row], datetime.now(UTC), 1).result(WAIT_S)

    def take(self) -> None:
        central = CentralFeed(self.dsn, self.store.station().code)
        central.connect()
        catch_up(central, self._feed)
        central.close()

    def message(self, message_id: UUID) -> HandledMessage:
        handled = self.handling.handled(message_id)
        assert handled is not None
        return handled

    def steps(self, message_id: UUID) -> list[Step]:
        return [event.step for event in self.message(message_id).history.events]

    def hand_in(self, index: int, email: Stated = "caller@test.invalid") -> UUID:
        """Returns a message of a call that awaits review."""
        card = filled(self.store.open_card(new_call(index), OPERATOR).result(WAIT_S))
        draft = messages.edit(
            messages.message_from_call(card, uuid7(), card.arrived_at, OPERATOR),
            text="Яма на дороге",
            topic="roads",
            category="roads-pits",
            unit="road-service",
            event_on=date(2026, 11, 24),
            event_time=time(7, 30),
            place="ул. Пробная, 1",
            publicity=Publicity.PUBLIC,
            phone=Absence.NOT_GIVEN,
            email=email,
        )
        done = self.store.hand_in(draft, AT_HOME, card=card).result(WAIT_S)
        assert isinstance(done, StepDone), done
        return draft.id


@pytest.fixture
def home(store: RegisterStore, centre: str) -> Workplace:
    return Workplace(store, enrol_workplace(centre, "0001").dsn)


@pytest.fixture
def other(tmp_path: Path, key: StoreKey, centre: str) -> Iterator[Workplace]:
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield Workplace(opened, enrol_workplace(centre, "0002").dsn)
    assert opened.close_store()


def test_a_message_is_reviewed_at_another_workplace(
    home: Workplace, other: Workplace, centre: str
) -> None:
    message_id = home.hand_in(1)
    home.send()
    other.take()
    assert other.handling.handled(message_id) is None, "it reviews its own"

    assert run("central", "review-all", "0002", "--dsn", centre).returncode == 0
    assert [one.reviews for one in known_logins(centre)] == [False, True]
    other.take()
    taken, kept = other.message(message_id), home.message(message_id)
    assert taken.history == kept.history
    assert (taken.record.text, taken.record.name) == (kept.record.text, kept.record.name)
    assert taken.record.number == kept.record.number
    assert not rows_of(other.store), "what came from the centre is not sent back"

    other.handling.take(message_id, Step.TAKE_UP, MODERATOR).result(WAIT_S)
    number = taken.record.number
    assert number is not None
    registered = (Step.REGISTER_AND_PUBLISH, Numbered(number))
    done = other.handling.take_all(message_id, [registered], MODERATOR).result(WAIT_S)
    assert isinstance(done, StepDone), done
    other.send()
    # The central database is updated immediately, whether or not the message's own workplace is in
    # use.
    assert query(centre, "SELECT state, call_id IS NOT NULL AS has_call FROM message") == [
        {"state": "published", "has_call": True}
    ]
    home.take()
    assert home.message(message_id).history == other.message(message_id).history
    assert home.message(message_id).record.state is State.PUBLISHED
    home.send()
    assert query(centre, "SELECT state FROM message") == [{"state": "published"}]
    assert not other.handling.own_in_states(tuple(State))


def test_a_message_of_a_call_is_registered_and_at_its_body_at_every_place(
    home: Workplace, other: Workplace, centre: str
) -> None:
    """Regulation 7.9: both actions are one transaction, here and in the central database."""
    set_reviews(centre, "0002", reviews=True)
    card = home.store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    made = registered_message(filled(card), uuid7())
    message, _card = home.store.register_message(made, filled(card)).result(WAIT_S)
    both = [Step.REGISTER_AND_PUBLISH, Step.SEND_TO_ORGAN]
    assert (message.state, home.steps(message.id)[-2:]) == (State.AT_ORGAN, both)

    home.send()
    other.take()
    assert other.message(message.id).history == home.message(message.id).history
    assert other.message(message.id).record.unit == "road-service"
    told = query(centre, "SELECT step FROM message_event ORDER BY seq DESC LIMIT 2")
    assert [row["step"] for row in told] == ["send_to_organ", "register_and_publish"]
    assert query(centre, "SELECT state, unit FROM message") == [
        {"state": "at_organ", "unit": "road-service"}
    ]


def test_of_two_who_take_a_message_up_the_second_is_told_and_loses_no_word(
    home: Workplace, other: Workplace, centre: str
) -> None:
    set_reviews(centre, "0002", reviews=True)
    message_id = home.hand_in(1)
    home.send()
    other.take()
    home.handling.take(message_id, Step.TAKE_UP, AT_HOME).result(WAIT_S)
    asked = (
        (Step.TAKE_UP, NoFacts()),
        (Step.ASK_COLLEAGUE, Explained("Чья это дорога?")),
        (Step.LINK, RELATED),
    )
    done = other.handling.take_all(message_id, asked, MODERATOR).result(WAIT_S)
    assert isinstance(done, StepDone), done
    home.send()
    other.send()
    other.take()

    (told,) = other.told
    assert [lost.event.step for lost in told.steps] == [Step.TAKE_UP, Step.ASK_COLLEAGUE]
    assert {lost.by.by for lost in told.steps} == {AT_HOME}
    assert told.steps[1].event.facts == Explained("Чья это дорога?")
    assert other.message(message_id).standing.taken_by == AT_HOME
    assert other.steps(message_id)[-2:] == [Step.TAKE_UP, Step.LINK]
    other.send()
    assert not rows_of(other.store)
    assert not other.store.outbox_poison()
    home.take()
    assert home.message(message_id).history == other.message(message_id).history
    assert not home.told


def test_what_was_sent_of_others_is_asked_for_in_the_centre_and_erased_with_them(
    home: Workplace, other: Workplace, centre: str
) -> None:
    set_reviews(centre, "0002", reviews=True)
    message_id = home.hand_in(1)
    home.send()
    other.take()
    refused = ((Step.TAKE_UP, NoFacts()), (Step.REFUSE, RefusedOn(GROUNDS, "Назовите дом.")))
    done = other.handling.take_all(message_id, refused, MODERATOR).result(WAIT_S)
    assert isinstance(done, StepDone), done
    other.send()
    # Queried from the central database at each connection to detect a restore.
    ends = other.store.read(settled_ends)
    with connected(other.dsn, other.store) as central:
        assert central.held(ends) == {row.seq for row in ends}

    now = datetime.now(UTC)
    asked = PersonQuery(phone=None, email="caller@test.invalid", name=None)
    CentralPersons(centre).erase(asked, uuid7(), now, lambda _found: None)
    assert take_erasures(other.store, other.dsn, now) == 1
    assert take_erasures(other.store, other.dsn, now) == 0
    left = other.message(message_id)
    assert (left.record.text, left.record.place, left.record.name) == ("", "", Absence.ERASED)
    words = "Яма на дороге"
    assert words not in str(left.history)
    kept = other.store.read(
        lambda connection: connection.execute(select(outbox.c.entity, outbox.c.payload)).all()
    )
    assert {row.entity for row in kept} >= {Entity.STANDING.value, Entity.MESSAGE_EVENT.value}
    assert words not in str(kept)
    assert take_erasures(home.store, home.dsn, now) >= 1


def test_what_was_here_for_review_is_given_up_by_its_term(
    home: Workplace, other: Workplace, centre: str
) -> None:
    set_reviews(centre, "0002", reviews=True)
    message_id = home.hand_in(1)
    home.send()
    other.take()
    terms, later = Terms(synced_days=90), datetime.now(UTC) + timedelta(days=91)
    still = end_terms(other.store, terms, later, has_central=True)
    assert still == TermsPassed(0, 0), "it is not over"
    refused = ((Step.TAKE_UP, NoFacts()), (Step.REFUSE, RefusedOn(GROUNDS, "Назовите дом.")))
    home.handling.take_all(message_id, refused, AT_HOME).result(WAIT_S)
    home.send()
    other.take()
    assert end_terms(other.store, terms, later, has_central=True) == TermsPassed(0, 1)
    assert other.message(message_id).record.text == ""
    # At its own workplace it remains until the central database has it for good.
    assert end_terms(home.store, terms, later, has_central=True) == TermsPassed(0, 0)
    assert home.message(message_id).record.text == "Яма на дороге"


def test_a_workplace_that_reviews_its_own_adds_nothing_to_others(
    home: Workplace, other: Workplace, centre: str
) -> None:
    set_reviews(centre, "0002", reviews=True)
    message_id = home.hand_in(1)
    home.send()
    other.take()
    other.handling.take(message_id, Step.TAKE_UP, MODERATOR).result(WAIT_S)
    set_reviews(centre, "0002", reviews=False)
    before = query(centre, "SELECT * FROM message")
    other.send()
    refused = {row.entity: row.error[:5] for row in other.store.outbox_poison()}
    assert refused == {Entity.MESSAGE_EVENT: "42501", Entity.STANDING: "42501"}
    assert query(centre, "SELECT * FROM message") == before
    with pytest.raises(LoginRefused):
        set_reviews(centre, "0009", reviews=True)


def test_an_author_whom_no_notice_reaches_counts_apart_at_every_workplace(
    home: Workplace, other: Workplace, centre: str
) -> None:
    """Regulation 7.11: the reviewing workplace has the notifications of its refusals."""
    clock = Clock()
    clock.at = datetime.now(UTC)
    outbox = NoticeOutbox(other.store, uuid7, clock)
    outbox.follow_steps(make_composer(FewOrgans()).composed)
    message_id = home.hand_in(1, email=Absence.NOT_GIVEN)
    home.send()
    assert run("central", "review-all", "0002", "--dsn", centre).returncode == 0
    other.take()
    refused = RefusedOn(GROUNDS, "Назовите дом.")
    other.handling.take(message_id, Step.TAKE_UP, MODERATOR).result(WAIT_S)
    done = other.handling.take(message_id, Step.REFUSE, MODERATOR, refused).result(WAIT_S)
    assert isinstance(done, StepDone), done
    assert outbox.note_outcomes(clock.at) == 0, "it can be taken back"
    clock.put_on(seconds=20)
    assert outbox.note_outcomes(clock.at) == 1
    other.send()
    home.take()

    told = home.message(message_id).standing.notified
    assert told == Notified(NoticeOutcome.NOBODY, "no_contact")
    span = (RANG_AT - timedelta(days=1), clock.at + timedelta(days=1))
    by = CountingRules((), CALENDAR, DayOfSending.LEFT_OUT, ZONE, clock.at.date())
    with central_transaction(centre) as connection:
        settle(connection)
        table = counted_between(connection, *span, by)
    figures = message_report(table, span[0].date(), span[1].date()).total.figures
    assert (figures.refused, figures.not_notified) == (1, 1)
