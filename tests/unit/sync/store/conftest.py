"""A store in a temporary folder, closed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.store.keys import StoreKey, make_key
from sync.store.register import RegisterStore


@pytest.fixture
def key() -> StoreKey:
    return make_key()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def store(path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    opened = RegisterStore.open(path, key, home_area_code="87999")
    yield opened
    assert opened.close_store()
