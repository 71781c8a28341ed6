"""What a phone remembers of its calls."""

from __future__ import annotations

from datetime import UTC, datetime

from telephony.calls.book import CallBook
from telephony.events import CallEnded, CallRinging, Direction, EndCause, RecordingState

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def begin(book: CallBook, call_id: str, direction: Direction = Direction.INCOMING) -> None:
    book.begin(CallRinging(call_id, direction, "+79005550137", "", "301", AT))


def end(book: CallBook, call_id: str) -> None:
    book.ended(CallEnded(call_id, AT, EndCause.FAR_END))


def test_an_ended_call_stays_until_it_is_forgotten() -> None:
    book = CallBook()
    begin(book, "a")
    book.answered("a", AT)
    book.forget("a")
    assert book.established() == ("a",), "a live call cannot be forgotten"
    end(book, "a")
    (call,) = book.snapshots()
    assert (call.answered_at, call.ended) == (AT, CallEnded("a", AT, EndCause.FAR_END))
    assert not book.has_live
    book.forget("a")
    assert book.snapshots() == ()


def test_a_disk_that_is_slower_than_the_call_brings_nothing_back() -> None:
    book = CallBook()
    begin(book, "a")
    end(book, "a")
    book.forget("a")
    book.recorded("a", RecordingState.STOPPED)
    assert book.snapshots() == ()


def test_it_rings_only_while_nobody_talks() -> None:
    book = CallBook()
    begin(book, "out", Direction.OUTGOING)
    assert not book.rings_alone
    begin(book, "in")
    assert book.rings_alone
    book.answered("out", AT)
    assert not book.rings_alone
    end(book, "out")
    assert book.rings_alone
    end(book, "in")
    assert not book.rings_alone


def test_calls_that_nobody_forgets_do_not_fill_the_memory() -> None:
    book = CallBook()
    begin(book, "live")
    for number in range(1500):
        begin(book, str(number))
        end(book, str(number))
    kept = [call.call_id for call in book.snapshots()]
    assert len(kept) == 1001
    assert kept[0] == "live"
    assert kept[-1] == "1499"
