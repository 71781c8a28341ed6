"""Status updates for the city platform from the events of all workplaces, shared through leases.

``platform_post`` has the watermark of each message: the last event reported to the platform.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Update,
    and_,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from sync.records.central_tables import (
    answer_file,
    message,
    message_event,
    platform_media,
    platform_post,
)
from sync.records.message_event_codec import event_of
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment
from sync.register.handling.events import Event, Step
from sync.register.handling.history import led
from sync.register.handling.notices import PlatformNews, news_of
from sync.register.handling.standing import HELD_BACK, Standing
from sync.register.handling.step_facts import TakenBack
from sync.store.central.platform_queue import LEASE
from sync.store.central.worker_connection import WorkerConnection
from sync.store.local.messages.photos import AnswerFile
from sync.store.local.messages.platform_intake import QueuedNews
from sync.store.local.messages.platform_media import (
    FILE_GONE,
    WITH_FILES,
    LateFiles,
    MediaState,
    QueuedFile,
)

# An event becomes visible minutes after its transaction starts; a full scan runs every hour.
RECENT = timedelta(minutes=15)
FULL_LOOK_EVERY = timedelta(hours=1)
_REGISTRATION = frozenset({Step.REGISTER, Step.REGISTER_AND_PUBLISH})

_POST_KEY = (platform_post.c.station_id, platform_post.c.period, platform_post.c.message_id)
_EVENT_KEY = (message_event.c.station_id, message_event.c.period, message_event.c.message_id)
_OF_POST = and_(*(post == event for post, event in zip(_POST_KEY, _EVENT_KEY, strict=True)))
_MESSAGE_KEY = (message.c.station_id, message.c.period, message.c.id)
_OF_MESSAGE = and_(*(post == own for post, own in zip(_POST_KEY, _MESSAGE_KEY, strict=True)))
_NEWER = and_(_OF_POST, message_event.c.seq > platform_post.c.news_seq)

_MEDIA_KEY = (platform_media.c.station_id, platform_media.c.period, platform_media.c.message_id)
_POST_OF_MEDIA = and_(*(post == media for post, media in zip(_POST_KEY, _MEDIA_KEY, strict=True)))
_FILE_KEY = (answer_file.c.station_id, answer_file.c.period, answer_file.c.message_id)
_OF_MEDIA = and_(
    *(file == media for file, media in zip(_FILE_KEY, _MEDIA_KEY, strict=True)),
    answer_file.c.name == platform_media.c.name,
)
_DIGEST = (
    select(answer_file.c.sha256)
    .where(_OF_MEDIA)
    .order_by(answer_file.c.received_at, answer_file.c.sha256)
    .limit(1)
    .correlate(platform_media)
    .scalar_subquery()
)
BROUGHT_LATE = timedelta(minutes=10)
BROUGHT_TRIES = 30
"""Number of retries, ten minutes apart, while a file has not arrived at the central database."""

Key = tuple[str, str, UUID]
"""Workplace, month and id of a message."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """An event, its number within the history of its message, and its time of receipt."""

    seq: int
    event: Event
    received_at: datetime


@dataclass(frozen=True, slots=True)
class _Place:
    """The message of a status update, and the event that it reports."""

    key: Key
    seq: int
    files: tuple[str, ...] = ()
    """Names of the answer's files that are sent with the update."""


class CentralPlatformNews:
    """``PlatformNewsQueue`` over the central database. Not thread-safe.

    Reporting a message requires a lease, which is measured by the server's clock and also covers
    the submission of the message. The lease of a dead worker expires. A repeated update has the
    same id, by which the platform recognises it. Methods raise the exceptions of
    ``WorkerConnection``.
    """

    def __init__(
        self, connection: WorkerConnection, holder: UUID, *, lease: timedelta = LEASE
    ) -> None:
        self._run = connection.run
        self._holder = holder
        self._lease = lease
        self._looked_at: datetime | None = None
        self._places: dict[UUID, _Place] = {}

    def due(self, at: datetime, limit: int) -> tuple[QueuedNews, ...]:
        """Returns the next update of each message; advances the watermark of messages
        without one.
        """

        def work(connection: Connection) -> tuple[QueuedNews, ...]:
            self._release(connection)
            self._find(connection, at)
            claimed = self._claim(connection, at, limit)
            found = (self._next(connection, row, at) for row in claimed)
            return tuple(news for news in found if news is not None)

        return self._run(work)

    def place_of(self, event_id: UUID) -> _Place | None:
        """Returns the message and event of an update that ``due`` returned; None for other ids."""
        return self._places.get(event_id)

    def told(self, news: QueuedNews) -> None:
        named = _in_state(news.event_id, MediaState.TAKEN).values(state=MediaState.TOLD.value)
        self._finish(
            news,
            named,
            reported=True,
            news_tries=0,
            news_error=None,
            news_next_at=func.now(),
        )

    def reject(self, news: QueuedNews, code: str) -> None:
        """Marks an update as rejected by the platform; the message's next update follows."""
        given_up = _in_state(news.event_id, MediaState.TAKEN, MediaState.WAITING).values(
            state=MediaState.REFUSED.value, last_error=code
        )
        self._finish(
            news,
            given_up,
            reported=True,
            news_tries=0,
            news_error=code,
            news_next_at=func.now(),
        )

    def put_off(self, news: QueuedNews, code: str, next_try_at: datetime) -> None:
        self._finish(
            news,
            reported=False,
            news_tries=news.tries + 1,
            news_error=code,
            news_next_at=next_try_at,
        )

    def _release(self, connection: Connection) -> None:
        """Releases messages still leased from the last round because the platform was
        unavailable.
        """
        keys = [place.key for place in self._places.values()]
        self._places.clear()
        if keys:
            connection.execute(
                update(platform_post)
                .where(tuple_(*_POST_KEY).in_(keys), platform_post.c.leased_by == self._holder)
                .values(leased_by=None, leased_until=None)
            )

    def _find(self, connection: Connection, at: datetime) -> None:
        """Marks the messages on the platform that have events after their watermark."""
        is_full = self._looked_at is None or abs(at - self._looked_at) >= FULL_LOOK_EVERY
        waiting = and_(
            platform_post.c.platform_id.is_not(None),
            platform_post.c.news_next_at.is_(None),
            select(message_event.c.id).where(_NEWER).exists(),
        )
        if not is_full:
            recent = select(*_EVENT_KEY).where(message_event.c.received_at > func.now() - RECENT)
            waiting = and_(waiting, tuple_(*_POST_KEY).in_(recent))
        connection.execute(update(platform_post).where(waiting).values(news_next_at=func.now()))
        if is_full:
            self._looked_at = at

    def _claim(self, connection: Connection, at: datetime, limit: int) -> Sequence[Row[Any]]:
        is_free = or_(
            platform_post.c.leased_until.is_(None), platform_post.c.leased_until <= func.now()
        )
        keys = connection.execute(
            select(*_POST_KEY)
            # By either clock: a clock that was ahead must not delay updates.
            .where(platform_post.c.news_next_at <= func.greatest(at, func.now()), is_free)
            .order_by(platform_post.c.news_next_at, platform_post.c.message_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        if not keys:
            return ()
        chosen = tuple_(*_POST_KEY).in_([tuple(key) for key in keys])
        connection.execute(
            update(platform_post)
            .where(chosen)
            .values(leased_by=self._holder, leased_until=func.now() + self._lease)
        )
        return connection.execute(
            select(
                *_POST_KEY,
                platform_post.c.news_seq,
                platform_post.c.news_tries,
                platform_post.c.platform_id,
                message.c.number,
                message.c.platform_id.is_not(None).label("is_from_platform"),
                func.now().label("now"),
            )
            .join(message, _OF_MESSAGE)
            .where(chosen)
            .order_by(platform_post.c.news_next_at, platform_post.c.message_id)
        ).all()

    def _next(self, connection: Connection, row: Row[Any], at: datetime) -> QueuedNews | None:
        """Returns the first update after the watermark.

        If there is none, advances the watermark, ends the lease and returns None.
        """
        key = (row.station_id, row.period, row.message_id)
        stored = _events_of(connection, key)
        standing, settled = Standing(row.message_id), row.news_seq
        undone = _undone([one.event for one in stored])
        for one in stored:
            standing = led(standing, one.event)
            if one.seq <= row.news_seq:
                continue
            if one.received_at + HELD_BACK > row.now:  # it may still be reverted
                again = one.received_at + HELD_BACK
                self._settle(connection, key, settled, again)
                return None
            news = _news(one.event, standing, undone, row.is_from_platform)
            if news is None:
                settled = one.seq
                continue
            self._places[one.event.id] = _Place(key, one.seq, _files(one.event, standing))
            return QueuedNews(
                one.event.id,
                row.message_id,
                str(row.number),
                row.platform_id,
                one.event.at,
                news,
                row.news_tries,
            )
        self._settle(connection, key, settled, None)
        return None

    def _settle(self, connection: Connection, key: Key, seq: int, next_at: datetime | None) -> None:
        connection.execute(
            update(platform_post)
            .where(tuple_(*_POST_KEY).in_([key]), platform_post.c.leased_by == self._holder)
            .values(news_seq=seq, news_next_at=next_at, leased_by=None, leased_until=None)
        )

    def _finish(
        self, news: QueuedNews, files: Update | None = None, *, reported: bool, **values: Any
    ) -> None:
        """Stores the outcome if this worker still holds the lease, and ends the lease."""
        place = self._places.pop(news.event_id)
        if reported:
            values["news_seq"] = place.seq
        statement = (
            update(platform_post)
            .where(tuple_(*_POST_KEY).in_([place.key]), platform_post.c.leased_by == self._holder)
            .values(**values, leased_by=None, leased_until=None)
        )

        def work(connection: Connection) -> None:
            connection.execute(statement)
            if files is not None and place.files and _has_media(connection):
                connection.execute(files)

        self._run(work)


class CentralPlatformMedia:
    """``PlatformMedia`` over the central database, for the status updates of the same worker.

    No lease is needed: concurrent uploads of two workers have the same key and id. A file that its
    workplace has not sent yet is sent later than the answer. An older central database without
    these tables has no files. Methods raise the exceptions of ``WorkerConnection``.
    """

    def __init__(self, connection: WorkerConnection, news: CentralPlatformNews) -> None:
        self._run = connection.run
        self._news = news

    def waiting(self, event_id: UUID) -> tuple[QueuedFile, ...]:
        place = self._news.place_of(event_id)

        def work(connection: Connection) -> tuple[QueuedFile, ...]:
            if not _has_media(connection):
                return ()
            if place is not None:
                _queue_files(connection, event_id, place)
            media = platform_media
            rows = connection.execute(
                select(media, _DIGEST.label("sha256"))
                .where(media.c.event_id == event_id, media.c.state == MediaState.WAITING.value)
                .order_by(media.c.position)
            ).all()
            return tuple(
                QueuedFile(event_id, row.message_id, row.sha256 or "", row.tries, row.position)
                for row in rows
            )

        return self._run(work)

    def content(self, file: QueuedFile) -> AnswerFile | None:
        query = (
            select(answer_file.c.name, answer_file.c.format, answer_file.c.content)
            .join(platform_media, _OF_MEDIA)
            .where(_is_file(file), answer_file.c.sha256 == file.sha256)
        )
        row = self._run(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            return None
        return AnswerFile(Attachment(row.name, FileFormat(row.format)), bytes(row.content))

    def take(self, file: QueuedFile, media_id: str) -> None:
        self._set(_is_file(file), state=MediaState.TAKEN.value, media_id=media_id, last_error=None)

    def refuse(self, file: QueuedFile, code: str) -> None:
        self._set(_is_file(file), state=MediaState.REFUSED.value, last_error=code)

    def absent(self, file: QueuedFile, at: datetime) -> None:
        if file.tries + 1 < BROUGHT_TRIES:
            self.put_off(file, FILE_GONE, at + BROUGHT_LATE)
        else:
            self.refuse(file, FILE_GONE)

    def put_off(self, file: QueuedFile, code: str, next_try_at: datetime | None) -> None:
        self._set(_is_file(file), tries=file.tries + 1, last_error=code, next_try_at=next_try_at)

    def taken(self, event_id: UUID) -> tuple[str, ...]:
        media = platform_media
        query = (
            select(media.c.media_id)
            .where(media.c.event_id == event_id, media.c.state == MediaState.TAKEN.value)
            .order_by(media.c.position)
        )

        def work(connection: Connection) -> tuple[str, ...]:
            return tuple(connection.scalars(query)) if _has_media(connection) else ()

        return self._run(work)

    def late(self, at: datetime, limit: int) -> tuple[LateFiles, ...]:
        media = platform_media
        is_due = and_(
            media.c.state == MediaState.WAITING.value,
            or_(
                media.c.next_try_at.is_(None),
                media.c.next_try_at <= func.greatest(at, func.now()),
            ),
        )
        query = (
            select(media.c.event_id, *_POST_KEY, platform_post.c.platform_id)
            .join(platform_post, _POST_OF_MEDIA)
            .where(
                or_(is_due, media.c.state == MediaState.TAKEN.value),
                platform_post.c.news_seq >= media.c.seq,
                platform_post.c.platform_id.is_not(None),
            )
            .distinct()
            .limit(limit)
        )

        def work(connection: Connection) -> tuple[LateFiles, ...]:
            if not _has_media(connection):
                return ()
            found = []
            for row in connection.execute(query).all():
                news = _told_last(connection, (row.station_id, row.period, row.message_id))
                if news is not None:
                    found.append(LateFiles(row.event_id, row.platform_id, news))
            return tuple(found)

        return self._run(work)

    def name(self, event_id: UUID, media_ids: Sequence[str], code: str | None = None) -> None:
        state = MediaState.TOLD if code is None else MediaState.REFUSED
        media = platform_media
        own = and_(media.c.event_id == event_id, media.c.media_id.in_(media_ids))
        self._set(own, state=state.value, last_error=code)

    def _set(self, which: ColumnElement[bool], **values: Any) -> None:
        change = update(platform_media).where(which).values(**values)
        self._run(lambda connection: connection.execute(change))


def _has_media(connection: Connection) -> bool:
    table = func.to_regclass(f"public.{platform_media.name}")
    return connection.scalar(select(table.is_not(None))) is True


def _files(event: Event, standing: Standing) -> tuple[str, ...]:
    if event.step not in WITH_FILES or standing.answer is None:
        return ()
    return tuple(file.name for file in standing.answer.answer.attachments)


def _queue_files(connection: Connection, event_id: UUID, place: _Place) -> None:
    station_id, period, message_id = place.key
    for position, name in enumerate(dict.fromkeys(place.files)):
        added = insert(platform_media).values(
            event_id=event_id,
            position=position,
            station_id=station_id,
            period=period,
            message_id=message_id,
            seq=place.seq,
            name=name,
            state=MediaState.WAITING.value,
        )
        connection.execute(added.on_conflict_do_nothing())


def _is_file(file: QueuedFile) -> ColumnElement[bool]:
    media = platform_media
    return and_(media.c.event_id == file.event_id, media.c.position == file.position)


def _in_state(event_id: UUID, *states: MediaState) -> Update:
    return update(platform_media).where(
        platform_media.c.event_id == event_id,
        platform_media.c.state.in_([state.value for state in states]),
    )


def _told_last(connection: Connection, key: Key) -> PlatformNews | None:
    """Returns the last update sent to the platform for the message, without its text."""
    post = connection.execute(
        select(platform_post.c.news_seq, message.c.platform_id.label("given"))
        .join(message, _OF_MESSAGE)
        .where(tuple_(*_POST_KEY).in_([key]))
    ).one()
    stored = _events_of(connection, key)
    undone = _undone([one.event for one in stored])
    standing, last = Standing(key[2]), None
    for one in stored:
        standing = led(standing, one.event)
        if one.seq <= post.news_seq:
            last = _news(one.event, standing, undone, post.given is not None) or last
    return None if last is None else replace(last, text="", details={})


def _events_of(connection: Connection, key: Key) -> list[_Stored]:
    query = (
        select(message_event).where(tuple_(*_EVENT_KEY).in_([key])).order_by(message_event.c.seq)
    )
    return [
        _Stored(row["seq"], event_of(row), row["received_at"])
        for row in connection.execute(query).mappings()
    ]


def _undone(events: Sequence[Event]) -> frozenset[UUID]:
    """Returns the reverted decisions, and all events between a decision and its reversal."""
    ids = [event.id for event in events]
    undone: set[UUID] = set()
    for place, event in enumerate(events):
        if isinstance(event.facts, TakenBack) and event.facts.event_id in ids:
            undone.update(ids[ids.index(event.facts.event_id) : place])
    return frozenset(undone)


def _news(
    event: Event, standing: Standing, undone: frozenset[UUID], is_from_platform: bool
) -> PlatformNews | None:
    """Returns the update to send for the event; None if none is needed or the platform has it."""
    if event.id in undone:
        return None
    # A message that this product posts arrives on the platform as registered.
    if event.step in _REGISTRATION and not is_from_platform:
        return None
    return news_of(event, standing)
