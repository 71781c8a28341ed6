"""Upload of answer files to the platform, in the order of the answer (Regulation 9.9).

A file that could not be uploaded in time for its answer is sent with a later update.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from sync.records.replicated_tables import message
from sync.records.workplace_message_tables import answer_file, platform_media, platform_news
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment
from sync.register.handling.events import Event, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.notices import PlatformNews
from sync.register.messages import State
from sync.store.local.messages.photos import AnswerFile
from sync.store.local.messages.platform_queue import LONGEST_WAIT
from sync.store.local.register import RegisterStore

FILE_GONE = "file_gone"
WITH_FILES = frozenset({Step.SEND_ANSWER, Step.SEND_PLAN})
LATE_STEP = "answer_files"


class MediaState(StrEnum):
    """Upload state of a file."""

    WAITING = "waiting"
    TAKEN = "taken"
    """The platform has the file, but no update refers to it yet."""
    TOLD = "told"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class QueuedFile:
    """File of the answer that this event sends; ``tries`` counts failed uploads."""

    event_id: UUID
    message_id: UUID
    sha256: str
    tries: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class LateFiles:
    """Files to be sent for an answer already on the platform.

    ``news`` is the last status update sent.
    """

    event_id: UUID
    platform_id: str
    news: PlatformNews


class PlatformMedia(Protocol):
    """Store interface of the job that uploads files. Use on one thread only."""

    def waiting(self, event_id: UUID) -> tuple[QueuedFile, ...]:
        """Returns the files of this answer that are still to be uploaded."""

    def content(self, file: QueuedFile) -> AnswerFile | None:
        """Returns the file; None if it is missing or damaged."""

    def take(self, file: QueuedFile, media_id: str) -> None:
        """Records that the platform has stored the file under this identifier."""

    def refuse(self, file: QueuedFile, code: str) -> None:
        """Records that the file will not be uploaded."""

    def absent(self, file: QueuedFile, at: datetime) -> None:
        """Records that the file is missing or damaged."""

    def put_off(self, file: QueuedFile, code: str, next_try_at: datetime | None) -> None:
        """Records a failed upload; with a ``next_try_at`` the answer is sent without the file."""

    def taken(self, event_id: UUID) -> tuple[str, ...]:
        """Returns the identifiers of uploaded files that no update refers to yet."""

    def late(self, at: datetime, limit: int) -> tuple[LateFiles, ...]:
        """Returns answers already on the platform whose remaining files are due for upload."""

    def name(self, event_id: UUID, media_ids: Sequence[str], code: str | None = None) -> None:
        """Records that an update with these files was sent, or was refused with this code."""


class LocalPlatformMedia:
    """Answer files of one workplace."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def waiting(self, event_id: UUID) -> tuple[QueuedFile, ...]:
        rows = self._rows(event_id, MediaState.WAITING)
        return tuple(
            QueuedFile(
                row["event_id"], row["message_id"], row["sha256"], row["tries"], row["position"]
            )
            for row in rows
        )

    def content(self, file: QueuedFile) -> AnswerFile | None:
        query = select(answer_file).where(
            answer_file.c.message_id == file.message_id, answer_file.c.sha256 == file.sha256
        )
        row = self._store.read(lambda connection: connection.execute(query).one_or_none())
        if row is None or sha256(row.content).hexdigest() != file.sha256:
            return None
        return AnswerFile(Attachment(row.name, FileFormat(row.format)), row.content)

    def take(self, file: QueuedFile, media_id: str) -> None:
        self._set(_is(file), state=MediaState.TAKEN.value, media_id=media_id, last_error=None)

    def refuse(self, file: QueuedFile, code: str) -> None:
        self._set(_is(file), state=MediaState.REFUSED.value, last_error=code)

    def absent(self, file: QueuedFile, at: datetime) -> None:
        self.refuse(file, FILE_GONE)

    def put_off(self, file: QueuedFile, code: str, next_try_at: datetime | None) -> None:
        self._set(_is(file), tries=file.tries + 1, last_error=code, next_try_at=next_try_at)

    def taken(self, event_id: UUID) -> tuple[str, ...]:
        return tuple(row["media_id"] for row in self._rows(event_id, MediaState.TAKEN))

    def late(self, at: datetime, limit: int) -> tuple[LateFiles, ...]:
        is_due = and_(
            platform_media.c.state == MediaState.WAITING.value,
            or_(
                platform_media.c.next_try_at.is_(None),
                platform_media.c.next_try_at <= at,
                platform_media.c.next_try_at > at + LONGEST_WAIT,
            ),
        )
        query = (
            select(platform_news.c.event_id, message.c.platform_id, message.c.id)
            .join(message, message.c.id == platform_news.c.message_id)
            .where(
                platform_news.c.event_id.in_(
                    select(platform_media.c.event_id).where(
                        or_(is_due, platform_media.c.state == MediaState.TAKEN.value)
                    )
                ),
                platform_news.c.state == "told",
                message.c.platform_id.is_not(None),
            )
            .order_by(platform_news.c.seq)
            .limit(limit)
        )

        def work(connection: Connection) -> tuple[LateFiles, ...]:
            rows = connection.execute(query).all()
            return tuple(
                LateFiles(row.event_id, row.platform_id, _told_last(connection, row.id))
                for row in rows
            )

        return self._store.read(work)

    def name(self, event_id: UUID, media_ids: Sequence[str], code: str | None = None) -> None:
        state = MediaState.TOLD if code is None else MediaState.REFUSED
        own = and_(platform_media.c.event_id == event_id, platform_media.c.media_id.in_(media_ids))
        self._set(own, state=state.value, last_error=code)

    def _rows(self, event_id: UUID, state: MediaState) -> Sequence[RowMapping]:
        query = (
            select(platform_media)
            .where(platform_media.c.event_id == event_id, platform_media.c.state == state.value)
            .order_by(platform_media.c.position)
        )
        return self._store.read(lambda connection: connection.execute(query).mappings().all())

    def _set(self, which: ColumnElement[bool], **values: Any) -> None:
        change = update(platform_media).where(which).values(**values)
        self._store.write(lambda connection: connection.execute(change)).result()


def queue_files(connection: Connection, event: Event, handled: HandledMessage) -> None:
    """Queues the files of the answer that this event sends, in the transaction of the event.

    A file that is not stored here is skipped: the answer is sent without it.
    """
    if event.step not in WITH_FILES or handled.standing.answer is None:
        return
    stored = {
        row.name: row.sha256
        for row in connection.execute(
            select(answer_file.c.name, answer_file.c.sha256).where(
                answer_file.c.message_id == event.message_id
            )
        )
    }
    digests = [stored.get(file.name) for file in handled.standing.answer.answer.attachments]
    for position, digest in enumerate(dict.fromkeys(digests)):
        if digest is not None:
            connection.execute(
                insert(platform_media).values(
                    event_id=event.id,
                    sha256=digest,
                    message_id=event.message_id,
                    position=position,
                    state=MediaState.WAITING.value,
                )
            )


def files_told(connection: Connection, event_id: UUID) -> None:
    """Records that the answer's update referred to all files uploaded before it."""
    connection.execute(
        update(platform_media)
        .where(
            platform_media.c.event_id == event_id,
            platform_media.c.state == MediaState.TAKEN.value,
        )
        .values(state=MediaState.TOLD.value)
    )


def _is(file: QueuedFile) -> ColumnElement[bool]:
    return and_(platform_media.c.event_id == file.event_id, platform_media.c.sha256 == file.sha256)


def _told_last(connection: Connection, message_id: UUID) -> PlatformNews:
    row = connection.execute(
        select(platform_news)
        .where(platform_news.c.message_id == message_id, platform_news.c.state == "told")
        .order_by(platform_news.c.seq.desc())
        .limit(1)
    ).one()
    return PlatformNews(State(row.status), row.is_over, row.is_public, "")
