"""How far a workplace is with what comes from the centre, also after it was closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.store.workplace_tables.received import feed_read

LONG = timedelta(minutes=2)
"""The centre is asked twice a minute at least, and the store told once a minute."""


class Standing(StrEnum):
    """What a person is told of it."""

    NEVER = "never"
    BEHIND = "behind"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """``read_at``: all that could be taken then was taken. ``held_since``: a change of then is
    committed and may not be taken, for an older transaction still writes in the centre."""

    read_at: datetime | None = None
    held_since: datetime | None = None

    def behind_since(self, now: datetime) -> datetime | None:
        """Since when something is missing here, None where nothing is for long."""
        since = [at for at in (self.read_at, self.held_since) if at is not None]
        return min((at for at in since if now - at >= LONG), default=None)

    def standing(self, now: datetime) -> Standing:
        """Whether it follows the centre now."""
        if self.read_at is None:
            return Standing.NEVER
        return Standing.FOLLOWING if self.behind_since(now) is None else Standing.BEHIND


def note_feed_read(connection: Connection, read: FeedRead) -> None:
    """Keep it for the next start and for whoever asks the store."""
    values = {"read_at": read.read_at, "held_since": read.held_since}
    connection.execute(
        insert(feed_read)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


def kept_feed_read(connection: Connection) -> FeedRead:
    """What was kept last, within a minute."""
    row = connection.execute(select(feed_read)).one_or_none()
    return FeedRead() if row is None else FeedRead(row.read_at, row.held_since)
