"""A message with its history: steps of a draft, and the resulting record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from sync.register.handling import step_facts
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import (
    Asked,
    HandledMessage,
    StepDone,
    TakenStep,
    contents_of,
    handed_in,
    projected,
    record_after,
    registered_at_once,
    taken_together,
)
from sync.register.handling.history import StepRefused
from sync.register.handling.notices import Notice
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import NoFacts
from sync.register.messages import MessageRecord, Publicity, State
from tests.fakes.records import answered_message
from tests.unit.sync.register.handling import way as ways

HEALTH = frozenset({Confidential.HEALTH})


def record(**changes: object) -> MessageRecord:
    return replace(answered_message("Сделали"), **changes)  # type: ignore[arg-type]  # fields


@pytest.mark.parametrize(
    ("publicity", "confidential", "last"),
    [
        (Publicity.PUBLIC, frozenset(), Step.REGISTER_AND_PUBLISH),
        (Publicity.PUBLIC, HEALTH, Step.REGISTER),
        (Publicity.NOT_STATED, frozenset(), Step.REGISTER),
    ],
)
def test_what_may_be_seen_is_published_with_its_registration(
    publicity: Publicity, confidential: frozenset[Confidential], last: Step
) -> None:
    told = record(publicity=publicity)
    assert told.number is not None
    steps = registered_at_once(told, told.number, 1, confidential)
    assert [step for step, _facts in steps][-3:] == [Step.TAKE_UP, last, Step.SEND_TO_ORGAN]
    assert steps[-1][1] == step_facts.Routed("road-service", "road-service")
    assert steps[0] == (Step.SUBMIT, step_facts.Told(contents_of(told, 1)))
    assert ((Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(confidential)) in steps) == bool(
        confidential
    )


@pytest.mark.parametrize("unit", [None, ""])
def test_a_message_of_no_body_stays_registered(unit: str | None) -> None:
    told = record(unit=unit, publicity=Publicity.NON_PUBLIC)
    assert told.number is not None
    steps = registered_at_once(told, told.number)
    assert [step for step, _facts in steps][-2:] == [Step.TAKE_UP, Step.REGISTER]


def test_a_message_without_a_call_links_none() -> None:
    steps = [step for step, _facts in handed_in(record(call_id=None))]
    assert steps == [Step.SUBMIT, Step.STATE_PUBLICITY]


def test_the_record_says_what_the_events_say_and_keeps_its_own() -> None:
    way = ways.at_organ()
    shown = projected(record(), way.standing, way.history.events)
    assert (shown.state, shown.text, shown.unit) == (State.AT_ORGAN, ways.CONTENTS.text, ways.ORGAN)
    assert (shown.answer_text, shown.name) == ("Сделали", record().name)
    way.step(Step.RECEIVE_ANSWER, ways.SOLVED)
    judged = projected(shown, way.standing, way.history.events[-1:])
    assert judged.answer_text == ways.SOLVED.answer.text
    assert HandledMessage(judged, way.history).unjudged_answer is None


def test_steps_are_taken_together_or_none_of_them() -> None:
    way = ways.registered()
    before = HandledMessage(record(id=ways.MESSAGE, unit=None), way.history)
    ids = map(UUID, map("{:032x}".format, range(700, 800)))

    def asked(*steps: Asked, late: timedelta = timedelta()) -> StepDone | StepRefused:
        return taken_together(before, steps, ways.MODERATOR, way.at + late, lambda: next(ids))

    def done(outcome: StepDone | StepRefused) -> StepDone:
        assert isinstance(outcome, StepDone)
        return outcome

    route = (Step.SEND_TO_ORGAN, step_facts.Routed(ways.ORGAN, ways.ORGAN))
    sent = done(asked(route))
    assert (sent.handled.record.unit, sent.notices) == (ways.ORGAN, (Notice.MESSAGE_FOR_ORGAN,))
    refused = asked(route, (Step.CLOSE, NoFacts()))
    assert isinstance(refused, StepRefused)
    assert refused.event.step is Step.CLOSE
    # The clock was set back: no event precedes an earlier one.
    last_at = before.standing.last_at
    assert [event.at for event in done(asked(route, late=timedelta(days=-1))).events] == [last_at]
    # An undone decision was sent to no body.
    before = sent.handled
    back = done(asked((Step.TAKE_BACK, step_facts.TakenBack(sent.events[0].id))))
    assert (back.handled.record.state, back.handled.record.unit) == (State.REGISTERED, None)


def test_each_step_keeps_the_edition_of_its_own_moment() -> None:
    way = ways.registered()
    before = HandledMessage(record(id=ways.MESSAGE), way.history)
    ids = map(UUID, map("{:032x}".format, range(700, 800)))
    route = (Step.SEND_TO_ORGAN, step_facts.Routed(ways.ORGAN, ways.ORGAN))

    def taken(late: timedelta) -> str:
        done = taken_together(
            before,
            (route,),
            ways.MODERATOR,
            way.at + late,
            lambda: next(ids),
            edition_at=lambda at: f"с {at.isoformat()}",
        )
        assert isinstance(done, StepDone)
        return done.events[0].edition

    last_at = before.standing.last_at
    assert last_at is not None
    assert taken(timedelta(hours=1)) == f"с {(way.at + timedelta(hours=1)).isoformat()}"
    # The clock was set back: the event has the time of the last one, and its edition.
    assert taken(timedelta(days=-1)) == f"с {last_at.isoformat()}"


def test_a_negative_rating_of_a_body_starts_the_rework_at_once() -> None:
    """Regulation 10.3."""
    way = ways.answer_sent()
    before = HandledMessage(record(id=ways.MESSAGE), way.history)
    at = way.at + timedelta(minutes=1)
    ids = iter(UUID(int=number) for number in range(900, 910))

    done = taken_together(
        before, ((Step.RATE_NEGATIVELY, ways.BAD),), Source.PLATFORM, at, lambda: next(ids)
    )

    assert isinstance(done, StepDone)
    rated, rework = done.events
    assert (rework.step, rework.by) == (Step.SEND_TO_REWORK, Source.SYSTEM)
    assert rework.facts == ways.ROUTED
    assert done.handled.standing.state is State.REWORK
    assert Notice.REWORK_FOR_USER in done.notices


def test_an_identity_is_given_to_one_event_only() -> None:
    way = ways.registered()
    before = HandledMessage(record(id=ways.MESSAGE), way.history)
    known = way.history.events[-1]
    with pytest.raises(LookupError):
        taken_together(before, ((known.step, known.facts),), known.by, known.at, lambda: known.id)


def test_a_record_that_was_never_handed_in_keeps_all_it_holds() -> None:
    draft = record()
    shown = projected(draft, replace(Standing(draft.id), state=State.CLOSED), ())
    assert shown == replace(draft, state=State.CLOSED)


def test_an_answer_is_unjudged_until_somebody_says_what_it_is() -> None:
    way = ways.at_organ()
    fetched = HandledMessage(record(id=UUID(int=3)), way.history)
    assert (fetched.id, fetched.unjudged_answer) == (UUID(int=3), "Сделали")
    assert HandledMessage(record(answer_text=None), way.history).unjudged_answer is None
    way.step(Step.RECEIVE_ANSWER, ways.SOLVED)
    assert HandledMessage(record(), way.history).unjudged_answer == "Сделали"


def test_what_was_done_tells_its_events_and_notices() -> None:
    way = ways.registered()
    event = way.history.events[-1]
    done = StepDone(
        HandledMessage(record(), way.history), (TakenStep(event, (Notice.REGISTERED,)),)
    )
    assert (done.events, done.notices) == ((event,), (Notice.REGISTERED,))


def test_an_answer_that_was_overtaken_gives_way_to_the_one_that_holds() -> None:
    ours, theirs = ways.at_organ(), ways.at_organ()
    theirs._count = 500
    ours.step(Step.RECEIVE_ANSWER, ways.SOLVED)
    before = HandledMessage(record(answer_text=ways.SOLVED.answer.text), ours.history)
    assert record_after(before, ways.at_organ().history).answer_text is None
    theirs.step(Step.RECEIVE_ANSWER, ways.PLANNED, ways.COLLEAGUE)
    after = record_after(before, theirs.history)
    assert after.answer_text == ways.PLANNED.answer.text
    assert after.state is State.ANSWERED
