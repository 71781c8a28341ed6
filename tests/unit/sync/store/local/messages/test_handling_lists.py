"""Messages for a list: the latest of unbounded lists, and by the author's phone number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.messages import State
from sync.register.people.values import Stated
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10
ORGAN = "road-service"
SENT: tuple[tuple[Step, Facts], ...] = (
    (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Готово.", ORGAN))),
    (Step.SEND_ANSWER, NoFacts()),
)
OWN: tuple[tuple[Step, Facts], ...] = (
    (
        Step.ANSWER_BY_OPERATOR,
        step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Готово.", None)),
    ),
    (Step.SEND_ANSWER, NoFacts()),
)
BAD = (Step.RATE_NEGATIVELY, step_facts.Rated(Rating.BAD, "Нет."))
GOOD = (Step.RATE, step_facts.Rated(Rating.GOOD))


@pytest.fixture
def store(path: Path, store_template: StoreTemplate) -> Iterator[RegisterStore]:
    opened = store_template.open_copy(path, home_area_code="87999")
    yield opened
    assert opened.close_store()


def led(
    store: RegisterStore,
    index: int,
    *steps: tuple[Step, Facts],
    phone: Stated = "+79005550101",
    unit: str | None = ORGAN,
) -> UUID:
    """A message that was sent to its body, where it has one, and led on by these steps."""
    card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    made = replace(registered_message(card, uuid7()), phone=phone, unit=unit)
    message, _card = store.register_message(made, filled(card), by=OPERATOR).result(WAIT_S)
    take(store, message.id, *steps)
    return message.id


def take(store: RegisterStore, message_id: UUID, *steps: tuple[Step, Facts]) -> None:
    if steps:
        done = MessageHandling(store).take_all(message_id, steps, person(OPERATOR))
        assert isinstance(done.result(WAIT_S), StepDone)


def test_of_answers_sent_the_newest_are_read_whatever_was_sent_in_first(
    store: RegisterStore,
) -> None:
    handling = MessageHandling(store)
    first, second, third = (led(store, index, *SENT) for index in (1, 2, 3))
    led(store, 4)
    take(store, first, GOOD)
    sent = {State.ANSWER_SENT, State.RATED}

    assert {one.id for one in handling.newest_in_states(sent, 2)} == {first, third}
    assert {one.id for one in handling.newest_in_states(sent, 9)} == {first, second, third}


def test_what_was_rated_negatively_is_read_however_old_it_is(store: RegisterStore) -> None:
    handling = MessageHandling(store)
    bad = led(store, 1, *OWN, BAD, unit=None)
    led(store, 2, *SENT, GOOD)
    led(store, 3, *SENT, BAD)  # it returns to its body immediately

    found = handling.in_states_after({State.RATED}, Step.RATE_NEGATIVELY)
    assert [one.id for one in found] == [bad]


def test_the_messages_of_a_telephone_are_read_the_oldest_first(store: RegisterStore) -> None:
    first, _other, second = (
        led(store, index, phone=phone)
        for index, phone in ((1, "+79005550137"), (2, "+79005550138"), (3, "+79005550137"))
    )

    assert [one.id for one in MessageHandling(store).by_phone("+79005550137")] == [first, second]
