"""Notifications in the store: queued with their step, cancelled with it, sent, phoned,
abandoned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from jinja2 import UndefinedError
from uuid_utils.compat import uuid7

from sync.exchange.mail.composer import Organ
from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Step
from sync.register.handling.handled import StepDone
from sync.register.handling.standing import HELD_BACK
from sync.register.handling.step_facts import Facts, NoticeOutcome, Notified
from sync.register.messages import Publicity, State
from sync.register.people.values import Absence
from sync.store.local.messages.notices import (
    CALL_AGAIN_AFTER,
    CallOutcome,
    Channel,
    FindMessage,
    KeptNotice,
    NoticeState,
    OutgoingNotice,
)
from tests.fakes.notices import MODERATOR, ROUTED, WAIT_S, NoticeBench
from tests.fakes.records import OPERATOR, filled, new_call, registered_message
from tests.fakes.store_template import StoreTemplate


@pytest.fixture
def bench(path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(path, store_template)
    yield made
    assert made.store.close_store()


def test_a_step_queues_its_notice_and_it_waits_for_the_undo(bench: NoticeBench) -> None:
    message_id = bench.registered()

    (kept,) = bench.outbox.of_message(message_id)
    assert (kept.channel, kept.state) == (Channel.EMAIL, NoticeState.WAITING)
    assert kept.number == str(bench.handled(message_id).record.number)
    assert kept.told.recipient == "Пробная Анна Петровна"
    assert kept.told.due_at == bench.clock.at + HELD_BACK
    assert bench.outbox.due_emails(bench.clock.at + timedelta(seconds=15), 10) == ()
    assert bench.outbox.due_emails(bench.clock.at + HELD_BACK, 10) == (kept,)


def test_a_message_of_a_call_has_the_letter_to_its_body_at_once(bench: NoticeBench) -> None:
    """Regulation 7.9: letter, steps and term are there together."""
    card = bench.store.open_card(new_call(1, bench.clock.at), OPERATOR).result(WAIT_S)
    made = replace(
        registered_message(card, uuid7()),
        email="author@test.invalid",
        submitted_at=bench.clock.at,
        registered_at=bench.clock.at,
    )
    message, _card = bench.store.register_message(made, filled(card)).result(WAIT_S)

    told = bench.notices(message.id)
    assert set(told) == {"registered_and_published", "message_for_organ"}
    assert {kept.state for kept in told.values()} == {NoticeState.WAITING}
    standing = bench.handled(message.id).standing
    assert (standing.state, standing.organ) == (State.AT_ORGAN, "road-service")
    assert standing.answer_term_from == standing.registered_at


def test_a_message_of_a_call_without_a_body_has_no_letter_to_one(bench: NoticeBench) -> None:
    card = bench.store.open_card(new_call(1, bench.clock.at), OPERATOR).result(WAIT_S)
    made = replace(registered_message(card, uuid7()), unit=None, phone="+79005550101")
    message, _card = bench.store.register_message(made, filled(card)).result(WAIT_S)

    assert set(bench.notices(message.id)) == {"registered_and_published"}
    assert bench.handled(message.id).record.state is State.PUBLISHED


def test_what_is_taken_back_tells_nobody(bench: NoticeBench) -> None:
    message_id = bench.submitted()
    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))
    done = bench.done(bench.handling.register(message_id, MODERATOR, ROUTED))
    assert set(bench.notices(message_id)) == {"registered", "message_for_organ"}
    bench.clock.put_on(seconds=15)

    bench.done(bench.handling.take_back(message_id, done.events[0].id, MODERATOR))

    assert {kept.state for kept in bench.outbox.of_message(message_id)} == {NoticeState.CANCELLED}
    bench.clock.put_on(hours=1)
    assert bench.outbox.due_emails(bench.clock.at, 10) == ()
    # a new decision queues a new notification
    bench.done(bench.handling.register(message_id, MODERATOR))
    states = [kept.state for kept in bench.outbox.of_message(message_id)]
    assert sorted(states) == ["cancelled", "cancelled", "waiting"]


def test_inside_notes_stand_in_no_notice(bench: NoticeBench) -> None:
    """Every kind of step with a note, on a message whose author and body are notified."""
    note = "служебная-пометка"
    message_id = bench.submitted(publicity=Publicity.PUBLIC)
    bench.take(
        message_id,
        (Step.TAKE_UP, step_facts.NoFacts()),
        (Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(frozenset({Confidential.HEALTH}))),
        (Step.CLEAR_CONFIDENTIAL, step_facts.Explained(note)),
        (Step.ASK_COLLEAGUE, step_facts.Explained(note)),
    )
    elsewhere = step_facts.Routed("road-service", "other-service", note)
    bench.done(bench.handling.register(message_id, MODERATOR, elsewhere))
    bench.take(message_id, (Step.WITHHOLD, step_facts.Explained(note)))
    answer = Answer(AnswerKind.SOLVED, "Заделали.", "road-service", None, "", "")
    bench.take(
        message_id,
        (Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer)),
        (Step.SEND_ANSWER, step_facts.NoFacts()),
    )

    told = bench.notices(message_id)
    assert {"registered_and_published", "message_for_organ", "answer"} <= set(told)
    for kept in told.values():
        words = kept.told.words
        for text in (words.subject, words.text, words.html, words.spoken):
            assert note not in text
    # The note is stored for staff.
    assert sum(note in str(event.facts) for event in bench.handled(message_id).history.events) == 4


def test_a_bug_in_the_words_undoes_the_step(bench: NoticeBench) -> None:
    message_id = bench.submitted()
    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))

    def broken(_done: StepDone, _find: FindMessage) -> tuple[OutgoingNotice, ...]:
        raise UndefinedError

    bench.outbox.follow_steps(broken)

    with pytest.raises(UndefinedError):
        bench.handling.register(message_id, MODERATOR).result(WAIT_S)

    assert bench.handled(message_id).standing.number is None
    assert bench.outbox.of_message(message_id) == ()


def test_no_address_makes_a_call_and_no_number_either_a_failure(bench: NoticeBench) -> None:
    by_phone = bench.registered(email=Absence.NOT_GIVEN)
    by_nothing = bench.registered(email="не@почта", phone=Absence.NOT_GIVEN)
    bench.directory.organs["road-service"] = Organ("Дорожная служба", phone="+78799921000")
    bench.take(by_nothing, (Step.SEND_TO_ORGAN, ROUTED))

    told = bench.notices(by_nothing)
    assert bench.notices(by_phone)["registered"].channel is Channel.CALL
    assert told["registered"].channel is Channel.NONE
    assert (told["registered"].state, told["registered"].last_error) == (
        NoticeState.FAILED,
        "no_contact",
    )
    assert told["message_for_organ"].channel is Channel.CALL
    assert bench.outbox.due_calls(bench.clock.at) == ()
    later = bench.clock.at + HELD_BACK
    assert [task.told.recipient for task in bench.outbox.due_calls(later)] == [
        "Пробная Анна Петровна",
        "Дорожная служба",
    ]
    assert bench.outbox.failed_since(bench.clock.at) == (told["registered"],)
    assert bench.outbox.failed_since(later) == ()


def test_nobody_need_be_reached_about_what_was_taken_back(bench: NoticeBench) -> None:
    message_id = bench.submitted(email=Absence.NOT_GIVEN, phone=Absence.NOT_GIVEN)
    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))
    done = bench.done(bench.handling.register(message_id, MODERATOR))
    assert len(bench.outbox.failed_since(bench.clock.at)) == 1

    bench.done(bench.handling.take_back(message_id, done.events[0].id, MODERATOR))

    assert bench.outbox.failed_since(bench.clock.at) == ()


def test_one_event_causes_one_notice_of_a_kind(bench: NoticeBench) -> None:
    message_id = bench.registered()
    (kept,) = bench.outbox.of_message(message_id)

    bench.outbox.add(kept.told)

    assert bench.outbox.of_message(message_id) == (kept,)
    assert bench.outbox.has(kept.told.event_id, kept.told.kind)
    assert not bench.outbox.has(uuid7(), kept.told.kind)


def test_a_delivery_is_begun_before_it_is_made(bench: NoticeBench) -> None:
    message_id = bench.registered()
    at = bench.clock.at + HELD_BACK
    (kept,) = bench.outbox.of_message(message_id)

    assert bench.outbox.begin(kept.id, at + timedelta(minutes=2), "<one@a>") == "<one@a>"
    (begun,) = bench.outbox.of_message(message_id)
    assert (begun.state, begun.tries, begun.doubtful) == (NoticeState.SENDING, 1, 1)
    assert bench.outbox.due_emails(at, 10) == ()
    # after a crash: sent again, with the same identifier
    assert bench.outbox.due_emails(at + timedelta(minutes=2), 10) == (begun,)
    assert bench.outbox.begin(kept.id, at, "<other@a>") == "<one@a>"
    bench.outbox.put_off(kept.id, "try_later 451", at, may_have_it=False)
    (put_off,) = bench.outbox.due_emails(at, 10)
    assert (put_off.state, put_off.tries, put_off.doubtful) == (NoticeState.WAITING, 2, 1)
    assert put_off.last_error == "try_later 451"
    bench.outbox.sent(kept.id, at)
    (sent,) = bench.outbox.of_message(message_id)
    assert (sent.state, sent.ended_at, sent.last_error) == (NoticeState.SENT, at, None)
    assert bench.outbox.begin(kept.id, at, "<one@a>") is None
    assert bench.outbox.due_emails(at + timedelta(days=1), 10) == ()


def call_task(bench: NoticeBench) -> KeptNotice:
    message_id = bench.registered(email=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    return bench.notices(message_id)["registered"]


def called(bench: NoticeBench, task: KeptNotice, outcome: CallOutcome) -> KeptNotice:
    future = bench.outbox.note_call(task.id, outcome, MODERATOR, bench.clock.at)
    return future.result(WAIT_S)


def test_a_call_back_is_told_or_given_up_after_the_third_attempt(bench: NoticeBench) -> None:
    first, second, third = (call_task(bench) for _ in range(3))

    told = called(bench, first, CallOutcome.TOLD)
    assert (told.state, told.ended_at) == (NoticeState.CALLED, bench.clock.at)
    assert [(one.outcome, one.by_name) for one in told.calls] == [
        (CallOutcome.TOLD, MODERATOR.name)
    ]
    # a finished notification remains finished
    assert called(bench, first, CallOutcome.WRONG_NUMBER) == told

    wrong = called(bench, second, CallOutcome.WRONG_NUMBER)
    assert (wrong.state, wrong.last_error) == (NoticeState.FAILED, "wrong_number")

    again = called(bench, third, CallOutcome.NO_ANSWER)
    assert (again.state, again.next_try_at) == (
        NoticeState.WAITING,
        bench.clock.at + CALL_AGAIN_AFTER,
    )
    assert bench.outbox.due_calls(bench.clock.at) == (again,)
    called(bench, third, CallOutcome.ASKED_LATER)
    last = called(bench, third, CallOutcome.NO_ANSWER)
    assert (last.state, last.last_error, len(last.calls)) == (NoticeState.FAILED, "not_reached", 3)
    assert bench.outbox.due_calls(bench.clock.at) == ()


def test_a_letter_that_cannot_be_delivered_becomes_a_call(bench: NoticeBench) -> None:
    with_phone, without = bench.registered(), bench.registered(phone=Absence.NOT_GIVEN)
    at = bench.clock.at + HELD_BACK
    for message_id in (with_phone, without):
        bench.outbox.call_instead(bench.notices(message_id)["registered"].id, "550", at)

    (task,) = bench.outbox.due_calls(at)
    assert (task.told.message_id, task.last_error) == (with_phone, "550")
    lost = bench.notices(without)["registered"]
    assert (lost.channel, lost.state, lost.ended_at) == (Channel.EMAIL, NoticeState.FAILED, at)
    assert bench.outbox.due_emails(at, 10) == ()


def test_a_refusal_by_phone_is_read_aloud_with_what_to_correct(bench: NoticeBench) -> None:
    message_id = bench.submitted(email=Absence.NOT_GIVEN)
    refused = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")

    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()), (Step.REFUSE, refused))

    spoken = bench.notices(message_id)["refused"].told.words.spoken
    assert "Анна Петровна" in spoken
    assert "Назовите дом." in spoken


def test_a_letter_of_a_clock_that_ran_ahead_is_due_when_it_was_set_right(
    bench: NoticeBench,
) -> None:
    right = bench.clock.at
    bench.clock.put_on(days=30)
    first = bench.notices(bench.registered())["registered"]
    tried = bench.notices(bench.registered())["registered"]
    bench.outbox.begin(tried.id, bench.clock.at + timedelta(minutes=2), "<x@test.invalid>")
    called = bench.notices(bench.registered(email=Absence.NOT_GIVEN))["registered"]

    due = bench.outbox.due_emails(right, 10)
    assert {kept.id for kept in due} == {first.id, tried.id}
    assert [kept.id for kept in bench.outbox.due_calls(right)] == [called.id]

    # once tried with the right clock, it is pending like any other
    bench.outbox.begin(first.id, right + timedelta(minutes=2), "<y@test.invalid>")
    assert [kept.id for kept in bench.outbox.due_emails(right, 10)] == [tried.id]


def test_a_step_after_those_of_a_clock_that_ran_ahead_is_told_after_the_undo(
    bench: NoticeBench,
) -> None:
    """The events of a message stay in order: the step has the moment of the last one."""
    right = bench.clock.at
    bench.clock.put_on(hours=3)
    message_id = bench.submitted()
    bench.take(message_id, (Step.TAKE_UP, step_facts.NoFacts()))
    bench.clock.at = right
    bench.done(bench.handling.register(message_id, MODERATOR))

    kept = bench.notices(message_id)["registered"]
    assert bench.outbox.due_emails(right + timedelta(seconds=15), 10) == ()
    assert [one.id for one in bench.outbox.due_emails(right + HELD_BACK, 10)] == [kept.id]


def outcomes(bench: NoticeBench, message_id: UUID) -> list[tuple[datetime, Facts]]:
    """History entries about the notification of refusal."""
    events = bench.handled(message_id).history.events
    return [(event.at, event.facts) for event in events if event.step is Step.NOTIFY]


def test_the_history_of_a_refusal_tells_when_its_notice_was_sent(bench: NoticeBench) -> None:
    message_id = bench.refused(phone=Absence.NOT_GIVEN)
    bench.clock.put_on(days=3)
    assert bench.outbox.note_outcomes(bench.clock.at) == 0
    sent_at = bench.clock.at
    bench.outbox.sent(bench.notices(message_id)["refused"].id, sent_at)
    bench.clock.put_on(minutes=1)

    assert bench.outbox.note_outcomes(bench.clock.at) == 1
    assert bench.outbox.note_outcomes(bench.clock.at) == 0

    assert outcomes(bench, message_id) == [(sent_at, Notified(NoticeOutcome.EMAIL))]
    waiting = bench.store.outbox_waiting(200)
    assert any(row.payload.get("step") == "notify" for row in waiting), "the centre learns it too"


def test_a_person_without_contact_is_noted_once_the_undo_is_over(bench: NoticeBench) -> None:
    undone = bench.refused(email=Absence.NOT_GIVEN, phone=Absence.NOT_GIVEN)
    message_id = bench.refused(email=Absence.NOT_GIVEN, phone=Absence.NOT_GIVEN)
    assert bench.outbox.note_outcomes(bench.clock.at) == 0
    event_id = bench.notices(undone)["refused"].told.event_id
    bench.done(bench.handling.take_back(undone, event_id, MODERATOR))
    bench.clock.put_on(seconds=20)

    assert bench.outbox.note_outcomes(bench.clock.at) == 1

    (told,) = outcomes(bench, message_id)
    assert told[1] == Notified(NoticeOutcome.NOBODY, "no_contact")
    assert bench.handled(message_id).standing.is_not_notified
    assert outcomes(bench, undone) == []


def test_a_person_who_was_called_is_notified_at_that_moment(bench: NoticeBench) -> None:
    message_id = bench.refused(email=Absence.NOT_GIVEN, phone="+79005550101")
    bench.clock.put_on(hours=1)
    (task,) = bench.outbox.due_calls(bench.clock.at)
    bench.outbox.note_call(task.id, CallOutcome.TOLD, MODERATOR, bench.clock.at).result(WAIT_S)

    assert bench.outbox.note_outcomes(bench.clock.at) == 1

    assert outcomes(bench, message_id) == [(bench.clock.at, Notified(NoticeOutcome.PHONE))]
