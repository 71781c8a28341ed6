"""Transition table of messages: source states, action, target state, actors, preconditions,
notifications.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.register.handling.events import Source, Step
from sync.register.handling.needs import Need
from sync.register.handling.notices import Notice
from sync.register.handling.step_facts import (
    AnswerGiven,
    CallLinked,
    ConfidentialFound,
    Explained,
    Facts,
    Linked,
    NoFacts,
    Notified,
    Numbered,
    PublicityStated,
    Rated,
    RefusedOn,
    Repeated,
    Routed,
    SplitUp,
    TakenBack,
    Told,
    VotesCounted,
)
from sync.register.messages import AFTER_PUBLICATION, BEFORE_PUBLICATION, OPEN, State
from sync.register.people.operators import Action

Who = frozenset[Action | Source]


@dataclass(frozen=True, slots=True)
class StepRule:
    """A transition: an action that is allowed in the states ``sources``.

    ``target`` is None if the state does not change. ``who`` contains the rights of which a person
    needs one, and the sources that may act without a person. ``facts`` is the type of the event
    data.
    """

    step: Step
    sources: frozenset[State]
    target: State | None
    who: Who
    facts: type[Facts]
    needs: tuple[Need, ...]
    notices: tuple[Notice, ...]
    paragraph: str


DESK: Who = frozenset({Action.REGISTER_MESSAGES})
SYSTEM: Who = frozenset({Source.SYSTEM})
PLATFORM: Who = frozenset({Source.PLATFORM})


def row(
    step: Step,
    sources: frozenset[State] | set[State],
    target: State | None,
    facts: type[Facts],
    paragraph: str,
    *needs: Need,
    who: Who = DESK,
    notices: tuple[Notice, ...] = (),
) -> StepRule:
    """Builds a transition; by default, operators who may register messages can perform it."""
    return StepRule(step, frozenset(sources), target, who, facts, needs, notices, paragraph)


_INTAKE = (
    row(
        Step.SUBMIT,
        {State.DRAFT},
        State.SUBMITTED,
        Told,
        "7.5",
        Need.SOMETHING_TOLD,
        who=DESK | PLATFORM,
    ),
    row(Step.SPLIT, {State.DRAFT}, None, SplitUp, "6.3", Need.PARTS),
    row(Step.JOIN, {State.DRAFT}, State.CLOSED, Linked, "6.4", Need.OTHER_MESSAGE),
    row(Step.DISCARD, {State.DRAFT}, State.CLOSED, Explained, "5.1", Need.REASON),
    row(Step.LINK, OPEN, None, Linked, "6.4", Need.OTHER_MESSAGE),
    # Closed messages are included, because a caller may ask about the outcome.
    row(Step.LINK_CALL, OPEN | {State.CLOSED}, None, CallLinked, "7.3"),
)

_PUBLICITY = (
    row(
        Step.STATE_PUBLICITY,
        BEFORE_PUBLICATION,
        None,
        PublicityStated,
        "6.8",
        who=DESK | PLATFORM,
    ),
    # An automatic check may set the mark, because it only hides the message; only a person removes
    # it.
    row(
        Step.MARK_CONFIDENTIAL,
        BEFORE_PUBLICATION | AFTER_PUBLICATION,
        None,
        ConfidentialFound,
        "6.12",
        Need.KINDS_OF_CONFIDENTIAL,
        who=DESK | SYSTEM,
    ),
    row(
        Step.MARK_CONFIDENTIAL,
        {State.PUBLISHED},
        State.REGISTERED,
        ConfidentialFound,
        "6.12",
        Need.KINDS_OF_CONFIDENTIAL,
        who=DESK | SYSTEM,
    ),
    row(
        Step.CLEAR_CONFIDENTIAL,
        BEFORE_PUBLICATION,
        None,
        Explained,
        "6.12",
        Need.MARKED_CONFIDENTIAL,
        Need.REASON,
    ),
    row(
        Step.WITHHOLD,
        {State.PUBLISHED},
        State.REGISTERED,
        Explained,
        "6.11",
        Need.REASON,
        who=DESK | PLATFORM,
    ),
    row(
        Step.WITHHOLD,
        AFTER_PUBLICATION,
        None,
        Explained,
        "6.11",
        Need.PUBLISHED,
        Need.REASON,
        who=DESK | PLATFORM,
    ),
)

_REVIEW = (
    row(Step.TAKE_UP, {State.SUBMITTED}, State.UNDER_REVIEW, NoFacts, "7.6"),
    row(
        Step.RELEASE,
        {State.UNDER_REVIEW},
        State.SUBMITTED,
        NoFacts,
        "7.6",
        Need.HELD_OR_OVERRULED,
    ),
    row(
        Step.CORRECT,
        {State.UNDER_REVIEW},
        None,
        Told,
        "7.6",
        Need.HELD_BY_DOER,
        Need.SOMETHING_TOLD,
    ),
    row(
        Step.ASK_COLLEAGUE,
        {State.UNDER_REVIEW},
        None,
        Explained,
        "7.6",
        Need.HELD_BY_DOER,
        Need.REASON,
    ),
    row(
        Step.REGISTER,
        {State.UNDER_REVIEW},
        State.REGISTERED,
        Numbered,
        "7.11",
        Need.HELD_BY_DOER,
        Need.COMPLETE,
        Need.NON_PUBLIC,
        notices=(Notice.REGISTERED,),
    ),
    row(
        Step.REGISTER_AND_PUBLISH,
        {State.UNDER_REVIEW},
        State.PUBLISHED,
        Numbered,
        "7.8",
        Need.HELD_BY_DOER,
        Need.COMPLETE,
        Need.PUBLIC,
        notices=(Notice.REGISTERED_AND_PUBLISHED,),
    ),
    row(
        Step.PUBLISH,
        {State.REGISTERED},
        State.PUBLISHED,
        NoFacts,
        "6.9",
        Need.PUBLIC,
        notices=(Notice.PUBLISHED,),
    ),
    row(
        Step.REFUSE,
        {State.UNDER_REVIEW},
        State.REFUSED,
        RefusedOn,
        "7.7",
        Need.HELD_BY_DOER,
        Need.GROUNDS,
        Need.WHAT_TO_CORRECT,
        Need.EARLIER_MESSAGE,
        notices=(Notice.REFUSED,),
    ),
    # The deadline of 7.11 ends when the notification is sent, not when the decision is made.
    row(Step.NOTIFY, {State.REFUSED}, None, Notified, "7.11", who=SYSTEM),
    row(
        Step.REMOVE_DUPLICATE,
        {State.UNDER_REVIEW},
        State.REMOVED_AS_DUPLICATE,
        Repeated,
        "6.4",
        Need.HELD_BY_DOER,
        Need.OTHER_MESSAGE,
        Need.ORIGINAL_IN_TERM,
        notices=(Notice.DUPLICATE_REMOVED,),
    ),
    row(
        Step.REMOVE_DUPLICATE,
        {State.REGISTERED, State.PUBLISHED},
        State.REMOVED_AS_DUPLICATE,
        Repeated,
        "6.4",
        Need.OTHER_MESSAGE,
        Need.ORIGINAL_IN_TERM,
        notices=(Notice.DUPLICATE_REMOVED,),
    ),
)

_AT_ORGAN = frozenset({State.AT_ORGAN, State.REWORK, State.PASSED_ON})

_ANSWERS = (
    row(
        Step.SEND_TO_ORGAN,
        {State.REGISTERED, State.PUBLISHED},
        State.AT_ORGAN,
        Routed,
        "7.9",
        Need.ORGAN,
        Need.REASON_FOR_OTHER_ORGAN,
        notices=(Notice.MESSAGE_FOR_ORGAN,),
    ),
    row(
        Step.REDIRECT,
        _AT_ORGAN,
        None,
        Routed,
        "7.9",
        Need.ORGAN,
        Need.ANOTHER_ORGAN,
        Need.REASON_FOR_OTHER_ORGAN,
        notices=(Notice.MESSAGE_FOR_ORGAN,),
    ),
    row(
        Step.ANSWER_BY_OPERATOR,
        {State.REGISTERED, State.PUBLISHED, State.ANSWER_RETURNED},
        State.ANSWERED,
        AnswerGiven,
        "9.3",
        Need.OWN_ANSWER,
        Need.ANSWER_COMPLETE,
        Need.ORGAN_TO_KEEP_PLAN,
    ),
    row(
        Step.RECEIVE_ANSWER,
        _AT_ORGAN | {State.ANSWER_RETURNED, State.PLANNED},
        State.ANSWERED,
        AnswerGiven,
        "9.5",
        Need.ORGANS_ANSWER,
        Need.ANSWER_COMPLETE,
        who=DESK | PLATFORM,
    ),
    row(
        Step.RETURN_ANSWER,
        {State.ANSWERED},
        State.ANSWER_RETURNED,
        Explained,
        "9.5",
        Need.REASON,
        notices=(Notice.ANSWER_RETURNED,),
    ),
    row(
        Step.SEND_ANSWER,
        {State.ANSWERED},
        State.ANSWER_SENT,
        NoFacts,
        "9.5",
        Need.FINAL_ANSWER,
        Need.FIT_TO_PUBLISH,
        notices=(Notice.ANSWER,),
    ),
    row(
        Step.SEND_PLAN,
        {State.ANSWERED},
        State.PLANNED,
        NoFacts,
        "9.5",
        Need.PLAN,
        Need.FIT_TO_PUBLISH,
        notices=(Notice.ANSWER,),
    ),
    row(
        Step.REOPEN_PLANNED,
        {State.PLANNED},
        State.AT_ORGAN,
        NoFacts,
        "9.6",
        Need.PLANNED_DATE_COME,
        who=SYSTEM,
        notices=(Notice.FURTHER_ANSWER_DUE,),
    ),
)

_FEEDBACK = (
    row(
        Step.RATE,
        {State.ANSWER_SENT},
        State.RATED,
        Rated,
        "10.1",
        Need.NOT_RATED_YET,
        Need.NOT_NEGATIVE,
        who=DESK | PLATFORM,
    ),
    row(
        Step.RATE,
        {State.PLANNED},
        None,
        Rated,
        "10.1",
        Need.NOT_RATED_YET,
        Need.NOT_NEGATIVE,
        who=DESK | PLATFORM,
    ),
    row(
        Step.RATE_NEGATIVELY,
        {State.ANSWER_SENT, State.PLANNED},
        State.RATED,
        Rated,
        "10.2",
        Need.NOT_RATED_YET,
        Need.NEGATIVE,
        Need.REMARKS,
        who=DESK | PLATFORM,
    ),
    row(
        Step.SEND_TO_REWORK,
        {State.RATED},
        State.REWORK,
        Routed,
        "10.3",
        Need.RATED_NEGATIVELY,
        Need.ORGAN,
        Need.REASON_FOR_OTHER_ORGAN,
        who=DESK | SYSTEM,
        notices=(Notice.REWORK_FOR_ORGAN, Notice.REWORK_FOR_USER),
    ),
    row(
        Step.FORWARD_BY_VOTES,
        {State.PUBLISHED, State.AT_ORGAN, State.ANSWER_SENT},
        State.PASSED_ON,
        VotesCounted,
        "10.6",
        Need.PUBLISHED,
        Need.VOTES_OVER_MARK,
        Need.NOT_PASSED_ON_YET,
        Need.ORGAN,
        notices=(Notice.PASSED_ON_BY_VOTES,),
    ),
    # The authority already has these messages or gets them back automatically: it is only notified.
    row(
        Step.FORWARD_BY_VOTES,
        {State.ANSWERED, State.ANSWER_RETURNED, State.PLANNED, State.RATED, State.REWORK},
        None,
        VotesCounted,
        "10.6",
        Need.PUBLISHED,
        Need.VOTES_OVER_MARK,
        Need.NOT_PASSED_ON_YET,
        Need.ORGAN,
        notices=(Notice.PASSED_ON_BY_VOTES,),
    ),
    row(
        Step.CLOSE,
        {State.ANSWER_SENT, State.RATED},
        State.CLOSED,
        NoFacts,
        "10.1",
        Need.NO_OPEN_REMARKS,
        who=DESK | SYSTEM,
    ),
)

# A delay of fifteen seconds replaces a confirmation: no notification has been sent before it ends.
_UNDONE = (
    row(
        Step.TAKE_BACK,
        frozenset(State) - {State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.CLOSED},
        None,
        TakenBack,
        "7.6",
        Need.JUST_DECIDED,
        Need.OWN_DECISION,
    ),
)

STEPS: tuple[StepRule, ...] = _INTAKE + _PUBLICITY + _REVIEW + _ANSWERS + _FEEDBACK + _UNDONE

_BY_STEP = {(rule.step, state): rule for rule in STEPS for state in rule.sources}


def rule_of(step: Step, state: State) -> StepRule | None:
    """Returns the transition for an action in this state; None if there is none."""
    return _BY_STEP.get((step, state))


def paragraphs_of(step: Step) -> tuple[str, ...]:
    """Returns the clauses about an action, in order of the table, without duplicates."""
    return tuple(dict.fromkeys(rule.paragraph for rule in STEPS if rule.step is step))
