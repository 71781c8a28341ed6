"""The public part of the directory, validated by its schema, and stale entries (Regulation 2.3,
2.6).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sync.commands.directory_files import read_directory
from sync.exchange.directory_feed import (
    FEED_FILE,
    SCHEMA,
    SCHEMA_FILE,
    StaleEntry,
    StaleOfOwner,
    feed_of,
    stale_by_owner,
    write_feed,
)
from sync.records.feed_values import DocumentEntity
from sync.store.central.shared_documents import SharedDocument
from tests.fakes.json_schema import faults

RESOURCES = Path(__file__).resolve().parents[4] / "resources"
DAY = date(2026, 11, 25)
RULES = json.loads(SCHEMA.read_text(encoding="utf-8"))


def entry(key: str, *, closed_on: date | None = None, **fields: Any) -> SharedDocument:
    document = {"id": key, "kind": "unit", "title": key.title(), **fields}
    return SharedDocument(DocumentEntity.ENTRY, key, document, closed_on)


def samples() -> list[SharedDocument]:
    """The shipped directories."""
    found = [
        *read_directory(RESOURCES / "directory" / "example.jsonl"),
        *read_directory(RESOURCES / "directory" / "sample"),
    ]
    return [
        one
        for one in found
        if isinstance(one, SharedDocument) and one.entity is DocumentEntity.ENTRY
    ]


def test_the_feed_of_the_shipped_directory_is_by_its_schema() -> None:
    feed = feed_of(samples(), DAY)
    assert faults(RULES, feed) == []
    assert {one["kind"] for one in feed["entries"]} == {
        "question",
        "unit",
        "service",
        "person",
        "topic",
    }
    broken = {"version": 1, "entries": [{**feed["entries"][0], "author": "Проба"}]}
    assert faults(RULES, broken) == ["$.entries[0]: author is not known"]


def test_what_is_for_the_operators_is_not_in_the_feed() -> None:
    topic = {"parent": None, "route": "внутренний", "checklist": ["спросить"]}
    secret = entry(
        "power", kind="topic", author="Проба", spoken="скажите", names=["свет"], details=topic
    )
    assert feed_of([secret], DAY) == {
        "version": 1,
        "entries": [{"id": "power", "kind": "topic", "title": "Power"}],
    }


def test_only_what_is_in_force_is_in_the_feed() -> None:
    entries = [
        entry("now", valid_from="2026-11-25"),
        entry("later", valid_from="2026-11-26"),
        entry("closed", closed_on=DAY),
        entry("closing", closed_on=date(2026, 11, 26)),
        SharedDocument(DocumentEntity.ENTRY, "gone", None, DAY),
        entry("damaged", kind="other"),
    ]
    assert [one["id"] for one in feed_of(entries, DAY)["entries"]] == ["closing", "now"]


def test_a_file_is_replaced_only_where_something_changed(tmp_path: Path) -> None:
    assert write_feed([entry("now")], DAY, tmp_path) == 1
    written = (tmp_path / FEED_FILE).stat().st_ino
    assert write_feed([entry("now")], DAY, tmp_path) is None
    assert (tmp_path / FEED_FILE).stat().st_ino == written
    assert write_feed([entry("now"), entry("two")], DAY, tmp_path) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == [FEED_FILE, SCHEMA_FILE]
    with pytest.raises(OSError, match="nowhere"):
        write_feed([], DAY, tmp_path / "nowhere")


def test_what_is_stale_is_told_by_its_owner() -> None:
    entries = [
        entry("ukh", checked_on="2026-11-01", details={"email": "ukh@test.invalid"}),
        entry("phones", owner="ukh", checked_on="2025-11-24"),
        entry("edge", owner="ukh", checked_on="2025-11-25"),
        entry("never", owner="ukh", checked_on="neulich"),
        entry("power", kind="topic", owner="ukh"),
        entry("closed", owner="ukh", closed_on=DAY),
        entry("nobodys"),
        entry("lost", owner="gone"),
    ]
    assert stale_by_owner(entries, DAY, 365) == (
        StaleOfOwner("", "", "", (StaleEntry("Nobodys", None),)),
        StaleOfOwner("gone", "gone", "", (StaleEntry("Lost", None),)),
        StaleOfOwner(
            "ukh",
            "Ukh",
            "ukh@test.invalid",
            (StaleEntry("Phones", date(2025, 11, 24)), StaleEntry("Never", None)),
        ),
    )
