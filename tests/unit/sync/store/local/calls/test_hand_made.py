"""Manual records in the store: numbers, permitted changes, times of their call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from sync.errors import RecordMismatch, UnknownRecord
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult, CallState, RequestWay
from sync.register.numbering import next_number
from sync.register.people.operators import Operator
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call

OTHER = Operator(UUID(int=9), "other", "Другая Проба", OPERATOR.role)


def whole(card: CallRecord) -> CallRecord:
    card = calls.edit(card, content="Вода.", result=CallResult.ANSWERED)
    outcome = calls.close(card, datetime.now(UTC), OPERATOR)
    assert isinstance(outcome, CallRecord)
    return outcome


def test_a_request_by_hand_has_the_next_number_and_goes_to_the_centre(store: RegisterStore) -> None:
    first = store.open_by_hand(RequestWay.WALK_IN, OPERATOR).result()
    second = store.open_by_hand(RequestWay.LETTER, OPERATOR).result()
    assert second.number.counter == first.number.counter + 1
    assert store.drafts() == (first, second)
    assert store.outbox_waiting(10) == ()

    yesterday = first.arrived_at - timedelta(days=1)
    moved = by_hand.come_by(by_hand.come(first, yesterday), RequestWay.MOBILE)
    assert store.save_draft(moved).result().arrived_at == yesterday
    closed = store.close(whole(moved)).result()

    assert store.call(first.id) == closed
    (row,) = store.outbox_waiting(10)
    assert (row.payload["way"], row.payload["part_of"]) == ("mobile", None)


def test_its_moment_stands_once_it_is_closed_and_that_of_a_call_always(
    store: RegisterStore,
) -> None:
    closed = store.close(whole(store.open_by_hand(RequestWay.WALK_IN, OPERATOR).result())).result()
    call = store.open_card(new_call(1), OPERATOR).result()
    for record in (closed, call):
        moved = replace(record, arrived_at=record.arrived_at - timedelta(hours=1))
        write = store.close if record.state is CallState.CLOSED else store.save_draft
        with pytest.raises(RecordMismatch):
            write(moved).result()


def test_the_list_of_a_day_has_what_was_written_down_in_it(store: RegisterStore) -> None:
    made = store.open_by_hand(RequestWay.LETTER, OPERATOR).result()
    made = store.save_draft(by_hand.come(made, made.arrived_at - timedelta(days=3))).result()
    today = made.created_at - timedelta(hours=1), made.created_at + timedelta(hours=1)
    assert store.calls_of_day(*today) == (made,)
    assert store.calls_between(*today) == ()


def test_a_further_question_follows_the_times_of_its_call(store: RegisterStore) -> None:
    """If it is saved during the call, the end of the call is added later."""
    call = calls.answered(
        store.open_card(new_call(1), OPERATOR).result(), RANG_AT + timedelta(seconds=5)
    )
    call = store.save_draft(call).result()
    draft = store.open_further(call, OTHER).result()
    second = store.open_further(draft, OTHER).result()
    assert {draft.part_of, second.part_of} == {call.number}
    closed = store.close(whole(second)).result()
    assert closed.ended_at is None

    end = RANG_AT + timedelta(seconds=65)
    store.close(whole(calls.ended(call, end, "far_end", 200))).result()

    for question in (draft, second):
        found = store.call(question.id)
        assert found is not None
        assert (found.answered_at, found.ended_at, found.end_cause) == (
            RANG_AT + timedelta(seconds=5),
            end,
            "far_end",
        )
    # The operator's copy has no end time, and does not remove the stored one.
    late = store.close(whole(draft)).result()
    assert (late.ended_at, late.phone) == (end, call.phone)
    sent = {row.payload["number"]: row.payload["ended_at"] for row in store.outbox_waiting(10)}
    assert len(sent) == 3
    assert set(sent.values()) == {end.isoformat(timespec="microseconds")}


def test_a_question_follows_the_moment_typed_for_a_request(store: RegisterStore) -> None:
    first = store.open_by_hand(RequestWay.WALK_IN, OPERATOR).result()
    question = store.open_further(first, OPERATOR).result()
    moved = by_hand.come(first, first.arrived_at - timedelta(hours=5))
    store.save_draft(moved).result()
    found = store.call(question.id)
    assert found is not None
    assert (found.arrived_at, found.way) == (moved.arrived_at, RequestWay.WALK_IN)
    assert store.close(whole(question)).result().arrived_at == moved.arrived_at


def test_no_question_is_added_to_a_call_that_is_not_there(store: RegisterStore) -> None:
    made = store.open_card(new_call(1), OPERATOR).result()
    strange = replace(made, number=next_number("2611", "0999", 1))
    with pytest.raises(UnknownRecord):
        store.open_further(strange, OPERATOR).result()


def test_whoever_was_met_need_not_be_called_back(store: RegisterStore) -> None:
    """A manual record with the same phone number resolves earlier missed calls."""
    missed = MissedCalls(store)
    card = store.open_card(new_call(1), OPERATOR).result()
    store.close(calls.missed(card, RANG_AT, "caller_gave_up")).result()
    made = store.open_by_hand(RequestWay.WALK_IN, OPERATOR).result()
    made = calls.edit(made, phone="+79005550101")
    store.save_draft(made).result()
    assert len(missed.still_open()) == 1
    store.close(whole(made)).result()
    assert missed.still_open() == ()
