"""One PostgreSQL per session, a new database and a new store for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2.extensions
import pytest

from sync.store.central.connection import central_transaction, initialise
from sync.store.central.partitions import make_ahead
from sync.store.local.keys import StoreKey, write_key_file
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import CentreTemplate
from tests.fakes.postgres import PostgresServer
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture
def empty_dsn(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def central_template(postgres: PostgresServer) -> Iterator[str]:
    """Name of a database with the central schema, used as a template."""
    with postgres.database() as dsn:
        assert initialise(dsn)
        yield psycopg2.extensions.parse_dsn(dsn)["dbname"]


@pytest.fixture
def dsn(postgres: PostgresServer, central_template: str) -> Iterator[str]:
    """A database with the central schema and future partitions, as its worker creates them each
    day.
    """
    with postgres.database(central_template) as made:
        with central_transaction(made) as connection:
            make_ahead(connection)
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def key(path: Path, store_template: StoreTemplate) -> StoreKey:
    write_key_file(store_template.key, path)
    return store_template.key


@pytest.fixture
def store(path: Path, key: StoreKey, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    opened = store_template.open_copy(path, home_area_code="87999")
    yield opened
    assert opened.close_store()


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[TcpProxy]:
    with TcpProxy(postgres.port) as made:
        yield made


@pytest.fixture
def through_proxy(proxy: TcpProxy, postgres: PostgresServer) -> Callable[[str], str]:
    """Converts the DSN of the server to one through the proxy."""
    return lambda dsn: dsn.replace(f"port={postgres.port}", f"port={proxy.port}")


@pytest.fixture(scope="session")
def password_server() -> Iterator[PostgresServer]:
    """A server that requires passwords except for the superuser."""
    with PostgresServer(asks_passwords=True) as server:
        yield server


@pytest.fixture(scope="session")
def centre_template(password_server: PostgresServer) -> Iterator[CentreTemplate]:
    with CentreTemplate(password_server).made() as template:
        yield template


@pytest.fixture
def centre(centre_template: CentreTemplate) -> Iterator[str]:
    """DSN of the owner, who may create roles and is no superuser."""
    with centre_template.copy() as dsn:
        yield dsn
