"""A PostgreSQL for the session, a fresh database and a fresh store for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.store.central import initialise
from sync.store.keys import StoreKey, make_key, write_key_file
from sync.store.register import RegisterStore
from tests.fakes.postgres import PostgresServer
from tests.fakes.tcp_proxy import TcpProxy


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture
def empty_dsn(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database() as dsn:
        yield dsn


@pytest.fixture
def dsn(empty_dsn: str) -> str:
    """A database with the central schema."""
    assert initialise(empty_dsn)
    return empty_dsn


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def key(path: Path) -> StoreKey:
    made = make_key()
    write_key_file(made, path)
    return made


@pytest.fixture
def store(path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    opened = RegisterStore.open(path, key, home_area_code="87999")
    yield opened
    assert opened.close_store()


@pytest.fixture
def proxy(postgres: PostgresServer) -> Iterator[TcpProxy]:
    with TcpProxy(postgres.port) as made:
        yield made


@pytest.fixture
def through_proxy(proxy: TcpProxy, postgres: PostgresServer) -> Callable[[str], str]:
    """Turns the DSN of the server into one that goes through the proxy."""
    return lambda dsn: dsn.replace(f"port={postgres.port}", f"port={proxy.port}")
