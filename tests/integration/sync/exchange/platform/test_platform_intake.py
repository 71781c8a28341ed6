"""Messages that users send on the platform are imported for review, each once (Regulation 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from sync.exchange.platform.events import (
    MessageLeft,
    MessagePosted,
    MessageTakenIn,
    PlatformEvent,
)
from sync.exchange.platform.hand_over import JobSettings
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.exchange.platform.port import FailureKind
from sync.jobs.platform import PlatformJobs, poll_messages, post_messages, take_in_messages
from sync.records.table_rules import Entity
from sync.register.handling.events import Source, Step
from sync.register.messages import Publicity, State
from sync.register.people.values import Absence, PersonName
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.platform_intake import SHOWN_LATE, LocalPlatformIntake
from sync.store.local.messages.platform_queue import LocalPlatformQueue
from sync.store.local.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.open311_server import Fault, Open311Server
from tests.fakes.records import OPERATOR, RANG_AT, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
START = RANG_AT + timedelta(minutes=10)
SENT = (START + timedelta(minutes=1)).replace(microsecond=0)
TOLD = {
    "address_string": "ул. Пробная, 1",
    "attribute[is_public]": "true",
    "attribute[event_date]": "2026-11-24",
    "attribute[event_time]": "19:30",
    "first_name": "Проба Пробовна",
    "last_name": "Пробная",
    "email": "citizen@test.invalid",
    "phone": "8 900 555-01-07",
}


def later(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def store(tmp_path: Path, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    opened = store_template.open_copy(tmp_path / "register.db")
    yield opened
    assert opened.close_store()


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        running.frozen_at = later(60)
        yield running


@pytest.fixture
def platform(server: Open311Server) -> Iterator[PlatformClient]:
    codes = {"roads-pits": "0042"}
    made = PlatformClient(
        PlatformSettings(server.url, server.behaviour.api_key, service_codes=codes)
    )
    yield made
    made.close()


@pytest.fixture
def intake(store: RegisterStore) -> LocalPlatformIntake:
    begun = LocalPlatformIntake(store, home_area_code="87999")
    begun.since(START)
    return begun


def test_what_a_user_sent_waits_for_review_with_all_that_the_platform_shows(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    server.add_foreign("Яма у школы", SENT, told=TOLD)
    (event,) = take_in_messages(intake, platform, later(2)).events
    assert isinstance(event, MessageTakenIn)
    (handled,) = MessageHandling(store).in_states({State.SUBMITTED})
    record = handled.record
    assert (event.message_id, event.platform_id) == (record.id, record.platform_id)
    assert event.number == str(record.number)
    assert (record.text, record.place, record.category) == (
        "Яма у школы",
        "ул. Пробная, 1",
        "roads-pits",
    )
    assert (record.event_on, record.event_time) == (date(2026, 11, 24), time(19, 30))
    assert (record.publicity, record.phone, record.email) == (
        Publicity.PUBLIC,
        "+79005550107",
        "citizen@test.invalid",
    )
    assert record.name == PersonName("Пробная", "Проба", "Пробовна")
    # The deadline of 7.11 starts when the user sent the message.
    assert record.submitted_at == SENT
    assert {event.by for event in handled.history.events} == {Source.PLATFORM}
    assert handled.history.events[0].step is Step.SUBMIT
    queued = {row.entity for row in store.outbox_waiting(20)}
    assert queued == {Entity.MESSAGE, Entity.MESSAGE_EVENT}


def test_it_is_taken_in_once_and_never_posted_back(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    server.add_foreign("Яма у школы", SENT)
    assert len(take_in_messages(intake, platform, later(2)).events) == 1
    again = LocalPlatformIntake(store)
    assert take_in_messages(again, platform, later(5)).events == ()
    queue = LocalPlatformQueue(store)
    assert post_messages(queue, platform, later(60)).events == ()
    # Its status is polled like that of any other message.
    server.answer("C-00001", "closed", "Засыпали")
    assert len(poll_messages(queue, platform, later(60)).events) == 1
    (handled,) = MessageHandling(store).in_states({State.SUBMITTED})
    assert handled.record.answer_text == "Засыпали"
    assert isinstance(handled.record.phone, Absence)


def test_ours_closed_ones_and_those_from_before_are_left_alone(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    store.save_message(registered_message(filled(card), card.id)).result(WAIT_S)
    (posted,) = post_messages(LocalPlatformQueue(store), platform, later(0)).events
    assert isinstance(posted, MessagePosted)
    server.behaviour.shows_attributes = False  # only the line in the text identifies it as ours
    server.add_foreign("До нас", START - timedelta(seconds=1))
    server.add_foreign("Закрыто", SENT)
    server.answer("C-00003", "closed", None)
    assert take_in_messages(intake, platform, later(2)).events == ()
    assert MessageHandling(store).in_states({State.SUBMITTED}) == ()


def test_a_request_without_text_is_told_once_and_left_there(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    server.add_foreign(" \n", SENT)
    assert take_in_messages(intake, platform, later(2)).events == (
        MessageLeft(later(2), "C-00001", "no_text"),
    )
    assert take_in_messages(intake, platform, later(4)).events == ()
    assert store.message_drafts() == ()


def test_a_platform_whose_clock_runs_ahead_does_not_move_the_term(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    server.add_foreign("Яма", later(50))
    take_in_messages(intake, platform, later(2))
    (handled,) = MessageHandling(store).in_states({State.SUBMITTED})
    assert handled.record.submitted_at == later(2)


def test_it_is_asked_no_more_often_than_set_and_a_platform_away_is_told(
    intake: LocalPlatformIntake, platform: PlatformClient, server: Open311Server
) -> None:
    settings = JobSettings(intake_s=60)
    soon = START + timedelta(seconds=59)
    assert not take_in_messages(intake, platform, soon, settings).is_reached
    assert server.calls == []
    server.plan_reading(Fault.ERROR)
    result = take_in_messages(intake, platform, later(1), settings)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.SERVER_ERROR


def test_it_is_asked_again_after_the_clock_was_set_back(intake: LocalPlatformIntake) -> None:
    assert not intake.is_due(START - timedelta(seconds=59), 60)
    assert intake.is_due(START - timedelta(days=1), 60)


def test_what_is_sent_comes_in_after_a_first_start_with_the_clock_ahead(
    store: RegisterStore, platform: PlatformClient, server: Open311Server
) -> None:
    LocalPlatformIntake(store).since(START + timedelta(days=365))
    intake = LocalPlatformIntake(store, home_area_code="87999")
    assert take_in_messages(intake, platform, START).events == ()
    server.add_foreign("Яма", SENT)
    server.add_foreign("Сугроб", START - timedelta(days=1))

    taken = take_in_messages(intake, platform, later(5)).events

    # messages sent before the first poll by the correct clock are not imported
    assert [type(event) for event in taken] == [MessageTakenIn]
    again = LocalPlatformIntake(store, home_area_code="87999")
    assert again.since(later(10)) == START


def test_a_clock_far_behind_takes_in_nothing_of_the_years_before(
    store: RegisterStore,
    intake: LocalPlatformIntake,
    platform: PlatformClient,
    server: Open311Server,
) -> None:
    """The battery is empty: the computer starts with its date of manufacture."""
    server.add_foreign("Яма", START - timedelta(days=200))
    behind = START - timedelta(days=2000)
    for minutes in (0, 5):
        assert take_in_messages(intake, platform, behind + timedelta(minutes=minutes)).events == ()
    assert take_in_messages(intake, platform, later(5)).events == ()

    server.add_foreign("Сугроб", SENT)
    assert len(take_in_messages(intake, platform, later(10)).events) == 1


def test_the_platform_is_not_asked_for_all_the_years_again(
    store: RegisterStore, intake: LocalPlatformIntake, platform: PlatformClient
) -> None:
    month_on = START + timedelta(days=30)
    assert intake.since(month_on) == START
    take_in_messages(intake, platform, month_on, JobSettings(intake_s=0))
    again = LocalPlatformIntake(store)
    assert again.since(month_on + timedelta(minutes=1)) == month_on - SHOWN_LATE


def test_the_jobs_take_in_beside_their_other_work(
    store: RegisterStore, platform: PlatformClient, server: Open311Server
) -> None:
    server.frozen_at = None
    events: Heard[PlatformEvent] = Heard()
    intake = LocalPlatformIntake(store)
    intake.since(datetime.now().astimezone() - timedelta(minutes=1))
    server.add_foreign("Яма", datetime.now().astimezone())
    jobs = PlatformJobs(
        LocalPlatformQueue(store),
        platform,
        events,
        intake=intake,
        settings=JobSettings(intake_s=0),
    )
    jobs.start()
    events.wait_for(lambda heard: any(isinstance(one, MessageTakenIn) for one in heard), WAIT_S)
    assert jobs.stop(WAIT_S)
