"""A store in a temporary folder, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.store_template import StoreTemplate


@pytest.fixture
def key(store_template: StoreTemplate) -> StoreKey:
    return store_template.key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def store(path: Path, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    opened = store_template.open_copy(path, home_area_code="87999")
    yield opened
    assert opened.close_store()
