"""Status updates of messages are sent to the platform in order, once, and only when final."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.exchange.platform.port import NotSupported
from sync.jobs.platform import (
    PlatformJobs,
    RoundResult,
    post_messages,
    take_in_messages,
    tell_news,
)
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Facts
from sync.register.messages import State
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.platform_intake import LocalPlatformIntake, LocalPlatformNews
from sync.store.local.messages.platform_queue import LocalPlatformQueue
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Later, Open311Server
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
NOTHING = step_facts.NoFacts()
START = RANG_AT + timedelta(minutes=10)
SENT = (START + timedelta(minutes=1)).replace(microsecond=0)
REFUSED = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")


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


@dataclass(frozen=True)
class Desk:
    """A workplace with its register, and the platform that receives its updates."""

    store: RegisterStore
    handling: MessageHandling
    news: LocalPlatformNews
    platform: PlatformClient
    server: Open311Server
    clock: Clock

    def taken_up(self) -> UUID:
        """Returns a user's message of the platform, under review."""
        self.server.add_foreign("Яма", SENT, told={"address_string": "ул. Пробная, 1"})
        intake = LocalPlatformIntake(self.store)
        intake.since(START)
        assert take_in_messages(intake, self.platform, self.clock.later(120)).events
        (handled,) = self.handling.in_states({State.SUBMITTED})
        self.step(handled.id, Step.TAKE_UP)
        return handled.id

    def step(self, id: UUID, taken: Step, told: Facts = NOTHING) -> StepDone:
        outcome = self.handling.take(id, taken, person(OPERATOR), told).result(WAIT_S)
        assert isinstance(outcome, StepDone), outcome
        return outcome

    def refused(self) -> None:
        """Refuses such a message for a missing location."""
        self.step(self.taken_up(), Step.REFUSE, REFUSED)

    def tell(self, at: datetime) -> RoundResult | NotSupported:
        return tell_news(self.news, self.platform, at)

    def due(self, at: datetime) -> int:
        return len(self.news.due(at, 10))

    def heard(self) -> list[tuple[str, str, str]]:
        return [
            (form["external_status_code"], form["status"], form["description"])
            for form in self.server.updates.values()
        ]


@pytest.fixture
def desk(
    store: RegisterStore, platform: PlatformClient, server: Open311Server, clock: Clock
) -> Desk:
    news = LocalPlatformNews(store)
    news.follow_steps()
    return Desk(store, MessageHandling(store), news, platform, server, clock)


def test_each_decision_reaches_the_platform_in_its_order(desk: Desk) -> None:
    desk.refused()
    assert desk.tell(desk.clock.later(15)) == RoundResult((), False, False, None)
    assert desk.tell(desk.clock.later(1)) == RoundResult((), True, False, None)
    assert desk.heard() == [("refused", "CLOSED", "Назовите дом.")]
    assert desk.due(desk.clock.later(3600)) == 0


def test_a_decision_taken_back_is_never_told(desk: Desk) -> None:
    id = desk.taken_up()
    decided = desk.step(id, Step.REFUSE, REFUSED).events[0].id
    desk.clock.later(10)
    assert isinstance(desk.handling.take_back(id, decided, OPERATOR).result(WAIT_S), StepDone)
    desk.tell(desk.clock.later(60))
    assert desk.server.updates == {}


def test_our_own_message_tells_what_comes_after_its_post(desk: Desk) -> None:
    card = desk.store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    record = registered_message(filled(card), card.id)
    desk.store.save_message(record).result(WAIT_S)
    assert desk.due(desk.clock.later(60)) == 0  # it is not on the platform yet
    post_messages(LocalPlatformQueue(desk.store), desk.platform, desk.clock.at)
    (posted,) = desk.server.requests
    assert posted.form["attribute[unit]"] == "road-service"
    answer = step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Засыпали.", "road-service"))
    desk.step(record.id, Step.RECEIVE_ANSWER, answer)
    desk.step(record.id, Step.SEND_ANSWER)
    desk.clock.later(60)
    # One update of a message at a time: the second waits for the first.
    desk.tell(desk.clock.at)
    desk.tell(desk.clock.at)
    assert desk.heard() == [("at_organ", "OPEN", ""), ("answer_sent", "OPEN", "Засыпали.")]
    (first, _second) = desk.server.updates.values()
    assert first["attribute[is_public]"] == "true"


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.ERROR_AFTER, Later("5")])
def test_a_lost_answer_is_told_again_under_the_same_identity(
    desk: Desk, fault: Fault | Later
) -> None:
    desk.refused()
    desk.server.plan(fault)
    lost = desk.tell(desk.clock.later(20))
    assert isinstance(lost, RoundResult)
    assert lost.failure is not None
    assert desk.due(desk.clock.at) == 0
    desk.tell(desk.clock.later(30))
    assert len(desk.server.updates) == 1


def test_it_is_told_again_when_the_platform_wishes(desk: Desk) -> None:
    desk.refused()
    desk.server.plan(Later("900"))
    desk.tell(desk.clock.later(20))
    assert desk.due(desk.clock.later(899)) == 0
    assert desk.due(desk.clock.later(1)) == 1


def test_news_of_a_clock_that_ran_ahead_is_told_when_it_was_set_right(desk: Desk) -> None:
    right = desk.clock.at
    desk.clock.later(3 * 3600)
    desk.refused()
    right = right + timedelta(minutes=1)
    assert desk.due(right) == 1

    desk.server.plan(Fault.ERROR)
    desk.tell(right)
    assert desk.due(right) == 0


def test_news_put_off_by_a_clock_far_ahead_is_told_when_it_was_set_right(desk: Desk) -> None:
    right = desk.clock.at
    desk.clock.later(365 * 86_400)
    desk.refused()
    desk.server.plan(Fault.ERROR)
    desk.tell(desk.clock.later(60))
    assert desk.due(desk.clock.at) == 0
    assert desk.due(right) == 1


def test_a_platform_without_that_door_is_left_in_peace_and_a_refused_one_noted(desk: Desk) -> None:
    desk.refused()
    desk.clock.later(60)
    desk.server.behaviour.takes_news = False
    assert desk.tell(desk.clock.at) == NotSupported()
    assert desk.due(desk.clock.at) == 1
    desk.server.behaviour.takes_news = True
    desk.server.plan(Fault.REFUSE)
    assert desk.tell(desk.clock.at) == RoundResult((), True, False, None)
    assert desk.due(desk.clock.later(3600)) == 0
    assert desk.server.updates == {}


def test_a_door_that_was_shut_is_tried_again_a_day_later(desk: Desk) -> None:
    """As during an upgrade of the platform, whose proxy then answers 404."""
    desk.refused()
    desk.clock.later(60)
    jobs = PlatformJobs(
        LocalPlatformQueue(desk.store),
        desk.platform,
        lambda _event: None,
        news=desk.news,
        clock=desk.clock,
    )
    asked = desk.server.posts
    desk.server.behaviour.takes_news = False
    jobs._round()
    assert desk.server.posts == asked + 1
    desk.clock.later(3600)
    jobs._round()
    assert desk.server.posts == asked + 1

    desk.server.behaviour.takes_news = True
    desk.clock.later(86_400)
    jobs._round()

    assert desk.heard() == [("refused", "CLOSED", "Назовите дом.")]


def test_the_jobs_tell_it_beside_their_other_work(desk: Desk) -> None:
    desk.refused()
    desk.clock.later(60)
    for door in (False, True):
        desk.server.behaviour.takes_news = door
        asked = desk.server.posts
        jobs = PlatformJobs(
            LocalPlatformQueue(desk.store),
            desk.platform,
            lambda _event: None,
            news=desk.news,
            clock=desk.clock,
        )
        jobs.start()
        deadline = time.monotonic() + WAIT_S
        while desk.server.posts == asked:
            assert time.monotonic() < deadline
            threading.Event().wait(0.01)
        assert jobs.stop(WAIT_S)
    assert desk.heard() == [("refused", "CLOSED", "Назовите дом.")]
