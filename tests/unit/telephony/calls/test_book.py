"""The registry of a phone's calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telephony.calls.book import CallBook
from telephony.events import (
    CallEnded,
    CallRinging,
    Direction,
    EndCause,
    RecordingChanged,
    RecordingState,
)

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
    book.recorded(RecordingChanged("a", AT, RecordingState.STOPPED, "a.flac"))
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


def missed(
    book: CallBook,
    call_id: str,
    after_s: float,
    number: str = "+79005550137",
    cause: EndCause = EndCause.NOBODY_THERE,
) -> None:
    at = AT + timedelta(seconds=after_s)
    book.begin(CallRinging(call_id, Direction.INCOMING, number, "", "301", at))
    book.ended(CallEnded(call_id, at, cause, 480))
    book.count_as_try(call_id, [call.call_id for call in book.snapshots()])


def tries(book: CallBook) -> dict[str, int]:
    return {call.call_id: call.further_tries for call in book.snapshots()}


def test_who_is_tried_again_and_again_is_one_missed_call() -> None:
    book = CallBook()
    missed(book, "a", 0, cause=EndCause.CALLER_GAVE_UP)
    for second in range(10, 121, 10):
        missed(book, f"a{second}", second)
    (call,) = book.snapshots()
    assert (call.call_id, call.further_tries) == ("a", 12)
    assert call.last_try_at == AT + timedelta(seconds=120)
    assert call.ended == CallEnded("a", AT, EndCause.CALLER_GAVE_UP, 480)
    missed(book, "later", 121)
    missed(book, "again", 130)
    assert tries(book) == {"a": 12, "later": 1}


def test_a_call_after_the_clock_was_set_back_is_one_of_its_own() -> None:
    book = CallBook()
    missed(book, "a", 0)
    missed(book, "an hour later", 600 - 3600)
    missed(book, "again", 630 - 3600)
    assert tries(book) == {"a": 0, "an hour later": 1}


def test_others_and_hidden_numbers_are_a_call_each() -> None:
    book = CallBook()
    missed(book, "a", 0)
    missed(book, "other", 5, number="+79005550138")
    missed(book, "hidden", 6, number="")
    missed(book, "hidden too", 7, number="")
    assert tries(book) == dict.fromkeys(("a", "other", "hidden", "hidden too"), 0)


def test_a_call_that_somebody_took_is_no_try() -> None:
    book = CallBook()
    begin(book, "talk")
    book.answered("talk", AT)
    end(book, "talk")
    missed(book, "a", 1)
    missed(book, "colleague", 2, cause=EndCause.ANSWERED_ELSEWHERE)
    missed(book, "b", 3)
    begin(book, "rings")
    book.count_as_try("rings", ("a", "b"))
    book.count_as_try("nothing", ("a", "b"))
    assert tries(book) == {"talk": 0, "a": 1, "colleague": 0, "rings": 0}


def test_only_a_call_that_is_named_takes_the_tries_of_its_caller() -> None:
    book = CallBook()
    missed(book, "written down", 0)
    begin(book, "again")
    end(book, "again")
    book.count_as_try("again", among=("other",))
    assert tries(book) == {"written down": 0, "again": 0}
    book.count_as_try("again", among=("written down",))
    assert tries(book) == {"written down": 1}


def test_the_beginnings_of_its_recordings_are_kept_with_a_call() -> None:
    book = CallBook()
    begin(book, "a")
    first, second = (
        RecordingChanged("a", AT, RecordingState.STARTED, f"/sounds/{name}.flac")
        for name in ("one", "two")
    )
    stopped = RecordingChanged("a", AT, RecordingState.STOPPED, first.path)
    for told in (first, stopped, second, replace(stopped, path=second.path)):
        book.recorded(told)
    (call,) = book.snapshots()
    assert (call.recordings, call.recording) == ((first, second), RecordingState.STOPPED)
