"""Values of the central change feed: items, batches, receiver marks and digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from cattrs.errors import BaseValidationError


class DocumentEntity(StrEnum):
    """Kind of a shared document."""

    ENTRY = "entry"
    ATTACHMENT = "attachment"
    SYNONYM = "synonym"
    PROPOSAL = "proposal"
    SETTING = "setting"
    TEMPLATE = "template"


def digest_of(document: Mapping[str, Any] | None, content_sha256: str | None = None) -> str:
    """Returns the SHA-256 of a document and its content hash, independent of the field order."""
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{plain}\n{content_sha256 or ''}".encode()).hexdigest()


def whole_digest(digests: Iterable[tuple[str, str, str]]) -> str:
    """Returns one digest of many documents (entity, id, digest), independent of their order.

    The central database computes the same digest in SQL (``central_feed``).
    """
    lines = sorted(digests, key=lambda one: (one[0].encode(), one[1].encode()))
    text = "\n".join("\x1f".join(line) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


class Feed(StrEnum):
    """Feeds of the central database; each has its own mark, and a blocked feed blocks no other."""

    DIRECTORY = "directory"
    CITY = "city"
    HANDLING = "handling"
    HISTORY = "history"
    SETTINGS = "settings"
    INCIDENTS = "incidents"
    CLAIMS = "claims"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class FeedMark:
    """Position of a receiver in a feed: all transactions up to here are applied.

    ``server`` and ``timeline`` identify the server's history; positions of another timeline are not
    comparable. ``accepted`` is the digest of central content that still differs after a full
    snapshot, which prevents repeated snapshots.
    """

    server: str
    timeline: int
    xid: int
    seq: int
    accepted: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.xid, self.seq

    def at(self, xid: int, seq: int) -> FeedMark:
        """Returns a later position in the same history."""
        return replace(self, xid=xid, seq=seq)

    def as_text(self) -> str:
        """Returns the mark as text for the receiver to store; ``read`` parses it."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Parses a mark; None if the text is not a mark of the feed."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Latest version of an object in the central database.

    ``closed_on`` is the first day on which it is no longer valid; without a document the item is a
    tombstone. ``content_sha256`` is the hash of its file. ``by_id`` is the operator whose login
    wrote it, empty for others; ``action`` is ``put``, ``close`` or ``restore``.
    """

    entity: str
    id: str
    ver: int
    document: Mapping[str, Any] | None
    content_sha256: str | None
    closed_on: date | None
    by: str
    at: datetime
    by_id: str = ""
    action: str = "put"


UNREADABLE: tuple[type[Exception], ...] = (KeyError, TypeError, ValueError, BaseValidationError)
"""Errors raised when decoding an item written by a newer version."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Next changes: items in their latest version, and the mark after them.

    ``is_full``: there are more changes. ``held_since``: time of the oldest committed change that
    must not be applied yet, because an older transaction is still open.
    """

    items: tuple[FeedItem, ...]
    mark: FeedMark
    is_full: bool
    held_since: datetime | None


@dataclass(frozen=True, slots=True)
class MarkUnusable:
    """The changes after this mark are not available; a full snapshot is required."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Full snapshot of a feed; ``hashes`` are those of the files of its items.

    ``items`` must be consumed completely, on the thread that requested it.
    """

    items: Iterator[FeedItem]
    mark: FeedMark
    hashes: frozenset[str]
