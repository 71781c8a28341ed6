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
    """Reason for rejecting an event."""

    OTHER_MESSAGE = "other_message"
    """The event belongs to another message."""
    OTHER_CONTENTS = "other_contents"
    """A different event with the same id exists."""
    OUT_OF_ORDER = "out_of_order"
    """The event is older than the last event of the message."""
    OVER = "over"
    """The message is in a final state."""
    NOT_FROM_HERE = "not_from_here"
    """The transition table does not allow this action in the current state."""
    NOT_ALLOWED = "not_allowed"
    """The action is not permitted for this role, or requires a person."""
    FACTS_OF_OTHER_STEP = "facts_of_other_step"
    MISSING = "missing"
    """Preconditions are not met; ``StepRefused.missing`` lists them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An unmet precondition, and the clause that requires it."""

    lack: Lack
    paragraph: str


@dataclass(frozen=True, slots=True)
class StepRefused:
    """Rejected event; nothing changed. ``paragraphs`` are the clauses about the action."""

    event: Event
    state: State
    code: RefusalCode
    paragraphs: tuple[str, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All events of a message, and the state that results from them."""

    events: tuple[Event, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Result of an applied event: the extended history, and the notifications to send."""

    history: History
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class AlreadyTaken:
    """Result if the same event is already in the history: no change, and no second notification."""

    event: Event


Outcome = StepTaken | AlreadyTaken | StepRefused


@dataclass(frozen=True, slots=True)
class Replay:
    """History rebuilt from events; ``told`` are the results for the events that were not
    applied.
    """

    history: History
    told: tuple[AlreadyTaken | StepRefused, ...]


def begun(message_id: UUID) -> History:
    """Returns the empty history of a new draft."""
    return History((), Standing(message_id))


def take(history: History, event: Event, city: CityRules = DEFAULT_RULES) -> Outcome:
    """Applies an event, or returns the reason for rejecting it; never raises for an invalid
    event.
    """
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
    """Applies the events in the given order; reports duplicate and invalid ones."""

    def added(so_far: Replay, event: Event) -> Replay:
        match take(so_far.history, event, city):
            case StepTaken(history):
                return Replay(history, so_far.told)
            case outcome:
                return Replay(so_far.history, (*so_far.told, outcome))

    return reduce(added, events, Replay(begun(message_id), ()))


def in_force(events: Iterable[Event]) -> tuple[Event, ...]:
    """Returns the events that were not reverted, without the events that reverted others."""
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
    """Rebuilds the history of stored events, regardless of the current rules.

    City rules and rights of roles change; events accepted under earlier rules remain valid.
    """

    kept = tuple(events)
    return History(kept, reduce(led, kept, Standing(message_id)))


def led(standing: Standing, event: Event) -> Standing:
    """Returns the state after a stored event; an event unknown to the table changes no status."""
    rule = rule_of(event.step, standing.state)
    return after(standing, event, (rule and rule.target) or standing.state)


def _admitted(standing: Standing, event: Event) -> StepRule | RefusalCode:
    """Returns the transition for the event, or the reason for rejecting it.

    Preconditions are not checked.
    """
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
        # An operator's own answer that was returned is not sent to an authority.
        return standing.organ is not None
    return notice is not Notice.REGISTERED or city.tells_of_registration


ADDED = frozenset(
    {Step.LINK, Step.LINK_CALL, Step.ASK_COLLEAGUE, Step.MARK_CONFIDENTIAL, Step.NOTIFY}
)
"""Actions that remain valid regardless of other decisions: they only add information."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Local event that is void because the event ``by`` was made before it at another workplace."""

    event: Event
    by: Event


@dataclass(frozen=True, slots=True)
class Merged:
    """Result of ``merged``.

    ``again`` are the valid local events to send to the central database, in order; ``overtaken``
    are the void ones.
    """

    history: History
    again: tuple[Event, ...]
    overtaken: tuple[Overtaken, ...]


def merged(
    message_id: UUID,
    held: Sequence[Event],
    own: Sequence[Event],
    city: CityRules = DEFAULT_RULES,
) -> Merged:
    """Merges a message's local events (``own``) with those of the central database (``held``).

    Local events follow the central ones if they are still valid. A local decision of a person is
    void if it was made without knowing a decision of another person, even if the transition table
    would allow it: that person had read another version of the message. Actions that only add
    information remain valid, and so do actions of users and authorities. A void event names the
    first central event that was unknown here. A valid event gets a time no earlier than that of the
    event before it.
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
