"""A message with its history: registration actions, record projection, split of a draft."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from sync.register.handling.contents import Confidential, Contents
from sync.register.handling.events import Doer, Event, Source, Step
from sync.register.handling.history import (
    DEFAULT_RULES,
    AlreadyTaken,
    History,
    StepRefused,
    StepTaken,
    take,
)
from sync.register.handling.needs import CityRules
from sync.register.handling.notices import Notice
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import (
    AnswerGiven,
    CallLinked,
    ConfidentialFound,
    Facts,
    NoFacts,
    Numbered,
    PublicityStated,
    Routed,
    Told,
)
from sync.register.messages import MessageRecord, Publicity, State, edit
from sync.register.numbering import RegistrationNumber

Asked = tuple[Step, Facts]
"""Action to apply to a message, with its data."""


@dataclass(frozen=True, slots=True)
class HandledMessage:
    """A message record with its complete history of events."""

    record: MessageRecord
    history: History

    @property
    def id(self) -> UUID:
        return self.record.id

    @property
    def standing(self) -> Standing:
        return self.history.standing

    @property
    def unjudged_answer(self) -> str | None:
        """Answer received from the platform that no operator has classified yet (9.4), or None."""
        told, answer = self.record.answer_text, self.standing.answer
        is_new = bool(told) and (answer is None or answer.answer.text != told)
        return told if is_new else None


@dataclass(frozen=True, slots=True)
class TakenStep:
    """Stored event, and the notifications it causes."""

    event: Event
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class StepDone:
    """Events stored together, and the resulting message."""

    handled: HandledMessage
    steps: tuple[TakenStep, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(step.event for step in self.steps)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for step in self.steps for notice in step.notices)


def contents_of(record: MessageRecord, photos: int = 0) -> Contents:
    """Returns the content of a message record; ``photos`` is the number of its photos."""
    return Contents(
        record.text,
        photos,
        record.event_on,
        record.event_time,
        record.place,
        record.topic,
        record.category,
    )


def handed_in(
    record: MessageRecord,
    photos: int = 0,
    confidential: frozenset[Confidential] = frozenset(),
) -> tuple[Asked, ...]:
    """Returns the actions that submit a draft for review (7.5), including its call and its
    findings.
    """
    call = () if record.call_id is None else ((Step.LINK_CALL, CallLinked(record.call_id)),)
    found = ((Step.MARK_CONFIDENTIAL, ConfidentialFound(confidential)),) if confidential else ()
    return (
        (Step.SUBMIT, Told(contents_of(record, photos))),
        (Step.STATE_PUBLICITY, PublicityStated(record.publicity)),
        *call,
        *found,
    )


def registration(
    number: RegistrationNumber, publicity: Publicity, confidential: frozenset[Confidential]
) -> Asked:
    """Returns the action that registers a message.

    The action also publishes the message if it is public and has no confidential content (7.8,
    6.9-6.12).
    """
    is_public = publicity is Publicity.PUBLIC and not confidential
    return (Step.REGISTER_AND_PUBLISH if is_public else Step.REGISTER), Numbered(number)


def registered_at_once(
    record: MessageRecord,
    number: RegistrationNumber,
    photos: int = 0,
    confidential: frozenset[Confidential] = frozenset(),
) -> tuple[Asked, ...]:
    """Returns all actions for a message that the operator writes and registers (7.4, 7.6).

    The message is sent to the authority in its record (7.9); without one it remains registered.
    """
    body = record.unit
    sent = ((Step.SEND_TO_ORGAN, Routed(body, body)),) if body else ()
    return (
        *handed_in(record, photos, confidential),
        (Step.TAKE_UP, NoFacts()),
        registration(number, record.publicity, confidential),
        *sent,
    )


def no_edition(_at: datetime) -> str:
    """Returns an empty version name, for a city without an imported regulation."""
    return ""


def taken_together(
    handled: HandledMessage,
    asked: Sequence[Asked],
    by: Doer,
    at: datetime,
    new_id: Callable[[], UUID],
    city: CityRules = DEFAULT_RULES,
    edition_at: Callable[[datetime], str] = no_edition,
) -> StepDone | StepRefused:
    """Applies all actions at one time, or returns the first rejection; stores nothing.

    ``edition_at`` returns the name of the regulation version in force at a time. The events have
    the time ``at``, or the time of the last event if the clock was set back. Raises LookupError for
    a duplicate id.
    """
    last_at = handled.standing.last_at
    moment = at if last_at is None else max(at, last_at)
    history, taken = handled.history, list[TakenStep]()
    steps = deque((step, facts, by) for step, facts in asked)
    while steps:
        step, facts, doer = steps.popleft()
        event = Event(new_id(), handled.id, step, moment, doer, facts, edition_at(moment))
        match take(history, event, city):
            case StepTaken(after, notices):
                history = after
                taken.append(TakenStep(event, notices))
                if not steps:
                    steps.extend(_following(event, after.standing))
            case StepRefused() as refused:
                return refused
            case AlreadyTaken():
                raise LookupError(event.id)
            case _ as unreachable:
                assert_never(unreachable)
    record = record_after(handled, history)
    return StepDone(HandledMessage(record, history), tuple(taken))


def _following(event: Event, standing: Standing) -> tuple[tuple[Step, Facts, Doer], ...]:
    """Returns the automatic actions after an event: a negative rating starts the rework (10.3).

    An operator's answer has no authority to return to: a person selects one.
    """
    if event.step is not Step.RATE_NEGATIVELY or standing.organ is None:
        return ()
    again = Routed(standing.organ, standing.organ)
    return ((Step.SEND_TO_REWORK, again, Source.SYSTEM),)


def record_after(before: HandledMessage, history: History) -> MessageRecord:
    """Returns the message record for a changed history: new events, or events that became void."""
    record = before.record
    if before.standing.organ is not None and history.standing.organ is None:
        record = replace(record, unit=None)  # its sending to an authority was reverted
    known, kept = _ids(before.history.events), _ids(history.events)
    lost = [event for event in before.history.events if event.id not in kept]
    if any(text == record.answer_text for text in _answers(lost)):
        record = replace(record, answer_text=None)
        return projected(record, history.standing, history.events)
    new = (event for event in history.events if event.id not in known)
    return projected(record, history.standing, new)


def projected(record: MessageRecord, standing: Standing, events: Iterable[Event]) -> MessageRecord:
    """Returns the record with the effect of new events; author, call and platform text do not
    change.

    A classified answer replaces the text received from the platform. For a message that was never
    submitted, events define only its state; the rest is in the record.
    """
    if standing.submitted_at is None:
        return replace(record, state=standing.state)
    contents = standing.contents
    judged = _answers(events)
    return replace(
        record,
        state=standing.state,
        text=contents.text,
        topic=contents.topic,
        category=contents.category,
        event_on=contents.event_on,
        event_time=contents.event_time,
        place=contents.place,
        publicity=standing.publicity,
        unit=standing.organ or record.unit,
        submitted_at=standing.submitted_at,
        registered_at=standing.registered_at,
        answer_text=judged[-1] if judged else record.answer_text,
    )


def _answers(events: Iterable[Event]) -> list[str]:
    return [event.facts.answer.text for event in events if isinstance(event.facts, AnswerGiven)]


def _ids(events: Iterable[Event]) -> frozenset[UUID]:
    return frozenset(event.id for event in events)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a draft to be split; ``topic`` and ``category`` are directory keys."""

    text: str
    topic: str | None
    category: str | None


class SplitProblem(StrEnum):
    """Reason why a draft cannot be split."""

    NOT_A_DRAFT = "not_a_draft"
    """The message is not a draft. A user's message must not be changed; it is refused on 6.3-10."""
    ONE_QUESTION = "one_question"
    EMPTY_QUESTION = "empty_question"


def split(
    draft: MessageRecord, questions: Sequence[Question], ids: Sequence[UUID], at: datetime
) -> tuple[MessageRecord, ...] | SplitProblem:
    """Returns one draft per question; the first one is the original draft.

    The others are new, with ``ids`` (UUIDv7, one fewer than questions), and have the call, author,
    location, time and publicity of the first.
    """
    if draft.state is not State.DRAFT:
        return SplitProblem.NOT_A_DRAFT
    if len(questions) < 2:
        return SplitProblem.ONE_QUESTION
    if not all(question.text.strip() for question in questions):
        return SplitProblem.EMPTY_QUESTION
    others = (replace(draft, id=id, revision=1, created_at=at) for id in ids)
    return tuple(
        edit(message, text=question.text, topic=question.topic, category=question.category)
        for message, question in zip((draft, *others), questions, strict=True)
    )
