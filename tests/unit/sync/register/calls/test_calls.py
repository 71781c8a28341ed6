"""The call card: permitted changes, and invariants (Regulation 7.3, 7.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sync.errors import RecordClosed
from sync.register.calls import calls
from sync.register.calls.by_hand import accept_entry, remove_entry
from sync.register.calls.calls import CallProblem, CallRecord, CallResult, CallState, UsedEntry
from sync.register.people.operators import Role
from sync.register.people.values import Absence, PersonName
from tests.unit.sync.register.records import (
    APPEAL,
    ARRIVED,
    PERSON,
    QUESTION,
    SERVICE,
    UNIT,
    card,
    new_call,
    operator,
)

MESSAGE_ID = UUID(int=77)
LATER = ARRIVED + timedelta(minutes=3)


def closed(record: CallRecord) -> CallRecord:
    outcome = calls.close(record, LATER, operator())
    assert isinstance(outcome, CallRecord)
    return outcome


def test_a_card_begins_with_what_the_first_ring_tells() -> None:
    opened = card(new_call(caller_number="89005550107", out_of_hours=True))
    assert opened.arrived_at == ARRIVED
    assert opened.created_at == ARRIVED
    assert opened.state is CallState.DRAFT
    assert opened.phone == "+79005550107"
    assert opened.caller_number_raw == "89005550107"
    assert opened.name is Absence.NOT_ASKED
    assert opened.email is Absence.NOT_ASKED
    assert opened.out_of_hours
    assert (opened.operator_name, opened.operator_role) == ("Тестовый Оператор", Role.OPERATOR)
    assert opened.number.station == opened.workplace == "0417"


def test_a_hidden_number_is_asked_for() -> None:
    assert card(new_call(caller_number="anonymous")).phone is Absence.NOT_ASKED


def test_not_given_is_a_value() -> None:
    edited = calls.edit(card(), name=Absence.NOT_GIVEN, email=Absence.NOT_GIVEN)
    assert edited.name is Absence.NOT_GIVEN
    assert edited.email is Absence.NOT_GIVEN


@pytest.mark.parametrize("field", ["arrived_at", "number", "id", "operator_name", "state"])
def test_facts_of_the_call_cannot_be_edited(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        calls.edit(card(), **cast(Any, {field: LATER}))


def test_a_linked_message_gives_its_text_where_nothing_was_typed() -> None:
    linked = calls.link_message(card(), MESSAGE_ID, "Не горит фонарь.")
    assert linked.content == "Не горит фонарь."
    assert (linked.result, linked.message_id) == (CallResult.MESSAGE, MESSAGE_ID)


def test_a_linked_message_leaves_what_was_typed() -> None:
    typed = calls.edit(card(), content="Фонарь у школы.")
    linked = calls.link_message(typed, MESSAGE_ID, "Не горит фонарь.")
    assert linked.content == "Фонарь у школы."


def test_a_message_that_was_linked_stays_linked_under_an_older_copy() -> None:
    """Regulation 7.4: a copy made before the link does not contain the message."""
    older = calls.edit(card(), topic="roads")
    linked = calls.link_message(card(), UUID(int=5), "Яма")

    written = calls.keep_link(older, linked)

    assert (written.message_id, written.result) == (UUID(int=5), CallResult.MESSAGE)
    assert (written.content, written.topic) == ("Яма", "roads")
    typed = calls.keep_link(calls.edit(older, content="Своё"), linked)
    assert typed.content == "Своё"


def test_topic_and_content_come_with_the_link_where_the_copy_has_none() -> None:
    linked = calls.link_message(calls.edit(card(), topic="roads"), UUID(int=5), "Яма")

    written = calls.keep_link(card(), linked)

    assert (written.topic, written.content) == ("roads", "Яма")
    assert calls.keep_link(linked, linked) is linked
    assert calls.keep_link(card(), card()) == card()


def test_a_saved_record_knows_the_first_of_its_messages() -> None:
    first = calls.link_saved(card(), UUID(int=5))
    second = calls.link_saved(first, UUID(int=6))

    assert (first.message_id, first.result) == (UUID(int=5), CallResult.MESSAGE)
    assert second.message_id == UUID(int=5)


def test_the_first_answer_and_the_first_end_stand() -> None:
    record = calls.answered(card(), ARRIVED + timedelta(seconds=4))
    record = calls.answered(record, LATER)
    record = calls.ended(record, LATER, "far_end", 200)
    record = calls.ended(record, LATER + timedelta(seconds=9), "failed")
    assert record.answered_at == ARRIVED + timedelta(seconds=4)
    assert (record.ended_at, record.end_cause, record.end_status) == (LATER, "far_end", 200)


@pytest.mark.parametrize(
    ("record", "problems"),
    [
        (card(), {CallProblem.RESULT_MISSING, CallProblem.CONTENT_MISSING}),
        (
            calls.edit(card(), content=" \n "),
            {CallProblem.RESULT_MISSING, CallProblem.CONTENT_MISSING},
        ),
        (calls.edit(card(), content="Спросили о воде."), {CallProblem.RESULT_MISSING}),
        (calls.edit(card(), result=CallResult.ANSWERED), {CallProblem.CONTENT_MISSING}),
        (calls.edit(card(), result=CallResult.CONTACTS), {CallProblem.CONTACTS_MISSING}),
        (
            calls.edit(accept_entry(card(), UNIT, ""), content=""),
            {CallProblem.CONTENT_MISSING},
        ),
        (
            calls.edit(accept_entry(card(), APPEAL, ""), content=""),
            {CallProblem.CONTENT_MISSING},
        ),
        (
            calls.edit(
                accept_entry(card(), QUESTION, ""),
                content="",
                result=CallResult.CONTACTS,
            ),
            {CallProblem.CONTACTS_MISSING},
        ),
        (
            calls.edit(card(), result=CallResult.MESSAGE),
            {CallProblem.CONTENT_MISSING, CallProblem.MESSAGE_MISSING},
        ),
        (
            calls.edit(card(), result=CallResult.MESSAGE, content="Фонарь."),
            {CallProblem.MESSAGE_MISSING},
        ),
    ],
)
def test_a_card_that_cannot_be_closed_says_all_that_is_missing(
    record: CallRecord, problems: set[CallProblem]
) -> None:
    outcome = calls.close(record, LATER, operator())
    assert isinstance(outcome, tuple)
    assert set(outcome) == problems
    assert len(outcome) == len(problems)


@pytest.mark.parametrize(
    "record",
    [
        accept_entry(card(), QUESTION, "По вторникам."),
        accept_entry(card(), UNIT, "Телефон 2-34-56."),
        calls.edit(card(), result=CallResult.CONTACTS, content="Дали телефон полиции."),
        calls.link_message(card(), MESSAGE_ID, "Не горит фонарь."),
        *(
            calls.edit(card(), result=result)
            for result in (CallResult.DROPPED, CallResult.SILENT, CallResult.WRONG_NUMBER)
        ),
    ],
)
def test_a_complete_card_is_closed(record: CallRecord) -> None:
    done = closed(record)
    assert done.state is CallState.CLOSED
    assert done.saved_at == LATER
    assert (done.closed_by_id, done.closed_by_name) == (operator().id, operator().name)


def test_the_operator_who_took_the_call_stays_on_its_record() -> None:
    first, second = operator(low=1), operator(name="Второй Оператор", low=2)
    record = calls.edit(card(by=first), result=CallResult.SILENT)
    outcome = calls.close(record, LATER, second)
    assert isinstance(outcome, CallRecord)
    assert (outcome.operator_id, outcome.closed_by_id) == (first.id, second.id)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.OBSERVER])
def test_a_role_that_takes_no_calls_closes_no_card(role: Role) -> None:
    record = calls.edit(card(), result=CallResult.SILENT)
    assert calls.close(record, LATER, operator(role)) == (CallProblem.NOT_ALLOWED,)


def test_a_closed_card_is_closed_once() -> None:
    done = closed(calls.edit(card(), result=CallResult.SILENT))
    assert calls.close(done, LATER, operator()) == (CallProblem.ALREADY_CLOSED,)


def test_a_closed_card_takes_no_more_changes() -> None:
    done = closed(calls.edit(card(), result=CallResult.SILENT))
    changes: list[Callable[[], object]] = [
        lambda: calls.edit(done, content="ещё"),
        lambda: accept_entry(done, QUESTION, "ещё"),
        lambda: remove_entry(done, QUESTION.key),
        lambda: calls.link_message(done, MESSAGE_ID, "ещё"),
        lambda: calls.missed(done, LATER, "caller_gave_up"),
    ]
    for change in changes:
        with pytest.raises(RecordClosed) as caught:
            change()
        assert (caught.value.entity, caught.value.entity_id) == ("call", done.id)


def test_a_missed_call_is_registered_by_itself() -> None:
    record = calls.missed(card(), LATER, "caller_gave_up")
    assert record.state is CallState.CLOSED
    assert record.result is CallResult.NOT_ANSWERED
    assert (record.ended_at, record.end_cause) == (LATER, "caller_gave_up")
    assert record.saved_at == LATER
    assert record.closed_by_id is None
    assert record.arrived_at == ARRIVED


def test_a_missed_call_keeps_the_end_that_the_phone_told() -> None:
    record = calls.ended(card(), LATER, "caller_gave_up", 487)
    record = calls.missed(record, LATER + timedelta(seconds=5), "failed")
    assert (record.ended_at, record.end_cause, record.end_status) == (LATER, "caller_gave_up", 487)


def test_an_answered_call_is_not_missed() -> None:
    with pytest.raises(ValueError, match="answered"):
        calls.missed(calls.answered(card(), LATER), LATER, "far_end")


@pytest.mark.parametrize("result", list(CallResult))
def test_only_the_three_results_of_the_regulation_are_not_technical(result: CallResult) -> None:
    of_the_regulation = {CallResult.ANSWERED, CallResult.CONTACTS, CallResult.MESSAGE}
    assert result.is_technical == (result not in of_the_regulation)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
entries = st.sampled_from([QUESTION, SERVICE, UNIT, PERSON])


class CardMachine(RuleBasedStateMachine):
    """Any sequence of operations on a card."""

    def __init__(self) -> None:
        super().__init__()
        self.first = card()
        self.record = self.first

    def is_draft(self) -> bool:
        return self.record.state is CallState.DRAFT

    @precondition(is_draft)
    @rule(content=st.text(), result=st.sampled_from([None, *CallResult]), name=st.text())
    def edit(self, content: str, result: CallResult | None, name: str) -> None:
        self.record = calls.edit(
            self.record,
            content=content,
            result=result,
            name=PersonName(name, "", ""),
            phone=Absence.NOT_GIVEN,
            email=Absence.NOT_GIVEN,
            topic="water",
            category="water/pressure",
            message_id=MESSAGE_ID,
        )

    @precondition(is_draft)
    @rule(entry=entries, spoken=st.text())
    def accept(self, entry: UsedEntry, spoken: str) -> None:
        self.record = accept_entry(self.record, entry, spoken)

    @precondition(is_draft)
    @rule(entry=entries)
    def remove(self, entry: UsedEntry) -> None:
        self.record = remove_entry(self.record, entry.key)

    @precondition(is_draft)
    @rule(text=st.text())
    def link(self, text: str) -> None:
        self.record = calls.link_message(self.record, MESSAGE_ID, text)

    @rule(at=moments)
    def answer(self, at: datetime) -> None:
        self.record = calls.answered(self.record, at)

    @rule(at=moments, cause=st.sampled_from(["far_end", "near_end", "failed"]))
    def end(self, at: datetime, cause: str) -> None:
        self.record = calls.ended(self.record, at, cause)

    @rule(at=moments, role=st.sampled_from(Role))
    def close(self, at: datetime, role: Role) -> None:
        outcome = calls.close(self.record, at, operator(role))
        if isinstance(outcome, CallRecord):
            self.record = outcome

    @precondition(lambda self: self.is_draft() and self.record.answered_at is None)
    @rule(at=moments)
    def miss(self, at: datetime) -> None:
        self.record = calls.missed(self.record, at, "caller_gave_up")

    @invariant()
    def facts_of_the_first_ring_never_change(self) -> None:
        for field in ("id", "number", "arrived_at", "sip_call_id", "caller_number_raw"):
            assert getattr(self.record, field) == getattr(self.first, field)

    @invariant()
    def a_closed_card_is_complete(self) -> None:
        if self.record.state is CallState.CLOSED:
            assert self.record.saved_at is not None
            assert self.record.result is not None
            assert self.record.result.is_technical or self.record.content.strip()


TestCardMachine = CardMachine.TestCase
