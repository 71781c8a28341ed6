"""Register records for tests, with every field filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sync.register import messages
from sync.register.calls import by_hand, calls
from sync.register.calls.calls import CallRecord, NewCall, UsedEntry
from sync.register.messages import MessageRecord, Publicity
from sync.register.numbering import next_number, period_of
from sync.register.people.operators import Operator, Role
from sync.register.people.values import Absence, PersonName

RANG_AT = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)

OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-000000000001"), "operator", "Первая Проба Пробовна", Role.OPERATOR
)


def new_call(index: int, arrived_at: datetime = RANG_AT) -> NewCall:
    """Returns the first ring of call number ``index``."""
    return NewCall(
        sip_call_id=f"call-{index}@test.invalid",
        direction="incoming",
        arrived_at=arrived_at,
        caller_number="89005550101",
        caller_name="Caller",
        dialled_line="112000",
        out_of_hours=False,
    )


def filled(card: CallRecord) -> CallRecord:
    """Returns the draft as an operator leaves it before closing: no field is empty."""
    card = calls.answered(card, card.arrived_at + timedelta(seconds=4))
    card = calls.edit(
        card,
        email="caller@test.invalid",
        name=PersonName("Пробный", "Проб", "Пробович"),
        topic="roads",
        category="roads-pits",
    )
    card = by_hand.accept_entry(
        card, UsedEntry("q-17", "question", "Когда вывозят мусор?"), "По вторникам «с утра»."
    )
    return calls.ended(card, card.arrived_at + timedelta(seconds=64), "remote_hangup", 200)


def closed(card: CallRecord) -> CallRecord:
    """Returns the filled card, closed by the operator."""
    outcome = calls.close(card, card.arrived_at + timedelta(seconds=90), OPERATOR)
    assert isinstance(outcome, CallRecord)
    return outcome


def message_draft(id: UUID, at: datetime) -> MessageRecord:
    """Returns an empty message created from a call of that time."""
    card = calls.open_card(
        new_call(1, at),
        id=UUID(int=id.int + 500_000),
        number=next_number(period_of(at), "0001", 1),
        at=at,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    return messages.message_from_call(card, id, at, OPERATOR)


def registered_message(card: CallRecord, id: UUID) -> MessageRecord:
    """Returns a complete message created from this card; the store assigns its number."""
    at = card.arrived_at + timedelta(seconds=70)
    draft = messages.edit(
        messages.message_from_call(card, id, at, OPERATOR),
        text="Яма на дороге",
        topic="roads",
        category="roads-pits",
        unit="road-service",
        event_on=date(2026, 11, 24),
        event_time=time(7, 30),
        place="ул. Пробная, 1",
        publicity=Publicity.PUBLIC,
        phone=Absence.NOT_GIVEN,
    )
    outcome = messages.register(draft, at, OPERATOR)
    assert isinstance(outcome, MessageRecord)
    return outcome


def answered_message(answer: str, arrived_at: datetime = RANG_AT) -> MessageRecord:
    """Returns a registered message that the road service has answered on the platform."""
    number = next_number(period_of(arrived_at), "0001", 7)
    card = calls.open_card(
        new_call(7, arrived_at),
        id=UUID(int=70),
        number=number,
        at=arrived_at,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    message = registered_message(card, UUID(int=71))
    return replace(message, number=number, platform_id="p-7", answer_text=answer)
