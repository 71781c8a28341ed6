"""Caller lookup by phone number: last calls, open messages, named persons; their feed receiver.

Needs no network: records of other workplaces arrive with the feed.
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

LAST_CALLS = 5  # of a telephone
_TABLES: Mapping[str, Table] = {"call": known_call, "message": known_message}


@dataclass(frozen=True, slots=True)
class FormerCall:
    """An earlier call from a telephone; ``about`` is the beginning of what it was about."""

    number: RegistrationNumber
    at: datetime
    topic: str | None
    category: str | None
    about: str
    result: CallResult | None


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message of a telephone that is not over; ``at`` is when it was begun."""

    number: RegistrationNumber
    at: datetime
    topic: str | None
    category: str | None
    about: str
    state: State
    unit: str | None


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """What is known of a telephone, the newest first."""

    calls: tuple[FormerCall, ...] = ()
    messages: tuple[OpenMessage, ...] = ()


Dated = TypeVar("Dated", FormerCall, OpenMessage)


def known_caller(
    register: RegisterReading, phone: str, *, without: UUID | None = None
) -> KnownCaller:
    """The last calls and open messages of a telephone (E.164), but for the call ``without``.

    Any thread; needs no network: what other workplaces wrote came with the feed before.
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
    """Keeps the last calls of each telephone and its open messages of other workplaces.

    What may be known no more, as a message that is over or a telephone that was erased, goes.
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
    """Whether it is word of a missed call of ours that somebody elsewhere has dealt with."""
    told = item.document
    if told is None or item.entity != "call" or told.get("handled_at") is None:
        return False
    return take_own_mark(connection, key, datetime.fromisoformat(told["handled_at"]))


def forget_known(connection: Connection, before: datetime) -> int:
    """Forget what came from the centre before the moment; how many rows."""
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


# Built once: to put them together would take longer than to ask them.
_PHONE = bindparam("asked_phone", type_=Text)
_OWN_CALLS, _OWN_MESSAGES = _own_calls(), _own_messages()
_KNOWN_CALLS, _KNOWN_MESSAGES = (
    select(table).where(table.c.phone == _PHONE) for table in (known_call, known_message)
)


MOST_RECORDS = 200  # the newest of a telephone or a name: a public telephone has thousands
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
"""Of each table the columns of the moment, of what it was about, and of the address, if any."""


def persons_behind(
    register: RegisterReading, phone: str, *, without: UUID | None = None
) -> tuple[KnownPerson, ...]:
    """Whom calls and messages of a telephone (E.164) name, but for the call ``without``.

    Any thread; who was written down last comes first, no more than digits can choose from.
    """
    asked = {"asked_phone": phone, "without": without}
    return register.read(lambda connection: _persons(connection, _BEHIND, asked))[:MOST_PERSONS]


def find_persons(
    register: RegisterReading, query: str, home_area_code: str
) -> tuple[KnownPerson, ...]:
    """Whom records name so, by the beginnings of a name's words in any order, or by a telephone.

    Any thread; none for less than two letters or five digits. The newest first.
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
        # The first condition is what the indexes answer, the others look through what it gives.
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
    """Whom the newest records of a table name, each in the newest that names him so.

    A public telephone has hundreds of records of a few people: to make an object of each takes as
    long as all else that is done at a ring. What is a draft yet is not told.
    """
    newest = _newest_with(table, conditions).subquery()
    # without a telephone or an address each record is somebody else's
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


# Built once: to put it together would take longer than to ask it.
_BEHIND = union_all(*(_named(table, _of_phone(table)) for table in (*_OWN, *_OF_OTHERS)))
