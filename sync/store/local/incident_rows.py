"""Incident events as rows, added in the transaction of the change that causes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select

from sync.records.replicated_tables import incident_event
from sync.records.row_codec import plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import station
from sync.register.calls.by_hand import incidents_told
from sync.register.calls.calls import CallRecord, CallState
from sync.register.incidents import (
    INCIDENT_SCHEMA_VERSION,
    IncidentAct,
    IncidentEvent,
    call_linked,
    linked_calls,
)
from sync.register.numbering import period_of
from sync.register.people.operators import Person, Role
from sync.store.local import outbox

_UNLINKED = -1
"""Version number that marks a row of a linked call as unlinked.

The previous version of workplaces and of the central database knows only the act "call_linked" and
rejects any other. It accepts this row and continues to count the call.
"""


def event_row(event: IncidentEvent) -> dict[str, Any]:
    """Converts an event to the columns of ``incident_event``."""
    is_unlinked = event.act is IncidentAct.CALL_UNLINKED
    act = IncidentAct.CALL_LINKED if is_unlinked else event.act
    return {
        "id": event.id,
        "incident_id": event.incident_id,
        "act": act.value,
        "at": event.at,
        "version": _UNLINKED if is_unlinked else event.version,
        "street": event.street,
        "matter": event.matter,
        "text": event.text,
        "call_id": event.call_id,
        "by_id": event.by.id,
        "by_name": event.by.name,
        "by_role": event.by.role.value,
        "schema_version": INCIDENT_SCHEMA_VERSION,
    }


def event_of(row: RowMapping) -> IncidentEvent:
    """Builds the event from a row of ``incident_event``."""
    act, version = IncidentAct(row["act"]), row["version"]
    if act is IncidentAct.CALL_LINKED and version == _UNLINKED:
        act, version = IncidentAct.CALL_UNLINKED, 0
    return IncidentEvent(
        id=row["id"],
        incident_id=row["incident_id"],
        act=act,
        at=row["at"],
        version=version,
        street=row["street"],
        matter=row["matter"],
        text=row["text"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        call_id=row["call_id"],
    )


def add_event(connection: Connection, event: IncidentEvent, queued_at: datetime) -> None:
    """Stores the event and adds it to the outbox."""
    values = event_row(event)
    connection.execute(insert(incident_event).values(values))
    code = connection.scalar(select(station.c.code))
    place = {"station_id": code, "period": period_of(event.at), "revision": 1}
    payload = {**plain(values), **place}
    outbox.add(connection, Entity.INCIDENT_EVENT, event.id, 1, payload, queued_at)


def link_incidents(
    connection: Connection,
    card: CallRecord,
    by: Person,
    new_id: Callable[[], UUID],
    at: datetime,
) -> None:
    """Records the incidents to which this call is now attributed, and those to which it no longer
    is.

    A closed call is attributed to the incidents whose text was read to the caller, a draft to none.
    """
    told = set(incidents_told(card)) if card.state is CallState.CLOSED else set()
    query = select(incident_event).where(incident_event.c.call_id == card.id)
    events: dict[UUID, list[IncidentEvent]] = {}
    for row in connection.execute(query).mappings():
        events.setdefault(row["incident_id"], []).append(event_of(row))
    linked = {id for id, own in events.items() if linked_calls(own)}
    for act, ids in (
        (IncidentAct.CALL_LINKED, told - linked),
        (IncidentAct.CALL_UNLINKED, linked - told),
    ):
        for id in sorted(ids):
            add_event(connection, call_linked(new_id(), id, card.id, by, at, act=act), at)


def closer_of(card: CallRecord) -> Person:
    """Returns the operator who closed the call, or the operator who answered it."""
    return Person(
        card.closed_by_id or card.operator_id,
        card.closed_by_name or card.operator_name,
        card.operator_role,
    )
