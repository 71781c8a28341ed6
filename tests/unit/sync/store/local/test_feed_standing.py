"""Replication progress of a workplace, stored and reported as one of three states."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from sync.store.local.outbox import LONG, FeedRead, Standing, kept_feed_read, note_feed_read
from sync.store.local.register import RegisterStore

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
LATE, SOON = NOW - LONG, NOW - LONG + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("read", "standing", "since"),
    [
        (FeedRead(), Standing.NEVER, None),
        (FeedRead(SOON), Standing.FOLLOWING, None),
        (FeedRead(LATE), Standing.BEHIND, LATE),
        # read by a clock that ran ahead, at a workplace that reads no more
        (FeedRead(NOW + LONG), Standing.BEHIND, NOW + LONG),
        (FeedRead(NOW, held_since=SOON), Standing.FOLLOWING, None),
        (FeedRead(NOW, held_since=LATE), Standing.BEHIND, LATE),
        (FeedRead(LATE, held_since=LATE - LONG), Standing.BEHIND, LATE - LONG),
    ],
)
def test_what_is_told(read: FeedRead, standing: Standing, since: datetime | None) -> None:
    assert (read.standing(NOW), read.behind_since(NOW)) == (standing, since)


def test_it_is_kept_in_the_store(store: RegisterStore) -> None:
    assert store.read(kept_feed_read) == FeedRead()
    for read in (FeedRead(NOW, LATE), FeedRead(NOW + LONG)):
        store.write(partial(note_feed_read, read=read)).result(10)
        assert store.read(kept_feed_read) == read
