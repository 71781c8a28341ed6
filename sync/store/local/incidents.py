"""Incidents in the local database: queries, operator actions, and their feed receiver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.sqlite import insert
from uuid_utils.compat import uuid7

from sync.records.feed_values import Feed, FeedItem
from sync.records.replicated_tables import call_record, incident_event, message
from sync.records.workplace_tables import known_call, known_message
from sync.register.incidents import (
    Incident,
    IncidentAct,
    IncidentEvent,
    IncidentProblem,
    IncidentStep,
    Sighting,
    incidents_of,
    taken,
)
from sync.register.messages import with_place
from sync.register.people.operators import Operator, Role
from sync.store.local.feed import RegisterReceiver
from sync.store.local.incident_rows import add_event, event_of
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore


class IncidentFeed(RegisterReceiver):
    """Receives the events of all workplaces; those of this workplace are already stored."""

    def __init__(self, store: RegisterStore) -> None:
        super().__init__(store, Feed.INCIDENTS)

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        for item in items:
            if item.document is not None:
                fresh = insert(incident_event).values(_row(item.document))
                connection.execute(fresh.on_conflict_do_nothing(index_elements=["id"]))

    def check(self, item: FeedItem) -> None:
        if item.document is not None:
            row = _row(item.document)
            IncidentAct(row["act"])
            Role(row["by_role"])


def _row(document: Mapping[str, Any]) -> dict[str, Any]:
    """Converts a feed document to a local row."""
    values = {column.name: document[column.name] for column in incident_event.columns}
    call_id = values["call_id"]
    return {
        **values,
        "id": UUID(values["id"]),
        "incident_id": UUID(values["incident_id"]),
        "by_id": UUID(values["by_id"]),
        "call_id": None if call_id is None else UUID(call_id),
        "at": datetime.fromisoformat(values["at"]),
    }


KEPT = timedelta(days=90)
"""Period covered by the incident list; older incidents remain stored."""
LATE = timedelta(minutes=5)
"""Maximum time by which the clock of another workplace may be ahead."""


class Incidents:
    """Incidents and the caller reports they are detected from.

    Reading methods are thread-safe and raise StoreError. ``take`` returns immediately; its future
    resolves after COMMIT and fails with a StoreError.
    """

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def all(self) -> tuple[Incident, ...]:
        """Returns the incidents of the last three months, newest first."""
        return incidents_since(self._store, self._clock() - KEPT)

    def sightings(self, since: datetime) -> tuple[Sighting, ...]:
        """Returns the caller reports since ``since``, of this workplace and of other workplaces."""
        return self._store.read(lambda connection: tuple(_sightings(connection, since)))

    def take(
        self, step: IncidentStep, by: Operator, at: datetime | None = None
    ) -> Future[IncidentEvent | IncidentProblem]:
        """Applies the action to the incident.

        Resolves to the committed event, or to the reason for the rejection; then nothing is
        changed.
        """

        def work(connection: Connection) -> IncidentEvent | IncidentProblem:
            now = at or self._clock()
            known = _incidents(connection, now - KEPT)
            made = taken(step, known, by, now, self._new_id())
            if isinstance(made, IncidentEvent):
                add_event(connection, made, now)
            return made

        return self._store.write(work, feeds_outbox=True)


def incidents_since(register: RegisterReading, since: datetime) -> tuple[Incident, ...]:
    """Returns the incidents with events since ``since``. Raises StoreError. Thread-safe."""
    return register.read(lambda connection: _incidents(connection, since))


def _incidents(connection: Connection, since: datetime) -> tuple[Incident, ...]:
    """Returns the incidents with events since ``since``, each with all its events.

    Without its first event a declared incident would look like a proposed one.
    """
    event = incident_event.c
    lately = select(event.incident_id).where(event.at >= since)
    rows = connection.execute(select(incident_event).where(event.incident_id.in_(lately)))
    return incidents_of(event_of(row) for row in rows.mappings())


def _sightings(connection: Connection, since: datetime) -> Iterator[Sighting]:
    own = [(row, row.content) for row in connection.execute(_own_calls(since))]
    own += [
        (row, with_place(row.text, row.place)) for row in connection.execute(_own_messages(since))
    ]
    # a phone number in one record of a call applies to all records of that call
    phones = {row.of_call: row.phone for row, _told in own if row.of_call and row.phone}
    for row, told in own:
        caller = row.phone or phones.get(row.of_call) or row.of_call or str(row.id)
        yield _sighting(row, caller, told)
    for known in (known_call, known_message):
        recent = select(known).where(known.c.received_at >= since - LATE, known.c.at >= since)
        for row in connection.execute(recent):
            yield _sighting(row, row.phone, row.about)


def _own_calls(since: datetime) -> Any:
    call = call_record.c
    return select(
        call.id, call.arrived_at.label("at"), call.phone, call.topic, call.category, call.content,
        _OF_CALL,
    ).where(
        call.arrived_at >= since, call.direction == "incoming", call.answered_at.is_not(None)
    )  # fmt: skip


def _own_messages(since: datetime) -> Any:
    own = message.c
    return select(
        own.id, own.created_at.label("at"), own.phone, own.topic, own.category, own.text,
        own.place, _OF_CALL,
    ).select_from(
        message.outerjoin(call_record, call_record.c.id == own.call_id)
    ).where(own.created_at >= since)  # fmt: skip


# Number of the call that a record belongs to: additional questions and messages of a call are not
# further callers.
_OF_CALL = func.coalesce(call_record.c.part_of, call_record.c.number).label("of_call")


def _sighting(row: Row[Any], caller: str, told: str) -> Sighting:
    return Sighting(caller, row.at, told, row.category or row.topic)
