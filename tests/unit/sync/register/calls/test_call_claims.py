"""Owner of the lock on a phone number, as returned by the central database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sync.register.calls.missed import CallClaim, Claimed, ClaimHolder, ClaimStage, said_to

MINE = CallClaim(UUID(int=1), "+79005550151", UUID(int=7), "Орлова Наталья")
SECOND = ClaimHolder("Вторая Вера", ClaimStage.TALKING)


def test_it_is_of_whoever_the_centre_has_there() -> None:
    own = ClaimHolder(MINE.by_name, MINE.stage)

    assert said_to(MINE, (MINE.id, own)) == Claimed(is_kept=True)
    assert said_to(MINE, (UUID(int=2), SECOND)) == Claimed(is_kept=False, holder=SECOND)


def test_what_the_centre_has_no_use_for_is_nobodys() -> None:
    assert said_to(MINE, None) == Claimed(is_kept=False, holder=None)


def test_the_record_of_a_talk_is_of_what_was_missed_before_it_alone() -> None:
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    writing = ClaimHolder("Вторая Вера", ClaimStage.WRITING, at)

    assert writing.has(at - timedelta(hours=1))
    assert writing.has(at)
    assert not writing.has(at + timedelta(seconds=1))
    assert writing.has(None), "a number that was typed is of no call"
    assert ClaimHolder("Вторая Вера", ClaimStage.WRITING).has(at), "nobody knows of which talk"
    assert SECOND.has(at + timedelta(days=1)), "who is on the line has the telephone"
