"""The folder of a phone process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.process_console import end_what_a_failure_has_left, wait_until


@pytest.fixture
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # The system's limit for socket paths is short; pytest's folders may be long.
    path = tmp_path_factory.mktemp("p")
    yield path
    try:
        wait_until(lambda: not (path / "phone.sock").exists())
    except AssertionError:
        end_what_a_failure_has_left(path)
        raise
