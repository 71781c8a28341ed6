"""A configured central database is trusted only by its name and certificate; a DSN may override
this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from sync.store.central.connection import complete_dsn, configured_dsn
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.postgres import PostgresServer

NAME = "centre.test.invalid"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def authority(folder: Path) -> CertificateAuthority:
    return CertificateAuthority(folder)


@pytest.fixture(scope="module")
def server(authority: CertificateAuthority) -> Iterator[PostgresServer]:
    issued = authority.issue(NAME)
    certificate = (Path(issued.certificate_file or ""), Path(issued.key_file or ""))
    with PostgresServer(certificate=certificate) as made:
        yield made


def named(server: PostgresServer, name: str, **further: str) -> str:
    """Returns a DSN with a server name that is in no DNS."""
    return make_dsn(server.dsn, host=name, hostaddr="127.0.0.1", **further)


def is_encrypted(dsn: str) -> bool:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            (found,) = cursor.fetchone() or (False,)
            return bool(found)
    finally:
        connection.close()


def strangers_let_in(
    server: PostgresServer,
    authority: CertificateAuthority,
    folder: Path,
    form: Callable[[str, str], str],
) -> list[str]:
    """Returns the servers that a DSN of this form connects to but should not."""
    other = CertificateAuthority(folder, "other")
    cases = {
        "another name": form(named(server, "other.test.invalid"), str(authority.file)),
        "another authority": form(named(server, NAME), str(other.file)),
        "no authority at hand": form(named(server, NAME), str(folder / "absent.pem")),
    }
    return [case for case, dsn in cases.items() if _connects(dsn)]


def _connects(dsn: str) -> bool:
    try:
        psycopg2.connect(dsn).close()
    except psycopg2.OperationalError:
        return False
    return True


def test_a_configured_centre_is_asked_for_its_name_and_authority(
    server: PostgresServer, authority: CertificateAuthority, folder: Path
) -> None:
    assert is_encrypted(configured_dsn(named(server, NAME), str(authority.file)))
    assert strangers_let_in(server, authority, folder, configured_dsn) == []


def test_a_server_without_tls_is_no_configured_centre(authority: CertificateAuthority) -> None:
    with PostgresServer() as plain:
        assert not _connects(configured_dsn(named(plain, NAME), str(authority.file)))
        assert _connects(complete_dsn(named(plain, NAME)))


@pytest.mark.parametrize(
    ("host", "sslmode"),
    [
        ("127.0.0.1", None),
        ("/run/postgresql,::1", None),
        ("127.0.0.1,centre.test.invalid", "verify-full"),
        ("127.0.0.1.test.invalid", "verify-full"),
        ("", "verify-full"),
    ],
)
def test_only_this_machine_needs_no_certificate(host: str, sslmode: str | None) -> None:
    parsed = psycopg2.extensions.parse_dsn(configured_dsn(f"host='{host}' dbname=centre"))
    assert parsed.get("sslmode") == sslmode


def test_what_a_dsn_says_itself_stands(
    server: PostgresServer, authority: CertificateAuthority, folder: Path
) -> None:
    by_hand = configured_dsn(named(server, "other.test.invalid", sslmode="disable"))
    assert not is_encrypted(by_hand)
    absent = str(folder / "absent.pem")
    own = named(server, NAME, sslrootcert=str(authority.file))
    assert is_encrypted(configured_dsn(own, absent))


def test_a_weaker_default_is_found_out(
    server: PostgresServer, authority: CertificateAuthority, folder: Path
) -> None:
    def without_default(dsn: str, ca_file: str) -> str:
        return complete_dsn(dsn)

    def authority_only(dsn: str, ca_file: str) -> str:
        return make_dsn(complete_dsn(dsn), sslmode="verify-ca", sslrootcert=ca_file)

    assert len(strangers_let_in(server, authority, folder, without_default)) == 3
    assert strangers_let_in(server, authority, folder, authority_only) == ["another name"]
