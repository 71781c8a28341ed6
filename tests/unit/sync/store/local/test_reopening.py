"""Saved calls become drafts again, with the rows for the central database and the audit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.errors import UnknownRecord
from sync.records.replicated_tables import audit
from sync.records.table_rules import Entity
from sync.records.workplace_tables import outbox
from sync.register.audit import AuditKind
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallState
from sync.register.handling.events import Step
from sync.register.handling.reopening import ReopenProblem
from sync.register.messages import MessageRecord, State
from sync.register.people.operators import Operator, Role
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from sync.store.local.reopening import Reopened, SavedCalls
from tests.fakes.console_fakes import Clock
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10
SAVED_AT = RANG_AT + timedelta(seconds=90)
OTHER = Operator(UUID(int=41), "second", "Вторая Проба Пробовна", Role.OPERATOR)


@pytest.fixture
def clock() -> Clock:
    return Clock(SAVED_AT)


@pytest.fixture
def store(path: Path, store_template: StoreTemplate, clock: Clock) -> Iterator[RegisterStore]:
    store_template.open_copy(path).close_store()
    opened = RegisterStore.open(path, store_template.key, clock=clock)
    yield opened
    assert opened.close_store()


@pytest.fixture
def saved_calls(store: RegisterStore, clock: Clock) -> SavedCalls:
    return SavedCalls(store, clock=clock)


def saved(store: RegisterStore, index: int = 1) -> CallRecord:
    card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    return store.close(closed(filled(card))).result(WAIT_S)


def with_message(store: RegisterStore, clock: Clock) -> tuple[CallRecord, MessageRecord]:
    """A call with a registered message that was saved immediately afterwards."""
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    made = replace(registered_message(card, uuid7()), registered_at=clock.now)
    linked = calls.link_message(filled(card), made.id, made.text)
    message, card = store.register_message(made, linked, by=OPERATOR).result(WAIT_S)
    return store.close(closed(card)).result(WAIT_S), message


def revisions(store: RegisterStore, entity: Entity) -> list[tuple[int, str]]:
    """Revision and state of each outbox row of this kind."""
    query = select(outbox).where(outbox.c.entity == entity.value).order_by(outbox.c.seq)
    rows = store.read(lambda connection: connection.execute(query).all())
    return [(row.rev, row.payload["state"]) for row in rows]


def reopened(outcome: Reopened | ReopenProblem) -> Reopened:
    assert isinstance(outcome, Reopened), outcome
    return outcome


def test_the_call_is_a_draft_with_its_number_and_its_history_goes_on(
    store: RegisterStore, saved_calls: SavedCalls
) -> None:
    record = saved(store)
    draft = reopened(saved_calls.reopen(record, OPERATOR).result(WAIT_S)).card

    assert store.drafts() == (draft,)
    assert (draft.number, draft.content) == (record.number, record.content)
    assert draft.state is CallState.DRAFT
    assert draft.revision == record.revision + 1
    # Input is now saved as in any draft, and the call is closed again.
    typed = store.save_draft(calls.edit(draft, content="иначе")).result(WAIT_S)
    again = store.close(closed(typed)).result(WAIT_S)
    assert again.revision == record.revision + 3
    assert (again.number, again.content) == (record.number, "иначе")
    kinds = store.read(lambda connection: connection.scalars(select(audit.c.kind)).all())
    assert list(kinds) == [
        AuditKind.CALL_CLOSED,
        AuditKind.CALL_REOPENED,
        AuditKind.CALL_CLOSED,
    ]
    # The central database may have the closed call already: it receives the draft, then the final
    # state.
    assert revisions(store, Entity.CALL) == [
        (record.revision, "closed"),
        (draft.revision, "draft"),
        (again.revision, "closed"),
    ]
    # The next call has the next number: none is skipped or repeated.
    later = store.open_card(new_call(2), OPERATOR).result(WAIT_S)
    assert later.number.counter == record.number.counter + 1


def test_it_is_taken_back_once_and_in_time_and_by_who_saved_it(
    store: RegisterStore, saved_calls: SavedCalls, clock: Clock
) -> None:
    record = saved(store)
    assert saved_calls.reopen(record, OTHER).result(WAIT_S) is ReopenProblem.NOT_OWN
    reopened(saved_calls.reopen(record, OPERATOR).result(WAIT_S))
    assert saved_calls.reopen(record, OPERATOR).result(WAIT_S) is ReopenProblem.CHANGED
    late = saved(store, 2)
    clock.advance(16)
    assert saved_calls.reopen(late, OPERATOR).result(WAIT_S) is ReopenProblem.TOO_LATE
    assert store.call(late.id) == late
    with pytest.raises(UnknownRecord):
        saved_calls.reopen(replace(record, id=uuid7()), OPERATOR).result(WAIT_S)


def test_a_message_that_nobody_knows_of_yet_is_under_review_again(
    store: RegisterStore, saved_calls: SavedCalls, clock: Clock
) -> None:
    record, message = with_message(store, clock)
    assert message.state is State.AT_ORGAN
    clock.advance(5)
    done = reopened(saved_calls.reopen(record, OPERATOR).result(WAIT_S))

    (taken_back,) = done.messages
    standing = taken_back.handled.standing
    assert (standing.state, standing.organ) == (State.UNDER_REVIEW, None)
    assert standing.taken_by is not None
    assert taken_back.events[0].step is Step.TAKE_BACK
    assert taken_back.handled.record.number == message.number
    assert done.card.message_id == message.id
    assert revisions(store, Entity.MESSAGE)[-1][1] == State.UNDER_REVIEW.value


def test_a_message_that_was_handed_on_stays_registered(
    store: RegisterStore, saved_calls: SavedCalls, clock: Clock
) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    made = replace(registered_message(card, uuid7()), registered_at=clock.now)
    linked = calls.link_message(filled(card), made.id, made.text)
    message, card = store.register_message(made, linked, by=OPERATOR).result(WAIT_S)
    clock.advance(20)
    record = store.close(replace(closed(card), saved_at=clock.now)).result(WAIT_S)

    done = reopened(saved_calls.reopen(record, OPERATOR).result(WAIT_S))

    assert done.messages == ()
    kept = MessageHandling(store).handled(message.id)
    assert kept is not None
    assert kept.standing.state is State.AT_ORGAN
    assert done.card.message_id == message.id


def test_a_known_message_that_the_call_was_tied_to_is_left_alone(
    store: RegisterStore, saved_calls: SavedCalls, clock: Clock
) -> None:
    _first, message = with_message(store, clock)
    card = store.open_card(new_call(2), OPERATOR).result(WAIT_S)
    tied = calls.link_message(filled(card), message.id, message.text)
    record = store.close(closed(tied)).result(WAIT_S)

    assert reopened(saved_calls.reopen(record, OPERATOR).result(WAIT_S)).messages == ()
    kept = MessageHandling(store).handled(message.id)
    assert kept is not None
    assert kept.standing.state is State.AT_ORGAN
