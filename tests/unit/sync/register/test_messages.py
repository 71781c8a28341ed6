"""A message created from a call: no repeated typing, no partial registration (Regulation 6, 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from sync.errors import RecordClosed
from sync.register import messages
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.messages import MessageProblem, MessageRecord, Publicity, State
from sync.register.people.operators import Role
from sync.register.people.values import Absence, PersonName
from tests.unit.sync.register.records import ARRIVED, card, operator

MESSAGE_ID = UUID(int=77)
LATER = ARRIVED + timedelta(minutes=5)
NAME = PersonName("Тестова", "Анна", "Петровна")


def full_card() -> CallRecord:
    return calls.edit(
        card(),
        content="Не горит фонарь.",
        name=NAME,
        email=Absence.NOT_GIVEN,
        topic="light",
        category="light/lamp",
    )


def draft(record: CallRecord | None = None) -> MessageRecord:
    source = full_card() if record is None else record
    return messages.message_from_call(source, MESSAGE_ID, LATER, operator())


def complete() -> MessageRecord:
    return messages.edit(
        draft(),
        event_on=date(2026, 11, 23),
        event_time=time(19, 30),
        place="улица Садовая, 5",
        unit="lighting",
    )


def registered() -> MessageRecord:
    outcome = messages.register(complete(), LATER, operator())
    assert isinstance(outcome, MessageRecord)
    return outcome


def test_all_that_the_card_holds_is_carried_over() -> None:
    made = draft()
    assert made.text == "Не горит фонарь."
    assert (made.topic, made.category) == ("light", "light/lamp")
    assert (made.name, made.phone, made.email) == (NAME, "+79005550107", Absence.NOT_GIVEN)
    assert made.call_id == card().id
    assert made.created_at == LATER
    assert made.state is State.DRAFT
    assert made.number is None


def test_time_and_place_of_the_event_are_not_guessed() -> None:
    made = draft()
    assert (made.event_on, made.event_time, made.place) == (None, None, "")


def test_what_was_typed_into_the_card_meanwhile_follows() -> None:
    made = draft(card())
    followed = messages.carry_over(made, full_card())
    assert followed.text == "Не горит фонарь."
    assert followed.category == "light/lamp"
    assert followed.name == NAME


def test_what_was_typed_into_the_message_stays() -> None:
    own = messages.edit(draft(), text="Фонарь мигает.", topic="roads", category="roads/hole")
    followed = messages.carry_over(own, full_card())
    assert followed.text == "Фонарь мигает."
    assert (followed.topic, followed.category) == ("roads", "roads/hole")


@pytest.mark.parametrize("publicity", list(Publicity))
def test_only_what_is_stated_public_is_public(publicity: Publicity) -> None:
    assert messages.edit(draft(), publicity=publicity).is_public == (publicity == "public")


def test_a_new_message_is_not_public() -> None:
    assert draft().publicity is Publicity.NOT_STATED


def test_a_complete_message_is_registered() -> None:
    done = registered()
    assert done.state is State.REGISTERED
    assert (done.submitted_at, done.registered_at) == (LATER, LATER)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": " \n"}, MessageProblem.TEXT_MISSING),
        ({"event_on": None}, MessageProblem.DATE_MISSING),
        ({"event_time": None}, MessageProblem.TIME_MISSING),
        ({"place": "  "}, MessageProblem.PLACE_MISSING),
        ({"category": None}, MessageProblem.CATEGORY_MISSING),
    ],
)
def test_what_the_regulation_asks_for_is_needed(
    changes: dict[str, object], problem: MessageProblem
) -> None:
    partial = messages.edit(complete(), **cast(Any, changes))
    assert messages.register(partial, LATER, operator()) == (problem,)


def test_all_that_is_missing_is_said_at_once() -> None:
    outcome = messages.register(draft(card()), LATER, operator(Role.EDITOR))
    assert outcome == (
        MessageProblem.NOT_ALLOWED,
        MessageProblem.TEXT_MISSING,
        MessageProblem.DATE_MISSING,
        MessageProblem.TIME_MISSING,
        MessageProblem.PLACE_MISSING,
        MessageProblem.CATEGORY_MISSING,
    )


def test_midnight_is_a_time() -> None:
    at_midnight = messages.edit(complete(), event_time=time(0))
    assert isinstance(messages.register(at_midnight, LATER, operator()), MessageRecord)


def test_a_message_is_registered_once() -> None:
    again = messages.register(registered(), LATER, operator())
    assert again == (MessageProblem.ALREADY_REGISTERED,)


def test_a_registered_message_takes_no_more_changes() -> None:
    done = registered()
    changes: list[Callable[[], object]] = [
        lambda: messages.edit(done, text="ещё"),
        lambda: messages.carry_over(done, full_card()),
    ]
    for change in changes:
        with pytest.raises(RecordClosed) as caught:
            change()
        assert (caught.value.entity, caught.value.entity_id) == ("message", MESSAGE_ID)


@pytest.mark.parametrize("field", ["id", "number", "state", "call_id", "registered_at"])
def test_facts_of_the_message_cannot_be_edited(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        messages.edit(draft(), **cast(Any, {field: None}))


def test_what_came_by_no_call_begins_empty() -> None:
    made = messages.message_without_call(UUID(int=9), LATER, operator())
    assert (made.call_id, made.text, made.created_at) == (None, "", LATER)
    assert (made.name, made.phone, made.email) == (Absence.NOT_ASKED,) * 3
