"""The worker sends the files of all workplaces' answers to the platform (Regulation 9.9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from sync.jobs.platform import RoundResult, tell_news
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Attachment
from sync.register.handling.events import Step
from sync.store.central.logins import enrol_worker
from sync.store.central.platform_news import CentralPlatformMedia, CentralPlatformNews
from sync.store.central.worker_connection import WorkerConnection
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from sync.store.shared_answer_files import FilesKnown, exchange_files
from tests.fakes.open311_server import Fault, Open311Server
from tests.fakes.records import OPERATOR
from tests.integration.sync.jobs.test_platform_news_of_all import WAIT_S, Place, post, run

SCAN = AnswerFile(Attachment("Акт.pdf", FileFormat.PDF), b"%PDF-1.7 scan")
PHOTO = AnswerFile(Attachment("фото.jpg", FileFormat.JPEG), b"\xff\xd8\xff")
FILES = (SCAN, PHOTO)
SOLVED = Answer(
    AnswerKind.SOLVED,
    "Засыпали.",
    "road-service",
    attachments=tuple(file.attachment for file in FILES),
)


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


@pytest.fixture
def worker(dsn: str) -> Iterator[tuple[CentralPlatformNews, CentralPlatformMedia]]:
    """Runs under a worker's login."""
    connection = WorkerConnection(enrol_worker(dsn, f"worker_{uuid4().hex[:12]}").dsn)
    news = CentralPlatformNews(connection, uuid4())
    yield news, CentralPlatformMedia(connection, news)
    connection.close()


def answered(place: Place) -> UUID:
    id = place.message()
    post(place)
    AnswerFiles(place.store).keep(id, FILES, OPERATOR).result(WAIT_S)
    place.step(id, Step.RECEIVE_ANSWER, step_facts.AnswerGiven(SOLVED))
    place.step(id, Step.SEND_ANSWER)
    place.send()
    return id


def tell(place: Place, worker: tuple[CentralPlatformNews, CentralPlatformMedia]) -> None:
    news, media = worker
    for _ in range(4):
        result = tell_news(news, place.platform, datetime.now(UTC), media=media)
        assert isinstance(result, RoundResult)
        run(place.dsn, "UPDATE platform_post SET news_next_at = now()")  # the backoff is over


def updates(place: Place, step: str) -> list[dict[str, str]]:
    return [one for one in place.server.updates.values() if one["attribute[step]"] == step]


@pytest.mark.parametrize("fault", [None, Fault.DROP_AFTER, Fault.ERROR_AFTER])
def test_files_of_a_workplace_go_before_its_answer(
    place: Place,
    worker: tuple[CentralPlatformNews, CentralPlatformMedia],
    fault: Fault | None,
) -> None:
    answered(place)
    exchange_files(place.store, place.dsn, FilesKnown())
    place.server.plan(None, fault)  # of the body first
    tell(place, worker)
    assert [one.content for one in place.server.media] == [SCAN.content, PHOTO.content]
    (answer,) = updates(place, "send_answer")
    assert answer["attribute[media]"] == "M-1 M-2"
    assert updates(place, "answer_files") == []
    states = run(place.dsn, "SELECT DISTINCT state, last_error FROM platform_media")
    assert states == [{"state": "told", "last_error": None}]


def test_a_file_that_comes_behind_its_answer_follows_it(
    place: Place, worker: tuple[CentralPlatformNews, CentralPlatformMedia]
) -> None:
    id = answered(place)
    tell(place, worker)
    (answer,) = updates(place, "send_answer")
    assert "attribute[media]" not in answer
    exchange_files(place.store, place.dsn, FilesKnown())
    tell(place, worker)
    assert place.server.media == []  # it is not due yet
    run(place.dsn, "UPDATE platform_media SET next_try_at = now()")
    tell(place, worker)
    (late,) = updates(place, "answer_files")
    assert late["attribute[media]"] == "M-1 M-2"
    assert late["external_status_code"] == "answer_sent"

    run(
        place.dsn,
        "INSERT INTO erasure (station_id, period, entity, entity_id, cause, at)"
        " SELECT station_id, period, 'message', id, 'term', now() FROM message WHERE id = %s",
        str(id),
    )
    assert run(place.dsn, "SELECT name FROM platform_media") == []


def test_without_that_door_the_answer_goes(
    place: Place, worker: tuple[CentralPlatformNews, CentralPlatformMedia]
) -> None:
    place.server.behaviour.takes_media = False
    answered(place)
    exchange_files(place.store, place.dsn, FilesKnown())
    tell(place, worker)
    assert len(updates(place, "send_answer")) == 1
    states = run(place.dsn, "SELECT DISTINCT state, last_error, tries FROM platform_media")
    assert states == [{"state": "waiting", "last_error": "not_supported", "tries": 1}]


def test_a_centre_of_before_these_tables_is_told_of_answers_alone(
    place: Place, worker: tuple[CentralPlatformNews, CentralPlatformMedia]
) -> None:
    answered(place)
    run(place.dsn, "DROP TABLE platform_media")
    tell(place, worker)
    assert len(updates(place, "send_answer")) == 1
