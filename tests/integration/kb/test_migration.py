"""A directory of the first version is carried over: entries converted, usage and mark kept."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kb.entries.entries import Entry
from kb.store import Directory
from kb.store.schema import APPLICATION_ID, MIGRATIONS

FIRST = Path(__file__).resolve().parents[2] / "data" / "directory_first"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FIRST / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def first_file(tmp_path: Path) -> Path:
    """A file as the first version left it: its tables, records in its form, one pick."""
    path = tmp_path / "directory.db"
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[0]:
            assert isinstance(statement, str)
            connection.execute(statement)
        for kind, name in (
            ("unit", "units.jsonl"),
            ("question", "questions.jsonl"),
            ("procedure", "procedures.jsonl"),
        ):
            connection.executemany(
                "INSERT INTO entry (key, kind, topic, payload) VALUES (?, ?, ?, ?)",
                [
                    (record["key"], kind, record.get("topic"), json.dumps(record))
                    for record in _records(name)
                ],
            )
        for record in _records("classifier.jsonl"):
            payload = json.dumps(record)
            if record["type"] == "topic":
                row = (record["key"], payload)
                connection.execute("INSERT INTO topic (key, payload) VALUES (?, ?)", row)
            else:
                connection.execute(
                    "INSERT INTO category (key, topic, payload) VALUES (?, ?, ?)",
                    (record["key"], record["topic"], payload),
                )
        connection.execute("INSERT INTO usage VALUES ('q-wifi', '2026-11-24', 2)")
        connection.execute(
            "INSERT INTO meta VALUES ('mark', 'kept'), ('normaliser', '1'), ('generation', '7')"
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return path


@pytest.fixture
def migrated(first_file: Path) -> Iterator[Directory]:
    with closing(Directory.open(first_file, clock=lambda: NOW)) as directory:
        yield directory


def test_the_first_version_s_entries_are_entries_of_today(
    migrated: Directory, small_content: tuple[Entry, ...]
) -> None:
    assert {entry.id: entry for entry in migrated.entries()} == {
        entry.id: entry for entry in small_content
    }


def test_what_users_left_is_kept(migrated: Directory) -> None:
    assert migrated.mark() == "kept"
    assert migrated.frequent(1)[0].entry_id == "q-wifi"


def test_the_index_is_made_of_the_converted_entries(migrated: Directory) -> None:
    assert migrated.search("кремнев")[0].entry_id == "person-town-hall-1"
    assert migrated.search("батареи")[0].entry_id == "q-cold"


def test_history_begins_where_the_entries_were_carried_over(migrated: Directory) -> None:
    (revision,) = migrated.history("q-cold")

    assert (revision.number, revision.at, revision.by, revision.action) == (1, NOW, "", "put")


def test_a_topic_with_the_key_of_a_unit_is_renamed(first_file: Path) -> None:
    with closing(sqlite3.connect(first_file)) as connection:
        (payload,) = connection.execute("SELECT payload FROM topic WHERE key = 'homes'").fetchone()
        topic = {**json.loads(payload), "key": "heating"}
        row = ("heating", json.dumps(topic))
        connection.execute("INSERT INTO topic (key, payload) VALUES (?, ?)", row)
        connection.commit()

    with closing(Directory.open(first_file)) as directory:
        assert directory.unit("heating") is not None
        assert "topic-heating" in {found.id for found in directory.topics()}


def test_a_file_is_carried_over_once(first_file: Path) -> None:
    with closing(Directory.open(first_file)) as directory:
        entries = directory.entries()
    with closing(Directory.open(first_file)) as directory:
        assert directory.entries() == entries


def test_contents_of_documents_are_kept_apart_by_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "directory.db"
    apart = next(
        number for number, steps in enumerate(MIGRATIONS) if any("sha256" in str(s) for s in steps)
    )
    with closing(sqlite3.connect(path)) as connection:
        for steps in MIGRATIONS[:apart]:
            for step in steps:
                if isinstance(step, str):
                    connection.execute(step)
                else:
                    step(connection, NOW)
        connection.executemany(
            "INSERT INTO attachment (key, number, entry_key, kind, title, file_name, at, by,"
            " content) VALUES (?, ?, 'homes', 'map', 'Карта', 'карта.pdf', ?, '', ?)",
            [
                ("m-1", 1, NOW.isoformat(), b"old"),
                ("m-1", 2, NOW.isoformat(), b"map"),
                ("m-2", 1, NOW.isoformat(), b"map"),
            ],
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {apart}")
        connection.commit()

    with closing(Directory.open(path, clock=lambda: NOW)) as directory:
        assert [one.id for one in directory.attachments("homes")] == ["m-1", "m-2"]
        assert directory.attachment_content("m-1") == b"map"
        assert directory.attachment_content("m-2") == b"map"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM attachment_content").fetchone() == (2,)
