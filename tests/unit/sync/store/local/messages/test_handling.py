"""Steps of messages in the store: validated, append-only, and reflected in the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from sync.errors import UnknownRecord
from sync.records.message_event_codec import event_of, event_row
from sync.records.replicated_tables import message_event
from sync.records.row_codec import plain
from sync.register.calls.calls import link_message
from sync.register.checks.finding import Ground
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Attachment, Rating
from sync.register.handling.contents import Confidential, Contents
from sync.register.handling.events import Event, Source, Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.history import RefusalCode, StepRefused
from sync.register.handling.needs import CityRules
from sync.register.handling.step_facts import Facts, Link, LinkKind
from sync.register.messages import (
    MessageRecord,
    Publicity,
    State,
    edit,
    message_from_call,
    message_without_call,
)
from sync.register.numbering import next_number
from sync.register.people.operators import Operator, Person, Role
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call, registered_message
from tests.fakes.store_template import StoreTemplate

WAIT_S = 10
MODERATOR = Operator(UUID(int=41), "moderator", "Вторая Проба Пробовна", Role.MODERATOR)
CONTENTS = Contents("Яма", 1, date(2026, 11, 24), None, "ул. Пробная, 1", "roads", None)
ROUTED = step_facts.Routed("road-service", "road-service")


class Clock:
    def __init__(self) -> None:
        self.at = RANG_AT + timedelta(minutes=5)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(path: Path, store_template: StoreTemplate, clock: Clock) -> Iterator[RegisterStore]:
    store_template.open_copy(path).close_store()
    opened = RegisterStore.open(path, store_template.key, clock=clock)
    yield opened
    assert opened.close_store()


@pytest.fixture
def handling(store: RegisterStore) -> MessageHandling:
    return MessageHandling(store)


def draft(store: RegisterStore, index: int = 1) -> MessageRecord:
    card = store.open_card(new_call(index), OPERATOR).result(WAIT_S)
    complete = registered_message(card, uuid7())
    begun = message_from_call(card, complete.id, RANG_AT, OPERATOR)
    return edit(
        begun,
        text=complete.text,
        topic=complete.topic,
        category=complete.category,
        event_on=complete.event_on,
        event_time=complete.event_time,
        place=complete.place,
        publicity=complete.publicity,
    )


def done(outcome: StepDone | StepRefused) -> StepDone:
    assert isinstance(outcome, StepDone), outcome
    return outcome


def under_review(store: RegisterStore, handling: MessageHandling, index: int = 1) -> UUID:
    record = draft(store, index)
    done(handling.submit(record, person(OPERATOR)).result(WAIT_S))
    done(handling.take(record.id, Step.TAKE_UP, person(MODERATOR)).result(WAIT_S))
    return record.id


FACTS: tuple[Facts, ...] = (
    step_facts.NoFacts(),
    step_facts.Explained("Так решено."),
    step_facts.TakenBack(UUID(int=5)),
    step_facts.Told(CONTENTS),
    step_facts.PublicityStated(Publicity.PUBLIC),
    step_facts.ConfidentialFound(frozenset(Confidential)),
    step_facts.Linked(Link(LinkKind.JOINS, UUID(int=6))),
    step_facts.SplitUp((UUID(int=7), UUID(int=8))),
    step_facts.CallLinked(UUID(int=9)),
    step_facts.Numbered(next_number("2611", "0001", 6)),
    step_facts.Routed(
        "roads", None, "", step_facts.Official("Проба П. П., начальник", RANG_AT.date())
    ),
    step_facts.Notified(step_facts.NoticeOutcome.NOBODY, "no_contact"),
    step_facts.RefusedOn(
        frozenset({Ground.NO_PLACE, Ground.REPEATED}), "Назовите дом.", UUID(int=10)
    ),
    step_facts.Repeated(UUID(int=11), is_in_term=True),
    step_facts.Routed("roads", None, "Так решено."),
    step_facts.AnswerGiven(
        Answer(
            AnswerKind.PLANNED,
            "Будет.",
            "roads",
            planned_on=date(2026, 12, 1),
            measures="Закажут.",
            attachments=(Attachment("акт.pdf", FileFormat.PDF),),
            confidential=(Confidential.HEALTH,),
        )
    ),
    step_facts.Rated(Rating.BAD, "Снова."),
    step_facts.VotesCounted(1001, "roads"),
)


def test_every_kind_of_facts_comes_back_from_the_disk_as_it_was(store: RegisterStore) -> None:
    record = store.save_message(draft(store)).result(WAIT_S)
    by = (person(MODERATOR), Source.SYSTEM, Source.PLATFORM)
    events = [
        Event(uuid7(), record.id, Step.LINK, RANG_AT, by[seq % 3], told)
        for seq, told in enumerate(FACTS)
    ]
    rows = [event_row(event, seq) for seq, event in enumerate(events, 1)]
    store.write(lambda connection: connection.execute(insert(message_event), rows)).result(WAIT_S)
    assert all(json.dumps(plain(row)) for row in rows)
    kept = store.read(
        lambda connection: (
            connection.execute(message_event.select().order_by(message_event.c.seq))
            .mappings()
            .all()
        )
    )
    assert [event_of(row) for row in kept] == events
    assert {type(told) for told in FACTS} == set(get_args(Facts))


def test_a_message_from_review_to_the_organ(
    store: RegisterStore, handling: MessageHandling, clock: Clock
) -> None:
    id = under_review(store, handling)
    assert [one.id for one in handling.in_states({State.UNDER_REVIEW})] == [id]
    clock.at += timedelta(minutes=1)
    outcome = done(handling.register(id, MODERATOR, ROUTED).result(WAIT_S))
    record = outcome.handled.record
    assert (record.state, record.unit, record.registered_at) == (
        State.AT_ORGAN,
        "road-service",
        clock.at,
    )
    assert record.number is not None
    assert outcome.handled.standing.number == record.number
    assert [event.step for event in outcome.events] == [
        Step.REGISTER_AND_PUBLISH,
        Step.SEND_TO_ORGAN,
    ]
    assert handling.by_number(record.number) == outcome.handled
    assert handling.handled(id) == outcome.handled
    assert handling.between(RANG_AT, clock.at) == (outcome.handled,)
    assert handling.in_states({State.UNDER_REVIEW, State.SUBMITTED}) == ()
    assert store.message(id) == record


def test_what_happens_to_a_draft_stays_here_until_it_is_handed_in(
    store: RegisterStore, handling: MessageHandling
) -> None:
    record = draft(store)
    store.save_message(record).result(WAIT_S)
    found = step_facts.ConfidentialFound(frozenset({Confidential.PERSONAL_DATA}))
    cleared = step_facts.Explained("телефон аптеки")
    steps = ((Step.MARK_CONFIDENTIAL, found), (Step.CLEAR_CONFIDENTIAL, cleared))
    after = done(handling.take_all(record.id, steps, person(OPERATOR)).result(WAIT_S)).handled
    assert (after.record.text, after.record.publicity) == (record.text, Publicity.PUBLIC)
    assert (after.record.state, after.record.number) == (State.DRAFT, None)
    assert store.outbox_waiting(20) == ()
    later = edit(after.record, text="Яма у аптеки")
    assert store.save_message(later).result(WAIT_S).text == "Яма у аптеки"

    done(handling.submit(later, person(OPERATOR)).result(WAIT_S))
    handled = handling.handled(record.id)
    assert handled is not None
    assert [event.step for event in handled.history.events] == [
        Step.MARK_CONFIDENTIAL,
        Step.CLEAR_CONFIDENTIAL,
        Step.SUBMIT,
        Step.STATE_PUBLICITY,
        Step.LINK_CALL,
    ]
    assert handled.standing.may_be_public
    # All of the events, and the message itself.
    assert len(store.outbox_waiting(20)) == 6


def test_a_draft_whose_caller_joins_another_message_is_no_message(
    store: RegisterStore, handling: MessageHandling
) -> None:
    known = under_review(store, handling)
    record = draft(store, 2)
    store.save_message(record).result(WAIT_S)
    waiting = store.outbox_waiting(20)
    joins = step_facts.Linked(Link(LinkKind.JOINS, known))
    joined = done(handling.take(record.id, Step.JOIN, person(OPERATOR), joins).result(WAIT_S))
    assert (joined.handled.record.state, joined.handled.record.text) == (State.CLOSED, record.text)
    assert store.outbox_waiting(20) == waiting
    assert [one.id for one in handling.between(RANG_AT, RANG_AT + timedelta(days=1))] == [known]
    # A late write of the text changes nothing.
    assert store.save_message(record).result(WAIT_S).state is State.CLOSED
    renamed = replace(record, state=State.REGISTERED, phone="+79005550199")
    assert store.save_message(renamed).result(WAIT_S).state is State.CLOSED
    assert store.outbox_waiting(20) == waiting


@pytest.mark.parametrize(
    ("unit", "state"), [("road-service", State.AT_ORGAN), (None, State.REGISTERED)]
)
def test_what_stands_in_6_12_keeps_a_message_from_being_published(
    store: RegisterStore, handling: MessageHandling, unit: str | None, state: State
) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    record, _card = store.register_message(
        replace(registered_message(card, uuid7()), unit=unit),
        card,
        by=MODERATOR,
        confidential=frozenset({Confidential.HEALTH}),
    ).result(WAIT_S)
    assert record.state is state
    handled = handling.handled(record.id)
    assert handled is not None
    assert handled.standing.confidential == {Confidential.HEALTH}
    assert not handled.standing.is_published
    assert {event.by for event in handled.history.events} == {person(MODERATOR)}
    assert handled.standing.call_ids == (card.id,)


def test_what_has_changed_is_read_piece_by_piece(
    store: RegisterStore, handling: MessageHandling
) -> None:
    ids = [under_review(store, handling, index) for index in range(3)]
    mark, read = 0, list[UUID]()
    while (changed := handling.changed(mark, limit=5)).mark != mark:
        mark = changed.mark
        read += [one.id for one in changed.records]
    assert set(read) == set(ids)
    assert handling.changed(mark, 5).records == ()
    done(handling.take(ids[1], Step.RELEASE, person(MODERATOR)).result(WAIT_S))
    (again,) = handling.changed(mark, 5).records
    assert (again.id, again.state) == (ids[1], State.SUBMITTED)


def test_a_refused_step_writes_nothing_and_says_why(
    store: RegisterStore, handling: MessageHandling
) -> None:
    id = under_review(store, handling)
    before = handling.handled(id)
    steps = ((Step.RELEASE, step_facts.NoFacts()), (Step.CLOSE, step_facts.NoFacts()))
    outcome = handling.take_all(id, steps, person(MODERATOR)).result(WAIT_S)
    assert isinstance(outcome, StepRefused)
    assert outcome.code is RefusalCode.NOT_FROM_HERE
    assert handling.handled(id) == before
    with pytest.raises(UnknownRecord):
        handling.take(UUID(int=1), Step.CLOSE, person(MODERATOR)).result(WAIT_S)
    with pytest.raises(UnknownRecord):
        handling.register(UUID(int=1), MODERATOR).result(WAIT_S)


def test_of_two_who_take_one_message_up_one_has_it(
    store: RegisterStore, handling: MessageHandling
) -> None:
    record = draft(store)
    done(handling.submit(record, person(OPERATOR)).result(WAIT_S))
    people = [Person(UUID(int=60 + one), "Проба", Role.MODERATOR) for one in range(8)]
    with ThreadPoolExecutor(8) as threads:
        futures = list(threads.map(lambda by: handling.take(record.id, Step.TAKE_UP, by), people))
    outcomes = [future.result(WAIT_S) for future in futures]
    assert sum(isinstance(outcome, StepDone) for outcome in outcomes) == 1
    handled = handling.handled(record.id)
    assert handled is not None
    assert handled.standing.taken_by in people


def test_a_registration_taken_back_keeps_its_number_for_the_next_time(
    store: RegisterStore, handling: MessageHandling, clock: Clock
) -> None:
    id = under_review(store, handling)
    first = done(handling.register(id, MODERATOR, ROUTED).result(WAIT_S))
    clock.at += timedelta(seconds=14)
    back = done(handling.take_back(id, first.events[0].id, MODERATOR).result(WAIT_S))
    record = back.handled.record
    assert (record.state, record.registered_at) == (State.UNDER_REVIEW, None)
    assert record.number == first.handled.record.number
    again = done(handling.register(id, MODERATOR).result(WAIT_S))
    assert again.handled.record.number == record.number
    clock.at += timedelta(seconds=16)
    late = handling.take_back(id, again.events[0].id, MODERATOR).result(WAIT_S)
    assert isinstance(late, StepRefused)
    assert late.code is RefusalCode.MISSING


def test_a_judged_answer_takes_the_place_of_what_the_platform_sent(
    store: RegisterStore, handling: MessageHandling
) -> None:
    id = under_review(store, handling)
    sent = done(handling.register(id, MODERATOR, ROUTED).result(WAIT_S)).handled.record
    store.save_message(replace(sent, answer_text="Сделали")).result(WAIT_S)
    fetched = handling.handled(id)
    assert fetched is not None
    assert fetched.unjudged_answer == "Сделали"
    answer = step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Яма засыпана.", "road-service"))
    judged = done(
        handling.take(id, Step.RECEIVE_ANSWER, person(MODERATOR), answer).result(WAIT_S)
    ).handled
    assert (judged.record.answer_text, judged.unjudged_answer) == ("Яма засыпана.", None)


def test_what_runs_with_the_steps_is_written_with_them_or_undoes_them(
    store: RegisterStore, handling: MessageHandling
) -> None:
    seen: list[StepDone] = []
    store.steps.after_steps(lambda _connection, outcome: seen.append(outcome))
    id = under_review(store, handling)
    assert [event.step for outcome in seen for event in outcome.events][-1] is Step.TAKE_UP

    def fail(_connection: object, _outcome: StepDone) -> None:
        raise LookupError

    store.steps.after_steps(fail)
    with pytest.raises(LookupError):
        handling.register(id, MODERATOR).result(WAIT_S)
    handled = handling.handled(id)
    assert handled is not None
    assert handled.standing.state is State.UNDER_REVIEW


def test_a_clock_put_back_does_not_stop_the_work(
    store: RegisterStore, handling: MessageHandling, clock: Clock
) -> None:
    id = under_review(store, handling)
    clock.at -= timedelta(hours=3)
    outcome = done(handling.take(id, Step.RELEASE, person(MODERATOR)).result(WAIT_S))
    assert outcome.events[0].at == clock.at + timedelta(hours=3)


@pytest.mark.parametrize(
    "change", [update(message_event).values(step="close"), delete(message_event)]
)
def test_events_are_only_added(
    store: RegisterStore, handling: MessageHandling, change: object
) -> None:
    under_review(store, handling)
    with pytest.raises(IntegrityError, match="only added"):
        store.write(lambda connection: connection.execute(change)).result(WAIT_S)  # type: ignore[call-overload]


def test_the_rules_of_the_city_hold_from_the_next_step_on(
    store: RegisterStore, handling: MessageHandling
) -> None:
    store.steps.set_city(CityRules(tells_of_registration=False))
    record = edit(draft(store), publicity=Publicity.NON_PUBLIC)
    done(handling.submit(record, person(OPERATOR)).result(WAIT_S))
    done(handling.take(record.id, Step.TAKE_UP, person(MODERATOR)).result(WAIT_S))
    assert done(handling.register(record.id, MODERATOR).result(WAIT_S)).notices == ()


def test_a_decision_keeps_the_edition_that_it_was_made_under(
    store: RegisterStore, handling: MessageHandling
) -> None:
    message_id = under_review(store, handling)
    store.steps.set_edition(lambda _at: "Первая")
    refused = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
    done(handling.take(message_id, Step.REFUSE, person(MODERATOR), refused).result(WAIT_S))
    store.steps.set_edition(lambda _at: "Вторая")
    done(handling.take_back(message_id, _last(handling, message_id).id, MODERATOR).result(WAIT_S))

    kept = handling.handled(message_id)
    assert kept is not None
    editions = [event.edition for event in kept.history.events]
    assert editions[-2:] == ["Первая", "Вторая"]
    assert set(editions[:-2]) == {""}  # nothing was imported then
    sent = [row.payload for row in store.outbox_waiting(50) if row.entity.value == "message_event"]
    assert [row["facts"].get("edition") for row in sent][-2:] == ["Первая", "Вторая"]


def _last(handling: MessageHandling, message_id: UUID) -> Event:
    handled = handling.handled(message_id)
    assert handled is not None
    return handled.history.events[-1]


@pytest.mark.parametrize("told", FACTS)
def test_the_edition_goes_with_any_facts_and_old_rows_have_none(told: Facts) -> None:
    event = Event(uuid7(), uuid7(), Step.CORRECT, RANG_AT, person(OPERATOR), told, "№ 1")
    row = event_row(event, 1)
    assert event_of(row) == event  # type: ignore[arg-type]  # a mapping of the same names
    old = {**row, "facts": {key: row["facts"][key] for key in row["facts"] if key != "edition"}}
    assert event_of(old) == replace(event, edition="")  # type: ignore[arg-type]  # the same
    assert event_row(replace(event, edition=""), 1) == old


def test_a_message_and_its_call_s_card_are_handed_in_together(
    store: RegisterStore, handling: MessageHandling
) -> None:
    card = store.open_card(new_call(7), OPERATOR).result(WAIT_S)
    told = edit(message_from_call(card, uuid7(), RANG_AT, OPERATOR), text="Яма")
    nothing = edit(told, text=" ")
    linked = link_message(card, told.id, told.text)
    refused = store.hand_in(nothing, person(OPERATOR), card=linked).result(WAIT_S)
    assert isinstance(refused, StepRefused)
    assert store.drafts()[0].message_id is None
    done = store.hand_in(told, person(OPERATOR), card=linked).result(WAIT_S)
    assert isinstance(done, StepDone)
    assert done.handled.record.number is not None
    assert store.drafts()[0].message_id == told.id


def test_a_refused_draft_keeps_its_words_and_takes_no_number(
    store: RegisterStore, handling: MessageHandling
) -> None:
    begun = message_without_call(uuid7(), RANG_AT, OPERATOR)
    nothing = edit(begun, text=" ", place="ул. Пробная, 1")
    assert isinstance(handling.submit(nothing, person(OPERATOR)).result(WAIT_S), StepRefused)

    (kept,) = store.messages_begun(OPERATOR.id)
    assert (kept.place, kept.number) == ("ул. Пробная, 1", None)
    store.drop_message(begun.id).result(WAIT_S)
    assert store.messages_begun(OPERATOR.id) == ()
