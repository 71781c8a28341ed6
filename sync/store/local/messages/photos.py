"""Photos of messages and files of answers (Regulation 9.9) in the local database.

Photos are not sent to the central database; files of answers are, by
``sync.store.shared_answer_files``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    delete,
    insert,
    select,
    update,
)
from uuid_utils.compat import uuid7

from sync.errors import UnknownRecord
from sync.records.replicated_tables import message
from sync.records.workplace_message_tables import answer_file, message_photo
from sync.register.checks.photo_formats import FileFormat
from sync.register.checks.photos import (
    PhotoJudgement,
    PhotoReason,
    PublishedCopy,
    Verdict,
    published_copies,
)
from sync.register.handling.answers import Attachment, StoredFile
from sync.register.handling.photos import (
    JudgedFile,
    MessagePhoto,
    PhotoProblem,
    attach,
    place,
    problem_of_change,
    turn,
)
from sync.register.messages import State
from sync.register.people.operators import Operator
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """File of an answer; the format of ``attachment`` was detected from the content."""

    attachment: Attachment
    content: bytes


class AnswerFiles:
    """Files of answers. Names are unique within a message, because events refer to them."""

    def __init__(
        self,
        register: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._register = register
        self._clock = clock

    def keep(
        self, message_id: UUID, files: Sequence[AnswerFile], by: Operator
    ) -> Future[tuple[Attachment, ...]]:
        """Stores the files and resolves to their names; a name in use is extended by a number.

        A file that is already stored is not stored again. Thread-safe; the future resolves after
        COMMIT, or fails with a StoreError.
        """

        def work(connection: Connection) -> tuple[Attachment, ...]:
            names = select(answer_file.c.name, answer_file.c.sha256).where(
                answer_file.c.message_id == message_id
            )
            taken = {row.name: row.sha256 for row in connection.execute(names)}
            return tuple(self._kept(connection, message_id, file, taken, by) for file in files)

        return self._register.write(work)

    def content(self, message_id: UUID, name: str) -> bytes | None:
        """Returns the content of the file as received; None if the message has no file of this
        name.

        Thread-safe.
        """
        query = select(answer_file.c.content).where(
            answer_file.c.message_id == message_id, answer_file.c.name == name
        )
        return self._register.read(lambda connection: connection.scalar(query))

    def stored(self, message_id: UUID) -> tuple[StoredFile, ...]:
        """Returns the stored files of the message's answers, without contents. Thread-safe."""
        query = (
            select(*(column for column in answer_file.c if column.name != "content"))
            .where(answer_file.c.message_id == message_id)
            .order_by(answer_file.c.added_at, answer_file.c.name)
        )
        rows = self._register.read(lambda connection: connection.execute(query).all())
        return tuple(
            StoredFile(Attachment(row.name, FileFormat(row.format)), row.size_bytes, row.sha256)
            for row in rows
        )

    def _kept(
        self,
        connection: Connection,
        message_id: UUID,
        file: AnswerFile,
        taken: dict[str, str],
        by: Operator,
    ) -> Attachment:
        digest = sha256(file.content).hexdigest()
        known = next((name for name, other in taken.items() if other == digest), None)
        if known is not None:
            return Attachment(known, file.attachment.format)
        name = _free_name(file.attachment.name, taken)
        taken[name] = digest
        connection.execute(
            insert(answer_file).values(
                message_id=message_id,
                name=name,
                format=file.attachment.format.value,
                size_bytes=len(file.content),
                sha256=digest,
                added_at=self._clock(),
                added_by_id=by.id,
                added_by_name=by.name,
                content=file.content,
            )
        )
        return Attachment(name, file.attachment.format)


def _free_name(name: str, taken: dict[str, str]) -> str:
    path, number, free = PurePath(name), 2, name
    while free in taken:
        free = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return free


_WITHOUT_CONTENT = [column for column in message_photo.c if column.name != "content"]


@dataclass(frozen=True, slots=True)
class RemovedPhoto:
    """Removed photo with all data needed to restore it."""

    photo: MessagePhoto
    content: bytes


class PhotoReading:
    """Photos as of the last commit. Raises StoreError if unreadable. Thread-safe."""

    def __init__(self, register: RegisterReading) -> None:
        self._reading = register

    def of_message(self, message_id: UUID) -> tuple[MessagePhoto, ...]:
        """Returns the photos of the message by position, without contents."""
        return self._reading.read(lambda connection: _photos(connection, message_id))

    def content(self, photo_id: UUID) -> bytes | None:
        """Returns the photo file as received; None if the photo was removed."""
        query = select(message_photo.c.content).where(message_photo.c.id == photo_id)
        return self._reading.read(lambda connection: connection.scalar(query))

    def published(self, photo_id: UUID) -> tuple[PublishedCopy, ...]:
        """Returns a copy of every page of the photo for publication; empty if the photo was
        removed.
        """
        query = select(message_photo.c.content, message_photo.c.turned).where(
            message_photo.c.id == photo_id
        )
        row = self._reading.read(lambda connection: connection.execute(query).one_or_none())
        return () if row is None else published_copies(row.content, row.turned)


class MessagePhotos(PhotoReading):
    """Photos of messages, for reading and changing.

    Methods that return a Future are thread-safe; it resolves after COMMIT, or fails with a
    StoreError. A PhotoProblem means that nothing was changed, and gives the reason.
    """

    def __init__(
        self,
        register: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        super().__init__(register)
        self._register = register
        self._clock = clock
        self._new_id = new_id

    def attach(
        self, message_id: UUID, file: JudgedFile, by: Operator
    ) -> Future[MessagePhoto | PhotoProblem]:
        """Adds the photo at the next position.

        Fails with UnknownRecord if the message is not stored.
        """

        def work(connection: Connection) -> MessagePhoto | PhotoProblem:
            problem = _problem(connection, message_id, by)
            if problem is not None:
                return problem
            outcome = attach(
                _photos(connection, message_id),
                file,
                id=self._new_id(),
                message_id=message_id,
                at=self._clock(),
                operator=by,
            )
            return _written(connection, outcome, file.content)

        return self._register.write(work)

    def put_back(self, removed: RemovedPhoto, by: Operator) -> Future[MessagePhoto | PhotoProblem]:
        """Restores a removed photo at its old position or at a free one."""
        photo = removed.photo

        def work(connection: Connection) -> MessagePhoto | PhotoProblem:
            problem = _problem(connection, photo.message_id, by)
            if problem is not None:
                return problem
            outcome = place(_photos(connection, photo.message_id), photo)
            return _written(connection, outcome, removed.content)

        return self._register.write(work)

    def remove(self, photo: MessagePhoto, by: Operator) -> Future[RemovedPhoto | PhotoProblem]:
        """Removes the photo from the database and resolves to its data."""

        def work(connection: Connection) -> RemovedPhoto | PhotoProblem:
            problem = _problem(connection, photo.message_id, by)
            if problem is not None:
                return problem
            row = connection.execute(_row(photo.id, *message_photo.c)).mappings().one_or_none()
            if row is None:
                return PhotoProblem.GONE
            connection.execute(delete(message_photo).where(message_photo.c.id == photo.id))
            return RemovedPhoto(_photo_of(row), row["content"])

        return self._register.write(work)

    def turn(
        self, photo: MessagePhoto, quarter_turns: int, by: Operator
    ) -> Future[MessagePhoto | PhotoProblem]:
        """Rotates the photo clockwise by a number of quarter turns; the stored file is not changed.

        The city's settings determine whether operators may rotate photos (6.7).
        """

        def work(connection: Connection) -> MessagePhoto | PhotoProblem:
            problem = _problem(connection, photo.message_id, by, only_turns=True)
            if problem is not None:
                return problem
            row = connection.execute(_row(photo.id, *_WITHOUT_CONTENT)).mappings().one_or_none()
            if row is None:
                return PhotoProblem.GONE
            turned = turn(_photo_of(row), quarter_turns)
            connection.execute(
                update(message_photo)
                .where(message_photo.c.id == photo.id)
                .values(turned=turned.turned)
            )
            return turned

        return self._register.write(work)


def _row(photo_id: UUID, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(message_photo.c.id == photo_id)


def _photos(connection: Connection, message_id: UUID) -> tuple[MessagePhoto, ...]:
    query = (
        select(*_WITHOUT_CONTENT)
        .where(message_photo.c.message_id == message_id)
        .order_by(message_photo.c.position)
    )
    return tuple(_photo_of(row) for row in connection.execute(query).mappings())


def _problem(
    connection: Connection, message_id: UUID, by: Operator, *, only_turns: bool = False
) -> PhotoProblem | None:
    state = connection.scalar(select(message.c.state).where(message.c.id == message_id))
    if state is None:
        raise UnknownRecord("message", message_id)
    return problem_of_change(by, State(state), only_turns=only_turns)


def _written(
    connection: Connection, outcome: MessagePhoto | PhotoProblem, content: bytes
) -> MessagePhoto | PhotoProblem:
    if isinstance(outcome, MessagePhoto):
        connection.execute(insert(message_photo).values(_values(outcome) | {"content": content}))
    return outcome


def _values(photo: MessagePhoto) -> dict[str, Any]:
    found = photo.judgement
    return {
        "id": photo.id,
        "message_id": photo.message_id,
        "position": photo.position,
        "file_name": photo.file_name,
        "size_bytes": photo.size_bytes,
        "sha256": photo.sha256,
        "verdict": found.verdict.value,
        "reason": found.reason.value,
        "format": found.format.value,
        "width": found.width,
        "height": found.height,
        "orientation": found.orientation,
        "pages": found.pages,
        "has_location": found.has_location,
        "turned": photo.turned,
        "added_at": photo.added_at,
        "added_by_id": photo.added_by_id,
        "added_by_name": photo.added_by_name,
    }


def _photo_of(row: RowMapping) -> MessagePhoto:
    return MessagePhoto(
        id=row["id"],
        message_id=row["message_id"],
        position=row["position"],
        file_name=row["file_name"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        judgement=PhotoJudgement(
            Verdict(row["verdict"]),
            PhotoReason(row["reason"]),
            FileFormat(row["format"]),
            row["width"],
            row["height"],
            row["orientation"],
            row["pages"],
            row["has_location"],
        ),
        turned=row["turned"],
        added_at=row["added_at"],
        added_by_id=row["added_by_id"],
        added_by_name=row["added_by_name"],
    )
