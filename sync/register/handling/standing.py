"""State of a message derived from its events, and the effect of each event on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import assert_never
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.handling.answers import GivenAnswer, Rating
from sync.register.handling.contents import Confidential, Contents
from sync.register.handling.events import Doer, Event, Step
from sync.register.handling.step_facts import (
    AnswerFacts,
    AnswerGiven,
    CallLinked,
    ConfidentialFound,
    Explained,
    IntakeFacts,
    Link,
    Linked,
    LinkKind,
    NoticeOutcome,
    Notified,
    Numbered,
    Official,
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
from sync.register.messages import Publicity, State
from sync.register.numbering import RegistrationNumber

NOTHING_TOLD = Contents("", 0, None, None, "", None, None)
UNDO = timedelta(seconds=15)
"""Period in which a decision can be reverted."""
HELD_BACK = UNDO + timedelta(seconds=1)
"""Delay before notifications of a decision are sent, because the decision may still be reverted."""
TOO_FAR_AHEAD = timedelta(minutes=5)
"""Limit for a first attempt scheduled in the future; a later time was set by a clock ahead
of time.
"""
UNDOABLE = frozenset(
    {
        Step.REGISTER,
        Step.REGISTER_AND_PUBLISH,
        Step.PUBLISH,
        Step.WITHHOLD,
        Step.REFUSE,
        Step.REMOVE_DUPLICATE,
        Step.SEND_TO_ORGAN,
        Step.REDIRECT,
        Step.RETURN_ANSWER,
        Step.SEND_ANSWER,
        Step.SEND_PLAN,
        Step.SEND_TO_REWORK,
        Step.FORWARD_BY_VOTES,
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """Recent decision that can be reverted, and the state of the message before it."""

    event: Event
    before: Standing


@dataclass(frozen=True, slots=True)
class Standing:
    """State of a message derived from its events; never stored.

    ``taken_by`` is the reviewer who claimed the message. ``published_at`` is set only while others
    can see it. ``answer_term_from`` is the start of the running answer deadline: registration,
    arrival of a planned date, a negative rating, a rework, or escalation after an answer.
    ``last_at`` is the time of the last event. ``official`` is the notified official of the
    authority. ``notified`` is the result of notifying the author of a refusal, None while pending.
    ``decisions`` are recent decisions without later events, which can be reverted.
    """

    message_id: UUID
    state: State = State.DRAFT
    contents: Contents = NOTHING_TOLD
    publicity: Publicity = Publicity.NOT_STATED
    publicity_by: Doer | None = None
    confidential: frozenset[Confidential] = frozenset()
    number: RegistrationNumber | None = None
    taken_by: Doer | None = None
    submitted_at: datetime | None = None
    registered_at: datetime | None = None
    published_at: datetime | None = None
    refused_on: frozenset[Ground] = frozenset()
    notified: Notified | None = None
    organ: str | None = None
    official: Official | None = None
    answer_term_from: datetime | None = None
    answers: tuple[GivenAnswer, ...] = ()
    reworks: int = 0
    passed_on_at: datetime | None = None
    links: tuple[Link, ...] = ()
    call_ids: tuple[UUID, ...] = ()
    last_at: datetime | None = None
    decisions: tuple[Decided, ...] = ()

    @property
    def may_be_public(self) -> bool:
        """Whether the author wants the message public and nothing in it is confidential
        (6.8-6.12).
        """
        return self.publicity is Publicity.PUBLIC and not self.confidential

    @property
    def is_not_notified(self) -> bool:
        """Whether the message was refused and its author could not be notified (7.10)."""
        return self.notified is not None and self.notified.outcome is NoticeOutcome.NOBODY

    @property
    def is_published(self) -> bool:
        """Whether other users and guests can see the message and its answers (6.9)."""
        return self.published_at is not None

    @property
    def answer(self) -> GivenAnswer | None:
        """The newest answer, sent or not."""
        return self.answers[-1] if self.answers else None

    @property
    def owes_rework(self) -> bool:
        """Whether the message has a negative rating and no authority is selected for the rework
        (10.3).
        """
        given = self.answer
        return self.state is State.RATED and given is not None and given.rating is Rating.BAD

    @property
    def planned_on(self) -> date | None:
        """The planned date that is awaited and on which the message is reopened (9.6), or None."""
        if self.state is not State.PLANNED or self.answer is None:
            return None
        return self.answer.answer.planned_on


def after(standing: Standing, event: Event, state: State) -> Standing:
    """Returns the state of the message after an allowed event; ``state`` is the new status."""
    facts = event.facts
    if isinstance(facts, TakenBack):
        return _taken_back(standing, facts, event)
    moved = replace(standing, state=state, last_at=event.at, decisions=_decisions(standing, event))
    if isinstance(facts, IntakeFacts):
        changed = _taken_in(moved, facts, event)
    elif isinstance(facts, AnswerFacts):
        changed = _handled(moved, facts, event, standing.state)
    elif isinstance(facts, Explained):
        changed = _explained(moved, facts.text, event)
    else:
        changed = _stepped(moved, event)
    return _kept_from_others(changed)


def decision(standing: Standing, event_id: UUID) -> Decided | None:
    """Returns the decision made by this event if it can still be reverted, otherwise None."""
    return next((one for one in standing.decisions if one.event.id == event_id), None)


def _decisions(standing: Standing, event: Event) -> tuple[Decided, ...]:
    if event.step not in UNDOABLE:
        return ()
    recent = (one for one in standing.decisions if event.at - one.event.at <= UNDO)
    return *recent, Decided(event, replace(standing, decisions=()))


def _taken_back(standing: Standing, facts: TakenBack, event: Event) -> Standing:
    decided = decision(standing, facts.event_id)
    before = standing if decided is None else decided.before
    return replace(before, last_at=event.at, decisions=())


def _taken_in(standing: Standing, facts: IntakeFacts, event: Event) -> Standing:
    match facts:
        case Told(contents):
            sent_at = event.at if event.step is Step.SUBMIT else standing.submitted_at
            return replace(standing, contents=contents, submitted_at=sent_at)
        case PublicityStated(publicity):
            return replace(standing, publicity=publicity, publicity_by=event.by)
        case ConfidentialFound(kinds):
            return replace(standing, confidential=standing.confidential | kinds)
        case Linked(link):
            return _linked(standing, link)
        case SplitUp(into):
            return _linked(standing, *(Link(LinkKind.SPLIT_INTO, other) for other in into))
        case CallLinked(call_id):
            return replace(standing, call_ids=(*standing.call_ids, call_id))
        case Numbered(number):
            at = event.at if event.step is Step.REGISTER_AND_PUBLISH else None
            return replace(
                _released(standing),
                number=number,
                registered_at=event.at,
                answer_term_from=event.at,
                published_at=at,
            )
        case RefusedOn(grounds):
            return replace(_released(standing), refused_on=grounds)
        case Notified():
            return replace(standing, notified=facts)
        case Repeated(original_id):
            return _linked(_released(standing), Link(LinkKind.REPEATS, original_id))
        case _ as unreachable:
            assert_never(unreachable)


def _handled(standing: Standing, facts: AnswerFacts, event: Event, before: State) -> Standing:
    match facts:
        case Routed(organ, official=official) if event.step is Step.SEND_TO_REWORK:
            return replace(
                standing,
                organ=organ,
                official=official,
                answer_term_from=event.at,
                reworks=standing.reworks + 1,
            )
        case Routed(organ, official=official):
            return replace(standing, organ=organ, official=official)
        case AnswerGiven(answer):
            given = GivenAnswer(1 + sum(given.is_sent for given in standing.answers), answer)
            return replace(standing, answers=(*standing.answers, given))
        case Rated(rating, remarks):
            rated = _with_answer(standing, replace(_last(standing), rating=rating, remarks=remarks))
            # The rework deadline runs from the rating, even before an authority is selected (10.3).
            return replace(rated, answer_term_from=event.at) if rated.owes_rework else rated
        case VotesCounted(_, organ):
            # A message already at an authority keeps its deadline; for an answered one the deadline
            # restarts.
            anew = before is State.ANSWER_SENT
            began = event.at if anew else standing.answer_term_from
            return replace(standing, organ=organ, passed_on_at=event.at, answer_term_from=began)
        case _ as unreachable:
            assert_never(unreachable)


def _explained(standing: Standing, text: str, event: Event) -> Standing:
    match event.step:
        case Step.CLEAR_CONFIDENTIAL:
            return replace(standing, confidential=frozenset())
        case Step.WITHHOLD:
            return replace(standing, publicity=Publicity.NON_PUBLIC, publicity_by=event.by)
        case Step.RETURN_ANSWER:
            return _with_answer(standing, replace(_last(standing), returned_with=text))
        case _:
            return standing


def _stepped(standing: Standing, event: Event) -> Standing:
    match event.step:
        case Step.TAKE_UP:
            return replace(standing, taken_by=event.by)
        case Step.RELEASE:
            return _released(standing)
        case Step.PUBLISH:
            return replace(standing, published_at=event.at)
        case Step.SEND_ANSWER | Step.SEND_PLAN:
            return _with_answer(standing, replace(_last(standing), is_sent=True))
        case Step.REOPEN_PLANNED:
            return replace(standing, answer_term_from=event.at)
        case _:
            return standing


def _kept_from_others(standing: Standing) -> Standing:
    """Withdraws the publication of a non-public or removed message (6.4, 6.11)."""
    if standing.may_be_public and standing.state is not State.REMOVED_AS_DUPLICATE:
        return standing
    return replace(standing, published_at=None)


def _released(standing: Standing) -> Standing:
    return replace(standing, taken_by=None)


def _linked(standing: Standing, *links: Link) -> Standing:
    return replace(standing, links=(*standing.links, *links))


def _last(standing: Standing) -> GivenAnswer:
    return standing.answers[-1]


def _with_answer(standing: Standing, changed: GivenAnswer) -> Standing:
    return replace(standing, answers=(*standing.answers[:-1], changed))
