"""Import of platform messages for review (Regulation 7.5); queue of status updates."""

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
"""Maximum delay between submission and visibility of a message, if the platform moderates first."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Imported messages, and those that remain on the platform; each is reported once.

    A message with only photos cannot be reviewed here, because photos are not imported.
    """

    records: tuple[MessageRecord, ...]
    left: tuple[UnreadableRequest, ...]


class PlatformIntake(Protocol):
    """Store interface of the job that imports messages. Use on one thread only."""

    def is_due(self, at: datetime, every_s: float) -> bool:
        """Whether the platform must be polled again."""

    def since(self, at: datetime) -> datetime:
        """Returns the time from which messages are requested; at the first poll it is ``at``.

        Messages sent before the city started to use this system are not imported. Messages more
        than a week older than the last poll are not requested again.
        """

    def take_in(
        self, sent: Sequence[SubmittedMessage | UnreadableRequest], at: datetime
    ) -> TakenIn:
        """Submits the new messages for review; returns after COMMIT."""


class LocalPlatformIntake:
    """Import without a central database, if a single console polls the platform."""

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
                # the first poll was by a clock that ran ahead, unless the current clock is behind
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
                # the platform's timestamps show which of the two clock readings was wrong
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
        # The deadline of 7.11 starts at submission; a platform clock that runs ahead must not delay
        # it.
        sent_at = min(sent.submitted_at, at)
        outcome = self._store.messages.hand_in(connection, draft, Source.PLATFORM, at=sent_at)
        if not isinstance(outcome, StepDone):
            # No text (6.1): it remains a draft that no list shows, so it is reported only once.
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
    """Delivery state of a status update."""

    WAITING = "waiting"
    TOLD = "told"
    REJECTED = "rejected"
    """Rejected permanently by the platform; the message's history still contains the step."""
    CANCELLED = "cancelled"
    """The step was reverted."""


@dataclass(frozen=True, slots=True)
class QueuedNews:
    """Status update due for delivery; ``event_id`` is the same in every attempt."""

    event_id: UUID
    message_id: UUID
    number: str
    platform_id: str
    at: datetime
    news: PlatformNews
    tries: int


class PlatformNewsQueue(Protocol):
    """Store interface of the job that sends status updates. Use on one thread only."""

    def due(self, at: datetime, limit: int) -> tuple[QueuedNews, ...]:
        """Returns the next updates of messages on the platform, in the order of the steps.

        Only the first pending update of each message is returned, to preserve their order.
        """

    def told(self, news: QueuedNews) -> None:
        """Records that the platform has accepted the update."""

    def reject(self, news: QueuedNews, code: str) -> None:
        """Records that the platform has rejected the update permanently."""

    def put_off(self, news: QueuedNews, code: str, next_try_at: datetime) -> None:
        """Records a failed attempt to send the update, and the time of the next one."""


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
    """Status updates of the messages of one workplace."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def follow_steps(self) -> None:
        """Starts queueing the status updates of every step, in the step's transaction."""
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
            # Reverting a decision also cancels all later ones.
            _cancel(connection, ids[ids.index(event.facts.event_id) :])
    # A message that this system submits itself is already registered when it reaches the platform.
    is_on_platform = handled.record.platform_id is not None
    telling = (event for event in done.events if is_on_platform or event.step not in _REGISTRATION)
    made = [(event, news_of(event, handled.standing)) for event in telling]
    # Of steps applied together, only the last one has the resulting status.
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
