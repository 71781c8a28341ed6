"""Caller lookup by phone number, and the feed receiver for summaries of other workplaces.

Returns last calls, open messages and named persons. Needs no network: records of other workplaces
arrive with the feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    case,
    delete,
    func,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert

from sync.records.feed_values import Feed, FeedItem
from sync.records.replicated_tables import call_record, message
from sync.records.workplace_tables import known_call, known_message
from sync.register.calls.calls import CallResult, CallState
from sync.register.messages import OPEN, State
from sync.register.numbering import RegistrationNumber, parse
from sync.register.people.persons import (
    MOST_PERSONS,
    KnownPerson,
    NamedRecord,
    is_named,
    name_words,
    persons_of,
)
from sync.register.people.phones import canonical_phone
from sync.register.people.values import PersonName
from sync.store.local.calls.missed import mark_elsewhere, take_own_mark, unmark_elsewhere
from sync.store.local.calls.text_conditions import begins_with
from sync.store.local.feed import RegisterReceiver
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

LAST_CALLS = 5  # per phone number
_TABLES: Mapping[str, Table] = {"call": known_call, "message": known_message}


@dataclass(frozen=True, slots=True)
class FormerCall:
    """Earlier call from a phone number; ``about`` is the beginning of its content."""

    number: RegistrationNumber
    at: datetime
    topic: str | None
    category: str | None
    about: str
    result: CallResult | None


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """Unfinished message from a phone number; ``at`` is its creation time."""

    number: RegistrationNumber
    at: datetime
    topic: str | None
    category: str | None
    about: str
    state: State
    unit: str | None


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """Stored calls and messages of a phone number, newest first."""

    calls: tuple[FormerCall, ...] = ()
    messages: tuple[OpenMessage, ...] = ()


Dated = TypeVar("Dated", FormerCall, OpenMessage)


def known_caller(
    register: RegisterReading, phone: str, *, without: UUID | None = None
) -> KnownCaller:
    """Returns the last calls and open messages of a phone number (E.164).

    The call ``without`` is left out. Needs no network: records of other workplaces are already
    stored by the feed. Thread-safe.
    """
    asked = {"asked_phone": phone, "without": without}

    def work(connection: Connection) -> KnownCaller:
        calls = [
            FormerCall(number, row.at, row.topic, row.category, row.about,
                       None if row.result is None else CallResult(row.result))
            for number, row in _found(connection, (_OWN_CALLS, _KNOWN_CALLS), asked)
        ]  # fmt: skip
        messages = [
            OpenMessage(number, row.at, row.topic, row.category, row.about,
                        State(row.state), row.unit)
            for number, row in _found(connection, (_OWN_MESSAGES, _KNOWN_MESSAGES), asked)
        ]  # fmt: skip
        return KnownCaller(_newest(calls)[:LAST_CALLS], _newest(messages))

    return register.read(work)


def _newest(found: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(found, key=lambda one: (one.at, str(one.number)), reverse=True))


class HistoryFeed(RegisterReceiver):
    """Stores the last calls and open messages of other workplaces for each phone number.

    Closed messages and erased phone numbers are deleted.
    """

    def __init__(
        self, store: RegisterStore, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(store, Feed.HISTORY)
        self._clock = clock

    def replace(self, items: Iterator[FeedItem], mark: str) -> None:
        taken = tuple(items)

        def work(connection: Connection) -> None:
            mark_elsewhere(connection, _phones(connection, true()))
            for table in _TABLES.values():
                connection.execute(delete(table))
            self.take(connection, taken)

        self.write(work, mark)

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        phones: set[str] = set()
        for item in items:
            table, key = _TABLES[item.entity], UUID(item.id.rpartition("/")[2])
            if _is_own_mark(connection, key, item):
                continue
            phones |= _phones(connection, known_call.c.id == key)
            connection.execute(delete(table).where(table.c.id == key))
            unmark_elsewhere(connection, key)
            if item.document is not None:
                connection.execute(insert(table).values(self._row(table, key, item.document)))
                phones.add(item.document["phone"])
        mark_elsewhere(connection, phones)
        for phone in phones:
            _forget_older(connection, phone)

    def check(self, item: FeedItem) -> None:
        table, key = _TABLES[item.entity], UUID(item.id.rpartition("/")[2])
        told = item.document
        if told is None:
            return
        self._row(table, key, told)
        if item.entity == "message":
            State(told["state"])
        elif told["result"] is not None:
            CallResult(told["result"])

    def _row(self, table: Table, key: UUID, document: Mapping[str, Any]) -> dict[str, Any]:
        known = {name: document[name] for name in document if name in table.c}
        moments = {
            name: datetime.fromisoformat(known[name])
            for name in ("at", "handled_at", "answered_at")
            if known.get(name) is not None
        }
        return {**known, **moments, "id": key, "received_at": self._clock()}


def _is_own_mark(connection: Connection, key: UUID, item: FeedItem) -> bool:
    """Whether the item reports that another workplace resolved a missed call of this workplace.

    If so, marks the call as resolved.
    """
    told = item.document
    if told is None or item.entity != "call" or told.get("handled_at") is None:
        return False
    return take_own_mark(connection, key, datetime.fromisoformat(told["handled_at"]))


def forget_known(connection: Connection, before: datetime) -> int:
    """Deletes rows received from the central database before this time; returns their number."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    mark_elsewhere(connection, _phones(connection, known_call.c.received_at < before))
    return sum(
        connection.execute(delete(table).where(table.c.received_at < before)).rowcount
        for table in _TABLES.values()
    )


def _phones(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    return set(connection.scalars(select(known_call.c.phone).where(which).distinct()))


def _forget_older(connection: Connection, phone: str) -> None:
    newest = (
        select(known_call.c.id)
        .where(known_call.c.phone == phone)
        .order_by(known_call.c.at.desc(), known_call.c.number.desc())
        .limit(LAST_CALLS)
    )
    connection.execute(
        delete(known_call).where(known_call.c.phone == phone, known_call.c.id.not_in(newest))
    )


def _found(
    connection: Connection, queries: Iterable[Select[Any]], asked: Mapping[str, object]
) -> Iterator[tuple[RegistrationNumber, Any]]:
    for query in queries:
        for row in connection.execute(query, asked):
            number = parse(row.number)
            if isinstance(number, RegistrationNumber):
                yield number, row


def _own_calls() -> Select[Any]:
    call, without = call_record.c, bindparam("without", type_=call_record.c.id.type)
    return (
        select(
            call.number, call.arrived_at.label("at"), call.topic, call.category, call.result,
            call.content.label("about"),
        )
        .where(
            call.phone == _PHONE,
            call.state == CallState.CLOSED.value,
            call.id.is_distinct_from(without),
        )
        .order_by(call.arrived_at.desc(), call.number.desc())
        .limit(LAST_CALLS)
    )  # fmt: skip


def _own_messages() -> Select[Any]:
    own = message.c
    states = [state.value for state in OPEN - {State.DRAFT}]
    return select(
        own.number, own.created_at.label("at"), own.topic, own.category, own.state, own.unit,
        own.text.label("about"),
    ).where(own.phone == _PHONE, own.state.in_(states))  # fmt: skip


# Built once: building a query takes longer than running it.
_PHONE = bindparam("asked_phone", type_=Text)
_OWN_CALLS, _OWN_MESSAGES = _own_calls(), _own_messages()
_KNOWN_CALLS, _KNOWN_MESSAGES = (
    select(table).where(table.c.phone == _PHONE) for table in (known_call, known_message)
)


MOST_RECORDS = 200  # newest per number or name; a public phone has thousands
FEWEST_LETTERS = 2
FEWEST_DIGITS = 5
_OWN = (call_record, message)
_OF_OTHERS = (known_call, known_message)
_COLUMNS = {
    "call_record": ("arrived_at", "content", "email"),
    "message": ("created_at", "text", "email"),
    "known_call": ("at", "about", ""),
    "known_message": ("at", "about", ""),
}
"""For each table: the columns of the time, the content and the e-mail address, if any."""


def persons_behind(
    register: RegisterReading, phone: str, *, without: UUID | None = None
) -> tuple[KnownPerson, ...]:
    """Returns the persons named in calls and messages of a phone number (E.164), newest first.

    The call ``without`` is left out. Returns at most as many persons as a digit key can select.
    Thread-safe.
    """
    asked = {"asked_phone": phone, "without": without}
    return register.read(lambda connection: _persons(connection, _BEHIND, asked))[:MOST_PERSONS]


def find_persons(
    register: RegisterReading, query: str, home_area_code: str
) -> tuple[KnownPerson, ...]:
    """Returns the persons found by name prefixes in any order, or by phone number, newest first.

    Empty for fewer than two letters or five digits. Thread-safe.
    """
    text = query.strip()
    digits = sum(character.isdigit() for character in text)
    if digits >= FEWEST_DIGITS:
        phone = canonical_phone(text, home_area_code)
        return () if phone is None else persons_behind(register, phone)
    words = name_words(text)
    if digits or max(map(len, words), default=0) < FEWEST_LETTERS:
        return ()

    def conditions(table: Table) -> list[ColumnElement[bool]]:
        # The first condition uses the indexes; the others filter its result.
        indexed = (table.c.surname, table.c.given_name)
        parts = (*indexed, table.c.patronymic)
        begun = [begins_with(part, word) for word in words for part in indexed]
        return [or_(*begun)] + [or_(*(begins_with(part, word) for part in parts)) for word in words]

    named = union_all(*(_named(table, conditions(table)) for table in _OWN))
    found = register.read(lambda connection: _persons(connection, named, {}))
    return tuple(person for person in found if is_named(person, text))[:MOST_PERSONS]


def _persons(
    connection: Connection, query: CompoundSelect[Any], asked: Mapping[str, object]
) -> tuple[KnownPerson, ...]:
    return persons_of(
        NamedRecord(
            number or "", at, PersonName(surname, given_name or "", patronymic or ""),
            phone, email, topic, category, about, records,
        )
        for number, at, surname, given_name, patronymic, phone, email, topic, category, about,
            records in connection.execute(query, asked)
    )  # fmt: skip


def _named(table: Table, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Selects the distinct persons named in the newest records of a table.

    Each person is taken from the latest record. A public phone has hundreds of records of a few
    persons; building an object for each record would take as long as all other work when the phone
    rings. Drafts are left out.
    """
    newest = _newest_with(table, conditions).subquery()
    # without phone number and e-mail, each record counts as a separate person
    alone = case((func.coalesce(newest.c.phone, newest.c.email).is_(None), newest.c.number))
    who = (
        newest.c.surname, newest.c.given_name, newest.c.patronymic,
        newest.c.phone, newest.c.email, alone,
    )  # fmt: skip
    order = (newest.c.at.desc(), newest.c.number.desc())
    ranked = select(
        *newest.c,
        func.count().over(partition_by=who).label("records"),
        func.row_number().over(partition_by=who, order_by=order).label("place"),
    ).subquery()
    columns = [column for column in ranked.c if column.name != "place"]
    return select(*columns).where(ranked.c.place == 1)


def _newest_with(table: Table, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    at, about, email = _COLUMNS[table.name]
    own = table.c
    query = select(
        own.number, own[at].label("at"), own.surname, own.given_name, own.patronymic, own.phone,
        (own[email] if email else null()).label("email"), own.topic, own.category,
        own[about].label("about"),
    )  # fmt: skip
    if table is message:
        query = query.where(own.state != State.DRAFT.value)
    named = query.where(own.surname.is_not(None), *conditions)
    return named.order_by(own[at].desc()).limit(MOST_RECORDS)


def _of_phone(table: Table) -> list[ColumnElement[bool]]:
    phone = bindparam("asked_phone", type_=Text)
    if table in _OF_OTHERS:
        return [table.c.phone == phone]
    own = table.c.id if table is call_record else table.c.call_id
    without = bindparam("without", type_=own.type)
    return [table.c.phone == phone, or_(without.is_(None), own.is_distinct_from(without))]


# Built once: building the query takes longer than running it.
_BEHIND = union_all(*(_named(table, _of_phone(table)) for table in (*_OWN, *_OF_OTHERS)))
