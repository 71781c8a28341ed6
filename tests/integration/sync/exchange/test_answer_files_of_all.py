"""Answer files in the central database: read and write rights, and erasure (9.9)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg2
import pytest
from sqlalchemy import delete
from uuid_utils.compat import uuid7

from sync.exchange.answer_files import AnswerFileExchange
from sync.exchange.mail.delivery import deliver
from sync.records.workplace_message_tables import answer_file
from sync.register import messages
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Attachment
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.messages import Publicity
from sync.store.central.connection import initialise
from sync.store.central.logins import enrol_workplace, set_reviews
from sync.store.local.keys import StoreKey
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from sync.store.shared_answer_files import (
    SIZE_LIMIT_BYTES,
    FilesExchanged,
    FilesKnown,
    exchange_files,
)
from tests.fakes.central_people import owned_centre
from tests.fakes.notices import FewOrgans, ScriptedMail, make_composer
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, filled, new_call
from tests.fakes.rtp_peer import wait_until
from tests.integration.sync.store.central.test_central import query
from tests.integration.sync.store.central.test_reviewing import Workplace

WAIT_S = 10
SCAN = AnswerFile(
    Attachment("Акт работ.pdf", FileFormat.PDF),
    random.Random(1).randbytes(SIZE_LIMIT_BYTES),  # noqa: S311
)
TOO_LARGE = AnswerFile(Attachment("план.tif", FileFormat.TIFF), SCAN.content + b"x")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer(asks_passwords=True) as made:
        yield made


@pytest.fixture
def centre(server: PostgresServer) -> Iterator[str]:
    with owned_centre(server, "CREATEROLE") as dsn:
        assert initialise(dsn)
        yield dsn


@pytest.fixture
def home(store: RegisterStore, centre: str) -> Workplace:
    return Workplace(store, enrol_workplace(centre, "0001").dsn)


@pytest.fixture
def other(tmp_path: Path, key: StoreKey, centre: str) -> Iterator[Workplace]:
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield Workplace(opened, enrol_workplace(centre, "0002").dsn)
    assert opened.close_store()


def keep(place: Workplace, id: UUID, *files: AnswerFile) -> None:
    AnswerFiles(place.store).keep(id, files, OPERATOR).result(WAIT_S)


def exchange(place: Workplace, known: FilesKnown | None = None) -> FilesExchanged:
    return exchange_files(place.store, place.dsn, known or FilesKnown())


def content(place: Workplace, id: UUID, file: AnswerFile) -> bytes | None:
    return AnswerFiles(place.store).content(id, file.attachment.name)


def test_a_reviewing_workplace_gets_the_files_and_others_nothing(
    home: Workplace, other: Workplace, centre: str
) -> None:
    id, known = home.hand_in(0), FilesKnown()
    keep(home, id, SCAN, TOO_LARGE)
    assert exchange(home, known) == FilesExchanged(0, 0)  # its message is not there yet
    home.send()
    assert exchange(home, known) == FilesExchanged(1, 0)
    assert exchange(home, known) == exchange(home) == FilesExchanged(0, 0)
    (row,) = query(centre, "SELECT name, sha256, octet_length(content) AS size FROM answer_file")
    assert row == {
        "name": "Акт работ.pdf",
        "sha256": sha256(SCAN.content).hexdigest(),
        "size": SIZE_LIMIT_BYTES,
    }
    other.send()
    assert exchange(other) == FilesExchanged(0, 0)
    assert query(other.dsn, "SELECT name FROM answer_file") == []

    set_reviews(centre, "0002", reviews=True)
    other.take()
    assert exchange(other) == FilesExchanged(0, 1)
    assert content(other, id, SCAN) == SCAN.content
    assert content(other, id, TOO_LARGE) is None

    back = AnswerFile(Attachment("фото.jpg", FileFormat.JPEG), b"\xff\xd8\xff")
    keep(other, id, back)  # an answer to another workplace's message
    assert exchange(other) == FilesExchanged(1, 0)
    assert exchange(home, known) == FilesExchanged(0, 1)
    assert content(home, id, back) == back.content


def answered(place: Workplace, file: AnswerFile) -> UUID:
    """Returns a message by e-mail with an answer that awaits its check, sent to the central
    database.
    """
    card = filled(place.store.open_card(new_call(0), OPERATOR).result(WAIT_S))
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
        email="author@test.invalid",
    )
    by = person(OPERATOR)
    place.store.hand_in(draft, by, card=card).result(WAIT_S)
    place.handling.take(draft.id, Step.TAKE_UP, by).result(WAIT_S)
    place.handling.register(draft.id, OPERATOR).result(WAIT_S)
    keep(place, draft.id, file)
    answer = Answer(AnswerKind.SOLVED, "Засыпали.", "road-service", attachments=(file.attachment,))
    given = (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer))
    steps = ((Step.SEND_TO_ORGAN, step_facts.Routed("road-service", "road-service")), given)
    done = place.handling.take_all(draft.id, steps, by).result(WAIT_S)
    assert isinstance(done, StepDone), done
    place.send()
    exchange(place)
    return draft.id


def test_a_letter_of_another_workplace_has_the_files(
    home: Workplace, other: Workplace, centre: str
) -> None:
    photo = AnswerFile(Attachment("фото.jpg", FileFormat.JPEG), b"\xff\xd8\xff photo")
    id = answered(home, photo)
    set_reviews(centre, "0002", reviews=True)
    other.send()
    other.take()
    exchange(other)
    outbox = NoticeOutbox(other.store, uuid7, lambda: datetime.now(UTC))
    stored = AnswerFiles(other.store).stored
    outbox.follow_steps(make_composer(FewOrgans(), stored=stored).composed)
    sent = other.handling.take(id, Step.SEND_ANSWER, person(OPERATOR)).result(WAIT_S)
    assert isinstance(sent, StepDone), sent
    mail = ScriptedMail()
    deliver(outbox, mail, datetime.now(UTC) + timedelta(minutes=1))
    assert mail.files == [(photo,)]


def test_a_centre_that_lost_files_gets_them_again(home: Workplace, centre: str) -> None:
    id = home.hand_in(0)
    keep(home, id, SCAN)
    home.send()
    assert exchange(home) == FilesExchanged(1, 0)
    query(centre, "DELETE FROM answer_file")
    assert exchange(home) == FilesExchanged(1, 0)


def test_a_store_that_lost_a_file_gets_it_back(home: Workplace) -> None:
    id = home.hand_in(0)
    keep(home, id, SCAN)
    home.send()
    exchange(home)
    home.store.write(lambda local: local.execute(delete(answer_file))).result(WAIT_S)
    assert exchange(home) == FilesExchanged(0, 1)
    assert content(home, id, SCAN) == SCAN.content


def test_files_are_erased_with_the_words_of_their_message(home: Workplace, centre: str) -> None:
    id = home.hand_in(0)
    keep(home, id, SCAN)
    home.send()
    assert exchange(home) == FilesExchanged(1, 0)
    query(
        centre,
        "INSERT INTO erasure (station_id, period, entity, entity_id, cause, at)"
        " SELECT station_id, period, 'message', id, 'term', now() FROM message",
    )
    assert query(centre, "SELECT name FROM answer_file") == []
    exchange(home)  # it still has the file
    assert query(centre, "SELECT name FROM answer_file") == []


def test_nobody_adds_a_file_to_a_foreign_message_or_under_a_foreign_hash(
    home: Workplace, other: Workplace, centre: str
) -> None:
    id = home.hand_in(0)
    home.send()
    (place,) = query(centre, "SELECT station_id, period FROM message")

    def added(dsn: str, digest: str) -> None:
        query(
            dsn,
            "INSERT INTO answer_file (station_id, period, message_id, sha256, name, format,"  # noqa: S608
            f" added_at, added_by_id, added_by_name, content) VALUES ('{place['station_id']}',"
            f" '{place['period']}', '{id}', '{digest}', 'акт.pdf', 'PDF', now(),"
            " gen_random_uuid(), 'Проба', 'x')",
        )

    own = sha256(b"x").hexdigest()
    other.send()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        added(other.dsn, own)
    with pytest.raises(psycopg2.errors.CheckViolation):
        added(home.dsn, sha256(b"y").hexdigest())
    added(home.dsn, own)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE answer_file SET name = 'другое.pdf'", "42501"),
        ("DELETE FROM answer_file", "42501"),
        ("INSERT INTO answer_file SELECT * FROM answer_file", "42501"),
    ],
)
def test_a_file_that_is_there_stays_as_it_is(
    home: Workplace, centre: str, statement: str, code: str
) -> None:
    id = home.hand_in(0)
    keep(home, id, SCAN)
    home.send()
    exchange(home)
    with pytest.raises(psycopg2.Error) as refused:
        query(home.dsn, statement)
    assert refused.value.pgcode == code
    with pytest.raises(psycopg2.errors.CheckViolation):
        query(centre, "UPDATE answer_file SET content = 'other'")


def test_the_thread_exchanges_and_stops(home: Workplace, centre: str) -> None:
    id = home.hand_in(0)
    home.send()
    thread = AnswerFileExchange(home.store, home.dsn, tick_s=0.05)
    thread.start()
    keep(home, id, SCAN)
    wait_until(lambda: bool(query(centre, "SELECT name FROM answer_file")), WAIT_S)
    assert thread.stop(WAIT_S)
