"""The main task over real stores: a call, a search in another word form, an answer, a record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_search.presenter import DirectoryPresenter, SearchNotes
from console.shared.texts.reader import TextReader
from kb.files.importing import read_folder
from kb.store import Directory
from sync.register.calls.calls import CallResult, CallState
from sync.store.local.keys import StoreKey, make_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import AREA_CODE, USUAL_DAYS, Clock
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.led_desk import usual_desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "directory" / "sample"
LIMIT_MS = 10_000


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """Parent of a test's Qt objects: they are deleted in the GUI thread, after the stores'
    threads.
    """
    parent = QObject()
    yield parent
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def readers(owner: QObject) -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def directory(tmp_path: Path, owner: QObject) -> Iterator[Directory]:
    opened = Directory.open(tmp_path / "directory.db")
    opened.replace_all(read_folder(SAMPLE), "sample")
    yield opened
    opened.close()


@pytest.fixture
def reader(directory: Directory) -> Iterator[TextReader]:
    opened = TextReader(ThreadPoolExecutor(1), directory.entries)
    yield opened
    opened.close()


@pytest.fixture
def key() -> StoreKey:
    return make_key()


@pytest.fixture
def store(tmp_path: Path, key: StoreKey, owner: QObject) -> Iterator[RegisterStore]:
    opened = RegisterStore.open(tmp_path / "register.db", key, home_area_code=AREA_CODE)
    yield opened
    assert opened.close_store()


@pytest.mark.parametrize("typed", ["вывоз мусора", "мусор не вывозят", "vecjh ds", "вывоз мус"])
def test_a_typical_call_is_answered_from_the_directory(
    typed: str,
    store: RegisterStore,
    key: StoreKey,
    directory: Directory,
    readers: ThreadPoolExecutor,
    reader: TextReader,
    owner: QObject,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    clock, call = Clock(), Call()
    deliveries = Deliveries(owner)
    milestones = Milestones(tmp_path / "milestones.jsonl", clock)
    desk = usual_desk(FakePhone(), store, deliveries, milestones, clock, owner)
    search = DirectoryPresenter(
        directory,
        readers,
        readers,
        SearchNotes(directory, reader.of_nobody, readers, deliveries),
        deliveries,
        milestones,
        zone=CITY_ZONE,
        days=USUAL_DAYS,
        take=desk.accept_entry,
        parent=owner,
    )
    desk.receive(call.ringing())
    desk.receive(call.answered())
    for length in range(1, len(typed) + 1):
        search.set_query(typed[:length])

    def found() -> bool:
        titles = " ".join(row.title for row in search.state.rows)
        return "мусор" in titles.casefold() and search.state.preview is not None

    qtbot.waitUntil(lambda: desk.state.card is not None, timeout=LIMIT_MS)
    qtbot.waitUntil(found, timeout=LIMIT_MS)
    preview = search.state.preview
    assert preview is not None

    search.accept()
    desk.receive(call.ended())
    desk.save()
    qtbot.waitUntil(lambda: desk.state.card is None, timeout=LIMIT_MS)
    milestones.close()

    with_fresh_eyes = RegisterReading.open_for_reading(tmp_path / "register.db", key)
    record = with_fresh_eyes.call_by_sip_id(call.call_id)
    with_fresh_eyes.close_reading()
    assert record is not None
    assert record.state is CallState.CLOSED
    assert record.result in (CallResult.ANSWERED, CallResult.CONTACTS)
    assert preview.spoken.startswith(preview.title)
    assert record.content == preview.spoken
    assert [used.key for used in record.used_entries] == [preview.key]


def test_what_is_typed_of_a_caller_is_written_into_no_file(
    directory: Directory,
    readers: ThreadPoolExecutor,
    reader: TextReader,
    owner: QObject,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    notes = SearchNotes(directory, reader.of_nobody, readers, Deliveries(owner))
    (found, *_rest) = directory.search("вывоз мусора")

    notes.picked("пробова анна петровна", found.entry_id, ("Садовая 5 квартира 3", "рухлядь"))
    notes.picked("мусор у Пробовой Анны", found.entry_id, ())
    notes.given_up(("Пробов Пётр", "барахло у подъезда"))
    notes.picked("хлам", found.entry_id, ("анна петровна", "рухлядь"))

    def is_written() -> bool:
        kept = directory.queries_of(found.entry_id, since=date(2020, 1, 1))
        given_up = [one.query for one in directory.unanswered_searches()]
        return (
            [use.query for use in kept] == ["хлам", "рухлядь"]
            and given_up == ["барахло у подъезда"]
            and directory.frequent(1)[0].entry_id == found.entry_id
        )

    qtbot.waitUntil(is_written, timeout=LIMIT_MS)
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for typed in ("пробова анна", "Пробовой Анны", "Пробов Пётр", "Садовая 5", "анна петровна"):
        assert typed.encode() not in content
