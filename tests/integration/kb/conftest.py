"""Directories in files: a small one for each test, and that of the sample city."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.entries.entries import Entry
from kb.files.importing import read_folder
from kb.store import Directory
from tests.fakes.console_fakes import Clock
from tests.fakes.two_questions import NOW

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def small_content() -> tuple[Entry, ...]:
    return read_folder(ROOT / "tests" / "data" / "directory")


@pytest.fixture
def directory(tmp_path: Path, small_content: tuple[Entry, ...]) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db")
    opened.replace_all(small_content, "first")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="session")
def sample_content() -> tuple[Entry, ...]:
    return read_folder(ROOT / "resources" / "directory" / "sample")


@pytest.fixture(scope="session")
def sample(
    tmp_path_factory: pytest.TempPathFactory, sample_content: tuple[Entry, ...]
) -> Iterator[Directory]:
    """The sample directory; tests that share it only search."""
    opened = Directory.open(tmp_path_factory.mktemp("sample") / "directory.db")
    opened.replace_all(sample_content, "sample")
    yield opened
    opened.close()
