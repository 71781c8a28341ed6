"""A selection is stored even if the window closes before its text is analysed for personal data."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.core.deliveries import Deliveries
from console.features.directory_search.presenter import SearchNotes
from kb.search.usage import QueryUse
from kb.store import Directory
from tests.fakes.console_fakes import Clock
from tests.fakes.two_questions import NOW, two_questions

SINCE = (NOW - timedelta(days=1)).date()


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    with two_questions(tmp_path / "directory.db", Clock(NOW)) as opened:
        yield opened


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


@pytest.fixture
def writer() -> Iterator[ThreadPoolExecutor]:
    made = ThreadPoolExecutor(1)
    yield made
    made.shutdown()


def _picked(
    directory: Directory, writer: ThreadPoolExecutor, owner: QObject
) -> Future[frozenset[str]]:
    """Selects an entry; the analysis of its text has not started."""
    reading: Future[frozenset[str]] = Future()
    notes = SearchNotes(directory, lambda _texts: reading, writer, Deliveries(owner))
    notes.picked("вывоз мусора", "q-waste", ("хлам",))
    return reading


def test_the_last_pick_is_written_though_no_event_is_handled_any_more(
    directory: Directory, writer: ThreadPoolExecutor, owner: QObject
) -> None:
    reading = _picked(directory, writer, owner)
    reading.set_result(frozenset({"вывоз мусора", "хлам"}))
    writer.shutdown(wait=True)

    uses = (QueryUse("вывоз мусора", 1), QueryUse("хлам", 1, in_vain=True))
    assert directory.queries_of("q-waste", since=SINCE) == uses


def test_a_pick_whose_words_nobody_has_read_counts_for_its_entry_alone(
    directory: Directory, writer: ThreadPoolExecutor, owner: QObject
) -> None:
    assert directory.frequent(1) == ()
    reading = _picked(directory, writer, owner)
    assert reading.cancel()
    writer.shutdown(wait=True)

    assert directory.queries_of("q-waste", since=SINCE) == ()
    assert directory.frequent(1)[0].entry_id == "q-waste"
