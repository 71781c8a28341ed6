"""Events are applied by the table, once and in order; refused events are reported."""

from __future__ import annotations

from dataclasses import replace

from sync.register.handling import step_facts
from sync.register.handling.events import Event, Source, Step
from sync.register.handling.history import (
    AlreadyTaken,
    History,
    Missing,
    RefusalCode,
    Replay,
    StepRefused,
    begun,
    replay,
    take,
)
from sync.register.handling.needs import CityRules, Need
from sync.register.handling.notices import Notice
from sync.register.messages import State
from tests.unit.sync.register.handling.way import (
    CONTENTS,
    EXPLAINED,
    MESSAGE,
    MINUTE,
    MODERATOR,
    NUMBERED,
    OBSERVER,
    OTHER,
    OWN,
    REFUSED_ON,
    Way,
    answer_sent,
    published,
    registered,
    rework,
    submitted,
    under_review,
)

NO_NOTICE_OF_REGISTRATION = CityRules(tells_of_registration=False)


def refused(way: Way, event: Event) -> StepRefused:
    before = way.history
    outcome = way.try_event(event)
    assert isinstance(outcome, StepRefused)
    assert way.history is before
    return outcome


def test_a_draft_has_no_events() -> None:
    assert begun(MESSAGE).events == ()
    assert begun(MESSAGE).standing.state is State.DRAFT
    assert begun(MESSAGE).standing.answer is None


def test_a_step_that_the_table_has_not_is_refused_with_its_paragraphs() -> None:
    way = submitted()
    event = way.event(Step.REMOVE_DUPLICATE, step_facts.Repeated(OTHER, True))
    outcome = refused(way, event)
    assert outcome == StepRefused(event, State.SUBMITTED, RefusalCode.NOT_FROM_HERE, ("6.4",))


def test_a_role_without_the_right_is_refused() -> None:
    way = submitted()
    assert refused(way, way.event(Step.TAKE_UP, by=OBSERVER)).code is RefusalCode.NOT_ALLOWED


def test_a_timer_does_only_what_is_for_timers() -> None:
    way = submitted()
    event = way.event(Step.TAKE_UP, by=Source.SYSTEM)
    assert refused(way, event).code is RefusalCode.NOT_ALLOWED


def test_no_machine_refuses() -> None:
    for source in Source:
        way = under_review()
        event = way.event(Step.REFUSE, REFUSED_ON, source)
        assert refused(way, event).code is RefusalCode.NOT_ALLOWED


def test_facts_of_another_step_are_refused() -> None:
    way = under_review()
    event = way.event(Step.REFUSE, EXPLAINED)
    assert refused(way, event).code is RefusalCode.FACTS_OF_OTHER_STEP


def test_an_event_of_another_message_is_refused() -> None:
    way = submitted()
    event = replace(way.event(Step.TAKE_UP), message_id=OTHER)
    assert refused(way, event).code is RefusalCode.OTHER_MESSAGE


def test_an_event_older_than_the_last_one_is_refused() -> None:
    way = submitted()
    event = replace(way.event(Step.TAKE_UP), at=way.at - MINUTE)
    assert refused(way, event).code is RefusalCode.OUT_OF_ORDER


def test_two_events_of_one_moment_are_in_order() -> None:
    way = submitted()
    way.try_event(replace(way.event(Step.TAKE_UP), at=way.at))
    assert way.standing.state is State.UNDER_REVIEW


def test_nothing_follows_the_end() -> None:
    way = answer_sent().step(Step.CLOSE, by=Source.SYSTEM)
    assert way.standing.state is State.CLOSED
    event = way.event(
        Step.LINK, step_facts.Linked(step_facts.Link(step_facts.LinkKind.SPLIT_FROM, OTHER))
    )
    assert refused(way, event).code is RefusalCode.OVER


def test_a_call_about_what_is_closed_is_linked_and_opens_nothing() -> None:
    way = answer_sent().step(Step.CLOSE, by=Source.SYSTEM)
    way.step(Step.LINK_CALL, step_facts.CallLinked(OTHER))
    assert way.standing.state is State.CLOSED
    assert way.standing.call_ids == (OTHER,)


def test_all_that_is_missing_is_told_at_once() -> None:
    way = under_review()
    outcome = refused(way, way.event(Step.REFUSE, step_facts.RefusedOn(frozenset(), " ")))
    assert outcome.code is RefusalCode.MISSING
    assert outcome.missing == (
        Missing(Need.GROUNDS, "7.7"),
        Missing(Need.WHAT_TO_CORRECT, "7.10"),
    )
    assert outcome.paragraphs == ("7.7",)


def test_the_same_event_again_changes_nothing_and_makes_no_notice() -> None:
    way = registered()
    before = way.history
    event = way.history.events[-1]
    assert way.try_event(event) == AlreadyTaken(event)
    assert way.history is before


def test_another_event_of_the_same_identity_is_told() -> None:
    way = registered()
    event = replace(way.history.events[-1], by=OBSERVER)
    assert refused(way, event).code is RefusalCode.OTHER_CONTENTS


def test_the_events_make_the_same_history_again() -> None:
    way = rework()
    assert replay(MESSAGE, way.history.events) == Replay(way.history, ())


def test_doubled_events_are_told_and_make_the_same_history() -> None:
    way = rework()
    doubled = [event for event in way.history.events for _ in range(2)]
    made = replay(MESSAGE, doubled)
    assert made.history == way.history
    assert made.told == tuple(AlreadyTaken(event) for event in way.history.events)


def test_events_in_a_wrong_order_are_told() -> None:
    events = submitted().history.events
    made = replay(MESSAGE, reversed(events))
    assert made.history.events == events[1:]
    assert made.history.standing.state is State.SUBMITTED
    [told] = made.told
    assert isinstance(told, StepRefused)
    assert (told.event, told.code) == (events[0], RefusalCode.OUT_OF_ORDER)


def test_taking_adds_and_never_changes() -> None:
    before = begun(MESSAGE)
    event = Way().event(Step.SUBMIT, step_facts.Told(CONTENTS))
    assert not isinstance(take(before, event), AlreadyTaken)
    assert before == History((), begun(MESSAGE).standing)


def test_a_user_is_told_of_registration_if_the_city_wants() -> None:
    assert registered().notices == (Notice.REGISTERED,)
    assert registered(NO_NOTICE_OF_REGISTRATION).notices == ()
    assert published(NO_NOTICE_OF_REGISTRATION).notices == (Notice.REGISTERED_AND_PUBLISHED,)


def test_an_own_answer_that_is_returned_goes_to_no_organ() -> None:
    way = registered().step(Step.ANSWER_BY_OPERATOR, OWN).step(Step.RETURN_ANSWER, EXPLAINED)
    assert way.notices == ()


def test_an_event_names_the_person_of_its_time() -> None:
    way = registered()
    assert all(event.by == MODERATOR for event in way.history.events)
    assert way.standing.number == NUMBERED.number
