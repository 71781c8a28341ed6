"""What became of messages is told to the platform: in order, once, and not before it is sure."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sync.exchange.platform import PlatformClient, PlatformSettings
from sync.exchange.platform_port import NotSupported
from sync.jobs import PlatformJobs, RoundResult, post_messages, take_in_messages, tell_news
from sync.register.checks.grounds import Ground
from sync.register.handling import facts
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step, person
from sync.register.handling.facts import Facts
from sync.register.handling.handled import StepDone
from sync.register.handling.states import State
from sync.store.handling import MessageHandling
from sync.store.platform_intake import LocalPlatformIntake
from sync.store.platform_news import LocalPlatformNews
from sync.store.platform_queue import LocalPlatformQueue
from sync.store.register import RegisterStore
from tests.fakes.open311_server import Fault, Later, Open311Server
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
NOTHING = facts.NoFacts()
START = RANG_AT + timedelta(minutes=10)
SENT = (START + timedelta(minutes=1)).replace(microsecond=0)
ROUTED = facts.Routed("road-service", "road-service")


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def later(self, seconds: float) -> datetime:
        self.at += timedelta(seconds=seconds)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, store_template: StoreTemplate, clock: Clock) -> Iterator[RegisterStore]:
    store_template.open_copy(tmp_path / "register.db").close_store()
    opened = RegisterStore.open(tmp_path / "register.db", store_template.key, clock=clock)
    yield opened
    assert opened.close_store()


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        running.frozen_at = START + timedelta(minutes=60)
        yield running


@pytest.fixture
def platform(server: Open311Server) -> Iterator[PlatformClient]:
    made = PlatformClient(PlatformSettings(server.url, server.behaviour.api_key))
    yield made
    made.close()


@pytest.fixture
def news(store: RegisterStore) -> LocalPlatformNews:
    queue = LocalPlatformNews(store)
    queue.follow_steps()
    return queue


@pytest.fixture
def handling(store: RegisterStore) -> MessageHandling:
    return MessageHandling(store)


def taken_up(
    store: RegisterStore, handling: MessageHandling, platform: PlatformClient, clock: Clock
) -> UUID:
    """A user's message of the platform, under review."""
    intake = LocalPlatformIntake(store)
    intake.since(START)
    assert take_in_messages(intake, platform, clock.later(120)).events
    (handled,) = handling.in_states({State.SUBMITTED})
    step(handling, handled.id, Step.TAKE_UP)
    return handled.id


def step(handling: MessageHandling, id: UUID, taken: Step, told: Facts = NOTHING) -> StepDone:
    outcome = handling.take(id, taken, person(OPERATOR), told).result(WAIT_S)
    assert isinstance(outcome, StepDone), outcome
    return outcome


def heard(server: Open311Server) -> list[tuple[str, str, str]]:
    return [
        (form["external_status_code"], form["status"], form["description"])
        for form in server.updates.values()
    ]


def test_each_decision_reaches_the_platform_in_its_order(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    server.add_foreign("Яма", SENT, told={"address_string": "ул. Пробная, 1"})
    id = taken_up(store, handling, platform, clock)
    refused = facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    step(handling, id, Step.REFUSE, refused)
    assert tell_news(news, platform, clock.later(15)) == RoundResult((), False, False, None)
    assert tell_news(news, platform, clock.later(1)) == RoundResult((), True, False, None)
    assert heard(server) == [("refused", "CLOSED", "Назовите дом.")]
    assert news.due(clock.later(3600), 10) == ()


def test_a_decision_taken_back_is_never_told(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    server.add_foreign("Яма", SENT)
    id = taken_up(store, handling, platform, clock)
    refused = facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    decided = step(handling, id, Step.REFUSE, refused).events[0].id
    clock.later(10)
    assert isinstance(handling.take_back(id, decided, OPERATOR).result(WAIT_S), StepDone)
    tell_news(news, platform, clock.later(60))
    assert server.updates == {}


def test_our_own_message_tells_what_comes_after_its_post(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    record = registered_message(filled(card), card.id)
    store.save_message(record).result(WAIT_S)
    steps = ((Step.SEND_TO_ORGAN, ROUTED),)
    assert isinstance(
        handling.take_all(record.id, steps, person(OPERATOR)).result(WAIT_S), StepDone
    )
    assert news.due(clock.later(60), 10) == ()  # it is not there yet
    post_messages(LocalPlatformQueue(store), platform, clock.at)
    answer = facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Засыпали.", "road-service"))
    step(handling, record.id, Step.RECEIVE_ANSWER, answer)
    step(handling, record.id, Step.SEND_ANSWER)
    clock.later(60)
    # One at a time of a message: the second waits for the first.
    tell_news(news, platform, clock.at)
    tell_news(news, platform, clock.at)
    assert heard(server) == [("at_organ", "OPEN", ""), ("answer_sent", "OPEN", "Засыпали.")]
    (first, _second) = server.updates.values()
    assert first["attribute[is_public]"] == "true"


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.ERROR_AFTER, Later("5")])
def test_a_lost_answer_is_told_again_under_the_same_identity(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
    fault: Fault | Later,
) -> None:
    server.add_foreign("Яма", SENT)
    id = taken_up(store, handling, platform, clock)
    step(handling, id, Step.REFUSE, facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом."))
    server.plan(fault)
    lost = tell_news(news, platform, clock.later(20))
    assert isinstance(lost, RoundResult)
    assert lost.failure is not None
    assert news.due(clock.at, 10) == ()
    tell_news(news, platform, clock.later(30))
    assert len(server.updates) == 1


def test_it_is_told_again_when_the_platform_wishes(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    server.add_foreign("Яма", SENT)
    id = taken_up(store, handling, platform, clock)
    step(handling, id, Step.REFUSE, facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом."))
    server.plan(Later("900"))
    tell_news(news, platform, clock.later(20))
    assert news.due(clock.later(899), 10) == ()
    assert len(news.due(clock.later(1), 10)) == 1


def test_a_platform_without_that_door_is_left_in_peace_and_a_refused_one_noted(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    server.add_foreign("Яма", SENT)
    id = taken_up(store, handling, platform, clock)
    step(handling, id, Step.REFUSE, facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом."))
    clock.later(60)
    server.behaviour.takes_news = False
    assert tell_news(news, platform, clock.at) == NotSupported()
    assert len(news.due(clock.at, 10)) == 1
    server.behaviour.takes_news = True
    server.plan(Fault.REFUSE)
    assert tell_news(news, platform, clock.at) == RoundResult((), True, False, None)
    assert news.due(clock.later(3600), 10) == ()
    assert server.updates == {}


def test_the_jobs_tell_it_beside_their_other_work(
    store: RegisterStore,
    handling: MessageHandling,
    news: LocalPlatformNews,
    platform: PlatformClient,
    server: Open311Server,
    clock: Clock,
) -> None:
    server.add_foreign("Яма", SENT)
    id = taken_up(store, handling, platform, clock)
    step(handling, id, Step.REFUSE, facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом."))
    clock.later(60)
    for door in (False, True):
        server.behaviour.takes_news = door
        asked = server.posts
        jobs = PlatformJobs(
            LocalPlatformQueue(store), platform, lambda _event: None, news=news, clock=clock
        )
        jobs.start()
        deadline = time.monotonic() + WAIT_S
        while server.posts == asked:
            assert time.monotonic() < deadline
            threading.Event().wait(0.01)
        assert jobs.stop(WAIT_S)
    assert heard(server) == [("refused", "CLOSED", "Назовите дом.")]
