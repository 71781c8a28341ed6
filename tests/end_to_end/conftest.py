"""Fixtures of the end-to-end tests: a PostgreSQL and a folder with a short path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.headset_bench import HeadsetBench
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.postgres import PostgresServer
from tests.fakes.registered_line import LINE, PASSWORD
from tests.fakes.screen_reader import ScreenReader


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture
def dsn(postgres: PostgresServer) -> Iterator[str]:
    """An empty database; the stage creates the central schema in it as an administrator would."""
    with postgres.database() as made:
        yield made


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short, since the path of the phone's socket is limited to 107 bytes."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture
def proxy() -> Iterator[KamailioProxy]:
    """The city's PBX with one line."""
    with KamailioProxy({LINE: PASSWORD}) as running:
        yield running


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScreenReader]:
    """A screen reader for every console started after it."""
    with ScreenReader() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def headsets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeadsetBench]:
    """Simulated headsets for every console started after it."""
    (folder / "hid").mkdir()
    with HeadsetBench(folder / "hid") as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running
