"""Calls and messages in the store: once, with their numbers, together with the outbox."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from sync.errors import RecordMismatch, StoreClosed, UnknownRecord
from sync.records.table_rules import Entity
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, CallResult, CallState
from sync.register.handling.events import Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.step_facts import Explained
from sync.register.messages import State, message_from_call, message_without_call
from sync.register.people.values import Absence
from sync.store.local.keys import StoreKey
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

WAIT_S = 10


def opened(store: RegisterStore, index: int = 1, at: datetime = RANG_AT) -> CallRecord:
    return store.open_card(new_call(index, at), OPERATOR).result(WAIT_S)


def test_a_card_gets_its_number_and_phone_at_the_first_ring(store: RegisterStore) -> None:
    card = opened(store)
    assert str(card.number).startswith("2611-0001-00001-")
    assert (card.phone, card.caller_number_raw) == ("+79005550101", "89005550101")
    assert card.arrived_at == RANG_AT
    assert store.call(card.id) == card


def test_one_call_id_opened_twice_gives_one_record(store: RegisterStore) -> None:
    first = opened(store)
    typed = store.save_draft(calls.edit(first, content="набрано")).result(WAIT_S)
    assert opened(store) == typed
    assert store.drafts() == (typed,)


def test_one_call_id_opened_at_once_by_many_threads_gives_one_record(store: RegisterStore) -> None:
    start = threading.Barrier(8)

    def ring(_index: int) -> CallRecord:
        start.wait(WAIT_S)
        return opened(store)

    with ThreadPoolExecutor(8) as threads:
        cards = set(threads.map(ring, range(8)))
    assert len(cards) == 1
    assert len(store.drafts()) == 1


def test_numbers_are_unique_and_without_gaps_under_concurrent_opens(store: RegisterStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        cards = list(threads.map(lambda index: opened(store, index), range(60)))
    assert sorted(card.number.counter for card in cards) == list(range(1, 61))
    assert len({str(card.number) for card in cards}) == 60


def test_each_month_of_moscow_counts_from_one(store: RegisterStore) -> None:
    december_in_moscow = datetime(2026, 11, 30, 21, 30, tzinfo=UTC)
    assert opened(store, 1).number.counter == 1
    later = opened(store, 2, december_in_moscow).number
    assert (later.period, later.counter) == ("2612", 1)
    assert opened(store, 3).number.counter == 2


def test_a_further_question_after_midnight_has_a_number_of_its_own_month(
    path: Path, key: StoreKey
) -> None:
    """The call rang in the last millisecond of November, in the city's time zone."""
    midnight = datetime(2026, 11, 30, 21, tzinfo=UTC)
    now = midnight - timedelta(milliseconds=1)
    store = RegisterStore.open(path, key, clock=lambda: now)
    card = opened(store, 1, now)
    now = midnight + timedelta(minutes=3)
    kept = store.save_draft(calls.edit(card, content="Первый вопрос")).result(WAIT_S)
    now = midnight + timedelta(minutes=4)
    question = store.open_further(kept, OPERATOR).result(WAIT_S)

    assert (card.number.period, card.number.counter) == ("2611", 1)
    assert kept.number == card.number
    assert (question.number.period, question.number.counter) == ("2612", 1)
    assert question.part_of == card.number
    assert by_hand.first_of(question) == by_hand.first_of(kept) == card.number
    assert store.close_store()


def test_a_talk_over_midnight_is_one_of_the_day_of_its_arrival(store: RegisterStore) -> None:
    midnight, day = datetime(2026, 12, 31, 21, tzinfo=UTC), timedelta(days=1)
    card = filled(opened(store, 1, midnight - timedelta(seconds=30)))
    saved = store.close(closed(card)).result(WAIT_S)
    assert saved.ended_at is not None
    assert saved.ended_at > midnight

    assert store.calls_between(midnight - day, midnight) == (saved,)
    assert store.calls_between(midnight, midnight + day) == ()


def test_numbers_go_on_after_a_restart(path: Path, key: StoreKey) -> None:
    first = RegisterStore.open(path, key)
    opened(first, 1)
    station = first.station()
    first.close_store()
    second = RegisterStore.open(path, key, first_station="0777")
    number = opened(second, 2).number
    assert (number.station, number.counter) == ("0001", 2)
    assert second.station() == station
    second.close_store()


def test_every_field_comes_back_as_it_was_saved(store: RegisterStore) -> None:
    record = closed(filled(opened(store)))
    saved = store.close(record).result(WAIT_S)
    assert saved == replace(record, revision=record.revision + 1)
    assert store.call(saved.id) == saved
    assert store.call_by_sip_id(saved.sip_call_id) == saved
    assert store.call_by_number(saved.number) == saved


def test_a_draft_does_not_go_to_the_outbox_and_a_closed_card_does(store: RegisterStore) -> None:
    draft = store.save_draft(filled(opened(store))).result(WAIT_S)
    assert store.outbox_status().waiting == 0
    saved = store.close(closed(draft)).result(WAIT_S)
    rows = store.outbox_waiting(10)
    assert [(row.entity, row.entity_id, row.rev) for row in rows] == [
        (Entity.CALL, saved.id, saved.revision)
    ]
    assert rows[0].payload["content"] == saved.content


def test_a_missed_call_is_registered_by_itself(store: RegisterStore) -> None:
    missed = calls.missed(opened(store), RANG_AT + timedelta(seconds=20), "caller_gave_up")
    saved = store.close(missed).result(WAIT_S)
    assert (saved.state, saved.result) == (CallState.CLOSED, CallResult.NOT_ANSWERED)
    assert store.outbox_status().waiting == 1


def test_record_and_outbox_row_stand_or_fall_together(
    store: RegisterStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = store.save_draft(filled(opened(store))).result(WAIT_S)

    class Broken(Exception):
        pass

    def fail(*_arguments: object) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr("sync.store.local.outbox.add", fail)
        with pytest.raises(Broken):
            store.close(closed(draft)).result(WAIT_S)
    assert store.call(draft.id) == draft
    assert store.outbox_status().waiting == 0
    assert store.close(closed(draft)).result(WAIT_S).state is CallState.CLOSED


def test_a_late_draft_does_not_open_a_closed_card(store: RegisterStore) -> None:
    draft = filled(opened(store))
    saved = store.close(closed(draft)).result(WAIT_S)
    assert store.save_draft(calls.edit(draft, content="поздно")).result(WAIT_S) == saved
    assert store.call(saved.id) == saved


def test_closing_twice_writes_once_and_other_words_make_a_revision(store: RegisterStore) -> None:
    record = closed(filled(opened(store)))
    first = store.close(record).result(WAIT_S)
    assert store.close(record).result(WAIT_S) == first
    amended = store.close(replace(first, content="иначе")).result(WAIT_S)
    assert amended.revision == first.revision + 1
    # only the newest revision of a record is unsent
    assert [row.rev for row in store.outbox_waiting(10)] == [amended.revision]


def test_an_unchanged_draft_is_not_written_again(store: RegisterStore) -> None:
    card = opened(store)
    assert store.save_draft(card).result(WAIT_S).revision == card.revision


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("arrived_at", RANG_AT + timedelta(seconds=1)),
        ("sip_call_id", "another"),
        ("caller_number_raw", "89005550102"),
    ],
)
def test_what_the_first_ring_settled_is_never_overwritten(
    store: RegisterStore, field: str, value: object
) -> None:
    card = opened(store)
    changed = replace(card, content="x", **{field: value})  # type: ignore[arg-type]
    with pytest.raises(RecordMismatch) as caught:
        store.save_draft(changed).result(WAIT_S)
    assert caught.value.field == field
    assert store.call(card.id) == card


def test_a_card_that_was_never_opened_is_refused(store: RegisterStore) -> None:
    card = replace(opened(store), id=uuid7())
    with pytest.raises(UnknownRecord):
        store.save_draft(card).result(WAIT_S)


def test_message_and_card_are_written_together_and_know_each_other(store: RegisterStore) -> None:
    draft = filled(opened(store))
    record = registered_message(draft, uuid7())
    linked = calls.link_message(draft, record.id, record.text)
    message, card = store.register_message(record, linked).result(WAIT_S)
    assert (message.call_id, card.message_id) == (card.id, message.id)
    assert message.number is not None
    assert message.number.counter == card.number.counter + 1
    assert store.message(message.id) == message
    assert store.message_by_number(message.number) == message
    assert store.messages_waiting() == (message,)
    assert (message.state, message.unit) == (State.AT_ORGAN, "road-service")
    # registered and sent once, even if repeated
    assert store.register_message(record, linked).result(WAIT_S) == (message, card)
    events, sent = store.outbox_waiting(10)[:-1], store.outbox_waiting(10)[-1]
    assert sent.entity is Entity.MESSAGE
    assert [row.payload["step"] for row in events] == [
        "submit",
        "state_publicity",
        "link_call",
        "take_up",
        "register_and_publish",
        "send_to_organ",
    ]
    assert store.outbox_status().waiting == 1


@pytest.mark.parametrize("is_closed", [False, True], ids=["draft", "closed"])
def test_a_copy_made_before_the_link_does_not_take_the_message_from_its_call(
    store: RegisterStore, is_closed: bool
) -> None:
    draft = filled(opened(store))
    record = registered_message(draft, uuid7())
    linked = calls.link_message(draft, record.id, record.text)
    store.register_message(record, linked).result(WAIT_S)
    older = calls.edit(draft, content="Дописано", result=CallResult.ANSWERED)

    if is_closed:
        store.close(closed(older)).result(WAIT_S)
    else:
        store.save_draft(older).result(WAIT_S)

    kept = store.call(draft.id)
    assert kept is not None
    assert (kept.message_id, kept.result) == (record.id, CallResult.MESSAGE)
    assert kept.content == "Дописано"


def test_a_message_and_a_closed_card_in_one_transaction(store: RegisterStore) -> None:
    draft = filled(opened(store))
    record = registered_message(draft, uuid7())
    card = closed(calls.link_message(draft, record.id, record.text))
    store.close(card, record).result(WAIT_S)
    entities = {row.entity for row in store.outbox_waiting(10)}
    assert entities == {Entity.CALL, Entity.MESSAGE, Entity.MESSAGE_EVENT}


def test_a_message_left_in_a_closed_call_is_unfinished_until_it_is_registered(
    store: RegisterStore,
) -> None:
    draft = filled(opened(store))
    begun = store.save_message(message_from_call(draft, uuid7(), RANG_AT, OPERATOR)).result(WAIT_S)
    card = store.close(closed(draft)).result(WAIT_S)
    assert store.messages_unfinished() == store.messages_unfinished_of(card.id) == (begun,)

    record = replace(registered_message(draft, begun.id), created_at=begun.created_at)
    linked = calls.link_saved(card, record.id)
    message, kept = store.register_message(record, linked).result(WAIT_S)

    assert store.messages_unfinished() == store.messages_unfinished_of(card.id) == ()
    assert (kept.state, kept.message_id) == (CallState.CLOSED, message.id)
    assert (kept.result, kept.saved_at) == (CallResult.MESSAGE, card.saved_at)
    sent = [row for row in store.outbox_waiting(20) if row.entity is Entity.CALL]
    assert sent[-1].payload["message_id"] == str(message.id)


def test_a_message_that_is_discarded_is_unfinished_no_more(store: RegisterStore) -> None:
    begun = message_from_call(opened(store), uuid7(), RANG_AT, OPERATOR)
    store.save_message(begun).result(WAIT_S)
    handling = MessageHandling(store)
    done = handling.take(
        begun.id, Step.DISCARD, person(OPERATOR), Explained("Форма очищена")
    ).result(WAIT_S)

    assert isinstance(done, StepDone)
    assert store.messages_unfinished() == ()


def test_a_message_draft_has_no_number_and_does_not_go_out(store: RegisterStore) -> None:
    card = opened(store)
    draft = message_from_call(card, uuid7(), RANG_AT, OPERATOR)
    saved = store.save_message(draft).result(WAIT_S)
    assert (saved.number, saved.state) == (None, State.DRAFT)
    assert store.outbox_status().waiting == 0
    assert store.messages_of_day(RANG_AT, RANG_AT + timedelta(seconds=1)) == (saved,)


def test_a_message_registered_after_midnight_is_one_of_both_days(store: RegisterStore) -> None:
    midnight = datetime(2026, 11, 25, 21, tzinfo=UTC)  # in the city's time zone
    day = timedelta(days=1)
    card = opened(store, at=midnight - timedelta(minutes=4))
    draft = message_from_call(card, uuid7(), midnight - timedelta(minutes=3), OPERATOR)
    kept = store.save_message(draft).result(WAIT_S)
    assert store.messages_of_day(midnight - day, midnight) == (kept,)
    assert store.messages_of_day(midnight, midnight + day) == ()

    written = registered_message(card, draft.id)
    at = midnight + timedelta(minutes=4)
    record = replace(written, created_at=kept.created_at, submitted_at=at, registered_at=at)
    closed_card = closed(calls.link_message(filled(card), record.id, record.text))
    store.close(closed_card, record).result(WAIT_S)

    for start in (midnight - day, midnight):
        (found,) = store.messages_of_day(start, start + day)
        assert (found.id, found.registered_at) == (record.id, at)
    assert store.messages_of_day(midnight + day, midnight + 2 * day) == ()


def test_platform_id_and_answer_move_a_message_between_the_lists(store: RegisterStore) -> None:
    card = opened(store)
    saved = store.save_message(registered_message(card, uuid7())).result(WAIT_S)
    taken = store.save_message(replace(saved, platform_id="p-1")).result(WAIT_S)
    assert store.messages_waiting() == ()
    assert store.messages_unanswered() == (taken,)
    assert store.messages_answered(saved.created_at) == ()
    answered = store.save_message(replace(taken, answer_text="Сделано")).result(WAIT_S)
    assert store.messages_unanswered() == ()
    assert store.messages_answered(saved.created_at) == (answered,)
    assert store.messages_answered(saved.created_at + timedelta(seconds=1)) == ()


def test_calls_between_takes_the_start_and_not_the_end(store: RegisterStore) -> None:
    first = opened(store, 1, RANG_AT)
    second = opened(store, 2, RANG_AT + timedelta(hours=1))
    assert store.calls_between(RANG_AT, RANG_AT + timedelta(hours=1)) == (first,)
    assert store.calls_between(RANG_AT, RANG_AT + timedelta(hours=2)) == (first, second)


def test_not_given_is_kept_apart_from_not_asked(store: RegisterStore) -> None:
    card = calls.edit(opened(store), email=Absence.NOT_GIVEN, name=Absence.NOT_GIVEN)
    saved = store.save_draft(card).result(WAIT_S)
    read = store.call(saved.id)
    assert read is not None
    assert (read.email, read.name) == (Absence.NOT_GIVEN, Absence.NOT_GIVEN)


def test_listeners_hear_of_what_waits_and_of_nothing_else(store: RegisterStore) -> None:
    heard = threading.Semaphore(0)
    store.on_queued(heard.release)
    draft = store.save_draft(filled(opened(store))).result(WAIT_S)
    assert not heard.acquire(blocking=False)
    store.close(closed(draft)).result(WAIT_S)
    assert heard.acquire(timeout=WAIT_S)


def test_a_stopped_store_refuses_and_writes_what_was_handed_over(path: Path, key: StoreKey) -> None:
    store = RegisterStore.open(path, key)
    futures = [store.open_card(new_call(index), OPERATOR) for index in range(20)]
    assert store.close_store()
    assert len({future.result(0).number for future in futures}) == 20
    with pytest.raises(StoreClosed):
        store.open_card(new_call(21), OPERATOR).result(WAIT_S)


def test_a_message_being_typed_is_found_again_while_its_card_is_open(
    store: RegisterStore,
) -> None:
    card = filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S))
    store.save_draft(card).result(WAIT_S)
    typed = message_from_call(card, uuid7(), card.created_at, OPERATOR)
    store.save_message(typed).result(WAIT_S)
    store.save_message(replace(typed, place="у дома 5")).result(WAIT_S)
    (kept,) = store.message_drafts()
    assert (kept.id, kept.place, kept.number) == (typed.id, "у дома 5", None)
    assert store.outbox_status().waiting == 0
    store.close(closed(card)).result(WAIT_S)
    assert store.message_drafts() == ()


def test_a_message_without_a_call_is_found_by_who_began_it_until_it_is_dropped(
    store: RegisterStore,
) -> None:
    typed = message_without_call(uuid7(), RANG_AT, OPERATOR)
    store.save_message(typed).result(WAIT_S)
    store.save_message(replace(typed, text="Яма")).result(WAIT_S)
    (kept,) = store.messages_begun(OPERATOR.id)
    assert (kept.id, kept.text, kept.number) == (typed.id, "Яма", None)
    assert store.messages_begun(uuid7()) == store.message_drafts() == ()
    assert store.outbox_status().waiting == 0
    store.drop_message(typed.id).result(WAIT_S)
    assert store.messages_begun(OPERATOR.id) == ()


def test_only_a_draft_of_no_call_is_dropped(store: RegisterStore) -> None:
    card = filled(store.open_card(new_call(1), OPERATOR).result(WAIT_S))
    of_call = message_from_call(card, uuid7(), card.created_at, OPERATOR)
    store.save_message(of_call).result(WAIT_S)
    handed_in = replace(message_without_call(uuid7(), RANG_AT, OPERATOR), text="Яма")
    store.hand_in(handed_in, person(OPERATOR)).result(WAIT_S)
    for id in (of_call.id, handed_in.id):
        store.drop_message(id).result(WAIT_S)
        assert store.message(id) is not None
