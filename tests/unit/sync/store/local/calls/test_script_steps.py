"""Completed script steps remain with their call, after a restart and an upgrade."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sync.register.calls.calls import CallRecord, NewCall
from sync.register.calls.scripts import TickedStep, Way
from sync.register.people.operators import Operator, Role
from sync.store.local.calls.script_steps import ScriptSteps, plain_steps
from sync.store.local.register import RegisterStore

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
OPERATOR = Operator(UUID(int=1), "probova", "Пробова Анна", Role.OPERATOR)
GREET = TickedStep("call", "greet", "Поздороваться", Way.DONE, AT)
DANGER = TickedStep("call", "danger", "Опасно?", Way.NO, AT + timedelta(seconds=3))


def ring(store: RegisterStore, call_id: str = "one@test.invalid") -> CallRecord:
    new = NewCall(call_id, "incoming", AT, "89005550151", "", "100", out_of_hours=False)
    return store.open_card(new, OPERATOR).result()


def test_ticks_are_kept_in_the_order_of_doing_and_are_those_of_their_call(
    store: RegisterStore,
) -> None:
    steps, card = ScriptSteps(store), ring(store)
    steps.keep(card.id, DANGER, OPERATOR).result()
    steps.keep(card.id, GREET, OPERATOR).result()

    assert steps.of(card.id) == (GREET, DANGER)
    assert steps.of(ring(store, "two@test.invalid").id) == ()


def test_a_second_answer_takes_the_place_of_the_first_and_a_tick_is_taken_back(
    store: RegisterStore,
) -> None:
    steps, card = ScriptSteps(store), ring(store)
    yes = TickedStep("gas", "danger", "Пахнет газом?", Way.YES, AT + timedelta(seconds=9))
    for ticked in (GREET, DANGER, yes):
        steps.keep(card.id, ticked, OPERATOR).result()
    assert steps.of(card.id) == (GREET, yes)

    steps.drop(card.id, "greet").result()
    steps.drop(card.id, "never").result()
    assert steps.of(card.id) == (yes,)
    assert plain_steps(store, card.id) == [
        {
            "script": "gas",
            "step": "danger",
            "text": "Пахнет газом?",
            "way": "yes",
            "at": "2026-11-27T09:00:09.000000+00:00",
        }
    ]
