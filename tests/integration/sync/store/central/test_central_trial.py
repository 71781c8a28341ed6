"""The connection test of the central settings reports the cause of failure, against real
servers.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn

from sync.errors import DsnInvalid
from sync.store import migrations
from sync.store.central.connection import initialise
from sync.store.central.hosts import TrialOutcome, join_dsn, refusal, split_dsn, try_centre
from sync.store.central.logins import enrol_workplace
from tests.fakes.central_people import owned_centre
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.postgres import PostgresServer, free_port
from tests.fakes.second_revision import tree_with_second_revision

NAME = "centre.test.invalid"
STATION = "0001"


@pytest.fixture(scope="module")
def asking() -> Iterator[PostgresServer]:
    with PostgresServer(asks_passwords=True) as made:
        yield made


@pytest.fixture(scope="module")
def centre(asking: PostgresServer) -> Iterator[str]:
    """DSN of a workplace's own login at a central database that requires passwords."""
    with owned_centre(asking, "CREATEROLE") as owner:
        initialise(owner)
        yield enrol_workplace(owner, STATION).dsn


def test_a_workplace_is_let_in_and_another_s_login_is_told(centre: str) -> None:
    assert try_centre(centre, None, STATION) is TrialOutcome.REACHED
    assert try_centre(centre, None, "0002") is TrialOutcome.STATION


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"password": "another"}, TrialOutcome.PASSWORD),
        ({"password": ""}, TrialOutcome.PASSWORD),
        ({"user": "nobody"}, TrialOutcome.PASSWORD),
        ({"host": "no-such-host.invalid"}, TrialOutcome.NAME_UNKNOWN),
        ({"host": "127.0.0.2", "sslmode": "require"}, TrialOutcome.PORT_CLOSED),
    ],
)
def test_what_is_wrong_is_told_apart(
    centre: str, changed: dict[str, str], outcome: TrialOutcome
) -> None:
    assert try_centre(make_dsn(centre, **changed), None, STATION) is outcome


def test_a_closed_port_and_a_server_of_another_kind(centre: str) -> None:
    assert try_centre(make_dsn(centre, port=free_port()), None, STATION) is TrialOutcome.PORT_CLOSED
    with stranger() as port:
        assert try_centre(make_dsn(centre, port=port), None, STATION) is TrialOutcome.NO_SERVER


@contextlib.contextmanager
def stranger() -> Iterator[int]:
    """A port that greets as a mail server does."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def greet() -> None:
            connection, _address = door.accept()
            with connection:
                connection.sendall(b"220 mail.test.invalid ESMTP\r\n")
                connection.recv(64)

        thread = threading.Thread(target=greet)
        thread.start()
        yield door.getsockname()[1]
        thread.join(5)


def test_one_server_of_several_is_enough(centre: str) -> None:
    port = parse_dsn(centre)["port"]
    both = make_dsn(centre, host="127.0.0.1,127.0.0.1", port=f"{free_port()},{port}")

    assert try_centre(both, None, STATION) is TrialOutcome.REACHED


def test_no_dsn_no_database_no_schema_and_an_older_one(
    postgres: PostgresServer, empty_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = make_dsn(empty_dsn, dbname="absent")

    assert try_centre("no dsn at all", None, STATION) is TrialOutcome.DSN_UNREADABLE
    assert try_centre(absent, None, STATION) is TrialOutcome.DATABASE_MISSING
    assert try_centre(empty_dsn, None, STATION) is TrialOutcome.SCHEMA_MISSING
    with postgres.database() as older:
        initialise(older)
        later = tree_with_second_revision(migrations.CENTRAL, tmp_path)
        monkeypatch.setattr(migrations, "CENTRAL", later)
        assert try_centre(older, None, STATION) is TrialOutcome.SCHEMA_OLD


def test_a_login_without_rights_is_told(postgres: PostgresServer, dsn: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE ROLE nobody_in_particular LOGIN")
    connection.close()
    stranger_dsn = make_dsn(dsn, user="nobody_in_particular")
    try:
        assert try_centre(stranger_dsn, None, STATION) is TrialOutcome.RIGHTS_MISSING
    finally:
        connection = psycopg2.connect(dsn)
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP ROLE nobody_in_particular")
        connection.close()


def test_a_certificate_is_looked_at_before_anything_is_said(tmp_path: Path) -> None:
    authority, other = (CertificateAuthority(tmp_path, name) for name in ("one", "two"))
    issued = authority.issue(NAME)
    certificate = (Path(issued.certificate_file or ""), Path(issued.key_file or ""))
    with PostgresServer(certificate=certificate) as server, server.database() as dsn:
        initialise(dsn)

        def outcome(name: str, ca_file: Path) -> TrialOutcome:
            given = make_dsn(dsn, host=name, hostaddr="127.0.0.1")
            return try_centre(given, str(ca_file), STATION)

        assert outcome(NAME, authority.file) is TrialOutcome.REACHED
        assert outcome("other.test.invalid", authority.file) is TrialOutcome.CERTIFICATE_NAME
        assert outcome(NAME, other.file) is TrialOutcome.CERTIFICATE
        assert outcome(NAME, tmp_path / "absent.pem") is TrialOutcome.CA_FILE


def test_a_server_that_does_not_encrypt_is_told(dsn: str, tmp_path: Path) -> None:
    authority = CertificateAuthority(tmp_path)
    given = make_dsn(dsn, host=NAME, hostaddr="127.0.0.1")

    assert try_centre(given, str(authority.file), STATION) is TrialOutcome.NO_TLS


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ('FATAL:  password authentication failed for user "workplace"', TrialOutcome.PASSWORD),
        (
            'ВАЖНО:  пользователь "workplace" не прошёл проверку подлинности (по паролю)',
            TrialOutcome.PASSWORD,
        ),
        ("fe_sendauth: no password supplied", TrialOutcome.PASSWORD),
        ('FATAL:  database "x" does not exist', TrialOutcome.DATABASE_MISSING),
        ('ВАЖНО:  база данных "x" не существует', TrialOutcome.DATABASE_MISSING),
        ("session is read-only", TrialOutcome.READ_ONLY),
        ('no pg_hba.conf entry for host "10.0.0.1"', TrialOutcome.NOT_LET_IN),
        ("", TrialOutcome.NOT_LET_IN),
    ],
)
def test_what_a_server_says_is_understood_in_both_languages(
    said: str, outcome: TrialOutcome
) -> None:
    assert refusal(said) is outcome


def test_a_dsn_is_shown_without_its_password_and_put_together_again() -> None:
    parts = split_dsn("postgresql://workplace:geheim-1@centre.test.invalid:5433/register")

    assert "geheim-1" not in parts.text
    assert parts.password == "geheim-1"
    assert parse_dsn(join_dsn(parts.text, "geheim-2"))["password"] == "geheim-2"
    assert parse_dsn(join_dsn("host=a password=geheim-3", ""))["password"] == "geheim-3"


def test_a_dsn_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(DsnInvalid) as caught:
        split_dsn("postgresql://u:geheim-4@[x/y")

    assert "geheim-4" not in str(caught.value)
