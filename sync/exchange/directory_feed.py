"""Public part of the directory as a JSON feed for the city's site (Regulation 2.6), stale entries.

The feed has a JSON schema, ``resources/schemas/directory-feed-1.json``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sync.store.central.shared_documents import SharedDocument

SCHEMA = Path(__file__).resolve().parents[2] / "resources" / "schemas" / "directory-feed-1.json"
FEED_FILE = "directory.json"
SCHEMA_FILE = "directory.schema.json"
VERSION = 1

_FIELDS = (
    "id",
    "kind",
    "title",
    "body",
    "topic",
    "section",
    "owner",
    "source",
    "source_url",
    "checked_on",
    "valid_from",
)
# Details that are not listed are for operators: texts to say, routes, checklists, other names.
_DETAILS: Mapping[str, tuple[str, ...]] = {
    "question": (),
    "unit": (
        "parent",
        "unit_kind",
        "short_title",
        "address",
        "phones",
        "email",
        "hours",
        "answer_term",
    ),
    "service": ("steps", "documents", "term", "fee"),
    "person": ("unit", "post", "phones", "email", "reception", "room"),
    "topic": ("parent", "participants", "answer_term"),
}
_CHECKED = frozenset({"question", "unit", "service", "person"})
"""Kinds of entries that can become stale; a topic cannot."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """Entry with an overdue check; ``checked_on`` is None if it was never checked."""

    title: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class StaleOfOwner:
    """Stale entries of one authority; ``owner`` is its key, empty for entries without an owner."""

    owner: str
    name: str
    email: str
    entries: tuple[StaleEntry, ...]


def feed_of(entries: Iterable[SharedDocument], day: date) -> dict[str, Any]:
    """Returns the feed of the entries valid on the day, sorted by key."""
    public = [_public(one) for one in _in_force(entries, day)]
    return {"version": VERSION, "entries": sorted(public, key=lambda one: str(one["id"]))}


def write_feed(entries: Iterable[SharedDocument], day: date, folder: Path) -> int | None:
    """Writes the feed and its schema into the folder; returns the number of entries.

    Returns None if nothing has changed. Each file is replaced atomically, so a concurrent reader
    never sees a partial file. Raises OSError.
    """
    feed = feed_of(entries, day)
    content = f"{json.dumps(feed, ensure_ascii=False, indent=1)}\n".encode()
    is_new = [
        _replaced(folder / SCHEMA_FILE, SCHEMA.read_bytes()),
        _replaced(folder / FEED_FILE, content),
    ]
    return len(feed["entries"]) if any(is_new) else None


def stale_by_owner(
    entries: Sequence[SharedDocument], day: date, days: int
) -> tuple[StaleOfOwner, ...]:
    """Returns the valid entries not checked for more than ``days`` days, grouped by owner."""
    own = {one["id"]: one for one in _in_force(entries, day)}
    found: dict[str, list[StaleEntry]] = {}
    for entry in own.values():
        checked_on = _day(entry.get("checked_on"))
        is_stale = checked_on is None or checked_on < day - timedelta(days=days)
        if entry["kind"] in _CHECKED and is_stale:
            stale = StaleEntry(entry["title"], checked_on)
            found.setdefault(entry.get("owner") or "", []).append(stale)
    return tuple(
        StaleOfOwner(owner, body.get("title", owner), _email(body), tuple(stale))
        for owner, stale in sorted(found.items())
        for body in (own.get(owner, {}),)
    )


def _in_force(entries: Iterable[SharedDocument], day: date) -> list[Mapping[str, Any]]:
    return [
        one.document
        for one in entries
        if one.document is not None
        and one.document.get("kind") in _DETAILS
        and one.document.get("title")
        and (one.closed_on is None or day < one.closed_on)
        and (_day(one.document.get("valid_from")) or day) <= day
    ]


def _public(entry: Mapping[str, Any]) -> dict[str, Any]:
    public = {name: entry[name] for name in _FIELDS if entry.get(name)}
    told = entry.get("details") or {}
    details = {name: told[name] for name in _DETAILS[entry["kind"]] if told.get(name)}
    return {**public, "details": details} if details else public


def _email(body: Mapping[str, Any]) -> str:
    return str((body.get("details") or {}).get("email") or "")


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError):  # imported by hand without validation
        return None


def _replaced(file: Path, content: bytes) -> bool:
    """Writes the file unless it has this content already; returns whether it was written."""
    if file.exists() and file.read_bytes() == content:
        return False
    part = file.with_name(f".{file.name}.part")
    with part.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)
    return True
