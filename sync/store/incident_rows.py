"""Events of incidents as rows, added in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select

from sync.register.calls import CallRecord, incidents_told
from sync.register.handling.events import Person
from sync.register.incidents.incident import (
    INCIDENT_SCHEMA_VERSION,
    IncidentAct,
    IncidentEvent,
    call_linked,
)
from sync.register.numbering import period_of
from sync.register.operators import Role
from sync.store import outbox
from sync.store.outbox import Entity
from sync.store.rows import plain
from sync.store.tables import incident_event, station


def event_row(event: IncidentEvent) -> dict[str, Any]:
    """The columns of ``incident_event``."""
    return {
        "id": event.id,
        "incident_id": event.incident_id,
        "act": event.act.value,
        "at": event.at,
        "version": event.version,
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
    """The event of a row of ``incident_event``."""
    return IncidentEvent(
        id=row["id"],
        incident_id=row["incident_id"],
        act=IncidentAct(row["act"]),
        at=row["at"],
        version=row["version"],
        street=row["street"],
        matter=row["matter"],
        text=row["text"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        call_id=row["call_id"],
    )


def add_event(connection: Connection, event: IncidentEvent, queued_at: datetime) -> None:
    """Keep the event, and queue it for the centre."""
    values = event_row(event)
    connection.execute(insert(incident_event).values(values))
    code = connection.scalar(select(station.c.code))
    place = {"station_id": code, "period": period_of(event.at), "revision": 1}
    payload = {**plain(values), **place}
    outbox.add(connection, Entity.INCIDENT_EVENT, event.id, 1, payload, queued_at)


def link_incidents(
    connection: Connection, card: CallRecord, new_id: Callable[[], UUID], at: datetime
) -> None:
    """Note for each incident whose text the caller was told that this call is one of its calls."""
    told = set(incidents_told(card))
    if not told:
        return
    own = select(incident_event.c.incident_id).where(incident_event.c.call_id == card.id)
    for incident_id in sorted(told - set(connection.scalars(own))):
        by = Person(
            card.closed_by_id or card.operator_id,
            card.closed_by_name or card.operator_name,
            card.operator_role,
        )
        add_event(connection, call_linked(new_id(), incident_id, card.id, by, at), at)
