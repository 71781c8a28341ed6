"""Input of the score of a training call, from a real store: messages, links, missed calls."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta
from uuid import UUID

from console.features.training.score import TrainingWork
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord
from sync.register.calls.missed import MissedOutcome
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.handling.events import Step, person
from sync.register.handling.step_facts import CallLinked
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

LIMIT_S = 10


def check(text: str, place: str) -> Future[tuple[Finding, ...]]:
    """Reports every text as an insult, with its place."""
    found: Future[tuple[Finding, ...]] = Future()
    found.set_result((Finding(FindingKind.INSULT, Level.GROUND, place, 0, 1, text, "6.3"),))
    return found


def rung(store: RegisterStore, index: int) -> CallRecord:
    call = new_call(index, RANG_AT + timedelta(minutes=index))
    return store.open_card(call, OPERATOR).result(LIMIT_S)


def saved(store: RegisterStore, index: int) -> CallRecord:
    return store.close(closed(filled(rung(store, index)))).result(LIMIT_S)


def test_the_messages_of_a_call_come_with_what_is_found_in_them(store: RegisterStore) -> None:
    card = filled(rung(store, 1))
    message = registered_message(card, UUID(int=70))
    linked = calls.link_message(card, message.id, message.text)
    store.register_message(message, linked).result(LIMIT_S)
    call = store.close(closed(linked)).result(LIMIT_S)

    work = TrainingWork(store, check).read(call)
    (made,) = work.messages
    assert made.record.id == message.id
    assert [(one.type, one.text) for one in made.findings] == [("ул. Пробная, 1", "Яма на дороге")]
    assert not work.is_tied


def test_a_call_tied_to_a_message_of_another_one_is_told(store: RegisterStore) -> None:
    card = filled(rung(store, 1))
    message = registered_message(card, UUID(int=70))
    store.register_message(message, calls.link_message(card, message.id, "")).result(LIMIT_S)
    call = saved(store, 2)
    read = TrainingWork(store, check).read
    assert not read(call).is_tied

    MessageHandling(store).take(
        message.id, Step.LINK_CALL, person(OPERATOR), CallLinked(call.id)
    ).result(LIMIT_S)
    work = read(call)
    assert (work.is_tied, work.messages) == (True, ())


def test_a_missed_call_is_dealt_with_when_somebody_says_so(store: RegisterStore) -> None:
    call = store.close(calls.missed(rung(store, 1), RANG_AT, "caller_gave_up")).result(LIMIT_S)
    read = TrainingWork(store, check).read
    assert not read(call).is_dealt_with

    MissedCalls(store).handle([call.id], OPERATOR, MissedOutcome.NOT_REACHED).result(LIMIT_S)
    assert read(call).is_dealt_with
