"""Files of answers reach the platform once and never delay an answer (Regulation 9.9)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from sync.exchange.platform.media import TRIES_LIMIT, WITH_ANSWER_TRIES, media_key
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.jobs.platform import RoundResult, post_messages, tell_news
from sync.records.workplace_message_tables import answer_file, platform_media
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Attachment
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Facts
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.messages.platform_intake import LocalPlatformNews
from sync.store.local.messages.platform_media import LocalPlatformMedia
from sync.store.local.messages.platform_queue import LocalPlatformQueue
from sync.store.local.register import RegisterStore
from tests.fakes.notices import Clock
from tests.fakes.open311_server import Fault, Later, Open311Server
from tests.fakes.records import OPERATOR, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10.0
NOTHING = step_facts.NoFacts()
SCAN = AnswerFile(
    Attachment("Акт работ.pdf", FileFormat.PDF),
    random.Random(1).randbytes(10 * 2**20),  # noqa: S311
)
PHOTO = AnswerFile(Attachment("фото.jpg", FileFormat.JPEG), b"\xff\xd8\xff\r\n--\x00")


@dataclass(frozen=True)
class Desk:
    """A workplace with an answer, and the platform that receives it."""

    store: RegisterStore
    handling: MessageHandling
    news: LocalPlatformNews
    media: LocalPlatformMedia
    platform: PlatformClient
    server: Open311Server
    clock: Clock

    def step(self, id: UUID, taken: Step, told: Facts = NOTHING) -> UUID:
        outcome = self.handling.take(id, taken, person(OPERATOR), told).result(WAIT_S)
        assert isinstance(outcome, StepDone), outcome
        return outcome.events[-1].id

    def answered(self, *files: AnswerFile) -> UUID:
        """Returns the sending event of an answer that can no longer be withdrawn."""
        card = self.store.open_card(new_call(1), OPERATOR).result(WAIT_S)
        record = registered_message(filled(card), card.id)
        self.store.save_message(record).result(WAIT_S)
        AnswerFiles(self.store).keep(record.id, files, OPERATOR).result(WAIT_S)
        self.clock.put_on(minutes=1)
        post_messages(LocalPlatformQueue(self.store), self.platform, self.clock.at)
        attached = tuple(file.attachment for file in files)
        answer = Answer(AnswerKind.SOLVED, "Засыпали.", "road-service", attachments=attached)
        self.step(record.id, Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer))
        sent = self.step(record.id, Step.SEND_ANSWER)
        self.clock.put_on(minutes=1)
        self.tell()  # of the body; the answer follows
        return sent

    def tell(self, rounds: int = 1, apart: timedelta = timedelta()) -> None:
        for _ in range(rounds):
            result = tell_news(self.news, self.platform, self.clock.at, media=self.media)
            assert isinstance(result, RoundResult)
            self.clock.at += apart

    def updates(self, step: str) -> list[dict[str, str]]:
        return [one for one in self.server.updates.values() if one["attribute[step]"] == step]

    def notes(self) -> list[tuple[str, str | None]]:
        """Returns state and code of each file, in the answer's order."""
        query = select(platform_media).order_by(platform_media.c.position)
        rows = self.store.read(lambda connection: connection.execute(query).all())
        return [(row.state, row.last_error) for row in rows]


@pytest.fixture
def server() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


@pytest.fixture
def desk(path: Path, store_template: StoreTemplate, server: Open311Server) -> Iterator[Desk]:
    store_template.open_copy(path).close_store()
    clock = Clock()
    store = RegisterStore.open(path, store_template.key, clock=clock)
    platform = PlatformClient(
        PlatformSettings(server.url, server.behaviour.api_key, read_timeout_s=5)
    )
    news = LocalPlatformNews(store)
    news.follow_steps()
    yield Desk(
        store, MessageHandling(store), news, LocalPlatformMedia(store), platform, server, clock
    )
    platform.close()
    assert store.close_store()


def test_files_go_before_their_answer_which_names_them(desk: Desk) -> None:
    sent = desk.answered(SCAN, PHOTO)
    desk.tell(3)
    scan, photo = desk.server.media
    assert (scan.content, photo.content) == (SCAN.content, PHOTO.content)
    assert (scan.form["file_name"], scan.form["file_type"]) == ("Акт работ.pdf", "application/pdf")
    assert photo.form["service_request_id"] == desk.server.requests[0].service_request_id
    digests = [file.sha256 for file in AnswerFiles(desk.store).stored(_message(desk))]
    keys = {str(media_key(sent, digest)) for digest in digests}
    assert {scan.idempotency_key, photo.idempotency_key} == keys
    (answer,) = desk.updates("send_answer")
    assert answer["attribute[media]"] == "M-1 M-2"
    assert desk.updates("answer_files") == []
    assert desk.notes() == [("told", None)] * 2


def _message(desk: Desk) -> UUID:
    query = select(answer_file.c.message_id).limit(1)
    found = desk.store.read(lambda connection: connection.scalar(query))
    assert isinstance(found, UUID)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_each_file_is_there_once_whatever_goes_wrong(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    faults = (
        Fault.DROP,
        Fault.DROP_AFTER,
        Fault.ERROR,
        Fault.ERROR_AFTER,
        Fault.GARBAGE_AFTER,
        Fault.HTML,
        Fault.REDIRECT,
        Later("1"),
    )
    desk.answered(PHOTO, AnswerFile(Attachment("акт.pdf", FileFormat.PDF), b"%PDF-1.7"))
    planned = [dice.choice((None, *faults)) for _ in range(8)]
    desk.server.plan(*planned)
    desk.tell(12, timedelta(minutes=10))
    desk.tell(3, timedelta(days=1))
    assert [one.form["file_name"] for one in desk.server.media] == ["фото.jpg", "акт.pdf"]
    (answer,) = desk.updates("send_answer")
    assert answer["description"] == "Засыпали."
    named = answer.get("attribute[media]", "").split()
    for late in desk.updates("answer_files"):
        named += late["attribute[media]"].split()
    assert sorted(named) == ["M-1", "M-2"]
    assert [state for state, _code in desk.notes()] == ["told", "told"]


def test_without_that_door_the_answer_goes_and_files_follow_a_day_later(desk: Desk) -> None:
    desk.server.behaviour.takes_media = False
    sent = desk.answered(PHOTO)
    desk.tell()
    (answer,) = desk.updates("send_answer")
    assert "attribute[media]" not in answer
    assert desk.notes() == [("waiting", "not_supported")]
    desk.server.behaviour.takes_media = True
    desk.clock.put_on(hours=23)
    desk.tell(2)
    assert desk.server.media == []

    desk.clock.put_on(hours=1)
    desk.tell(2)
    (late,) = desk.updates("answer_files")
    assert (late["attribute[answer]"], late["attribute[media]"]) == (str(sent), "M-1")
    assert (late["external_status_code"], late["status"]) == ("answer_sent", "OPEN")
    assert desk.notes() == [("told", None)]


def test_a_door_that_never_opens_is_given_up(desk: Desk) -> None:
    desk.server.behaviour.takes_media = False
    desk.answered(PHOTO)
    desk.tell(TRIES_LIMIT, timedelta(days=1))
    assert desk.notes() == [("refused", "not_supported")]
    asked = desk.server.posts
    desk.tell(3, timedelta(days=1))
    assert desk.server.posts == asked


def test_what_is_too_large_refused_or_gone_is_noted_and_the_answer_goes(desk: Desk) -> None:
    desk.server.behaviour.media_limit_bytes = 1000
    gone = AnswerFile(Attachment("схема.png", FileFormat.PNG), b"\x89PNG")
    desk.answered(SCAN, gone, PHOTO)
    is_gone = delete(answer_file).where(answer_file.c.name == "схема.png")
    desk.store.write(lambda connection: connection.execute(is_gone)).result(WAIT_S)
    desk.tell()
    (answer,) = desk.updates("send_answer")
    assert answer["attribute[media]"] == "M-1"
    assert [one.content for one in desk.server.media] == [PHOTO.content]
    assert desk.notes() == [("refused", "http_413"), ("refused", "file_gone"), ("told", None)]


def test_a_file_that_the_server_fails_at_does_not_keep_the_answer_back(desk: Desk) -> None:
    desk.answered(PHOTO)
    desk.server.plan(*[Fault.DROP_AFTER] * WITH_ANSWER_TRIES)
    desk.tell(WITH_ANSWER_TRIES, timedelta(minutes=10))
    (answer,) = desk.updates("send_answer")
    assert "attribute[media]" not in answer
    assert desk.notes() == [("waiting", "unreachable")]
    desk.clock.put_on(days=1)
    desk.tell()
    assert [one["attribute[media]"] for one in desk.updates("answer_files")] == ["M-1"]
