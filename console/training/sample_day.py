"""A made-up working day in the register of a stage, so that its pictures show work."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from uuid_utils.compat import uuid7

from sync.register import calls, messages, used_entries
from sync.register.calls import CallRecord, CallResult, NewCall, UsedEntry
from sync.register.handling.events import person
from sync.register.messages import Publicity
from sync.register.name_reading import split_name
from sync.register.operators import Operator, Role
from sync.register.values import Absence
from sync.store.keys import open_key
from sync.store.register import RegisterStore

CITY = ZoneInfo("Europe/Moscow")
WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One call of the day: how many minutes ago, who, what about, and what came of it."""

    minutes_ago: int
    number: str
    name: str
    content: str
    result: CallResult
    entry: UsedEntry | None = None


def _question(key: str, title: str) -> UsedEntry:
    return UsedEntry(key, "question", title)


DAY = (
    SampleCall(196, "+79005550129", "Ильина Софья Петровна", "До скольких открыта питьевая галерея",
               CallResult.ANSWERED,
               _question("q-pump-room-hours", "В какие часы работает питьевая галерея")),
    SampleCall(173, "+79005550130", "Громов Пётр Ильич", "Забыл сумку в автобусе",
               CallResult.CONTACTS,
               UsedEntry("bus-company", "unit", "МУП «Белоключевский автобус»")),
    SampleCall(151, "+79005550131", "Родионова Анна Павловна", "Нет холодной воды на Горной, 12",
               CallResult.ANSWERED, _question("q-no-cold-water", "Нет холодной воды, когда дадут")),
    SampleCall(128, "+79005550132", "", "", CallResult.SILENT),
    SampleCall(104, "+79005550133", "Карпов Лев Андреевич", "Телефон и часы работы МФЦ",
               CallResult.CONTACTS, UsedEntry("mfc", "unit", "МФЦ «Мои документы»")),
    SampleCall(83, "+79005550134", "Мирная Ольга Ильинична", "Когда включат отопление",
               CallResult.ANSWERED,
               _question("q-heating-start", "Когда включат отопление осенью")),
    SampleCall(47, "+79005550135", "", "", CallResult.NOT_ANSWERED),
    SampleCall(31, "+79005550136", "Степанов Игорь Львович", "Как оформить субсидию",
               CallResult.ANSWERED,
               _question("q-subsidy-eligible", "Положена ли мне субсидия на оплату ЖКУ")),
)  # fmt: skip
LAMP = "Третий вечер не горит фонарь у подъезда, дети идут из школы в темноте."
BINS = (
    "Контейнеры переполнены с понедельника, мусор лежит вокруг. Управляющая компания обещала"
    " вывезти. Звоните мне по телефону +7 900 555-01-38, квартира 14."
)


def make_sample_day(
    register_file: Path, *, name: str, login: str, password: str, now: datetime
) -> None:
    """Write the operator and her day into a new register; the console opens it afterwards."""
    at = now
    store = RegisterStore.open(
        register_file, open_key(register_file), home_area_code="87999", clock=lambda: at
    )
    try:
        operator = store.create_first_operator(
            name=name, login=login, password=password, role=Role.SUPERVISOR
        ).result(WAIT_S)
        for sample in DAY:
            at = now - timedelta(minutes=sample.minutes_ago)
            _make_call(store, sample, at, operator)
        at = now - timedelta(minutes=16)
        _hand_in(store, BINS, "waste/removal", "ул. Садовая, д. 7", at, operator)
        at = now - timedelta(minutes=9)
        _hand_in(store, LAMP, "power/street-light", "ул. Родниковая, д. 14", at, operator)
    finally:
        store.close_store()


def _make_call(store: RegisterStore, sample: SampleCall, at: datetime, operator: Operator) -> None:
    card = store.open_card(
        NewCall(
            sip_call_id=f"day-{sample.minutes_ago}@sample",
            direction="incoming",
            arrived_at=at,
            caller_number=sample.number,
            caller_name="",
            dialled_line="100",
            out_of_hours=False,
        ),
        operator,
    ).result(WAIT_S)
    if sample.result is CallResult.NOT_ANSWERED:
        store.close(calls.missed(card, at + timedelta(seconds=24), "caller_gave_up")).result(WAIT_S)
        return
    card = calls.answered(card, at + timedelta(seconds=4))
    if sample.entry is not None:
        card = used_entries.accept_entry(card, sample.entry, "")
    card = calls.edit(
        card,
        content=sample.content,
        result=sample.result,
        name=split_name(sample.name) if sample.name else Absence.NOT_GIVEN,
        email=Absence.NOT_GIVEN,
    )
    card = calls.ended(card, at + timedelta(seconds=96), "far_end")
    closed = calls.close(card, at + timedelta(seconds=103), operator)
    if isinstance(closed, CallRecord):
        store.close(closed).result(WAIT_S)


def _hand_in(
    store: RegisterStore, text: str, category: str, place: str, at: datetime, operator: Operator
) -> None:
    """A message under review, as it was brought to the desk without a call."""
    draft = messages.edit(
        messages.message_without_call(uuid7(), at, operator),
        text=text,
        topic=category.partition("/")[0],
        category=category,
        event_on=at.astimezone(CITY).date() - timedelta(days=1),
        event_time=time(18, 30),
        place=place,
        publicity=Publicity.PUBLIC,
        name=split_name("Ветрова Мария Олеговна"),
        phone="+79005550137",
        email="vetrova@primer.example",
    )
    store.hand_in(draft, person(operator)).result(WAIT_S)
