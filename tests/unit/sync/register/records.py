"""Records for the tests of the register: fictional people, numbers of the test range."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sync.register.calls import calls
from sync.register.calls.by_hand import FORMAL_APPEAL_KEY
from sync.register.calls.calls import CallRecord, Direction, NewCall, UsedEntry
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.register.people.operators import Operator, Role

ARRIVED = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
QUESTION = UsedEntry("q-waste", "question", "Когда вывозят мусор?")
SERVICE = UsedEntry("p-subsidy", "service", "Субсидия на оплату жилья")
PERSON = UsedEntry("person-1", "person", "Пробный Пётр Петрович")
APPEAL = UsedEntry(FORMAL_APPEAL_KEY, "script", "Обращение по 59-ФЗ")
UNIT = UsedEntry("housing-control", "unit", "Управление жилищного контроля")
AREA_CODE = "87937"


def operator(role: Role = Role.OPERATOR, name: str = "Тестовый Оператор", low: int = 1) -> Operator:
    return Operator(UUID(int=low), "test", name, role)


def new_call(
    arrived_at: datetime = ARRIVED,
    *,
    caller_number: str = "79005550107",
    direction: Direction = "incoming",
    out_of_hours: bool = False,
) -> NewCall:
    return NewCall(
        sip_call_id="a84b4c76e66710@example.test",
        direction=direction,
        arrived_at=arrived_at,
        caller_number=caller_number,
        caller_name="",
        dialled_line="+79005550100",
        out_of_hours=out_of_hours,
    )


def number(arrived_at: datetime = ARRIVED, counter: int = 0) -> RegistrationNumber:
    return next_number(period_of(arrived_at), "0417", counter)


def card(
    call: NewCall | None = None, *, by: Operator | None = None, identity: int = 1000
) -> CallRecord:
    facts = new_call() if call is None else call
    return calls.open_card(
        facts,
        id=UUID(int=identity),
        number=number(facts.arrived_at),
        at=facts.arrived_at,
        operator=operator() if by is None else by,
        workplace="0417",
        home_area_code=AREA_CODE,
    )
