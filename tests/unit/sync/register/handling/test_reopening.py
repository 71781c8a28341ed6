"""The operator who saved a call can reopen it as a draft for fifteen seconds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, CallState
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.reopening import ReopenProblem, registration_of, reopened
from sync.register.handling.standing import UNDO
from sync.register.people.operators import Role
from tests.fakes.review_fakes import message_record
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.records import ARRIVED, card, operator

SAVED_AT = ARRIVED + timedelta(minutes=3)


def saved() -> CallRecord:
    draft = calls.ended(calls.answered(card(), ARRIVED), ARRIVED + timedelta(minutes=2), "far_end")
    outcome = calls.close(
        calls.edit(draft, content="Про график", result=CallResult.ANSWERED), SAVED_AT, operator()
    )
    assert isinstance(outcome, CallRecord)
    return outcome


@given(st.floats(-3600, UNDO.total_seconds()))
def test_within_the_time_the_draft_is_what_was_saved(after_s: float) -> None:
    """A clock set back in the meantime is no reason to refuse."""
    record = saved()
    draft = reopened(record, record.revision, SAVED_AT + timedelta(seconds=after_s), operator())

    assert isinstance(draft, CallRecord)
    assert draft.state is CallState.DRAFT
    assert (draft.saved_at, draft.closed_by_id, draft.closed_by_name) == (None, None, None)
    # The number, the times and the text are unchanged.
    assert calls.close(draft, SAVED_AT, operator()) == record


def test_later_it_stays_saved() -> None:
    at = SAVED_AT + UNDO + timedelta(microseconds=1)
    assert reopened(saved(), 1, at, operator()) is ReopenProblem.TOO_LATE


def test_nobody_takes_back_what_another_one_has_saved() -> None:
    other = operator(Role.SUPERVISOR, low=2)
    assert reopened(saved(), 1, SAVED_AT, other) is ReopenProblem.NOT_OWN


def test_a_call_that_was_registered_by_itself_was_saved_by_nobody() -> None:
    missed = calls.missed(card(), SAVED_AT, "caller_gave_up")
    assert reopened(missed, 1, SAVED_AT, operator()) is ReopenProblem.NOT_OWN


@pytest.mark.parametrize(
    "record", [card(), replace(saved(), revision=2)], ids=["a draft", "another revision"]
)
def test_what_has_changed_since_stays(record: CallRecord) -> None:
    assert reopened(record, 1, SAVED_AT, operator()) is ReopenProblem.CHANGED


def handled(way: ways.Way, call_id: UUID) -> HandledMessage:
    record = replace(message_record(5000, "Не горит фонарь."), call_id=call_id)
    return HandledMessage(record, way.history)


def test_the_registration_goes_with_its_call_while_it_can_be_undone() -> None:
    record, way = saved(), ways.registered()

    event = registration_of(record, handled(way, record.id))
    assert event == way.history.events[-1]
    assert event is not None
    assert event.step is Step.REGISTER


def test_a_message_of_another_call_stays() -> None:
    assert registration_of(saved(), handled(ways.registered(), UUID(int=4242))) is None


def test_a_message_that_nobody_has_registered_has_no_registration_to_undo() -> None:
    record = saved()
    assert registration_of(record, handled(ways.under_review(), record.id)) is None


def test_what_was_decided_first_may_be_something_else() -> None:
    record = saved()
    refused = ways.under_review().step(Step.REFUSE, ways.REFUSED_ON)
    assert registration_of(record, handled(refused, record.id)) is None
