"""Incidents: street names in texts, detection from calls, official texts and their events.

Calls of several callers about one street and one subject within a short time are an outbreak, which
the console proposes as an incident.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from sync.register.handling.events import person
from sync.register.likeness.place import Place, agrees, is_named, place_of
from sync.register.people.operators import Action, Operator, Person, may

Streets = frozenset[str]
"""Streets, each as a name prefix that is the same in all grammatical cases."""

_WORD = re.compile(r"[А-Яа-яЁё-]{3,}")


@lru_cache(maxsize=512)
def streets_in(text: str) -> Streets:
    """Returns the streets named in a text; a street corner has two."""
    return place_of(text)[0].streets


@lru_cache(maxsize=512)
def streets_of(place: str) -> Streets:
    """Returns the streets of a location; a name without «ул.» is treated as a street."""
    found = streets_in(place)
    if found or not place.strip():
        return found
    name = place.strip()
    return streets_in(f"ул. {name[:1].upper()}{name[1:]}")


def is_one_street(one: Streets, other: Streets) -> bool:
    """Whether the two sets have a street in common; the name may be misspelt or incomplete."""
    return agrees(_place(one), _place(other))


def speaks_of(told: str, streets: Streets) -> bool:
    """Whether the text names one of the streets, also as a bare word in any grammatical case."""
    if not streets:
        return False
    if is_one_street(streets_in(told), streets):
        return True
    return is_named(_place(streets), frozenset(_WORD.findall(told)))


def name_in(told: str, streets: Streets) -> str:
    """Returns the words of a text that name one of the streets; empty if there are none."""
    found = [word for word in _WORD.findall(told) if is_named(_place(streets), frozenset({word}))]
    return " ".join(dict.fromkeys(found))


def _place(streets: Streets) -> Place:
    return Place(streets, frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class OutbreakRules:
    """Thresholds for the detection of outbreaks: ``callers`` within a period; 0 callers disables
    it.
    """

    callers: int = 3
    within: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Report of one caller: ``caller`` identifies the caller, ``at`` is the time of the call.

    ``matter`` is the directory key of the category, or of the topic if there is no category; None
    without both.
    """

    caller: str
    at: datetime
    told: str
    matter: str | None


@dataclass(frozen=True, slots=True)
class Outbreak:
    """Calls about one street and one subject, with the callers' texts, latest first."""

    streets: Streets
    matter: str
    callers: int
    first_at: datetime
    last_at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    sighting: Sighting
    streets: Streets


def outbreaks(
    sightings: Iterable[Sighting], rules: OutbreakRules, now: datetime
) -> tuple[Outbreak, ...]:
    """Returns the outbreaks in the period that ends now, those with the most callers first.

    A caller is counted once, regardless of the number of calls. Each report belongs to one
    outbreak.
    """
    if rules.callers <= 0:
        return ()
    by_matter: dict[str, list[_Seen]] = {}
    for one in sorted(sightings, key=lambda one: (one.at, one.caller, one.told), reverse=True):
        streets = streets_in(one.told)
        if one.matter and streets and now - rules.within < one.at <= now:
            by_matter.setdefault(one.matter, []).append(_Seen(one, streets))
    found = [
        outbreak
        for matter, seen in by_matter.items()
        for outbreak in _of_matter(matter, seen, rules)
    ]
    return tuple(sorted(found, key=lambda one: (-one.callers, one.last_at, one.matter)))


def is_same(one: Outbreak, other: Outbreak) -> bool:
    """Whether both outbreaks concern the same street and subject, regardless of the callers."""
    return one.matter == other.matter and is_one_street(one.streets, other.streets)


def _of_matter(matter: str, seen: Sequence[_Seen], rules: OutbreakRules) -> Iterable[Outbreak]:
    """Yields the outbreaks of one subject, the street with the most callers first.

    Reports counted for one street are not counted again for the next.
    """
    left = list(seen)
    while left:
        names = sorted({name for one in left for name in one.streets})
        groups = {name: _about(frozenset({name}), left) for name in names}
        name = max(names, key=lambda name: _callers(groups[name]))
        group = groups[name]
        if _callers(group) < rules.callers:
            return
        moments = [one.sighting.at for one in group]
        yield Outbreak(
            frozenset({name}),
            matter,
            _callers(group),
            min(moments),
            max(moments),
            tuple(one.sighting.told for one in group),
        )
        left = [one for one in left if one not in group]


def _about(streets: Streets, seen: Iterable[_Seen]) -> list[_Seen]:
    return [one for one in seen if is_one_street(one.streets, streets)]


def _callers(seen: Iterable[_Seen]) -> int:
    return len({one.sighting.caller for one in seen})


INCIDENT_SCHEMA_VERSION = 1
LONGEST_TEXT = 500
"""Limit in characters: operators cannot read out longer texts sixty times in an evening."""
_NEXT = timedelta(milliseconds=1)


class IncidentAct(StrEnum):
    """Kind of an incident event."""

    PROPOSED = "proposed"
    DECLARED = "declared"
    EDITED = "edited"
    ENDED = "ended"
    """The incident ended; for a proposal: it was declined."""
    CALL_LINKED = "call_linked"
    """A call record was closed that contains the official text, because the caller received it."""
    CALL_UNLINKED = "call_unlinked"
    """That call record was reopened, or saved without the official text."""


OF_CALLS = frozenset({IncidentAct.CALL_LINKED, IncidentAct.CALL_UNLINKED})
"""Events that link calls to an incident and do not change its text."""


class IncidentState(StrEnum):
    """State of an incident."""

    PROPOSED = "proposed"
    DECLARED = "declared"
    ENDED = "ended"
    DECLINED = "declined"


class IncidentProblem(StrEnum):
    """Reason why an action on an incident is rejected."""

    NOT_ALLOWED = "not_allowed"
    STREET_MISSING = "street_missing"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    KNOWN_ALREADY = "known_already"
    """An open incident concerns the same street and subject."""
    OVER = "over"
    OVERTAKEN = "overtaken"
    """Another operator changed the incident after it was displayed; the input is retained."""


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """Event of an incident; ``version`` is 0 for an event that links or unlinks a call."""

    id: UUID
    incident_id: UUID
    act: IncidentAct
    at: datetime
    version: int
    street: str
    matter: str
    text: str
    by: Person
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Version of the official text; ``holds`` is False if a later event has the same version
    number.
    """

    event_id: UUID
    number: int
    act: IncidentAct
    street: str
    text: str
    by: Person
    at: datetime
    holds: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """Current state of an incident; ``versions`` are oldest first, the last one is valid.

    ``matter`` is a directory key of a category or topic, empty for any. ``calls`` is the number of
    calls at all known workplaces whose callers received the text. ``ids`` are the incident's id and
    the ids under which other workplaces created the same incident concurrently.
    """

    id: UUID
    state: IncidentState
    versions: tuple[TextVersion, ...]
    matter: str
    begun_at: datetime
    declared_at: datetime | None
    ended_at: datetime | None
    calls: int
    ids: frozenset[UUID]

    @property
    def current(self) -> TextVersion:
        return self.versions[-1]

    @property
    def street(self) -> str:
        return self.current.street

    @property
    def text(self) -> str:
        return self.current.text

    @property
    def version(self) -> int:
        return self.current.number

    @property
    def is_open(self) -> bool:
        """Whether it is proposed or declared, and neither ended nor declined."""
        return self.state in (IncidentState.PROPOSED, IncidentState.DECLARED)

    def concerns(self, told: str, matter: str | None) -> bool:
        """Whether a caller's text and subject refer to this incident: a street of the incident is
        named, and the subjects do not differ.
        """
        if self.matter and matter and matter != self.matter:
            return False
        return speaks_of(told, streets_of(self.street))

    def covers(self, outbreak: Outbreak) -> bool:
        """Whether the incident covers the outbreak, so the outbreak is not proposed as a new
        incident.
        """
        is_same = not self.matter or self.matter == outbreak.matter
        return is_same and is_one_street(streets_of(self.street), outbreak.streets)


_FROM = {
    IncidentAct.PROPOSED: frozenset[IncidentState](),
    IncidentAct.DECLARED: frozenset({IncidentState.PROPOSED}),
    IncidentAct.EDITED: frozenset({IncidentState.DECLARED}),
    IncidentAct.ENDED: frozenset({IncidentState.PROPOSED, IncidentState.DECLARED}),
}
"""States in which an operator may perform each action; empty if the action creates the incident."""


@dataclass(frozen=True, slots=True)
class IncidentStep:
    """Action of an operator; ``based_on`` is the version number displayed to the operator, 0 for
    none.
    """

    act: IncidentAct
    incident_id: UUID
    street: str
    matter: str
    text: str
    based_on: int


def incidents_of(events: Iterable[IncidentEvent]) -> tuple[Incident, ...]:
    """Returns the incidents built from events in any order, the latest first."""
    by_incident: dict[UUID, list[IncidentEvent]] = {}
    for event in {event.id: event for event in events}.values():
        by_incident.setdefault(event.incident_id, []).append(event)
    found = [
        incident
        for id, own in by_incident.items()
        if (incident := _incident_of(id, own)) is not None
    ]
    joined: list[Incident] = []
    for one in sorted(found, key=lambda one: (one.begun_at, one.id)):
        place = next((place for place, first in enumerate(joined) if _is_again(one, first)), None)
        if place is None:
            joined.append(one)
        else:
            first = joined[place]
            # Later actions must refer to the id under which the incident was declared.
            id = one.id if first.declared_at is None and one.declared_at is not None else first.id
            own = [event for each in first.ids | one.ids for event in by_incident[each]]
            joined[place] = _incident_of(id, own) or first
    return tuple(reversed(joined))


def _is_again(one: Incident, first: Incident) -> bool:
    """Whether ``one`` is the same incident as ``first``, created by a workplace that did not know
    it.

    A workplace that knows the first incident rejects the second, and starts no incident before the
    end of the last one. A declined proposal is not merged with a declared incident.
    """
    if IncidentState.DECLINED in (one.state, first.state) and (
        one.declared_at is not None or first.declared_at is not None
    ):
        return False
    is_on = first.ended_at is None or one.begun_at <= first.ended_at
    return is_on and _is_about_same(one, first.street, first.matter)


def _is_about_same(one: Incident, street: str, matter: str) -> bool:
    is_same_matter = not matter or not one.matter or matter == one.matter
    return is_same_matter and is_one_street(streets_of(street), streets_of(one.street))


def _incident_of(id: UUID, events: Sequence[IncidentEvent]) -> Incident | None:
    """Returns the incident built from its events; None if only call events have arrived so far."""
    texts = sorted(
        (one for one in events if one.act not in OF_CALLS),
        key=lambda one: (one.version, one.at, one.id),
    )
    if not texts:
        return None
    newest = {one.version: one.id for one in texts}
    versions = tuple(
        TextVersion(
            one.id,
            one.version,
            one.act,
            one.street,
            one.text,
            one.by,
            one.at,
            newest[one.version] == one.id,
        )
        for one in texts
    )
    declared = [one.at for one in texts if one.act is IncidentAct.DECLARED]
    ended = [one.at for one in texts if one.act is IncidentAct.ENDED]
    state = IncidentState.DECLARED if declared else IncidentState.PROPOSED
    if ended:
        # An end prevails over concurrent events.
        state = IncidentState.ENDED if declared else IncidentState.DECLINED
    return Incident(
        id=id,
        state=state,
        versions=versions,
        matter=texts[-1].matter,
        begun_at=min(one.at for one in texts),
        declared_at=min(declared, default=None),
        ended_at=min(ended, default=None),
        calls=len(linked_calls(events)),
        ids=frozenset({id, *(one.incident_id for one in events)}),
    )


def linked_calls(events: Iterable[IncidentEvent]) -> frozenset[UUID]:
    """Returns the calls with more link events than unlink events.

    The order of the events is irrelevant; ``events`` must not contain duplicates.
    """
    links: Counter[UUID] = Counter()
    for one in events:
        if one.call_id is not None:
            links[one.call_id] += 1 if one.act is IncidentAct.CALL_LINKED else -1
    return frozenset(call for call, count in links.items() if count > 0)


def taken(
    step: IncidentStep, known: Sequence[Incident], by: Operator, at: datetime, event_id: UUID
) -> IncidentEvent | IncidentProblem:
    """Returns the event of an operator's action, or the reason why it is rejected.

    ``known`` are all incidents. Roles that take calls may propose an incident; only a supervisor
    may declare, edit and end one.
    """
    is_proposal = step.act is IncidentAct.PROPOSED
    if not may(by.role, Action.TAKE_CALLS if is_proposal else Action.LEAD_INCIDENTS):
        return IncidentProblem.NOT_ALLOWED
    incident = next((one for one in known if step.incident_id in one.ids), None)
    if step.act is IncidentAct.ENDED and incident is not None:
        # An end changes no text, so concurrent edits are preserved.
        step = replace(step, street=incident.street, text=incident.text, matter=incident.matter)
        step = replace(step, based_on=incident.version)
    problem = _problem(step, incident, known)
    if problem is not None:
        return problem
    if incident is None:
        # With a slow clock, the new incident would start before a finished one ended, and the two
        # would be merged.
        over = (one for one in known if _is_about_same(one, step.street, step.matter))
        at = max([at, *(one.ended_at + _NEXT for one in over if one.ended_at is not None)])
    return IncidentEvent(
        id=event_id,
        incident_id=step.incident_id,
        act=step.act,
        at=at,
        version=step.based_on + 1,
        street=step.street.strip(),
        matter=step.matter,
        text=step.text.strip(),
        by=person(by),
    )


def _problem(
    step: IncidentStep, incident: Incident | None, known: Sequence[Incident]
) -> IncidentProblem | None:
    begins = step.act in (IncidentAct.PROPOSED, IncidentAct.DECLARED)
    if incident is None:
        if not begins or step.based_on:
            return IncidentProblem.OVER
    elif not incident.is_open:
        return IncidentProblem.OVER
    elif incident.version != step.based_on or incident.state not in _FROM[step.act]:
        return IncidentProblem.OVERTAKEN
    if not streets_of(step.street):
        return IncidentProblem.STREET_MISSING
    if not step.text.strip():
        return IncidentProblem.TEXT_MISSING
    if len(step.text.strip()) > LONGEST_TEXT:
        return IncidentProblem.TEXT_TOO_LONG
    others = (one for one in known if one.is_open and step.incident_id not in one.ids)
    if begins and any(_is_about_same(one, step.street, step.matter) for one in others):
        return IncidentProblem.KNOWN_ALREADY
    return None


def call_linked(
    event_id: UUID,
    incident_id: UUID,
    call_id: UUID,
    by: Person,
    at: datetime,
    *,
    act: IncidentAct = IncidentAct.CALL_LINKED,
) -> IncidentEvent:
    """Returns the event that the caller received the text and the call record was closed.

    With ``CALL_UNLINKED`` returns the event that reverts it.
    """
    return IncidentEvent(
        id=event_id,
        incident_id=incident_id,
        act=act,
        at=at,
        version=0,
        street="",
        matter="",
        text="",
        by=by,
        call_id=call_id,
    )
