"""The rights that the administrator's guide gives a workplace are enough to send its records."""

import re
from pathlib import Path

import psycopg2

from sync.exchange.sender import BatchSent, Sender, SenderEvent
from sync.store.central import initialise
from sync.store.keys import make_key, write_key_file
from sync.store.register import RegisterStore
from tests.fakes.events import Heard
from tests.fakes.postgres import PostgresServer
from tests.fakes.records import OPERATOR, closed, filled, new_call

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "administrator-guide.ru.md"
WAIT_S = 20.0


def is_sent(events: list[SenderEvent]) -> bool:
    return any(isinstance(event, BatchSent) for event in events)


def test_a_workplace_with_the_rights_of_the_guide_sends(tmp_path: Path) -> None:
    grants = re.findall(r"(?m)^    (GRANT .*;)$", GUIDE.read_text(encoding="utf-8"))
    assert grants
    path = tmp_path / "register.db"
    key = make_key()
    write_key_file(key, path)
    events: Heard[SenderEvent] = Heard()
    with PostgresServer() as server, server.database() as dsn:
        initialise(dsn)
        connection = psycopg2.connect(dsn)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("CREATE ROLE desk1 LOGIN")
                for grant in grants:
                    cursor.execute(grant)
        finally:
            connection.close()
        store = RegisterStore.open(path, key, home_area_code="87999")
        try:
            store.close(
                closed(filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S)))
            ).result(WAIT_S)
            sender = Sender(store, dsn.replace("user=postgres", "user=desk1"), events)
            sender.start()
            try:
                events.wait_for(is_sent, WAIT_S)
            finally:
                assert sender.stop(WAIT_S)
            assert store.outbox_status().waiting == 0
        finally:
            assert store.close_store()
