"""History of one message: applies events by the transition table, and merges central events.

Events are only added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from uuid import UUID

from sync.register.handling.events import Doer, Event, Step
from sync.register.handling.needs import PARAGRAPHS, CityRules, Lack, unmet
from sync.register.handling.notices import TO_ORGAN, Notice
from sync.register.handling.standing import Standing, after
from sync.register.handling.step_facts import TakenBack
from sync.register.handling.steps import StepRule, paragraphs_of, rule_of
from sync.register.messages import ENDS, State
from sync.register.people.operators import Action, Person, may

DEFAULT_RULES = CityRules()


class RefusalCode(StrEnum):
    """Why a step is not taken."""

    OTHER_MESSAGE = "other_message"
    """The event is of another message."""
    OTHER_CONTENTS = "other_contents"
    """Another event has this identity."""
    OUT_OF_ORDER = "out_of_order"
    """It is older than the last event."""
    OVER = "over"
    """The message has come to its end."""
    NOT_FROM_HERE = "not_from_here"
    """The table has no such step from this state."""
    NOT_ALLOWED = "not_allowed"
    """Not for this role, or not without a person."""
    FACTS_OF_OTHER_STEP = "facts_of_other_step"
    MISSING = "missing"
    """``missing`` tells what."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the step needs and has not, and the paragraph that asks for it."""

    lack: Lack
    paragraph: str


@dataclass(frozen=True, slots=True)
class StepRefused:
    """The step was not taken and nothing changed; ``paragraphs`` speak of the step."""

    event: Event
    state: State
    code: RefusalCode
    paragraphs: tuple[str, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to a message, and where it stands by that."""

    events: tuple[Event, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The history with the event, and the notices to be made."""

    history: History
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class AlreadyTaken:
    """The very event is in the history: nothing changes, and no notice is made again."""

    event: Event


Outcome = StepTaken | AlreadyTaken | StepRefused


@dataclass(frozen=True, slots=True)
class Replay:
    """A history made of stored events; ``told`` are those that did not count, in their order."""

    history: History
    told: tuple[AlreadyTaken | StepRefused, ...]


def begun(message_id: UUID) -> History:
    """A draft to which nothing has happened."""
    return History((), Standing(message_id))


def take(history: History, event: Event, city: CityRules = DEFAULT_RULES) -> Outcome:
    """The event taken into the history, or why it is not; never raises for what was asked."""
    standing = history.standing
    for earlier in history.events:
        if earlier.id == event.id:
            if earlier == event:
                return AlreadyTaken(event)
            return _refused(standing, event, RefusalCode.OTHER_CONTENTS)
    rule = _admitted(standing, event)
    if isinstance(rule, RefusalCode):
        return _refused(standing, event, rule)
    missing = tuple(
        Missing(lack, PARAGRAPHS.get(lack, rule.paragraph))
        for need in rule.needs
        for lack in unmet(need, standing, event, city)
    )
    if missing:
        paragraphs = (rule.paragraph,)
        return StepRefused(event, standing.state, RefusalCode.MISSING, paragraphs, missing)
    moved = after(standing, event, rule.target or standing.state)
    notices = tuple(notice for notice in rule.notices if _is_made(notice, moved, city))
    return StepTaken(History((*history.events, event), moved), notices)


def replay(message_id: UUID, events: Iterable[Event], city: CityRules = DEFAULT_RULES) -> Replay:
    """The history that the events make in the order given; doubled or wrong ones are told."""

    def added(so_far: Replay, event: Event) -> Replay:
        match take(so_far.history, event, city):
            case StepTaken(history):
                return Replay(history, so_far.told)
            case outcome:
                return Replay(so_far.history, (*so_far.told, outcome))

    return reduce(added, events, Replay(begun(message_id), ()))


def in_force(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those that were taken back, and without the taking back."""
    kept: list[Event] = []
    for event in events:
        if isinstance(event.facts, TakenBack):
            undone = event.facts.event_id
            ids = [one.id for one in kept]
            if undone in ids:
                del kept[ids.index(undone) :]
        else:
            kept.append(event)
    return tuple(kept)


def recalled(message_id: UUID, events: Iterable[Event]) -> History:
    """The history of events that were taken and kept, whatever today's rules would say of them.

    Rules of the city and rights of a role change; what was done under the former ones was done.
    """

    kept = tuple(events)
    return History(kept, reduce(led, kept, Standing(message_id)))


def led(standing: Standing, event: Event) -> Standing:
    """Where a kept event leads; one that the table of today has not leaves the state as it is."""
    rule = rule_of(event.step, standing.state)
    return after(standing, event, (rule and rule.target) or standing.state)


def _admitted(standing: Standing, event: Event) -> StepRule | RefusalCode:
    """The row that the event goes by, before its needs are asked."""
    if event.message_id != standing.message_id:
        return RefusalCode.OTHER_MESSAGE
    if standing.last_at is not None and event.at < standing.last_at:
        return RefusalCode.OUT_OF_ORDER
    rule = rule_of(event.step, standing.state)
    if rule is None:
        return RefusalCode.OVER if standing.state in ENDS else RefusalCode.NOT_FROM_HERE
    if not _is_for(rule, event.by):
        return RefusalCode.NOT_ALLOWED
    return rule if isinstance(event.facts, rule.facts) else RefusalCode.FACTS_OF_OTHER_STEP


def _is_for(rule: StepRule, doer: Doer) -> bool:
    if isinstance(doer, Person):
        return any(isinstance(who, Action) and may(doer.role, who) for who in rule.who)
    return doer in rule.who


def _refused(standing: Standing, event: Event, code: RefusalCode) -> StepRefused:
    return StepRefused(event, standing.state, code, paragraphs_of(event.step))


def _is_made(notice: Notice, standing: Standing, city: CityRules) -> bool:
    if notice in TO_ORGAN:
        # An operator's own answer that is returned goes to no organ.
        return standing.organ is not None
    return notice is not Notice.REGISTERED or city.tells_of_registration


ADDED = frozenset(
    {Step.LINK, Step.LINK_CALL, Step.ASK_COLLEAGUE, Step.MARK_CONFIDENTIAL, Step.NOTIFY}
)
"""Steps that hold whatever else was decided: they only add to what is known."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A step taken here that does not hold, since ``by`` had happened elsewhere before it."""

    event: Event
    by: Event


@dataclass(frozen=True, slots=True)
class Merged:
    """The one history; ``again`` are the steps of here that hold, in their new order."""

    history: History
    again: tuple[Event, ...]
    overtaken: tuple[Overtaken, ...]


def merged(
    message_id: UUID,
    held: Sequence[Event],
    own: Sequence[Event],
    city: CityRules = DEFAULT_RULES,
) -> Merged:
    """The events that the centre holds, in its order, and behind them those of here that hold.

    ``own`` is the history as it stands here, ``held`` that of the centre. What a person decided
    here without knowing of another's decision does not hold, even where the table of steps would
    let it: they read another message. What only adds does, and so does what users and organs did.
    The first event that the centre has and this place had not is what has overtaken. A step that
    holds is not older than what came before it; its moment moves on where it was.
    """
    known, there = {event.id for event in own}, {event.id for event in held}
    unknown = [event for event in held if event.id not in known]
    only_here = [event for event in own if event.id not in there]
    if not unknown:
        return Merged(recalled(message_id, (*held, *only_here)), tuple(only_here), ())
    decided = [event for event in unknown if event.step not in ADDED]
    history = recalled(message_id, held)
    again: list[Event] = []
    overtaken: list[Overtaken] = []
    for event in only_here:
        moved = replace(event, at=max(event.at, held[-1].at))
        is_decision = event.step not in ADDED and isinstance(event.by, Person)
        outcome = take(history, moved, city)
        if isinstance(outcome, StepTaken) and not (is_decision and (decided or overtaken)):
            history = outcome.history
            again.append(moved)
        else:
            overtaken.append(Overtaken(event, (decided or unknown)[0]))
    return Merged(history, tuple(again), tuple(overtaken))
