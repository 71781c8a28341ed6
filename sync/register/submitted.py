"""Messages that users sent on the platform, made into drafts to be reviewed (Regulation 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sync.register.handling.states import State
from sync.register.messages import MESSAGE_SCHEMA_VERSION, MessageRecord, Publicity
from sync.register.operators import Role
from sync.register.phones import canonical_phone
from sync.register.values import Absence, PersonName

NOBODY = UUID(int=0)
"""In place of the operator who wrote a message down: its author did so himself."""


@dataclass(frozen=True, slots=True)
class SubmittedMessage:
    """A message that a user sent on the platform and that waits for the operator.

    ``category`` is a key of our classifier, or the platform's own where none stands for it. What
    the platform does not show of day, hour and author is None.
    """

    platform_id: str
    submitted_at: datetime
    text: str
    place: str
    category: str | None
    publicity: Publicity
    event_on: date | None = None
    event_time: time | None = None
    name: PersonName | None = None
    email: str | None = None
    phone: str | None = None


def draft_of(sent: SubmittedMessage, id: UUID, at: datetime, home_area_code: str) -> MessageRecord:
    """The draft to hand to review; ``id`` is a UUIDv7, ``at`` the moment it came here."""
    phone = canonical_phone(sent.phone, home_area_code) if sent.phone else None
    return MessageRecord(
        id=id,
        number=None,
        revision=1,
        state=State.DRAFT,
        call_id=None,
        text=sent.text,
        topic=None,
        category=sent.category,
        unit=None,
        event_on=sent.event_on,
        event_time=sent.event_time,
        place=sent.place,
        publicity=sent.publicity,
        name=sent.name or Absence.NOT_GIVEN,
        phone=phone or sent.phone or Absence.NOT_GIVEN,
        email=sent.email or Absence.NOT_GIVEN,
        operator_id=NOBODY,
        operator_name="",
        operator_role=Role.OPERATOR,
        created_at=at,
        submitted_at=None,
        registered_at=None,
        platform_id=sent.platform_id,
        platform_status=None,
        answer_text=None,
        schema_version=MESSAGE_SCHEMA_VERSION,
    )
