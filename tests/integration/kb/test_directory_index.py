"""The index after incremental changes equals a rebuilt one."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from kb.entries.attachments import document_of
from kb.entries.changes import EntryClosed, EntryPut
from kb.search import index, usage
from kb.search.blocks import POSTING
from kb.search.usage import MOST_RECENT
from kb.search.vocabulary import Vocabulary
from kb.store import Directory
from kb.text import Stemmer
from tests.fakes.asked_directory import entry_of, ids_of

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def test_changes_one_by_one_leave_the_index_a_rebuild_would_make(
    tmp_path: Path, directory: Directory
) -> None:
    question = entry_of(directory, "q-cold")
    directory.apply([EntryPut(replace(question, title="Протекает крыша"))], "2")
    directory.apply([EntryClosed("q-wifi", TODAY), EntryPut(replace(question, id="q-b"))], "3")
    directory.apply([EntryClosed("q-wifi", TODAY - DAY)], "4")
    by_changes = directory._searching._snapshot.state.vocabulary
    changed = _contents(tmp_path / "directory.db")

    by_rebuild = _rebuilt(tmp_path / "directory.db", directory).vocabulary

    assert _contents(tmp_path / "directory.db") == changed
    assert _listed(by_changes) == _listed(by_rebuild)
    assert by_changes.entries == by_rebuild.entries


def test_many_changes_leave_the_index_a_rebuild_would_make(
    tmp_path: Path, directory: Directory
) -> None:
    question = entry_of(directory, "q-cold")
    for number in range(MOST_RECENT + 3):
        changed = replace(question, id=f"q-{number % 9}", body=f"Дом {number}, подъезд {number}")
        directory.upsert(changed)
        assert ids_of(directory, f"подъезд {number}")[0] == changed.id
    with closing(Directory.open(tmp_path / "directory.db")) as other:
        assert ids_of(other, "дом 66")[0] == "q-3"
    by_changes = _contents(tmp_path / "directory.db")

    _rebuilt(tmp_path / "directory.db", directory)

    assert _contents(tmp_path / "directory.db") == by_changes


def test_an_index_in_several_blocks_holds_the_same(tmp_path: Path, directory: Directory) -> None:
    in_one = _contents(tmp_path / "directory.db")

    _rebuilt(tmp_path / "directory.db", directory, largest_block=2)

    assert _contents(tmp_path / "directory.db") == in_one


def _rebuilt(
    path: Path, directory: Directory, largest_block: int = index.LARGEST_BLOCK
) -> index.IndexState:
    """Rebuilds the index from the entries that have not ended and returns it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        keys = dict(connection.execute("SELECT key, id FROM entry"))
        entries = [entry for entry in directory.entries() if entry.valid_to is None]
        documents = [(keys[entry.id], document_of(entry)) for entry in entries]
        return index.rebuild(connection, documents, Stemmer(), largest_block)


def _contents(path: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Returns for each stem the current entries with it, and its statistics in heading and text."""
    with closing(sqlite3.connect(path)) as connection:
        keys = dict(
            connection.execute(
                "SELECT document.id, entry.key FROM index_document AS document"
                " JOIN entry ON entry.id = document.entry"
            )
        )
        stems = dict(connection.execute("SELECT number, stem FROM index_stem"))
        counted = dict(connection.execute("SELECT stem, entries FROM index_stem"))
        contents: dict[str, dict[str, tuple[int, int]]] = {}
        rows = [
            (row_id >> 24, postings)
            for row_id, postings in connection.execute("SELECT id, postings FROM index_posting")
        ]
        rows += usage.load(connection).postings.items()
        for stem, postings in rows:
            held = contents.setdefault(stems[stem], {})
            for number, heading, body in np.frombuffer(postings, POSTING).tolist():
                if number in keys:
                    held[keys[number]] = (heading, body)
    assert {stem: len(held) for stem, held in contents.items()} == counted
    return {stem: held for stem, held in contents.items() if held}


def _listed(vocabulary: Vocabulary) -> set[tuple[str, str, int]]:
    return {
        (surface, stem, vocabulary.frequency(stem))
        for surface, stem in vocabulary.continuations("", 10_000)
    }
