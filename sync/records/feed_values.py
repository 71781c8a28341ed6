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
    """What a shared document is."""

    ENTRY = "entry"
    ATTACHMENT = "attachment"
    SYNONYM = "synonym"
    PROPOSAL = "proposal"
    SETTING = "setting"
    TEMPLATE = "template"


def digest_of(document: Mapping[str, Any] | None, content_sha256: str | None = None) -> str:
    """SHA-256 of a document whatever the order of its fields, and of its content's hash."""
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{plain}\n{content_sha256 or ''}".encode()).hexdigest()


def whole_digest(digests: Iterable[tuple[str, str, str]]) -> str:
    """One digest of many documents: of their entity, id and digest, in whatever order they come.

    The centre works out the same in SQL (``central_feed``).
    """
    lines = sorted(digests, key=lambda one: (one[0].encode(), one[1].encode()))
    text = "\n".join("\x1f".join(line) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


class Feed(StrEnum):
    """The feeds; each has a mark of its own, and one that is stuck holds up no other."""

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
    """How far a receiver has come: everything up to here, in the order of transactions, is in it.

    ``server`` and ``timeline`` say in which server's history: on another branch the numbers mean
    nothing. ``accepted`` is the digest of a content that stays different here though all of it was
    taken, so that it is not fetched again and again.
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
        """The same history, further on."""
        return replace(self, xid=xid, seq=seq)

    def as_text(self) -> str:
        """For a receiver to keep; ``read`` gives it back."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark of the text; None for one that was never a mark of the feed."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """The newest version of something in the centre.

    ``closed_on`` is the first day on which it holds no more; without a document it is gone and
    only that is told (a tombstone). ``content_sha256`` names the file it tells of. ``by_id`` is
    that of the person whose login wrote it, empty for others; ``action`` is ``put``, ``close`` or
    ``restore``.
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
"""What decoding an item raises that a newer program has written."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The next changes: items in their newest version, and the mark once they are taken.

    ``is_full``: there is more at once. ``held_since``: changes are committed that may not be taken
    yet, since a transaction older than theirs is open; the oldest is of this moment.
    """

    items: tuple[FeedItem, ...]
    mark: FeedMark
    is_full: bool
    held_since: datetime | None


@dataclass(frozen=True, slots=True)
class MarkUnusable:
    """Changes after this mark are not to be had one by one: the whole must be taken."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a feed as it stands; ``hashes`` are those of the files that its items tell of.

    ``items`` is to be read to its end, on the thread that asked.
    """

    items: Iterator[FeedItem]
    mark: FeedMark
    hashes: frozenset[str]
