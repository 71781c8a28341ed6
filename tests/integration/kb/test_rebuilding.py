"""The index is rebuilt when necessary: the old one answers in the meantime, and nothing is lost."""

import queue
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kb.entries.attachments import Attachment, AttachmentKind, document_of
from kb.entries.entries import Entry, EntryKind
from kb.errors import (
    DirectoryEvent,
    DirectoryUnusable,
    IndexRebuildFailed,
    IndexRebuildStarted,
    IndexRebuilt,
    RebuildReason,
)
from kb.store import Directory
from kb.store.writing import mend
from kb.text import NORMALISER_VERSION
from tests.fakes.damaged_directory import damage, damage_index

WAIT_S = 30
ENTRIES = 3000
KEY = bytes(range(32))
STARTED = IndexRebuildStarted(RebuildReason.NORMALISER)
REBUILT = IndexRebuilt(RebuildReason.NORMALISER)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Told:
    """The events of a directory in order, with waiting."""

    def __init__(self) -> None:
        self._events: queue.Queue[DirectoryEvent] = queue.Queue()

    def __call__(self, event: DirectoryEvent) -> None:
        self._events.put(event)

    def next(self) -> DirectoryEvent:
        return self._events.get(timeout=WAIT_S)

    def is_empty(self) -> bool:
        return self._events.empty()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def path(tmp_path: Path, small_content: tuple[Entry, ...]) -> Path:
    """A directory with a few thousand entries, history, a pick and a document."""
    path = tmp_path / "directory.db"
    many = [
        Entry(f"many-{number}", EntryKind.QUESTION, f"Вопрос о шлагбауме {number}", "Ответ")
        for number in range(ENTRIES)
    ]
    with closing(Directory.open(path, clock=lambda: NOON)) as directory:
        directory.replace_all([*small_content, *many], "kept")
        directory.upsert(replace(many[0], title="Вопрос о калитке"), by="probova")
        directory.picked("интернет", "q-wifi")
        directory.attach(
            Attachment("m-1", "q-cold", AttachmentKind.MAP, "Карта", "карта.pdf"), b"%PDF"
        )
    return path


@pytest.fixture
def older_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same directory, opened by a program with another text normaliser."""
    for module in ("file", "writing"):
        monkeypatch.setattr(f"kb.store.{module}.NORMALISER_VERSION", NORMALISER_VERSION + 1)
    return path


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Index building pauses after half of the entries; returns the events for reaching and
    resuming.
    """
    reached, go_on = threading.Event(), threading.Event()
    made = 0

    def held_document_of(*arguments: Any) -> Any:
        nonlocal made
        made += 1
        if made == ENTRIES // 2:
            reached.set()
            assert go_on.wait(WAIT_S)
        return document_of(*arguments)

    monkeypatch.setattr("kb.store.writing.document_of", held_document_of)
    yield reached, go_on
    go_on.set()


def _normaliser(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute(
            "SELECT value FROM meta WHERE name = 'normaliser'"
        ).fetchone()
    return str(version)


def _is_whole(directory: Directory) -> bool:
    return (
        directory.mark() == "kept"
        and len(directory.entries()) == ENTRIES + 11
        and [one.by for one in directory.history("many-0")] == ["", "probova"]
        and directory.attachment_content("m-1") == b"%PDF"
        and directory.frequent(1)[0].entry_id == "q-wifi"
        and directory.search("батареи")[0].entry_id == "q-cold"
    )


def test_the_old_index_answers_until_the_new_one_is_made(
    older_index: Path,
    told: Told,
    held: tuple[threading.Event, threading.Event],
) -> None:
    reached, go_on = held
    with closing(Directory.open(older_index, clock=lambda: NOON, tell=told)) as directory:
        assert told.next() == STARTED
        assert reached.wait(WAIT_S)

        assert _is_whole(directory)
        directory.picked("батареи", "q-cold")
        directory.picked("батареи", "q-cold")
        assert told.is_empty()
        assert _normaliser(older_index) == str(NORMALISER_VERSION)

        go_on.set()
        assert told.next() == REBUILT
        assert _normaliser(older_index) == str(NORMALISER_VERSION + 1)
        assert directory.frequent(1)[0].entry_id == "q-cold"
        assert directory.search("калитка")[0].entry_id == "many-0"

    with closing(Directory.open(older_index, clock=lambda: NOON, tell=told)):
        assert told.is_empty()


def test_a_change_waits_for_the_new_index_and_is_in_it(
    older_index: Path,
    told: Told,
    held: tuple[threading.Event, threading.Event],
) -> None:
    reached, go_on = held
    with closing(Directory.open(older_index, tell=told)) as directory:
        assert reached.wait(WAIT_S)
        added = Entry("q-new", EntryKind.QUESTION, "Поймали лисицу", "Звоните")
        change = threading.Thread(target=directory.upsert, args=(added,))
        change.start()
        assert directory.search("лисица") == []

        go_on.set()
        change.join(WAIT_S)
        assert directory.search("лисица")[0].entry_id == "q-new"


def test_a_directory_closed_meanwhile_keeps_its_index_and_begins_again(
    older_index: Path,
    told: Told,
    held: tuple[threading.Event, threading.Event],
) -> None:
    reached, go_on = held
    directory = Directory.open(older_index, clock=lambda: NOON, tell=told)
    assert told.next() == STARTED
    assert reached.wait(WAIT_S)
    directory.picked("батареи", "q-cold")
    directory.picked("батареи", "q-cold")
    closing_thread = threading.Thread(target=directory.close)
    closing_thread.start()
    assert directory._rebuild is not None
    assert directory._rebuild._stopping.wait(WAIT_S)
    go_on.set()
    closing_thread.join(WAIT_S)
    assert told.is_empty()
    assert _normaliser(older_index) == str(NORMALISER_VERSION)

    with closing(Directory.open(older_index, clock=lambda: NOON, tell=told)) as again:
        assert (told.next(), told.next()) == (STARTED, REBUILT)
        assert again.frequent(1)[0].entry_id == "q-cold"


def test_a_disk_that_refuses_leaves_the_old_index(
    older_index: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise DirectoryUnusable(older_index, "SQLITE_FULL")

    monkeypatch.setattr("kb.store.writing.index.rebuild", refuse)
    with closing(Directory.open(older_index, clock=lambda: NOON, tell=told)) as directory:
        assert told.next() == STARTED
        assert told.next() == IndexRebuildFailed(RebuildReason.NORMALISER, "SQLITE_FULL")
        assert _is_whole(directory)


def test_a_damaged_index_is_made_anew_at_the_start(path: Path, told: Told) -> None:
    damage_index(path)
    damaged = path.read_bytes()

    with closing(Directory.open(path, clock=lambda: NOON, tell=told)) as directory:
        assert told.next() == IndexRebuildStarted(RebuildReason.DAMAGED)
        event = told.next()
        assert _is_whole(directory)

    assert isinstance(event, IndexRebuilt)
    assert event.damaged_file is not None
    assert event.damaged_file.read_bytes() == damaged
    assert {file.name for file in path.parent.iterdir()} == {path.name, event.damaged_file.name}


def test_an_index_damaged_under_a_running_program_is_made_anew(path: Path, told: Told) -> None:
    with closing(Directory.open(path, clock=lambda: NOON, tell=told)) as directory:
        damage_index(path)

        found: list[str] = []
        searches = [
            threading.Thread(target=lambda: found.append(directory.search("батареи")[0].entry_id))
            for _reader in range(3)
        ]
        for search in searches:
            search.start()
        for search in searches:
            search.join(WAIT_S)

        assert found == ["q-cold"] * 3
        assert told.next() == IndexRebuildStarted(RebuildReason.DAMAGED)
        assert isinstance(told.next(), IndexRebuilt)
        assert told.is_empty()
        assert _is_whole(directory)
        directory.close_entry("q-cold", NOON.date())
        assert directory.search("батареи едва") == []


def test_what_people_wrote_is_not_thrown_away_where_it_is_damaged(path: Path, told: Told) -> None:
    damage(path, lambda table: table == "entry")
    damaged = path.read_bytes()

    with (
        pytest.raises(DirectoryUnusable) as refused,
        closing(Directory.open(path, tell=told)) as directory,
    ):
        directory.search("батареи")

    assert refused.value.is_damage
    assert told.next() == IndexRebuildStarted(RebuildReason.DAMAGED)
    assert isinstance(told.next(), IndexRebuildFailed)
    assert path.read_bytes() == damaged
    assert [file.name for file in path.parent.iterdir() if "mending" in file.name] == []


def test_an_encrypted_file_is_mended_with_its_key(
    tmp_path: Path, small_content: tuple[Entry, ...], told: Told
) -> None:
    path = tmp_path / "secret.db"
    with closing(Directory.open(path, key=KEY)) as directory:
        directory.replace_all(small_content, "kept")

    aside = mend(path, KEY, NOON)

    for file in (path, aside):
        assert b"town-hall" not in file.read_bytes()
        with closing(Directory.open(file, key=KEY)) as directory:
            assert directory.entries() == small_content
            assert directory.search("батареи")[0].entry_id == "q-cold"


def test_words_that_stand_nowhere_any_more_leave_an_index_that_is_edited_for_long(
    tmp_path: Path, small_content: tuple[Entry, ...], told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a program that runs for weeks would retain each word that an entry ever had."""
    monkeypatch.setattr("kb.search.index._FEW_DEAD", 20)
    path = tmp_path / "edited.db"
    edited = small_content[0]
    with closing(Directory.open(path, tell=told, clock=lambda: NOON)) as directory:
        directory.replace_all(small_content, "kept")
        for count in range(21):
            directory.upsert(replace(edited, body=f"Шлагбаум{count}"))
        assert told.next() == IndexRebuildStarted(RebuildReason.WORN)
        assert told.next() == IndexRebuilt(RebuildReason.WORN)

        assert directory.search("шлагбаум20")[0].entry_id == edited.id
        for count in range(20):
            directory.upsert(replace(edited, body=f"Турникет{count}"))
        assert told.is_empty()  # the index is not fragmented yet
    with closing(sqlite3.connect(path)) as connection:
        gone = "SELECT count(*) FROM index_word WHERE surface LIKE 'шлагбаум%'"
        assert connection.execute(gone).fetchone() == (1,)
