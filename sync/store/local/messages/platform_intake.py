"""Import of messages from the city platform for review (Regulation 7.5); queue of status news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, and_, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from uuid_utils.compat import uuid7

from sync.records.replicated_tables import message
from sync.records.workplace_message_tables import platform_intake, platform_news, platform_post
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import StepDone
from sync.register.handling.notices import PlatformNews, news_of
from sync.register.handling.standing import HELD_BACK, TOO_FAR_AHEAD
from sync.register.handling.step_facts import TakenBack
from sync.register.messages import (
    MessageRecord,
    State,
    SubmittedMessage,
    UnreadableRequest,
    draft_of,
)
from sync.store.local.messages.platform_media import files_told, queue_files
from sync.store.local.messages.platform_queue import LONGEST_WAIT, PostState
from sync.store.local.register import RegisterStore

NO_TEXT = "no_text"
A_DAY = timedelta(days=1)
SHOWN_LATE = timedelta(days=7)
"""A platform may show a message so long after it was sent, as one that is looked through first."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was taken in, and what stays on the platform, each told once.

    A request of photos alone cannot be judged here, for photos do not come along.
    """

    records: tuple[MessageRecord, ...]
    left: tuple[UnreadableRequest, ...]


class PlatformIntake(Protocol):
    """What the job that takes messages in needs of a store; used by one thread."""

    def is_due(self, at: datetime, every_s: float) -> bool:
        """Whether it is time to ask the platform again."""

    def since(self, at: datetime) -> datetime:
        """From which moment on the platform is asked; the first time that is ``at``.

        What was sent before the city began to work with this program is not ours to judge; what
        it told more than a week before it last did is not asked for again.
        """

    def take_in(
        self, sent: Sequence[SubmittedMessage | UnreadableRequest], at: datetime
    ) -> TakenIn:
        """Those that were not here, handed to review; returns after COMMIT."""


class LocalPlatformIntake:
    """The intake of the embedded default, where one console alone asks the platform."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        home_area_code: str = "",
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        self._store = store
        self._home_area_code = home_area_code
        self._new_id = new_id
        self._asked_at: datetime | None = None
        self._looked_from: datetime | None = None
        self._is_behind = False

    def is_due(self, at: datetime, every_s: float) -> bool:
        return self._asked_at is None or abs(at - self._asked_at) >= timedelta(seconds=every_s)

    def since(self, at: datetime) -> datetime:
        def work(connection: Connection) -> datetime:
            begin = sqlite_insert(platform_intake).values(only=1, since=at)
            connection.execute(begin.on_conflict_do_nothing())
            begun = _begun_at(connection)
            if begun > at and not self._is_behind:
                # that first look was by a clock that ran ahead, unless this one is behind
                self._looked_from = min(self._looked_from or at, at)
                return self._looked_from
            told_at = connection.scalars(select(platform_intake.c.told_at)).one()
            return begun if told_at is None else max(begun, told_at - SHOWN_LATE)

        self._asked_at = at
        return self._store.write(work).result()

    def take_in(
        self, sent: Sequence[SubmittedMessage | UnreadableRequest], at: datetime
    ) -> TakenIn:
        messages = [one for one in sent if isinstance(one, SubmittedMessage)]

        def work(connection: Connection) -> TakenIn:
            known = set(
                connection.scalars(
                    select(message.c.platform_id).where(
                        message.c.platform_id.in_([one.platform_id for one in messages])
                    )
                )
            )
            begun = _begun_at(connection)
            if begun > at and self._looked_from is not None:
                # the platform's clock tells which of the two was wrong
                self._is_behind |= any(one.submitted_at > at + A_DAY for one in messages)
                if messages and not self._is_behind:
                    begun = self._looked_from
                    connection.execute(update(platform_intake).values(since=begun))
            new = [
                one
                for one in messages
                if one.platform_id not in known and one.submitted_at >= begun
            ]
            taken = [self._take_in_one(connection, one, at) for one in new]
            records = tuple(record for record in taken if record is not None)
            here = {record.platform_id for record in records}
            left = (
                UnreadableRequest(one.platform_id, NO_TEXT)
                for one in new
                if one.platform_id not in here
            )
            connection.execute(update(platform_intake).values(told_at=at))
            return TakenIn(records, tuple(left))

        return self._store.write(work, feeds_outbox=True).result()

    def _take_in_one(
        self, connection: Connection, sent: SubmittedMessage, at: datetime
    ) -> MessageRecord | None:
        draft = draft_of(sent, self._new_id(), at, self._home_area_code)
        # The term of 7.11 counts from when it was sent; no platform's clock makes that tomorrow.
        sent_at = min(sent.submitted_at, at)
        outcome = self._store.messages.hand_in(connection, draft, Source.PLATFORM, at=sent_at)
        if not isinstance(outcome, StepDone):
            # No text (6.1): it stays a draft that no list shows, so that it is told only once.
            return None
        connection.execute(
            insert(platform_post).values(
                message_id=draft.id,
                state=PostState.POSTED.value,
                platform_id=sent.platform_id,
                posted_at=sent_at,
                next_try_at=at,
            )
        )
        return outcome.handled.record


def _begun_at(connection: Connection) -> datetime:
    begun_at: datetime = connection.scalars(select(platform_intake.c.since)).one()
    return begun_at


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
                or_(
                    platform_news.c.next_try_at <= at,
                    and_(
                        platform_news.c.tries == 0, platform_news.c.next_try_at > at + TOO_FAR_AHEAD
                    ),
                    platform_news.c.next_try_at > at + LONGEST_WAIT,
                ),
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
                PlatformNews(State(row.status), row.is_over, row.is_public, row.text, row.details),
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

        def work(connection: Connection) -> None:
            connection.execute(statement)
            if values.get("state") == NewsState.TOLD.value:
                files_told(connection, news.event_id)

        self._store.write(work).result()


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
                    details=dict(news.details),
                    state=NewsState.WAITING.value,
                    next_try_at=event.at + HELD_BACK,
                )
            )
            queue_files(connection, event, handled)


def _cancel(connection: Connection, event_ids: Sequence[UUID]) -> None:
    waiting = platform_news.c.state == NewsState.WAITING.value
    connection.execute(
        update(platform_news)
        .where(platform_news.c.event_id.in_(event_ids), waiting)
        .values(state=NewsState.CANCELLED.value)
    )
