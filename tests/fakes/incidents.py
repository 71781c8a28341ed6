"""In-memory incidents with the real rules, and the callers' reports."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from uuid import UUID

from sync.register.handling.events import person
from sync.register.incidents import (
    Incident,
    IncidentEvent,
    IncidentProblem,
    IncidentStep,
    Sighting,
    call_linked,
    incidents_of,
    taken,
)
from sync.register.people.operators import Operator


def sightings(now: datetime, street: str, count: int) -> list[Sighting]:
    """Returns ``count`` reports of potholes there in the last minutes."""
    return [
        Sighting(
            f"{street} {number}",
            now - timedelta(minutes=number),
            f"яма, {street}, {number}",
            "roads-pits",
        )
        for number in range(1, count + 1)
    ]


class FakeIncidents:
    """``seen`` are the callers' reports; ``fails`` is raised by writes.

    While it ``holds``, nothing is committed; ``let_go`` commits it.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.events: list[IncidentEvent] = []
        self.seen: list[Sighting] = []
        self.fails: Exception | None = None
        self.holds = False
        self._held: list[Callable[[], None]] = []
        self._clock = clock
        self._number = 0

    def all(self) -> tuple[Incident, ...]:
        return incidents_of(self.events)

    def sightings(self, since: datetime) -> tuple[Sighting, ...]:
        return tuple(one for one in self.seen if one.at >= since)

    def take(
        self, step: IncidentStep, by: Operator, at: datetime | None = None
    ) -> Future[IncidentEvent | IncidentProblem]:
        future: Future[IncidentEvent | IncidentProblem] = Future()
        if self.fails is not None:
            future.set_exception(self.fails)
            return future
        made = taken(step, self.all(), by, at or self._next_moment(), UUID(int=self._number))

        def write() -> None:
            if isinstance(made, IncidentEvent):
                self.events.append(made)
            future.set_result(made)

        if self.holds:
            self._held.append(write)
        else:
            write()
        return future

    def let_go(self) -> None:
        self.holds = False
        while self._held:
            self._held.pop(0)()

    def link(self, incident_id: UUID, call_id: UUID, by: Operator) -> None:
        """Attributes a call of this or another workplace, closed with the text."""
        at = self._next_moment()
        event = call_linked(UUID(int=self._number), incident_id, call_id, person(by), at)
        self.events.append(event)

    def clear(self) -> None:
        self.events.clear()
        self.seen.clear()

    def _next_moment(self) -> datetime:
        self._number += 1
        return self._clock() + timedelta(milliseconds=self._number)
