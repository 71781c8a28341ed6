"""The worker reports the actions of all workplaces to the platform: in order, and once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import psycopg2
import psycopg2.extras
import pytest
from uuid_utils.compat import uuid7

from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.jobs.platform import post_messages, tell_news
from sync.register import messages
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Doer, Source, Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.standing import HELD_BACK
from sync.register.messages import Publicity
from sync.register.numbering import RegistrationNumber
from sync.register.people.values import Absence
from sync.store.central.platform_news import CentralPlatformNews
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Open311Server
from tests.fakes.platform_troubles import send_waiting
from tests.fakes.records import OPERATOR, filled, new_call, registered_message

WAIT_S = 10
AT_HOME = person(OPERATOR)
NOTHING = step_facts.NoFacts()
ROUTED = step_facts.Routed("road-service", "road-service")
PLANNED = Answer(
    AnswerKind.PLANNED,
    "Отремонтируем в феврале.",
    "road-service",
    planned_on=date(2099, 2, 1),
    measures="Закупим смесь.",
)


@dataclass(frozen=True)
class Worker:
    """A worker's connection with its queue and its updates."""

    queue: CentralPlatformQueue
    news: CentralPlatformNews

    @classmethod
    def start(cls, dsn: str) -> Worker:
        holder = uuid7()
        queue = CentralPlatformQueue(dsn, holder)
        return cls(queue, CentralPlatformNews(queue.connection, holder))


class Place:
    """A workplace, the central database, the platform, and the worker between the last two."""

    def __init__(self, store: RegisterStore, dsn: str, server: Open311Server) -> None:
        self.store, self.dsn, self.server = store, dsn, server
        self.handling = MessageHandling(store)
        self.platform = PlatformClient(PlatformSettings(server.url, server.behaviour.api_key))
        self.worker = Worker.start(dsn)

    def message(self) -> UUID:
        """Returns a public message of a call, registered and sent to its body, in the central
        database.
        """
        rang_at = datetime.now(UTC) - timedelta(minutes=5)
        card = filled(self.store.open_card(new_call(0, rang_at), OPERATOR).result(WAIT_S))
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
        )
        self.store.hand_in(draft, AT_HOME, card=card).result(WAIT_S)
        self.step(draft.id, Step.TAKE_UP)
        numbered = step_facts.Numbered(self.number(draft.id))
        self.step(draft.id, Step.REGISTER_AND_PUBLISH, numbered)
        self.step(draft.id, Step.SEND_TO_ORGAN, ROUTED)
        self.send()
        return draft.id

    def number(self, id: UUID) -> RegistrationNumber:
        handled = self.handling.handled(id)
        assert handled is not None
        assert handled.record.number is not None
        return handled.record.number

    def step(
        self, id: UUID, taken: Step, facts: step_facts.Facts = NOTHING, by: Doer = AT_HOME
    ) -> None:
        outcome = self.handling.take(id, taken, by, facts).result(WAIT_S)
        assert isinstance(outcome, StepDone), outcome

    def send(self, seconds_ago: float = 60.0) -> None:
        """Sends the outbox to the central database; its events arrive with a time in the past."""
        send_waiting(self.store, self.dsn)
        ago = timedelta(seconds=seconds_ago)
        run(self.dsn, "UPDATE message_event SET received_at = now() - %s", ago)

    def tell(self, worker: Worker | None = None) -> int:
        """Runs the worker until nothing is due; returns the number of rounds that reported."""
        news, rounds = (worker or self.worker).news, 0
        while True:
            result = tell_news(news, self.platform, datetime.now(UTC))
            if not getattr(result, "is_reached", False):
                return rounds
            rounds += 1

    def heard(self) -> list[tuple[str, str]]:
        return [
            (form["attribute[step]"], form["attribute[is_public]"])
            for form in self.server.updates.values()
        ]


def run(dsn: str, statement: str, *values: object) -> list[dict[str, object]]:
    connection = psycopg2.connect(dsn, cursor_factory=psycopg2.extras.RealDictCursor)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [dict(row) for row in cursor.fetchall()] if cursor.description else []
    finally:
        connection.close()


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


@pytest.fixture
def place(store: RegisterStore, dsn: str, server: Open311Server) -> Iterator[Place]:
    made = Place(store, dsn, server)
    yield made
    made.platform.close()
    made.worker.queue.close()


def post(place: Place) -> None:
    post_messages(place.worker.queue, place.platform, datetime.now(UTC) + HELD_BACK)
    assert len(place.server.requests) == 1


def test_every_step_of_a_workplace_reaches_the_platform_in_order(place: Place) -> None:
    id = place.message()
    assert place.tell() == 0  # it is not on the platform yet
    post(place)

    place.step(id, Step.RECEIVE_ANSWER, step_facts.AnswerGiven(PLANNED))
    place.step(id, Step.SEND_PLAN)
    place.send()
    place.tell()

    # posted as a registered message: its registration is not reported again
    assert place.heard() == [("send_to_organ", "true"), ("send_plan", "true")]
    sent, planned = place.server.updates.values()
    assert sent["attribute[body]"] == "road-service"
    assert planned["description"] == PLANNED.text
    assert planned["attribute[answer_kind]"] == "planned"
    assert planned["attribute[planned_on]"] == "2099-02-01"
    assert planned["attribute[measures]"] == PLANNED.measures
    assert place.tell() == 0


def test_a_message_of_a_call_is_told_as_registered_and_at_its_body_once(place: Place) -> None:
    """Required by Regulation 7.9."""
    call = new_call(0, datetime.now(UTC) - timedelta(minutes=5))
    card = filled(place.store.open_card(call, OPERATOR).result(WAIT_S))
    place.store.register_message(registered_message(card, uuid7()), card).result(WAIT_S)
    place.send()
    for _again in range(2):
        post(place)
        place.tell()

    (posted,) = place.server.requests
    assert posted.form["attribute[unit]"] == "road-service"
    assert place.heard() == [("send_to_organ", "true")]
    (sent,) = place.server.updates.values()
    assert sent["attribute[body]"] == "road-service"


def test_a_message_found_confidential_is_hidden_at_the_next_round(place: Place) -> None:
    id = place.message()
    post(place)
    place.tell()

    found = step_facts.ConfidentialFound(frozenset({Confidential.PERSONAL_DATA}))
    place.step(id, Step.MARK_CONFIDENTIAL, found)
    place.send()
    place.tell()

    assert place.heard()[-1] == ("mark_confidential", "false")


def test_a_step_waits_until_it_can_no_longer_be_taken_back(place: Place) -> None:
    place.message()
    post(place)
    place.send(seconds_ago=1.0)
    assert place.tell() == 0
    (row,) = run(place.dsn, "SELECT news_next_at, leased_by FROM platform_post")
    assert row["news_next_at"] is not None
    assert row["leased_by"] is None

    run(place.dsn, "UPDATE message_event SET received_at = now() - interval '1 minute'")
    run(place.dsn, "UPDATE platform_post SET news_next_at = now()")

    place.tell()
    assert place.heard() == [("send_to_organ", "true")]


def test_a_decision_that_was_taken_back_is_not_reported(place: Place) -> None:
    id = place.message()
    post(place)
    handled = place.handling.handled(id)
    assert handled is not None
    undone = handled.standing.decisions[-1].event
    place.step(id, Step.TAKE_BACK, step_facts.TakenBack(undone.id))
    place.send()
    place.tell()

    assert "send_to_organ" not in [step for step, _ in place.heard()]


def test_what_was_reported_before_a_worker_died_is_not_reported_again(place: Place) -> None:
    id = place.message()
    post(place)
    dying = Worker.start(place.dsn)
    (news,) = dying.news.due(datetime.now(UTC), 10)
    place.platform.tell(news.platform_id, news.event_id, news.at, news.news)
    dying.queue.close()  # before it recorded the response
    assert place.tell() == 0  # its lease is still valid
    run(place.dsn, "UPDATE platform_post SET leased_until = now() - interval '1 second'")

    place.step(id, Step.RECEIVE_ANSWER, step_facts.AnswerGiven(PLANNED))
    place.step(id, Step.SEND_PLAN)
    place.send()
    place.tell()

    assert place.heard() == [("send_to_organ", "true"), ("send_plan", "true")]


def test_two_workers_report_each_step_once(place: Place) -> None:
    place.message()
    post(place)
    other = Worker.start(place.dsn)
    first = place.worker.news.due(datetime.now(UTC), 10)

    assert len(first) == 1
    assert other.news.due(datetime.now(UTC), 10) == ()
    other.queue.close()


@pytest.mark.parametrize("trouble", [Fault.DROP_AFTER, Fault.ERROR, Fault.HTML])
def test_news_survives_a_platform_that_fails(place: Place, trouble: Fault) -> None:
    place.message()
    post(place)
    place.server.plan(trouble)
    place.tell()
    run(place.dsn, "UPDATE platform_post SET news_next_at = now()")  # the backoff is over
    place.tell()

    assert place.heard() == [("send_to_organ", "true")]


def test_a_rework_by_a_rating_carries_its_remarks(place: Place) -> None:
    id = place.message()
    post(place)
    solved = Answer(AnswerKind.SOLVED, "Яма заделана.", "road-service")
    place.step(id, Step.RECEIVE_ANSWER, step_facts.AnswerGiven(solved))
    place.step(id, Step.SEND_ANSWER)
    rated = step_facts.Rated(Rating.BAD, "Яма на месте.")
    place.step(id, Step.RATE_NEGATIVELY, rated, Source.PLATFORM)
    place.send()
    place.tell()

    assert [step for step, _ in place.heard()][-2:] == ["send_answer", "send_to_rework"]
    rework = list(place.server.updates.values())[-1]
    assert rework["attribute[remarks]"] == "Яма на месте."
