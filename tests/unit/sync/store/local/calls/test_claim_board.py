"""Locks of other workplaces are cached in memory until they expire, and are never stored."""

from __future__ import annotations

from datetime import UTC, datetime

from sync.records.feed_values import Feed, FeedItem
from sync.register.calls.missed import ClaimHolder, ClaimStage
from sync.store.local.calls.missed import ClaimBoard

PHONE, OTHER = "+79005550151", "+79005550152"
ORLOVA = ClaimHolder("Орлова Наталья", ClaimStage.CALLING)


def told(id: str, phone: str, left_s: float = 60.0, **more: object) -> FeedItem:
    document = {
        "phone": phone,
        "by_name": ORLOVA.by_name,
        "stage": "calling",
        "talked_at": None,
        "left_s": left_s,
        **more,
    }
    return FeedItem("call_claim", id, 1, document, None, None, "", datetime.now(UTC))


def gone(id: str) -> FeedItem:
    return FeedItem("call_claim", id, 1, None, None, None, "", datetime.now(UTC))


def test_a_claim_is_there_until_it_is_ended_or_its_time_is_over() -> None:
    now_s = [100.0]
    board = ClaimBoard(lambda: now_s[0])
    assert (board.feed, board.mark(), board.next_end_s()) == (Feed.CLAIMS, "", None)
    board.apply([told("a", PHONE), told("b", OTHER, 20.0)], "1")
    assert board.holders() == {PHONE: ORLOVA, OTHER: ORLOVA}
    assert board.next_end_s() == 20.0

    now_s[0] += 20.0
    assert board.holders() == {PHONE: ORLOVA}
    board.apply([told("a", PHONE)], "2")  # renewed
    now_s[0] += 59.0
    assert board.holders() == {PHONE: ORLOVA}
    board.apply([gone("a")], "3")
    assert board.holders() == {}
    assert board.mark() == "3"


def test_the_whole_takes_the_place_of_what_was_there() -> None:
    board = ClaimBoard()
    board.apply([told("a", PHONE)], "1")
    board.replace(iter([told("b", OTHER), gone("c")]), "2")

    assert board.holders() == {OTHER: ORLOVA}
    assert board.digest() is None


def test_of_a_record_that_is_written_it_is_known_when_the_talk_was() -> None:
    board = ClaimBoard()
    board.apply([told("a", PHONE, stage="writing", talked_at="2026-03-02T09:30:00+00:00")], "1")

    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert board.holders() == {PHONE: ClaimHolder(ORLOVA.by_name, ClaimStage.WRITING, at)}
