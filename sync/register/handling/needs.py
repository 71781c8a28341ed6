"""Preconditions of actions, each with a code, and the city settings that they depend on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from sync.register.checks.finding import Ground
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import (
    ATTACHMENT_FORMATS,
    AnswerKind,
    AnswerLack,
    Rating,
    lacks_of,
)
from sync.register.handling.contents import missing_of
from sync.register.handling.events import Event
from sync.register.handling.standing import UNDO, Standing, decision
from sync.register.handling.step_facts import (
    AnswerGiven,
    ConfidentialFound,
    Explained,
    Linked,
    Rated,
    RefusedOn,
    Repeated,
    Routed,
    SplitUp,
    TakenBack,
    Told,
    VotesCounted,
)
from sync.register.handling.votes import is_over_mark
from sync.register.messages import MessageProblem
from sync.register.numbering import MOSCOW
from sync.register.people.operators import Action, Person, may

REST_ON_EARLIER_MESSAGE = frozenset({Ground.ANSWERED_BEFORE, Ground.REPEATED})
"""Grounds of refusal that require a reference to an earlier message."""


@dataclass(frozen=True, slots=True)
class CityRules:
    """Options that the Regulation leaves to the city.

    ``tells_of_registration``: whether the author of a non-public message is notified of its
    registration; 7.8 covers only public messages. ``attachment_formats`` are the accepted formats
    of answer files (9.9). ``zone`` is the city's time zone.
    """

    tells_of_registration: bool = True
    attachment_formats: frozenset[FileFormat] = ATTACHMENT_FORMATS
    zone: ZoneInfo = MOSCOW


class Need(StrEnum):
    """Precondition of an action on a message."""

    SOMETHING_TOLD = "something_told"
    """The message has a text or a photo (6.1)."""
    COMPLETE = "complete"
    """The message has text or photo, date, time, location, category; missing ones are reported
    singly.
    """
    PARTS = "parts"
    """The action names at least one new draft, and all named drafts are different."""
    OTHER_MESSAGE = "other_message"
    """The action names a message other than this one."""
    REASON = "reason"
    """The action has a reason in the operator's words."""
    KINDS_OF_CONFIDENTIAL = "kinds_of_confidential"
    MARKED_CONFIDENTIAL = "marked_confidential"
    """The message is marked as confidential."""
    PUBLISHED = "published"
    """The message is visible to other users."""
    PUBLIC = "public"
    """The author stated "public", and nothing in the message is confidential under 6.12."""
    NON_PUBLIC = "non_public"
    """The author did not state "public", or the message is confidential under 6.12."""
    HELD_BY_DOER = "held_by_doer"
    """The actor has claimed the message."""
    HELD_OR_OVERRULED = "held_or_overruled"
    """The actor has claimed the message, or may release the claim of a colleague."""
    GROUNDS = "grounds"
    """The refusal has at least one ground of 7.7."""
    WHAT_TO_CORRECT = "what_to_correct"
    """The refusal states what the author must correct (7.10)."""
    EARLIER_MESSAGE = "earlier_message"
    """The refusal names the earlier message that grounds 6.3-8 and 6.4 require."""
    ORIGINAL_IN_TERM = "original_in_term"
    """The answer deadline of the original message is running (6.4)."""
    ORGAN = "organ"
    REASON_FOR_OTHER_ORGAN = "reason_for_other_organ"
    """A reason is given if the authority is not the one of topic and category (7.9)."""
    ANOTHER_ORGAN = "another_organ"
    """The action names an authority other than the current one."""
    OWN_ANSWER = "own_answer"
    """The answer is the operator's own, and the message is at no authority (9.3)."""
    ORGANS_ANSWER = "organs_answer"
    """The answer is from an authority, and the message was sent to one (9.5)."""
    ANSWER_COMPLETE = "answer_complete"
    """The answer has all parts required for its kind (9.4); missing parts are reported singly."""
    ORGAN_TO_KEEP_PLAN = "organ_to_keep_plan"
    """A planned date comes from an authority, which is reminded on that date (9.6)."""
    FINAL_ANSWER = "final_answer"
    """The answer states that the problem is solved or cannot be solved."""
    PLAN = "plan"
    """The answer has a planned date and measures."""
    FIT_TO_PUBLISH = "fit_to_publish"
    """The message is not published, or its answer has no content confidential under 6.12."""
    PLANNED_DATE_COME = "planned_date_come"
    NOT_RATED_YET = "not_rated_yet"
    """The answer has no rating yet: there is one rating per answer."""
    NOT_NEGATIVE = "not_negative"
    NEGATIVE = "negative"
    REMARKS = "remarks"
    """The rating has specific remarks (10.2)."""
    RATED_NEGATIVELY = "rated_negatively"
    NO_OPEN_REMARKS = "no_open_remarks"
    """The last answer was not rated negatively, which would require rework (10.3)."""
    VOTES_OVER_MARK = "votes_over_mark"
    """More than a thousand users voted within 72 hours (10.6)."""
    NOT_PASSED_ON_YET = "not_passed_on_yet"
    JUST_DECIDED = "just_decided"
    """The decision was made in the last fifteen seconds, and no events followed."""
    OWN_DECISION = "own_decision"
    """The decision was made by the same person who reverts it."""


Lack = Need | MessageProblem | AnswerLack
"""A missing part or unmet precondition."""

PARAGRAPHS: Mapping[Lack, str] = {
    MessageProblem.TEXT_MISSING: "6.1",
    MessageProblem.DATE_MISSING: "6.1",
    MessageProblem.TIME_MISSING: "6.1",
    MessageProblem.PLACE_MISSING: "6.1",
    MessageProblem.CATEGORY_MISSING: "5.3",
    Need.SOMETHING_TOLD: "6.1",
    Need.PUBLIC: "6.8",
    Need.NON_PUBLIC: "6.9",
    Need.PUBLISHED: "6.9",
    Need.HELD_BY_DOER: "7.6",
    Need.WHAT_TO_CORRECT: "7.10",
    Need.REASON_FOR_OTHER_ORGAN: "7.9",
    AnswerLack.TEXT: "9.4",
    AnswerLack.PLANNED_DATE: "9.4",
    AnswerLack.PLANNED_DATE_AHEAD: "9.4",
    AnswerLack.MEASURES: "9.4",
    AnswerLack.GROUNDS: "9.4",
    AnswerLack.ATTACHMENT_FORMAT: "9.9",
    Need.ORGAN_TO_KEEP_PLAN: "9.6",
    Need.FIT_TO_PUBLISH: "6.12",
    Need.REMARKS: "10.2",
    Need.NO_OPEN_REMARKS: "10.3",
}
"""Clause that requires the missing part, if it is not the clause of the action."""

_Check = Callable[[Standing, Event], bool]


def unmet(need: Need, standing: Standing, event: Event, city: CityRules) -> tuple[Lack, ...]:
    """Returns the missing parts or the unmet precondition; empty if ``need`` is met."""
    day = event.at.astimezone(city.zone).date()
    if need is Need.COMPLETE:
        return missing_of(standing.contents)
    if need is Need.ANSWER_COMPLETE and isinstance(event.facts, AnswerGiven):
        return lacks_of(event.facts.answer, day, city.attachment_formats)
    if need is Need.PLANNED_DATE_COME:
        return () if _planned_date_came(standing, day) else (need,)
    return () if _CHECKS[need](standing, event) else (need,)


def _planned_date_came(standing: Standing, day: date) -> bool:
    planned_on = standing.planned_on
    return planned_on is not None and planned_on <= day


def _reason_given(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, Explained) and bool(event.facts.text.strip())


def _is_other_message(standing: Standing, event: Event) -> bool:
    own = standing.message_id
    return (isinstance(event.facts, Linked) and event.facts.link.message_id != own) or (
        isinstance(event.facts, Repeated) and event.facts.original_id != own
    )


def _parts_are_others(standing: Standing, event: Event) -> bool:
    parts = event.facts.into if isinstance(event.facts, SplitUp) else ()
    return bool(parts) and len({standing.message_id, *parts}) == len(parts) + 1


def _held(standing: Standing, event: Event) -> bool:
    holder = standing.taken_by
    # Compared by id: name and role may have changed since the claim.
    return isinstance(holder, Person) and isinstance(event.by, Person) and holder.id == event.by.id


def _held_or_overruled(standing: Standing, event: Event) -> bool:
    return _held(standing, event) or (
        isinstance(event.by, Person) and may(event.by.role, Action.OVERRULE)
    )


def _grounds_named(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, RefusedOn) and bool(event.facts.grounds)


def _correction_explained(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, RefusedOn) and bool(event.facts.explanation.strip())


def _earlier_message_named(standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, RefusedOn) and (
        not event.facts.grounds & REST_ON_EARLIER_MESSAGE
        or event.facts.earlier_id not in {None, standing.message_id}
    )


def _organ_named(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, Routed | VotesCounted) and bool(event.facts.organ.strip())


def _other_organ_explained(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, Routed) and (
        event.facts.organ == event.facts.route_organ or bool(event.facts.reason.strip())
    )


def _is_own_answer(standing: Standing, event: Event) -> bool:
    return (
        isinstance(event.facts, AnswerGiven)
        and event.facts.answer.organ is None
        and standing.organ is None
    )


def _is_organs_answer(standing: Standing, event: Event) -> bool:
    return (
        isinstance(event.facts, AnswerGiven)
        and bool((event.facts.answer.organ or "").strip())
        and standing.organ is not None
    )


def _is_plan(standing: Standing, _event: Event) -> bool:
    given = standing.answer
    return given is not None and given.answer.kind is AnswerKind.PLANNED


def _may_be_seen(standing: Standing, _event: Event) -> bool:
    given = standing.answer
    return not standing.is_published or given is None or not given.answer.confidential


def _is_rated_negatively(standing: Standing, _event: Event) -> bool:
    given = standing.answer
    return given is not None and given.rating is Rating.BAD


def _is_not_rated(standing: Standing, _event: Event) -> bool:
    given = standing.answer
    return given is not None and given.rating is None


def _is_just_decided(standing: Standing, event: Event) -> bool:
    return (
        isinstance(event.facts, TakenBack)
        and (decided := decision(standing, event.facts.event_id)) is not None
        and event.at - decided.event.at <= UNDO
    )


def _is_own_decision(standing: Standing, event: Event) -> bool:
    # All later decisions are reverted together with this one.
    return all(
        isinstance(one.event.by, Person)
        and isinstance(event.by, Person)
        and one.event.by.id == event.by.id
        for one in standing.decisions
    )


def _is_negative(_standing: Standing, event: Event) -> bool:
    return isinstance(event.facts, Rated) and event.facts.rating is Rating.BAD


def _opposite(check: _Check) -> _Check:
    return lambda standing, event: not check(standing, event)


_CHECKS: dict[Need, _Check] = {
    Need.SOMETHING_TOLD: lambda _standing, event: (
        isinstance(event.facts, Told) and event.facts.contents.tells_something
    ),
    Need.PARTS: _parts_are_others,
    Need.OTHER_MESSAGE: _is_other_message,
    Need.REASON: _reason_given,
    Need.KINDS_OF_CONFIDENTIAL: lambda _standing, event: (
        isinstance(event.facts, ConfidentialFound) and bool(event.facts.kinds)
    ),
    Need.MARKED_CONFIDENTIAL: lambda standing, _event: bool(standing.confidential),
    Need.PUBLISHED: lambda standing, _event: standing.is_published,
    Need.PUBLIC: lambda standing, _event: standing.may_be_public,
    Need.NON_PUBLIC: lambda standing, _event: not standing.may_be_public,
    Need.HELD_BY_DOER: _held,
    Need.HELD_OR_OVERRULED: _held_or_overruled,
    Need.GROUNDS: _grounds_named,
    Need.WHAT_TO_CORRECT: _correction_explained,
    Need.EARLIER_MESSAGE: _earlier_message_named,
    Need.ORIGINAL_IN_TERM: lambda _standing, event: (
        isinstance(event.facts, Repeated) and event.facts.is_in_term
    ),
    Need.ORGAN: _organ_named,
    Need.REASON_FOR_OTHER_ORGAN: _other_organ_explained,
    Need.ANOTHER_ORGAN: lambda standing, event: (
        isinstance(event.facts, Routed) and event.facts.organ != standing.organ
    ),
    Need.OWN_ANSWER: _is_own_answer,
    Need.ORGANS_ANSWER: _is_organs_answer,
    Need.ORGAN_TO_KEEP_PLAN: lambda _standing, event: (
        isinstance(event.facts, AnswerGiven) and event.facts.answer.kind is not AnswerKind.PLANNED
    ),
    Need.FINAL_ANSWER: _opposite(_is_plan),
    Need.PLAN: _is_plan,
    Need.FIT_TO_PUBLISH: _may_be_seen,
    Need.NOT_RATED_YET: _is_not_rated,
    Need.NOT_NEGATIVE: _opposite(_is_negative),
    Need.NEGATIVE: _is_negative,
    Need.REMARKS: lambda _standing, event: (
        isinstance(event.facts, Rated) and bool(event.facts.remarks.strip())
    ),
    Need.RATED_NEGATIVELY: _is_rated_negatively,
    Need.NO_OPEN_REMARKS: _opposite(_is_rated_negatively),
    Need.VOTES_OVER_MARK: lambda _standing, event: (
        isinstance(event.facts, VotesCounted) and is_over_mark(event.facts.users_in_time)
    ),
    Need.JUST_DECIDED: _is_just_decided,
    Need.OWN_DECISION: _is_own_decision,
    Need.NOT_PASSED_ON_YET: lambda standing, _event: standing.passed_on_at is None,
}
