"""The rules of the regulation hold for every sequence of requested steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Doer, Event, Source, Step
from sync.register.handling.history import (
    AlreadyTaken,
    Outcome,
    RefusalCode,
    StepRefused,
    StepTaken,
    begun,
    in_force,
    recalled,
    replay,
    take,
)
from sync.register.handling.standing import UNDO, Standing
from sync.register.handling.step_facts import Facts, Link, LinkKind
from sync.register.handling.steps import STEPS, StepRule, rule_of
from sync.register.handling.votes import VOTES_MARK
from sync.register.messages import ENDS, Publicity, State
from sync.register.people.operators import Person
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import (
    BEGAN,
    CONTENTS,
    EXPLAINED,
    MESSAGE,
    NOTHING,
    ORGAN,
    OTHER,
    OWN,
    PLANNED,
    SOLVED,
    Way,
)

PERSONAL = frozenset({Confidential.PERSONAL_DATA})
WITH_PERSONAL_DATA = tuple(
    step_facts.AnswerGiven(replace(given.answer, confidential=(Confidential.PERSONAL_DATA,)))
    for given in (SOLVED, PLANNED, OWN)
)
WORTHLESS = step_facts.AnswerGiven(replace(PLANNED.answer, planned_on=None))

# Facts passed with each step: valid ones, and ones that the step must refuse.
TOLD: dict[Step, tuple[Facts, ...]] = {
    **dict.fromkeys(Step, (NOTHING,)),
    **dict.fromkeys(
        (Step.SUBMIT, Step.CORRECT),
        (
            step_facts.Told(CONTENTS),
            step_facts.Told(replace(CONTENTS, text="", photos=1)),
            step_facts.Told(replace(CONTENTS, place="")),
            step_facts.Told(replace(CONTENTS, text="")),
        ),
    ),
    **dict.fromkeys(
        (
            Step.DISCARD,
            Step.CLEAR_CONFIDENTIAL,
            Step.WITHHOLD,
            Step.ASK_COLLEAGUE,
            Step.RETURN_ANSWER,
        ),
        (EXPLAINED, step_facts.Explained(" ")),
    ),
    **dict.fromkeys(
        (Step.JOIN, Step.LINK),
        (
            step_facts.Linked(Link(LinkKind.JOINS, OTHER)),
            step_facts.Linked(Link(LinkKind.SAME_MATTER, MESSAGE)),
        ),
    ),
    Step.SPLIT: (step_facts.SplitUp((OTHER,)), step_facts.SplitUp(())),
    Step.LINK_CALL: (step_facts.CallLinked(OTHER),),
    Step.NOTIFY: tuple(map(step_facts.Notified, step_facts.NoticeOutcome)),
    Step.STATE_PUBLICITY: tuple(map(step_facts.PublicityStated, Publicity)),
    Step.MARK_CONFIDENTIAL: (
        step_facts.ConfidentialFound(PERSONAL),
        step_facts.ConfidentialFound(frozenset()),
    ),
    **dict.fromkeys((Step.REGISTER, Step.REGISTER_AND_PUBLISH), (ways.NUMBERED,)),
    Step.REFUSE: (
        ways.REFUSED_ON,
        step_facts.RefusedOn(frozenset(), "Пояснение."),
        step_facts.RefusedOn(frozenset({Ground.REPEATED}), "Пояснение."),
        step_facts.RefusedOn(frozenset({Ground.OBSCENE}), ""),
    ),
    Step.REMOVE_DUPLICATE: (
        step_facts.Repeated(OTHER, is_in_term=True),
        step_facts.Repeated(OTHER, is_in_term=False),
    ),
    **dict.fromkeys(
        (Step.SEND_TO_ORGAN, Step.REDIRECT, Step.SEND_TO_REWORK),
        (
            ways.ROUTED,
            step_facts.Routed("roads", ORGAN, "Так решено."),
            step_facts.Routed("roads", ORGAN),
        ),
    ),
    **dict.fromkeys(
        (Step.ANSWER_BY_OPERATOR, Step.RECEIVE_ANSWER),
        (SOLVED, PLANNED, OWN, WORTHLESS, *WITH_PERSONAL_DATA),
    ),
    **dict.fromkeys(
        (Step.RATE, Step.RATE_NEGATIVELY), (ways.GOOD, ways.BAD, step_facts.Rated(Rating.BAD))
    ),
    Step.TAKE_BACK: (step_facts.TakenBack(OTHER),),
    Step.FORWARD_BY_VOTES: (ways.VOTED, step_facts.VotesCounted(VOTES_MARK, ORGAN)),
}
# Always possible without progress, or hiding the message: they would dominate the random steps.
ASIDE = {
    Step.LINK,
    Step.LINK_CALL,
    Step.ASK_COLLEAGUE,
    Step.CORRECT,
    Step.STATE_PUBLICITY,
    Step.MARK_CONFIDENTIAL,
    Step.WITHHOLD,
    Step.NOTIFY,
}
JUDGEMENTS = (
    Step.REFUSE,
    Step.REMOVE_DUPLICATE,
    Step.REGISTER,
    Step.REGISTER_AND_PUBLISH,
    Step.CORRECT,
)
PEOPLE = (ways.MODERATOR, ways.COLLEAGUE, ways.SUPERVISOR, ways.OBSERVER)
DOERS: tuple[Doer, ...] = (*PEOPLE, *Source)
# Undoing depends on the previous decision: see test_take_back.
ROWS = tuple(
    (row, state) for row in STEPS for state in row.sources if row.step is not Step.TAKE_BACK
)
BUILDERS: tuple[Callable[[], Way], ...] = (
    Way,
    lambda: Way().step(Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(PERSONAL)),
    ways.submitted,
    lambda: ways.submitted().step(Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(PERSONAL)),
    ways.under_review,
    lambda: ways.under_review(Publicity.PUBLIC),
    lambda: ways.under_review().step(
        Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(PERSONAL)
    ),
    ways.registered,
    lambda: ways.registered().step(
        Step.STATE_PUBLICITY, step_facts.PublicityStated(Publicity.PUBLIC)
    ),
    lambda: ways.registered().step(Step.MARK_CONFIDENTIAL, step_facts.ConfidentialFound(PERSONAL)),
    ways.published,
    ways.at_organ,
    ways.answered,
    lambda: ways.answered(PLANNED),
    lambda: ways.answered().step(Step.RETURN_ANSWER, EXPLAINED),
    lambda: (
        ways.registered().step(Step.ANSWER_BY_OPERATOR, OWN).step(Step.RETURN_ANSWER, EXPLAINED)
    ),
    ways.answer_sent,
    ways.planned,
    lambda: ways.planned().later(days=30),
    ways.rated_negatively,
    lambda: ways.answer_sent().step(Step.RATE, ways.GOOD),
    ways.rework,
    ways.passed_on,
    lambda: ways.answer_sent().step(Step.CLOSE, by=Source.SYSTEM),
    lambda: ways.under_review().step(Step.REFUSE, ways.REFUSED_ON),
)


@pytest.mark.parametrize(
    ("row", "source"), ROWS, ids=lambda value: str(getattr(value, "step", value))
)
def test_every_row_is_taken_from_every_state_it_names(row: StepRule, source: State) -> None:
    taken = [
        outcome.history.standing.state
        for build in BUILDERS
        if (way := build()).standing.state is source
        for told in TOLD[row.step]
        for by in DOERS
        if isinstance(outcome := take(way.history, way.event(row.step, told, by)), StepTaken)
    ]
    assert taken
    assert set(taken) == {row.target or source}


@pytest.mark.parametrize("state", list(State))
def test_no_step_is_taken_that_the_table_has_not(state: State) -> None:
    standing = Standing(MESSAGE, state)
    history = replace(begun(MESSAGE), standing=standing)
    steps = [step for step in Step if rule_of(step, state) is None]
    for step in steps:
        for told in TOLD[step]:
            for by in DOERS:
                outcome = take(history, Event(OTHER, MESSAGE, step, BEGAN, by, told))
                assert isinstance(outcome, StepRefused)
                assert outcome.code in {RefusalCode.NOT_FROM_HERE, RefusalCode.OVER}
    # A decision may be undone, its notification noted, and a call linked to a closed message.
    assert (len(steps) >= len(Step) - 2) == (state in ENDS)


class MessageMachine(RuleBasedStateMachine):
    """Any event at any time by any person, frequently one that the table allows."""

    def __init__(self) -> None:
        super().__init__()
        self.history = begun(MESSAGE)
        self.at = BEGAN
        self.count = 0

    @initialize(build=st.sampled_from(BUILDERS))
    def begin_somewhere(self, build: Callable[[], Way]) -> None:
        begun_way = build()
        self.history, self.at = begun_way.history, begun_way.at

    @property
    def standing(self) -> Standing:
        return self.history.standing

    def ask(self, step: Step, told: Facts, by: Doer) -> Outcome:
        self.count += 1
        event = Event(UUID(int=self.count), MESSAGE, step, self.at, by, told)
        return self.ask_event(event)

    def ask_event(self, event: Event) -> Outcome:
        before = self.history
        outcome = take(before, event)
        match outcome:
            case StepTaken(history):
                if before.standing.state in ENDS:
                    assert event.step in (Step.TAKE_BACK, Step.LINK_CALL, Step.NOTIFY)
                assert history.events == (*before.events, event)
                self.history = history
            case StepRefused(code=code, missing=missing, paragraphs=paragraphs):
                assert (code is RefusalCode.MISSING) == bool(missing)
                assert paragraphs
            case AlreadyTaken():
                assert event in before.events
        return outcome

    @rule(hours=st.integers(0, 400))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(data=st.data())
    def what_the_table_has(self, data: st.DataObject) -> None:
        rows = [row for row in STEPS if self.standing.state in row.sources]
        if rows:
            row = data.draw(st.sampled_from(rows))
            told = data.draw(st.sampled_from(TOLD[row.step]))
            self.ask(row.step, told, data.draw(st.sampled_from(DOERS)))

    @rule(data=st.data(), may_end=st.sampled_from([False, False, False, True]))
    def onward(self, data: st.DataObject, may_end: bool) -> None:
        """A step that will be accepted, usually one that does not close the message."""
        allowed: dict[Step, list[tuple[Facts, Doer]]] = {}
        for row in STEPS:
            if row.step in ASIDE or self.standing.state not in row.sources:
                continue
            if row.target in ENDS and not may_end:
                continue
            for told in TOLD[row.step]:
                for by in DOERS:
                    event = Event(OTHER, MESSAGE, row.step, self.at, by, told)
                    if isinstance(take(self.history, event), StepTaken):
                        allowed.setdefault(row.step, []).append((told, by))
        if allowed:
            step = data.draw(st.sampled_from(sorted(allowed)))
            told, by = data.draw(st.sampled_from(allowed[step]))
            assert isinstance(self.ask(step, told, by), StepTaken)

    @precondition(lambda self: self.standing.state is State.UNDER_REVIEW)
    @rule(data=st.data(), step=st.sampled_from(JUDGEMENTS), by=st.sampled_from(PEOPLE))
    def judge(self, data: st.DataObject, step: Step, by: Person) -> None:
        """A decision, with or without the required facts; only the assigned reviewer's is valid."""
        taker = self.standing.taken_by
        outcome = self.ask(step, data.draw(st.sampled_from(TOLD[step])), by)
        assert by == taker or isinstance(outcome, StepRefused)

    @precondition(lambda self: self.standing.state is State.UNDER_REVIEW)
    @rule(told=st.sampled_from(TOLD[Step.REFUSE]))
    def refuse(self, told: Facts) -> None:
        """A refusal by the assigned reviewer, with or without a ground."""
        taker = self.standing.taken_by
        assert taker is not None
        self.ask(Step.REFUSE, told, taker)

    @rule(step=st.sampled_from(Step), data=st.data())
    def anything(self, step: Step, data: st.DataObject) -> None:
        told = data.draw(st.sampled_from(TOLD[data.draw(st.sampled_from(Step))]))
        self.ask(step, told, data.draw(st.sampled_from(DOERS)))

    @precondition(lambda self: self.standing.decisions)
    @rule(data=st.data(), seconds=st.integers(0, 20), by=st.sampled_from(DOERS))
    def take_back(self, data: st.DataObject, seconds: int, by: Doer) -> None:
        """A decision undone in time by its author, or a refused attempt."""
        decided = data.draw(st.sampled_from(self.standing.decisions))
        self.at += timedelta(seconds=seconds)
        told = step_facts.TakenBack(decided.event.id)
        outcome = self.ask(Step.TAKE_BACK, told, data.draw(st.sampled_from((decided.event.by, by))))
        if isinstance(outcome, StepTaken):
            assert self.at - decided.event.at <= UNDO
            assert self.history.events[-1].by == decided.event.by
            assert replace(self.standing, last_at=None) == replace(decided.before, last_at=None)

    @precondition(lambda self: self.history.events)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(self.history.events))
        assert self.ask_event(event) == AlreadyTaken(event)

    @precondition(lambda self: self.history.events)
    @rule(data=st.data())
    def too_late(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(STEPS))
        told = data.draw(st.sampled_from(TOLD[row.step]))
        last = self.history.events[-1].at
        event = Event(OTHER, MESSAGE, row.step, last - timedelta(seconds=1), ways.MODERATOR, told)
        outcome = self.ask_event(event)
        assert isinstance(outcome, StepRefused)
        assert outcome.code is RefusalCode.OUT_OF_ORDER

    @invariant()
    def nothing_non_public_is_published(self) -> None:
        standing = self.standing
        if standing.is_published:
            assert standing.publicity is Publicity.PUBLIC
            assert not standing.confidential
            assert standing.number is not None
            sent = [given.answer for given in standing.answers if given.is_sent]
            assert not any(answer.confidential for answer in sent)
        else:
            assert standing.state is not State.PUBLISHED

    @invariant()
    def a_refusal_has_grounds_and_was_a_persons(self) -> None:
        is_refused = self.standing.state is State.REFUSED
        assert bool(self.standing.refused_on) == is_refused
        decided = [one for one in in_force(self.history.events) if one.step is not Step.NOTIFY]
        assert not is_refused or isinstance(decided[-1].by, Person)

    @invariant()
    def one_person_has_it_under_review(self) -> None:
        assert (self.standing.state is State.UNDER_REVIEW) == (self.standing.taken_by is not None)

    @invariant()
    def answers_are_numbered_and_sent_in_order(self) -> None:
        answers = self.standing.answers
        sent = [given.number for given in answers if given.is_sent]
        assert sent == list(range(1, len(sent) + 1))
        waiting = [given for given in answers if not given.is_sent and given.returned_with is None]
        assert len(waiting) == (self.standing.state is State.ANSWERED)
        if self.standing.state is State.PLANNED:
            assert answers[-1].answer.kind is AnswerKind.PLANNED
            assert self.standing.planned_on is not None

    @invariant()
    def reworks_are_counted(self) -> None:
        steps = [event.step for event in in_force(self.history.events)]
        assert self.standing.reworks == steps.count(Step.SEND_TO_REWORK)
        assert steps.count(Step.FORWARD_BY_VOTES) == (self.standing.passed_on_at is not None)

    @invariant()
    def a_message_has_one_number(self) -> None:
        counted = in_force(self.history.events)
        kinds = [event for event in counted if isinstance(event.facts, step_facts.Numbered)]
        assert len(kinds) == (self.standing.number is not None)

    def teardown(self) -> None:
        self.every_event_is_allowed_by_the_table()
        self.the_events_make_the_same_again()

    def every_event_is_allowed_by_the_table(self) -> None:
        made = begun(MESSAGE)
        for event in self.history.events:
            row = rule_of(event.step, made.standing.state)
            assert row is not None
            outcome = take(made, event)
            assert isinstance(outcome, StepTaken)
            if event.step is not Step.TAKE_BACK:
                assert outcome.history.standing.state is (row.target or made.standing.state)
            made = outcome.history

    def the_events_make_the_same_again(self) -> None:
        events = self.history.events
        again = replay(MESSAGE, (*events, *events))
        assert again.history == self.history
        assert recalled(MESSAGE, events) == self.history
        assert again.told == tuple(AlreadyTaken(event) for event in events)


TestMessage = MessageMachine.TestCase
TestMessage.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
