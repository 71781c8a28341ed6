"""News of messages on their way to the platform, queued with the steps that make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from sync.register.handling.events import Step
from sync.register.handling.facts import TakenBack
from sync.register.handling.handled import StepDone
from sync.register.handling.platform_news import PlatformNews, news_of
from sync.register.handling.standing import HELD_BACK
from sync.register.handling.states import State
from sync.store.record_tables import message
from sync.store.register import RegisterStore
from sync.store.workplace_tables.platform import platform_news

_REGISTRATION = frozenset({Step.REGISTER, Step.REGISTER_AND_PUBLISH})


class NewsState(StrEnum):
    """How far a piece of news has come."""

    WAITING = "waiting"
    TOLD = "told"
    REJECTED = "rejected"
    """The platform will never take it; the message's history has it all the same."""
    CANCELLED = "cancelled"
    """The step was taken back."""


@dataclass(frozen=True, slots=True)
class QueuedNews:
    """A piece of news whose turn it is; ``event_id`` is the same however often it is told."""

    event_id: UUID
    message_id: UUID
    number: str
    platform_id: str
    at: datetime
    news: PlatformNews
    tries: int


class PlatformNewsQueue(Protocol):
    """What the job that tells news needs of a store; used by one thread."""

    def due(self, at: datetime, limit: int) -> tuple[QueuedNews, ...]:
        """The next ones of messages that are on the platform, in the order of the steps.

        Of each message only the first one that waits: news never overtakes news.
        """

    def told(self, news: QueuedNews) -> None:
        """Note that the platform has it."""

    def reject(self, news: QueuedNews, code: str) -> None:
        """Note that the platform will not take it."""

    def put_off(self, news: QueuedNews, code: str, next_try_at: datetime) -> None:
        """Note an attempt that came to nothing."""


_EARLIER = platform_news.alias("earlier")
_OVERTAKES = (
    select(_EARLIER.c.seq)
    .where(
        _EARLIER.c.message_id == platform_news.c.message_id,
        _EARLIER.c.state == NewsState.WAITING.value,
        _EARLIER.c.seq < platform_news.c.seq,
    )
    .exists()
)


class LocalPlatformNews:
    """The news of one workplace."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def follow_steps(self) -> None:
        """Queue the news of every step from now on, in the step's own transaction."""
        self._store.steps.after_steps(_queue)

    def due(self, at: datetime, limit: int) -> tuple[QueuedNews, ...]:
        query = (
            select(platform_news, message.c.number, message.c.platform_id)
            .join(message, message.c.id == platform_news.c.message_id)
            .where(
                platform_news.c.state == NewsState.WAITING.value,
                platform_news.c.next_try_at <= at,
                message.c.platform_id.is_not(None),
                ~_OVERTAKES,
            )
            .order_by(platform_news.c.seq)
            .limit(limit)
        )
        found = self._store.read(lambda connection: connection.execute(query).all())
        return tuple(
            QueuedNews(
                row.event_id,
                row.message_id,
                row.number,
                row.platform_id,
                row.at,
                PlatformNews(State(row.status), row.is_over, row.is_public, row.text),
                row.tries,
            )
            for row in found
        )

    def told(self, news: QueuedNews) -> None:
        self._set(news, state=NewsState.TOLD.value, last_error=None)

    def reject(self, news: QueuedNews, code: str) -> None:
        self._set(news, state=NewsState.REJECTED.value, last_error=code)

    def put_off(self, news: QueuedNews, code: str, next_try_at: datetime) -> None:
        self._set(news, last_error=code, next_try_at=next_try_at)

    def _set(self, news: QueuedNews, **values: object) -> None:
        statement = (
            update(platform_news)
            .where(
                platform_news.c.event_id == news.event_id,
                platform_news.c.state == NewsState.WAITING.value,
            )
            .values(tries=news.tries + 1, **values)
        )
        self._store.write(lambda connection: connection.execute(statement)).result()


def _queue(connection: Connection, done: StepDone) -> None:
    handled = done.handled
    for event in done.events:
        if isinstance(event.facts, TakenBack):
            ids = [one.id for one in handled.history.events]
            # All that was decided since goes with it.
            _cancel(connection, ids[ids.index(event.facts.event_id) :])
    # A message that we post ourselves goes there as a registered one.
    is_on_platform = handled.record.platform_id is not None
    telling = (event for event in done.events if is_on_platform or event.step not in _REGISTRATION)
    made = [(event, news_of(event, handled.standing)) for event in telling]
    # Of steps taken together the last one says where the message stands.
    for event, news in [pair for pair in made if pair[1] is not None][-1:]:
        if news is not None:
            connection.execute(
                insert(platform_news).values(
                    event_id=event.id,
                    message_id=event.message_id,
                    at=event.at,
                    status=news.state.value,
                    is_over=news.is_over,
                    is_public=news.is_public,
                    text=news.text,
                    state=NewsState.WAITING.value,
                    next_try_at=event.at + HELD_BACK,
                )
            )


def _cancel(connection: Connection, event_ids: Sequence[UUID]) -> None:
    waiting = platform_news.c.state == NewsState.WAITING.value
    connection.execute(
        update(platform_news)
        .where(platform_news.c.event_id.in_(event_ids), waiting)
        .values(state=NewsState.CANCELLED.value)
    )
