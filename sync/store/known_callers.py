"""What is known of a telephone: the last calls and open messages of this workplace and others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    select,
    true,
)
from sqlalchemy.dialects.sqlite import insert

from sync.register.calls import CallResult, CallState
from sync.register.handling.states import OPEN, State
from sync.register.numbering import RegistrationNumber, parse
from sync.store.feed_marks import RegisterReceiver
from sync.store.feed_values import Feed, FeedItem
from sync.store.missed_elsewhere import mark_elsewhere, take_own_mark, unmark_elsewhere
from sync.store.reading import RegisterReading
from sync.store.record_tables import call_record, message
from sync.store.register import RegisterStore
from sync.store.workplace_tables.received import known_call, known_message

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
